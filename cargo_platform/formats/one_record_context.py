"""JSON-LD contexts that stand in a document: terms, prefixes, vocabulary, base and language.

A context by address is refused, never fetched. Of JSON-LD 1.1 the parts are here that documents of ONE
Record use; what is not (scoped contexts, imports, reverse properties, graph containers) is refused
by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urljoin

from cargo_platform.formats.strict_json import has_lone_surrogate

_KEYWORDS: Final = (
    "@base @container @context @graph @id @included @index @json @language @list @nest @none @reverse"
    " @set @type @value @version @vocab"
)
KEYWORDS: Final = frozenset(_KEYWORDS.split())
NOT_TAKEN: Final = frozenset({"@direction", "@import", "@propagate"})
"""Keywords of JSON-LD that documents here do not use."""
_KEYWORD_FORM: Final = re.compile(r"@[A-Za-z]+")
"""No name of this form ever means anything else, known or not."""
_ONTOLOGY: Final = re.compile(
    r"https://onerecord\.iata\.org/ns/(?P<name>cargo|api)(?:/[0-9]+(?:\.[0-9]+){0,2})?[/#]?"
)
CONTAINERS: Final = frozenset({"@set", "@list", "@language", "@index"})
_OF_A_CONTEXT: Final = frozenset({"@base", "@language", "@version", "@vocab", "@protected"})
_OF_A_TERM: Final = frozenset(
    {"@id", "@reverse", "@type", "@container", "@language", "@protected", "@prefix", "@nest"}
)
_NOT_TEXT: Final = frozenset({"@container", "@protected", "@prefix"})
"""Keywords of a term whose values are other than text."""
_NULL: Final = frozenset({"@id", "@language"})
"""Keywords of a term that may be null: it means nothing, its values are in no language."""
MOST_TERMS: Final = 2_000
LONGEST_IRI: Final = 120
"""Characters of what a context puts before names: every use of a prefix would be as long. That of the
code lists has 60."""
DEEPEST: Final = 50
"""Terms that may be defined by each other in a row."""


class BadContext(Exception):
    """A context that is not taken: ``code``, reason, and the name at fault."""

    def __init__(self, code: str, reason: str, name: str) -> None:
        self.code, self.reason, self.name = code, reason, name[:60]
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term: its IRI or keyword, the type its values have, how they are contained.

    Attributes:
        iri: empty when the context says that the term means nothing.
        reverse: what stands there has the property, and the node around it is the value.
    """

    iri: str
    type: str = ""
    container: str = ""
    language: str | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What names mean."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    vocabulary: str = ""
    base: str = ""
    language: str = ""

    def expand(self, name: str, *, vocabulary: bool = False, relative: bool = False) -> str:
        """IRI or keyword of a name; the name itself when nothing says what it means.

        Args:
            name: a term, a compact IRI, a keyword, or an IRI.
            vocabulary: names of properties and types: terms and the vocabulary count.
            relative: ids: the base counts.
        """
        if _KEYWORD_FORM.fullmatch(name):
            return name
        if vocabulary and name in self.terms:
            return self.terms[name].iri
        prefix, colon, suffix = name.partition(":")
        if colon:
            if prefix == "_" or suffix.startswith("//"):
                return name
            term = self.terms.get(prefix)
            return term.iri + suffix if term and term.iri else name
        if vocabulary and self.vocabulary:
            return self.vocabulary + name
        if relative and self.base:
            return urljoin(self.base, name)
        return name

    def with_(self, local: Any) -> Context:
        """This context with what a document's ``@context`` adds.

        Raises:
            BadContext: it is not taken.
        """
        context = self
        for one in local if isinstance(local, list) else [local]:
            if one is None:
                context = Context()
            elif isinstance(one, str):
                raise BadContext("remote-context", "a context by address is not taken", one)
            elif isinstance(one, dict):
                context = _extended(context, one)
            else:
                raise BadContext("context", "a context that is no object", "@context")
        return context


def vocabulary_at(address: str) -> dict[str, str] | None:
    """The context that is meant by the address of a ONE Record ontology; nothing is fetched.

    >>> vocabulary_at("https://onerecord.iata.org/ns/cargo#")["@vocab"]
    'https://onerecord.iata.org/ns/cargo#'
    """
    found = _ONTOLOGY.fullmatch(address)
    if found is None:
        return None
    prefixes = {name: f"https://onerecord.iata.org/ns/{name}#" for name in ("cargo", "api")}
    return {"@vocab": prefixes[found["name"]], **prefixes}


def _extended(context: Context, local: Mapping[str, Any]) -> Context:
    if len(local) + len(context.terms) > MOST_TERMS:
        raise BadContext("context", f"more than {MOST_TERMS} terms", "@context")
    if has_lone_surrogate(json.dumps(local, ensure_ascii=False, default=str)):
        raise BadContext("context", "half a character", "@context")
    for name in local:
        if name.startswith("@") and name not in _OF_A_CONTEXT:
            raise BadContext("context", "a keyword that is not taken in a context", name)
    context = replace(
        context,
        base=_text(local, "@base", context.base),
        language=_text(local, "@language", context.language),
    )
    if "@vocab" in local:
        said = _text(local, "@vocab", "")
        context = replace(context, vocabulary=context.expand(said, vocabulary=True))
    _check_length("@vocab", context.vocabulary)
    _check_length("@base", context.base)
    defined: dict[str, Term] = dict(context.terms)
    pending = {name: said for name, said in local.items() if not name.startswith("@")}
    for name in list(pending):
        _define(name, pending, defined, context, 0)
    return replace(context, terms=defined)


def _text(local: Mapping[str, Any], name: str, otherwise: str) -> str:
    said = local.get(name, otherwise)
    if said is not None and not isinstance(said, str):
        raise BadContext("context", "no text", name)
    return said or ""


def _check_length(name: str, iri: str) -> None:
    if len(iri) > LONGEST_IRI:
        raise BadContext("context", f"an IRI of more than {LONGEST_IRI} characters", name)


def _define(
    name: str, pending: dict[str, Any], defined: dict[str, Term], context: Context, depth: int
) -> None:
    """Define a term, after the prefix that its IRI needs."""
    if name not in pending:
        return
    said = pending.pop(name)
    definition = _definition(name, {"@id": None} if said is None else said)
    reverse = definition.get("@reverse")
    told, kind = reverse or definition.get("@id", name), definition.get("@type", "")
    if told is None:
        defined[name] = Term(iri="")
        return
    for needed in (told, kind):
        prefix = needed.partition(":")[0]
        if prefix != name and depth < DEEPEST:
            _define(prefix, pending, defined, context, depth + 1)
    now = replace(context, terms=defined)
    iri = now.expand(told, vocabulary=told != name)
    if told == name and ":" not in name:
        iri = context.vocabulary + name
    _check_length(name, iri)
    defined[name] = Term(
        iri=iri,
        type=now.expand(kind, vocabulary=True) if kind else "",
        container=definition.get("@container", ""),
        language=definition.get("@language", "") or "" if "@language" in definition else None,
        reverse=reverse is not None,
    )


def _definition(name: str, said: Any) -> dict[str, Any]:
    """The definition of a term as an object of texts.

    Raises:
        BadContext: it is none.
    """
    definition = {"@id": said} if isinstance(said, str) else said
    if not isinstance(definition, dict):
        raise BadContext("context", "a term that is neither text nor object", name)
    for keyword, value in definition.items():
        if keyword not in _OF_A_TERM:
            raise BadContext("context", f"{keyword[:40]} is not taken in a term", name)
        null = value is None and keyword in _NULL
        if keyword not in _NOT_TEXT and not null and not isinstance(value, str):
            raise BadContext("context", f"{keyword} is no text", name)
    if definition.get("@type") == "@json":
        raise BadContext("context", "a JSON literal is not taken", name)
    told = {"@type": ""} if definition.get("@type") == "@none" else {}
    return definition | told | {"@container": _container(name, definition.get("@container"))}


def _container(name: str, said: Any) -> str:
    """How values are contained; a list of containers says beside another that values are a set."""
    several = said if isinstance(said, list) else [said or "@set"]
    others = [one for one in several if one != "@set"]
    if len(others) > 1 or not all(one in CONTAINERS for one in others if isinstance(one, str)):
        raise BadContext("context", "a container that is not taken", name)
    if not all(isinstance(one, str) for one in others):
        raise BadContext("context", "@container is no text", name)
    return others[0] if others else "@set"

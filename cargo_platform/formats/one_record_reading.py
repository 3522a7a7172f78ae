"""From JSON-LD to the object model: expansion and flattening in one walk (see ``one_record``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from cargo_platform.formats.one_record_context import (
    KEYWORDS,
    NOT_TAKEN,
    BadContext,
    Context,
    Term,
    vocabulary_at,
)
from cargo_platform.formats.one_record_drafts import Draft, nodes_of
from cargo_platform.formats.one_record_model import (
    BLANK,
    Items,
    Literal,
    Node,
    Ref,
    Value,
    canonical,
)
from cargo_platform.formats.strict_json import has_lone_surrogate
from service_bus import Malformed, Mode, Notice

FORMAT: Final = "one-record"
MOST_NODES: Final = 5_000
"""Nodes told of or linked to: those of a shipment of 1,500 pieces with all that is said of each."""
MOST_NOTICES: Final = 200
MOST_CONTEXT_WORK: Final = 500_000
"""Terms that may be copied in all: each nested context carries on those of the outer one."""
_PLAIN: Final = Term(iri="")
_LINK: Final = Term(iri="", type="@id")


@dataclass(slots=True)
class Walk:
    """One document being read.

    Attributes:
        surrogates: the document may hold lone surrogates, so that every text is looked at.
        _drafts: nodes of the graph that is being read; ``_graphs``: those of each named graph.
    """

    mode: Mode
    surrogates: bool
    notices: list[Notice] = field(default_factory=list)
    nested: bool = False
    _drafts: dict[str, Draft] = field(default_factory=dict)
    _graphs: dict[str, dict[str, Draft]] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _blank: int = 0
    _count: int = 0
    _work: int = 0

    def document(self, top: Any) -> tuple[Node, ...]:
        """Read a document and give its nodes in canonical order; its lists are empty afterwards.

        Raises:
            Malformed: names the member and its path.
        """
        for index, one in _consumed(top):
            path = f"/{index}" if isinstance(top, list) else ""
            if not isinstance(one, dict):
                raise self.fault(path, "document", "a document is an object", code="document")
            self._top(one, Context(), path)
        nodes = nodes_of(self._drafts)
        return canonical(nodes, {id: nodes_of(drafts) for id, drafts in self._graphs.items()})

    def fault(
        self, path: str, name: str, reason: str, *, code: str, expected: str = "JSON-LD"
    ) -> Malformed:
        """Make the error for a member."""
        return Malformed(
            FORMAT, reason, field=name[:60] or "document", position=_place(path),
            expected=expected, code=f"{FORMAT}-{code}",
        )  # fmt: skip

    def odd(self, path: str, name: str, code: str, text: str) -> None:
        """Note something odd; in strict mode that is a fault.

        Raises:
            Malformed: strict mode.
        """
        if self.mode == "strict":
            raise self.fault(path, name, text, code=code)
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(
                Notice(code=f"{FORMAT}-{code}", field=name[:60], position=_place(path), text=text)
            )

    def _context(self, context: Context, local: Any, path: str) -> Context:
        self._work += 1 + len(context.terms)
        if self._work > MOST_CONTEXT_WORK:
            raise self.fault(path, "@context", "too many contexts", code="too-many")
        several = [self._meant(one, path) for one in _many(local)]
        try:
            return context.with_(several if isinstance(local, list) else several[0])
        except BadContext as error:
            raise self.fault(
                f"{path}/@context", error.name, error.reason, code=error.code,
                expected="a context in the document",
            ) from None  # fmt: skip

    def _meant(self, local: Any, path: str) -> Any:
        """What is meant by a context; the address of an ontology stands for its names."""
        told = vocabulary_at(local) if isinstance(local, str) else None
        if told is None:
            return local
        self.odd(path, "@context", "vocabulary", "the address of an ontology, no context")
        return told

    def _top(self, one: dict[str, Any], context: Context, path: str) -> None:
        if "@context" in one:
            context = self._context(context, one["@context"], path)
        keys = _keys(one, context)
        graph = next((name for name, key in keys.items() if key == "@graph"), None)
        others = {n: k for n, k in keys.items() if k not in ("@graph", "@context")}
        if graph is None or any(key[:1] == "@" or ":" in key for key in others.values()):
            self._node(one, context, path, outer=True)
            return
        for name in others:
            self.odd(f"{path}/{name}", name, "unmapped", "nothing says what this name means")
        self._graph(one[graph], context, f"{path}/@graph")

    def _graph(self, value: Any, context: Context, path: str) -> None:
        for index, item in _consumed(value):
            where = f"{path}/{index}"
            if not isinstance(item, dict):
                raise self.fault(where, "@graph", "a node is an object", code="document")
            self._node(item, context, where, outer=True)

    def _named_graph(self, id: str, value: Any, context: Context, path: str) -> None:
        outside = self._drafts
        self._drafts = self._graphs.setdefault(id, {})
        self._graph(value, context, path)
        self._drafts = outside

    def _node(
        self, one: dict[str, Any], context: Context, path: str, *, outer: bool = False
    ) -> Ref:
        if not outer and "@context" in one:
            context = self._context(context, one["@context"], path)
        keys = _keys(one, context)
        id = self._id(one, keys, context, path)
        self._draft(id, path)
        said = self._members(id, one, keys, context, path)
        if said or (outer and "@graph" not in keys.values()):
            self._drafts[id].said = True
        if not outer and set(keys.values()) - {"@id"}:
            self.nested = True
        return Ref(id=id)

    def _draft(self, id: str, path: str) -> Draft:
        draft = self._drafts.get(id)
        if draft is None:
            draft = self._drafts[id] = Draft()
            self._count += 1
            if self._count > MOST_NODES:
                raise self.fault(path, "document", "too many nodes", code="too-many")
        return draft

    def _members(
        self, id: str, one: dict[str, Any], keys: dict[str, str], context: Context, path: str
    ) -> bool:
        """Read all members; whether any says something of the node."""
        said = [
            self._member(id, (name, key), one[name], context, path) for name, key in keys.items()
        ]
        return any(said)

    def _member(
        self, id: str, names: tuple[str, str], value: Any, context: Context, path: str
    ) -> bool:
        """Read a member by its name and what that means; whether it says something of the node."""
        name, key = names
        where = f"{path}/{name}"
        if key == "@type":
            for kind in self._texts(value, where, "@type"):
                self._drafts[id].types[context.expand(kind, vocabulary=True, relative=True)] = None
            return True
        if key.startswith("@"):
            return self._keyword(id, names, value, context, where)
        if ":" not in key:
            self.odd(where, name, "unmapped", "nothing says what this name means")
            return False
        term = context.terms.get(name)
        if term is not None and term.reverse:
            return self._reverse(id, key, value, context, where)
        self._property(self._drafts[id], key, value, context, term, where)
        return True

    def _keyword(
        self, id: str, names: tuple[str, str], value: Any, context: Context, path: str
    ) -> bool:
        """Read a member that is a keyword; whether it says something of the node."""
        name, key = names
        match key:
            case "@id" | "@context" | "@index":
                return False
            case "@graph":
                self._named_graph(id, value, context, path)
                return False
            case "@included":
                for index, more in self._objects(name, value, path):
                    self._node(more, context, f"{path}/{index}")
                return False
            case "@nest":
                said = [
                    self._members(id, more, _keys(more, context), context, path)
                    for _, more in self._objects(name, value, path)
                ]
                return any(said)
            case "@reverse":
                for _, more in self._objects(name, value, path):
                    for inner, iri in _keys(more, context).items():
                        self._reverse(id, iri, more[inner], context, f"{path}/{inner}")
                return False
        if key in KEYWORDS or key in NOT_TAKEN:
            raise self.fault(path, name, "a keyword that is not taken", code="keyword")
        self.odd(path, name, "unmapped", "no keyword of JSON-LD")
        return False

    def _objects(self, name: str, value: Any, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
        for index, one in _consumed(value):
            if not isinstance(one, dict):
                raise self.fault(path, name, "a node is an object", code="document")
            yield index, one

    def _reverse(self, id: str, iri: str, value: Any, context: Context, path: str) -> bool:
        """Give the nodes that stand here the property ``iri`` with the node around them as value."""
        if iri[:1] == "@" or ":" not in iri:
            self.odd(path, iri, "unmapped", "no property that a node may have")
            return False
        for _, one in _consumed(value):
            for found in self._values(one, context, _LINK, path):
                if not isinstance(found, Ref):
                    raise self.fault(path, "@reverse", "a value that is no node", code="value")
                draft = self._draft(found.id, path)
                draft.said = True
                draft.add(iri, Ref(id=id))
        return False

    def _id(self, one: dict[str, Any], keys: dict[str, str], context: Context, path: str) -> str:
        name = next((name for name, key in keys.items() if key == "@id"), None)
        if name is None:
            return self._new_label()
        (text,) = self._texts(one[name], f"{path}/{name}", "@id", many=False)
        return self._iri(text, context, f"{path}/{name}")

    def _iri(self, text: str, context: Context, path: str) -> str:
        stripped = text.strip()
        if stripped != text:
            self.odd(path, "@id", "iri-blank", "blanks around an IRI")
        iri = context.expand(stripped, relative=True)
        if iri.startswith(BLANK):
            if iri not in self._labels:
                self._labels[iri] = self._new_label()
            return self._labels[iri]
        return iri

    def _new_label(self) -> str:
        self._blank += 1
        return f"{BLANK}b{self._blank - 1}"

    def _texts(self, value: Any, path: str, name: str, *, many: bool = True) -> list[str]:
        found = _many(value) if many else [value]
        for one in found:
            if not isinstance(one, str):
                raise self.fault(path, name, f"{name} is text", code="keyword", expected="text")
            self._check(one, path)
        return found

    def _check(self, text: str, path: str) -> None:
        if self.surrogates and has_lone_surrogate(text):
            raise self.fault(path, "text", "half a character", code="text", expected="UTF-8")

    def _property(
        self, draft: Draft, iri: str, value: Any, context: Context, term: Term | None, path: str
    ) -> None:
        term = term or _PLAIN
        if term.container == "@list" and not _is_list(value):
            value = {"@list": _many(value)}
        if term.container == "@language" and isinstance(value, dict):
            for language, texts in value.items():
                said = [text for text in _many(texts) if text is not None]
                for text in self._texts(said, f"{path}/{language}", language):
                    spoken = "" if language == "@none" else language
                    draft.add(iri, Literal(value=text, language=spoken))
            return
        if term.container == "@index" and isinstance(value, dict):
            value = [one for more in value.values() for one in _many(more)]
        several = isinstance(value, list)
        for index, one in _consumed(value):
            where = f"{path}/{index}" if several else path
            for found in self._values(one, context, term, where):
                draft.add(iri, found)

    def _values(self, one: Any, context: Context, term: Term, path: str) -> list[Value]:
        if one is None:
            return []
        if not isinstance(one, dict):
            return [self._scalar(one, context, term, path)]
        if "@context" in one:
            context = self._context(context, one["@context"], path)
        keys = {context.expand(name, vocabulary=True): name for name in one}
        if "@value" in keys:
            return self._literal(one, keys, context, path)
        if "@set" in keys:
            inner = _consumed(one[keys["@set"]])
            return [v for _, more in inner for v in self._values(more, context, term, path)]
        if "@list" in keys:
            items: list[Literal | Ref] = []
            for _, more in _consumed(one[keys["@list"]]):
                for value in self._values(more, context, term, f"{path}/@list"):
                    if isinstance(value, Items):
                        raise self.fault(path, "@list", "a list in a list", code="keyword")
                    items.append(value)
            return [Items(values=tuple(items))]
        return [self._node(one, context, path)]

    def _scalar(self, one: Any, context: Context, term: Term, path: str) -> Value:
        if isinstance(one, list):
            raise self.fault(path, "value", "a list in a list", code="value")
        if isinstance(one, str):
            self._check(one, path)
            if term.type in ("@id", "@vocab"):
                vocabulary = term.type == "@vocab"
                expanded = context.expand(one, vocabulary=vocabulary, relative=True)
                return Ref(id=self._iri(expanded, Context(), path))
            if term.type:
                return Literal(value=one, datatype=term.type)
            language = context.language if term.language is None else term.language
            return Literal(value=one, language=language)
        datatype = term.type if term.type and not term.type.startswith("@") else ""
        return Literal(value=_number(one), datatype=datatype)

    def _literal(
        self, one: dict[str, Any], keys: dict[str, str], context: Context, path: str
    ) -> list[Value]:
        for key in keys:
            if key not in ("@value", "@type", "@language", "@index", "@context"):
                raise self.fault(path, key, "does not belong to a value", code="value")
        value = one[keys["@value"]]
        if value is None:
            return []
        if isinstance(value, dict | list):
            raise self.fault(path, "@value", "a value that is no scalar", code="value")
        if isinstance(value, str):
            self._check(value, path)
        datatype = language = ""
        if "@type" in keys and one[keys["@type"]] is not None:
            (kind,) = self._texts(one[keys["@type"]], path, "@type", many=False)
            datatype = context.expand(kind, vocabulary=True)
            if datatype[:1] == "@":
                raise self.fault(path, "@type", "a type of values that is no IRI", code="value")
        if "@language" in keys and one[keys["@language"]] is not None:
            (language,) = self._texts(one[keys["@language"]], path, "@language", many=False)
        if datatype and language:
            raise self.fault(path, "@value", "both a type and a language", code="value")
        return [Literal(value=_number(value), datatype=datatype, language=language)]


def _keys(one: dict[str, Any], context: Context) -> dict[str, str]:
    """What the names of an object mean."""
    return {name: context.expand(name, vocabulary=True) for name in one}


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _consumed(value: Any) -> Iterator[tuple[int, Any]]:
    """Values with their numbers, each let go of when it is read: what is made of them needs the room."""
    if not isinstance(value, list):
        yield 0, value
        return
    for index in range(len(value)):
        one, value[index] = value[index], None
        yield index, one


def _is_list(value: Any) -> bool:
    return isinstance(value, dict) and "@list" in value


def _number(value: Any) -> str | bool | int | Decimal:
    return value  # type: ignore[no-any-return]  # a scalar of JSON


def _place(path: str) -> str:
    parts = [part[:40] for part in path.split("/")[:24]]
    return "/".join(parts) or "/"

"""One page per format: standard, layout, fields with their meaning, notices, an example.

All of it is made from docstrings and types, so that nothing is written twice.
"""

from __future__ import annotations

import importlib
import inspect
import re
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from types import ModuleType
from typing import Any, Final

from airport_brain.workbench.notice_lists import listed, referred
from airport_brain.workbench.plain_json import canonical, leaves
from airport_brain.workbench.types import annotations_of, dataclasses_of, message_type, spelled
from airport_brain.workbench.wording import Wording
from service_bus import Notice, WireFormat

_ATTRIBUTE: Final = re.compile(r"^ {4}((?:\w+|``\w+``)(?:, (?:\w+|``\w+``))*): (.*)$")
_UNITS: Final = {
    "_m": "m", "_mps": "m/s", "_deg": "°", "_s": "s", "_pa": "Pa", "_l": "l", "_c": "°C",
}  # fmt: skip


WORKED_OUT: Final = "+"
"""Name of the shape that holds what decoders add to a message: a name in its parts, a speed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a message.

    Attributes:
        type: in words.
        unit: of a number, ``""`` where it has none or says it itself.
        zh: meaning; ``""`` where only the English one is known.
    """

    name: str
    type: str
    unit: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A type of a message or of a part of it."""

    name: str
    summary: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedNotice:
    """A notice that a reader of the format may give, with its full code."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page's text: what a module says of itself."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a reader of a format needs.

    Attributes:
        example: text; hexadecimal digits where ``look`` is ``binary``.
        encodes: the format is also written.
        max_bytes: what is larger is refused unread.
    """

    name: str
    zh: str
    en: str
    standard: str
    look: str
    encodes: bool
    max_bytes: int
    sections: tuple[Section, ...]
    shapes: tuple[Shape, ...]
    notices: tuple[ListedNotice, ...]
    example: str

    def facts(self) -> dict[str, Any]:
        """The page as plain data."""
        return asdict(self)


def page(form: WireFormat, wording: Wording) -> Page:
    """Make the page of a format."""
    module = importlib.import_module(form.module)
    modules = [module, *(importlib.import_module(name) for name in form.more)]
    return Page(
        name=form.name,
        zh=form.zh,
        en=form.en,
        standard=form.standard,
        look=form.look,
        encodes=hasattr(module, "encode"),
        max_bytes=inspect.signature(module.parse).parameters["max_bytes"].default,
        sections=tuple(
            Section(title=one.__name__.rpartition(".")[2], text=inspect.cleandoc(one.__doc__ or ""))
            for one in modules
        ),
        shapes=_shapes(form, wording),
        notices=tuple(_notices(modules, wording)),
        example=form.example.hex(" ") if _is_octets(form) else form.example.decode("utf-8"),
    )


def _is_octets(form: WireFormat) -> bool:
    return form.look == "binary" and not form.example.isascii()


@lru_cache(maxsize=64)
def _kinds_of(module: str, told: Any) -> tuple[type, ...]:
    return tuple(kind for kind in dataclasses_of(told) if kind is not Notice)


def _kinds(form: WireFormat) -> tuple[type, ...]:
    told = message_type(form)
    return _kinds_of(form.module, told) if told is not None else ()


def _shapes(form: WireFormat, wording: Wording) -> tuple[Shape, ...]:
    shapes = [_shape(kind, wording) for kind in _kinds(form)]
    known = {field.name for shape in shapes for field in shape.fields}
    shown: dict[str, str] = {}
    for path, value in leaves(canonical(form.decode(form.example))):
        names = [step for step in path if isinstance(step, str) and step not in known]
        for name in names:
            shown.setdefault(name, _kind_of(value) if name == path[-1] else "object or list")
    more = tuple(
        Field(name=name, type=kind, unit=_unit(name), zh=words[0], en=words[1])
        for name, kind in shown.items()
        if (words := wording.field("", name)) is not None and all(words)
    )
    if more:
        shapes.append(Shape(name=WORKED_OUT, summary="Values worked out.", fields=more))
    return tuple(shapes)


def _kind_of(value: Any) -> str:
    return "text or number" if value is None else spelled(type(value))


def _unit(name: str) -> str:
    return next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")


def _shape(kind: type, wording: Wording) -> Shape:
    told = meanings(kind)
    types = annotations_of(kind)
    return Shape(
        name=kind.__name__,
        summary=inspect.cleandoc(kind.__doc__ or "").partition("\n")[0],
        fields=tuple(
            Field(
                name=one.name,
                type=spelled(types[one.name]),
                unit=_unit(one.name),
                zh=(known := wording.field(kind.__name__, one.name) or ("", ""))[0],
                en=told.get(one.name) or known[1],
            )
            for one in fields(kind)
        ),
    )


def meanings(kind: type) -> dict[str, str]:
    """What the docstrings of a dataclass and of those it extends say of its fields."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        text = inspect.cleandoc(base.__dict__.get("__doc__") or "")
        found |= _attributes(text)
    return found


def _attributes(text: str) -> dict[str, str]:
    _, _, told = text.partition("Attributes:\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in told.splitlines():
        if match := _ATTRIBUTE.match(line):
            names = re.findall(r"\w+", match[1])
            found |= dict.fromkeys(names, match[2])
        elif names and line.startswith(" " * 8):
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
        elif line.strip():
            names = []
    # "``other_carrier`` from the line after it" stands in the sentence of its neighbour.
    for sentence in list(found.values()):
        for name in re.findall(r"``([a-z_0-9]+)``", sentence):
            found.setdefault(name, sentence)
    return found


def _notices(modules: list[ModuleType], wording: Wording) -> list[ListedNotice]:
    found: dict[str, str] = {}
    for module in modules:
        text = inspect.cleandoc(module.__doc__ or "")
        found |= {code: told for code, told in listed(text).items() if not found.get(code)}
        for name in referred(text):
            found |= _borrowed(module, name, found)
    full = {wording.full(code): told for code, told in found.items()}
    return [
        ListedNotice(code=code, zh=wording.notice(code), en=told) for code, told in full.items()
    ]


def _borrowed(module: ModuleType, name: str, known: dict[str, str]) -> dict[str, str]:
    """Notices of the envelope that the page of a sibling lists for all of its kind."""
    package = module.__name__.rpartition(".")[0]
    sibling = importlib.import_module(f"{package}.{name}")
    text = inspect.cleandoc(sibling.__doc__ or "")
    _, _, shared = text.partition("those of the envelope")
    told = listed("Notices: " + shared) if shared else listed(text)
    return {code: sentence for code, sentence in told.items() if not known.get(code)}

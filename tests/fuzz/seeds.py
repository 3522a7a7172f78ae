"""What damage starts from: the formats' own examples, the samples in their tests, real files if present."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from service_bus import Malformed, TooLarge, WireFormat
from tests.components import ROOT
from tests.fuzz.seeds_of_our_own import MORE

_TESTS: Final = ROOT / "tests" / "unit"
_REAL: Final = ROOT.parent / "shared" / "data"
_REAL_FOLDERS: Final = ("messages", "vectors", "cargo")
_LARGEST: Final = 6_000
"""Longer seeds cost more than they find; the first part of a longer file is taken instead."""
_SHORTEST: Final = 12
MOST: Final = 60
"""Seeds of one format."""

PERSONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "bcbp": ("ZHANG", "7812345670012", "620012345678"),
    "mrz": ("XIAO", "MING", "ERIKSSON", "EA1234567", "L898902C", "900228"),
    "gb11643": ("11010519491231002", "19491231"),
    "pnl": ("ZHANG", "WEBER", "WANG/WU"),
    "adl": ("QIAN", "SUN/BA", "WU/SHI"),
    "prl": ("WANG/WU", "ZHAO/LIU"),
    "ptm": ("ZHANG", "WANG/WU"),
    "psm": ("ZHANG", "LI/SI"),
    "paxlst": ("MARIA", "E12345678", "800229"),
    "dcs-json": ("ZHANG", "SANMEI", "002X"),
}
"""Names and numbers of (made-up) people in the seeds; no refusal may repeat them."""


def seeds(form: WireFormat, *, real: bool = True) -> list[bytes]:
    """Inputs of a format that its reader takes; the example first.

    Args:
        form: the format.
        real: also the files of the reference data, where they are on this machine.
    """
    found = dict.fromkeys((form.example, *MORE.get(form.name, ())))
    for text in (*_texts_of_tests(), *(_real_texts() if real else ())):
        if len(found) >= MOST:
            break
        if text not in found and form.recognise(text) >= 0.5 and _is_read(form, text):
            found[text] = None
    return list(found)


def _is_read(form: WireFormat, data: bytes) -> bool:
    try:
        form.decode(data)
    except (Malformed, TooLarge):
        return False
    return True


@cache
def _texts_of_tests() -> tuple[bytes, ...]:
    """Every longer text or bytes that the tests of formats spell out."""
    texts: dict[bytes, None] = {}
    for file in sorted((*_TESTS.glob("*/formats/test_*.py"), *_TESTS.glob("*/sources/test_*.py"))):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                value = node.value
                octets = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
                if _SHORTEST <= len(octets) <= _LARGEST:
                    texts[octets] = None
    return tuple(texts)


@cache
def _real_texts() -> tuple[bytes, ...]:
    """Files of the reference data, and the texts in its vectors."""
    texts: dict[bytes, None] = {}
    for folder in _REAL_FOLDERS:
        for file in sorted((_REAL / folder).rglob("*")):
            if file.suffix not in (".json", ".txt", ".xml", ".ssim"):
                continue
            data = file.read_bytes()
            if len(data) <= _LARGEST:
                texts[data] = None
            elif file.suffix in (".ssim", ".txt"):
                texts[data[:_LARGEST]] = None
            if file.suffix == ".json":
                texts.update(dict.fromkeys(_inner(data)))
    return tuple(texts)


def _inner(data: bytes) -> Iterator[bytes]:
    try:
        stack = [json.loads(data)]
    except ValueError:  # Some of them are sketches of JSON.
        return
    while stack:
        value = stack.pop()
        if isinstance(value, str) and _SHORTEST <= len(value) <= _LARGEST:
            yield from _readings(value)
        elif isinstance(value, Mapping):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def _readings(text: str) -> Iterable[bytes]:
    """A text of the vectors as it stands, and as the octets it may spell."""
    yield text.encode()
    try:
        yield bytes.fromhex(text)
    except ValueError:
        return

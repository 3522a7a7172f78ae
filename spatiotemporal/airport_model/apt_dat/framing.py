"""The frame of a file: its encoding and line ends, its first lines, and where each airport lies in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spatiotemporal.airport_model.apt_dat.rows import Oddities, fault

HEADER = re.compile(rb"^[ \t]*(?:1|16|17)[ \t]+[^\n]*", re.MULTILINE)
END = re.compile(rb"^[ \t]*99[ \t]*$", re.MULTILINE)
ID_WORD = 4
"""Words of a header before the identifier."""

_CODES = re.compile(rb"^[ \t]*1302[ \t]+(?:icao_code|faa_code|local_code)[ \t]+(\S+)", re.MULTILINE)
_EDITION = re.compile(rb"(?<!\d)\d{3,4}(?!\d)")
_SHOWN = 40
_ORIGINS = (b"I", b"A")
_SCRAPS = (b"", b"\x1a", b"99")
"""What may stand behind the last row and means nothing; 26 ends a text of DOS."""

_HIGH = re.compile(rb"[\x80-\xff]+")
_LEAST_HAN = 4
"""Bytes of two characters: shorter pairs of high bytes are also written by European names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where an airport's rows lie; ``line`` is that of its header, ``rest`` begins behind its end row."""

    start: int
    stop: int
    rest: int
    until: int
    line: int


def unix(data: bytes) -> bytes:
    """The bytes as UTF-8 or a one-byte encoding, without a byte order mark, lines ended by LF."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def edition(data: bytes, odd: Oddities) -> int:
    """The edition that the first lines name; 0 where a piece of a file begins with an airport.

    Raises:
        Malformed: they name none.
    """
    lines = [(n, text.strip()) for n, text in enumerate(data[:4000].split(b"\n"), start=1)]
    told = [(n, text) for n, text in lines if text and not text.startswith(b"#")]
    number, first = told[0] if told else (1, b"")
    if first in _ORIGINS:
        told = told[1:]
    else:
        odd.add(
            "apt-no-origin", "origin", number, "neither I nor A comes first", found=_shown(first)
        )
        if len(first.split()) > ID_WORD and HEADER.match(first):
            return 0
        told = told[1:]
    return _edition(*(told[0] if told else (2, b"")), odd)


def _edition(number: int, text: bytes, odd: Oddities) -> int:
    word = text.split(None, 1)[0] if text else b""
    if word.isdigit() and len(word) <= 6:
        return int(word)
    found = _EDITION.search(text)
    if found is None:
        raise fault(number, 1, "edition", "no edition", _shown(text), "a number such as 1100")
    odd.add(
        "apt-edition", "edition", number, "the edition is not the first word", found=_shown(text)
    )
    return int(found.group())


def _shown(text: bytes) -> str:
    return text[:_SHOWN].decode("latin-1")


def sections(data: bytes) -> Iterator[Section]:
    """The airports of a file, each up to its end row or the next header."""
    starts = [found.start() for found in HEADER.finditer(data)]
    line, at = 1, 0
    for start, until in zip(starts, [*starts[1:], len(data)], strict=False):
        line += data.count(b"\n", at, start)
        at = start
        end = END.search(data, start, until)
        stop, rest = (end.start(), end.end()) if end else (until, until)
        yield Section(start=start, stop=stop, rest=rest, until=until, line=line)


def identifier(data: bytes, section: Section) -> str:
    """The identifier of an airport's header, in capitals; "" where it has none."""
    head = data[section.start : section.stop].split(b"\n", 1)[0].split()
    return head[ID_WORD].decode("latin-1").upper() if len(head) > ID_WORD else ""


def other_codes(data: bytes, section: Section) -> tuple[str, ...]:
    """ICAO, FAA and local codes that an airport's metadata give, in capitals."""
    found = _CODES.finditer(data, section.start, section.stop)
    return tuple(code.group(1).decode("latin-1").upper() for code in found)


def note_rows_behind_the_end(data: bytes, section: Section, odd: Oddities) -> None:
    """Note rows between an airport's end row and the next airport.

    Files that were put together of several have the first two lines of the next there.
    """
    line = section.line + data.count(b"\n", section.start, section.rest)
    opening = False
    for number, text in enumerate(data[section.rest : section.until].split(b"\n"), start=line):
        bare = text.strip(b" \t\x00\x1a")
        if bare in _SCRAPS or bare.startswith(b"#") or opening:
            opening = opening and not bare
            continue
        if bare in _ORIGINS:
            opening = True
            continue
        message = "rows stand behind the end (row 99); they are left out"
        odd.add("apt-after-end", "row 99", number, message, found=_shown(bare))
        return


def text(section: bytes, line: int, odd: Oddities) -> str:
    """The text of an airport's rows."""
    try:
        return section.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + section.count(b"\n", 0, error.start)
    runs = [run.group() for run in _HIGH.finditer(section)]
    if _chinese(runs):
        odd.add("apt-gb18030", "text", at, "not UTF-8; read as GB 18030")
        return section.decode("gb18030", errors="replace")
    odd.add("apt-latin-1", "text", at, "not UTF-8; read as Latin-1")
    try:
        return section.decode("cp1252")
    except UnicodeDecodeError:
        return section.decode("latin-1")


def _chinese(runs: list[bytes]) -> bool:
    """Whether all bytes above 127 come in pairs that are characters of GB 2312, somewhere two at once."""
    if any(len(run) % 2 for run in runs) or max(map(len, runs)) < _LEAST_HAN:
        return False
    try:
        return all(run.decode("gb2312") for run in runs)
    except UnicodeDecodeError:
        return False

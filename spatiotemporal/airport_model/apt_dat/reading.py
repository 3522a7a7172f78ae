"""From the bytes of a file to its airports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from service_bus import Malformed, Mode, TooLarge
from spatiotemporal.airport_model.apt_dat.assembly import Assembly
from spatiotemporal.airport_model.apt_dat.columns import END_ROW
from spatiotemporal.airport_model.apt_dat.message import AptAirport
from spatiotemporal.airport_model.apt_dat.rows import FORMAT, Oddities, Row, fault, read_rows

MOST_BYTES = 1 << 30
"""The world in one file is about 400 MB."""

_HEADER = re.compile(rb"^[ \t]*(?:1|16|17)[ \t]+[^\n]*", re.MULTILINE)
_END = re.compile(rb"^[ \t]*99[ \t\r]*$", re.MULTILINE)
_ID_WORD = 4
"""Words of a header before the identifier."""

_BOM = b"\xef\xbb\xbf"
_SHOWN = 40


def parse(
    data: bytes, *, mode: Mode = "tolerant", only: str = "", max_bytes: int = MOST_BYTES
) -> list[AptAirport]:
    """Read the airports of a file, in its order.

    Args:
        data: the file.
        mode: ``strict`` refuses what ``tolerant`` notes.
        only: identifier or ICAO code of the one airport wanted; others are not looked into.
        max_bytes: size from which a file is refused.

    Raises:
        TooLarge: the file is larger than ``max_bytes``.
        Malformed: no apt.dat, a row that cannot be read, or no airport in it.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "apt.dat")
    data = _unix(data)
    odd = Oddities(mode)
    edition = _edition(data, odd)
    end = _end_of(data, odd)
    found = [
        _airport(data[start:stop], line, edition, mode)
        for start, stop, line in _sections(data[:end])
        if not only or _is_wanted(data[start:stop], only.upper())
    ]
    if not found:
        wanted = f"airport {only.upper()}" if only else "an airport"
        raise Malformed(
            FORMAT, "no such airport in the file", field="row 1", position="line 3",
            expected=f"{wanted} (a row 1, 16 or 17)", code="apt-no-airport",
        )  # fmt: skip
    if odd.notices:
        found[0] = replace(found[0], notices=(*odd.notices, *found[0].notices))
    return found


def recognise(data: bytes) -> float:
    """How surely these bytes are an apt.dat: its first two lines are its mark."""
    head = data[:400].removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = head.split(b"\n")
    if lines[0].strip() not in (b"I", b"A") or len(lines) < 2:
        return 0.0
    edition = lines[1].split()
    if not edition or not edition[0].isdigit():
        return 0.1
    return 0.95 if 600 <= int(edition[0][:6]) < 10_000 else 0.3


def airports_in(data: bytes) -> tuple[str, ...]:
    """Identifiers of the file's airports, without reading them."""
    data = _unix(data)
    ids = (found.group().split()[_ID_WORD:][:1] for found in _HEADER.finditer(data))
    return tuple(word.decode("latin-1") for words in ids for word in words)


def _unix(data: bytes) -> bytes:
    data = data.removeprefix(_BOM)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _edition(data: bytes, odd: Oddities) -> int:
    lines = data[:2000].split(b"\n")
    if lines[0].strip() not in (b"I", b"A"):
        shown = lines[0][:_SHOWN].decode("latin-1")
        message = "the first line is neither I nor A"
        odd.add("apt-no-origin", "origin", 1, message, found=shown)
    words = lines[1].split() if len(lines) > 1 else []
    if not words or not words[0].isdigit() or len(words[0]) > 6:
        shown = lines[1][:_SHOWN].decode("latin-1") if len(lines) > 1 else ""
        raise fault(2, 1, "edition", "no edition", shown, "a number such as 1100")
    return int(words[0])


def _end_of(data: bytes, odd: Oddities) -> int:
    last = next(reversed(list(_END.finditer(data))), None)
    if last is None:
        odd.add("apt-no-end", "row 99", data.count(b"\n") + 1, "there is no row 99")
        return len(data)
    return last.start()


def _sections(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Start, end and first line of each airport."""
    starts = [found.start() for found in _HEADER.finditer(data) if found.start() > 0]
    if not starts:
        return
    line, at = 1, 0
    for start, stop in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", at, start)
        at = start
        yield start, stop, line


def _is_wanted(section: bytes, wanted: str) -> bool:
    head = section.split(b"\n", 1)[0].split()
    if len(head) > _ID_WORD and head[_ID_WORD].decode("latin-1").upper() == wanted:
        return True
    fact = re.search(rb"^[ \t]*1302[ \t]+icao_code[ \t]+(\S+)", section, re.MULTILINE)
    return fact is not None and fact.group(1).decode("latin-1").upper() == wanted


def _airport(section: bytes, line: int, edition: int, mode: Mode) -> AptAirport:
    odd = Oddities(mode)
    try:
        text = section.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + section.count(b"\n", 0, error.start)
        odd.add("apt-latin-1", "text", at, "not UTF-8; read as Latin-1")
        text = section.decode("latin-1")
    rows = read_rows(text.split("\n"), line, odd)
    assembly = Assembly(_head(rows, line), edition, odd)
    for row in rows:
        if row.code != END_ROW:
            assembly.take(row)
    return assembly.airport(section)


def _head(rows: Iterator[Row], line: int) -> Row:
    head = next(rows, None)
    if head is None or "id" not in head.values:
        raise fault(line, 1, "row 1", "not a header of an airport", "", "row 1, 16 or 17")
    return head

"""From the bytes of a file to its airports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service_bus import Malformed, Mode, TooLarge
from spatiotemporal.airport_model.apt_dat import framing
from spatiotemporal.airport_model.apt_dat.assembly import Assembly
from spatiotemporal.airport_model.apt_dat.columns import END_ROW
from spatiotemporal.airport_model.apt_dat.framing import Section
from spatiotemporal.airport_model.apt_dat.message import AptAirport
from spatiotemporal.airport_model.apt_dat.rows import FORMAT, Oddities, Row, fault, read_rows

MOST_BYTES = 1 << 30
"""The world in one file is about 400 MB."""

MOST_NAMED = 8
"""Airports named when the wanted one is not among them."""


def parse(
    data: bytes, *, mode: Mode = "tolerant", only: str = "", max_bytes: int = MOST_BYTES
) -> list[AptAirport]:
    """Read the airports of a file, in its order.

    Args:
        data: the file.
        mode: ``strict`` refuses what ``tolerant`` notes.
        only: identifier or ICAO, FAA or local code of the one airport wanted; others are not looked
            into. Where several have it, the one whose identifier it is.
        max_bytes: size from which a file is refused.

    Raises:
        TooLarge: the file is larger than ``max_bytes``.
        Malformed: no apt.dat, a header or runway that cannot be read, or no airport in it.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "apt.dat")
    data = framing.unix(data)
    odd = Oddities(mode)
    edition = framing.edition(data, odd)
    if framing.END.search(data) is None:
        odd.add("apt-no-end", "row 99", data.count(b"\n") + 1, "there is no row 99")
    listed = list(framing.sections(data))
    wanted = _wanted(data, listed, only.upper(), odd) if only else listed
    if not wanted:
        raise _no_airport(data, listed, only.upper())
    found = [_airport(data, one, edition, mode) for one in wanted]
    if odd.notices:
        found[0] = replace(found[0], notices=(*odd.notices, *found[0].notices))
    return found


def recognise(data: bytes) -> float:
    """How surely these bytes are an apt.dat: its first two lines are its mark."""
    lines = framing.unix(data[:400]).lstrip().split(b"\n")
    if lines[0].strip() not in (b"I", b"A") or len(lines) < 2:
        return 0.0
    edition = next((line.split() for line in lines[1:] if line.strip()), [])
    if not edition or not edition[0].isdigit():
        return 0.1
    return 0.95 if 600 <= int(edition[0][:6]) < 10_000 else 0.3


def airports_in(data: bytes) -> tuple[str, ...]:
    """Identifiers of the file's airports, without reading them."""
    data = framing.unix(data)
    return tuple(_identifiers(data))


def _identifiers(data: bytes) -> Iterator[str]:
    for found in framing.HEADER.finditer(data):
        words = found.group().split()
        if len(words) > framing.ID_WORD:
            yield words[framing.ID_WORD].decode("latin-1")


def _wanted(data: bytes, listed: Sequence[Section], code: str, odd: Oddities) -> list[Section]:
    """The one airport of that code, if it is there."""
    found = [one for one in listed if framing.identifier(data, one) == code]
    found = found or [one for one in listed if code in framing.other_codes(data, one)]
    for other in found[1:]:
        message = f"{code} comes again; only the first one is read"
        odd.add("apt-twice-airport", "row 1", other.line, message)
    return found[:1]


def _no_airport(data: bytes, listed: Sequence[Section], code: str) -> Malformed:
    ids = list(_identifiers(data))
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return Malformed(
        FORMAT, "no such airport in the file", field="row 1",
        position=f"line {listed[0].line if listed else 3}",
        found=", ".join(ids[:MOST_NAMED]) + more,
        expected=f"{f'airport {code}' if code else 'an airport'} (a row 1, 16 or 17)",
        code="apt-no-airport",
    )  # fmt: skip


def _airport(data: bytes, where: Section, edition: int, mode: Mode) -> AptAirport:
    odd = Oddities(mode)
    section = data[where.start : where.stop]
    rows = read_rows(framing.text(section, where.line, odd).split("\n"), where.line, odd)
    assembly = Assembly(_head(rows, where.line), edition, odd)
    for row in rows:
        if row.code != END_ROW:
            assembly.take(row)
    framing.note_rows_behind_the_end(data, where, odd)
    return assembly.airport(section)


def _head(rows: Iterator[Row], line: int) -> Row:
    head = next(rows, None)
    if head is None or "id" not in head.values:
        raise fault(line, 1, "row 1", "not a header of an airport", "", "row 1, 16 or 17")
    return head

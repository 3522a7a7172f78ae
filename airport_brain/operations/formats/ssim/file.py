"""A schedule file as a whole: lines or blocks of bytes to records and back."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final

from airport_brain.operations.formats.ssim.checks import check
from airport_brain.operations.formats.ssim.fields import LENGTH
from airport_brain.operations.formats.ssim.reading import ZEROS, RecordReader, write
from airport_brain.operations.formats.ssim.records import Filler, FlightLeg, Record, Schedule
from airport_brain.operations.formats.text_reading import TextReading, check_size
from service_bus import Malformed, Mode

FORMAT: Final = "ssim"

MAX_BYTES: Final = 256 * 1024 * 1024
"""Default cap: a large airline's season has some 100,000 records, 20 MB; an alliance's ten times that."""

FEW_RECORDS: Final = 10_000
SHORT_MEAN: Final = 120
"""A file may hold :data:`FEW_RECORDS` of any length, and beyond them one for each so many bytes: records have
200, and those that lost the blanks at their end still have most of it."""

_HEADER: Final = re.compile(rb"1AIRLINE STANDARD SCHEDULE DATA SET")
_LEG: Final = re.compile(
    rb"3[A-Z ][A-Z0-9]{2}[A-Z ][ 0-9]{4}[0-9]{4}[A-Z][0-9]{2}[A-Z]{3}[0-9]{2}[0-9]{2}[A-Z]{3}[0-9]{2}"
)
_CARRIER: Final = re.compile(rb"2[LU][A-Z0-9]{2}[A-Z ] {5}")
_BYTE_ORDER_MARK: Final = "\xef\xbb\xbf"
"""Of UTF-8, as the bytes it is."""

_SHORTEST: Final[Mapping[str, int]] = MappingProxyType({"1": 35, "2": 28, "3": 75, "4": 39, "5": 5})
"""Bytes that a record of each type must have: title, validity, aircraft type, off point, airline. Blanks
at the end get lost on the way; a shorter record has lost what matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A file cut into records, which are made when they are asked for.

    Attributes:
        text: the file.
        starts: offset in it of every record.
        numbers: their line numbers, empty in a file without lines.
        line_end: as it is written.
        between: what stands between the lines of ``text``.
    """

    text: str
    starts: array[int]
    numbers: array[int]
    line_end: bytes
    between: str
    ends_with_line_end: bool

    def record(self, index: int) -> str:
        """The 200 characters of a record."""
        start = self.starts[index]
        if not self.between:
            return self.text[start : start + LENGTH]
        end = self.text.find(self.between, start)
        line = self.text[start : end if end >= 0 else None].strip("\r\n")
        return line if len(line) == LENGTH else _filled(line)

    def place(self, index: int, byte: int) -> str:
        if not self.starts:
            return "byte 1"
        if self.between:
            return f"line {self.numbers[index]} byte {byte}"
        return f"byte {self.starts[index] + byte}"


def recognise(data: bytes) -> float:
    """How surely this is a schedule file, 0 to 1."""
    data = data[:1_000].lstrip(b"\xef\xbb\xbf \r\n")
    if _HEADER.match(data):
        return 1.0
    if _CARRIER.match(data) or _LEG.match(data):
        return 0.9
    return 0.0


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = MAX_BYTES,
) -> list[Schedule]:
    """Read a schedule file; always one message.

    Args:
        data: the file, in lines of any ending, or records of 200 bytes without lines.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: gives two-digit years their century.
        max_bytes: size cap.

    Raises:
        Malformed: names line and byte of the field.
        TooLarge: over the cap.
    """
    check_size(data, max_bytes, FORMAT)
    reading = TextReading.start(FORMAT, mode)
    cut = _cut(data, reading)
    most = FEW_RECORDS + len(data) // SHORT_MEAN
    if len(cut.starts) > most:
        raise Malformed(
            FORMAT,
            "too many records",
            field="record",
            position=cut.place(most, 1),
            expected=f"at most {most} in a file of {len(data)} bytes",
            code=f"{FORMAT}-too-many",
        )
    reader = RecordReader(reading, reference)
    records: list[Record] = []
    at = array("I")
    for index in range(len(cut.starts)):
        record = reader.read(cut.record(index), partial(cut.place, index))
        if record is not None:
            records.append(record)
            at.append(index)
        elif records and isinstance(last := records[-1], Filler):
            records[-1] = Filler(count=last.count + 1)
        else:
            records.append(Filler(count=1))
            at.append(index)
    if not any(isinstance(record, FlightLeg) for record in records) and not _has_frame(records):
        raise Malformed(
            FORMAT,
            "no schedule record in it",
            field="record type",
            position=cut.place(0, 1),
            expected="records of 200 bytes that begin with 1 to 5",
            code=f"{FORMAT}-empty",
        )
    check(records, reading, lambda index, byte: cut.place(at[index], byte))
    return [
        Schedule(
            records=tuple(records),
            line_end=cut.line_end,
            ends_with_line_end=cut.ends_with_line_end,
            original=data,
            notices=tuple(reading.notices),
        )
    ]


def _has_frame(records: list[Record]) -> bool:
    return any(not isinstance(record, Filler) for record in records)


def encode(schedule: Schedule) -> bytes:
    """Write a file; ``parse`` gives the same message back, and the same bytes where they were canonical.

    Raises:
        ValueError: a value does not fit into its field, or is not Latin-1.
    """
    texts = [text.encode("latin-1") for record in schedule.records for text in write(record)]
    end = schedule.line_end
    return end.join(texts) + (end if schedule.ends_with_line_end else b"")


def _cut(data: bytes, reading: TextReading) -> _Cut:
    text = data.decode("latin-1").rstrip("\x00\x1a")
    if len(text) != len(data):
        reading.notice(f"byte {len(text) + 1}", "end-mark", "file", "an end mark after the file")
    if text.startswith(_BYTE_ORDER_MARK):
        reading.notice("byte 1", "byte-order-mark", "file", "a byte order mark before the file")
        text = text.removeprefix(_BYTE_ORDER_MARK)
    if "\n" not in text and "\r" not in text and len(text) > LENGTH:
        return _blocks(text, reading)
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r"
    starts, numbers = array("I"), array("I")
    number = 0
    for number, (start, end) in enumerate(_rows(text, line_end), start=1):
        line = text[start:end]
        if "\r" in line or "\n" in line:
            reading.notice(f"line {number} byte 1", "line-end", "record", "lines end in other ways")
            line = line.strip("\r\n")
        if not line.strip():
            reading.notice(f"line {number} byte 1", "blank-record", "record", "an empty line")
            continue
        if len(line) != LENGTH:
            _check_length(line, number, reading)
        starts.append(start)
        numbers.append(number)
    ended = not text or text.endswith(line_end)
    return _Cut(
        text=text,
        starts=starts,
        numbers=numbers,
        line_end=line_end.encode() if number > 1 or ended else b"\r\n",
        between=line_end,
        ends_with_line_end=ended,
    )


def _rows(text: str, line_end: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends."""
    start = 0
    while start < len(text):
        end = text.find(line_end, start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + len(line_end)


def _is_filler(line: str) -> bool:
    return not line.rstrip().strip("0")


def _filled(line: str) -> str:
    """A record brought to 200 characters."""
    return ZEROS if _is_filler(line) else line[:LENGTH].ljust(LENGTH)


def _check_length(line: str, number: int, reading: TextReading) -> None:
    """Note a record that has not 200 characters, or refuse one that lost what matters."""
    filler = _is_filler(line)
    if (len(line) < _SHORTEST.get(line[:1], LENGTH) and not filler) or line[LENGTH:].strip():
        raise Malformed(
            FORMAT,
            "the record has not 200 bytes",
            field="record",
            position=f"line {number} byte {min(len(line), LENGTH) + 1}",
            found=f"{len(line)} bytes",
            expected=f"{LENGTH} bytes",
            code=f"{FORMAT}-record-length",
        )
    reading.notice(
        f"line {number} byte {min(len(line), LENGTH) + 1}",
        "record-length",
        "record",
        f"{len(line)} bytes where {LENGTH} are asked for; filled with blanks or cut",
    )


def _blocks(text: str, reading: TextReading) -> _Cut:
    rest = len(text) % LENGTH
    if text[len(text) - rest :].strip():
        raise Malformed(
            FORMAT,
            "the last record is cut short",
            field="record",
            position=f"byte {len(text) - rest + 1}",
            found=f"{rest} bytes",
            expected=f"{LENGTH} bytes",
            code=f"{FORMAT}-record-length",
        )
    return _Cut(
        text=text,
        starts=array("I", range(0, len(text) - rest, LENGTH)),
        numbers=array("I"),
        line_end=b"",
        between="",
        ends_with_line_end=False,
    )

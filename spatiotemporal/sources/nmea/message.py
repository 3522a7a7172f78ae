"""Lines of text in, sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from sys import intern
from typing import Final, Literal

from service_bus import Malformed, Mode, Notice, TooLarge
from spatiotemporal.sources.later import VALUES_KEPT, Later, let_go
from spatiotemporal.sources.nmea.beside import Zda
from spatiotemporal.sources.nmea.bodies import READERS, Body, Other, Rejected, Rmc
from spatiotemporal.sources.nmea.fields import Sentence, fault
from spatiotemporal.sources.nmea.talkers import OTHER_TALKERS, TALKERS

MAX_BYTES: Final = 2 * 1024 * 1024
"""Default cap: an hour and more of a receiver that says everything once a second."""

MOST_SENTENCES: Final = 8_000
"""Sentences of a log, and things odd about them, whatever their size."""
LEAST_BYTES: Final = 30
"""For each so many bytes there may be one more: sentences have 50 to 80, of a receiver without a fix 27."""
MOST_NOISE: Final = 100
"""Lines in a row that are no sentence; after that it is no log of a receiver."""
LONGEST: Final = 82
LONGEST_READ: Final = 4_096
"""Makers' own sentences have some hundred characters; a longer one is kept as one that cannot be read."""
LINES_TO_A_DATE: Final = 100
_DATED: Final = (b"RMC", b"ZDA")
MOST_FIELDS: Final = 30
"""More than any sentence has that is read."""

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")

Checksum = Literal["required", "if present", "ignored"]
"""Policy: refuse sentences without one, check where there is one, or only note a wrong one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Later):
    """A sentence; ``talker`` is ``P`` for a maker's own, "" with ``kind`` for one that cannot be read."""

    talker: str
    kind: str
    body: Body
    original: bytes = b""
    notices: tuple[Notice, ...] = ()

    def again(self) -> Message:
        """The same from its text, of a sentence whose fields are only kept."""
        inner = _inner(self.original, start_of(self.original) or 0)[0]
        return Message(talker=self.talker, kind=self.kind, body=_other(inner.decode("ascii")))


def parse(
    data: bytes,
    *,
    reference: datetime,
    mode: Mode = "tolerant",
    checksum: Checksum = "if present",
    max_bytes: int = MAX_BYTES,
) -> list[Message]:
    """Read sentences, one a line; empty lines are passed over.

    Args:
        data: text of the receiver.
        reference: aware UTC, near the time of the sentences; decides century, and the day where no
            sentence tells one.
        mode: strict also refuses whatever is odd.
        checksum: what a missing or wrong checksum means; strict mode requires a right one.
        max_bytes: more is refused.

    Raises:
        Malformed: no sentence can be read; in strict mode also if one of them cannot.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "NMEA text")
    near = _first_date(data, reference) or reference
    log = _Log(mode, "required" if mode == "strict" else checksum, near)
    for number, (_, line) in enumerate(lines(data), start=1):
        if line.strip():
            log.take(line, number)
    return log.close(data)


@dataclass(slots=True)
class _Log:
    """Lines while they are read, one after the other.

    Attributes:
        count: sentences, and things odd about them.
        read: bytes of the lines so far.
        reference: the last date told, or what the caller knows.
        noise: notices of lines that are no sentence, for the message that comes next.
        first_fault: of a sentence that could not be read.
    """

    mode: Mode
    policy: Checksum
    reference: datetime
    messages: list[Message] = field(default_factory=list)
    noise: list[Notice] = field(default_factory=list)
    count: int = 0
    read: int = 0
    readable: int = 0
    first_fault: Malformed | None = None

    def take(self, line: bytes, number: int) -> None:
        """Read a line that is not blank."""
        start = start_of(line)
        self.read += len(line)
        self.count += 1
        if self.count > MOST_SENTENCES + self.read // LEAST_BYTES:
            raise fault(
                "too many sentences",
                field="sentence",
                position=f"line {number} column 1",
                expected=f"at most {MOST_SENTENCES}, or one each {LEAST_BYTES} bytes",
                code="too-many",
            )
        if start is None:
            self._pass_over(line, number)
            return
        notices, self.noise = self.noise, []
        told_before = len(notices)
        try:
            message = _read(line, number, start, self.mode, self.policy, self.reference, notices)
            self.readable += 1
        except Malformed as wrong:
            if self.mode == "strict":
                raise
            self.first_fault = self.first_fault or wrong
            message = _rejected(line, wrong, notices)
        self.count += len(message.notices) - told_before
        self.reference = _date(message.body) or self.reference
        if self.read > VALUES_KEPT and isinstance(message.body, Other):
            let_go(message, "body")
        self.messages.append(message)

    def _pass_over(self, line: bytes, number: int) -> None:
        place = f"line {number} column 1"
        if self.mode == "strict" or len(self.noise) >= MOST_NOISE:
            raise fault(
                "line is no sentence", field="sentence", position=place,
                found=line[:20].decode("ascii", "replace"), expected="$ or ! and a talker",
                code="nmea-noise",
            )  # fmt: skip
        text = "a line that is no sentence was passed over"
        self.noise.append(Notice(code="nmea-noise", field="sentence", position=place, text=text))

    def close(self, data: bytes) -> list[Message]:
        """What was read.

        Raises:
            Malformed: no sentence, or none that can be read.
        """
        if not self.messages:
            raise fault(
                "no sentence", field="sentence", position="line 1 column 1",
                found=data[:20].decode("ascii", "replace"), expected="$ or ! and a talker", code="empty",
            )  # fmt: skip
        if self.first_fault is not None and not self.readable:
            raise self.first_fault
        if self.noise:
            last = self.messages[-1]
            self.messages[-1] = replace(last, notices=(*last.notices, *self.noise))
        return self.messages


def _first_date(data: bytes, reference: datetime) -> datetime | None:
    """What the first dated sentence says, where others stand before it among the first lines of a log."""
    undated = False
    for number, (_, line) in enumerate(islice(lines(data), LINES_TO_A_DATE), start=1):
        start = start_of(line)
        if start is None or line[start + 3 : start + 6] not in _DATED:
            undated = undated or start is not None
            continue
        if not undated:
            return None  # the others come after it
        try:
            found = _read(line, number, start, "tolerant", "if present", reference, [])
        except Malformed:
            continue
        if (date := _date(found.body)) is not None:
            return date
    return None


def _date(body: Body) -> datetime | None:
    """The moment of a dated sentence, if its receiver knew it."""
    match body:
        case Zda(time=time) | Rmc(valid=True, time=time):
            return time
    return None


def _rejected(line: bytes, wrong: Malformed, notices: list[Notice]) -> Message:
    """A sentence that cannot be read, kept."""
    original = line.strip(b"\r\n ")
    body = Rejected(
        text=original.decode("ascii", "backslashreplace"), code=wrong.code, field=wrong.field,
        reason=intern(wrong.reason), position=wrong.position,
    )  # fmt: skip
    notice = Notice(
        code="nmea-rejected", field=wrong.field, position=wrong.position,
        text=intern(f"the sentence cannot be read: {wrong.reason}; kept"),
    )  # fmt: skip
    return Message(talker="", kind="", body=body, original=original, notices=(*notices, notice))


def lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """First byte and text of each line when it is asked for, whatever ends it."""
    start = 0
    for end in _LINE_END.finditer(data):
        yield start, data[start : end.start()]
        start = end.end()
    yield start, data[start:]


def recognise(data: bytes) -> float:
    """How surely text is NMEA 0183: 0 to 1."""
    for _, line in islice(lines(data[:4_096]), 5):
        start = start_of(line)
        if start is None:
            continue
        inner, star, digits = line[start + 1 :].strip().partition(b"*")
        known = line[start + 1 : start + 3].decode("ascii", "replace") in TALKERS
        if star and digits[:2].upper() == f"{_sum(inner):02X}".encode():
            return 0.98 if known else 0.7
        return 0.6 if known and b"," in inner else 0.1
    return 0.0


def start_of(line: bytes) -> int | None:
    """Where ``$`` stands: first, behind a tag block between backslashes, or behind what a log put there.

    Or ``!`` instead of it, which only sentences with a checksum have.
    """
    at = line.find(b"$")
    if at >= 0 and (_is_bare(line, at) or _sums_up(line[at + 1 :])):
        return at
    at = line.find(b"!")
    return at if at >= 0 and b"*" in line[at:] and _is_bare(line, at) else None


def _is_bare(line: bytes, at: int) -> bool:
    """Whether nothing but a tag block stands before a sentence."""
    before = line[:at].strip()
    return not before or (before.startswith(b"\\") and before.endswith(b"\\"))


def _sums_up(sentence: bytes) -> bool:
    """Whether a checksum is there and right: what proves a sentence behind other text."""
    inner, star, digits = sentence.strip().partition(b"*")
    return bool(star) and digits.strip().upper() == f"{_sum(inner):02X}".encode()


def _sum(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
    return value


def _read(
    line: bytes,
    number: int,
    start: int,
    mode: Mode,
    policy: Checksum,
    reference: datetime,
    noise: list[Notice],
) -> Message:
    original = line.strip(b"\r\n ")
    inner, star, digits = _inner(line, start)
    if len(inner) > LONGEST_READ:
        raise fault(
            "sentence is too long", field="sentence",
            position=f"line {number} column {start + 2 + LONGEST_READ}",
            found=f"{len(inner)} characters", expected=f"at most {LONGEST_READ}", code="too-long",
        )  # fmt: skip
    try:
        text = inner.decode("ascii")
    except UnicodeDecodeError as error:
        raise fault(
            "sentence holds a character outside ASCII",
            field="sentence",
            position=f"line {number} column {start + 2 + error.start}",
            found=inner[error.start : error.start + 1].hex().upper(),
            expected="ASCII",
            code="not-ascii",
        ) from error
    sentence = Sentence(number, start + 2, _fields(text), mode, reference, noise)
    _check_sum(sentence, inner, star, digits, policy)
    if not _is_bare(line, start):
        place = f"line {number} column 1"
        sentence.odd("nmea-prefix", "sentence", place, "text before the sentence; left out")
    if len(line) - start > LONGEST + 2:
        place = f"line {number} column {start + 1 + LONGEST}"
        sentence.odd("nmea-long", "sentence", place, f"more than {LONGEST} characters")
    head = sentence.fields[0]
    if head[:1] == "P":
        body: Body = _other(text)
        return Message(
            talker="P", kind=intern(head[1:]), body=body, original=original,
            notices=tuple(sentence.notices),
        )  # fmt: skip
    if len(head) != 5 or not head.isalnum():
        raise sentence.wrong(0, "address", "two characters of talker, three of type")
    if head[:2] not in TALKERS and head[:2] not in OTHER_TALKERS:
        sentence.odd("nmea-unknown-talker", "talker", sentence.at(0), f"talker {head[:2]}")
    reader = READERS.get(head[2:])
    body = _other(text) if reader is None else reader(sentence)
    return Message(
        talker=intern(head[:2]), kind=intern(head[2:]), body=body, original=original,
        notices=tuple(sentence.notices),
    )  # fmt: skip


def _inner(line: bytes, start: int) -> tuple[bytes, bytes, bytes]:
    """What stands between ``$`` and ``*``, the star, and what follows."""
    return line[start + 1 :].strip().partition(b"*")


def _other(text: str) -> Other:
    return Other(fields=tuple(text.split(",")[1:]))


def _fields(text: str) -> list[str]:
    """The fields; those behind the last one that a known sentence can have stay together."""
    return text.split(",", MOST_FIELDS if text[2:5] in READERS and text[0] != "P" else 1)


def _check_sum(
    sentence: Sentence, inner: bytes, star: bytes, digits: bytes, policy: Checksum
) -> None:
    place = f"line {sentence.line} column {sentence.column + len(inner) + 1}"
    expected = f"{_sum(inner):02X}"
    found = digits.strip().decode("ascii", "replace")
    if not star:
        if policy == "required":
            raise fault(
                "no checksum", field="checksum", position=place, expected=f"*{expected}",
                code="no-checksum",
            )  # fmt: skip
        sentence.odd("nmea-no-checksum", "checksum", place, "the sentence has no checksum")
        return
    if found.upper() == expected:
        sentence.proven = True
        return
    if policy != "ignored":
        raise fault(
            "wrong checksum", field="checksum", position=place, found=found, expected=expected,
            code="wrong-checksum",
        )  # fmt: skip
    sentence.odd("nmea-wrong-checksum", "checksum", place, f"checksum is not {expected}")

"""What every reader owes its caller for any bytes at all, and how breaking it is told."""

from __future__ import annotations

import json
import re
import signal
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from service_bus import Malformed, Mode, TooLarge, WireFormat

SLOWEST_S: Final = 1.0
"""Processor time that one reading may take."""
GIVE_UP_S: Final = 4.0
"""Processor time after which a reading is broken off."""
LONGEST_FOUND: Final = 120
"""Characters of the input that a refusal may repeat."""
LONGEST_TEXT: Final = 600

_PLACE: Final = re.compile(r"[a-z ]*\d|[$/]")
"""``byte 17``, ``line 3 column 12``, ``frame 2 byte 5``, or the path of a member or element."""

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character, which cannot be written as UTF-8 and so not be sent or logged."""

Kind = Literal[
    "crash", "hang", "memory", "entity", "unplaced", "personal", "text", "places", "recognise", "modes"
]  # fmt: skip
"""What was broken, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader may not do.

    Attributes:
        format: the format's name.
        kind: which duty was broken.
        key: the same for inputs that show the same fault.
        mode: how the input was read.
        data: the input.
        told: what happened, for people.
    """

    format: str
    kind: Kind
    key: str
    mode: Mode
    data: bytes
    told: str


class _OutOfTimeError(BaseException):
    """No ``Exception``, so that no reader can take it for one of its own."""


@contextmanager
def watchdog() -> Iterator[None]:
    """Break a reading off after so much processor time, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@dataclass(slots=True)
class Outcome:
    """How one reading ended: messages, a refusal, or a finding."""

    messages: list[dict[str, object]] | None = None
    refusal: Malformed | TooLarge | None = None
    finding: Finding | None = None
    seconds: float = 0.0


class Examiner:
    """Reads inputs of one format and says what is wrong with how they were read.

    Args:
        form: the format.
        personal: names and numbers of people in the seeds.
    """

    def __init__(self, form: WireFormat, personal: tuple[str, ...] = ()) -> None:
        self.form: Final = form
        self._personal: Final = personal
        self.slowest_s = 0.0
        self.was_read = False

    def findings(self, data: bytes, *, thorough: bool = True) -> Iterator[Finding]:
        """Everything that is wrong with how bytes are read in both modes, and recognised.

        Args:
            data: the input.
            thorough: also what costs more: places, writing as JSON, strict after a refusal.
        """
        kind = self.read(data, "tolerant")
        self.was_read = kind.messages is not None
        if kind.finding:
            yield kind.finding
            return
        if kind.messages is not None or thorough:
            strict = self.read(data, "strict")
            if strict.finding:
                yield strict.finding
            elif found := self._compared(data, kind, strict):
                yield found
        if thorough:
            if found := self._recognised(data):
                yield found
            if kind.messages is not None and (found := self._shown(data, kind.messages)):
                yield found

    def read(self, data: bytes, mode: Mode) -> Outcome:
        """Read once."""
        outcome = Outcome()
        started = time.perf_counter()
        try:
            with watchdog():
                outcome.messages = self.form.decode(data, mode=mode)
        except (Malformed, TooLarge) as refusal:
            outcome.refusal = refusal
        except _OutOfTimeError as error:
            outcome.finding = self._fault("hang", data, mode, error)
            return outcome
        except Exception as error:
            outcome.finding = self._fault("crash", data, mode, error)
            return outcome
        outcome.seconds = time.perf_counter() - started
        if outcome.seconds > self.slowest_s:
            outcome.seconds = self._processor_s(data, mode)
            self.slowest_s = max(self.slowest_s, outcome.seconds)
        if outcome.seconds > SLOWEST_S:
            outcome.finding = self._found("hang", "slow", data, mode, f"{outcome.seconds:.1f} s")
        elif isinstance(outcome.refusal, Malformed):
            outcome.finding = self._refused(data, mode, outcome.refusal)
        return outcome

    def _processor_s(self, data: bytes, mode: Mode) -> float:
        """Processor time of a reading that seemed slow; the clock on the wall also runs for others."""
        started = time.thread_time()
        with suppress(Malformed, TooLarge):
            self.form.decode(data, mode=mode)
        return time.thread_time() - started

    def _refused(self, data: bytes, mode: Mode, refusal: Malformed) -> Finding | None:
        """What a refusal lacks or says too much of."""
        text = str(refusal)
        named = refusal.code
        if not refusal.field or not _PLACE.match(refusal.position):
            return self._found("unplaced", named, data, mode, repr(refusal.facts()))
        if not refusal.code or not refusal.reason:
            return self._found("unplaced", named, data, mode, text)
        if _HALF.search(text):
            return self._found("text", f"half {named}", data, mode, ascii(text))
        if len(refusal.found) > LONGEST_FOUND or len(text) > LONGEST_TEXT:
            return self._found("text", named, data, mode, f"{len(text)} characters: {text}")
        # The name of a JSON member that nobody knows is no more personal than any other text is.
        told = f"{refusal.reason}\n{refusal.found}\n{refusal.expected}"
        for secret in self._personal:
            if secret in told:
                return self._found("personal", named, data, mode, text)
        return None

    def _compared(self, data: bytes, kind: Outcome, strict: Outcome) -> Finding | None:
        """Strict reading takes exactly what tolerant reading has nothing to say about."""
        if kind.messages is None:
            if strict.messages is None:
                return None
            return self._found(
                "modes", f"only strict {_code(kind.refusal)}", data, "strict", str(kind.refusal)
            )
        codes = sorted(set(_notices(kind.messages)))
        if strict.messages is not None and codes:
            return self._found("modes", f"strict takes {codes[0]}", data, "strict", repr(codes))
        if strict.messages is None and not codes:
            named = f"strict alone says {_code(strict.refusal)}"
            return self._found("modes", named, data, "strict", str(strict.refusal))
        return None

    def _recognised(self, data: bytes) -> Finding | None:
        started = time.thread_time()
        try:
            with watchdog():
                sure = self.form.recognise(data)
        except (Exception, _OutOfTimeError) as error:
            return self._fault("recognise", data, "tolerant", error)
        if not 0 <= sure <= 1 or time.thread_time() - started > SLOWEST_S:
            return self._found("recognise", "range or time", data, "tolerant", f"{sure}")
        return None

    def _shown(self, data: bytes, messages: list[dict[str, object]]) -> Finding | None:
        """Messages can be written as JSON, and the places of their values lie in the input."""
        try:
            with watchdog():
                json.dumps(messages, ensure_ascii=False, default=str).encode("utf-8")
        except (Exception, _OutOfTimeError) as error:
            return self._fault("places", data, "tolerant", error)
        if self.form.places is None:
            return None
        octets = self.form.octets(data) if self.form.octets else data
        try:
            with watchdog():
                places = self.form.places(octets, messages)
        except (Exception, _OutOfTimeError) as error:
            return self._fault("places", data, "tolerant", error)
        outside = [one for one in places if not 0 <= one.start <= one.end <= len(octets)]
        if outside:
            return self._found("places", "outside", data, "tolerant", repr(outside[0]))
        return None

    def _found(self, kind: Kind, key: str, data: bytes, mode: Mode, told: str) -> Finding:
        return Finding(
            format=self.form.name,
            kind=kind,
            key=f"{kind} {key}",
            mode=mode,
            data=data,
            told=told[:1000],
        )

    def _fault(self, kind: Kind, data: bytes, mode: Mode, error: BaseException) -> Finding:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [one for one in frames if "site-packages" not in one.filename][-1:]
        where = " ".join(f"{one.filename.rpartition('/')[2]}:{one.lineno}" for one in ours)
        # Where a hang is broken off is a matter of luck.
        key = where if kind != "hang" else "endless"
        name = type(error).__name__
        return self._found(kind, f"{name} {key}", data, mode, f"{name} at {where}: {error}")


def _code(refusal: Malformed | TooLarge | None) -> str:
    return refusal.code if isinstance(refusal, Malformed) else "too large"


def _notices(messages: object) -> Iterator[str]:
    """Codes of the notices anywhere in plain objects."""
    stack: list[Any] = [messages]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            told = value.get("notices")
            if isinstance(told, list | tuple):
                yield from (str(one["code"]) for one in told if isinstance(one, Mapping))
            stack.extend(value.values())
        elif isinstance(value, list | tuple):
            stack.extend(value)

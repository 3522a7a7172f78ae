"""What the texts of telexes have in common: identifier, correction, supplementary information."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from airport_brain.operations.formats.text_reading import Line, Lines, TextReading
from airport_brain.operations.formats.type_b.envelope import Envelope, Opened

PREAMBLE: Final = 20
"""Lines in front of the identifier that are passed over: greetings, headers of other networks."""


def identified(
    opened: Opened, reading: TextReading, names: Sequence[str], *, example: str
) -> tuple[Envelope, str, bool, Lines]:
    """Take identifier and COR off.

    Args:
        opened: the telex.
        reading: the reading.
        names: identifiers of this kind of message.
        example: what the line behind looks like, for the fault when there is none.

    Returns:
        The envelope with what stands in front of the identifier, the identifier, whether it is a
        correction, the lines behind.

    Raises:
        Malformed: another message, or nothing behind the identifier.
    """
    envelope, lines = opened.envelope, opened.body
    at = _identifier_at(lines, names)
    if at is not None:
        before, first, lines = lines[:at], lines[at], lines[at + 1 :]
        identifier, _, rest = first.text.partition(" ")
        correction = rest == "COR" or (bool(before) and before[-1].text == "COR")
        if before:
            # COR has its place here as well as below the identifier.
            if [line.text for line in before] != ["COR"]:
                reading.notice(before[0], "preamble", "message identifier", "lines before it; kept")
            envelope = replace(envelope, preamble=tuple(line.text for line in before))
        if envelope.identifier:
            envelope = replace(envelope, named_twice=True)
        if rest not in ("", "COR"):
            reading.notice(first, "one-line", "message identifier", "the message goes on behind it")
            lines = lines.behind([first.cut(len(identifier) + 1)])
    elif envelope.identifier in names:
        identifier, correction = envelope.identifier, False
    else:
        raise reading.fault(
            lines[0],
            "identifier",
            "not this kind of message",
            field="message identifier",
            expected=" or ".join(names),
        )
    if lines and lines[0].text == "COR":
        correction, lines = True, lines[1:]
    if not lines:
        raise reading.fault(
            opened.body[-1].at(),
            "truncated",
            "the message ends after its identifier",
            field="flight identifier",
            expected=f"e.g. {example}",
        )
    return envelope, identifier, correction, lines


def _identifier_at(lines: Sequence[Line], names: Sequence[str]) -> int | None:
    """Which line holds the identifier: alone, or with COR or a flight behind it."""
    for index, line in enumerate(lines[: PREAMBLE + 1]):
        first, _, rest = line.text.partition(" ")
        if first in names and (rest in ("", "COR") or _FLIGHT_LINE.match(rest)):
            return index
    return None


_FLIGHT_LINE: Final = re.compile(r"[A-Z0-9]{2,3}\d{1,4}[A-Z]?/\d\d", re.ASCII)


def head(envelope: Envelope, identifier: str, *, correction: bool) -> list[str]:
    """The first lines of a text: identifier (unless the envelope has it) and COR."""
    named = envelope.form == "keywords" and envelope.identifier and not envelope.named_twice
    told = envelope.preamble[-1:] == ("COR",)
    return ([] if named else [identifier]) + (["COR"] if correction and not told else [])


def is_supplementary(text: str) -> bool:
    """Whether a line begins the free text."""
    return text == "SI" or text.startswith(("SI ", "SI:", "SI/"))

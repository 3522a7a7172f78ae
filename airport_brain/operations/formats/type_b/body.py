"""What the texts of telexes have in common: identifier, correction, supplementary information."""

from __future__ import annotations

from collections.abc import Sequence

from airport_brain.operations.formats.text_reading import Line, TextReading
from airport_brain.operations.formats.type_b.envelope import Envelope, Opened


def identified(
    opened: Opened, reading: TextReading, names: Sequence[str], *, example: str
) -> tuple[str, bool, list[Line]]:
    """Take identifier and COR off: the identifier, whether it is a correction, the lines behind.

    Args:
        opened: the telex.
        reading: the reading.
        names: identifiers of this kind of message.
        example: what the line behind looks like, for the fault when there is none.

    Raises:
        Malformed: another message, or nothing behind the identifier.
    """
    lines = opened.body
    first, _, rest = lines[0].text.partition(" ")
    if first in names and rest in ("", "COR"):
        identifier, lines, correction = first, lines[1:], rest == "COR"
    elif opened.envelope.identifier in names:
        identifier, correction = opened.envelope.identifier, False
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
    return identifier, correction, lines


def head(envelope: Envelope, identifier: str, *, correction: bool) -> list[str]:
    """The first lines of a text: identifier (unless the envelope has it) and COR."""
    named = envelope.form == "keywords" and envelope.identifier
    return ([] if named else [identifier]) + (["COR"] if correction else [])


def is_supplementary(text: str) -> bool:
    """Whether a line begins the free text."""
    return text == "SI" or text.startswith(("SI ", "SI:", "SI/"))

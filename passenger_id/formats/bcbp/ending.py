"""What follows the last leg: security data, and text that is no part of the pass."""

from __future__ import annotations

import re
from typing import Final

from passenger_id.formats.bcbp.legs import LEG_PATTERN
from passenger_id.formats.bcbp.making import maker
from passenger_id.formats.bcbp.marks import Marks
from passenger_id.formats.bcbp.odd_field import HEX
from passenger_id.formats.bcbp.passes import Security
from passenger_id.formats.bcbp.variable_field import SIZES

_HEAD: Final = re.compile(r"\^([0-9A-Za-z])([0-9A-F]{2})")
_make_security: Final = maker(Security)


def read_security(text: str, at: int, marks: Marks) -> tuple[Security | None, int]:
    """Security data at ``at``, if they begin there, and the offset after them."""
    if at >= len(text) or text[at] != "^":
        return None, at
    if match := _HEAD.match(text, at):
        kind, size = match.groups()
        start = at + 4
        end = start + SIZES[size]
        data = text[start:end]
        if end <= len(text) and data.isprintable():
            return _make_security((kind, data, "")), end
    head = text[at + 1 : at + 4]
    if not head[:1].isalnum():
        raise marks.fault(
            "wrong-value",
            "type of security data does not fit",
            "type_of_security_data",
            min(at + 1, len(text)),
            found=head[:1],
            expected="a letter or digit",
        )
    size = head[1:]
    field = "length of security data"
    if not HEX.fullmatch(size):
        raise marks.fault(
            "wrong-size",
            "size is not hexadecimal",
            field,
            at + 2,
            found=size,
            expected="two hexadecimal digits",
        )
    if size != size.upper():
        marks.odd("bcbp-lower-case", field, at + 2)
    start = at + 4
    end = start + int(size, 16)
    if end > len(text):
        raise marks.fault(
            "cut-short",
            "security data end too early",
            "security_data",
            len(text),
            found=f"{len(text) - start} characters",
            expected=f"{end - start} characters",
        )
    data = text[start:end]
    if not data.isprintable():
        raise marks.fault(
            "wrong-value",
            "a control character stands in the security data",
            "security_data",
            start,
            expected="printable ASCII",
        )
    return Security(
        type_of_security_data=head[0],
        security_data=data,
        size="" if size == size.upper() else size,
    ), end


def look_at_trailing(text: str, at: int, security: Security | None, marks: Marks) -> None:
    """Text after the pass: kept, unless it shows that the pass was not read right."""
    if text[at] == "+" and security is None:
        # What a damaged scan makes of ^: the security data would be lost.
        raise marks.fault(
            "wrong-value",
            "a damaged mark stands where security data begin",
            "beginning_of_security_data",
            at,
            found="+",
            expected="^",
        )
    if LEG_PATTERN.match(text, at):
        raise marks.fault(
            "wrong-count",
            "the pass holds more legs than it states",
            "number_of_legs",
            at,
            expected="the end of the pass or ^",
        )
    marks.odd("bcbp-trailing", "text", at)

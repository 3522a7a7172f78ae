"""Variable fields that depart from the standard: sizes that lie, text without a version, cut items.

The text is followed as far as it leaves no doubt where the next leg or the security data begin; each
departure is noted, and kept so that the pass can be written again byte for byte.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from passenger_id.formats.bcbp.items import CARRIER, REPEATED, UNIQUE, Item
from passenger_id.formats.bcbp.marks import Marks
from passenger_id.formats.bcbp.passes import RepeatedItems, UniqueItems, Written
from passenger_id.formats.bcbp.variable_field import NEXT_LEG, Variable, issue_date

HEX: Final = re.compile("[0-9A-Fa-f]{2}")

_SECURITY: Final = re.compile("[0-9A-Za-z]([0-9A-Fa-f]{2})")
_OWN_TEXT: Final = re.compile(r"[0-9A-Za-z *]")
"""How a carrier's own text begins; other marks are what damage makes of ``>``."""

_FF_OFFSET: Final = sum(item.width for item in REPEATED[:5])
_FF_SHORT: Final = re.compile(rf"(?=[A-Z]{{2}}\d)(?!{CARRIER})", re.ASCII)


def odd_field(
    text: str,
    start: int,
    size: str,
    marks: Marks,
    *,
    leg: int,
    last: bool,
    versioned: bool,
    today: date,
) -> Variable:
    """Read a field that departs from the standard; the arguments are those of :class:`OddField`."""
    return OddField(
        text, start, size, marks, leg=leg, last=last, versioned=versioned, today=today
    ).read()


class OddField:
    """Reads one field.

    Args:
        text: the pass.
        start: offset of the field.
        size: the field's size as it stands.
        marks: takes what is odd.
        leg: number of the leg, from 1.
        last: no leg follows.
        versioned: leg 1 had a version, so later legs have sizes.
        today: day of the reference.
    """

    def __init__(
        self,
        text: str,
        start: int,
        size: str,
        marks: Marks,
        *,
        leg: int,
        last: bool,
        versioned: bool,
        today: date,
    ) -> None:
        self._text = text
        self._start = start
        self._size = size
        self._marks = marks
        self._leg = leg
        self._last = last
        self._versioned = versioned
        self._today = today
        self._stated = start + int(size, 16)
        self._end = self._stated

    def read(self) -> Variable:
        """The field; its end may be another than stated."""
        self._end = self._last_end() if self._last else self._inner_end()
        if self._end != self._stated:
            self._odd_size("variable field", self._start - 2)
        if self._end == self._start:
            return self._made(self._start)
        if self._leg > 1:
            if self._versioned or HEX.match(self._text, self._start):
                return self._with_repeated(self._start, None, Written(variable=self._size))
            return self._own_only()
        mark = self._text[self._start]
        if mark == ">":
            return self._with_unique()
        if not _OWN_TEXT.match(mark):
            raise self._marks.fault(
                "wrong-value",
                "a damaged mark stands where the version begins",
                "beginning_of_version_number",
                self._start,
                found=mark,
                expected=">",
            )
        return self._own_only()

    # Where the field ends.

    def _last_end(self) -> int:
        text, stated = self._text, self._stated
        if stated == len(text) or (stated < len(text) and text[stated] == "^"):
            return stated
        block = self._security_block()
        if block is not None:
            return block
        if stated > len(text):
            if len(text) == self._start or (self._leg == 1 and text[self._start] != ">"):
                raise self._cut_short()
            return len(text)
        return len(text) if self._inner_size() > stated - self._start else stated

    def _inner_end(self) -> int:
        """End of a field that a leg follows."""
        text, stated = self._text, self._stated
        if stated > len(text):
            raise self._cut_short()
        if NEXT_LEG.match(text, stated):
            return stated
        inner = self._start + self._inner_size()
        for end in (inner, inner - 1):
            if end > self._start and NEXT_LEG.match(text, end):
                return end
        return stated

    def _security_block(self) -> int | None:
        """Offset of security data whose size reaches exactly to the end of the pass."""
        text = self._text
        at = text.find("^", self._start)
        while at >= 0:
            head = _SECURITY.match(text, at + 1)
            if head and at + 4 + int(head[1], 16) == len(text):
                return at
            at = text.find("^", at + 1)
        return None

    def _inner_size(self) -> int:
        """What the sizes inside the field add up to; 0 where there are none."""
        text, at = self._text, self._start
        if self._leg == 1:
            if text[at : at + 1] != ">" or not (unique := HEX.match(text, at + 2)):
                return 0
            at += 4 + int(unique[0], 16)
        repeated = HEX.match(text, at)
        return at - self._start + (2 + int(repeated[0], 16) if repeated else 0)

    # What stands in it.

    def _own_only(self) -> Variable:
        self._marks.odd("bcbp-no-version", self._field("variable field"), self._start)
        return self._made(self._start, written=Written(variable=self._size))

    def _with_unique(self) -> Variable:
        text, at = self._text, self._start
        version = text[at + 1 : min(at + 2, self._end)]
        if version not in ("1", "2", "3", "4", "5", "6", "7", "8"):
            raise self._marks.fault(
                "wrong-value",
                "version is not known",
                "version_number",
                at + 1,
                found=version,
                expected="1 to 8",
            )
        raw = self._inner("size of the unique items", at + 2)
        section = self._section("unique items", at + 4, int(raw, 16))
        values, extra = self._items(UNIQUE, section, at + 4, "")
        unique = UniqueItems(
            version_number=version,
            extra=extra,
            issue_date=issue_date(values.get("date_of_issue_of_boarding_pass"), self._today),
            **values,
        )
        written = Written(variable=self._size, unique=raw, unique_length=len(section))
        after = at + 4 + len(section)
        if after >= self._end:
            self._odd_size("repeated items", after)
            return Variable(end=self._end, unique=unique, written=written)
        return self._with_repeated(after, unique, written)

    def _with_repeated(self, at: int, unique: UniqueItems | None, written: Written) -> Variable:
        raw = self._inner(f"leg {self._leg} size of the repeated items", at)
        stated = int(raw, 16)
        section = self._section("repeated items", at + 2, stated)
        cut = len(section) < stated or self._stated == self._end + 1
        short = bool(cut and _FF_SHORT.match(section, _FF_OFFSET))
        if short:
            self._marks.odd(
                "bcbp-short-carrier",
                self._field("frequent_flyer_airline_designator"),
                at + 2 + _FF_OFFSET,
            )
            # One character less was written than the size says; it belongs to what follows.
            section = section[: stated - 1]
        values, extra = self._items(
            REPEATED, section, at + 2, f"leg {self._leg} ", short_carrier=short
        )
        return self._made(
            at + 2 + len(section),
            unique=unique,
            repeated=RepeatedItems(extra=extra, **values),
            written=Written(
                variable=written.variable,
                unique=written.unique,
                unique_length=written.unique_length,
                repeated=raw,
                repeated_length=len(section),
                short_carrier=short,
            ),
        )

    def _items(
        self,
        items: tuple[Item, ...],
        section: str,
        base: int,
        prefix: str,
        *,
        short_carrier: bool = False,
    ) -> tuple[dict[str, Any], str]:
        values: dict[str, Any] = {}
        at = 0
        for item in items:
            short = short_carrier and item.name == "frequent_flyer_airline_designator"
            width = item.width - 1 if short else item.width
            piece = section[at : at + width]
            if not piece:
                break
            if len(piece) < width:
                self._marks.odd("bcbp-item-cut", prefix + item.name, base + at)
                values[item.name] = self._printable(piece, prefix + item.name, base + at)
            else:
                # The blank that a short carrier lacks is added for the look at its alphabet.
                whole = piece.ljust(item.width)
                values[item.name] = self._marks.value(item, whole, base + at, prefix=prefix)
            at += width
        extra = section[at:]
        if extra:
            self._marks.odd("bcbp-extra-items", f"{prefix}items after {items[-1].name}", base + at)
            self._printable(extra, f"{prefix}items after {items[-1].name}", base + at)
        return values, extra

    def _section(self, what: str, start: int, stated: int) -> str:
        section = self._text[start : min(start + stated, self._end)]
        if len(section) < stated:
            self._odd_size(what, start - 2)
        return section

    def _inner(self, field: str, at: int) -> str:
        raw = self._text[at : min(at + 2, self._end)]
        if not HEX.fullmatch(raw):
            raise self._marks.fault(
                "wrong-size",
                "size is not hexadecimal",
                field,
                min(at, len(self._text)),
                found=raw,
                expected="two hexadecimal digits",
            )
        if raw != raw.upper():
            self._marks.odd("bcbp-lower-case", field, at)
        return raw

    def _made(
        self,
        after: int,
        *,
        unique: UniqueItems | None = None,
        repeated: RepeatedItems | None = None,
        written: Written | None = None,
    ) -> Variable:
        own = self._text[after : self._end]
        self._printable(own, self._field("airline_individual_use"), after)
        return Variable(
            end=self._end,
            unique=unique,
            repeated=repeated,
            airline_individual_use=own,
            written=written or Written(variable=self._size),
        )

    def _printable(self, value: str, field: str, at: int) -> str:
        for offset, letter in enumerate(value):
            if not letter.isprintable() and letter not in "\x1c\x1d\x1e\x1f":
                raise self._marks.fault(
                    "wrong-value",
                    "a control character stands in the text",
                    field,
                    at + offset,
                    found=f"0x{ord(letter):02X}",
                    expected="printable ASCII",
                )
        return value.rstrip(" ")

    def _odd_size(self, what: str, at: int) -> None:
        self._marks.odd("bcbp-size", self._field(f"size of the {what}"), at)

    def _cut_short(self) -> Exception:
        return self._marks.fault(
            "cut-short",
            "the pass ends before its stated size",
            self._field("size of the variable field"),
            self._start - 2,
            found=f"{len(self._text) - self._start} characters",
            expected=f"{self._stated - self._start} characters",
        )

    def _field(self, name: str) -> str:
        return f"leg {self._leg} {name}"

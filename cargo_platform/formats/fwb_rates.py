"""The rate block of an FWB: RTD lines, each a rate line or a detail of one (see ``fwb``)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_segments import Segment, dimensions
from cargo_platform.formats.cimp_values import LONGEST_PIECES
from cargo_platform.formats.fwb_message import RateDetail, RateLine

_NUMBER: Final = r"(?:[0-9]{1,12}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})"
_DETAIL: Final = re.compile(r"(?:/([0-9]{1,2}))?/(N[A-Z])(/.*)?", re.ASCII)
_RATE: Final = re.compile(
    r"/([0-9]{1,2})(?:/P(?:([0-9]{1,6})|([A-Z]{3})))?"
    rf"(?:/([KL])({_NUMBER}))?(?:/C([A-Z]))?(?:/S([^/]*))?"
    rf"(?:/W({_NUMBER}))?(?:/R({_NUMBER}))?(?:/T({_NUMBER}))?",
    re.ASCII,
)
_FIELD: Final = re.compile(
    rf"(P)([0-9]{{1,6}}|[A-Z]{{3}})|([KL])({_NUMBER})|(C)([A-Z])|(S)(.*)|([WRT])({_NUMBER})",
    re.ASCII,
)
KINDS: Final = frozenset({"NG", "NC", "ND", "NV", "NU", "NS", "NH", "NO"})


def rate_lines(reading: Reading, segment: Segment) -> tuple[RateLine, ...]:
    """Read an RTD segment.

    Raises:
        Malformed: a line that is neither a rate line nor a detail, or a detail before any rate line.
    """
    rates: list[RateLine] = []
    details: list[RateDetail] = []
    for line, start in segment.rows():
        detail = _DETAIL.fullmatch(line.text, start)
        if detail is None:
            if rates:
                rates[-1] = replace(rates[-1], details=tuple(details))
            details = []
            rates.append(_rate(reading, line, start))
        elif rates:
            details.append(_detail(reading, line, detail))
        else:
            raise reading.fault(
                line, "a detail before any rate line", field="rate description",
                column=start + 1, code="rate-order", expected="e.g. RTD/1/P6/K120/CQ/W120/R1.5/T180",
            )  # fmt: skip
    if rates:
        rates[-1] = replace(rates[-1], details=tuple(details))
    return tuple(rates)


def rate_text(rates: tuple[RateLine, ...]) -> list[str]:
    """Lines of an RTD segment."""
    lines: list[str] = []
    for rate in rates:
        lines.append("/" + "/".join(_rate_fields(rate)))
        for detail in rate.details:
            number = "" if detail.number is None else f"/{detail.number}"
            lines.append(f"{number}/{detail.kind}{detail.text}")
    if lines:
        lines[0] = f"RTD{lines[0]}"
    return lines


def _rate_fields(rate: RateLine) -> list[str]:
    fields = [str(rate.number)]
    if rate.pieces is not None or rate.rate_point:
        fields.append(f"P{rate.rate_point or rate.pieces}")
    for letter, value in (
        (rate.weight_unit, rate.gross),
        ("C", rate.rate_class),
        ("S", rate.item),
        ("W", rate.chargeable),
        ("R", rate.rate),
        ("T", rate.total),
    ):
        if value is not None and value != "":
            fields.append(
                f"{letter}{value:f}" if isinstance(value, Decimal) else f"{letter}{value}"
            )
    return fields


def _rate(reading: Reading, line: Line, start: int) -> RateLine:
    found = _RATE.fullmatch(line.text, start)
    if found is None:
        return _rate_by_letters(reading, line, start)
    number, pieces, point, unit, gross, rate_class, item, chargeable, rate, total = found.groups()
    if len(pieces or "") > LONGEST_PIECES:
        reading.odd(
            line, "field-long", f"pieces of more than {LONGEST_PIECES} digits", field="rate line",
            column=found.start(2) + 1,
        )  # fmt: skip
    return RateLine(
        number=int(number),
        pieces=int(pieces) if pieces else None,
        rate_point=point or "",
        weight_unit=unit or "",
        gross=Decimal(gross) if gross else None,
        rate_class=rate_class or "",
        item=item or "",
        chargeable=Decimal(chargeable) if chargeable else None,
        rate=Decimal(rate) if rate else None,
        total=Decimal(total) if total else None,
    )


_NAMES: Final = {"C": "rate_class", "S": "item", "W": "chargeable", "R": "rate", "T": "total"}


def _rate_by_letters(reading: Reading, line: Line, start: int) -> RateLine:
    """Fields in an unusual order, each known by its first letter."""
    texts = line.text[start:].split("/")
    column = start + 2
    if texts[0] or len(texts) < 2 or not re.fullmatch("[0-9]{1,2}", texts[1]):
        raise reading.fault(
            line, "not a rate line", field="rate line number", column=column,
            found=texts[1] if len(texts) > 1 else "", expected="1 or 2 digits",
            code="bad-rate-line-number",
        )  # fmt: skip
    reading.odd(
        line, "rate-order", "the fields are in another order", field="rate line", column=column
    )
    values: dict[str, object] = {"number": int(texts[1])}
    column += len(texts[1]) + 1
    for text in texts[2:]:
        values |= _rate_field(reading, line, text, column)
        column += len(text) + 1
    return RateLine(**values)  # type: ignore[arg-type]  # one by one in _rate_field


def _rate_field(reading: Reading, line: Line, text: str, column: int) -> dict[str, object]:
    found = _FIELD.fullmatch(text)
    if found is None:
        raise reading.fault(
            line, "not a field of a rate line", field="rate line", column=column, found=text,
            expected="a letter of P K L C S W R T with its value", code="bad-rate-field",
        )  # fmt: skip
    letter, value = (part for part in found.groups() if part is not None)
    if letter == "P":
        return {"pieces": int(value)} if value.isdecimal() else {"rate_point": value}
    if letter in "KL":
        return {"weight_unit": letter, "gross": Decimal(value)}
    return {_NAMES[letter]: value if letter in "CS" else Decimal(value)}


def _detail(reading: Reading, line: Line, found: re.Match[str]) -> RateDetail:
    number, kind, text = found.groups()
    if kind not in KINDS:
        reading.odd(
            line, "rate-detail", "a detail of a kind that is not known", field="goods data",
            column=found.start(2) + 1,
        )  # fmt: skip
    size = None
    if kind == "ND" and text:
        size = dimensions(line, found.start(3))
        if size is None and text != "//NDA":
            reading.odd(
                line, "dimensions", "dimensions that cannot be read", field="dimensions",
                column=found.start(3) + 1,
            )  # fmt: skip
    return RateDetail(
        number=int(number) if number else None, kind=kind, text=text or "", dimensions=size
    )

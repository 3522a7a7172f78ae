"""What an FWB must agree with itself about (see ``fwb``): pieces, routing and sums of charges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_values import Consignment

MANDATORY: Final = ("RTG", "SHP", "CNE", "CVD", "RTD", "ISU", "REF")
_PARTS: Final = ("WT", "VC", "TX", "OA", "OC")


def check(
    reading: Reading, line: Line, consignment: Consignment, values: Mapping[str, Any]
) -> None:
    """Note what does not add up; ``line`` is the consignment line."""
    present = set(values["layout"])
    for identifier in MANDATORY:
        if identifier not in present:
            reading.odd(line, "missing", f"{identifier} is missing", field=identifier)
    _check_routing(reading, line, consignment, values)
    _check_pieces(reading, line, consignment, values)
    _check_charges(reading, line, values)


def _check_routing(
    reading: Reading, line: Line, consignment: Consignment, values: Mapping[str, Any]
) -> None:
    legs = values.get("routing", ())
    if legs and consignment.destination and legs[-1].airport != consignment.destination:
        reading.odd(
            line, "routing-end", "the last airport of RTG is not the destination", field="RTG"
        )


def _check_pieces(
    reading: Reading, line: Line, consignment: Consignment, values: Mapping[str, Any]
) -> None:
    sizes = [
        detail.dimensions
        for rate in values.get("rates", ())
        for detail in rate.details
        if detail.dimensions is not None
    ]
    amount = consignment.quantity
    if amount is not None and sum(size.pieces for size in sizes) > amount.pieces:
        reading.odd(
            line, "dimension-pieces", "more pieces have dimensions than there are", field="RTD"
        )


def _check_charges(reading: Reading, line: Line, values: Mapping[str, Any]) -> None:
    due = {
        (indicator, code): sum(
            (
                charge.amount
                for group in values.get("other_charges", ())
                if group.indicator == indicator
                for charge in group.charges
                if charge.entitlement == entitlement
            ),
            Decimal(0),
        )
        for indicator in "PC"
        for code, entitlement in (("OA", "A"), ("OC", "C"))
    }
    for name, indicator, identifier in (("prepaid", "P", "PPD"), ("collect", "C", "COL")):
        totals = values.get(name)
        if totals is None:
            continue
        amounts = {code: amount for row in totals.lines for code, amount in row}
        whole = amounts.get("CT")
        if whole is not None and whole != sum(
            (amounts.get(code, Decimal(0)) for code in _PARTS), Decimal(0)
        ):
            reading.odd(line, "charges-total", "CT is not the sum of its parts", field=identifier)
        for code in ("OA", "OC"):
            if code in amounts and amounts[code] != due[indicator, code]:
                reading.odd(
                    line, "other-charges", f"OTH does not add up to {code}", field=identifier
                )

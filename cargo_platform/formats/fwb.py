"""Cargo-IMP FWB/16 and FWB/17: the air waybill.

After the consignment line come segments, each an identifier with lines that go on with a slant:

=============  ===========================================================================
FLT            pairs of flight and day of the month
RTG            airport and carrier of each leg; the last airport is the destination
SHP CNE NFY    shipper, consignee, also notify (``cimp_parties``; FWB/17 has labelled lines)
AGT            account / IATA code 7n [/ CASS 4n] [/ participant], ``/name``, ``/place``
SSR OSI        special service request, other service information: free text
ACC            accounting identifier 3a / text, up to 6
CVD            currency / [charge code] / P or C twice / carriage / customs / insurance
RTD            rate lines: line number, then fields known by their first letter: P pieces or rate
               point, K or L gross weight, C class, S item, W chargeable weight, R rate, T total;
               under each its details NG NC ND NV NU NS NH NO
OTH            P or C / up to three charges: code 2a, entitlement A or C, amount
PPD COL        totals WT VC TX, then OA OC CT
CER ISU        signature; ddMMMyy / place [/ signature]
CDC REF COR    collect charges in the destination's currency; reference; customs origin
COI SII ARD    commission, incentive, agent's reference
SPH            special handling codes, up to 9
NOM SRI OPI    nominated handling party, shipment reference, other participants
OCI            other customs information (``cimp_segments``)
=============  ===========================================================================

Traps: ``P6`` in a rate line is pieces, not "part". NG and NC are cut at 20 characters in the middle of
words (``RateLine.goods`` joins them). ISU alone has a year. Segments in an unusual order are read and
written back in that order; two segments of one identifier become one.

Notices beside those of ``cimp``, ``cimp_segments`` and ``cimp_parties``:

=========================  ================================================================
``fwb-missing``            A segment that every waybill has is not there.
``fwb-routing-end``        The last airport of the routing is not the destination.
``fwb-quantity-code``      The quantity is not a total.
``fwb-dimension-pieces``   More pieces have dimensions than the waybill has.
``fwb-charges-total``      A total of charges is not the sum of its parts.
``fwb-other-charges``      Other charges do not add up to what is due to agent or carrier.
``fwb-charge-code``        CVD lacks the field of its charge code.
``fwb-insurance-missing``  CVD ends before the amount of insurance.
``fwb-issue-form``         ISU has no place, or a year of four digits.
``fwb-flight-month``       A booking gives a month beside the day; it was left out.
``fwb-flight-day``         The day of a booking has one digit, or no month has it.
``fwb-accounting-code``    Accounting information stands without its identifier.
``fwb-rate-order``         The fields of a rate line are in another order.
``fwb-rate-detail``        A rate detail of a kind that is not known was kept.
``fwb-dimensions``         Dimensions that cannot be read were kept as text.
``fwb-repeated``           A segment that a waybill has once came again; the first one counts.
=========================  ================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from cargo_platform.formats import cimp, fwb_segments
from cargo_platform.formats.cimp import LONGEST_MESSAGE, Part, Reading
from cargo_platform.formats.cimp_parties import LABELS, party
from cargo_platform.formats.cimp_segments import (
    Segment,
    customs_lines,
    free_texts,
    note_apart,
    segments,
    unread,
)
from cargo_platform.formats.cimp_values import second_line
from cargo_platform.formats.fwb_checks import check
from cargo_platform.formats.fwb_message import Message
from cargo_platform.formats.fwb_rates import rate_lines
from cargo_platform.formats.fwb_text import encode
from service_bus import Mode

__all__ = ["FORMAT", "Message", "encode", "parse", "recognise"]

FORMAT: Final = "fwb"
TYPES: Final = ("FWB",)
VERSIONS: Final = (9, 10, 11, 12, 13, 14, 15, 16, 17)

_PARTIES: Final = {"SHP": "shipper", "CNE": "consignee", "NFY": "notify"}

_Read = Callable[[Reading, Segment], Any]
_READERS: Final[Mapping[str, tuple[str, _Read]]] = MappingProxyType(
    {
        "FLT": ("flights", fwb_segments.flights),
        "RTG": ("routing", fwb_segments.routing),
        "AGT": ("agent", fwb_segments.agent),
        "SSR": ("special_service", free_texts),
        "OSI": ("other_service", free_texts),
        "ACC": ("accounting", fwb_segments.accounting),
        "CVD": ("charge_declaration", fwb_segments.charge_declaration),
        "RTD": ("rates", rate_lines),
        "OTH": ("other_charges", fwb_segments.other_charges),
        "PPD": ("prepaid", fwb_segments.charge_totals),
        "COL": ("collect", fwb_segments.charge_totals),
        "CER": ("certification", fwb_segments.certification),
        "ISU": ("issue", fwb_segments.issue),
        "COR": ("customs_origin", fwb_segments.customs_origin),
        "SPH": ("special_handling", fwb_segments.special_handling),
        "OCI": ("customs", customs_lines),
    }
)
_FURTHER: Final = frozenset({"CDC", "REF", "COI", "SII", "ARD", "NOM", "SRI", "OPI"})
_LISTS: Final = frozenset(
    {"special_service", "other_service", "accounting", "rates", "other_charges", "customs"}
)


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read one or several air waybills.

    Args:
        data: bytes of the text, with or without an envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; gives the century of the date of issue.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    parts = cimp.split(
        data, format=FORMAT, types=TYPES, mode=mode, reference=reference, max_bytes=max_bytes
    )
    return [_message(part, data) for part in parts]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are an air waybill."""
    return cimp.looks_like(data, TYPES)


def _message(part: Part, data: bytes) -> Message:
    lines, reading = part.lines, part.reading
    version = cimp.version_of(part, VERSIONS)
    consignment = second_line(part)
    if consignment.quantity is not None and consignment.quantity.code != "T":
        reading.odd(lines[1], "quantity-code", "the quantity is not a total", field="quantity")
    values = _values(reading, segments(lines[2:]))
    check(reading, lines[1], consignment, values)
    return Message(
        version=version,
        consignment=consignment,
        envelope=part.envelope,
        original=data,
        notices=tuple(reading.notices),
        **values,
    )


def _values(reading: Reading, found: Sequence[Segment]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    further: list[Any] = []
    kept: list[Any] = []
    layout: list[str] = []
    for index, segment in enumerate(found):
        identifier = segment.identifier
        if identifier in _PARTIES:
            labelled = _labelled(found, index)
            who = party(reading, segment, labelled, named=identifier == "NFY")
            _keep(reading, segment, values, _PARTIES[identifier], who)
        elif identifier in _READERS:
            name, read = _READERS[identifier]
            note_apart(reading, segment)
            _keep(reading, segment, values, name, read(reading, segment))
        elif identifier in _FURTHER:
            note_apart(reading, segment)
            further.append(fwb_segments.texts(reading, segment))
        elif identifier in LABELS and layout and layout[-1] in _PARTIES:
            continue
        else:
            kept.append(unread(reading, segment, layout[-1] if layout else ""))
            continue
        layout.append(identifier)
    return values | {
        "further": tuple(further),
        "unread": tuple(kept),
        "layout": tuple(dict.fromkeys(layout)),
    }


def _labelled(found: Sequence[Segment], index: int) -> Sequence[Segment]:
    end = index + 1
    while end < len(found) and found[end].identifier in LABELS:
        end += 1
    return found[index + 1 : end]


def _keep(
    reading: Reading, segment: Segment, values: dict[str, Any], name: str, value: Any
) -> None:
    if name not in values:
        values[name] = value
    elif name in _LISTS:
        values[name] += value
    else:
        reading.odd(
            segment.lines[0], "repeated", "came before; the first one counts",
            field=segment.identifier,
        )  # fmt: skip

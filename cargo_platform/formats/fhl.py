"""Cargo-IMP FHL/4 and FHL/5: the house waybills under a master air waybill.

=======  ====================================================================================
``MBI``  the master's consignment
``HBS``  house number ..12 / from-to / pieces / K or L weight / [SLAC] / goods ..15; the next line
         may hold special handling codes (``/SPX/EAP``)
``TXT``  goods in full, up to 9 lines of 65 characters
``HTS``  harmonised codes of 6 to 18 characters, up to 9
``OCI``  other customs information (``cimp_segments``)
``SHP``  shipper and ``CNE`` consignee (``cimp_parties``: labelled, or name behind the identifier)
``CVD``  currency / P or C twice / carriage or NVD / customs or NCV / insurance or XXX
=======  ====================================================================================

Traps: goods are cut at 15 characters, so that TXT is preferred (``House.description``). SLAC counts
inner pieces. Some senders list many houses in one message, others send one message per house:
``Message.difference`` tells what is left of the master. FHL/5 composes OCI differently; both are read.

Notices beside those of ``cimp``, ``cimp_segments`` and ``cimp_parties``:

=========================  ================================================================
``fhl-goods-more``         The goods go on in lines behind the house, where only handling codes belong.
``fhl-no-house``           The message lists no house waybill.
``fhl-sum-pieces``         The houses have more pieces than the master.
``fhl-sum-weight``         The houses are heavier than the master.
``fhl-house-number``       A house number is longer than 12 characters or has others than letters and digits.
``fhl-charge-code``        CVD has a charge code, which only an air waybill has.
``fhl-insurance-missing``  CVD ends before the amount of insurance.
``fhl-before-house``       A segment of a house stands before any house; it was kept unread.
``fhl-repeated``           A segment that a house has once came again; the first one counts.
``fhl-slac-missing``       The goods stand where the inner pieces are counted.
=========================  ================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from cargo_platform.formats import cimp, fwb_segments
from cargo_platform.formats.cimp import LONGEST_MESSAGE, Part, Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_parties import LABELS, Party, party
from cargo_platform.formats.cimp_rows import Cell, Row, text_cell
from cargo_platform.formats.cimp_segments import (
    CustomsLine,
    Segment,
    Unread,
    customs_lines,
    customs_text,
    free_texts,
    kept_after,
    note_apart,
    segments,
    text_lines,
    unread,
)
from cargo_platform.formats.cimp_values import (
    KILOGRAMS_PER_POUND,
    ROUTE,
    WEIGHT,
    Consignment,
    whole_consignment,
)
from cargo_platform.formats.fwb_message import ChargeDeclaration
from service_bus import Mode, Notice

FORMAT: Final = "fhl"
TYPES: Final = ("FHL",)
VERSIONS: Final = (2, 3, 4, 5)
LONGEST_NUMBER: Final = 12

_HOUSE: Final = Row(
    Cell(name="HAWB", pattern="([^/]{1,35})", expected="up to 12 letters and digits"),
    ROUTE,
    Cell(name="pieces", pattern="([0-9]{1,6})", expected="up to 4 digits", limit=4),
    Cell(name="weight", pattern=f"([KL])({WEIGHT})", expected="e.g. K500.5"),
    Cell(name="SLAC", pattern="([0-9]{1,7}|)", expected="up to 5 digits", optional=True, limit=5),
    text_cell("goods", 15, optional=True),
)
_NO_SLAC: Final = re.compile(r"HBS(?:/[^/]*){4}/(?=[^/]*[A-Z])", re.ASCII)
"""What stands before goods that are in the place of SLAC."""
_CODES: Final = re.compile(r"(?:/[A-Z0-9]{3})++", re.ASCII)
_HARMONISED: Final = Row(text_cell("harmonised code", 18))


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house waybill.

    Attributes:
        weight: in ``weight_unit`` (K, L).
        slac: shipper's load and count, inner pieces.
        goods: cut at 15 characters; ``None`` when its field is missing.
        more_goods: lines behind it that are no special handling codes.
    """

    number: str
    origin: str
    destination: str
    pieces: int
    weight: Decimal
    weight_unit: str
    slac: int | None = None
    goods: str | None = None
    handling: tuple[str, ...] = ()
    more_goods: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    harmonised: tuple[str, ...] = ()
    customs: tuple[CustomsLine, ...] = ()
    shipper: Party | None = None
    consignee: Party | None = None
    charge_declaration: ChargeDeclaration | None = None
    layout: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def description(self) -> str:
        """The goods, in full where the message gives them."""
        return " ".join(self.texts or ((self.goods or ""), *self.more_goods))

    @property
    def weight_kg(self) -> Decimal:
        """Kilograms."""
        return self.weight if self.weight_unit == "K" else self.weight * KILOGRAMS_PER_POUND


class Difference(NamedTuple):
    """What the master has more than the houses; negative where it has less."""

    pieces: int
    weight_kg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """House waybills of a master."""

    version: int
    master: Consignment
    houses: tuple[House, ...]
    unread: tuple[Unread, ...] = ()
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def difference(self) -> Difference | None:
        """Master less houses; ``None`` when the master does not say pieces and weight."""
        amount = self.master.quantity
        if amount is None or amount.weight_kg is None:
            return None
        return Difference(
            amount.pieces - sum(house.pieces for house in self.houses),
            amount.weight_kg - sum((house.weight_kg for house in self.houses), Decimal(0)),
        )


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read one or several messages.

    Args:
        data: bytes of the text, with or without an envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; not needed by this format's own fields.
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
    """How sure it is that the bytes are a house list."""
    return cimp.looks_like(data, TYPES)


def encode(message: Message) -> bytes:
    """Text of a message."""
    lines = [f"FHL/{message.version}", f"MBI/{message.master.text()}"]
    lines += kept_after(message.unread, "")
    for house in message.houses:
        lines += [*_house_lines(house), *kept_after(message.unread, house.number)]
    return cimp.encoded(lines)


def _message(part: Part, data: bytes) -> Message:
    lines, reading = part.lines, part.reading
    version = cimp.version_of(part, VERSIONS)
    if len(lines) < 2 or lines[1].text[:4] != "MBI/":
        raise reading.fault(
            lines[1] if len(lines) > 1 else Line(lines[0].number + 1, ""),
            "the master is missing", field="MBI", code="bad-mbi",
            expected="e.g. MBI/112-12345675PVGFRA/T25K1250.5",
        )  # fmt: skip
    line = lines[1]
    master = whole_consignment(reading, Line(line.number, line.text[4:], line.indent + 4))
    houses, kept = _houses(reading, segments(lines[2:]))
    message = Message(
        version=version,
        master=master,
        houses=houses,
        unread=kept,
        envelope=part.envelope,
        original=data,
    )
    _check(reading, line, message)
    return replace(message, notices=tuple(reading.notices))


def _check(reading: Reading, line: Line, message: Message) -> None:
    if not message.houses:
        reading.odd(line, "no-house", "no house waybill follows", field="HBS")
    left = message.difference
    if left is not None and left.pieces < 0:
        reading.odd(line, "sum-pieces", "the houses have more pieces", field="pieces")
    if left is not None and left.weight_kg < 0:
        reading.odd(line, "sum-weight", "the houses are heavier", field="weight")


def _houses(
    reading: Reading, found: Sequence[Segment]
) -> tuple[tuple[House, ...], tuple[Unread, ...]]:
    drafts: list[dict[str, Any]] = []
    kept: list[Unread] = []
    party_above = False
    for index, segment in enumerate(found):
        identifier = segment.identifier
        if identifier == "HBS":
            drafts.append(_house(reading, segment))
        elif identifier in LABELS and party_above:
            continue
        elif identifier not in _NAMES:
            kept.append(unread(reading, segment, drafts[-1]["number"] if drafts else ""))
        elif not drafts:
            reading.odd(
                segment.lines[0], "before-house", "stands before any house", field=identifier
            )
            kept.append(Unread(after="", lines=tuple(line.text for line in segment.lines)))
        else:
            labelled = _labelled(found, index)
            _keep(reading, segment, drafts[-1], _value(reading, segment, labelled))
        party_above = identifier in ("SHP", "CNE")
        party_above |= identifier in LABELS
    return tuple(House(**draft) for draft in drafts), tuple(kept)


def _labelled(found: Sequence[Segment], index: int) -> Sequence[Segment]:
    end = index + 1
    while end < len(found) and found[end].identifier in LABELS:
        end += 1
    return found[index + 1 : end]


_NAMES: Final = {
    "TXT": "texts",
    "HTS": "harmonised",
    "OCI": "customs",
    "SHP": "shipper",
    "CNE": "consignee",
    "CVD": "charge_declaration",
}
_LISTS: Final = ("TXT", "HTS", "OCI")


def _value(reading: Reading, segment: Segment, labelled: Sequence[Segment]) -> Any:
    if segment.identifier in _LISTS:
        note_apart(reading, segment)
    match segment.identifier:
        case "TXT":
            return free_texts(reading, segment)
        case "HTS":
            read = (_HARMONISED.read(reading, *row)[1] for row in segment.rows())
            return tuple(code for text in read for code in text.split("/"))
        case "OCI":
            return customs_lines(reading, segment)
        case "CVD":
            return _declaration(reading, segment)
        case _:
            return party(reading, segment, labelled, named=True)


def _keep(reading: Reading, segment: Segment, draft: dict[str, Any], value: Any) -> None:
    identifier = segment.identifier
    name = _NAMES[identifier]
    if name not in draft:
        draft[name] = value
        draft["layout"] = (*draft["layout"], identifier)
    elif identifier in _LISTS:
        draft[name] += value
    else:
        reading.odd(
            segment.lines[0], "repeated", "came before; the first one counts", field=identifier
        )


def _house(reading: Reading, segment: Segment) -> dict[str, Any]:
    line = segment.lines[0]
    before = _NO_SLAC.match(line.text)
    if before is not None:
        reading.odd(
            line, "slac-missing", "goods where the inner pieces are counted", field="SLAC",
            column=before.end() + 1,
        )  # fmt: skip
        line = line._replace(text=f"{before[0]}/{line.text[before.end() :]}")
    number, origin, destination, pieces, unit, weight, slac, goods = _HOUSE.read(
        reading, line, 3
    ).groups()
    if len(number) > LONGEST_NUMBER or not number.isalnum():
        reading.odd(line, "house-number", "not 1 to 12 letters and digits", field="HAWB", column=5)
    codes: list[str] = []
    kept: list[str] = []
    for more in segment.lines[1:]:
        if _CODES.fullmatch(more.text):
            codes += more.text[1:].split("/")
        else:
            reading.odd(more, "goods-more", "goods go on behind the house", field="goods")
            kept.append(more.text[1:])
    return {
        "number": number,
        "origin": origin,
        "destination": destination,
        "pieces": int(pieces),
        "weight": Decimal(weight),
        "weight_unit": unit,
        "slac": int(slac) if slac else None,
        "goods": goods,
        "handling": tuple(codes),
        "more_goods": tuple(kept),
        "layout": (),
    }


def _declaration(reading: Reading, segment: Segment) -> ChargeDeclaration:
    line = segment.lines[0]
    if not fwb_segments.SHORT_DECLARATION.fits(line, 3):
        declaration = fwb_segments.charge_declaration(reading, segment)
        reading.odd(line, "charge-code", "has the field of a charge code", field="CVD")
        return declaration
    found = fwb_segments.SHORT_DECLARATION.read(reading, line, 3)
    return ChargeDeclaration(
        currency=found[1],
        prepaid_collect=found[2],
        carriage=found[3],
        customs=found[4],
        insurance=found[5],
    )


_ORDER: Final = ("TXT", "HTS", "OCI", "SHP", "CNE", "CVD")


def _house_lines(house: House) -> list[str]:
    fields = [
        house.number,
        house.origin + house.destination,
        str(house.pieces),
        f"{house.weight_unit}{house.weight:f}",
    ]
    if house.slac is not None or house.goods is not None:
        fields.append("" if house.slac is None else str(house.slac))
    if house.goods is not None:
        fields.append(house.goods)
    lines = ["HBS/" + "/".join(fields)]
    if house.handling:
        lines.append("".join(f"/{code}" for code in house.handling))
    lines += [f"/{text}" for text in house.more_goods]
    for identifier in dict.fromkeys((*house.layout, *_ORDER)):
        lines += _segment(house, identifier)
    return lines


def _segment(house: House, identifier: str) -> list[str]:
    match identifier:
        case "TXT":
            return text_lines("TXT", house.texts)
        case "HTS":
            return text_lines("HTS", house.harmonised)
        case "OCI":
            return customs_text(house.customs)
        case "CVD":
            said = house.charge_declaration
            return [f"CVD/{said.text()}"] if said else []
        case _:
            who = house.shipper if identifier == "SHP" else house.consignee
            return who.lines(identifier) if who else []

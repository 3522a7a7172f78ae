"""IATA Cargo-XML: the frame of every message, and the parts that several of them have.

Root and its direct children are in the message's own namespace (prefix ``rsm``, such as
``iata:waybill:1``), all below in ``iata:datamodel:3`` (prefix ``ram``). Elements are known by their local
names, because senders declare prefixes and namespaces in every way. The schemas are licensed; the
elements here are those of IATA's public mapping tables (XFWB 5.00, XFZB 4.00, XFHL 3.00, XFSU 6.00), in
their order.

A message is written with UTF-8, two blanks per level, prefixes ``rsm`` and ``ram``; whatever else a
sender does with blanks and prefixes is not kept beside ``original``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeVar

from lxml import etree

from cargo_platform.awb import parse_awb
from cargo_platform.errors import BadAwb
from cargo_platform.formats.guarded_xml import local_name, read_root, root_name
from cargo_platform.formats.xml_nodes import (
    NOT_XML,
    Amount,
    Identifier,
    ListedCode,
    Measure,
    Node,
    XmlReading,
    bounds,
    fill,
    put_back,
    read_node,
)
from service_bus import Mode, Notice

DATA_MODEL: Final = "iata:datamodel:3"
KEPT_PER_BYTE: Final = 4
"""Unknown elements are kept up to this many times the size of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyIdentity(Node):
    """Sender or recipient."""

    primary_id: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeader(Node):
    """Identity, type, time and way of the message."""

    id: str | None = None
    name: str | None = None
    type_code: str | None = None
    issue_date_time: datetime | None = None
    purpose_code: str | None = None
    version_id: str | None = None
    conversation_id: str | None = None
    sender_party: tuple[PartyIdentity, ...] = ()
    recipient_party: tuple[PartyIdentity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderNote(Node):
    """A note with its code; also an accounting note."""

    content_code: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace(Node):
    """A place by its name."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignorAuthentication(Node):
    """The shipper's certification."""

    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierAuthentication(Node):
    """Execution by the carrier: when, who, where."""

    actual_date_time: datetime | None = None
    signatory: str | None = None
    issue_authentication_location: NamedPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHeader(Node):
    """The document: an air waybill number, a house number, a manifest's name."""

    id: str | None = None
    sender_assigned_id: str | None = None
    included_header_note: tuple[HeaderNote, ...] = ()
    signatory_consignor_authentication: ConsignorAuthentication | None = None
    signatory_carrier_authentication: CarrierAuthentication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Node):
    """A place: IATA or UN code, name and kind."""

    id: str | None = None
    name: str | None = None
    type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Node):
    """A postal address."""

    postcode_code: str | None = None
    street_name: str | None = None
    city_name: str | None = None
    country_id: str | None = None
    country_name: str | None = None
    country_sub_division_name: str | None = None
    post_office_box: str | None = None
    city_id: str | None = None
    country_sub_division_id: str | None = None
    specified_address_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone(Node):
    """A telephone, fax or telex number."""

    complete_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(Node):
    """An e-mail address."""

    uriid: str | None = field(default=None, metadata={"element": "URIID"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Node):
    """A person or department and how to reach it."""

    person_name: str | None = None
    department_name: str | None = None
    direct_telephone_communication: tuple[Telephone, ...] = ()
    fax_communication: tuple[Telephone, ...] = ()
    uri_email_communication: tuple[Mail, ...] = ()
    telex_communication: tuple[Telephone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Node):
    """A shipper, consignee, agent or another party; the fields its role does not have stay empty."""

    primary_id: Identifier | None = None
    additional_id: Identifier | None = None
    name: str | None = None
    role_code: str | None = None
    role: str | None = None
    account_id: str | None = None
    cargo_agent_id: str | None = None
    postal_structured_address: Address | None = None
    freight_forwarder_address: Address | None = None
    specified_cargo_agent_location: Location | None = None
    defined_trade_contact: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Node):
    """A country."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportMeans(Node):
    """Carrier or aircraft."""

    name: str | None = None
    type: str | None = None
    registration_country: Country | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedArrival(Node):
    """Where and when a movement ends."""

    scheduled_occurrence_date_time: datetime | None = None
    occurrence_arrival_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDeparture(Node):
    """Where and when a movement begins."""

    scheduled_occurrence_date_time: datetime | None = None
    occurrence_departure_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMovement(Node):
    """A leg of the way."""

    stage_code: str | None = None
    mode_code: str | None = None
    mode: str | None = None
    id: str | None = None
    sequence_numeric: int | None = None
    used_logistics_transport_means: TransportMeans | None = None
    arrival_event: PlannedArrival | None = None
    departure_event: PlannedDeparture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal(Node):
    """A seal."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment(Node):
    """Sealed equipment of a consignment."""

    id: str | None = None
    characteristic_code: str | None = None
    characteristic: str | None = None
    affixed_logistics_seal: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction(Node):
    """A handling instruction: special handling code (SPH), request (SSR) or information (OSI)."""

    description: str | None = None
    description_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsNote(Node):
    """Customs, security and regulatory information: the four fields of OCI."""

    content_code: str | None = None
    content: str | None = None
    subject_code: str | None = None
    country_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Node):
    """A document: number, issue, type (740 air waybill, 741 master, 703 house) and name."""

    id: str | None = None
    issue_date_time: datetime | None = None
    type_code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsProcedure(Node):
    """Customs origin code."""

    goods_status_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginCurrency(Node):
    """Currency of the charges."""

    source_currency_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationCurrency(Node):
    """Currency at the destination with its rate."""

    target_currency_code: str | None = None
    market_id: str | None = None
    conversion_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCharge(Node):
    """How charges are paid and which service was sold."""

    transport_payment_method_code: str | None = None
    service_type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceCharge(Node):
    """Another charge."""

    id: str | None = None
    additional_id: str | None = None
    prepaid_indicator: bool | None = None
    location_type_code: str | None = None
    reason: str | None = None
    party_type_code: str | None = None
    actual_amount: Amount | None = None
    time_basis_quantity: Decimal | None = None
    item_basis_quantity: Decimal | None = None
    service_date: str | None = None
    special_service_description: str | None = None
    special_service_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo(Node):
    """Nature of the goods."""

    identification: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingParty(Node):
    """The owner of a unit load device."""

    primary_id: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLoadDevice(Node):
    """A unit load device: number in ``id``, type in ``characteristic_code``, owner in its party."""

    id: str | None = None
    tare_weight_measure: Measure | None = None
    gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    piece_quantity: int | None = None
    loaded_package_quantity: int | None = None
    build_type_code: str | None = None
    characteristic_code: str | None = None
    used_capacity_code: str | None = None
    operational_status_code: str | None = None
    loading_remark: str | None = None
    serviceability: str | None = None
    operating_party: OperatingParty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Node):
    """Width, length and height."""

    width_measure: Measure | None = None
    length_measure: Measure | None = None
    height_measure: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package(Node):
    """Pieces of one size."""

    item_quantity: int | None = None
    gross_weight_measure: Measure | None = None
    linear_spatial_dimension: Dimension | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightCharge(Node):
    """Rate class, chargeable weight, rate and amount."""

    category_code: str | None = None
    commodity_item_id: str | None = None
    chargeable_weight_measure: Measure | None = None
    applied_rate: Decimal | None = None
    applied_amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UldRateClass(Node):
    """Rate class of a unit load device."""

    type_code: str | None = None
    basis_code: str | None = None
    applied_percent: Decimal | None = None
    reference_id: str | None = None
    reference_type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentItem(Node):
    """A line of goods."""

    sequence_numeric: int | None = None
    type_code: tuple[ListedCode, ...] = ()
    gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    total_charge_amount: Amount | None = None
    package_quantity: int | None = None
    piece_quantity: int | None = None
    volumetric_factor: Decimal | None = None
    information: str | None = None
    nature_identification_transport_cargo: Cargo | None = None
    origin_country: Country | None = None
    associated_unit_load_transport_equipment: tuple[UnitLoadDevice, ...] = ()
    transport_logistics_package: tuple[Package, ...] = ()
    applicable_freight_rate_service_charge: FreightCharge | None = None
    associated_reference_document: tuple[Document, ...] = ()
    specified_rate_combination_point_location: Location | None = None
    applicable_unit_load_device_rate_class: UldRateClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Node):
    """What every message has beside its own parts."""

    message_header_document: MessageHeader | None = None
    business_header_document: BusinessHeader | None = None
    original: bytes = field(default=b"", compare=False, repr=False, metadata=NOT_XML)
    notices: tuple[Notice, ...] = field(default=(), compare=False, metadata=NOT_XML)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What tells one Cargo-XML format from another.

    Attributes:
        format: our name of it.
        root: its root element; ``others`` are roots that occur for it.
        namespace: of the root and its children.
        mandatory: paths of fields that every message has, joined by dots.
        awb: paths of fields that are air waybill numbers.
    """

    format: str
    root: str
    others: tuple[str, ...] = ()
    namespace: str
    mandatory: tuple[str, ...] = ()
    awb: tuple[str, ...] = ()


MessageType = TypeVar("MessageType", bound=Message)


def parse_message(
    data: bytes, frame: Frame, kind: type[MessageType], *, mode: Mode, max_bytes: int
) -> MessageType:
    """Read a message.

    Raises:
        TooLarge: over the cap.
        Malformed: names line, element path and element.
    """
    outer = read_root(data, format=frame.format, max_bytes=max_bytes)
    reading = XmlReading(frame.format, mode, KEPT_PER_BYTE * len(data) + 4096)
    root = _find(reading, outer, frame)
    if not str(root[0].tag if len(root) else root.tag).startswith(f"{{{frame.namespace}}}"):
        reading.odd(root, "namespace", f"another namespace than {frame.namespace}")
    message = read_node(reading, root, kind)
    _check(reading, root, frame, message)
    return replace(message, original=data, notices=tuple(reading.notices))


def _find(reading: XmlReading, outer: etree._Element, frame: Frame) -> etree._Element:
    names = (frame.root, *frame.others)
    for element in outer.iter(etree.Element):
        name = local_name(element)
        if name not in names:
            continue
        if element is not outer:
            reading.odd(element, "envelope", "found inside another document")
        if name != frame.root:
            reading.odd(element, "root", f"another root than {frame.root}")
        return element
    raise reading.fault(
        outer, "another message", code="no-message", found=local_name(outer), expected=frame.root
    )


def _check(reading: XmlReading, root: etree._Element, frame: Frame, message: Message) -> None:
    for path in frame.mandatory:
        if _at(message, path) in (None, (), ""):
            reading.odd(root, "missing", f"{path} is missing", field=path.rpartition(".")[2])
    for path in frame.awb:
        number = _at(message, path)
        if not number:
            continue
        try:
            parse_awb(str(number))
        except BadAwb as error:
            raise reading.fault(
                root, f"{error.reason} in {path}", code=error.code, found=error.found,
                expected=error.expected,
            ) from error  # fmt: skip


def _at(node: object, path: str) -> object:
    for name in path.split("."):
        if node is None:
            return None
        node = getattr(node, name)
    return node


def encode_message(message: Message, frame: Frame) -> bytes:
    """Canonical text of a message."""
    root = etree.Element(
        f"{{{frame.namespace}}}{frame.root}", nsmap={"rsm": frame.namespace, "ram": DATA_MODEL}
    )
    for bound in bounds(type(message)).values():
        value = getattr(message, bound.name)
        for one in value if bound.many else (value,):
            if one is not None:
                child = etree.SubElement(root, f"{{{frame.namespace}}}{bound.element}")
                fill(child, one, DATA_MODEL)
    put_back(root, message)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def looks_like(data: bytes, frame: Frame) -> float:
    """How sure it is that bytes hold such a message; never raises."""
    name = root_name(data)
    if name == frame.root:
        return 0.95 if frame.namespace.encode() in data[:4096] else 0.6
    if name in frame.others:
        return 0.9 if frame.namespace.encode() in data[:4096] else 0.5
    return 0.0

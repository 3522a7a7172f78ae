"""Parts that several Cargo-XML messages have (see ``cargo_xml``), in the order of their elements.

Every element may be missing; the fields that one message does not have stay empty in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from cargo_platform.formats.xml_nodes import Amount, Identifier, ListedCode, Measure, Node


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

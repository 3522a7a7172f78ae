"""IATA Cargo-XML XFSU: the status message (the FSU of Cargo-XML).

Root ``StatusMessage`` in ``iata:statusmessage:1`` (``statusMessageType`` occurs): the air waybill in
the transport contract document of the master consignment, and a reported status per status code.
``SpecifiedEvent`` of the movement is when it happened, ``SpecifiedLocation`` where. Notices: those of
``xml_nodes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from cargo_platform.formats import cargo_xml
from cargo_platform.formats.cargo_xml import Frame
from cargo_platform.formats.cargo_xml_parts import (
    CustomsNote,
    CustomsProcedure,
    Document,
    Instruction,
    Location,
    OperatingParty,
    Party,
    ServiceCharge,
    TransportMeans,
    UnitLoadDevice,
)
from cargo_platform.formats.xml_nodes import Measure, Node

FORMAT: Final = "xfsu"
FRAME: Final = Frame(
    format=FORMAT,
    root="StatusMessage",
    others=("statusMessageType", "StatusMessageType"),
    namespace="iata:statusmessage:1",
    mandatory=(
        "message_header_document.id",
        "message_header_document.type_code",
        "message_header_document.issue_date_time",
        "master_consignment.transport_contract_document.id",
        "master_consignment.reported_status",
    ),
    awb=("master_consignment.transport_contract_document.id",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledArrival(Node):
    """When the movement is to end."""

    scheduled_occurrence_date_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Node):
    """When and, in older versions, where the movement ends; A actual, S scheduled, E estimated."""

    arrival_occurrence_date_time: datetime | None = None
    arrival_date_time_type_code: str | None = None
    occurrence_arrival_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Node):
    """When and, in older versions, where the movement begins."""

    departure_occurrence_date_time: datetime | None = None
    departure_date_time_type_code: str | None = None
    occurrence_departure_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Geolocation(Node):
    """WGS84 degrees, and metres."""

    latitude: Decimal | None = None
    longitude: Decimal | None = None
    altitude: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Station(Node):
    """Where it happened: code, name, kind, and whether the flight begins, ends or stops there."""

    id: str | None = None
    name: str | None = None
    type_code: str | None = None
    flight_status_type_code: str | None = None
    handover_location: tuple[str, ...] = ()
    geolocation: tuple[Geolocation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Node):
    """When it happened."""

    occurrence_date_time: datetime | None = None
    date_time_type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Node):
    """The flight, the place and the time of a status."""

    id: str | None = None
    used_logistics_transport_means: TransportMeans | None = None
    scheduled_arrival_event: ScheduledArrival | None = None
    arrival_event: Arrival | None = None
    departure_event: Departure | None = None
    carrier_party: OperatingParty | None = None
    specified_location: tuple[Station, ...] = ()
    specified_event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestDocument(Node):
    """Transfer manifest."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House(Node):
    """A house waybill in a status."""

    gross_weight_measure: Measure | None = None
    total_gross_weight_measure: Measure | None = None
    piece_quantity: int | None = None
    total_piece_quantity: int | None = None
    transport_split_description: str | None = None
    transport_contract_document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusConsignment(Node):
    """What a status is about: pieces, flight, parties, ULDs."""

    gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    density_group_code: str | None = None
    piece_quantity: int | None = None
    transport_split_description: str | None = None
    discrepancy_description_code: str | None = None
    associated_manifest_document: ManifestDocument | None = None
    applicable_logistics_service_charge: ServiceCharge | None = None
    specified_logistics_transport_movement: tuple[Movement, ...] = ()
    notified_party: Party | None = None
    delivery_party: Party | None = None
    associated_received_from_party: Party | None = None
    associated_transferred_from_party: Party | None = None
    handling_osi_instructions: tuple[Instruction, ...] = ()
    included_customs_note: tuple[CustomsNote, ...] = ()
    associated_consignment_customs_procedure: CustomsProcedure | None = None
    utilized_unit_load_transport_equipment: tuple[UnitLoadDevice, ...] = ()
    included_house_consignment: tuple[House, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStatus(Node):
    """A status: its code, and what it is about."""

    reason_code: str | None = None
    associated_status_consignment: tuple[StatusConsignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterConsignment(Node):
    """The shipment and its statuses."""

    total_gross_weight_measure: Measure | None = None
    gross_weight_measure: Measure | None = None
    load_type_code: str | None = None
    piece_quantity: int | None = None
    total_piece_quantity: int | None = None
    transport_split_description: str | None = None
    transport_contract_document: Document | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    routing_location: tuple[Location, ...] = ()
    reported_status: tuple[ReportedStatus, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(cargo_xml.Message):
    """A status message."""

    master_consignment: MasterConsignment | None = None


parse = cargo_xml.reader(FRAME, Message)
recognise = cargo_xml.recogniser(FRAME)
encode = cargo_xml.writer(FRAME, Message)

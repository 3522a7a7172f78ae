"""IATA Cargo-XML XFFM: the flight manifest (the FFM of Cargo-XML).

Root ``FlightManifest`` in ``iata:flightmanifest:1``: the flight's movement, then an arrival event per
airport of unloading with its cargo, each unit load device, bulk or nil with its consignments. No
public table of this message was at hand; elements and their order are those of version 2.00 as public
programs name them, and what is not known is kept. Notices: those of ``xml_nodes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    Package,
    TransportMeans,
)
from cargo_platform.formats.xml_nodes import ListedCode, Measure, Node

FORMAT: Final = "xffm"
FRAME: Final = Frame(
    format=FORMAT,
    root="FlightManifest",
    others=("FlightManifestType", "flightManifestType"),
    namespace="iata:flightmanifest:1",
    mandatory=(
        "message_header_document.id",
        "message_header_document.type_code",
        "message_header_document.issue_date_time",
        "logistics_transport_movement.id",
        "logistics_transport_movement.departure_event",
        "arrival_event",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Node):
    """When and where the flight leaves; A actual, S scheduled, E estimated."""

    departure_occurrence_date_time: datetime | None = None
    departure_date_time_type_code: str | None = None
    occurrence_departure_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commander(Node):
    """The person who answers for the flight."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Node):
    """The flight."""

    stage_code: str | None = None
    mode_code: str | None = None
    mode: str | None = None
    id: str | None = None
    sequence_numeric: int | None = None
    total_gross_weight_measure: Measure | None = None
    total_gross_volume_measure: Measure | None = None
    total_package_quantity: int | None = None
    total_piece_quantity: int | None = None
    total_transport_equipment_quantity: int | None = None
    master_responsible_transport_person: Commander | None = None
    used_logistics_transport_means: TransportMeans | None = None
    carrier_party: OperatingParty | None = None
    departure_event: Departure | None = None
    included_customs_note: tuple[CustomsNote, ...] = ()
    related_consignment_customs_procedure: CustomsProcedure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardDeparture(Node):
    """When an onward flight leaves."""

    departure_occurrence_date_time: datetime | None = None
    departure_date_time_type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardArrival(Node):
    """Where an onward flight goes."""

    occurrence_destination_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward(Node):
    """An onward flight."""

    id: str | None = None
    carrier_party: OperatingParty | None = None
    on_carriage_event: OnwardDeparture | None = None
    arrival_destination_event: OnwardArrival | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalLocation(Node):
    """An airport, and the first country that the flight enters there."""

    id: str | None = None
    name: str | None = None
    type_code: str | None = None
    first_arrival_country_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsItem(Node):
    """Commodity codes of the goods."""

    type_code: tuple[ListedCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment(Node):
    """An air waybill on the flight; the split code is that of the FFM (T, P, S, D)."""

    gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    density_group_code: str | None = None
    package_quantity: int | None = None
    piece_quantity: int | None = None
    total_piece_quantity: int | None = None
    summary_description: str | None = None
    transport_split_description: str | None = None
    movement_priority_code: str | None = None
    transport_contract_document: Document | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    handling_sph_instructions: tuple[Instruction, ...] = ()
    handling_ssr_instructions: tuple[Instruction, ...] = ()
    handling_osi_instructions: tuple[Instruction, ...] = ()
    included_customs_note: tuple[CustomsNote, ...] = ()
    associated_consignment_customs_procedure: CustomsProcedure | None = None
    transport_logistics_package: tuple[Package, ...] = ()
    on_carriage_transport_movement: tuple[Onward, ...] = ()
    included_master_consignment_item: tuple[GoodsItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Positioning(Node):
    """Where a unit load device stands in the aircraft."""

    occurrence_positioning_location: Location | None = None


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
    positioning_event: Positioning | None = None
    operating_party: OperatingParty | None = None
    on_carriage_transport_movement: Onward | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociatedCargo(Node):
    """Cargo for an airport: ``type_code`` ULD, BLK (bulk) or NIL."""

    type_code: str | None = None
    utilized_unit_load_transport_equipment: UnitLoadDevice | None = None
    included_master_consignment: tuple[Consignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Node):
    """An airport of unloading with what goes there."""

    arrival_occurrence_date_time: datetime | None = None
    arrival_date_time_type_code: str | None = None
    departure_occurrence_date_time: datetime | None = None
    departure_date_time_type_code: str | None = None
    occurrence_arrival_location: ArrivalLocation | None = None
    associated_transport_cargo: tuple[AssociatedCargo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(cargo_xml.Message):
    """A flight manifest."""

    logistics_transport_movement: Movement | None = None
    arrival_event: tuple[Arrival, ...] = ()


parse = cargo_xml.reader(FRAME, Message)
recognise = cargo_xml.recogniser(FRAME)
encode = cargo_xml.writer(FRAME, Message)

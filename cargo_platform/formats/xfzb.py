"""IATA Cargo-XML XFZB: the house waybill.

Root ``HouseWaybill`` in ``iata:housewaybill:1``. The business header's ``id`` is the house number;
the master consignment names the master air waybill in its transport contract document and holds the
house consignment. Notices: those of ``xml_nodes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cargo_platform.formats import cargo_xml
from cargo_platform.formats.cargo_xml import Frame
from cargo_platform.formats.cargo_xml_parts import (
    AllowanceCharge,
    ConsignmentItem,
    CustomsNote,
    CustomsProcedure,
    DestinationCurrency,
    Document,
    Equipment,
    HeaderNote,
    Instruction,
    Location,
    OriginCurrency,
    Party,
    PlannedMovement,
    ServiceCharge,
)
from cargo_platform.formats.xml_nodes import Amount, Measure, Node

FORMAT: Final = "xfzb"
FRAME: Final = Frame(
    format=FORMAT,
    root="HouseWaybill",
    others=("HouseWaybillType", "houseWaybillType"),
    namespace="iata:housewaybill:1",
    mandatory=(
        "message_header_document.id",
        "message_header_document.type_code",
        "message_header_document.issue_date_time",
        "business_header_document.id",
        "master_consignment.transport_contract_document.id",
        "master_consignment.included_house_consignment.included_tare_gross_weight_measure",
        "master_consignment.included_house_consignment.total_piece_quantity",
        "master_consignment.included_house_consignment.consignor_party",
        "master_consignment.included_house_consignment.consignee_party",
    ),
    awb=("master_consignment.transport_contract_document.id",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurer(Node):
    """Who insures."""

    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance(Node):
    """Cargo insurance."""

    coverage_insurance_party: Insurer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseConsignment(Node):
    """The consignment of a house waybill."""

    id: str | None = None
    additional_id: str | None = None
    associated_reference_id: str | None = None
    nil_carriage_value_indicator: bool | None = None
    declared_value_for_carriage_amount: Amount | None = None
    nil_customs_value_indicator: bool | None = None
    declared_value_for_customs_amount: Amount | None = None
    nil_insurance_value_indicator: bool | None = None
    insurance_value_amount: Amount | None = None
    total_charge_prepaid_indicator: bool | None = None
    weight_total_charge_amount: Amount | None = None
    valuation_total_charge_amount: Amount | None = None
    tax_total_charge_amount: Amount | None = None
    total_disbursement_prepaid_indicator: bool | None = None
    agent_total_disbursement_amount: Amount | None = None
    carrier_total_disbursement_amount: Amount | None = None
    total_prepaid_charge_amount: Amount | None = None
    total_collect_charge_amount: Amount | None = None
    included_tare_gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    density_group_code: str | None = None
    consignment_item_quantity: int | None = None
    package_quantity: int | None = None
    total_piece_quantity: int | None = None
    summary_description: str | None = None
    freight_rate_type_code: str | None = None
    consignor_party: Party | None = None
    consignee_party: Party | None = None
    freight_forwarder_party: Party | None = None
    associated_party: tuple[Party, ...] = ()
    applicable_transport_cargo_insurance: Insurance | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    specified_logistics_transport_movement: tuple[PlannedMovement, ...] = ()
    utilized_logistics_transport_equipment: tuple[Equipment, ...] = ()
    handling_sph_instructions: tuple[Instruction, ...] = ()
    handling_ssr_instructions: tuple[Instruction, ...] = ()
    handling_osi_instructions: tuple[Instruction, ...] = ()
    included_accounting_note: tuple[HeaderNote, ...] = ()
    included_customs_note: tuple[CustomsNote, ...] = ()
    associated_reference_document: tuple[Document, ...] = ()
    associated_consignment_customs_procedure: CustomsProcedure | None = None
    applicable_origin_currency_exchange: OriginCurrency | None = None
    applicable_destination_currency_exchange: DestinationCurrency | None = None
    applicable_logistics_service_charge: ServiceCharge | None = None
    applicable_logistics_allowance_charge: tuple[AllowanceCharge, ...] = ()
    included_house_consignment_item: tuple[ConsignmentItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterConsignment(Node):
    """The master and the house in it."""

    included_tare_gross_weight_measure: Measure | None = None
    total_piece_quantity: int | None = None
    transport_contract_document: Document | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    included_house_consignment: HouseConsignment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(cargo_xml.Message):
    """A house waybill."""

    master_consignment: MasterConsignment | None = None


parse = cargo_xml.reader(FRAME, Message)
recognise = cargo_xml.recogniser(FRAME)
encode = cargo_xml.writer(FRAME, Message)

"""IATA Cargo-XML XFWB: the air waybill (the FWB of Cargo-XML).

Root ``Waybill`` in ``iata:waybill:1``: message header, business header (``id`` is the air waybill
number), and one master consignment with parties, route, handling, customs notes, charges and ratings.
Versions 3.00 to 5.00 differ in single elements; all are read. Element by element:
``MasterConsignment`` below and ``cargo_xml``. Notices: those of ``xml_nodes``.
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

FORMAT: Final = "xfwb"
FRAME: Final = Frame(
    format=FORMAT,
    root="Waybill",
    others=("WaybillType", "waybillType"),
    namespace="iata:waybill:1",
    mandatory=(
        "message_header_document.id",
        "message_header_document.type_code",
        "message_header_document.issue_date_time",
        "business_header_document.id",
        "master_consignment.included_tare_gross_weight_measure",
        "master_consignment.total_piece_quantity",
        "master_consignment.consignor_party",
        "master_consignment.consignee_party",
        "master_consignment.origin_location.id",
        "master_consignment.final_destination_location.id",
    ),
    awb=("business_header_document.id",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Node):
    """A rating: F face of the waybill, A actual, C converted."""

    type_code: str | None = None
    total_charge_amount: Amount | None = None
    consignment_item_quantity: int | None = None
    included_master_consignment_item: tuple[ConsignmentItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationCharges(Node):
    """Collect charges in the destination's currency."""

    collect_applied_amount: Amount | None = None
    destination_applied_amount: Amount | None = None
    total_applied_amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summation(Node):
    """Totals of prepaid or collect charges."""

    prepaid_indicator: bool | None = None
    weight_charge_total_amount: Amount | None = None
    valuation_charge_total_amount: Amount | None = None
    tax_total_amount: Amount | None = None
    agent_total_due_payable_amount: Amount | None = None
    carrier_total_due_payable_amount: Amount | None = None
    grand_total_amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRating(Node):
    """Totals of a rating."""

    type_code: str | None = None
    applicable_destination_currency_service_charge: DestinationCharges | None = None
    applicable_prepaid_collect_monetary_summation: tuple[Summation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterConsignment(Node):
    """The consignment of an air waybill."""

    id: str | None = None
    additional_id: str | None = None
    freight_forwarder_assigned_id: str | None = None
    associated_reference_id: str | None = None
    nil_carriage_value_indicator: bool | None = None
    declared_value_for_carriage_amount: Amount | None = None
    nil_customs_value_indicator: bool | None = None
    declared_value_for_customs_amount: Amount | None = None
    nil_insurance_value_indicator: bool | None = None
    insurance_value_amount: Amount | None = None
    total_charge_prepaid_indicator: bool | None = None
    total_disbursement_prepaid_indicator: bool | None = None
    included_tare_gross_weight_measure: Measure | None = None
    gross_volume_measure: Measure | None = None
    density_group_code: str | None = None
    package_quantity: int | None = None
    total_piece_quantity: int | None = None
    product_id: str | None = None
    consignor_party: Party | None = None
    consignee_party: Party | None = None
    freight_forwarder_party: Party | None = None
    associated_party: tuple[Party, ...] = ()
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
    applicable_rating: tuple[Rating, ...] = ()
    applicable_total_rating: tuple[TotalRating, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(cargo_xml.Message):
    """An air waybill."""

    master_consignment: MasterConsignment | None = None


parse = cargo_xml.reader(FRAME, Message)
recognise = cargo_xml.recogniser(FRAME)
encode = cargo_xml.writer(FRAME, Message)

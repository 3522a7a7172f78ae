"""IATA Cargo-XML XFHL: the house manifest (the FHL of Cargo-XML).

Root ``HouseManifest`` in ``iata:housemanifest:1``: the master air waybill in the transport contract
document of the master consignment, and a house consignment per house waybill. Notices: those of
``xml_nodes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cargo_platform.formats import cargo_xml
from cargo_platform.formats.cargo_xml import Frame
from cargo_platform.formats.cargo_xml_parts import (
    CustomsNote,
    Document,
    Instruction,
    Location,
)
from cargo_platform.formats.xml_nodes import Measure, Node

FORMAT: Final = "xfhl"
FRAME: Final = Frame(
    format=FORMAT,
    root="HouseManifest",
    others=("HouseManifestType", "houseManifestType"),
    namespace="iata:housemanifest:1",
    mandatory=(
        "message_header_document.id",
        "message_header_document.type_code",
        "message_header_document.issue_date_time",
        "master_consignment.included_tare_gross_weight_measure",
        "master_consignment.total_piece_quantity",
        "master_consignment.transport_contract_document.id",
        "master_consignment.included_house_consignment",
    ),
    awb=("master_consignment.transport_contract_document.id",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseConsignment(Node):
    """A house waybill of the list."""

    sequence_numeric: int | None = None
    gross_weight_measure: Measure | None = None
    package_quantity: int | None = None
    total_piece_quantity: int | None = None
    summary_description: str | None = None
    transport_contract_document: Document | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    handling_sph_instructions: tuple[Instruction, ...] = ()
    handling_ssr_instructions: tuple[Instruction, ...] = ()
    handling_osi_instructions: tuple[Instruction, ...] = ()
    included_customs_note: tuple[CustomsNote, ...] = ()
    associated_reference_document: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterConsignment(Node):
    """The master and its houses."""

    included_tare_gross_weight_measure: Measure | None = None
    consignment_item_quantity: int | None = None
    package_quantity: int | None = None
    total_piece_quantity: int | None = None
    transport_contract_document: Document | None = None
    origin_location: Location | None = None
    final_destination_location: Location | None = None
    included_customs_note: tuple[CustomsNote, ...] = ()
    included_house_consignment: tuple[HouseConsignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(cargo_xml.Message):
    """A house manifest."""

    master_consignment: MasterConsignment | None = None


parse = cargo_xml.reader(FRAME, Message)
recognise = cargo_xml.recogniser(FRAME)
encode = cargo_xml.writer(FRAME, Message)

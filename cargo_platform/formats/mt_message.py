"""What a China customs air manifest message says (see ``mt``): elements by their names in the standard."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

from cargo_platform.formats.xml_nodes import NOT_XML, Leaf, Node
from service_bus import Notice

BEIJING: Final = timezone(timedelta(hours=8), "CST")
"""What the clocks of the messages show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Leaf):
    """Money with its currency."""

    value: Decimal
    currency_type_code: str | None = field(default=None, metadata={"attribute": "CurrencyTypeCode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Node):
    """报文头: identity of the message.

    Attributes:
        message_id: SenderID, an underscore and SendTime, by custom.
        function_code: 2 add, 3 delete, 5 change, 9 first declaration.
        sender_id: four digits of the customs district and nine of the organisation.
        receiver_id: four digits of the customs district.
        send_time: YYYYMMDDHHmmssfff, Beijing time; read by :meth:`sent`.
    """

    message_id: str | None = None
    function_code: str | None = None
    message_type: str | None = None
    sender_id: str | None = None
    receiver_id: str | None = None
    send_time: str | None = None
    version: str | None = None

    def sent(self) -> datetime | None:
        """When it was sent; ``None`` when the text is no such time."""
        try:
            moment = datetime.strptime((self.send_time or "")[:14] + "+0800", "%Y%m%d%H%M%S%z")
            millisecond = int((self.send_time or "")[14:] or "0")
        except ValueError:
            return None
        return moment.replace(microsecond=millisecond % 1000 * 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Node):
    """A name: of who sends the manifest, of a contact."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Node):
    """A code: of an office, an agent, a carrier, a document."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportMeans(Node):
    """运输工具: the flight.

    Attributes:
        journey_id: flight number, a slant and the day (CCYYMMDD, Beijing time); :meth:`journey`.
        type_code: 4 air.
    """

    journey_id: str | None = None
    type_code: str | None = None
    id: str | None = None
    name: str | None = None
    first_arrival_location_id: str | None = None
    arrival_date_time: str | None = None
    departure_date_time: str | None = None

    def journey(self) -> tuple[str, date] | None:
        """Flight and day; ``None`` when the text has another shape."""
        flight, _, day = (self.journey_id or "").partition("/")
        try:
            return flight, datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007  (a day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadingLocation(Node):
    """装货地: place, a slant and customs district; when."""

    id: str | None = None
    loading_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnloadingLocation(Node):
    """卸货地: place, a slant and customs district; when."""

    id: str | None = None
    arrival_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication(Node):
    """A number and what kind it is of."""

    id: str | None = None
    type_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Node):
    """Somebody responsible and how to reach them."""

    name: str | None = None
    communication: tuple[Communication, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyParty(Node):
    """理货部门: who tallies."""

    id: str | None = None
    contact: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDocument(Node):
    """总运单: the master air waybill and its customs regime (``condition_code``)."""

    id: str | None = None
    condition_code: str | None = None
    consolidator: Identified | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Node):
    """A place by code and name."""

    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Node):
    """How freight is paid: PP prepaid, CC collect."""

    method_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaging(Node):
    """Pieces, their kind and what is written on them."""

    quantity_quantity: Decimal | None = None
    type_code: str | None = None
    marks_numbers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDocument(Node):
    """A document by number and type."""

    id: str | None = None
    type_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Node):
    """An address."""

    line: str | None = None
    city_name: str | None = None
    country_sub_entity_id: str | None = None
    country_sub_entity_name: str | None = None
    postcode_id: str | None = None
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Node):
    """收货人, 发货人, 通知人: consignee, consignor or notify party."""

    id: str | None = None
    name: str | None = None
    address: Address | None = None
    communication: tuple[Communication, ...] = ()
    contact: Person | None = None
    aeo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseType(Node):
    """回执: code of the answer and its text."""

    code: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealNumber(Leaf):
    """A seal and who put it on."""

    value: str
    agency_code: str | None = field(default=None, metadata={"attribute": "AgencyCode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment(Node):
    """集装器: a unit load device, in a receipt with the answer for it."""

    equipment_identification: Identified | None = None
    characteristic_code: str | None = None
    supplier_party_type_code: str | None = None
    fullness_code: str | None = None
    seal_id: tuple[SealNumber, ...] = ()
    response_type: ResponseType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commodity(Node):
    """Goods by description and codes."""

    cargo_description: str | None = None
    undg_code: str | None = None
    tariff_classification_code: str | None = None
    description: str | None = None
    classification: tuple[TypedDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mass(Node):
    """Gross weight in kilograms."""

    gross_mass_measure: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Information(Node):
    """Remarks."""

    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsProcedure(Node):
    """海关手续: customs procedure of the goods."""

    current_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Node):
    """Country of origin."""

    origin_country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Node):
    """A line of goods."""

    sequence_numeric: int | None = None
    consignment_item_packaging: Packaging | None = None
    commodity: Commodity | None = None
    additional_information: Information | None = None
    goods_measure: Mass | None = None
    equipment_identification: tuple[Identified, ...] = ()
    customs_procedure: CustomsProcedure | None = None
    ucr: tuple[Identified, ...] = ()
    goods_origin: Origin | None = field(default=None, metadata={"element": "Origin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment(Node):
    """提运单: an air waybill, or a house waybill of it."""

    native_bill_no: str | None = None
    transport_contract_document: ContractDocument | None = None
    associated_transport_document: Identified | None = None
    gross_volume_measure: Decimal | None = None
    value_amount: Value | None = None
    loading_location: LoadingLocation | None = None
    unloading_location: UnloadingLocation | None = None
    goods_receipt_place: Place | None = None
    transhipment_location: tuple[Identified, ...] = ()
    transit_destination: Identified | None = None
    goods_consigned_place: Identified | None = None
    routing_country_code: tuple[str, ...] = ()
    transport_split_indicator: str | None = None
    freight_payment: Payment | None = None
    consignment_packaging: Packaging | None = None
    total_gross_mass_measure: Decimal | None = None
    previous_customs_document: tuple[TypedDocument, ...] = ()
    delivery_destination: Address | None = None
    intermediate_carrier: Identified | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    notify_party: Party | None = None
    undg_contact: Person | None = None
    transport_equipment: tuple[Equipment, ...] = ()
    consignment_item: tuple[Item, ...] = ()
    additional_information: Information | None = None
    response_type: ResponseType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Node):
    """报文体: what is declared; each message type has some of these elements."""

    declaration_office_id: str | None = None
    representative_person: Named | None = None
    exit_customs_office: Identified | None = None
    agent: Identified | None = None
    carrier: Identified | None = None
    border_transport_means: TransportMeans | None = None
    actual_date_time: str | None = None
    completed_date_time: str | None = None
    loading_location: LoadingLocation | None = None
    unloading_location: UnloadingLocation | None = None
    master: Person | None = None
    tally_party: TallyParty | None = None
    consignment: tuple[Consignment, ...] = ()
    transport_equipment: tuple[Equipment, ...] = ()
    additional_information: Information | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Node):
    """回执体: the answer of customs, to the whole message or consignment by consignment."""

    functional_reference_id: str | None = None
    declaration_office_id: str | None = None
    border_transport_means: TransportMeans | None = None
    consignment: tuple[Consignment, ...] = ()
    transport_equipment: tuple[Equipment, ...] = ()
    response_type: ResponseType | None = None
    additional_information: Information | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Node):
    """A declaration, or the receipt for one."""

    head: Head | None = None
    declaration: Declaration | None = None
    response: Response | None = None
    original: bytes = field(default=b"", compare=False, repr=False, metadata=NOT_XML)
    notices: tuple[Notice, ...] = field(default=(), compare=False, metadata=NOT_XML)

    @property
    def type(self) -> str:
        """Code of the message type, such as MT5201."""
        return (self.head and self.head.message_type) or ""

"""Routes of the passenger's way, under ``/api/passenger``.

Gate routes show masked names; full names need ``passenger.journeys.read``. Photos come in as
multipart and go nowhere but to the face encoder. Journey messages are on the bus before they are
accepted; an identity number is cut out first, and refused messages are kept only as their shape.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, status

from passenger_id.api import views
from passenger_id.api.photo_form import PhotoForm, read_photo_form
from passenger_id.boarding import gate_name
from passenger_id.domain import JourneyId, flight_number
from passenger_id.events import JOURNEY_RECEIVED
from passenger_id.feeds import DOCUMENT_HEADER
from passenger_id.formats import dcs_json
from passenger_id.gate import Gate
from passenger_id.ports import JourneyQuery, Pseudonyms
from passenger_id.service import ConsentGiven, Passengers
from service_bus import (
    Bus,
    Clock,
    Guard,
    Malformed,
    Principal,
    TooLarge,
    content_id,
    refuse,
    take_in,
)

JSON = "application/json"
JourneyIdText = Annotated[str, Path(pattern=r"^[a-z0-9]{1,40}$", description="Opaque journey id.")]
GateText = Annotated[str, Path(pattern=r"^[A-Za-z0-9 ]{1,8}$", description="Gate, e.g. D12.")]
EventIdText = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9._:-]{0,64}$")]

_PHOTO_FIELD = {
    "type": "string",
    "format": "binary",
    "description": "JPEG or PNG with one face.",
}
_TEXT = {"type": "string"}


def _form(required: list[str], **fields: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI description of a form that the route reads itself, to keep photos off the disk."""
    schema = {
        "type": "object",
        "required": ["photo", *required],
        "properties": {"photo": _PHOTO_FIELD, **fields},
    }
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }


_ENROLMENT_FORM = _form(
    ["consent_version", "consent_channel"],
    consent_version=_TEXT,
    consent_channel=_TEXT,
    guardian={**_TEXT, "description": "Who consents for a child under 14."},
    birth_date={**_TEXT, "format": "date", "description": "Looked at, not kept."},
)
_VERIFICATION_FORM = _form(["gate"], gate={**_TEXT, "description": "Gate of the kiosk."})
_JOURNEY_DEFINITIONS = (
    "#/paths/~1api~1passenger~1journeys/post/requestBody"
    "/content/application~1json/schema/$defs/{model}"
)
"""Where the body's own definitions stand in the document: references count from its root."""

_JOURNEY_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": views.JourneyIn.model_json_schema(ref_template=_JOURNEY_DEFINITIONS)}
        },
    }
}


class Routes:
    """The handlers; the router below says where they stand and who may call them."""

    def __init__(
        self,
        passengers: Passengers,
        gate: Gate,
        *,
        bus: Bus,
        clock: Clock,
        pseudonyms: Pseudonyms,
        max_photo_bytes: int,
    ) -> None:
        self._passengers = passengers
        self._gate = gate
        self._bus = bus
        self._clock = clock
        self._pseudonyms = pseudonyms
        self._max_photo_bytes = max_photo_bytes

    async def receive(self, request: Request, principal: Principal) -> views.Accepted:
        """Take a journey message in, or keep its shape as a dead letter and say what is wrong."""
        data, now = await request.body(), self._clock()
        source = f"/passenger/dcs/{principal.name}"
        try:
            if len(data) > JOURNEY_RECEIVED.max_bytes:
                raise TooLarge(len(data), JOURNEY_RECEIVED.max_bytes, "journey")
            message, id_number = dcs_json.read_journey(data)
        except (Malformed, TooLarge) as fault:
            letter = await refuse(
                self._bus,
                JOURNEY_RECEIVED,
                dcs_json.masked(data[: JOURNEY_RECEIVED.max_bytes]),
                fault,
                source=source,
                received=now,
                content_type=JSON,
            )
            fault.dead_letter = letter  # type: ignore[union-attr]
            raise
        kept = dcs_json.without_id_number(data)
        journey_id = self._pseudonyms.journey_id(message.natural_key)
        headers = {DOCUMENT_HEADER: self._pseudonyms.document(id_number)} if id_number else {}
        received = await take_in(
            self._bus,
            JOURNEY_RECEIVED,
            kept,
            source=source,
            subject=journey_id,
            message_id=message.message_id or content_id(kept),
            received=now,
            content_type=JSON,
            headers=headers,
        )
        return views.accepted(received, journey_id)

    def journeys(self, query: JourneyQuery) -> views.JourneyPage:
        """List journeys with full names."""
        found, total = self._passengers.journeys(query)
        items = [views.journey(journey, flight) for journey, flight in found]
        return views.JourneyPage(items=items, total=total, generated_at=self._clock())

    def journey(self, journey_id: str) -> views.JourneyDetail:
        """One journey with its steps."""
        return views.journey_detail(*self._passengers.journey(JourneyId(journey_id)))

    def at_gate(self, gate: str) -> views.GateJourneys:
        """What a kiosk at a gate may see."""
        found = self._passengers.at_gate(gate)
        items = [views.gate_journey(journey, flight) for journey, flight in found]
        return views.GateJourneys(gate=gate, items=items, generated_at=self._clock())

    async def enrol(
        self, journey_id: str, request: Request, principal: Principal
    ) -> views.EnrolmentOut:
        """Enrol a face."""
        form = await read_photo_form(request, limit=self._max_photo_bytes)
        done = await self._passengers.enrol(
            JourneyId(journey_id), form.photo, _consent(form), actor=principal.name
        )
        return views.enrolment(done)

    def withdraw(self, journey_id: str, principal: Principal) -> views.WithdrawalOut:
        """Withdraw the consent; the template is destroyed before the answer."""
        journey = self._passengers.withdraw(JourneyId(journey_id), actor=principal.name)
        return views.WithdrawalOut(journey_id=journey.id, enrolled=False, at=journey.updated_at)

    async def verify(
        self, journey_id: str, request: Request, principal: Principal, event_id: str
    ) -> views.DecisionOut:
        """Decide on a face at a gate."""
        form = await read_photo_form(request, limit=self._max_photo_bytes)
        gate = form.fields.get("gate", "").strip()
        if not re.fullmatch(r"[A-Za-z0-9 ]{1,8}", gate):
            raise Malformed(
                "multipart-photo",
                "gate is missing or has other than letters and digits",
                field="gate",
                code="wrong-value",
            )
        decision = await self._gate.verify(
            JourneyId(journey_id), form.photo, gate=gate, actor=principal.name, event_id=event_id
        )
        return views.decision(decision)

    def vault(self) -> views.VaultOut:
        """How many templates there are, and how many should be gone."""
        census = self._passengers.census()
        return views.VaultOut(
            active_templates=census.active_templates,
            templates_overdue=census.templates_overdue,
            generated_at=self._clock(),
        )


def router(routes: Routes, guard: Guard) -> APIRouter:
    """Say where the handlers stand and who may call them."""
    api = APIRouter(prefix="/api/passenger", tags=["passenger"])
    writer = Depends(guard("passenger.journeys.write"))
    reader = Depends(guard("passenger.journeys.read"))
    gate_user = Depends(guard("passenger.gate.use"))
    enroller = Depends(guard("passenger.enrol", "passenger.journeys.write"))

    @api.post("/journeys", status_code=status.HTTP_202_ACCEPTED, openapi_extra=_JOURNEY_BODY)
    async def receive_journey(request: Request, principal: Principal = writer) -> views.Accepted:
        """Take in a journey message of the departure control system."""
        return await routes.receive(request, principal)

    @api.get("/journeys")
    def list_journeys(
        flight: Annotated[str, Query(max_length=8)] = "",
        gate: Annotated[str, Query(max_length=8)] = "",
        q: Annotated[str, Query(max_length=60)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0)] = 0,
        principal: Principal = reader,
    ) -> views.JourneyPage:
        """List journeys, soonest departure first."""
        return routes.journeys(_query(flight, gate, q, limit, offset))

    @api.get("/journeys/{journey_id}")
    def one_journey(
        journey_id: JourneyIdText, principal: Principal = reader
    ) -> views.JourneyDetail:
        """Give one journey with every step it has taken."""
        return routes.journey(journey_id)

    @api.get("/gates/{gate}/journeys")
    def gate_journeys(gate: GateText, principal: Principal = gate_user) -> views.GateJourneys:
        """List who boards at a gate; names are masked."""
        return routes.at_gate(gate)

    @api.post(
        "/journeys/{journey_id}/enrolment",
        status_code=status.HTTP_201_CREATED,
        openapi_extra=_ENROLMENT_FORM,
    )
    async def enrol_face(
        journey_id: JourneyIdText, request: Request, principal: Principal = enroller
    ) -> views.EnrolmentOut:
        """Enrol a face with the passenger's consent; the photo is not kept."""
        return await routes.enrol(journey_id, request, principal)

    @api.delete("/journeys/{journey_id}/enrolment")
    def withdraw_consent(
        journey_id: JourneyIdText, principal: Principal = enroller
    ) -> views.WithdrawalOut:
        """Withdraw the consent and destroy the template."""
        return routes.withdraw(journey_id, principal)

    @api.post("/journeys/{journey_id}/verifications", openapi_extra=_VERIFICATION_FORM)
    async def verify_face(
        journey_id: JourneyIdText,
        request: Request,
        idempotency_key: EventIdText = "",
        principal: Principal = gate_user,
    ) -> views.DecisionOut:
        """Decide on a face; a refusal is an answer (200) with its reason, not an error."""
        return await routes.verify(journey_id, request, principal, idempotency_key)

    @api.get("/vault")
    def vault_census(principal: Principal = reader) -> views.VaultOut:
        """Count the face templates; ``templates_overdue`` is 0 at all times."""
        return routes.vault()

    return api


def _query(flight: str, gate: str, text: str, limit: int, offset: int) -> JourneyQuery:
    return JourneyQuery(
        flight=_designator(flight),
        gate=gate_name(gate),
        text=text.strip(),
        limit=limit,
        offset=offset,
    )


def _designator(text: str) -> str:
    """Bring a designator to the spelling it is kept in: ``mu 0051`` becomes ``MU51``."""
    packed = re.sub(r"\s", "", text.upper())
    return packed[:2] + flight_number(packed[2:]) if packed else ""


def _consent(form: PhotoForm) -> ConsentGiven:
    born: date | None = None
    if text := form.fields.get("birth_date", "").strip():
        try:
            born = date.fromisoformat(text)
        except ValueError:
            raise Malformed(
                "multipart-photo",
                "not a date",
                field="birth_date",
                expected="YYYY-MM-DD",
                code="wrong-value",
            ) from None
    return ConsentGiven(
        version=form.fields.get("consent_version", "")[:40],
        channel=form.fields.get("consent_channel", "")[:40],
        guardian=form.fields.get("guardian", "")[:120],
        born=born,
    )

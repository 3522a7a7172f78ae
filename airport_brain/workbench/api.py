"""Routes of the workbench. What is sent is read and answered; nothing of it is kept or logged."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from airport_brain.workbench.masking import masked
from airport_brain.workbench.pages import page
from airport_brain.workbench.reading import Workbench, as_json
from airport_brain.workbench.schema import json_schema
from service_bus import Guard, Mode, TooLarge

READ: Final = "formats.read"
LARGEST: Final = 1024 * 1024
"""Bytes of a message that is put on the workbench."""

_BYTES: Final = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class FormatOut(BaseModel):
    """A format in the list."""

    name: str
    zh: str
    en: str
    standard: str
    look: str
    owner: str


class CandidateOut(BaseModel):
    """A format that bytes may be of, and how sure that is, 0 to 1."""

    name: str
    confidence: float


class PlaceOut(BaseModel):
    """Bytes of the original, ``end`` behind the last, and the JSON pointer of the value there."""

    path: str
    start: int
    end: int
    exact: bool


class RemarkOut(BaseModel):
    """A notice or a fault, in both languages, with its place in words and in bytes."""

    code: str
    field: str
    position: str
    zh: str
    en: str
    start: int | None
    end: int | None
    found: str
    expected: str


class ReadingOut(BaseModel):
    """What the workbench says of some bytes.

    ``hex`` is the original where it is shown as octets; ``personal`` are pointers to values that are
    people's names, numbers or documents.
    """

    format: str | None
    confidence: float
    candidates: list[CandidateOut]
    mode: str
    look: str
    hex: str | None
    messages: list[Any]
    places: list[PlaceOut]
    personal: list[str]
    notices: list[RemarkOut]
    error: RemarkOut | None


class MaskedOut(BaseModel):
    """A message as a test case; ``hex`` where it is no text."""

    format: str | None
    text: str | None
    hex: str | None


class FieldOut(BaseModel):
    """A field with its type in words and what it means."""

    name: str
    type: str
    unit: str
    zh: str
    en: str


class ShapeOut(BaseModel):
    """A type of a message or of a part of it."""

    name: str
    summary: str
    fields: list[FieldOut]


class ListedNoticeOut(BaseModel):
    """A notice that the reader may give."""

    code: str
    zh: str
    en: str


class SectionOut(BaseModel):
    """A part of the page's text."""

    title: str
    text: str


class PageOut(BaseModel):
    """The page of a format, and the JSON Schema of its messages."""

    name: str
    zh: str
    en: str
    standard: str
    look: str
    encodes: bool
    max_bytes: int
    sections: list[SectionOut]
    shapes: list[ShapeOut]
    notices: list[ListedNoticeOut]
    example: str
    json_schema: dict[str, Any]


Format = Annotated[str | None, Query(max_length=40, description="Name; left out: by content.")]


def router(workbench: Workbench, *, guard: Guard) -> APIRouter:
    """Give the routes."""
    routes = APIRouter(prefix="/api/formats", tags=["formats"], dependencies=[Depends(guard(READ))])
    registry = workbench.registry

    @routes.get("")
    def formats() -> list[FormatOut]:
        """Every wire format that is read."""
        return [
            FormatOut(
                name=one.name,
                zh=one.zh,
                en=one.en,
                standard=one.standard,
                look=one.look,
                owner=family.owner,
            )
            for family in registry.families
            for one in family.formats
        ]

    @routes.post("/read", openapi_extra=_BYTES)
    async def read(request: Request, format: Format = None, mode: Mode = "tolerant") -> ReadingOut:
        """Say what a message is and says, where each value stands, and what is odd or wrong."""
        data = await _body(request)
        found = await run_in_threadpool(workbench.read, data, name=format or None, mode=mode)
        return ReadingOut(**as_json(found))

    @routes.post("/mask", openapi_extra=_BYTES)
    async def mask(request: Request, format: Format = None) -> MaskedOut:
        """Give a message back with people's names, numbers and documents masked."""
        data = await _body(request)
        found = await run_in_threadpool(workbench.read, data, name=format or None)
        test_case = await run_in_threadpool(masked, found)
        text = None if found.look == "binary" else test_case.decode("utf-8", "replace")
        return MaskedOut(
            format=found.format or None, text=text, hex=test_case.hex() if text is None else None
        )

    @routes.get("/{name}")
    def describe(name: str) -> PageOut:
        """The page of one format: standard, layout, fields, notices, an example, JSON Schema."""
        form = registry.named(name)
        return PageOut(**page(form, registry.wording(form)).facts(), json_schema=json_schema(form))

    return routes


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LARGEST:
            raise TooLarge(len(data), LARGEST, "message")
    return bytes(data)

"""A photo and its form fields out of a multipart body (RFC 7578), in memory only.

The web framework's own form reader puts files above one megabyte into a temporary file on disk. A
raw photo may not touch a disk, so the reader is told to keep everything in memory, and the body is
cut off as soon as it is larger than a photo may be.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from service_bus import Malformed, TooLarge

FORMAT = "multipart-photo"

FIELDS_BYTES = 65_536
"""Room for the text fields and part headers beside the photo."""

PHOTO_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""First bytes of JPEG (ITU-T T.81) and PNG (ISO/IEC 15948)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoForm:
    """What a form held; its representation never shows the photo."""

    photo: bytes = field(repr=False)
    fields: Mapping[str, str]


async def read_photo_form(request: Request, *, limit: int) -> PhotoForm:
    """Read a form with one file ``photo``.

    Raises:
        TooLarge: the body is larger than the photo limit.
        Malformed: no multipart, no photo, or a file that is neither JPEG nor PNG.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _fault("body is not multipart/form-data", "content-type", "wrong-content-type")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit + FIELDS_BYTES:
        raise TooLarge(int(declared), limit, "photo")
    parser = MultiPartParser(
        request.headers, _capped(request, limit + FIELDS_BYTES), max_files=1, max_fields=12
    )
    parser.spool_max_size = limit + FIELDS_BYTES
    try:
        form = await parser.parse()
    except MultiPartException:
        raise _fault("body is not a readable multipart form", "", "malformed-form") from None
    try:
        upload = form.get("photo")
        if not isinstance(upload, UploadFile):
            raise _fault("photo is missing", "photo", "missing")
        photo = await upload.read()
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    finally:
        await form.close()
    if len(photo) > limit:
        raise TooLarge(len(photo), limit, "photo")
    if not photo.startswith(PHOTO_HEADS):
        raise _fault("photo is neither JPEG nor PNG", "photo", "not-an-image")
    return PhotoForm(photo=photo, fields=fields)


async def _capped(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > limit:
            raise TooLarge(taken, limit, "photo")
        yield chunk


def _fault(reason: str, field: str, code: str) -> Malformed:
    return Malformed(FORMAT, reason, field=field, code=code)

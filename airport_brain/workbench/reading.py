"""One message at the workbench: what it is, what it says, and where each value stands.

Nothing of what is read is kept or logged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from xml.parsers.expat import ExpatError

from airport_brain.workbench import json_places, xml_places
from airport_brain.workbench.errors import NotRecognised
from airport_brain.workbench.plain_json import canonical, leaves
from airport_brain.workbench.positions import Finder
from airport_brain.workbench.registry import Candidate, Registry
from airport_brain.workbench.text_places import TextSearch
from airport_brain.workbench.wording import Wording
from airport_brain.workbench.xml_places import DtdRefused
from service_bus import Look, Malformed, Mode, Place, TooLarge, WireFormat

_HEX: Final = re.compile(rb"[0-9A-Fa-f\s]+")
_FEWEST_OCTETS: Final = 4
_TELLING: Final = 3
"""Characters of a value from which it is taken as the same one under another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A notice, or the fault that stopped the reading.

    Attributes:
        zh: a sentence; the English one where no Chinese one is known.
        start: bytes of the place in the original, ``None`` where it cannot be told.
        found: what stands there, as far as a fault may repeat it; ``expected`` what should.
    """

    code: str
    field: str
    position: str
    zh: str
    en: str
    start: int | None = None
    end: int | None = None
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the workbench says of some bytes.

    Attributes:
        format: name, ``""`` when nothing fits.
        look: how the original is best shown.
        octets: the original; differs from what was given where text stood for octets.
        messages: canonical JSON, one object per message.
        places: of the values in ``messages``, in order of the original.
        personal: paths of values that are people's names, numbers or documents.
        error: why it could not be read.
    """

    format: str
    confidence: float
    candidates: tuple[Candidate, ...]
    mode: Mode
    look: Look
    octets: bytes
    messages: list[Any]
    places: tuple[Place, ...]
    personal: frozenset[tuple[str | int, ...]]
    notices: tuple[Remark, ...]
    error: Remark | None = None


class Workbench:
    """Reads whatever is put on it."""

    def __init__(self, registry: Registry) -> None:
        self.registry: Final = registry

    def recognise(self, data: bytes) -> tuple[list[Candidate], bytes]:
        """Formats that bytes may be of, and the bytes; hexadecimal text is tried as octets too."""
        candidates = self.registry.candidates(data)
        if not candidates and (octets := from_hex(data)) is not None:
            found = self.registry.candidates(octets)
            if found:
                return found, octets
        return candidates, data

    def read(self, data: bytes, *, name: str | None = None, mode: Mode = "tolerant") -> Reading:
        """Read bytes as one format, or as the one they look most like.

        Raises:
            UnknownFormat: no format of that name.
        """
        candidates, octets = self.recognise(data)
        chosen = name or (candidates[0].name if candidates else "")
        if not chosen:
            return _nothing(data, mode)
        form = self.registry.named(chosen)
        if form.octets is not None:
            octets = form.octets(octets)
        elif form.look == "binary" and name and not candidates:
            octets = from_hex(data) or data
        confidence = next((c.confidence for c in candidates if c.name == chosen), 0.0)
        return self._read(form, octets, mode, confidence, tuple(candidates))

    def _read(
        self,
        form: WireFormat,
        data: bytes,
        mode: Mode,
        confidence: float,
        candidates: tuple[Candidate, ...],
    ) -> Reading:
        words = self.registry.wording(form)
        look = _look(form, data)
        texts = _xml(data) if form.look == "xml" else []
        scalars = json_places.scalars(data) if form.look == "json" else []
        finder = Finder(data, texts=texts, scalars=scalars, octets=look == "binary")
        error, messages = None, []
        try:
            messages = canonical(form.decode(data, mode=mode))
        except (Malformed, TooLarge) as fault:
            error = _fault(fault, finder, words)
        told = list(form.places(data, messages)) if form.places and messages else []
        if form.look == "xml":
            told += xml_places.places(messages, texts)
        elif form.look == "json":
            told += json_places.places(messages, data)
        if look == "binary":
            told += _said_again(messages, told)
        else:
            told += TextSearch(data, told).search(messages)
        return Reading(
            format=form.name,
            confidence=confidence,
            candidates=candidates,
            mode=mode,
            look=look,
            octets=data,
            messages=messages,
            places=tuple(sorted(told, key=lambda place: (place.start, -place.end))),
            personal=frozenset(
                path
                for path, value in leaves(messages)
                if value and isinstance(value, str) and words.is_personal(path)
            ),
            notices=tuple(_notices(messages, finder, words)),
            error=error,
        )


def _said_again(messages: list[Any], told: list[Place]) -> list[Place]:
    """Values that a reader repeats under another name stand where they were found first."""
    known = {place.path: place for place in told}
    values = list(leaves(messages))
    first = {
        (path[0], str(value)): known[path]
        for path, value in reversed(values)
        if path in known and len(str(value)) >= _TELLING
    }
    return [
        Place(path=path, start=place.start, end=place.end, exact=False)
        for path, value in values
        if path not in known and (place := first.get((path[0], str(value)))) is not None
    ]


def from_hex(data: bytes) -> bytes | None:
    """Octets that hexadecimal digits stand for; ``None`` when the text is something else."""
    if not _HEX.fullmatch(data):
        return None
    digits = b"".join(data.split())
    if len(digits) % 2 or len(digits) < 2 * _FEWEST_OCTETS:
        return None
    return bytes.fromhex(digits.decode("ascii"))


def _nothing(data: bytes, mode: Mode) -> Reading:
    remark = Remark(
        code="not-recognised",
        field="",
        position="",
        zh="没有识别出已知的格式" if data.strip() else "没有内容",
        en=str(NotRecognised(())) if data.strip() else "nothing is here",
    )
    return Reading(
        format="",
        confidence=0.0,
        candidates=(),
        mode=mode,
        look="text" if is_text(data) else "binary",
        octets=data,
        messages=[],
        places=(),
        personal=frozenset(),
        notices=(),
        error=remark,
    )


def _look(form: WireFormat, data: bytes) -> Look:
    """A binary format may be sent as text, such as hexadecimal lines of a receiver."""
    if form.look == "binary" and form.octets is None and is_text(data):
        return "text"
    return form.look


def is_text(data: bytes) -> bool:
    """Whether bytes can be shown as lines of text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    odd = sum(
        1 for one in text[:4000] if not (one.isprintable() or one in "\r\n\t\x01\x02\x03\x0b")
    )
    return odd == 0


def _xml(data: bytes) -> list[xml_places.Written]:
    try:
        return xml_places.written(data)
    except (ExpatError, DtdRefused, ValueError, LookupError):
        # The format's own reader says what is wrong; without places the text is searched.
        return []


def _notices(messages: list[Any], finder: Finder, words: Wording) -> Iterator[Remark]:
    for message in messages:
        found = message.get("notices") if isinstance(message, Mapping) else None
        for notice in found if isinstance(found, list) else ():
            if not isinstance(notice, Mapping):
                continue
            code, position = str(notice.get("code", "")), str(notice.get("position", ""))
            span = finder.find(position)
            text = str(notice.get("text", ""))
            yield Remark(
                code=code,
                field=str(notice.get("field", "")),
                position=position,
                zh=words.notice(code) or text,
                en=text,
                start=span[0] if span else None,
                end=span[1] if span else None,
            )


def _fault(fault: Malformed | TooLarge, finder: Finder, words: Wording) -> Remark:
    if isinstance(fault, TooLarge):
        return Remark(
            code="too-large",
            field="",
            position="",
            zh=f"超过大小上限：{fault.size} 字节，最多 {fault.limit} 字节",
            en=str(fault),
        )
    span = finder.find(fault.position)
    return Remark(
        code=fault.code,
        field=fault.field,
        position=fault.position,
        zh=words.notice(fault.code) or "此处不符合标准",
        en=fault.reason,
        start=span[0] if span else None,
        end=span[1] if span else None,
        found=fault.found,
        expected=fault.expected,
    )


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading for the gateway and the command line; bytes of places count from 0."""
    return {
        "format": reading.format or None,
        "confidence": reading.confidence,
        "candidates": [asdict(one) for one in reading.candidates],
        "mode": reading.mode,
        "look": reading.look,
        "hex": reading.octets.hex() if reading.look == "binary" else None,
        "messages": reading.messages,
        "places": [
            {
                "path": pointer(place.path),
                "start": place.start,
                "end": place.end,
                "exact": place.exact,
            }
            for place in reading.places
        ],
        "personal": sorted(pointer(path) for path in reading.personal),
        "notices": [asdict(one) for one in reading.notices],
        "error": asdict(reading.error) if reading.error else None,
    }


def pointer(path: tuple[str | int, ...]) -> str:
    """A path as a JSON pointer (RFC 6901).

    >>> pointer((0, "a/b", 2))
    '/0/a~1b/2'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)

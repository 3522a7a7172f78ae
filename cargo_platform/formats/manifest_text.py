"""Writes FFM and FBL (see ``manifest``)."""

from __future__ import annotations

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp_segments import customs_text
from cargo_platform.formats.cimp_values import date_text
from cargo_platform.formats.manifest_message import (
    HANDLING,
    ONWARD,
    UNREAD,
    Flight,
    Message,
    Onward,
    Point,
    Uld,
    Waybill,
    When,
)

_SERVICE = "service"
"""OSI, SSR and SCI lines share one sequence."""


def encode(message: Message) -> bytes:
    """Canonical text of a page."""
    lines = [f"{message.type}/{message.version}", _flight(message.flight)]
    if message.nil:
        lines.append("NIL")
    for point in message.points:
        lines.append(_point(point))
        if point.nil_below:
            lines.append("NIL")
        for waybill in point.bulk:
            lines += _waybill(waybill)
        for uld in point.ulds:
            lines += _uld(uld)
            for waybill in uld.waybills:
                lines += _waybill(waybill)
    if message.end:
        lines.append(message.end)
    return cimp.encoded(lines)


def _when(when: When | None) -> str:
    return date_text(when.local, with_time=when.has_time) if when else ""


def _flight(flight: Flight) -> str:
    fields = [str(flight.page), flight.flight, _when(flight.when), flight.airport]
    first = flight.first_arrival
    if flight.registration or first:
        fields.append(flight.registration)
    if first:
        fields += [first.country, _when(first.when), first.airport]
    return "/".join(fields)


def _point(point: Point) -> str:
    fields = [point.airport, "NIL" if point.nil else "", _when(point.arrival)]
    fields.append(_when(point.departure))
    while not fields[-1]:
        fields.pop()
    return "/".join(fields)


def _uld(uld: Uld) -> list[str]:
    text = f"ULD/{uld.id}" + (f"-{uld.indicator}" if uld.indicator else "")
    lines = [text if uld.remarks is None else f"{text}/{uld.remarks}"]
    lines += [_onward(onward) for onward in uld.onward]
    if uld.volume_available:
        lines.append(f"/{uld.volume_available}")
    return [*lines, *uld.unread]


def _waybill(waybill: Waybill) -> list[str]:
    head = waybill.consignment.text()
    if waybill.goods is not None:
        head += f"/{waybill.goods}"
    codes, lower = _handling(waybill)
    if codes:
        head += "/" + ("/" if waybill.handling_apart else "").join(codes)
    left = {
        HANDLING: lower,
        ONWARD: [_onward(onward) for onward in waybill.onward],
        "DIM": [f"DIM{size.text}" for size in waybill.sizes],
        "COR": [f"COR/{waybill.customs_origin}"] if waybill.customs_origin else [],
        _SERVICE: [f"{identifier}/{text}" for identifier, text in waybill.service],
        "OCI": customs_text(waybill.customs),
        UNREAD: list(waybill.unread),
    }
    lines = [head]
    for mark in waybill.layout:
        kind = mark.partition(":")[0].removesuffix("+")
        kind = kind if kind in left else _SERVICE
        if left[kind]:
            text = left[kind].pop(0)
            # Each OCI line that names itself is the first of its own.
            text = f"OCI{text}" if mark == "OCI" and text[0] == "/" else text
            lines.append(text.removeprefix("DIM") if mark == "DIM+" else text)
    return [*lines, *(text for texts in left.values() for text in texts)]


def _handling(waybill: Waybill) -> tuple[tuple[str, ...], list[str]]:
    """The codes on the line of the air waybill, and the lines of codes under it."""
    counts = [
        int(n) for mark, _, n in (m.partition(":") for m in waybill.layout) if mark == HANDLING
    ]
    at = max(0, len(waybill.handling) - sum(counts))
    codes, lines = waybill.handling[:at], []
    for count in counts:
        lines.append("".join(f"/{code}" for code in waybill.handling[at : at + count]))
        at += count
    return codes, [line for line in lines if line]


def _onward(onward: Onward) -> str:
    day = f"/{_when(onward.when)}" if onward.when else ""
    return f"/{onward.airport}{onward.flight}{day}"

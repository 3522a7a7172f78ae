"""Writes an FSU or FSA in its canonical form (see ``fsu``)."""

from __future__ import annotations

from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp_values import date_text
from cargo_platform.formats.fsu_message import (
    ALONGSIDE,
    FLIGHT_EVENT,
    FLIGHT_LEG,
    SLANT_GOES,
    TRANSFER,
    UNREAD,
    Message,
    Status,
)

_WITH_FLIGHT: Final = FLIGHT_LEG | FLIGHT_EVENT | {"DIS"}


def encode(message: Message) -> bytes:
    """Canonical text of a message."""
    lines = [f"{message.type}/{message.version}", message.consignment.text()]
    for status in message.statuses:
        lines.append(_status_line(status))
        lines += _more_lines(status)
    return cimp.encoded(lines)


def _status_line(status: Status) -> str:
    fields = [status.code]
    if status.code in TRANSFER:
        fields.append(status.carrier)
    elif status.code in _WITH_FLIGHT and (status.flight or status.code not in SLANT_GOES):
        fields.append(status.flight)
    fields.append(date_text(status.local, with_time=status.has_time))
    fields.append(status.station + status.to if status.code in FLIGHT_LEG else status.station)
    if status.discrepancy:
        fields.append(status.discrepancy)
    fields.append(status.quantity.text())
    if status.code == "CRC":
        fields += _cleared_fields(status)
    alongside = ALONGSIDE in status.layout and status.other_carrier
    if status.manifest or alongside:
        fields.append(status.manifest)
    if alongside:
        fields += [status.other_carrier, *([status.name] if status.name else [])]
    return "/".join([*fields, *_trailing_fields(status)])


def _cleared_fields(status: Status) -> list[str]:
    if not status.flight:
        return []
    day = [date_text(status.flight_day, with_time=False)] if status.flight_day else []
    leg = [status.from_station + status.to] if status.from_station else []
    return [status.flight, *day, *leg]


def _trailing_fields(status: Status) -> list[str]:
    fields = []
    if status.departure_time or status.arrival_time:
        fields.append(status.departure_time.text() if status.departure_time else "")
    if status.arrival_time:
        fields.append(status.arrival_time.text())
    if status.name and status.code not in TRANSFER:
        fields.append(status.name)
    if status.volume:
        fields.append(status.volume)
    return fields


def _more_lines(status: Status) -> list[str]:
    """The lines that follow a status line: as they came, then what they do not hold."""
    lines = []
    if status.other_carrier and ALONGSIDE not in status.layout:
        lines.append(f"/{status.other_carrier}" + (f"/{status.name}" if status.name else ""))
    left = {
        "ULD": list(status.ulds),
        "OSI": list(status.other_service),
        "OCI": list(status.customs),
        UNREAD: list(status.unread),
    }
    for mark in status.layout:
        if mark == ALONGSIDE:
            continue
        name, _, count = mark.partition(":")
        kind = name.removesuffix("+")
        taken, left[kind] = left[kind][: int(count or 1)], left[kind][int(count or 1) :]
        if taken:
            lines.append(taken[0] if kind == UNREAD else _line(name, taken))
    if left["ULD"]:
        lines.append(_line("ULD", left["ULD"]))
    for kind in ("OSI", "OCI"):
        for number, text in enumerate(left[kind]):
            lines.append(_line(f"{kind}+" if number else kind, [text]))
    return [*lines, *left[UNREAD]]


def _line(name: str, texts: list[str]) -> str:
    identifier = "" if name.endswith("+") else name
    return identifier + "/" + "/".join(texts)

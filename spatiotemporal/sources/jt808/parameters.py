"""Parameters of a terminal: set (0x8103), asked for (0x8104 all, 0x8106 some), told (0x0104).

0x8103: BYTE count, then parameters. 0x8106: BYTE count, DWORD ids. 0x0104: WORD serial of the
question, BYTE count, then parameters. A parameter is DWORD id, BYTE length, value; DWORD, WORD and
BYTE values are big-endian numbers, STRING is GBK. Ids above 0xF000 are the maker's own; those that
:data:`KINDS` does not hold stay bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from spatiotemporal.sources.jt808.bodies import extra
from spatiotemporal.sources.jt808.faults import Notices, fault, too_short, write_text
from spatiotemporal.sources.jt808.frame import Header

Form = Literal["DWORD", "WORD", "BYTE", "STRING"]

_SIZES: Final[Mapping[str, int]] = {"DWORD": 4, "WORD": 2, "BYTE": 1}


@dataclass(frozen=True, slots=True)
class Kind:
    """Name (with unit) and form of a parameter."""

    name: str
    form: Form


def _kinds(form: Form, **names: int) -> dict[int, Kind]:
    return {number: Kind(name, form) for name, number in names.items()}


KINDS: Final[Mapping[int, Kind]] = {
    **_kinds(
        "DWORD",
        heartbeat_s=0x0001, tcp_answer_s=0x0002, tcp_retries=0x0003, udp_answer_s=0x0004,
        udp_retries=0x0005, sms_answer_s=0x0006, sms_retries=0x0007, tcp_port=0x0018,
        udp_port=0x0019, ic_tcp_port=0x001B, ic_udp_port=0x001C, report_strategy=0x0020,
        report_plan=0x0021, unlogged_every_s=0x0022, asleep_every_s=0x0027,
        emergency_every_s=0x0028, report_every_s=0x0029, report_every_m=0x002C,
        unlogged_every_m=0x002D, asleep_every_m=0x002E, emergency_every_m=0x002F,
        turn_report_deg=0x0030, answering=0x0045, call_longest_s=0x0046, month_longest_s=0x0047,
        alarm_mask=0x0050, alarm_sms=0x0051, alarm_photo=0x0052, alarm_photo_kept=0x0053,
        alarm_key=0x0054, speed_limit_kmph=0x0055, overspeed_s=0x0056, driving_longest_s=0x0057,
        day_driving_longest_s=0x0058, rest_shortest_s=0x0059, parking_longest_s=0x005A,
        photo_by_time=0x0064, photo_by_distance=0x0065, picture_quality=0x0070, brightness=0x0071,
        contrast=0x0072, saturation=0x0073, chroma=0x0074, odometer_0p1km=0x0080,
        gnss_sampling_s=0x0093, gnss_upload_value=0x0095, can1_sampling_ms=0x0100,
        can2_sampling_ms=0x0102,
    ),
    **_kinds(
        "WORD",
        fence_radius_m=0x0031, overspeed_early_0p1kmph=0x005B, fatigue_early_s=0x005C,
        collision=0x005D, rollover_deg=0x005E, province=0x0081, city=0x0082, can1_upload_s=0x0101,
        can2_upload_s=0x0103,
    ),
    **_kinds(
        "BYTE",
        plate_colour=0x0084, gnss_systems=0x0090, gnss_baud=0x0091, gnss_output=0x0092,
        gnss_upload=0x0094,
    ),
    **_kinds(
        "STRING",
        apn=0x0010, apn_user=0x0011, apn_password=0x0012, server=0x0013, backup_apn=0x0014,
        backup_apn_user=0x0015, backup_apn_password=0x0016, backup_server=0x0017,
        ic_server=0x001A, ic_backup_server=0x001D, second_apn=0x0023, second_apn_user=0x0024,
        second_apn_password=0x0025, second_server=0x0026, platform_phone=0x0040, reset_phone=0x0041,
        factory_phone=0x0042, platform_sms_phone=0x0043, alarm_sms_phone=0x0044,
        listening_phone=0x0048, privileged_sms_phone=0x0049, plate=0x0083,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter, as sent."""

    id: int
    value: bytes

    @property
    def name(self) -> str:
        """Name with unit, or the id."""
        kind = KINDS.get(self.id)
        return kind.name if kind else f"parameter_0x{self.id:04X}"

    def read(self) -> int | str | bytes:
        """Number or text; bytes when the id is unknown or the length is not the standard's."""
        kind = KINDS.get(self.id)
        if kind is None:
            return self.value
        if kind.form == "STRING":
            return self.value.strip(b"\x00 ").decode("gbk", "replace")
        return (
            int.from_bytes(self.value, "big")
            if len(self.value) == _SIZES[kind.form]
            else (self.value)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameters:
    """Change parameters."""

    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskParameters:
    """Ask for some parameters."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldParameters:
    """Parameters as the terminal has them; ``serial`` is of the question."""

    serial: int
    parameters: tuple[Parameter, ...]


def parameter(name: str, value: int | str) -> Parameter:
    """A parameter by its name.

    >>> parameter("report_every_s", 1)
    Parameter(id=41, value=b'\\x00\\x00\\x00\\x01')

    Raises:
        Malformed: no such name, or the value does not fit its form.
    """
    for number, kind in KINDS.items():
        if kind.name != name:
            continue
        if isinstance(value, str) and kind.form == "STRING":
            return Parameter(id=number, value=write_text(value))
        if (
            isinstance(value, int)
            and kind.form != "STRING"
            and 0 <= value < 256 ** _SIZES[kind.form]
        ):
            return Parameter(id=number, value=value.to_bytes(_SIZES[kind.form], "big"))
        raise fault(
            "value does not fit the parameter",
            field=name,
            position=f"parameter 0x{number:04X}",
            found=repr(value),
            expected=kind.form,
            code="wrong-value",
        )
    raise fault(
        "no such parameter", field=name, position="parameters", found=name, code="unknown-name"
    )


def read_set(data: bytes, _header: Header, notices: Notices) -> SetParameters:
    """Read an order to change parameters."""
    return SetParameters(parameters=_read(data, 0, notices))


def write_set(body: SetParameters) -> bytes:
    """Body of an order to change parameters."""
    return _write(body.parameters)


def read_told(data: bytes, _header: Header, notices: Notices) -> ToldParameters:
    """Read the answer to a question."""
    if len(data) < 2:
        raise too_short("parameters", len(data), 2)
    serial = int.from_bytes(data[:2], "big")
    return ToldParameters(serial=serial, parameters=_read(data, 2, notices))


def write_told(body: ToldParameters) -> bytes:
    """Body of the answer to a question."""
    return body.serial.to_bytes(2, "big") + _write(body.parameters)


def read_ask(data: bytes, _header: Header, notices: Notices) -> AskParameters:
    """Read a question for some parameters."""
    size = 1 + 4 * (data[0] if data else 0)
    if len(data) < size:
        raise too_short("parameter ids", len(data), size)
    extra(data, size, "parameter ids", notices)
    return AskParameters(ids=struct.unpack_from(f">{(size - 1) // 4}I", data, 1))


def write_ask(body: AskParameters) -> bytes:
    """Body of a question for some parameters."""
    return struct.pack(f">B{len(body.ids)}I", len(body.ids), *body.ids)


def _read(data: bytes, at: int, notices: Notices) -> tuple[Parameter, ...]:
    if len(data) <= at:
        raise too_short("parameter count", len(data), at + 1)
    count, found = data[at], []
    at += 1
    for index in range(count):
        what = f"parameter {index + 1} of {count}"
        if len(data) < at + 5 or len(data) < at + 5 + data[at + 4]:
            raise too_short(what, len(data), at + 5)
        end = at + 5 + data[at + 4]
        number = int.from_bytes(data[at : at + 4], "big")
        found.append(Parameter(id=number, value=data[at + 5 : end]))
        at = end
    extra(data, at, "parameters", notices)
    return tuple(found)


def _write(parameters: tuple[Parameter, ...]) -> bytes:
    parts = [bytes([len(parameters)])]
    parts += [one.id.to_bytes(4, "big") + bytes([len(one.value)]) + one.value for one in parameters]
    return b"".join(parts)

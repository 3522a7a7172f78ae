"""Wire formats as the command line reads them: bytes in, plain objects out.

What a format leaves open (year, century) is taken as near now. Identity numbers of residents are
masked; names and document numbers are shown, as they are what these messages are about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from passenger_id.formats import bcbp, dcs_json, gb11643, mrz, name_list, paxlst
from passenger_id.formats.plain import plain
from service_bus import Decoder, Mode, Recogniser, utc_now

_KIND: Final = re.compile(rb"(?m)^[\x00-\x20]*(PNL|ADL|PRL)[\x00-\x20]*$")


def decode_bcbp(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Boarding passes, one a line; the name also in its two parts."""
    return [
        {"surname": one.surname, "given_names": one.given_names, **plain(one)}
        for one in bcbp.parse(data, mode=mode, reference=utc_now())
    ]


def decode_mrz(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Machine-readable zones, with what a reader may mind about each."""
    now = utc_now()
    return [
        {
            "surname": zone.surname,
            "given_names": zone.given_names,
            **plain(zone),
            "checks_fit": zone.checks_fit,
            "concerns": list(mrz.concerns(zone, now.date())),
        }
        for zone in mrz.parse(data, mode=mode, reference=now)
    ]


def decode_gb11643(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """What resident identity numbers say; the numbers themselves masked."""
    return [
        {
            "number": one.masked,
            "kind": one.kind,
            "region": one.region,
            "province": list(one.province),
            "birth_date": one.birth_date.isoformat(),
            "sex": one.sex,
            "notices": plain(one.notices),
        }
        for one in gb11643.parse(data, mode=mode, reference=utc_now())
    ]


def decode_name_list(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Parts of passenger name lists, their changes and reconciled lists, as they stand.

    Each name also with its record locator, its remarks put together, and its other flights.
    """
    return [_told(one) for one in name_list.parse(data, mode=mode, reference=utc_now())]


def _told(found: name_list.NameList) -> dict[str, object]:
    told: dict[str, Any] = plain(found)
    names = (
        name for total in told["totals"] for change in total["changes"] for name in change["names"]
    )
    for shown, name, locator in zip(names, found.names, found.locators(), strict=True):
        shown["record_locator"] = locator
        shown["remarks"] = list(name.remarks)
        shown["connections"] = [_connection(one, found) for one in name.connections]
    return told


def _connection(one: name_list.Connection, found: name_list.NameList) -> dict[str, object]:
    day = one.date(found.flight_date)
    return {**plain(one), "flight": one.flight, "date": day.isoformat() if day else None}


def decode_paxlst(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """PAXLST interchanges by what is understood."""
    return [
        {
            "sender": one.sender,
            "recipient": one.recipient,
            "control": one.control,
            "grouped": one.groups[0].header is not None,
            "messages": plain(one.messages),
            "notices": plain(one.notices),
        }
        for one in paxlst.parse(data, mode=mode, reference=utc_now())
    ]


def _lists_of(kind: str) -> Recogniser:
    """How much bytes look like one kind of name list."""

    def recognise(data: bytes) -> float:
        found = _KIND.search(data[:1000])
        return name_list.recognise(data) if found and found[1].decode() == kind else 0.0

    return recognise


DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        dcs_json.FORMAT: dcs_json.decode_journeys,
        bcbp.FORMAT: decode_bcbp,
        mrz.FORMAT: decode_mrz,
        gb11643.FORMAT: decode_gb11643,
        "pnl": decode_name_list,
        "adl": decode_name_list,
        "prl": decode_name_list,
        paxlst.FORMAT: decode_paxlst,
    }
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

RECOGNISERS: Mapping[str, Recogniser] = MappingProxyType(
    {
        dcs_json.FORMAT: dcs_json.recognise,
        bcbp.FORMAT: bcbp.recognise,
        mrz.FORMAT: mrz.recognise,
        gb11643.FORMAT: gb11643.recognise,
        "pnl": _lists_of("PNL"),
        "adl": _lists_of("ADL"),
        "prl": _lists_of("PRL"),
        paxlst.FORMAT: paxlst.recognise,
    }
)
"""How surely bytes are of a format, 0 to 1, by the same names."""

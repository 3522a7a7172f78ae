"""Wire formats as the command line reads them: bytes in, plain objects out.

What a format leaves open (year, zone) is taken as near now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from airport_brain.operations.formats import aidx, imf, mht0071, ssim
from airport_brain.operations.formats.aftn import adexp, ats
from airport_brain.operations.formats.aftn import envelope as aftn
from airport_brain.operations.formats.plain import plain, plain_objects
from airport_brain.operations.formats.type_b import ldm, mvt, psm, ptm, ssm, telex
from service_bus import Decoder, Mode, utc_now


def _dated(parse: Callable[..., list[Any]]) -> Decoder:
    """The decoder of a format whose dates need a reference."""

    def decode(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
        return plain_objects(parse(data, mode=mode, reference=utc_now()))

    return decode


def decode_ssim(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """A schedule file: one object per record, the notices in one more at the end."""
    (schedule,) = ssim.parse(data, mode=mode, reference=utc_now())
    records: list[dict[str, object]] = [
        {"record": type(record).__name__} | plain(record)
        for record in schedule.records
        if not isinstance(record, ssim.Filler)
    ]
    notices = [{"notices": plain(schedule.notices)}] if schedule.notices else []
    return records + notices


def decode_mht0071(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """MH/T 0071 style messages by what is understood; times are taken as Shanghai's."""
    return [
        {
            "meta": plain(message.meta),
            "flights": plain(message.flights),
            "notices": plain(message.notices),
        }
        for message in mht0071.parse(data, mode=mode)
    ]


def decode_imf(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """IMF style messages by what is understood; times without zone are taken as Shanghai's."""
    return [
        {
            "phase": imf.phase_of(message),
            "sys_info": plain(message.sys_info),
            "key": plain(message.key),
            "changes": plain(message.changes),
            "operation": plain(message.operation),
            "notices": plain(message.notices),
        }
        for message in imf.parse(data, mode=mode)
    ]


DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        aidx.FORMAT: aidx.decode,
        ssim.FORMAT: decode_ssim,
        telex.FORMAT: _dated(telex.parse),
        mvt.FORMAT: _dated(mvt.parse),
        ldm.FORMAT: _dated(ldm.parse),
        ssm.FORMAT: _dated(ssm.parse),
        "asm": _dated(ssm.parse),
        ptm.FORMAT: _dated(ptm.parse),
        psm.FORMAT: _dated(psm.parse),
        aftn.FORMAT: _dated(aftn.parse),
        ats.FORMAT: _dated(ats.parse),
        adexp.FORMAT: _dated(adexp.parse),
        mht0071.FORMAT: decode_mht0071,
        imf.FORMAT: decode_imf,
    }
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

RECOGNISERS: Mapping[str, Callable[[bytes], float]] = MappingProxyType(
    {
        aidx.FORMAT: aidx.recognise,
        ssim.FORMAT: ssim.recognise,
        telex.FORMAT: telex.recognise,
        mvt.FORMAT: mvt.recognise,
        ldm.FORMAT: ldm.recognise,
        ssm.FORMAT: ssm.recognise,
        ptm.FORMAT: ptm.recognise,
        psm.FORMAT: psm.recognise,
        aftn.FORMAT: aftn.recognise,
        ats.FORMAT: ats.recognise,
        adexp.FORMAT: adexp.recognise,
        mht0071.FORMAT: mht0071.recognise,
        imf.FORMAT: imf.recognise,
    }
)
"""How surely bytes are of a format, 0 to 1, by the same names."""

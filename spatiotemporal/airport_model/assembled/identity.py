"""Who an imported airport is: what its manifest says, and what stands in where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.provenance import Label

NOTICE = Label(
    zh="由他方数据导入，未经测绘核实，不得用于导航。",
    en="Imported from others' data; not checked against a survey, not for navigation.",
)
ALTITUDES_M = (-500.0, 6_000.0)
"""Airports lie between the Dead Sea and the high Andes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Names, zone and heights of an airport.

    Attributes:
        elevation_m: above mean sea level.
        geoid_m: height of mean sea level above the WGS84 ellipsoid.
    """

    icao: str
    iata: str = ""
    label: Label
    elevation_m: float = 0.0
    geoid_m: float = 0.0
    time_zone: str = "UTC"
    version: str = "1"
    notice: Label = NOTICE
    source: str = "import"

    @classmethod
    def read(cls, icao: str, told: Mapping[str, object]) -> Identity:
        """From a manifest, whose members may all be missing.

        Raises:
            UnreadableLayers: a member that cannot be what its name says.
        """
        name = _text(told, "name") or icao
        zone = _text(told, "time_zone") or "UTC"
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError, OSError) as error:
            raise UnreadableLayers(f"manifest of {icao}", f"no time zone {zone!r}") from error
        return cls(
            icao=icao,
            iata=_text(told, "iata"),
            label=Label(zh=_text(told, "name_zh") or name, en=_text(told, "name_en") or name),
            elevation_m=_metres(told, "elevation_m", icao),
            geoid_m=_metres(told, "geoid_m", icao),
            time_zone=zone,
            version=_text(told, "version") or "1",
            notice=Label(
                zh=_text(told, "notice_zh") or NOTICE.zh, en=_text(told, "notice_en") or NOTICE.en
            ),
            source=_text(told, "source") or "import",
        )


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value.strip() if isinstance(value, str) else ""


def _metres(told: Mapping[str, object], name: str, icao: str) -> float:
    value = told.get(name, 0.0)
    low, high = ALTITUDES_M
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        reason = f"{name} is {value!r}; expected metres from {low:g} to {high:g}"
        raise UnreadableLayers(f"manifest of {icao}", reason)
    return float(value)

"""Reads an airport's folder of TOML files: the model of record, and everything made from it.

``airport.toml`` holds identity, frame, runways, boundary and the declared stand counts;
``taxiways.toml``, ``aprons.toml``, ``buildings.toml`` and ``roads.toml`` hold the rest. The result
is an :class:`~spatiotemporal.airport_model.elements.Airport`; reading is pure apart from the files
and gives the same airport each time.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from shapely.geometry import MultiPolygon, Polygon
from shapely.validation import explain_validity

from spatiotemporal.airport_model import element_tables as tables
from spatiotemporal.airport_model import hold_lines, stand_rows
from spatiotemporal.airport_model.elements import (
    Airport,
    Apron,
    Building,
    Facility,
    Road,
    Runway,
    SpeedZone,
    Taxiway,
)
from spatiotemporal.airport_model.errors import DescriptionFault, UnknownAirport
from spatiotemporal.airport_model.frame import Frame, Point
from spatiotemporal.airport_model.shapes import polygons, read_shape
from spatiotemporal.airport_model.stands import StandRow
from spatiotemporal.airport_model.toml_table import TomlTable

AIRPORTS = Path(__file__).parent / "airports"
"""The descriptions that come with the project."""

T = TypeVar("T")


def known_airports(folder: Path = AIRPORTS) -> tuple[str, ...]:
    """ICAO codes of the airports described under ``folder``, sorted."""
    return tuple(sorted(found.parent.name.upper() for found in folder.glob("*/airport.toml")))


def load_airport(icao: str, *, folder: Path = AIRPORTS) -> Airport:
    """Read one airport.

    Raises:
        UnknownAirport: there is no such description.
        DescriptionFault: a file breaks the rules; names file and key.
    """
    known = known_airports(folder)
    if icao.upper() not in known:
        raise UnknownAirport(icao, known)
    return _Reader(folder / icao.lower()).airport()


class _Reader:
    """One pass over an airport's files; holds what later files refer to."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._main = self._open("airport.toml")
        self._default = tables.provenance(self._main.table("provenance"))
        self._frame = self._read_frame(self._main.table("frame"))

    def _open(self, name: str) -> TomlTable:
        shown = f"{self._home.name}/{name}"
        try:
            values = tomllib.loads((self._home / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DescriptionFault(shown, "", "no such file") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DescriptionFault(shown, "", f"is not TOML: {error}") from None
        return TomlTable(values, file=shown)

    @staticmethod
    def _read_frame(table: TomlTable) -> Frame:
        made = Frame(
            latitude=table.within("latitude", 90.0),
            longitude=table.within("longitude", 180.0),
            bearing_deg=table.number("bearing_deg"),
        )
        table.close()
        return made

    def airport(self) -> Airport:
        """Read every file and put the airport together."""
        main = self._main
        identity = main.table("identity")
        notice = tables.label(main.table("notice"))
        runways = self._runways()
        speeds = _floats(main.table("speeds_mps"))
        taxiways = self._taxiways({runway.name: runway for runway in runways}, speeds)
        aprons, rows = self._aprons()
        zones, roads, facilities = self._roads()
        made = Airport(
            icao=identity.choice("icao", (self._home.name.upper(),)),
            iata=identity.text("iata"),
            label=tables.label(identity),
            frame=self._frame,
            elevation_m=identity.number("elevation_m"),
            geoid_m=identity.number("geoid_m", 0.0),
            time_zone=_time_zone(identity),
            version=identity.text("version"),
            notice=notice,
            provenance=self._default,
            boundary=_boundary(main),
            grass=self._grass(),
            runways=runways,
            taxiways=taxiways,
            aprons=aprons,
            stands=stand_rows.expand(rows, taxiways, file=f"{self._home.name}/aprons.toml"),
            hold_lines=hold_lines.place(runways, taxiways),
            buildings=self._buildings(),
            roads=roads,
            facilities=facilities,
            zones=zones,
            runway_speed_mps=speeds["runway"],
            stand_speed_mps=speeds["stand"],
        )
        identity.close()
        main.close()
        return made

    def _grass(self) -> MultiPolygon:
        table = self._main.table("grass")
        shape = polygons(read_shape(table))
        table.close()
        return shape

    def _runways(self) -> tuple[Runway, ...]:
        bearing = self._frame.bearing_deg
        return _all(
            self._main,
            "runways",
            lambda table: tables.runway(table, bearing_of_y_deg=bearing, default=self._default),
        )

    def _taxiways(
        self, runways: Mapping[str, Runway], speeds: Mapping[str, float]
    ) -> tuple[Taxiway, ...]:
        file = self._open("taxiways.toml")
        junctions = _junctions(file)
        kinds = {kind: speeds[kind] for kind in ("taxiway", "rapid_exit", "taxilane")}
        default_code = file.choice("default_code", tables.CODES, "E")
        seen: Counter[str] = Counter()

        def one(table: TomlTable) -> Taxiway:
            name = table.text("name")
            seen[name] += 1
            return tables.taxiway(
                table.having("name", name),
                runways=runways,
                junctions=junctions,
                speeds=kinds,
                number=seen[name],
                default_code=default_code,
                default=self._default,
            )

        made = _all(file, "taxiways", one)
        file.close()
        return made

    def _aprons(self) -> tuple[tuple[Apron, ...], tuple[StandRow, ...]]:
        counts = self._main.table("counts")
        file = self._open("aprons.toml")

        def one(table: TomlTable) -> Apron:
            name = table.text("id")
            declared = _counts(counts.table(name))
            return tables.apron(table.having("id", name), counts=declared, default=self._default)

        aprons = _all(file, "aprons", one)
        counts.close()
        ids = tuple(apron.id for apron in aprons)

        def row(table: TomlTable) -> StandRow:
            name = table.choice("apron", ids)
            return tables.stand_row(table.having("apron", name), default=self._default)

        rows = _all(file, "stand_rows", row)
        file.close()
        return aprons, rows

    def _buildings(self) -> tuple[Building, ...]:
        file = self._open("buildings.toml")
        made = _all(file, "buildings", lambda t: tables.building(t, default=self._default))
        file.close()
        return made

    def _roads(
        self,
    ) -> tuple[dict[str, SpeedZone], tuple[Road, ...], tuple[Facility, ...]]:
        file = self._open("roads.toml")
        listed = file.table("zones")
        zones = {name: tables.zone(listed.table(name), name) for name in listed.names()}
        junctions = _junctions(file)
        roads = _all(
            file,
            "roads",
            lambda t: tables.road(t, zones=zones, junctions=junctions, default=self._default),
        )
        facilities = _all(file, "facilities", lambda t: tables.facility(t, default=self._default))
        file.close()
        return zones, roads, facilities


def _all(file: TomlTable, key: str, read: Callable[[TomlTable], T]) -> tuple[T, ...]:
    """Read every table of ``[[key]]``, refusing keys that the reader did not take."""
    made: list[T] = []
    for table in file.tables(key):
        made.append(read(table))
        table.close()
    return tuple(made)


def _junctions(file: TomlTable) -> dict[str, Point]:
    table = file.table("junctions", optional=True)
    return {name: table.point(name) for name in table.names()}


def _floats(table: TomlTable) -> dict[str, float]:
    return {name: table.positive(name) for name in table.names()}


def _counts(table: TomlTable) -> dict[str, int]:
    return {code: table.whole(code) for code in table.names()}


def _boundary(table: TomlTable) -> Polygon:
    outline = Polygon(table.points("boundary", least=4))
    if not outline.is_valid:
        raise table.fault("boundary", f"is no simple outline: {explain_validity(outline)}")
    return outline


def _time_zone(table: TomlTable) -> str:
    name = table.text("time_zone")
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise table.fault("time_zone", f"found {name!r}; expected one like Asia/Shanghai") from None
    return name

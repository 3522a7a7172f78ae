"""How each kind of element is written in TOML: one function per kind, from a table to a dataclass.

The keys are listed in the package's README; a missing, misspelt or misfit key is a
:class:`~spatiotemporal.airport_model.errors.DescriptionFault` that names file and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from spatiotemporal.airport_model.elements import (
    Apron,
    Building,
    Facility,
    Road,
    Runway,
    SpeedZone,
    Taxiway,
    TaxiwayKind,
)
from spatiotemporal.airport_model.frame import Point, moved
from spatiotemporal.airport_model.provenance import Label, Provenance, Quality
from spatiotemporal.airport_model.shapes import read_shape
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.stands import Arc, StandKind, StandRow
from spatiotemporal.airport_model.toml_table import TomlTable

CODES = tuple(SIZE_CODES)
QUALITIES = ("declared", "estimate", "derived")
BUILDING_USES = (
    "terminal", "hangar", "cargo", "service", "tank", "tower", "transport", "parking",
)  # fmt: skip
FACILITY_USES = (
    "vehicle_park", "fire_station", "fuel", "catering", "baggage", "cargo", "maintenance", "gate",
)  # fmt: skip
KMPH_PER_MPS = 3.6


def provenance(table: TomlTable, default: Provenance | None = None) -> Provenance:
    """Where the figures of an element come from: its own keys, or those of the airport."""
    if default is None:
        return Provenance(
            source=table.text("source"),
            quality=cast(Quality, table.choice("quality", QUALITIES)),
            valid_from=table.day("valid_from"),
        )
    return Provenance(
        source=table.text("source", default.source),
        quality=cast(Quality, table.choice("quality", QUALITIES, default.quality)),
        valid_from=table.day("valid_from", default.valid_from),
    )


def label(table: TomlTable) -> Label:
    """``name_zh`` and ``name_en``."""
    return Label(zh=table.text("name_zh"), en=table.text("name_en"))


def runway(table: TomlTable, *, bearing_of_y_deg: float, default: Provenance) -> Runway:
    """A runway by the middle of its pavement, true bearing and declared dimensions."""
    name = table.text("name")
    if name.count("/") != 1:
        raise table.fault("name", f"found {name!r}; expected both designators, like 18R/36L")
    bearing = table.number("bearing_deg")
    first, second = table.numbers("displaced_m", 2)
    if min(first, second) < 0:
        raise table.fault("displaced_m", f"found {[first, second]}; expected none below 0")
    return Runway(
        name=name,
        centre=table.point("centre"),
        heading_deg=(bearing - bearing_of_y_deg) % 360.0,
        bearing_true_deg=bearing,
        length_m=table.positive("length_m"),
        width_m=table.positive("width_m"),
        displaced_m=(first, second),
        surface=table.choice("surface", ("asphalt", "concrete")),
        hold_distance_m=table.positive("hold_distance_m", 90.0),
        pad_m=table.positive("pad_m", 60.0),
        provenance=provenance(table, default),
    )


def path(table: TomlTable, junctions: Mapping[str, Point]) -> tuple[Point, ...]:
    """``points``: ``[x, y]`` pairs and names of junctions, mixed."""
    resolved: list[object] = []
    for index, value in enumerate(table.items("points")):
        if isinstance(value, str):
            if value not in junctions:
                raise table.fault(f"points[{index}]", f"no junction is named {value!r}")
            value = list(junctions[value])
        resolved.append(value)
    inner = TomlTable({"points": resolved}, file=table.file, path=table.path)
    return inner.points("points")


def _beside(table: TomlTable, runways: Mapping[str, Runway]) -> tuple[Point, ...]:
    """A line at a constant offset from a runway, to the right of its second direction."""
    name = table.text("beside")
    if name not in runways:
        raise table.fault("beside", f"no runway is named {name!r}")
    strip, offset = runways[name], table.number("offset_m")
    heading = strip.ends[1].heading_deg
    span = table.number("from_m"), table.number("to_m")
    return tuple(moved(strip.centre, heading, along, offset) for along in span)


def taxiway(
    table: TomlTable,
    *,
    runways: Mapping[str, Runway],
    junctions: Mapping[str, Point],
    speeds: Mapping[str, float],
    number: int,
    default_code: str,
    default: Provenance,
) -> Taxiway:
    """A taxiway line; ``number`` counts the earlier lines of the same name, from 1."""
    name = table.text("name")
    kind = cast(TaxiwayKind, table.choice("kind", tuple(speeds), "taxiway"))
    return Taxiway(
        id=name if number == 1 else f"{name}.{number}",
        name=name,
        kind=kind,
        points=_beside(table, runways) if "beside" in table else path(table, junctions),
        max_code=table.choice("code", CODES, default_code),
        speed_mps=speeds[kind],
        one_way=table.flag("one_way", kind == "rapid_exit"),
        provenance=provenance(table, default),
    )


def apron(table: TomlTable, *, counts: Mapping[str, int], default: Provenance) -> Apron:
    """An apron with the stand counts that the description promises for it."""
    return Apron(
        id=table.text("id"),
        label=label(table),
        shape=read_shape(table),
        declared=counts,
        provenance=provenance(table, default),
    )


def stand_row(table: TomlTable, *, default: Provenance) -> StandRow:
    """A row of stands; codes and numbers pair up one to one."""
    codes = table.text("codes").replace(" ", "")
    strange = sorted(set(codes) - set(CODES))
    if strange:
        raise table.fault("codes", f"found {strange[0]!r}; expected letters of {''.join(CODES)}")
    arc = _arc(table.table("arc")) if "arc" in table else None
    heading = 0.0 if arc else table.number("heading_deg")
    numbers = _stand_numbers(table, len(codes))
    return StandRow(
        key=table.path,
        apron=table.text("apron"),
        numbers=numbers,
        codes=codes,
        start=arc.centre if arc else table.point("start"),
        along_deg=table.number("along_deg", 0.0),
        heading_deg=heading,
        gap_m=table.number("gap_m", 0.0),
        arc=arc,
        kind=cast(StandKind, table.choice("kind", ("gate", "tie_down", "hangar"), "gate")),
        contact=table.flag("contact"),
        lane=table.text("lane"),
        excludes=_excludes(table.table("excludes", optional=True), numbers),
        provenance=provenance(table, default),
    )


def _arc(table: TomlTable) -> Arc:
    arc = Arc(
        centre=table.point("centre"),
        radius_m=table.positive("radius_m"),
        from_deg=table.number("from_deg"),
        step_deg=table.number("step_deg"),
    )
    table.close()
    return arc


def _stand_numbers(table: TomlTable, count: int) -> tuple[str, ...]:
    """``numbers`` as a list, or ``first`` and ``step`` (default 1)."""
    if "numbers" in table:
        numbers = tuple(str(value) for value in table.items("numbers"))
    else:
        first, step = table.whole("first"), table.whole("step", 1)
        numbers = tuple(str(first + index * step) for index in range(count))
    if len(numbers) != count:
        raise table.fault("numbers", f"{len(numbers)} numbers for {count} codes")
    return numbers


def _excludes(table: TomlTable, numbers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    for key in table.names():
        if key not in numbers:
            raise table.fault(key, "is no stand of this row")
    return {key: tuple(str(value) for value in table.items(key)) for key in table.names()}


def building(table: TomlTable, *, default: Provenance) -> Building:
    """A building: shape, storeys, height."""
    return Building(
        id=table.text("id"),
        label=label(table),
        use=table.choice("use", BUILDING_USES),
        shape=read_shape(table),
        storeys=_storeys(table),
        height_m=table.positive("height_m"),
        provenance=provenance(table, default),
    )


def _storeys(table: TomlTable) -> int:
    count = table.whole("storeys")
    if count < 1:
        raise table.fault("storeys", f"found {count}; expected 1 or more")
    return count


def zone(table: TomlTable, name: str) -> SpeedZone:
    """A speed zone; limits are written in km/h, as on the signs."""
    return SpeedZone(
        id=name,
        label=label(table),
        limit_mps=table.positive("limit_kmph") / KMPH_PER_MPS,
    )


def road(
    table: TomlTable,
    *,
    zones: Mapping[str, SpeedZone],
    junctions: Mapping[str, Point],
    default: Provenance,
) -> Road:
    """A service road in one of the airport's speed zones."""
    name = table.text("name")
    return Road(
        id=name,
        name=name,
        label=Label(zh=table.text("name_zh", f"服务车道 {name}"), en=f"Service road {name}"),
        points=path(table, junctions),
        zone=zones[table.choice("zone", tuple(zones))],
        width_m=table.positive("width_m", 8.0),
        one_way=table.flag("one_way"),
        tunnel=table.flag("tunnel"),
        provenance=provenance(table, default),
    )


def facility(table: TomlTable, *, default: Provenance) -> Facility:
    """A named place on the service roads."""
    return Facility(
        id=table.text("id"),
        label=label(table),
        use=table.choice("use", FACILITY_USES),
        point=table.point("at"),
        provenance=provenance(table, default),
    )

"""``airport-brain airport``: the model of record of an airport, and data of others beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from airport_brain.cli.airport_data import airport_models, own_folder
from airport_brain.cli.airport_routes import cut_off, route
from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data
from service_bus import BusError
from spatiotemporal.airport_model import AirportModel, exchange, forget, install, write_layers
from spatiotemporal.airport_model import check as check_airport
from spatiotemporal.airport_model.check_report import report as check_report
from spatiotemporal.scene import write_scene

app = typer.Typer(
    help="The airport model: check it, build its layers, bring in and compare others' data.",
    no_args_is_help=True,
)

app.command("route")(route)
app.command("cut-off")(cut_off)

Icao = Annotated[str, typer.Argument(help="ICAO code, e.g. ZSSS.")]
Crs = Annotated[
    str, typer.Option(help="Coordinate system: WGS84, CGCS2000, GCJ-02, local:ICAO, EPSG:number.")
]
NOTICES_SHOWN = 5
"""Of each kind, in a table for people."""

Collections = Mapping[str, Mapping[str, object]]
_FILES = "apt.dat, OpenStreetMap, GeoJSON, GeoPackage, shapefile, CityJSON, IFC, or a folder."


@app.command("list")
def list_airports(data: Data = None, as_json: Json = False) -> None:
    """Show the airports: those that have a description, and those that were imported."""
    rows = []
    for model in airport_models(data).readable():
        airport = model.airport
        rows.append(
            {
                "icao": airport.icao,
                "iata": airport.iata,
                "name_zh": airport.name_zh,
                "name_en": airport.name_en,
                "runways": len(airport.runways),
                "stands": len(airport.stands),
                "from": "import" if model.alone else "description",
            }
        )
    columns = ["icao", "iata", "name_zh", "name_en", "runways", "stands", "from"]
    print_rows(rows, columns, as_json=as_json)


@app.command("check")
def check(
    icao: Icao,
    report: Annotated[str, typer.Option(help="HTML file to write, with pictures.")] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Validate an airport; ends with status 1 when a rule is broken."""
    airport = _model(icao, data).airport
    findings = check_airport(airport)
    if report:
        Path(report).write_text(check_report(airport, findings), encoding="utf-8")
    rows = [{"rule": f.rule, "element": f.element, "message": f.message} for f in findings]
    if as_json:
        print_json(rows)
    elif rows:
        print_rows(rows, ["rule", "element", "message"], as_json=False)
    else:
        screen.print(f"{icao.upper()}: every rule holds")
    if rows:
        raise typer.Exit(1)


@app.command("build")
def build(
    icao: Icao,
    folder: Annotated[str, typer.Argument(help="Where to write GeoJSON and GeoPackage.")],
    scene: Annotated[
        bool, typer.Option("--scene", help="Also write 3D Tiles, models and CityJSON.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the layers of an airport as GeoJSON files and one GeoPackage."""
    model = _model(icao, data)
    written = write_layers(model.airport, Path(folder), model.drawn)
    if scene:
        written += write_scene(model.airport, Path(folder) / "scene")
    _tell_written(written, folder, as_json=as_json)


@app.command("export")
def export(
    icao: Icao,
    folder: Annotated[str, typer.Argument(help="Where to write.")],
    kind: Annotated[str, typer.Option(help="geojson, gpkg or shp.")] = "gpkg",
    crs: Crs = "WGS84",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the layers for other programs: AMDB names, any coordinate system."""
    drawn = _model(icao, data).drawn
    try:
        written = exchange.write(drawn, Path(folder), icao=icao, kind=kind, crs=crs)
    except BusError as error:
        raise fail(str(error)) from error
    _tell_written(written, folder, as_json=as_json)


@app.command("import")
def import_layers(
    path: Annotated[str, typer.Argument(help=_FILES)],
    icao: Annotated[str, typer.Option(help="The airport; picks it out of an apt.dat.")],
    into: Annotated[str, typer.Option(help="Folder to write to; without it, only counts.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Serve these layers instead of ours from now on.")
    ] = False,
    alone: Annotated[
        bool,
        typer.Option("--alone", help="Make the airport of these data alone, not of a description."),
    ] = False,
    crs: Crs = "",
    source: Annotated[str, typer.Option(help="What to name as source of the data.")] = "",
    pick: Annotated[
        str, typer.Option(help="What an apt.dat calls the airport, if not as --icao does.")
    ] = "",
    name_zh: Annotated[str, typer.Option(help="Chinese name of the airport.")] = "",
    name_en: Annotated[str, typer.Option(help="English name of the airport.")] = "",
    iata: Annotated[str, typer.Option(help="IATA code.")] = "",
    time_zone: Annotated[str, typer.Option(help="Like Asia/Shanghai; UTC when not told.")] = "",
    elevation_m: Annotated[float | None, typer.Option(help="Above mean sea level.")] = None,
    geoid_m: Annotated[
        float | None, typer.Option(help="Mean sea level above the WGS84 ellipsoid there.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Read others' data of an airport into the project's layers, and count them."""
    collections, manifest = _read(path, icao, crs=crs, source=source, pick=pick)
    told = {
        "name_zh": name_zh, "name_en": name_en, "iata": iata, "time_zone": time_zone,
        "elevation_m": elevation_m, "geoid_m": geoid_m,
    }  # fmt: skip
    manifest |= {name: value for name, value in told.items() if value not in ("", None)}
    if replace or alone:
        try:
            install(own_folder(data), icao, collections, manifest, alone=alone)
        except (BusError, OSError) as error:
            raise fail(str(error)) from error
    if into:
        _write_import(Path(into), icao, collections, manifest)
    _tell_import(icao, collections, manifest, as_json=as_json)


@app.command("forget")
def forget_import(icao: Icao, data: Data = None, as_json: Json = False) -> None:
    """Take imported layers of an airport away; a description, where there is one, holds again."""
    try:
        count = forget(own_folder(data), icao)
    except OSError as error:
        raise fail(str(error)) from error
    if not count:
        raise fail(f"{icao.upper()} has no imported layers")
    if as_json:
        print_json({"icao": icao.upper(), "files": count})
    else:
        screen.print(f"{icao.upper()}: {count} files taken away")


def _write_import(
    folder: Path, icao: str, collections: Collections, manifest: dict[str, object]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, collection in collections.items():
        (folder / f"{icao.upper()}_{name}.geojson").write_bytes(orjson.dumps(collection))
    told = {**manifest, "layers": _counts(collections)}
    text = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    (folder / f"{icao.upper()}_manifest.json").write_bytes(text)


def _tell_import(
    icao: str, collections: Collections, manifest: dict[str, object], *, as_json: bool
) -> None:
    counts = _counts(collections)
    if as_json:
        print_json({**manifest, "layers": counts})
        return
    rows = [{"layer": name, "features": count} for name, count in counts.items()]
    print_rows(rows, ["layer", "features"], as_json=False, title=icao.upper())
    notices = manifest.get("notices")
    _tell_notices(notices if isinstance(notices, list) else [])


def _tell_notices(notices: list[dict[str, str]]) -> None:
    """The first notices of each kind, and how many more there are."""
    seen = Counter[str]()
    for notice in notices:
        seen[notice["code"]] += 1
        if seen[notice["code"]] <= NOTICES_SHOWN:
            text = f"{notice['position']}: {notice['text']} ({notice['code']})"
            # File texts stand in it: brackets are no markup.
            screen.print(text, markup=False)
    for code, count in seen.items():
        if count > NOTICES_SHOWN:
            more = f"{count - NOTICES_SHOWN} more of {code}; --json or the manifest lists all"
            screen.print(more, markup=False)


def _counts(collections: Collections) -> dict[str, int]:
    return {name: len(_features(one)) for name, one in collections.items()}


@app.command("diff")
def diff(
    first: Annotated[str, typer.Argument(help="ICAO code of an airport, or files as import.")],
    second: Annotated[str, typer.Argument(help="What to compare it with, the same way.")],
    icao: Annotated[str, typer.Option(help="The airport in files that hold several.")] = "",
    picture: Annotated[str, typer.Option(help="SVG file to draw the differences into.")] = "",
    layer: Annotated[list[str] | None, typer.Option(help="Only this layer; repeatable.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Compare two sets of layers: counts, and what came, went, moved and changed."""
    known = airport_models(data).airports()
    code = icao or (first if first.upper() in known else second)
    sides = [
        _of_layers(
            _model(text, data).drawn if text.upper() in known else _read(text, code)[0], layer or []
        )
        for text in (first, second)
    ]
    try:
        found = exchange.compare(*sides)
    except ValueError as error:
        raise fail(str(error)) from error
    if picture:
        title = f"{first} / {second}"
        Path(picture).write_text(exchange.diff_picture(found, title=title), encoding="utf-8")
    rows = found.table()
    print_rows(rows, list(rows[0]) if rows else [], as_json=as_json)


def _of_layers(drawn: Collections, wanted: list[str]) -> Collections:
    return {name: one for name, one in drawn.items() if not wanted or name in wanted}


def _read(
    path: str, icao: str, *, crs: str = "", source: str = "", pick: str = ""
) -> tuple[dict[str, dict[str, object]], dict[str, object]]:
    today = datetime.now(UTC).date()
    try:
        return exchange.read(
            Path(path), icao=icao, valid_from=today, crs=crs, source=source, pick=pick
        )
    except (BusError, OSError, ValueError) as error:
        raise fail(str(error)) from error


def _features(collection: Mapping[str, object]) -> list[object]:
    listed = collection["features"]
    assert isinstance(listed, list)
    return listed


def _tell_written(written: list[Path], folder: str, *, as_json: bool) -> None:
    if as_json:
        print_json([str(path) for path in written])
    else:
        screen.print(f"{len(written)} files written to {folder}")


def _model(icao: str, data: str | None) -> AirportModel:
    try:
        return airport_models(data).model(icao)
    except BusError as error:
        raise fail(str(error)) from error

"""``airport-brain airport``: the model of record of an airport, and data of others beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from airport_brain.cli.airport_routes import cut_off, route
from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded
from service_bus import BusError
from spatiotemporal.airport_model import (
    Airport,
    exchange,
    known_airports,
    load_airport,
    write_layers,
    write_own_layers,
)
from spatiotemporal.airport_model import check as check_airport
from spatiotemporal.airport_model import layers as draw_layers
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
Collections = Mapping[str, Mapping[str, object]]


@app.command("list")
def list_airports(as_json: Json = False) -> None:
    """Show the airports that have a description."""
    rows = []
    for icao in known_airports():
        airport = load_airport(icao)
        rows.append(
            {
                "icao": airport.icao,
                "iata": airport.iata,
                "name_zh": airport.name_zh,
                "name_en": airport.name_en,
                "runways": len(airport.runways),
                "stands": len(airport.stands),
            }
        )
    print_rows(rows, ["icao", "iata", "name_zh", "name_en", "runways", "stands"], as_json=as_json)


@app.command("check")
def check(
    icao: Icao,
    report: Annotated[str, typer.Option(help="HTML file to write, with pictures.")] = "",
    as_json: Json = False,
) -> None:
    """Validate a description; ends with status 1 when a rule is broken."""
    airport = _airport(icao)
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
    as_json: Json = False,
) -> None:
    """Write the layers of an airport as GeoJSON files and one GeoPackage."""
    airport = _airport(icao)
    written = write_layers(airport, Path(folder))
    if scene:
        written += write_scene(airport, Path(folder) / "scene")
    _tell_written(written, folder, as_json=as_json)


@app.command("export")
def export(
    icao: Icao,
    folder: Annotated[str, typer.Argument(help="Where to write.")],
    kind: Annotated[str, typer.Option(help="geojson, gpkg or shp.")] = "gpkg",
    crs: Crs = "WGS84",
    as_json: Json = False,
) -> None:
    """Write the layers for other programs: AMDB names, any coordinate system."""
    try:
        drawn = draw_layers(_airport(icao))
        written = exchange.write(drawn, Path(folder), icao=icao, kind=kind, crs=crs)
    except BusError as error:
        raise fail(str(error)) from error
    _tell_written(written, folder, as_json=as_json)


@app.command("import")
def import_layers(
    path: Annotated[str, typer.Argument(help="apt.dat, GeoJSON, GeoPackage, shapefile or folder.")],
    icao: Annotated[str, typer.Option(help="The airport; picks it out of an apt.dat.")],
    into: Annotated[str, typer.Option(help="Folder to write to; without it, only counts.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Serve these layers instead of ours from now on.")
    ] = False,
    crs: Crs = "",
    source: Annotated[str, typer.Option(help="What to name as source of the data.")] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Read others' data of an airport into the project's layers, and count them."""
    collections, manifest = _read(path, icao, crs=crs, source=source)
    counts = {name: len(_features(one)) for name, one in collections.items()}
    if replace:
        write_own_layers(own_folder(loaded(data).data_dir), icao, collections)
    if into:
        folder = Path(into)
        folder.mkdir(parents=True, exist_ok=True)
        for name, collection in collections.items():
            (folder / f"{icao.upper()}_{name}.geojson").write_bytes(orjson.dumps(collection))
        told = {**manifest, "layers": counts}
        text = orjson.dumps(told, option=orjson.OPT_INDENT_2)
        (folder / f"{icao.upper()}_manifest.json").write_bytes(text)
    if as_json:
        print_json({**manifest, "layers": counts})
        return
    rows = [{"layer": name, "features": count} for name, count in counts.items()]
    print_rows(rows, ["layer", "features"], as_json=False, title=icao.upper())
    notices = manifest.get("notices")
    for notice in notices if isinstance(notices, list) else []:
        screen.print(f"{notice['position']}: {notice['text']} ({notice['code']})")


@app.command("diff")
def diff(
    first: Annotated[str, typer.Argument(help="ICAO code of a description, or files as import.")],
    second: Annotated[str, typer.Argument(help="What to compare it with, the same way.")],
    icao: Annotated[str, typer.Option(help="The airport in files that hold several.")] = "",
    picture: Annotated[str, typer.Option(help="SVG file to draw the differences into.")] = "",
    layer: Annotated[list[str] | None, typer.Option(help="Only this layer; repeatable.")] = None,
    as_json: Json = False,
) -> None:
    """Compare two sets of layers: counts, and what came, went, moved and changed."""
    code = icao or (first if first.upper() in known_airports() else second)
    sides = [_side(text, code, layer or []) for text in (first, second)]
    try:
        found = exchange.compare(*sides)
    except ValueError as error:
        raise fail(str(error)) from error
    if picture:
        title = f"{first} / {second}"
        Path(picture).write_text(exchange.diff_picture(found, title=title), encoding="utf-8")
    rows = found.table()
    print_rows(rows, list(rows[0]) if rows else [], as_json=as_json)


def own_folder(data_dir: Path) -> Path:
    """Where the platform looks for operators' own layers."""
    return data_dir / "airports"


def _side(text: str, icao: str, wanted: list[str]) -> Collections:
    described = text.upper() in known_airports()
    drawn = draw_layers(_airport(text)) if described else _read(text, icao)[0]
    return {name: one for name, one in drawn.items() if not wanted or name in wanted}


def _read(
    path: str, icao: str, *, crs: str = "", source: str = ""
) -> tuple[dict[str, dict[str, object]], dict[str, object]]:
    today = datetime.now(UTC).date()
    try:
        return exchange.read(Path(path), icao=icao, valid_from=today, crs=crs, source=source)
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


def _airport(icao: str) -> Airport:
    try:
        return load_airport(icao.upper())
    except LookupError as error:
        raise fail(str(error)) from error

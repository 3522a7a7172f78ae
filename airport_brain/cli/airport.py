"""``airport-brain airport``: the model of record of an airport."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from spatiotemporal.airport_model import check as check_airport
from spatiotemporal.airport_model import known_airports, load_airport, write_layers

app = typer.Typer(help="The airport model: check it, build its layers.", no_args_is_help=True)

Icao = Annotated[str, typer.Argument(help="ICAO code, e.g. ZSSS.")]


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
def check(icao: Icao, as_json: Json = False) -> None:
    """Validate a description; ends with status 1 when a rule is broken."""
    findings = check_airport(_airport(icao))
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
    as_json: Json = False,
) -> None:
    """Write the layers of an airport as GeoJSON files and one GeoPackage."""
    written = write_layers(_airport(icao), Path(folder))
    if as_json:
        print_json([str(path) for path in written])
    else:
        screen.print(f"{len(written)} files written to {folder}")


def _airport(icao: str):  # type: ignore[no-untyped-def]
    try:
        return load_airport(icao.upper())
    except LookupError as error:
        raise fail(str(error)) from error

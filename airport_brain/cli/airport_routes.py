"""``airport-brain airport route`` and ``cut-off``: ways through an airport from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from airport_brain.cli.airport_data import airport_models
from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data
from service_bus import BusError
from spatiotemporal.airport_model.routing import Mode, RouteService

Icao = Annotated[str, typer.Argument(help="ICAO code, e.g. ZSSS.")]
Closed = Annotated[
    list[str] | None,
    typer.Option(help="Taxiway, road or stand (stand:221) taken as closed; repeatable."),
]
Drive = Annotated[bool, typer.Option("--drive", help="On service roads instead of taxiways.")]


def route(
    icao: Icao,
    start: Annotated[str, typer.Argument(help="stand:221, runway:36R, facility:fuel.")],
    goal: Annotated[str, typer.Argument(help="The same way.")],
    code: Annotated[str, typer.Option(help="Size letter of the aircraft, A to F.")] = "A",
    closed: Closed = None,
    drive: Drive = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Find the quickest way between two places, and how long it takes."""
    mode: Mode = "drive" if drive else "taxi"
    try:
        found = _service(data).route(
            icao, mode, start, goal, datetime.now(UTC), code=code.upper(), closed=closed or ()
        )
    except BusError as error:
        raise fail(str(error)) from error
    legs = [
        {"line": leg.name, "kind": leg.kind, "metres": round(leg.to_m - leg.from_m)}
        for leg in found.route.legs
    ]
    seconds = {f"p{share}": round(found.time.quantile(share / 100)) for share in (10, 50, 90)}
    if as_json:
        length = round(found.route.length_m)
        print_json(
            {"length_m": length, "free_s": round(found.time.free_s), **seconds, "legs": legs}
        )
        return
    print_rows(legs, ["line", "kind", "metres"], as_json=False)
    shown = ", ".join(f"{name} {value} s" for name, value in seconds.items())
    screen.print(f"{found.route.length_m:.0f} m, {found.time.free_s:.0f} s at full speed; {shown}")


def cut_off(
    icao: Icao,
    closed: Closed = None,
    drive: Drive = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show which stands lose their ways when something is closed."""
    mode: Mode = "drive" if drive else "taxi"
    try:
        found = _service(data).cut_off(icao, mode, datetime.now(UTC), closed=closed or ())
    except BusError as error:
        raise fail(str(error)) from error
    rows = [
        {"stand": one.stand, "code": one.code, "inbound": one.inbound, "outbound": one.outbound}
        for one in found
    ]
    if rows or as_json:
        print_rows(rows, ["stand", "code", "inbound", "outbound"], as_json=as_json)
    else:
        screen.print("no stand is cut off")


def _service(data: str | None) -> RouteService:
    """Routes of all airports; restrictions are the platform's and not seen here."""
    return RouteService(airport_models(data).model, lambda icao, start, end: [])

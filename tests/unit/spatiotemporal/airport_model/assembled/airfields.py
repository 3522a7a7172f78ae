"""Invented airports as apt.dat files of several editions and styles, written from metres.

None of them lies anywhere in particular; each has what its style has in the wild: a taxi network with
zones (1200), painted lines that end short of each other (1000), rectangles and rounded frequencies
(810, and 1000 written by old converters), a heliport, a seaplane base, an airstrip without anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from spatiotemporal.airport_model.frame import Frame, Point, moved

FRAME = Frame(latitude=-33.2, longitude=151.4, bearing_deg=0.0)
"""South of the equator and east of 180 degrees west: signs that the two real airports do not have."""


def at(*points: Point) -> list[str]:
    """Latitude and longitude as the format writes them."""
    return [f"{lat:.8f} {lon:.8f}" for lat, lon in FRAME.positions(points)]


def file(edition: int, rows: Iterable[str], *, end: bool = True, kind: int = 1) -> str:
    """A file with one airport, XNEW."""
    head = ["I", f"{edition} Version - written by hand", "", f"{kind} 128 1 0 XNEW New Field"]
    return "\n".join([*head, *rows, *(["99"] if end else [])]) + "\n"


def runway(one: str, other: str, start: Point, end: Point, width: float = 45.0) -> str:
    """Row 100."""
    a, b = at(start, end)
    return (
        f"100 {width:.2f} 1 0 0.25 1 2 1 {one} {a} 60.00 0.00 3 1 1 1 {other} {b} 0.00 0.00 3 0 0 0"
    )


def ring(code: int, head: str, corners: list[Point]) -> list[str]:
    """Rows 110 or 130 with straight nodes."""
    places = at(*corners)
    return [f"{code} {head}", *(f"111 {p}" for p in places[:-1]), f"113 {places[-1]}"]


def line(name: str, points: list[Point], paint: int = 1) -> list[str]:
    """Row 120."""
    places = at(*points)
    return [f"120 {name}", *(f"111 {p} {paint}" for p in places[:-1]), f"115 {places[-1]}"]


def rectangle(middle: Point, heading: float, length_m: float, width_m: float, number: str) -> str:
    """Row 10, in feet."""
    (place,) = at(middle)
    long, wide = length_m / 0.3048, width_m / 0.3048
    return f"10 {place} {number} {heading:.2f} {long:.0f} 0.0 0.0 {wide:.0f} 161161 2 0 0 0.00 0"


APRON = [(200.0, -300.0), (420.0, -300.0), (420.0, 300.0), (200.0, 300.0)]
STANDS = [(330.0, y) for y in (-200.0, -120.0, -40.0, 40.0, 120.0, 200.0)]
"""Aircraft stand here, noses to the east."""


def network_1200() -> str:
    """Taxi network, sizes, jet bridges, service roads, flows: what new files have."""
    nodes = {
        0: (0.0, -900.0), 1: (0.0, 0.0), 2: (0.0, 900.0), 3: (120.0, -900.0), 4: (120.0, 0.0),
        5: (120.0, 900.0), 6: (260.0, 0.0), 7: (260.0, -220.0), 8: (260.0, 220.0),
        20: (430.0, -300.0), 21: (430.0, 300.0),
    }  # fmt: skip
    edges = [
        "1202 0 1 twoway runway 17/35", "1202 1 2 twoway runway 17/35",
        "1202 3 4 twoway taxiway_E A", "1202 4 5 twoway taxiway_E A",
        "1202 0 3 twoway taxiway_E A1", "1204 departure 17,35", "1202 1 4 oneway taxiway_E A2",
        "1202 2 5 twoway taxiway_E A3", "1202 4 6 twoway taxiway_D B", "1202 6 7 twoway taxiway_C L",
        "1202 6 8 twoway taxiway_C L", "1206 20 21 twoway Road",
    ]  # fmt: skip
    rows = [
        "1302 city Newtown", "1302 icao_code ZZNE", "1302 iata_code NEW",
        "1302 datum_lat -33.2", "1302 datum_lon 151.4",
        runway("17", "35", (0.0, 1100.0), (0.0, -1100.0)),
        *ring(110, "2 0.25 90.00 Main apron", APRON),
        *ring(110, "1 0.25 0.00 Terminal 1", [(440, -150), (520, -150), (520, 150), (440, 150)]),
        "1000 All", "1004 0000 2400", "1110 35 118700 arrivals|departures jets 000360 300360 North",
        "1200",
        *(f"1201 {at(place)[0]} both {n}" for n, place in nodes.items()),
        *edges,
    ]  # fmt: skip
    for number, place in enumerate(STANDS, start=1):
        rows += [f"1300 {at(place)[0]} 90.00 gate jets|turboprops Gate {number}"]
        rows += [f"1301 {'D' if number == 3 else 'C'} airline qfa"]
    rows += [f"1500 {at((372.0, STANDS[2][1] + 12.0))[0]} 250.0 0 2 15.0 14.0 20.0"]
    rows += ["1050 127850 ATIS", "1054 118700 Tower", f"19 {at((90.0, 500.0))[0]} 1 Windsock"]
    return file(1200, rows)


def painted_1000() -> str:
    """Painted lines that end 5 m short of each other, stands as rows 15, no end."""
    rows = [
        runway("17L", "35R", (0.0, 1100.0), (0.0, -1100.0)),
        runway("17R", "35L", (-800.0, 700.0), (-800.0, -700.0), 30.0),
        *ring(110, "1 0.25 90.00 Apron", APRON),
        *ring(110, "1 0.25 90.00 Taxi", [(20, -950), (140, -950), (140, 950), (20, 950)]),
        *line("Alpha", [(120.0, -905.0), (120.0, 0.0), (120.0, 905.0)]),
        *line("A1", [(2.0, -900.0), (115.0, -900.0)], 51),
        *line("A3", [(0.0, 900.0), (116.0, 900.0)]),
        *line("Lane", [(126.0, 0.0), (260.0, 0.0)]),
        *line("Lane L", [(260.0, -230.0), (260.0, 230.0)]),
        *line("Cross", [(-800.0, 0.0), (-4.0, 0.0)]),
        *line("Hold", [(80.0, -915.0), (80.0, -885.0)], 4),
    ]
    for number, (x, y) in enumerate(STANDS, start=1):
        rows += [f"15 {at((x, y))[0]} 90.00 Bay {number}"]
        rows += line(f"Lead {number}", [(265.0, y), (338.0, y)])
    rows += [f"14 {at((500.0, 0.0))[0]} 90 0 Tower", "50 12785 ATIS", "54 11870 TWR"]
    return file(1000, rows, end=False)


def rectangles_810() -> str:
    """Edition 810: everything is a rectangle about its middle."""
    rows = [
        rectangle((0.0, 0.0), 350.0, 2200.0, 45.0, "35x"),
        rectangle((130.0, 0.0), 350.0, 2000.0, 23.0, "xxx"),
        rectangle((-110.0, 960.0), 80.0, 160.0, 23.0, "xxx"),
        rectangle((245.0, -940.0), 80.0, 160.0, 23.0, "xxx"),
        rectangle((230.0, 20.0), 80.0, 180.0, 23.0, "xxx"),
        rectangle((420.0, 50.0), 350.0, 400.0, 200.0, "xxx"),
        rectangle((380.0, 300.0), 0.0, 20.0, 20.0, "H1x"),
    ]
    rows += [f"15 {at((330.0 + 8 * n, 0.0 + 50 * n))[0]} 80.00 Ramp" for n in range(3)]
    return file(810, [*rows, "50 12785 ATIS"])


def heliport() -> str:
    """Row 17: pads and nothing else."""
    pads = [f"102 H{n} {at((60.0 * n, 0.0))[0]} 45.00 20.00 20.00 2 0 0 0.25 1" for n in (1, 2, 3)]
    return file(1100, [*pads, f"19 {at((0.0, 30.0))[0]} 0 Sock"], kind=17)


def seaplane_base() -> str:
    """Row 16: a water runway with buoys and two ramps."""
    a, b = at((-400.0, -400.0), (400.0, 400.0))
    rows = [f"101 60 1 05 {a} 23 {b}", f"1300 {at((300.0, -100.0))[0]} 10.0 misc props Dock"]
    return file(1050, [*rows, "1301 A general_aviation"], kind=16)


def strip() -> str:
    """A grass runway whose numbers say nothing."""
    return file(850, [runway("N", "S", (0.0, 400.0), (0.0, -400.0), 20.0)])


STYLES = {
    "network-1200": network_1200,
    "painted-1000": painted_1000,
    "rectangles-810": rectangles_810,
    "heliport": heliport,
    "seaplane-base": seaplane_base,
    "strip": strip,
}


def along(start: Point, heading: float, metres: float) -> Point:
    """A place some metres ahead."""
    return moved(start, heading, metres)

"""A generated day for stand allocation: 170 stands of two terminals and the turns of a busy day.

Not measured anywhere: departure data hold no turns, and no published set of instances exists. What
goes in is stated here, every draw comes from one seed, and the stands do not depend on it.

- Stands: 86 at bridges, 84 remote. Terminal 1 is domestic; terminal 2 has domestic, swing and
  international piers. Ten positions take one wide aircraft on the centre line (code E) or two narrow
  ones left and right of it: three stand names, the centre excludes both sides. On the international
  pier a code F aircraft keeps E and F off the stands beside it.
- Turns: two flights each. Two waves and a plateau between 05:30 and 23:00 local; 77 % narrow (C),
  2 % D, 19 % E, 2 % F; ground times by size; 7 % stay for 4.5 to 9 hours; every tenth aircraft is
  there overnight at either end of the day.
- Airlines: eight with home terminals; each of the large ones prefers one or two piers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from ai_center.optimisers.stands import (
    BOTH,
    Adjacency,
    Border,
    Letter,
    Stand,
    StandDay,
    StandRules,
    Turn,
)

SEED: Final = 20_260_601
DAY_MIN: Final = 29_671_200
"""2026-06-01 00:00 in Shanghai, minutes since 1970 UTC (2026-05-31 16:00 UTC)."""

DOMESTIC: Final[frozenset[Border]] = frozenset({"domestic"})
INTERNATIONAL: Final[frozenset[Border]] = frozenset({"international"})

PIERS: Final[tuple[tuple[str, str, int, Letter, frozenset[Border]], ...]] = (
    # zone, terminal, stands, size, borders
    ("T1-A", "T1", 12, "C", DOMESTIC),
    ("T1-B", "T1", 12, "C", DOMESTIC),
    ("T2-D", "T2", 14, "C", DOMESTIC),
    ("T2-E", "T2", 10, "C", BOTH),
)
DOUBLES: Final[tuple[tuple[str, str, int, frozenset[Border]], ...]] = (
    # zone, terminal, positions for one wide or two narrow, borders
    ("T1-M", "T1", 3, DOMESTIC),
    ("T2-M", "T2", 7, BOTH),
)
WIDE_PIER: Final[tuple[tuple[Letter, int], ...]] = tuple(zip("EEFEEEFE", range(1, 9), strict=True))  # type: ignore[arg-type]
APRONS: Final[tuple[tuple[str, int, Letter, int], ...]] = (
    # zone, stands, size, minutes by bus
    ("R1", 28, "C", 6),
    ("R2", 22, "C", 9),
    ("R3", 8, "D", 9),
    ("R4", 20, "E", 11),
    ("R5", 6, "F", 14),
)
AIRLINES: Final[tuple[tuple[str, str, int, tuple[str, ...]], ...]] = (
    # code, terminal, share of the turns in percent, preferred zones
    ("MU", "T1", 24, ("T1-A", "T1-M")),
    ("FM", "T1", 12, ("T1-B",)),
    ("9C", "T1", 10, ()),
    ("CA", "T2", 14, ("T2-D", "T2-M")),
    ("CZ", "T2", 14, ("T2-D",)),
    ("HO", "T2", 12, ("T2-E", "T2-M")),
    ("CX", "T2", 6, ("T2-G",)),
    ("LH", "T2", 8, ("T2-G", "T2-M")),
)


def generate(*, seed: int = SEED, turns: int = 1_000, day_min: int = DAY_MIN) -> StandDay:
    """Make a day; the same seed gives the same one. ``turns`` of two flights each."""
    draw = random.Random(seed)
    stands, adjacencies = airport()
    rules = StandRules(preferred={a[0]: frozenset(a[3]) for a in AIRLINES if a[3]})
    made = tuple(_turn(draw, number, turns, day_min) for number in range(turns))
    made = tuple(sorted(made, key=lambda turn: (turn.in_block_min, turn.name)))
    return StandDay(stands=stands, adjacencies=adjacencies, turns=made, rules=rules)


def airport() -> tuple[tuple[Stand, ...], tuple[Adjacency, ...]]:
    """The 170 stands and what excludes what."""
    stands: list[Stand] = []
    adjacencies: list[Adjacency] = []
    for zone, terminal, count, size, borders in PIERS:
        stands += [
            _bridge(f"{zone}{n}", zone, size, terminal, borders, _walk(n, count))
            for n in range(1, count + 1)
        ]
    for zone, terminal, count, borders in DOUBLES:
        for n in range(1, count + 1):
            found, rules = _double(zone, terminal, n, borders, _walk(n, count))
            stands += found
            adjacencies += rules
    for size, n in WIDE_PIER:
        stands.append(_bridge(f"T2-G{n}", "T2-G", size, "T2", INTERNATIONAL, _walk(n, 8)))
        if size == "F":
            adjacencies += [
                Adjacency(stand=f"T2-G{n}", size="F", neighbour=f"T2-G{m}", neighbour_size="E")
                for m in (n - 1, n + 1)
            ]
    stands += _remote()
    return tuple(stands), tuple(adjacencies)


def _walk(number: int, count: int) -> int:
    """Minutes from the centre of a pier's terminal: near, middle, far third."""
    return (4, 7, 10)[min(2, 3 * (number - 1) // count)]


def _bridge(
    name: str, zone: str, size: Letter, terminal: str, borders: frozenset[Border], walk: int
) -> Stand:
    return Stand(
        name=name,
        zone=zone,
        size=size,
        contact=True,
        terminal=terminal,
        borders=borders,
        access_min=walk,
    )


def _double(
    zone: str, terminal: str, number: int, borders: frozenset[Border], walk: int
) -> tuple[list[Stand], list[Adjacency]]:
    centre = f"{zone}{number}"
    sides = (f"{centre}L", f"{centre}R")
    stands = [_bridge(centre, zone, "E", terminal, borders, walk)]
    stands += [_bridge(side, zone, "C", terminal, borders, walk) for side in sides]
    rules = [
        Adjacency(stand=centre, size="A", neighbour=side, neighbour_size="A") for side in sides
    ]
    return stands, rules


def _remote() -> Iterator[Stand]:
    for zone, count, size, minutes in APRONS:
        for n in range(1, count + 1):
            yield Stand(
                name=f"{zone}-{n:02d}", zone=zone, size=size, contact=False, access_min=minutes
            )


def _turn(draw: random.Random, number: int, turns: int, day_min: int) -> Turn:
    airline, terminal, *_ = draw.choices(AIRLINES, [a[2] for a in AIRLINES])[0]
    size: Letter = draw.choices(("C", "D", "E", "F"), _mix(airline))[0]
    start, end = _times(draw, number, turns, size)
    seats = {"C": 174, "D": 220, "E": 300, "F": 420}[size]
    arrives, departs = (_border(draw, airline) for _ in range(2))
    if draw.random() < 0.8:
        departs = arrives
    return Turn(
        name=f"{airline}{number:04d}",
        airline=airline,
        terminal=terminal,
        size=size,
        arrives=arrives,
        departs=departs,
        in_block_min=day_min + start,
        off_block_min=day_min + end,
        passengers_in=round(seats * draw.uniform(0.55, 0.98)),
        passengers_out=round(seats * draw.uniform(0.55, 0.98)),
    )


def _mix(airline: str) -> tuple[int, int, int, int]:
    """Weights of C, D, E, F in an airline's fleet."""
    if airline in ("CX", "LH"):
        return 25, 5, 66, 4
    return 88, 2, 9, 1


def _border(draw: random.Random, airline: str) -> Border:
    share = {"CX": 1.0, "LH": 1.0, "HO": 0.2, "CA": 0.2, "CZ": 0.12}.get(airline, 0.0)
    return "international" if draw.random() < share else "domestic"


def _times(draw: random.Random, number: int, turns: int, size: Letter) -> tuple[int, int]:
    """In-block and off-block, minutes of the local day; multiples of five, as schedules are."""
    ground = {"C": (45, 85), "D": (60, 110), "E": (80, 140), "F": (100, 160)}[size]
    stays = draw.uniform(*ground)
    kind = draw.random()
    if kind < 0.05:
        leaves = draw.triangular(340, 640, 420)
        return _five(-draw.uniform(60, 300)), _five(leaves)
    if kind < 0.10:
        return _five(draw.triangular(1080, 1400, 1330)), _five(1440 + draw.uniform(330, 560))
    if kind < 0.17:
        stays = draw.uniform(270, 540)
    flat = draw.uniform(330, 1340)
    arrives = draw.choice((_wave(draw, 520), _wave(draw, 1100), flat, flat))
    return _five(arrives), _five(arrives + stays)


def _wave(draw: random.Random, middle: float) -> float:
    return min(1350.0, max(300.0, draw.gauss(middle, 110)))


def _five(minutes: float) -> int:
    return 5 * round(minutes / 5)

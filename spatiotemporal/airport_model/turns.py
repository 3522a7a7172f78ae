"""Curves that join the lines of a taxi graph: what a nose wheel follows from one into the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from spatiotemporal.airport_model import shapes
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.network import Edge, Network

LEAST_TURN_DEG = 8.0
"""Below this two lines count as one straight line."""

MOST_TURN_DEG = 125.0
"""Above this the turn doubles back; nobody paints or paves it."""

RADIUS_M = 45.0
"""Centre line radius of a turn (Doc 9157 part 2: about right for code E at 30 km/h)."""

FAST_RADIUS_M = 550.0
"""Turn-off radius of a rapid exit (Annex 14, 3.9.17: at least 550 m for code 3 and 4)."""

FAST_TURN_DEG = 50.0
LEG_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One curve at a junction.

    Attributes:
        strand: id of the line that it belongs to in drawings (never the runway's).
        kind: ``taxiway``, ``runway`` (onto or off a runway) or ``lead_in``.
    """

    node: str
    strand: str
    kind: str
    corner: Point
    points: tuple[Point, ...]


def turns(network: Network) -> tuple[Turn, ...]:
    """The curves of all junctions, in the order of the nodes."""
    found: list[Turn] = []
    for node, corner in network.points.items():
        found.extend(_at(node, corner, _leaving(network, node)))
    return tuple(found)


def _leaving(network: Network, node: str) -> list[Edge]:
    """Edges as seen from a node, one-way ones against their direction too."""
    out = network.leaving(node)
    ends = {edge.end for edge in out}
    into = [data["edge"] for *_, data in network.graph.in_edges(node, data=True)]
    return [*out, *(edge.turned() for edge in into if edge.start not in ends)]


def _at(node: str, corner: Point, edges: Sequence[Edge]) -> Iterable[Turn]:
    for one, other in combinations(edges, 2):
        turn = abs(shapes.turn_deg(one.points[1], corner, other.points[1]))
        kinds = {one.kind, other.kind}
        if not LEAST_TURN_DEG < turn < MOST_TURN_DEG or kinds == {"lead_in"}:
            continue
        drawn = other if one.kind == "runway" else one
        if drawn.kind == "runway":
            continue
        radius = FAST_RADIUS_M if turn < FAST_TURN_DEG else RADIUS_M
        room = LEG_SHARE * min(one.leg_m, other.leg_m)
        tangent = shapes.tangent_m(turn, radius, room)
        yield Turn(
            node=node,
            strand=drawn.strand,
            kind="runway" if "runway" in kinds else "lead_in" if "lead_in" in kinds else "taxiway",
            corner=corner,
            points=shapes.arc(one.points[1], corner, other.points[1], tangent),
        )

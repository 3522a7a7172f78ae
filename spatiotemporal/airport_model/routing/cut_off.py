"""Which stands nobody gets to, or away from, while something is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.routing.conditions import Conditions
from spatiotemporal.airport_model.routing.router import Router
from spatiotemporal.airport_model.stands import Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A stand that loses its ways at its own size.

    Attributes:
        inbound: there is no longer a way from any runway (or facility) to it.
        outbound: nor from it to any.
    """

    stand: str
    code: str
    inbound: bool
    outbound: bool


def cut_off(
    airport: Airport, router: Router, conditions: Conditions, *, places: Sequence[str] = ()
) -> tuple[CutOff, ...]:
    """Stands that conditions cut off, in the order of the airport.

    Args:
        router: of the taxiways, or of the service roads.
        places: where ways begin and end: all runway ends on taxiways, all facilities on roads.
    """
    ends = places or _ends(router)
    nodes = [router.network.node(place) for place in ends]
    found: list[CutOff] = []
    for code in sorted({stand.code for stand in airport.stands}):
        stands = [stand for stand in airport.stands if stand.code == code]
        found += _of_code(router, conditions, nodes, code, stands)
    order = {stand.number: index for index, stand in enumerate(airport.stands)}
    return tuple(sorted(found, key=lambda one: order[one.stand]))


def _ends(router: Router) -> list[str]:
    named = router.network.places()
    return [place for place in named if place.startswith(("runway:", "facility:"))]


def _of_code(
    router: Router, conditions: Conditions, nodes: Sequence[str], code: str, stands: Sequence[Stand]
) -> list[CutOff]:
    there, back = (
        router.reached(nodes, code, conditions, backwards=turned) for turned in (False, True)
    )
    free_there, free_back = (
        router.reached(nodes, code, router.free, backwards=turned) for turned in (False, True)
    )
    found = []
    for stand in stands:
        # An airport without service roads has no place of its stands on them.
        node = router.network.named.get(f"stand:{stand.number}", "")
        inbound = node in free_there and node not in there
        outbound = node in free_back and node not in back
        if inbound or outbound:
            found.append(CutOff(stand=stand.number, code=code, inbound=inbound, outbound=outbound))
    return found

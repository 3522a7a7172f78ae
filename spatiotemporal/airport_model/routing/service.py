"""Routes as people ask for them: with the restrictions of the thematic layers in force."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from spatiotemporal.airport_model import routes
from spatiotemporal.airport_model.errors import UnknownPlace
from spatiotemporal.airport_model.network import Network
from spatiotemporal.airport_model.routing.conditions import SpeedChange, Timetable, timetable
from spatiotemporal.airport_model.routing.cut_off import CutOff, cut_off
from spatiotemporal.airport_model.routing.router import Router
from spatiotemporal.airport_model.routing.timed import TimedWay, timed_way
from spatiotemporal.airport_model.routing.travel_times import Model, TravelTime
from spatiotemporal.airport_model.store import AirportModel
from spatiotemporal.airport_model.thematic.restrictions import Closures, Restriction, closures

Mode = Literal["taxi", "drive"]

AHEAD = timedelta(hours=7)
"""Restrictions are looked up this far: longer than any way may take."""

InForce = Callable[[str, datetime, datetime], Sequence[Restriction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A route with its clock and its spread."""

    timed: TimedWay
    route: routes.Route
    time: TravelTime


class RouteService:
    """Routes through described airports.

    Attributes:
        speeds: changes of speed that hold everywhere, e.g. during low visibility.
    """

    def __init__(
        self,
        model: Callable[[str], AirportModel],
        in_force: InForce,
        *,
        speeds: Sequence[SpeedChange] = (),
        travel_times: Model | None = None,
    ) -> None:
        self._model, self._in_force = model, in_force
        self._speeds, self._times = tuple(speeds), travel_times or Model()
        self._routers: dict[tuple[str, Mode], tuple[AirportModel, Router]] = {}
        self._lock = threading.Lock()

    def router(self, icao: str, mode: Mode) -> Router:
        """The router of an airport's taxiways or service roads.

        Raises:
            UnknownAirport: it is not described.
        """
        model = self._model(icao)
        with self._lock:
            key = model.airport.icao, mode
            kept = self._routers.get(key)
            # An airport that was imported anew is another object; its ways are others too.
            if kept is None or kept[0] is not model:
                network: Network = model.taxi_graph if mode == "taxi" else model.road_graph
                kept = model, Router(network, model.airport.frame)
                self._routers[key] = kept
            return kept[1]

    def route(
        self, icao: str, mode: Mode, start: str, goal: str, departs: datetime,
        *, code: str = "A", closed: Iterable[str] = (),
    ) -> Answer:  # fmt: skip
        """The quickest route for somebody who departs at a moment.

        Args:
            closed: lines (``B``) and stands (``stand:221``) closed beside those of the layers.

        Raises:
            UnknownAirport, UnknownPlace: no such airport or place.
            NoRoute: nothing joins them.
        """
        router, airport = self.router(icao, mode), self._model(icao).airport
        times = self._timetable(router, airport.icao, departs, extra=_closures(router, closed))
        found = timed_way(router, start, goal, departs, times, code=code)
        radius = routes.TAXI_RADIUS_M if mode == "taxi" else routes.ROAD_RADIUS_M
        route = routes.along(airport, found.way, radius_m=radius)
        return Answer(timed=found, route=route, time=self._times.time(found.way))

    def cut_off(
        self, icao: str, mode: Mode, at: datetime, *, closed: Iterable[str] = ()
    ) -> tuple[CutOff, ...]:
        """Stands without a way while something is closed.

        Raises:
            UnknownAirport: it is not described.
        """
        router, airport = self.router(icao, mode), self._model(icao).airport
        conditions, _ = self._timetable(
            router, airport.icao, at, extra=_closures(router, closed)
        ).at(at)
        return cut_off(airport, router, conditions)

    def _timetable(
        self, router: Router, icao: str, start: datetime, *, extra: Closures
    ) -> Timetable:
        found = self._in_force(icao, start, start + AHEAD)
        moments = [m for r in found for m in (r.start, r.end) if m is not None]

        def closed_at(moment: datetime) -> Closures:
            holding = [r for r in found if r.start <= moment and (r.end is None or moment < r.end)]
            return closures(holding).joined(extra)

        return timetable(router.surveyor, start, moments, closed_at, self._speeds)


def _closures(router: Router, names: Iterable[str]) -> Closures:
    """What a caller takes as closed.

    Raises:
        UnknownPlace: the network has no such line or stand; a slip would close nothing.
    """
    listed = list(names)
    for name in listed:
        if not (router.surveyor.knows(name) or name in router.network.named):
            raise UnknownPlace(router.network.name, name)
    stands = {name.removeprefix("stand:") for name in listed if name.startswith("stand:")}
    lines = {name for name in listed if not name.startswith("stand:")}
    return Closures(stands=frozenset(stands), lines=frozenset(lines))

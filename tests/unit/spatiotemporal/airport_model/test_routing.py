"""Quick routes: as good as the plain search, under closures, in time, with a spread."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from airport_brain import problems
from spatiotemporal import SpatiotemporalError
from spatiotemporal.airport_model import (
    AirportModel,
    ModelStore,
    Network,
    NoRoute,
    UnknownPlace,
    Way,
)
from spatiotemporal.airport_model.frame import Frame
from spatiotemporal.airport_model.routing import (
    Model,
    Router,
    RouteService,
    SpeedChange,
    TravelTime,
    cut_off,
    router,
    timed_way,
    timetable,
)
from spatiotemporal.airport_model.thematic import Closures, Restriction
from spatiotemporal.airport_model.weaving import Strand, weave

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
FRAME = Frame(latitude=31.0, longitude=121.0, bearing_deg=0.0)
QUICK = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="session")
def routers(model_store: ModelStore) -> dict[str, Router]:
    made = {}
    for icao in ("ZSSS", "ZSPD"):
        model = model_store.model(icao)
        made[icao] = Router(model.taxi_graph, model.airport.frame)
        made[f"{icao} roads"] = Router(model.road_graph, model.airport.frame)
    return made


def runway_ends(model: AirportModel) -> list[str]:
    return [f"runway:{end.designator}" for r in model.airport.runways for end in r.ends]


def line(name: str, *points: tuple[float, float], **facts: Any) -> Strand:
    told: dict[str, Any] = {"kind": "taxiway", "speed_mps": 10.0, **facts}
    return Strand(id=name, name=name, points=points, **told)


def square() -> Router:
    """Two ways from west to east: A is straight, B goes round."""
    strands = [
        line("W", (-100, 0), (0, 0), places=(("stand:1", (-100, 0)),)),
        line("A", (0, 0), (400, 0)),
        line("B", (0, 0), (100, 200), (300, 200), (400, 0)),
        line("E", (400, 0), (500, 0), places=(("runway:09", (500, 0)),)),
    ]
    return Router(weave("test", strands), FRAME)


def names(way: Way) -> list[str]:
    return list(dict.fromkeys(edge.name for edge in way.edges))


@QUICK
@given(data=st.data())
def test_ways_are_as_quick_as_those_of_the_plain_search(
    data: st.DataObject, model: AirportModel, routers: dict[str, Router]
) -> None:
    stand = data.draw(st.sampled_from(model.airport.stands))
    end = data.draw(st.sampled_from(runway_ends(model)))
    ends = (f"stand:{stand.number}", end)
    if data.draw(st.booleans()):
        ends = ends[::-1]
    quick = routers[model.airport.icao].way(*ends, code=stand.code)
    plain = model.taxi_graph.way(*ends, code=stand.code)
    assert sum(e.cost_s for e in quick.edges) == pytest.approx(sum(e.cost_s for e in plain.edges))
    assert (quick.nodes[0], quick.nodes[-1]) == (plain.nodes[0], plain.nodes[-1])


def test_every_stand_has_a_way_to_and_from_every_runway_end(
    model: AirportModel, routers: dict[str, Router]
) -> None:
    found = routers[model.airport.icao]
    costs = [
        (found.cost_s(f"stand:{s.number}", end, code=s.code),
         found.cost_s(end, f"stand:{s.number}", code=s.code))
        for s in model.airport.stands
        for end in runway_ends(model)
    ]  # fmt: skip
    assert np.isfinite(costs).all()


@QUICK
@given(data=st.data())
def test_two_way_lines_take_as_long_there_as_back(
    data: st.DataObject, model: AirportModel, routers: dict[str, Router]
) -> None:
    found = routers[f"{model.airport.icao} roads"]
    pairs = {(edge.start, edge.end) for edge in found.edges}
    one_way = np.asarray([(e.end, e.start) not in pairs for e in found.edges])
    conditions = type(found.free)(one_way, found.free.speed_mps)
    places = st.sampled_from(found.network.places())
    start, goal = data.draw(places), data.draw(places)
    there = found.cost_s(start, goal, conditions=conditions)
    assert there == pytest.approx(found.cost_s(goal, start, conditions=conditions))


@QUICK
@given(data=st.data())
def test_no_way_leads_over_anything_closed(
    data: st.DataObject, model: AirportModel, routers: dict[str, Router]
) -> None:
    found = routers[model.airport.icao]
    every = sorted({way.name for way in model.airport.taxiways})
    lines = data.draw(st.sets(st.sampled_from(every), min_size=1, max_size=4))
    conditions = found.surveyor.conditions(Closures(lines=frozenset(lines)))
    stand = data.draw(st.sampled_from(model.airport.stands))
    end = data.draw(st.sampled_from(runway_ends(model)))
    free = found.cost_s(f"stand:{stand.number}", end, code=stand.code)
    try:
        way = found.way(f"stand:{stand.number}", end, code=stand.code, conditions=conditions)
    except NoRoute:
        assert end
    else:
        assert not lines & {edge.name for edge in way.edges}
        assert sum(e.cost_s for e in way.edges) >= free - 1e-6


def test_a_closure_sends_traffic_round() -> None:
    found = square()
    assert names(found.way("stand:1", "runway:09")) == ["W", "A", "E"]
    closed = found.surveyor.conditions(Closures(lines=frozenset({"A"})))
    assert names(found.way("stand:1", "runway:09", conditions=closed)) == ["W", "B", "E"]
    works = FRAME.world(box(180, -20, 220, 20))
    inside = found.surveyor.conditions(Closures(areas=(works,)))
    assert names(found.way("stand:1", "runway:09", conditions=inside)) == ["W", "B", "E"]
    slow = found.surveyor.conditions(Closures(limits=((works, 2.0),)))
    assert names(found.way("stand:1", "runway:09", conditions=slow)) == ["W", "B", "E"]
    both = found.surveyor.conditions(Closures(lines=frozenset({"A", "B"})))
    with pytest.raises(NoRoute):
        found.way("stand:1", "runway:09", conditions=both)


def test_a_closed_stand_is_not_reached(model: AirportModel, routers: dict[str, Router]) -> None:
    number = model.airport.stands[0].number
    for name in (model.airport.icao, f"{model.airport.icao} roads"):
        found = routers[name]
        closed = found.surveyor.conditions(Closures(stands=frozenset({number})))
        gone = cut_off(model.airport, found, closed)
        assert [one.stand for one in gone] == [number]
        assert gone[0].inbound
        assert gone[0].outbound


def test_what_a_taxilane_cuts_off_is_what_has_no_way(
    model: AirportModel, routers: dict[str, Router]
) -> None:
    """Against the plain search, for every line that cuts anything off."""
    found, airport = routers[model.airport.icao], model.airport
    lines = sorted({way.name for way in airport.taxiways if way.kind == "taxilane"})
    dice = random.Random(7)
    seen = 0
    for name in dice.sample(lines, min(8, len(lines))):
        gone = cut_off(airport, found, found.surveyor.conditions(Closures(lines=frozenset({name}))))
        seen += len(gone)
        closed = model.taxi_graph.closing(name)
        for one in gone[:3]:
            for end in runway_ends(model):
                if one.outbound:
                    with pytest.raises(NoRoute):
                        closed.way(f"stand:{one.stand}", end, code=one.code)
        for stand in dice.sample(airport.stands, 5):
            if stand.number not in {one.stand for one in gone}:
                assert any(
                    _has_way(closed, f"stand:{stand.number}", e, stand.code)
                    for e in runway_ends(model)
                )
    assert seen > 0


def _has_way(network: Network, start: str, goal: str, code: str) -> bool:
    try:
        network.way(start, goal, code=code)
    except NoRoute:
        return False
    return True


# -- in time ---------------------------------------------------------------------------------------


def closed_between(start: float, end: float | None, *lines: str) -> Callable[[datetime], Closures]:
    def at(moment: datetime) -> Closures:
        seconds = (moment - NOW).total_seconds()
        on = start <= seconds and (end is None or seconds < end)
        return Closures(lines=frozenset(lines) if on else frozenset())

    return at


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_what_opens_soon_is_waited_for() -> None:
    found = square()
    times = timetable(found.surveyor, NOW, [after(25)], closed_between(0, 25, "A"))
    way = timed_way(found, "stand:1", "runway:09", NOW, times)
    assert names(way.way) == ["W", "A", "E"]
    assert way.seconds == pytest.approx(25 + 40 + 10)
    assert way.leaves[1] == after(25)


def test_what_opens_late_is_driven_round() -> None:
    found = square()
    times = timetable(found.surveyor, NOW, [after(3600)], closed_between(0, 3600, "A"))
    way = timed_way(found, "stand:1", "runway:09", NOW, times)
    assert names(way.way) == ["W", "B", "E"]


def test_what_closes_before_one_gets_there_is_avoided() -> None:
    found = square()
    times = timetable(found.surveyor, NOW, [after(5)], closed_between(5, None, "A"))
    assert names(timed_way(found, "stand:1", "runway:09", NOW, times).way) == ["W", "B", "E"]
    later = timetable(found.surveyor, NOW, [after(15)], closed_between(15, None, "A"))
    assert names(timed_way(found, "stand:1", "runway:09", NOW, later).way) == ["W", "A", "E"]


def test_what_never_opens_has_no_way() -> None:
    found = square()
    times = timetable(found.surveyor, NOW, [after(60)], closed_between(0, None, "A", "B"))
    with pytest.raises(NoRoute):
        timed_way(found, "stand:1", "runway:09", NOW, times)


def test_speeds_change_while_one_drives() -> None:
    found = square()
    fog = SpeedChange(start=after(20), end=None, factor=0.5)
    times = timetable(found.surveyor, NOW, [], lambda m: Closures(), [fog])
    way = timed_way(found, "stand:1", "runway:09", NOW, times)
    # 10 s on W, 10 s of A at 10 m/s, then 300 m of A and 100 m of E at 5 m/s.
    assert way.seconds == pytest.approx(20 + 60 + 20)


@QUICK
@given(start=st.integers(-300, 900), length=st.integers(1, 900), later=st.integers(0, 600))
def test_who_departs_later_does_not_arrive_earlier(start: int, length: int, later: int) -> None:
    found = square()
    moments = [after(start), after(start + length)]
    fog = SpeedChange(start=after(start + 60), end=after(start + 2 * length), factor=0.3)
    times = timetable(
        found.surveyor, after(-600), moments, closed_between(start, start + length, "A"), [fog]
    )
    first = timed_way(found, "stand:1", "runway:09", NOW, times)
    second = timed_way(found, "stand:1", "runway:09", after(later), times)
    assert first.arrives <= second.arrives
    for edge, moment in zip(first.way.edges, first.leaves, strict=True):
        conditions, _ = times.at(moment)
        assert not conditions.closed[found.edges.index(edge)]


# -- spread ----------------------------------------------------------------------------------------


def test_quantiles_rise_and_straddle_the_mean() -> None:
    way = square().way("stand:1", "runway:09")
    time = Model().time(way)
    low, middle, high = (time.quantile(q) for q in (0.1, 0.5, 0.9))
    assert 0 < low < middle < time.mean_s < high
    assert time.free_s == pytest.approx(60.0)
    assert Model(factors={}, hold_s=0).time(Way(network="n", nodes=("a",), edges=())) == TravelTime(
        free_s=0.0, mean_s=0.0, deviation_s=0.0
    )


def test_a_wait_is_added_for_each_runway_that_is_entered(
    model: AirportModel, routers: dict[str, Router]
) -> None:
    found = routers[model.airport.icao]
    stand = model.airport.stands[0]
    out = found.way(f"stand:{stand.number}", runway_ends(model)[0], code=stand.code)
    back = found.way(runway_ends(model)[0], f"stand:{stand.number}", code=stand.code)
    none = Model(hold_s=0.0)
    waits = [(Model(hold_s=100.0).time(w).mean_s - none.time(w).mean_s) / 100 for w in (out, back)]
    assert waits[0] == round(waits[0]) >= 1
    assert waits[1] == round(waits[1]) < waits[0]


def test_the_spread_of_simulated_drivers_is_found_again() -> None:
    """Drivers drawn from the model: its quantiles hold, and its factors are learnt back."""
    way, dice = square().way("stand:1", "runway:09"), np.random.default_rng(3)
    told = Model(factors={}, hold_s=0.0, common_share=1.0)
    spread = np.sqrt(np.log1p((0.35 / 1.15) ** 2))
    factors = dice.lognormal(np.log(1.15) - spread**2 / 2, spread, 4000)
    seconds = 60.0 * factors
    time = told.time(way)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(seconds, share) == pytest.approx(time.quantile(share), rel=0.05)
    edge = way.edges[0]
    learnt = told.learnt((edge, edge.length_m / edge.speed_mps * f) for f in factors[:500])
    assert learnt.factors["taxiway"].mean == pytest.approx(1.15, rel=0.05)
    assert told.learnt([(edge, 12.0)]).factors == {}


# -- by HTTP ---------------------------------------------------------------------------------------


@pytest.fixture
def client(model_store: ModelStore) -> TestClient:
    def in_force(icao: str, start: datetime, end: datetime) -> list[Restriction]:
        shape = box(0, 0, 1, 1)
        closed = Restriction(
            id="r", kind="closed_stand", targets=("221",), reason="works", start=NOW,
            end=NOW + timedelta(hours=1), shape=shape,
        )  # fmt: skip
        return [closed] if closed.start < end and start < NOW + timedelta(hours=1) else []

    app = FastAPI()
    service = RouteService(model_store.model, in_force)
    app.include_router(router(service, lambda *scopes: lambda: None, lambda: NOW))
    problems.install(app, (SpatiotemporalError,))
    return TestClient(app)


ROUTES = "/api/spatiotemporal/routes/zsss"


def test_a_route_has_legs_holds_and_quantiles(client: TestClient) -> None:
    asked = {"start": "stand:222", "goal": "runway:36R", "code": "C"}
    found = client.get(f"{ROUTES}/taxi", params=asked).json()
    assert found["length_m"] == pytest.approx(found["legs"][-1]["to_m"], abs=0.1)
    assert found["holds"]
    quantiles = found["quantiles_s"]
    assert quantiles["p10"] < quantiles["p50"] < quantiles["p90"]
    assert len(found["geometry"]["coordinates"]) > 10
    round_about = client.get(f"{ROUTES}/taxi", params={**asked, "closed": ["A", "B"]})
    if round_about.status_code == 200:
        assert round_about.json()["length_m"] >= found["length_m"]


def test_restrictions_in_force_are_kept(client: TestClient) -> None:
    asked = {"start": "stand:221", "goal": "runway:36R", "code": "C"}
    waits = client.get(f"{ROUTES}/taxi", params=asked).json()
    assert waits["arrives"] > "2026-11-27T09:00:00Z"
    (gone,) = client.get(f"{ROUTES}/taxi/cut-off").json()
    assert gone == {"stand": "221", "code": gone["code"], "inbound": True, "outbound": True}
    at = {"at": "2026-11-27T10:00:00Z"}
    assert client.get(f"{ROUTES}/taxi/cut-off", params=at).json() == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/taxi?start=stand:222&goal=runway:99", 404),
        ("/taxi?start=stand:222&goal=runway:36R&closed=Nowhere", 404),
        ("/taxi?start=stand:222&goal=runway:36R&at=2026-11-27T10:00:00", 400),
        ("/taxi?start=stand:222&goal=runway:36R&code=Z", 422),
        ("/fly?start=stand:222&goal=runway:36R", 422),
    ],
)
def test_wrong_questions_are_told_so(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"{ROUTES}{path}").status_code == status


def test_an_unknown_line_closes_nothing_silently(model_store: ModelStore) -> None:
    service = RouteService(model_store.model, lambda *asked: [])
    with pytest.raises(UnknownPlace):
        service.cut_off("ZSSS", "taxi", NOW, closed=["Nowhere"])

"""Lines become junctions, and ways through them keep to direction, size and turns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatiotemporal.airport_model import AirportModel, Network, NoRoute, UnknownPlace
from spatiotemporal.airport_model.weaving import Strand, weave

Points = tuple[tuple[float, float], ...]


def _line(name: str, *points: tuple[float, float], **facts: object) -> Strand:
    named = {"id": name, "name": name, "kind": "taxiway", "points": points, "speed_mps": 10.0}
    return Strand(**{**named, **facts})  # type: ignore[arg-type]


CROSS = (_line("A", (0, 0), (0, 100)), _line("B", (-50, 40), (50, 40)))


def test_lines_that_cross_share_a_junction() -> None:
    network = weave("test", CROSS)
    assert network.points["A/B"] == (0.0, 40.0)
    assert {edge.end for edge in network.leaving("A/B")} == {"A", "A#2", "B", "B#2"}


def test_an_end_that_nearly_touches_is_taken_to_touch() -> None:
    network = weave("test", [_line("A", (0, 0), (0, 100)), _line("B", (0.4, 50), (60, 50))])
    assert network.way("A", "B").nodes == ("A", "A/B", "B")


def test_an_end_that_misses_is_not_joined() -> None:
    network = weave("test", [_line("A", (0, 0), (0, 100)), _line("B", (0.6, 50), (60, 50))])
    with pytest.raises(NoRoute):
        network.way("A", "B#2")


@pytest.mark.parametrize("along", [0.3, 99.7])
def test_a_line_that_meets_another_just_before_its_end_is_joined(along: float) -> None:
    network = weave("test", [_line("A", (0, 0), (0, 100)), _line("B", (60, along), (0.45, along))])
    assert network.way("B", "A").nodes[0] == "B"
    assert all(edge.leg_m > 0 for node in network.points for edge in network.leaving(node))


def test_two_lines_between_the_same_junctions_are_both_kept() -> None:
    straight, bow = _line("A", (0, 0), (0, 100)), _line("B", (0, 0), (40, 50), (0, 100))
    network = weave("test", [straight, bow])
    assert sum(edge.length_m for edge in network.edges()) == pytest.approx(
        2 * (100 + 128.062), 1e-4
    )


def test_a_one_way_line_is_used_in_its_direction_only() -> None:
    network = weave("test", [_line("A", (0, 0), (0, 100), one_way=True)])
    assert network.way("A", "A#2").length_m == 100
    with pytest.raises(NoRoute):
        network.way("A#2", "A")


def test_a_small_line_is_closed_to_a_large_aircraft() -> None:
    network = weave("test", [_line("A", (0, 0), (0, 100), max_code="C")])
    assert network.way("A", "A#2", code="C").length_m == 100
    with pytest.raises(NoRoute, match="code E"):
        network.way("A", "A#2", code="E")


def test_wheels_do_not_double_back_at_a_junction() -> None:
    sharp = [_line("A", (0, 0), (0, 100)), _line("B", (0, 50), (20, 0))]
    network = weave("test", sharp)
    assert network.way("A#2", "B").length_m == pytest.approx(50 + 53.85, abs=0.01)
    with pytest.raises(NoRoute):
        network.way("A", "B")


def test_reluctance_sends_traffic_elsewhere() -> None:
    runway = _line("R", (0, 0), (0, 100), reluctance=6.0)
    bow = _line("B", (0, 0), (60, 50), (0, 100))
    network = weave("test", [runway, bow])
    assert {edge.name for edge in network.way("B/R", "B/R#2").edges} == {"B"}


def test_a_closed_line_is_gone_round() -> None:
    straight, bow = _line("A", (0, 0), (0, 100)), _line("B", (0, 0), (40, 50), (0, 100))
    network = weave("test", [straight, bow])
    start, goal = network.way("A/B", "A/B#2").nodes
    assert {edge.name for edge in network.way(start, goal).edges} == {"A"}
    assert {edge.name for edge in network.closing("A").way(start, goal).edges} == {"B"}
    with pytest.raises(NoRoute):
        network.closing("A", "B").way(start, goal)
    assert network.way(start, goal).length_m == 100


def test_only_lines_that_exist_can_be_closed() -> None:
    with pytest.raises(UnknownPlace, match="'Z'"):
        weave("test", CROSS).closing("Z")


def test_an_unknown_place_is_named() -> None:
    with pytest.raises(UnknownPlace, match="test: no place 'stand:1'"):
        weave("test", CROSS).way("A", "stand:1")


def test_a_way_to_where_one_is_has_no_length() -> None:
    assert weave("test", CROSS).way("A", "A").length_m == 0.0


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(*[st.floats(-500, 500, width=32).map(round) for _ in range(4)]).filter(
            lambda line: abs(line[0] - line[2]) + abs(line[1] - line[3]) > 5
        ),
        min_size=1,
        max_size=8,
    )
)
def test_weaving_keeps_every_metre_of_lines_that_do_not_overlap(
    lines: list[tuple[int, ...]],
) -> None:
    strands = [
        _line(str(index), (x0, y0), (x1, y1)) for index, (x0, y0, x1, y1) in enumerate(lines)
    ]
    network = weave("test", strands)
    for edge in network.edges():
        back = [other for other in network.leaving(edge.end) if other.end == edge.start]
        assert [other.length_m for other in back] == [pytest.approx(edge.length_m)]


def _ends(model: AirportModel) -> list[str]:
    return [f"runway:{end.designator}" for runway in model.airport.runways for end in runway.ends]


def test_every_stand_is_reached_from_every_runway_end_at_its_size(model: AirportModel) -> None:
    network = model.taxi_graph
    for code in "BCDEF":
        stands = [stand for stand in model.airport.stands if stand.code == code]
        for end in _ends(model):
            reached = network.reachable(end, code=code)
            missing = [s.number for s in stands if network.node(f"stand:{s.number}") not in reached]
            assert missing == [], (code, end)


def test_every_stand_can_reach_every_runway_end_at_its_size(model: AirportModel) -> None:
    back = model.taxi_graph.backwards()
    for code in "BCDEF":
        stands = [stand for stand in model.airport.stands if stand.code == code]
        for end in _ends(model):
            reaching = back.reachable(end, code=code)
            missing = [s.number for s in stands if back.node(f"stand:{s.number}") not in reaching]
            assert missing == [], (code, end)


@settings(deadline=None)
@given(data=st.data())
def test_drives_are_as_long_there_as_back(data: st.DataObject, hongqiao: AirportModel) -> None:
    network = hongqiao.road_graph
    start, goal = data.draw(_two_places(network))
    there, back = network.way(start, goal), network.way(goal, start)
    assert there.length_m == pytest.approx(back.length_m)


def _two_places(network: Network) -> st.SearchStrategy[tuple[str, str]]:
    places = st.sampled_from(network.places())
    return st.tuples(places, places)

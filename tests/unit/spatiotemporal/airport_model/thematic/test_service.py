"""Reading as of a moment, editing under rules, undo, publishing, restrictions."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from spatiotemporal.airport_model import AirportModel, UnknownLayer
from spatiotemporal.airport_model.thematic import (
    Author,
    Content,
    EditConflict,
    EditRefused,
    LayerService,
    UnknownEdit,
    UnknownFeature,
    closures,
)
from tests.unit.spatiotemporal.airport_model.thematic.conftest import Clock

LI = Author(who="li", reason="巡检发现")
STAND = "ZSSS.stand.221"
INSIDE = box(121.3325, 31.198, 121.333, 31.1985)


def new(clock: Clock, key: str = "ZSSS.stand.999", **changes: Any) -> Content:
    facts: dict[str, Any] = {
        "feature_id": key, "shape": INSIDE, "properties": {"number": "999", "code": "C"},
        "valid_from": clock.now,
    }  # fmt: skip
    return Content(**{**facts, **changes})


def test_an_airport_begins_with_its_description(service: LayerService, clock: Clock) -> None:
    assert service.store.counts("ZSSS", clock.now)["stand"] == 169
    edits = service.store.edits("ZSSS")
    assert {(e.who, e.action) for e in edits} == {("platform", "publish")}
    service.begin("ZSSS")
    assert service.store.edits("ZSSS") == edits


def test_features_hold_since_their_own_beginning(service: LayerService, clock: Clock) -> None:
    held = service.feature("ZSSS", "stand", STAND, clock.now).content
    assert held.valid_from.isoformat() == "2026-01-01T00:00:00+00:00"
    with pytest.raises(UnknownFeature):
        service.feature("ZSSS", "stand", STAND, held.valid_from - timedelta(seconds=1))


def test_a_change_holds_from_its_moment_and_can_be_undone(
    service: LayerService, clock: Clock
) -> None:
    before = service.feature("ZSSS", "stand", STAND, clock.now)
    then = clock.turn(hours=1)
    changed = replace(
        before.content, properties={**before.content.properties, "code": "D"}, valid_from=then
    )
    edit = service.change("ZSSS", "stand", changed, LI, version=before.seq)
    assert service.feature("ZSSS", "stand", STAND, then).content.properties["code"] == "D"
    earlier = service.feature("ZSSS", "stand", STAND, then - timedelta(minutes=1)).content
    assert earlier.properties == before.content.properties

    undone = service.undo("ZSSS", edit.number, Author(who="wang", reason="wrong stand"))
    assert service.feature("ZSSS", "stand", STAND, then).content == before.content
    with pytest.raises(EditConflict, match="was undone"):
        service.undo("ZSSS", edit.number, LI)
    service.undo("ZSSS", undone.number, LI)
    assert service.feature("ZSSS", "stand", STAND, then).content.properties["code"] == "D"


def test_an_edit_that_others_stand_on_stays(service: LayerService, clock: Clock) -> None:
    first = service.create("ZSSS", "stand", new(clock), LI)
    service.retire("ZSSS", "stand", "ZSSS.stand.999", clock.turn(hours=1), LI)
    with pytest.raises(EditConflict, match="stands on it"):
        service.undo("ZSSS", first.number, LI)
    with pytest.raises(UnknownEdit):
        service.undo("ZSPD", first.number, LI)


def test_an_editor_who_saw_an_older_version_is_told(service: LayerService, clock: Clock) -> None:
    seen = service.feature("ZSSS", "stand", STAND, clock.now)
    changed = replace(seen.content, properties={**seen.content.properties, "kind": "tie_down"})
    service.change("ZSSS", "stand", changed, LI, version=seen.seq)
    with pytest.raises(EditConflict) as caught:
        service.change("ZSSS", "stand", changed, LI, version=seen.seq)
    assert caught.value.status == 412
    with pytest.raises(EditConflict):
        service.retire("ZSSS", "stand", STAND, clock.now, LI, version=seen.seq)


def test_a_retired_feature_is_gone_from_then_on(service: LayerService, clock: Clock) -> None:
    then = clock.turn(hours=2)
    service.retire("ZSSS", "stand", STAND, then, LI)
    with pytest.raises(UnknownFeature):
        service.feature("ZSSS", "stand", STAND, then)
    assert service.feature("ZSSS", "stand", STAND, then - timedelta(seconds=1))
    with pytest.raises(UnknownFeature):
        service.retire("ZSSS", "stand", STAND, then, LI)


BOWTIE = Polygon([(121.3325, 31.198), (121.333, 31.1985), (121.333, 31.198), (121.3325, 31.1985)])
REFUSED = [
    ({"shape": BOWTIE}, "geometry-invalid"),
    ({"shape": Polygon()}, "geometry-empty"),
    ({"shape": LineString([(121.3325, 31.198), (121.333, 31.198)])}, "geometry-type"),
    ({"shape": box(121.0, 31.0, 121.1, 31.1)}, "inside-boundary"),
    ({"shape": box(3200.0, 100.0, 3210.0, 110.0)}, "geometry-range"),
    ({"properties": {"code": "C"}}, "required"),
    ({"properties": {"number": "1", "code": "Z"}}, "choice"),
    ({"key": "ZSPD.stand.1"}, "id-form"),
    ({"key": "ZSSS.stand.two words"}, "id-form"),
    ({"key": STAND}, "taken"),
]


@pytest.mark.parametrize(
    ("changes", "rule"), REFUSED, ids=[f"{r}-{n}" for n, (_, r) in enumerate(REFUSED)]
)
def test_an_edit_that_breaks_a_rule_is_refused_by_name(
    service: LayerService, clock: Clock, changes: dict[str, Any], rule: str
) -> None:
    count = len(service.store.edits("ZSSS"))
    with pytest.raises(EditRefused) as caught:
        service.create("ZSSS", "stand", new(clock, **changes), LI)
    assert rule in [objection.rule for objection in caught.value.objections]
    assert len(service.store.edits("ZSSS")) == count


def test_every_broken_rule_is_named_at_once(service: LayerService, clock: Clock) -> None:
    bad = new(clock, shape=BOWTIE, properties={}, valid_to=clock.now)
    with pytest.raises(EditRefused) as caught:
        service.create("ZSSS", "stand", bad, LI)
    assert [o.field for o in caught.value.objections] == ["geometry", "number", "code", "valid_to"]


def test_a_layer_that_nobody_knows_is_refused(service: LayerService, clock: Clock) -> None:
    with pytest.raises(UnknownLayer):
        service.create("ZSSS", "volcano", new(clock), LI)
    with pytest.raises(UnknownLayer):
        service.features("ZSSS", "volcano", clock.now)


def test_publishing_changes_only_what_differs(
    service: LayerService, clock: Clock, hongqiao: AirportModel
) -> None:
    layer: Any = copy.deepcopy(dict(hongqiao.drawn["stand"]))
    assert service.publish("ZSSS", {"stand": layer}, LI) == []
    clock.turn(hours=1)
    layer["features"][0]["properties"]["code"] = "F"
    gone = layer["features"].pop()["id"]
    (edit,) = service.publish("ZSSS", {"stand": layer}, LI)
    assert edit.features == 2
    _, ended, made = service.store.edit("ZSSS", edit.number)
    assert (len(ended), len(made)) == (2, 3)
    with pytest.raises(UnknownFeature):
        service.feature("ZSSS", "stand", gone, clock.now)
    service.undo("ZSSS", edit.number, LI)
    assert service.feature("ZSSS", "stand", gone, clock.now)


def test_a_stand_is_closed_for_a_window(service: LayerService, clock: Clock) -> None:
    start, end = clock.now + timedelta(hours=1), clock.now + timedelta(hours=3)
    facts = {"kind": "closed_stand", "targets": ["221", "222"]}
    edit, key = service.restrict("ZSSS", facts, start, end, LI)
    hour = timedelta(hours=1)
    counts = [
        len(service.in_force("ZSSS", start + n * hour, start + n * hour + hour / 2))
        for n in (-1, 0, 1, 2)
    ]
    assert counts == [0, 1, 1, 0]
    (found,) = service.in_force("ZSSS", start, end)
    assert (found.id, found.targets, found.reason) == (key, ("221", "222"), LI.reason)
    assert isinstance(found.shape, MultiPolygon)
    assert closures([found]).stands == {"221", "222"}
    service.undo("ZSSS", edit.number, LI)
    assert service.in_force("ZSSS", start, end) == ()


def test_works_and_limits_have_an_area_of_their_own(service: LayerService, clock: Clock) -> None:
    area = INSIDE.__geo_interface__
    service.restrict("ZSSS", {"kind": "works"}, clock.now, None, LI, geometry=area)
    limit = {"kind": "speed_limit", "limit_mps": 4.0}
    service.restrict("ZSSS", limit, clock.now, None, LI, geometry=area)
    service.restrict("ZSSS", {"kind": "closed_taxiway", "targets": ["B"]}, clock.now, None, LI)
    found = closures(service.in_force("ZSSS", clock.now, None))
    assert found.areas == (INSIDE,)
    assert found.limits == ((INSIDE, 4.0),)
    assert found.lines == {"B"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "closed_stand", "targets": ["221", "nowhere"]}, "targets"),
        ({"kind": "closed_stand", "targets": []}, "targets"),
        ({"kind": "works"}, "geometry"),
        ({"kind": "party", "targets": ["1"]}, "kind"),
        ({"kind": "speed_limit", "limit_mps": 4.0}, "geometry"),
    ],
)
def test_a_restriction_must_say_where(
    service: LayerService, clock: Clock, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(EditRefused) as caught:
        service.restrict("ZSSS", facts, clock.now, None, LI)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "closed_taxiway"}, "targets"),
        ({"kind": "closed_road", "targets": ["nowhere"]}, "targets"),
        ({"kind": "speed_limit"}, "limit_mps"),
    ],
)
def test_an_area_alone_closes_and_limits_nothing(
    service: LayerService, clock: Clock, facts: dict[str, Any], field: str
) -> None:
    area = INSIDE.__geo_interface__
    with pytest.raises(EditRefused) as caught:
        service.restrict("ZSSS", facts, clock.now, None, LI, geometry=area)
    assert caught.value.field == field

"""Taking edits back one after the other, and making them again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import box

from spatiotemporal.airport_model.thematic import (
    Author,
    Content,
    EditConflict,
    LayerService,
    UnknownFeature,
)
from tests.unit.spatiotemporal.airport_model.thematic.conftest import Clock

LI = Author(who="li", reason="巡检发现")
KEY = "ZSSS.construction_area.north"


def widths(service: LayerService, clock: Clock) -> float | None:
    try:
        shape = service.feature("ZSSS", "construction_area", KEY, clock.now).content.shape
    except UnknownFeature:
        return None
    return round(shape.bounds[2] - shape.bounds[0], 6)


def test_three_edits_are_taken_back_and_made_again(service: LayerService, clock: Clock) -> None:
    content = Content(
        feature_id=KEY,
        shape=box(121.3325, 31.198, 121.333, 31.1985),
        properties={"reason": "道面板更换"},
        valid_from=clock.now,
    )
    made = [service.create("ZSSS", "construction_area", content, LI)]
    clock.turn(minutes=1)
    wider = replace(
        content, shape=box(121.3325, 31.198, 121.3332, 31.1985), valid_from=clock.now
    )  # fmt: skip
    made.append(service.change("ZSSS", "construction_area", wider, LI))
    clock.turn(minutes=1)
    made.append(service.retire("ZSSS", "construction_area", KEY, clock.now, LI))
    assert widths(service, clock) is None

    undone = []
    for edit, left in zip(reversed(made), (0.0007, 0.0005, None), strict=True):
        clock.turn(minutes=1)
        undone.append(service.undo("ZSSS", edit.number, LI))
        assert widths(service, clock) == left

    for edit, left in zip(reversed(undone), (0.0005, 0.0007, None), strict=True):
        clock.turn(minutes=1)
        service.undo("ZSSS", edit.number, LI)
        assert widths(service, clock) == left


def test_an_edit_that_was_made_again_is_stood_on(service: LayerService, clock: Clock) -> None:
    content = Content(
        feature_id=KEY,
        shape=box(121.3325, 31.198, 121.333, 31.1985),
        properties={"reason": "道面板更换"},
        valid_from=clock.now,
    )
    created = service.create("ZSSS", "construction_area", content, LI)
    clock.turn(minutes=1)
    retired = service.retire("ZSSS", "construction_area", KEY, clock.now, LI)
    undone = service.undo("ZSSS", retired.number, LI)
    service.undo("ZSSS", undone.number, LI)
    with pytest.raises(EditConflict, match="stands on it"):
        service.undo("ZSSS", created.number, LI)

"""What every store of thematic layers does. Adapters inherit this and give ``open_store``."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import Point, Polygon, box

from spatiotemporal.airport_model.thematic import (
    Content,
    Edit,
    EditConflict,
    LayerStore,
    NewEdit,
    UnknownEdit,
)
from spatiotemporal.airport_model.thematic.versions import replaced

OpenStore = Callable[[], LayerStore]
ICAO, LAYER = "ZSSS", "stand"
NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def content(
    key: str = "1", start: datetime = NOW, end: datetime | None = None, **told: object
) -> Content:
    x = 121.0 + int(key) / 1000
    return Content(
        feature_id=f"{ICAO}.{LAYER}.{key}",
        shape=box(x, 31.0, x + 0.0005, 31.0005),
        properties={"number": key, "name_zh": "机位", **told},
        valid_from=start,
        valid_to=end,
    )


def new_edit(
    store: LayerStore, *makes: Content, ends: tuple[int, ...] = (), layer: str = LAYER,
    undoes: int | None = None, action: str = "create",
) -> NewEdit:  # fmt: skip
    return NewEdit(
        icao=ICAO, layer=layer, action=action, who="li", reason="why",  # type: ignore[arg-type]
        revision=store.edition(ICAO, layer, NOW).revision, ends=ends, makes=makes, undoes=undoes,
    )  # fmt: skip


def write(store: LayerStore, *makes: Content, **options: object) -> Edit:
    return store.apply(new_edit(store, *makes, **options), NOW)  # type: ignore[arg-type]


def put(store: LayerStore, key: str, start: int, end: int | None, value: int, at: datetime) -> Edit:
    """Say ``value`` of a feature from one hour to another."""
    new = content(key, NOW + start * HOUR, None if end is None else NOW + end * HOUR, value=value)
    said = [v for v in store.versions(ICAO, LAYER, new.feature_id) if v.ended_by is None]
    ends, makes = replaced(said, new.valid_from, new.valid_to, (new,))
    return store.apply(new_edit(store, *makes, ends=ends, action="change"), at)


class LayerStoreContract:
    """Inherit and give the fixture ``open_store``."""

    @pytest.fixture
    def open_store(self) -> OpenStore:
        raise NotImplementedError

    def test_a_new_store_is_empty(self, open_store: OpenStore) -> None:
        store = open_store()
        assert store.counts(ICAO, NOW) == {}
        assert store.features(ICAO, LAYER, NOW) == []
        assert store.edits(ICAO) == []
        assert store.edition(ICAO, LAYER, NOW).tag == "0-"

    def test_what_was_written_is_read(self, open_store: OpenStore) -> None:
        store = open_store()
        made = write(store, content("1", code="E", sizes=[1, 2], deep={"a": None}), content("2"))
        first, second = store.features(ICAO, LAYER, NOW)
        assert first.content == content("1", code="E", sizes=[1, 2], deep={"a": None})
        assert (first.made_by, first.recorded_at, first.ended_by) == (made.number, NOW, None)
        assert second.seq != first.seq
        assert (made.features, made.who, made.reason, made.action) == (2, "li", "why", "create")
        assert store.counts(ICAO, NOW) == {LAYER: 2}
        assert store.features("ZSPD", LAYER, NOW) == []

    def test_a_feature_holds_from_its_beginning_up_to_its_end(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1", NOW, NOW + HOUR))
        held = [
            len(store.features(ICAO, LAYER, NOW + offset))
            for offset in (-timedelta(microseconds=1), timedelta(0), HOUR / 2, HOUR)
        ]
        assert held == [0, 1, 1, 0]
        assert store.counts(ICAO, NOW + HOUR) == {LAYER: 0}

    def test_a_change_ends_one_version_and_makes_others(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1", value=0))
        put(store, "1", 2, 4, 7, NOW)
        values = [
            store.features(ICAO, LAYER, NOW + hour * HOUR)[0].content.properties["value"]
            for hour in range(6)
        ]
        assert values == [0, 0, 7, 7, 0, 0]
        assert len(store.versions(ICAO, LAYER)) == 4

    def test_what_was_known_earlier_can_be_told(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1", value=0))
        put(store, "1", 0, None, 1, NOW + HOUR)
        early = store.features(ICAO, LAYER, NOW + 5 * HOUR, known_at=NOW + HOUR / 2)
        late = store.features(ICAO, LAYER, NOW + 5 * HOUR, known_at=NOW + HOUR)
        assert [v.content.properties["value"] for v in (*early, *late)] == [0, 1]
        assert store.features(ICAO, LAYER, NOW, known_at=NOW - HOUR) == []

    def test_a_window_finds_what_holds_at_some_time_of_it(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1", NOW, NOW + HOUR), content("2", NOW + HOUR), content("3", NOW))
        found = store.overlapping(ICAO, LAYER, NOW + HOUR, NOW + 2 * HOUR)
        assert [v.content.properties["number"] for v in found] == ["3", "2"]
        assert len(store.overlapping(ICAO, LAYER, NOW, None)) == 3

    def test_a_box_finds_what_lies_in_it(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, *(content(str(number)) for number in range(1, 10)))
        found = store.features(ICAO, LAYER, NOW, box=(121.0031, 30.9, 121.0051, 31.1))
        assert [v.content.properties["number"] for v in found] == ["3", "4", "5"]

    def test_every_kind_of_shape_is_kept_exactly(self, open_store: OpenStore) -> None:
        store = open_store()
        hole = Polygon([(0, 0), (9, 0), (9, 9)], [[(3, 1), (4, 1), (4, 2)]])
        shapes = [
            Point(121.1234567, 31.7654321),
            hole,
            hole.boundary,
            hole.union(box(20, 20, 21, 21)),
        ]
        for number, shape in enumerate(shapes, start=1):
            made = content(str(number))
            write(
                store,
                Content(feature_id=made.feature_id, shape=shape, properties={}, valid_from=NOW),
            )
        found = [v.content.shape for v in store.features(ICAO, LAYER, NOW)]
        assert [a.equals_exact(b, 0.0) for a, b in zip(found, shapes, strict=True)] == [True] * 4

    def test_an_edit_planned_on_an_old_state_is_refused_whole(self, open_store: OpenStore) -> None:
        store = open_store()
        late = new_edit(store, content("2"))
        write(store, content("1"))
        with pytest.raises(EditConflict):
            store.apply(late, NOW)
        assert store.counts(ICAO, NOW) == {LAYER: 1}
        other = new_edit(store, content("1"), layer="apron")
        write(store, content("3"))
        store.apply(other, NOW)  # another layer's edits do not disturb

    def test_an_ended_version_cannot_be_ended_again(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1"))
        (version,) = store.features(ICAO, LAYER, NOW)
        write(store, ends=(version.seq,), action="retire")
        with pytest.raises(EditConflict):
            write(store, content("5"), ends=(version.seq,))
        assert store.counts(ICAO, NOW) == {LAYER: 0}

    def test_editions_tell_states_apart(self, open_store: OpenStore) -> None:
        store = open_store()
        tags = [store.edition(ICAO, LAYER, NOW).tag]
        write(store, content("1", NOW + HOUR, NOW + 2 * HOUR))
        tags += [store.edition(ICAO, LAYER, NOW + n * HOUR / 2).tag for n in range(6)]
        assert tags[1] == tags[2]
        assert tags[3] == tags[4]
        assert len(set(tags)) == 4

    def test_the_audit_tells_who_did_what(self, open_store: OpenStore) -> None:
        store = open_store()
        first = write(store, content("1"))
        write(store, content("2"))
        third = put(store, "1", 1, None, 5, NOW + HOUR)
        assert [e.number for e in store.edits(ICAO)] == sorted(
            (e.number for e in store.edits(ICAO)), reverse=True
        )
        of_one = store.edits(ICAO, feature_id=f"{ICAO}.{LAYER}.1")
        assert [e.number for e in of_one] == [third.number, first.number]
        assert [e.number for e in store.edits(ICAO, limit=1)] == [third.number]
        assert len(store.edits(ICAO, before=third.number)) == 2
        assert store.edits(ICAO, layer="apron") == []
        edit, ended, made = store.edit(ICAO, third.number)
        assert edit == third
        assert [v.content.properties.get("value") for v in ended] == [None]
        assert [v.content.properties.get("value") for v in made] == [None, 5]
        with pytest.raises(UnknownEdit):
            store.edit("ZSPD", third.number)

    def test_an_undo_is_an_edit_that_marks_the_other(self, open_store: OpenStore) -> None:
        store = open_store()
        write(store, content("1", value=0))
        change = put(store, "1", 0, None, 9, NOW + HOUR)
        _, ended, made = store.edit(ICAO, change.number)
        undo = write(
            store, *(v.content for v in ended), ends=tuple(v.seq for v in made),
            undoes=change.number, action="undo",
        )  # fmt: skip
        assert store.features(ICAO, LAYER, NOW)[0].content.properties["value"] == 0
        assert store.edit(ICAO, change.number)[0].undone_by == undo.number

    @pytest.mark.parametrize("seed", range(6))
    def test_any_edits_leave_one_value_for_every_hour(
        self, open_store: OpenStore, seed: int
    ) -> None:
        """Against a plain list with a value for each hour."""
        store = open_store()
        hours: list[int | None] = [None] * 20
        dice = random.Random(seed)
        for value in range(8):
            start = dice.randrange(10)
            end = None if dice.random() < 0.4 else start + dice.randint(1, 6)
            put(store, "1", start, end, value, NOW)
            hours[start:end] = [value] * len(hours[start:end])
        told: list[object] = []
        for hour in range(len(hours)):
            said = [
                v.content.properties["value"]
                for v in store.features(ICAO, LAYER, NOW + hour * HOUR)
            ]
            assert len(said) <= 1
            told.append(said[0] if said else None)
        assert told == hours

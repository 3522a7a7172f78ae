"""What every store of the live picture does. Adapters inherit this and give ``open_store``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service_bus import TopicPartition
from spatiotemporal.picture import Picture
from spatiotemporal.ports import SnapshotStore
from tests.unit.spatiotemporal.movers import TUG, fix, registered

OpenStore = Callable[[], SnapshotStore]
PLACE = TopicPartition("spatiotemporal.fix.reported.v1", 3)


def followed(*seconds: int) -> Picture:
    """A picture that has taken a few records."""
    picture = Picture()
    picture.register(registered())
    picture.report([fix(second) for second in seconds])
    picture.fresh(PLACE, 10)
    return picture


class LiveStoreContract:
    """Inherit and give the fixture ``open_store``."""

    @pytest.fixture
    def open_store(self) -> OpenStore:
        raise NotImplementedError

    def test_a_new_store_is_empty(self, open_store: OpenStore) -> None:
        found = open_store().load()
        assert (list(found.movers), dict(found.next_offsets)) == ([], {})

    def test_what_was_saved_is_loaded(self, open_store: OpenStore) -> None:
        store, picture = open_store(), followed(0, 5, 2)
        store.save(picture.unsaved())
        again = Picture()
        again.start_from(store.load())
        assert again.mover(TUG) == picture.mover(TUG)
        assert store.load().next_offsets == {PLACE: 11}

    def test_a_later_save_replaces_movers_and_keeps_the_others(self, open_store: OpenStore) -> None:
        store, picture = open_store(), followed(0)
        picture.report([fix(0, "vehicle:2")])
        store.save(picture.unsaved())
        picture.report([fix(7, speed_mps=None, heading_deg=None)])
        picture.fresh(PLACE, 11)
        store.save(picture.unsaved())
        again = Picture()
        again.start_from(store.load())
        assert again.mover(TUG) == picture.mover(TUG)
        assert again.mover("vehicle:2").fixes == 1
        assert store.load().next_offsets == {PLACE: 12}

    def test_a_mover_that_has_only_a_name_is_kept(self, open_store: OpenStore) -> None:
        store, picture = open_store(), Picture()
        picture.register(registered(label="航食7"))
        store.save(picture.unsaved())
        again = Picture()
        again.start_from(store.load())
        assert again.names()[0] == [(0, TUG, "tug", "航食7")]
        assert again.latest() == []

    def test_an_empty_save_changes_nothing(self, open_store: OpenStore) -> None:
        store = open_store()
        store.save(followed(0).unsaved())
        store.save(Picture().unsaved())
        assert len(store.load().movers) == 1

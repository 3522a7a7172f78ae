"""What an undo may take back."""

from __future__ import annotations

from spatiotemporal.airport_model.thematic.faults import EditConflict
from spatiotemporal.airport_model.thematic.ports import LayerHistory
from spatiotemporal.airport_model.thematic.versions import Version


def standing(store: LayerHistory, icao: str, number: int, version: Version) -> Version:
    """The version that says now what one of an edit said.

    Later edits that were themselves undone do not count, so that edits can be taken back one after
    the other, newest first.

    Args:
        number: of the edit that is to be undone.
        version: that it made.

    Raises:
        EditConflict: a later edit stands on it.
    """
    while version.ended_by is not None:
        later, _, _ = store.edit(icao, version.ended_by)
        restored: list[Version] = []
        if later.undone_by is not None:
            _, _, restored = store.edit(icao, later.undone_by)
        again = [one for one in restored if one.content == version.content]
        if not again:
            raise EditConflict(f"edit {number} cannot be undone: edit {later.number} stands on it")
        version = again[0]
    return version

"""What an open map sees, and what it is still owed.

A map may say which part of the ground it shows. Movers in that part come with every tick; the others
come together every few ticks, so that counts and a search stay right while most bytes are saved. A mover
that drives in, or is uncovered when the map moves, is sent at once with the newest that is known of it.

Text from a map is ``{"type": "view", "bounds": [west, south, east, north]}`` in degrees WGS84, or
``"bounds": null`` for everything; anything else is answered by ``{"type": "fault", ...}`` with the field.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from service_bus import Malformed
from spatiotemporal.picture import Columns

FORMAT = "live view"
QUEUED_FRAMES = 40
"""A map that is this many frames behind is closed; it connects again and gets everything."""

OUTSIDE_TICKS = 10
"""Ticks after which movers out of sight are sent too; a map takes a mover for stale after 30 s."""

Degrees = Annotated[float, Field(allow_inf_nan=False, strict=False)]


class View(BaseModel):
    """The part of the ground that a map shows; west may be greater than east across 180 degrees."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["view"]
    bounds: tuple[Degrees, Degrees, Degrees, Degrees] | None

    @model_validator(mode="after")
    def _on_the_globe(self) -> View:
        if self.bounds is None:
            return self
        west, south, east, north = self.bounds
        if not (-90 <= south <= north <= 90 and -540 <= west <= 540 and -540 <= east <= 540):
            raise ValueError("bounds are west, south, east, north in degrees, south below north")
        return self

    def holds(self, columns: Columns) -> NDArray[np.bool_]:
        """Which movers are inside; shape (n,)."""
        if self.bounds is None:
            return np.ones(len(columns.index), np.bool_)
        west, south, east, north = self.bounds
        if east - west >= 360:
            around = np.ones(len(columns.index), np.bool_)
        else:
            around = (columns.longitude - west) % 360 <= (east - west) % 360
        return around & (columns.latitude >= south) & (columns.latitude <= north)


EVERYTHING = View(type="view", bounds=None)


def read_view(text: str) -> View:
    """Read what a map has said.

    Raises:
        Malformed: it is no JSON or no view; names the field.
    """
    try:
        return View.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "text"
        raise Malformed(
            FORMAT, first["msg"], field=place, position=place, code=first["type"]
        ) from error


@dataclass(slots=True, eq=False)
class Viewer:
    """One open map.

    Attributes:
        queue: what waits for it; ``None`` says that it is too slow and must go.
        view: what it shows.
        owed: numbers of movers whose newest position it has not been sent.
    """

    queue: asyncio.Queue[bytes | str | None] = field(
        default_factory=lambda: asyncio.Queue(QUEUED_FRAMES)
    )
    view: View = EVERYTHING
    owed: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))

    def offer(self, message: bytes | str | None) -> bool:
        """Put something into the queue; false when it is full."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            return False
        return True

    def owe(self, columns: Columns) -> None:
        """Note movers that have moved."""
        self.owed = np.union1d(self.owed, columns.index).astype(np.intp)

    def pay(self, owed: Columns, *, all_of_it: bool) -> Columns:
        """Take from what is owed what is to be sent now: all, or what is in sight."""
        sent = np.ones(len(owed.index), np.bool_) if all_of_it else self.view.holds(owed)
        self.owed = owed.index[~sent].astype(np.intp)
        return owed.where(sent)

"""A layer service over the memory store, with a clock that tests turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spatiotemporal.adapters.memory_layers import MemoryLayers
from spatiotemporal.airport_model import AirportModel
from spatiotemporal.airport_model.thematic import LayerService


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock, hongqiao: AirportModel) -> LayerService:
    small = ("boundary", "runway", "stand", "taxiway")
    base = {name: layer for name, layer in hongqiao.drawn.items() if name in small}
    made = LayerService(MemoryLayers(), clock, lambda icao: base)
    made.begin("ZSSS")
    return made

"""Every forecast there is, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ai_center.errors import UnknownAlgorithm
from ai_center.forecasts.arrival_time import ARRIVAL_TIME
from ai_center.forecasts.cargo_lateness import CARGO_LATENESS
from ai_center.forecasts.checkpoint_flow import (
    CHECKPOINT_FLOW,
    CHECKPOINT_FLOW_1H,
    CHECKPOINT_FLOW_7D,
    CHECKPOINT_FLOW_EACH,
    CHECKPOINT_QUARTER,
    CHECKPOINT_QUARTER_7D,
    CHECKPOINT_QUARTER_EACH,
    CHECKPOINT_QUARTER_EACH_7D,
)
from ai_center.forecasts.departure_delay import DEPARTURE_DELAY
from ai_center.forecasts.hall import ENERGY_NEED, HALL_OCCUPANCY
from ai_center.forecasts.task import Task
from ai_center.forecasts.taxi_out import TAXI_OUT

TASKS: Mapping[str, Task] = MappingProxyType(
    {
        task.name: task
        for task in (
            TAXI_OUT,
            DEPARTURE_DELAY,
            ARRIVAL_TIME,
            CHECKPOINT_FLOW,
            CHECKPOINT_FLOW_1H,
            CHECKPOINT_FLOW_7D,
            CHECKPOINT_FLOW_EACH,
            CHECKPOINT_QUARTER,
            CHECKPOINT_QUARTER_7D,
            CHECKPOINT_QUARTER_EACH,
            CHECKPOINT_QUARTER_EACH_7D,
            HALL_OCCUPANCY,
            ENERGY_NEED,
            CARGO_LATENESS,
        )
    }
)


def task_of(name: str, known: Mapping[str, Task] = TASKS) -> Task:
    """The forecast of a name.

    Raises:
        UnknownAlgorithm: no forecast is called so.
    """
    if name not in known:
        raise UnknownAlgorithm(name, known=tuple(known))
    return known[name]

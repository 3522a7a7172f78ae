"""Puts forecasts together in the process that runs them, and registers them.

Kept apart from ``workbench.py`` so that a replica imports nothing that trains.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ai_center.adapters.forecast_store import MODEL, ForecastStore
from ai_center.adapters.onnx_trees import OnnxTrees
from ai_center.algorithms.forecast import ForecastAlgorithm
from ai_center.errors import ModelUnavailable
from ai_center.forecasts.task import Task
from ai_center.forecasts.tasks import task_of
from ai_center.hosting import HostContext


def forecast(name: str, context: HostContext) -> ForecastAlgorithm:
    """Open the served version of a forecast.

    Raises:
        ModelUnavailable: none was trained, or it was trained for other features.
        ModelCorrupt: the file is not the one that was written.
    """
    return opened(task_of(name), ForecastStore(context.models), threads=context.threads)


def opened(task: Task, store: ForecastStore, *, threads: int) -> ForecastAlgorithm:
    """Open the served version of a task; raises as :func:`forecast` does."""
    manifest = store.manifest(task.name, store.current(task.name))
    if manifest.features != task.names or manifest.task_version != task.version:
        raise ModelUnavailable(
            f"{task.name}@{manifest.version}",
            (f"it was trained for version {manifest.task_version} of the task; train it again",),
        )
    trees = OnnxTrees(store.file(manifest, MODEL), threads=threads)
    return ForecastAlgorithm(task, trees, manifest)


Factory = Callable[[HostContext], ForecastAlgorithm]

taxi_out: Factory = partial(forecast, "taxi_out")
departure_delay: Factory = partial(forecast, "departure_delay")
arrival_time: Factory = partial(forecast, "arrival_time")
checkpoint_flow: Factory = partial(forecast, "checkpoint_flow")
checkpoint_flow_1h: Factory = partial(forecast, "checkpoint_flow_1h")
checkpoint_flow_7d: Factory = partial(forecast, "checkpoint_flow_7d")
checkpoint_flow_each: Factory = partial(forecast, "checkpoint_flow_each")
checkpoint_quarter: Factory = partial(forecast, "checkpoint_quarter")
checkpoint_quarter_7d: Factory = partial(forecast, "checkpoint_quarter_7d")
checkpoint_quarter_each: Factory = partial(forecast, "checkpoint_quarter_each")
checkpoint_quarter_each_7d: Factory = partial(forecast, "checkpoint_quarter_each_7d")
hall_occupancy: Factory = partial(forecast, "hall_occupancy")
energy_need: Factory = partial(forecast, "energy_need")
cargo_lateness: Factory = partial(forecast, "cargo_lateness")

"""Settings of a forecast's trees by name, and the values that a search may try.

The names are those of :class:`~ai_center.forecasts.task.Recipe`; ``spread_`` before one means the
recipe of the interval's ends. The seeds that are averaged and the version of the task stay as declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from types import MappingProxyType
from typing import Any

from ai_center.errors import Untrainable
from ai_center.forecasts.task import Recipe, Task
from ai_center.trials.bench import Scalar, Settings

SPREAD = "spread_"

SPACE: Mapping[str, tuple[Scalar, ...]] = MappingProxyType(
    {
        "rounds": (300, 500, 800, 1200, 1800),
        "rate": (0.015, 0.02, 0.03, 0.05, 0.08),
        "leaves": (15, 31, 63, 127, 255),
        "leaf_rows": (20, 40, 80, 160, 320),
        "feature_share": (0.3, 0.5, 0.7, 1.0),
        "row_share": (0.5, 0.7, 0.9, 1.0),
        "ridge": (0.0, 1.0, 5.0, 20.0),
    }
)
"""Of the median's trees; those of the ends follow the declared recipe."""


def settings_of(task: Task) -> dict[str, Scalar]:
    """Every setting of a task's trees."""
    ends = {f"{SPREAD}{name}": value for name, value in asdict(task.spread).items()}
    return {**asdict(task.recipe), **ends}


def adjusted(task: Task, settings: Settings) -> Task:
    """The task with other trees.

    Raises:
        Untrainable: a setting is not known, or its value is of another kind.
    """
    middle: dict[str, Any] = {}
    ends: dict[str, Any] = {}
    for name, value in settings.items():
        plain = name.removeprefix(SPREAD)
        (ends if name.startswith(SPREAD) else middle)[plain] = _read(task, plain, value)
    return replace(task, recipe=replace(task.recipe, **middle), spread=replace(task.spread, **ends))


def flags(declared: Task, task: Task) -> str:
    """Options of the command line that make a task's trees of the declared ones; empty: none.

    So that a card names the command that makes it again, also after a search.
    """
    usual = settings_of(declared)
    return "".join(
        f" --set {name}={value}"
        for name, value in settings_of(task).items()
        if value != usual[name]
    )


def shortened(task: Task, share: float) -> Task:
    """The task with a share of the trees, each of more weight, and one seed: for a quick look."""
    rounds = max(20, round(share * task.recipe.rounds))
    quick = replace(task.recipe, rounds=rounds, rate=min(0.3, task.recipe.rate / share), seeds=1)
    return replace(task, recipe=quick, spread=replace(task.spread, rounds=20, seeds=1))


def _read(task: Task, name: str, value: Scalar) -> Scalar:
    known = {field.name for field in fields(Recipe)}
    if name not in known:
        raise Untrainable(f"{task.name} has no setting {name!r}; known: {', '.join(sorted(known))}")
    kind = type(getattr(task.recipe, name))
    try:
        read: Scalar = kind(value)
    except ValueError as fault:
        raise Untrainable(f"setting {name!r} is not a {kind.__name__}: {value!r}") from fault
    return read

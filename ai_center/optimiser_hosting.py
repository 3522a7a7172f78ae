"""Puts optimisers together in the process that runs them; imported there only."""

from __future__ import annotations

import time
from functools import partial

from ai_center.adapters.cp_sat import CpSat
from ai_center.adapters.highs import Highs
from ai_center.adapters.version_store import VersionStore
from ai_center.algorithms import planning, what_if
from ai_center.algorithms.planning import Planner
from ai_center.hosting import HostContext
from ai_center.optimisers.rounding import Tools


def tools() -> Tools:
    """CP-SAT, HiGHS and the machine's clock."""
    solver = CpSat()
    return Tools(solver=solver, relaxer=Highs(), whole=solver, clock=time.perf_counter)


def stand_allocation(context: HostContext) -> Planner:
    """Factory for the host."""
    used = tools()
    return Planner(
        partial(planning.allocated, tools=used),
        partial(what_if.stands, tools=used),
        VersionStore(context.models).settings("stand_allocation"),
    )


def departure_sequence(context: HostContext) -> Planner:
    """Factory for the host."""
    return Planner(
        partial(planning.sequence, clock=time.perf_counter),
        partial(what_if.sequence, clock=time.perf_counter),
        VersionStore(context.models).settings("departure_sequence"),
    )


def lane_plan(context: HostContext) -> Planner:
    """Factory for the host."""
    used = tools()
    return Planner(
        partial(planning.lanes, tools=used),
        partial(what_if.lanes, tools=used),
        VersionStore(context.models).settings("lane_plan"),
    )


def tow_plan(context: HostContext) -> Planner:
    """Factory for the host."""
    used = tools()
    return Planner(
        partial(planning.tows, tools=used),
        partial(what_if.tows, tools=used),
        VersionStore(context.models).settings("tow_plan"),
    )

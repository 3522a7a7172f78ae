"""Puts optimisers together in the process that runs them; imported there only."""

from __future__ import annotations

import time
from functools import partial

from ai_center.adapters.cp_sat import CpSat
from ai_center.adapters.highs import Highs
from ai_center.adapters.version_store import VersionStore
from ai_center.algorithms import planning
from ai_center.algorithms.planning import Planner
from ai_center.hosting import HostContext
from ai_center.optimisers.rounding import Tools


def tools() -> Tools:
    """CP-SAT, HiGHS and the machine's clock."""
    solver = CpSat()
    return Tools(solver=solver, relaxer=Highs(), whole=solver, clock=time.perf_counter)


def stand_allocation(context: HostContext) -> Planner:
    """Factory for the host."""
    settings = VersionStore(context.models).settings("stand_allocation")
    return Planner(partial(planning.allocated, tools=tools()), settings)


def departure_sequence(context: HostContext) -> Planner:
    """Factory for the host."""
    settings = VersionStore(context.models).settings("departure_sequence")
    return Planner(partial(planning.sequence, clock=time.perf_counter), settings)


def lane_plan(context: HostContext) -> Planner:
    """Factory for the host."""
    settings = VersionStore(context.models).settings("lane_plan")
    return Planner(partial(planning.lanes, tools=tools()), settings)


def tow_plan(context: HostContext) -> Planner:
    """Factory for the host."""
    settings = VersionStore(context.models).settings("tow_plan")
    return Planner(partial(planning.tows, tools=tools()), settings)

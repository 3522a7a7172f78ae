"""Puts optimisers together in the process that runs them; imported there only."""

from __future__ import annotations

import time
from functools import partial

from ai_center.adapters.cp_sat import CpSat
from ai_center.adapters.highs import Highs
from ai_center.algorithms import planning
from ai_center.algorithms.planning import Planner
from ai_center.optimisers.rounding import Tools


def tools() -> Tools:
    """CP-SAT, HiGHS and the machine's clock."""
    return Tools(solver=CpSat(), relaxer=Highs(), clock=time.perf_counter)


def stand_allocation(context: object) -> Planner:
    """Factory for the host."""
    return Planner(partial(planning.allocated, tools=tools()))


def departure_sequence(context: object) -> Planner:
    """Factory for the host."""
    return Planner(partial(planning.sequence, clock=time.perf_counter))

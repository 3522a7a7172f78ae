"""Solves programmes of yes-or-no decisions with CP-SAT of OR-Tools (Apache-2.0).

The only file that imports OR-Tools. Workers share one deterministic schedule (``interleave_search``),
so a search that ends by effort or by proof is the same on every machine; one that ends by the clock
is not, and says so.
"""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from ai_center.optimisers.program import Choice, Ending, Limits, Program


class CpSat:
    """See the module's own words."""

    def solve(self, program: Program, limits: Limits) -> Choice:
        """Find the cheapest choice that keeps every row, as far as the limits allow."""
        started = time.perf_counter()
        model, decisions = _model(program)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_deterministic_time = limits.effort
        parameters.num_workers = limits.workers
        parameters.interleave_search = limits.workers > 1
        parameters.random_seed = limits.seed
        parameters.relative_gap_limit = limits.gap
        parameters.linearization_level = 2
        built = time.perf_counter() - started
        parameters.max_time_in_seconds = max(0.05, limits.seconds - built)
        status = solver.solve(model)
        taken: frozenset[int] = frozenset()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            taken = frozenset(d for d, var in enumerate(decisions) if solver.boolean_value(var))
        seconds = time.perf_counter() - started
        return Choice(
            taken=taken,
            cost=sum(program.costs[d] for d in taken),
            bound=solver.best_objective_bound if status != cp_model.UNKNOWN else 0.0,
            ending=_ending(status, seconds, limits),
            seconds=seconds,
        )


def _ending(status: object, seconds: float, limits: Limits) -> Ending:
    if status == cp_model.OPTIMAL:
        return "proven"
    if status != cp_model.FEASIBLE:
        return "none"
    return "time" if seconds >= limits.seconds else "effort"


def _model(program: Program) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    decisions = [model.new_bool_var("") for _ in program.costs]
    for row in program.exactly_one:
        model.add_exactly_one([decisions[d] for d in row])
    for left, right in program.equal:
        model.add(
            cp_model.LinearExpr.sum([decisions[d] for d in left])
            == cp_model.LinearExpr.sum([decisions[d] for d in right])
        )
    for capacity in program.capacities:
        there = [decisions[d] for d in capacity.decisions]
        if capacity.most == 1 and set(capacity.weights) == {1}:
            model.add_at_most_one(there)
        else:
            model.add(cp_model.LinearExpr.weighted_sum(there, capacity.weights) <= capacity.most)
    model.minimize(cp_model.LinearExpr.weighted_sum(decisions, program.costs))
    if program.hint:
        for number, decision in enumerate(decisions):
            model.add_hint(decision, number in program.hint)
    return model, decisions

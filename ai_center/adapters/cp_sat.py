"""Solves programmes of yes-or-no decisions with CP-SAT of OR-Tools (Apache-2.0).

The only file that imports OR-Tools. Workers share one deterministic schedule (``interleave_search``),
so a search that ends by effort or by proof is the same on every machine; one that ends by the clock
is not, and says so.
"""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from ai_center.optimisers.program import Choice, Ending, Limits, Program
from ai_center.optimisers.whole_numbers import WholeChoice, WholeProgram


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

    def solve_whole(
        self, program: WholeProgram, *, seconds: float, effort: float, seed: int
    ) -> WholeChoice:
        """Find the cheapest choice of whole numbers, as far as time and effort allow."""
        started = time.perf_counter()
        model, numbers = _whole_model(program)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_deterministic_time = effort
        parameters.num_workers = 1
        parameters.random_seed = seed
        parameters.linearization_level = 2
        parameters.max_time_in_seconds = max(0.05, seconds - (time.perf_counter() - started))
        status = solver.solve(model)
        values: tuple[int, ...] = ()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            values = tuple(solver.value(number) for number in numbers)
        took = time.perf_counter() - started
        return WholeChoice(
            values=values,
            cost=sum(cost * value for cost, value in zip(program.costs, values, strict=False)),
            bound=solver.best_objective_bound if status != cp_model.UNKNOWN else 0.0,
            ending=_ending(status, took, Limits(seconds=seconds)),
            seconds=took,
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


def _whole_model(program: WholeProgram) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    numbers = [
        model.new_int_var(low, high, "")
        for low, high in zip(program.least, program.most, strict=True)
    ]
    for row in program.rows:
        total = cp_model.LinearExpr.weighted_sum([numbers[n] for n in row.numbers], row.factors)
        if row.least is not None and row.least == row.most:
            model.add(total == row.least)
            continue
        if row.least is not None:
            model.add(total >= row.least)
        if row.most is not None:
            model.add(total <= row.most)
    model.minimize(cp_model.LinearExpr.weighted_sum(numbers, program.costs))
    for number, value in zip(numbers, program.hint, strict=False):
        model.add_hint(number, value)
    return model, numbers

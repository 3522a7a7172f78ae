"""Web routes that ask planners "what if": the plan's difference, its cost and the reasons.

Every planner takes its own question and changes (see the OpenAPI); a request plans for at most a minute,
in the one process that plans, and waits its turn there. The simple rules that answer for a planner that
cannot be reached know no difference, so that such a request is refused with 503 instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from ai_center.algorithms.what_if import LaneWhatIf, SequenceWhatIf, StandWhatIf, TowWhatIf
from ai_center.domain import Answer
from ai_center.errors import AlgorithmFailed, FactsRefused
from ai_center.optimisers.differences import WhatIf
from ai_center.service import AlgorithmCentre
from service_bus import Guard

SCOPE = "ai.plan"
LONGEST_S = 60.0
"""Planning time of one request."""
MARGIN_S = 20.0
"""Beyond the planning time: reading, repairing, a process that starts."""


class DifferenceView(BaseModel):
    """One thing that is planned otherwise; empty ``before``: new, empty ``after``: left over."""

    what: str
    field: str
    before: str
    after: str
    because: str


class WhatIfView(BaseModel):
    """The plan as it is, the plan with the changes, and what differs.

    ``before`` and ``after`` hold the figures of both, ``cost`` among them, in ``unit``; ``adds`` is the cost
    after less the cost before.
    """

    algorithm: str
    version: str
    unit: str
    before: dict[str, float]
    after: dict[str, float]
    adds: float
    differences: list[DifferenceView]
    seconds: float
    elapsed_ms: float


def router(centre: AlgorithmCentre, *, guard: Guard) -> APIRouter:
    """Routes under ``/plans`` of the routes of the algorithm centre."""
    routes = APIRouter(prefix="/plans", tags=["ai"], dependencies=[Depends(guard(SCOPE))])

    @routes.post("/stand_allocation/what-if")
    async def stands(asked: StandWhatIf, request: Request) -> WhatIfView:
        """What if a stand closes, or a turn is late, larger or cancelled? Few aircraft are moved."""
        return await _asked(centre, "stand_allocation", asked.question.seconds, request)

    @routes.post("/departure_sequence/what-if")
    async def sequence(asked: SequenceWhatIf, request: Request) -> WhatIfView:
        """What if a flight is late or cancelled, a runway closes or slows down, or one is left?"""
        return await _asked(centre, "departure_sequence", asked.question.seconds, request)

    @routes.post("/lane_plan/what-if")
    async def lanes(asked: LaneWhatIf, request: Request) -> WhatIfView:
        """What if lanes are out, or more people come?"""
        return await _asked(centre, "lane_plan", asked.question.seconds, request)

    @routes.post("/tow_plan/what-if")
    async def tows(asked: TowWhatIf, request: Request) -> WhatIfView:
        """What if tugs are missing, a stand closes or a turn is late?"""
        return await _asked(centre, "tow_plan", asked.question.seconds, request)

    return routes


async def _asked(
    centre: AlgorithmCentre, name: str, seconds: float, request: Request
) -> WhatIfView:
    """Ask with the payload as it came: what it leaves out, the serving version's settings fill in."""
    if seconds > LONGEST_S:
        raise FactsRefused("question.seconds", f"is more than {LONGEST_S:g}")
    payload: Mapping[str, Any] = await request.json()
    answer = await centre.call(name, payload, timeout_s=seconds + MARGIN_S)
    return _view(answer)


def _view(answer: Answer) -> WhatIfView:
    found = answer.value
    if not isinstance(found, WhatIf):
        raise AlgorithmFailed(answer.algorithm, type(found).__name__)
    return WhatIfView(
        algorithm=answer.algorithm,
        version=answer.version,
        unit=found.unit,
        before=dict(found.before),
        after=dict(found.after),
        adds=found.adds,
        differences=[
            DifferenceView(
                what=one.what,
                field=one.field,
                before=one.before,
                after=one.after,
                because=one.because,
            )
            for one in found.differences
        ],
        seconds=found.seconds,
        elapsed_ms=answer.elapsed_ms,
    )

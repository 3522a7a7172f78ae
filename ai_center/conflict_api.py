"""Web route that asks who may meet whom on the apron.

The question is that of the algorithm ``apron_conflicts``; ``degraded`` says that everybody was taken to go
straight on, because the algorithm could not be reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from ai_center.algorithms.apron import ConflictQuestion
from ai_center.domain import Answer
from ai_center.errors import AlgorithmFailed
from ai_center.service import AlgorithmCentre
from service_bus import Guard

ALGORITHM = "apron_conflicts"
SCOPE = "ai.plan"


class ConflictView(BaseModel):
    """Two that may come too close within half a minute."""

    pair: tuple[str, str]
    chance: float
    seconds: float


class ConflictsView(BaseModel):
    """Pairs, likeliest first, and who says so."""

    algorithm: str
    version: str
    degraded: bool
    conflicts: list[ConflictView]
    elapsed_ms: float


def router(centre: AlgorithmCentre, *, guard: Guard) -> APIRouter:
    """A route under those of the algorithm centre."""
    routes = APIRouter(tags=["ai"], dependencies=[Depends(guard(SCOPE))])

    @routes.post("/conflicts")
    async def conflicts(asked: ConflictQuestion, request: Request) -> ConflictsView:
        """Who may come too close on the apron within 30 seconds, how likely, and when?"""
        payload: Mapping[str, Any] = await request.json()
        return _view(await centre.call(ALGORITHM, payload))

    return routes


def _view(answer: Answer) -> ConflictsView:
    found = answer.value
    if not isinstance(found, list):
        raise AlgorithmFailed(answer.algorithm, type(found).__name__)
    return ConflictsView(
        algorithm=answer.algorithm,
        version=answer.version,
        degraded=answer.degraded,
        conflicts=[
            ConflictView(pair=one.pair, chance=one.chance, seconds=one.seconds) for one in found
        ],
        elapsed_ms=answer.elapsed_ms,
    )

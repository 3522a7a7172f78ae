"""Web routes of the algorithm centre: what runs here, and on which weights."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from ai_center.domain import Calibration
from ai_center.errors import Uncalibrated
from ai_center.model_manifest import ModelManifest, Shelf
from ai_center.ports import ModelState
from ai_center.service import AlgorithmCentre, AlgorithmState
from service_bus import Guard


class AlgorithmView(BaseModel):
    """A registered algorithm."""

    name: str
    version: str
    summary: str
    owner: str
    payload: str
    answer: str
    limits: str
    timeout_s: float
    ready: bool
    missing: str
    has_fallback: bool


class PointView(BaseModel):
    """An operating point; ``threshold`` is the largest distance that matches."""

    fmr: float
    threshold: float
    tar: float


class CalibrationView(BaseModel):
    """What distances of a model mean."""

    metric: str
    default_fmr: float
    data: str
    genuine_pairs: int
    impostor_pairs: int
    measured: date
    note: str
    points: list[PointView]


class ModelView(BaseModel):
    """A model with a manifest."""

    name: str
    version: str
    task: str
    title: str
    licence: str
    licence_note: str
    sha256: str
    bytes: int
    state: ModelState
    packs: list[str]
    calibration: CalibrationView | None


def router(centre: AlgorithmCentre, shelf: Shelf, *, guard: Guard) -> APIRouter:
    """Routes under ``/api/ai``."""
    routes = APIRouter(prefix="/api/ai", tags=["ai"])
    reader = Depends(guard("ai.read"))

    @routes.get("/algorithms", dependencies=[reader])
    def algorithms() -> list[AlgorithmView]:
        """Every registered algorithm and whether it can be called now."""
        return [_algorithm(state) for state in centre.algorithms()]

    @routes.get("/models", dependencies=[reader])
    def models() -> list[ModelView]:
        """Every model with a manifest: licence, hash, state of its file, calibration."""
        states = centre.models()
        return [
            _model(manifest, states[manifest.name], centre, shelf)
            for manifest in shelf.models.values()
        ]

    return routes


def _algorithm(state: AlgorithmState) -> AlgorithmView:
    card = state.card
    return AlgorithmView(
        name=card.name,
        version=card.version,
        summary=card.summary,
        owner=card.owner,
        payload=card.signature.payload_meaning,
        answer=card.signature.answer_meaning,
        limits=card.limits,
        timeout_s=card.timeout_s,
        ready=state.ready,
        missing=state.missing,
        has_fallback=state.has_fallback,
    )


def _model(
    manifest: ModelManifest, state: ModelState, centre: AlgorithmCentre, shelf: Shelf
) -> ModelView:
    try:
        calibration = centre.calibration(manifest.identity)
    except Uncalibrated:
        calibration = None
    return ModelView(
        name=manifest.name,
        version=manifest.version,
        task=manifest.task,
        title=manifest.title,
        licence=manifest.licence,
        licence_note=manifest.licence_note,
        sha256=manifest.sha256,
        bytes=manifest.bytes,
        state=state,
        packs=[p.name for p in shelf.packs.values() if manifest.name in (p.detector, p.recogniser)],
        calibration=_calibration(calibration) if calibration else None,
    )


def _calibration(calibration: Calibration) -> CalibrationView:
    return CalibrationView(
        metric=calibration.metric,
        default_fmr=calibration.default_fmr,
        data=calibration.data,
        genuine_pairs=calibration.genuine_pairs,
        impostor_pairs=calibration.impostor_pairs,
        measured=calibration.measured,
        note=calibration.note,
        points=[PointView(fmr=p.fmr, threshold=p.threshold, tar=p.tar) for p in calibration.points],
    )

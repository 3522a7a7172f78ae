"""Builds the algorithm centre from its settings: the package's own wiring.

The runtime starts in the background, so that the gateway is up before Ray is: until then the
readiness check says what is missing and calls are refused with "not ready".
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ai_center import conflict_api, evaluation, plan_api
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.divided import DividedRuntime
from ai_center.adapters.ground_files import GroundFiles
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.adapters.in_turn import InTurn
from ai_center.adapters.model_store import ModelStore, silent
from ai_center.adapters.own_process import OwnProcessRuntime
from ai_center.adapters.ray_jobs import RayCrew
from ai_center.adapters.ray_serve import RayLimits, RayServeRuntime
from ai_center.api import router
from ai_center.asking import ask as ask_here
from ai_center.assembly import DEFAULT_LIVENESS as DEFAULT_LIVENESS  # the command line asks
from ai_center.assembly import face_pipeline, is_folder, liveness_of
from ai_center.catalogue import Catalogue, installed
from ai_center.conflicts.ground import Ground as Ground  # the shell makes one of an airport model
from ai_center.conflicts.ground import Line as Line
from ai_center.conflicts.ground import ground_of as ground_of
from ai_center.desk import Desk as Desk
from ai_center.domain import Calibration, Card, Metric
from ai_center.errors import AiError
from ai_center.evaluation import PadReport, Report
from ai_center.example_questions import example as example  # the command line asks
from ai_center.findings import BenchFinding as BenchFinding  # the command line names its type
from ai_center.hosting import HostContext, Hosted
from ai_center.model_manifest import load_shelf
from ai_center.optimisers.differences import WhatIf as WhatIf  # the command line names its type
from ai_center.ports import ModelState, Progress, Runtime
from ai_center.service import AlgorithmCentre
from ai_center.settings import AiSettings
from ai_center.trials.bench import BenchContext
from ai_center.trials.measures import Measure as Measure
from ai_center.trials.search import Crew
from ai_center.trials.search import Searched as Searched
from ai_center.workbench import Given as Given
from ai_center.workbench import Workbench as Workbench  # the command line names its type
from service_bus import Clock, Component, Guard

log = logging.getLogger(__name__)


Grounds = Callable[[], Iterable[Ground]]
"""Makes the graphs of the airports; it is called off the event loop."""


def build(
    settings: AiSettings,
    *,
    data_dir: Path,
    clock: Clock,
    guard: Guard,
    grounds: Grounds = tuple,
) -> tuple[Component, AlgorithmCentre]:
    """Build the centre; nothing has started when it returns.

    Args:
        settings: of this package.
        data_dir: holds the model store.
        clock: for what is recorded.
        guard: of the routes.
        grounds: are left in the model store before the runtime starts, for algorithms that ask for one.
    """
    store = model_store(data_dir)
    catalogue = installed()
    runtime = build_runtime(settings, catalogue, data_dir=data_dir)
    centre = AlgorithmCentre(catalogue, runtime, store, timer=time.perf_counter)
    kept = GroundFiles(models_folder(data_dir))
    starter = Starter(runtime, store, settings, ground=lambda: leave(grounds, kept))
    routes = router(centre, store.shelf, guard=guard)
    routes.include_router(plan_api.router(centre, guard=guard))
    routes.include_router(conflict_api.router(centre, guard=guard))
    component = Component(
        name="ai",
        serving=(starter.run,),
        router=routes,
        checks={"algorithms": runtime.ready, "face_models": starter.models_missing},
    )
    return component, centre


def build_runtime(settings: AiSettings, catalogue: Catalogue, *, data_dir: Path) -> Runtime:
    """The runtime that the settings name, and one process for long work; nothing is started."""
    hosted, apart = (
        [Hosted(name=e.card.name, factory=e.factory) for e in catalogue if e.apart is wanted]
        for wanted in (False, True)
    )
    context = host_context(settings, data_dir=data_dir)
    planning = OwnProcessRuntime(apart, context, max_queued=settings.max_planning)
    main = _main_runtime(settings, hosted, context, data_dir=data_dir)
    return DividedRuntime(main, {one.name: planning for one in apart})


def host_context(settings: AiSettings, *, data_dir: Path) -> HostContext:
    """What the factories of algorithms get."""
    return HostContext(
        models=models_folder(data_dir),
        threads=settings.threads,
        options={"pack": settings.face_pack, "liveness": settings.face_liveness},
    )


def _main_runtime(
    settings: AiSettings, hosted: list[Hosted], context: HostContext, *, data_dir: Path
) -> Runtime:
    if settings.runtime == "in_process":
        return InProcessRuntime(
            hosted, context, workers=settings.replicas, max_queued=settings.max_queued
        )
    limits = RayLimits(
        threads=settings.threads,
        replicas=settings.replicas,
        max_ongoing=settings.max_ongoing,
        max_queued=settings.max_queued,
        object_store_bytes=settings.object_store_mib * 1024 * 1024,
    )
    return RayServeRuntime(hosted, context, limits=limits, folder=data_dir.resolve() / "ray")


def models_folder(data_dir: Path) -> Path:
    """Where models are kept."""
    return data_dir.resolve() / "models"


def keep_ground(ground: Ground, *, data_dir: Path) -> Path:
    """Leave the graphs of an airport where algorithms look for them."""
    return GroundFiles(models_folder(data_dir)).keep(ground)


def leave(grounds: Grounds, files: GroundFiles) -> None:
    """Make the graphs of the airports and leave them where algorithms look for them."""
    for ground in grounds():
        files.keep(ground)


def model_store(data_dir: Path) -> ModelStore:
    """The model store of a data folder."""
    return ModelStore(models_folder(data_dir), load_shelf())


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """A model as the command line lists it."""

    name: str
    task: str
    licence: str
    sha256: str
    state: ModelState
    packs: tuple[str, ...]


class Starter:
    """Brings grounds, models and runtime up in the background, again and again until all are there."""

    def __init__(
        self,
        runtime: Runtime,
        store: ModelStore,
        settings: AiSettings,
        *,
        ground: Callable[[], None],
    ) -> None:
        """Look after this runtime; ``ground`` leaves the airports' graphs in the store."""
        self._runtime = runtime
        self._store = store
        self._settings = settings
        self._ground = ground
        self._grounded = False
        self._missing: str | None = "face models have not been looked at yet"

    def models_missing(self) -> str | None:
        """``None`` when the face models are there, else what is missing."""
        return self._missing

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, then stop the runtime."""
        try:
            started = False
            while not stop.is_set():
                if not self._grounded:
                    await asyncio.to_thread(self._leave_grounds)
                if self._missing is not None:
                    await asyncio.to_thread(self._bring_models)
                if not started:
                    started = await self._start()
                complete = started and self._grounded and self._missing is None
                await _wait(stop, None if complete else self._settings.retry_s)
        finally:
            await self._runtime.stop()

    async def _start(self) -> bool:
        try:
            await self._runtime.start()
        except AiError as fault:
            log.error("event=runtime.start.failed reason=%s", fault)
            return False
        log.info("event=runtime.started runtime=%s", self._settings.runtime)
        return True

    def _leave_grounds(self) -> None:
        try:
            self._ground()
        except OSError as fault:
            log.error("event=grounds.failed reason=%s", fault)
        else:
            self._grounded = True

    def _bring_models(self) -> None:
        pack = self._settings.face_pack
        if is_folder(pack) and not any(Path(pack).glob("*.onnx")):
            self._missing = f"face pack {pack} holds no *.onnx"
            return
        try:
            for name in _wanted(self._settings):
                if self._settings.fetch_models:
                    self._store.fetch_pack(name, _logged)
                for model in self._store.shelf.models_of(name):
                    self._store.weights(model.name)
        except AiError as fault:
            self._missing = str(fault)
            log.warning("event=models.missing pack=%s reason=%s", pack, fault)
        else:
            self._missing = None


def _wanted(settings: AiSettings) -> list[str]:
    """Packs and liveness sets of the shelf that these settings need."""
    named = ["" if is_folder(settings.face_pack) else settings.face_pack, settings.face_liveness]
    return [name for name in named if name]


def fetch_models(pack: str, *, data_dir: Path, progress: Progress = silent) -> list[Path]:
    """Bring the models of a pack or a liveness set into the store; for the command line.

    Raises:
        UnknownModel: no such pack.
        ModelUnavailable: no source gave a model; says what each one answered.
    """
    return model_store(data_dir).fetch_pack(pack, progress)


def describe_models(data_dir: Path) -> list[ModelFacts]:
    """Every model with a manifest and the state of its file; for the command line."""
    store = model_store(data_dir)
    together = (*store.shelf.packs, *store.shelf.liveness_sets)
    members = {name: {m.name for m in store.shelf.models_of(name)} for name in together}
    return [
        ModelFacts(
            name=manifest.name,
            task=manifest.task,
            licence=manifest.licence,
            sha256=manifest.sha256,
            state=store.state(manifest.name),
            packs=tuple(name for name in together if manifest.name in members[name]),
        )
        for manifest in store.shelf.models.values()
    ]


def cards() -> list[Card]:
    """The cards of every registered algorithm, by name; for the command line."""
    return sorted((entry.card for entry in installed()), key=lambda card: card.name)


def workbench(settings: AiSettings, *, data_dir: Path, folder: Path | None = None) -> Workbench:
    """Where forecasts are trained and compared; for the command line.

    Args:
        settings: name a further folder of data sets.
        data_dir: holds the model store and our own data sets.
        folder: looked at before that of the settings.
    """
    named = Path(settings.dataset_folder)
    folders = [named] if folder is None else [folder, named]
    files = DatasetFiles(data_dir.resolve() / "datasets", folders)
    return Workbench(models_folder(data_dir), files)


def desk(
    settings: AiSettings,
    *,
    data_dir: Path,
    clock: Clock,
    folder: Path | None = None,
) -> Desk:
    """Where any algorithm is measured, compared and promoted; for the command line.

    Args:
        settings: as for :func:`workbench`.
        data_dir: holds the model store.
        clock: for the record of promotions.
        folder: data sets, or the cases of an algorithm that is measured on files.
    """
    context = BenchContext(models=models_folder(data_dir), threads=settings.threads, folder=folder)
    bench = workbench(settings, data_dir=data_dir, folder=folder)
    return Desk(installed(), bench, context, clock=clock)


def ask(settings: AiSettings, name: str, payload: object, *, data_dir: Path) -> object:
    """Ask an algorithm one question in this process; see :func:`ai_center.asking.ask`."""
    return ask_here(name, payload, host_context(settings, data_dir=data_dir))


def crew_of(kind: str, settings: AiSettings, *, data_dir: Path) -> Crew:
    """Who does the jobs of a search: ``here`` one after the other, ``ray`` a local Ray.

    Ray's workers together compute on as many threads as the machine has.
    """
    if kind == "here":
        return InTurn()
    workers = max(1, (os.cpu_count() or 1) // settings.threads)
    return RayCrew(data_dir.resolve() / "ray-jobs", workers=workers)


def missing_models(settings: AiSettings, *, data_dir: Path) -> list[str]:
    """Names of the chosen models that are not in the store, or are not the pinned file."""
    pack, store = settings.face_pack, model_store(data_dir)
    missing = [pack] if is_folder(pack) and not any(Path(pack).glob("*.onnx")) else []
    for name in _wanted(settings):
        for model in store.shelf.models_of(name):
            try:
                store.weights(model.name)
            except AiError:
                missing.append(model.name)
    return list(dict.fromkeys(missing))


def evaluate_pack(
    pairs_dir: Path,
    pack: str,
    *,
    data_dir: Path,
    threads: int = 1,
    metric: Metric | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Measure a pack on a folder of pairs, in this process.

    Args:
        pairs_dir: see ``ai_center.evaluation``.
        pack: name, or path of a folder in insightface's layout.
        data_dir: where the model store is.
        threads: computing threads.
        metric: how embeddings are compared; ``None`` takes the manifest's, cosine for a folder.
        progress: told photos done and in all.
    """
    store = model_store(data_dir)
    pipeline = face_pipeline(store, pack, threads=threads, timer=time.process_time)
    own = None if is_folder(pack) else store.shelf.of_pack(pack)[1].metric
    return evaluation.evaluate(
        pairs_dir,
        pipeline.observe,
        pack=pack,
        metric=metric or own or "cosine",
        batches=evaluation.measure_batches(pipeline.embedder, time.process_time),
        progress=progress,
    )


def evaluate_liveness(
    pad_dir: Path,
    liveness: str = DEFAULT_LIVENESS,
    *,
    data_dir: Path,
    threads: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PadReport:
    """Measure a liveness set on a folder of presentations, in this process.

    Args:
        pad_dir: see ``ai_center.evaluation.pad``.
        liveness: name of the set.
        data_dir: where the model store is.
        threads: computing threads.
        progress: told photos done and in all.
    """
    algorithm = liveness_of(model_store(data_dir), liveness, threads=threads)
    return evaluation.evaluate_pad(pad_dir, algorithm.judge, liveness=liveness, progress=progress)


def save_calibration(calibration: Calibration, *, data_dir: Path) -> Path:
    """Keep a calibration made on site; the centre uses it from its next start on."""
    return model_store(data_dir).save_calibration(calibration)


def _logged(model: str, stage: str, done: int, total: int) -> None:
    if stage != "download":
        log.info("event=models.fetch model=%s stage=%s", model, stage)


async def _wait(stop: asyncio.Event, seconds: float | None) -> None:
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()

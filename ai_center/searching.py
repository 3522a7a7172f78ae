"""Searches settings of any algorithm: what a job does in whichever process, and how results are kept.

A job is plain values, so that it can travel: the algorithm, the settings, how much work to spend, and
where the model store and the data lie. Losses are written one by one; a search that was killed goes on
where it was, and the same seed gives the same search.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.model_store import write
from ai_center.adapters.version_store import KeptCases
from ai_center.hosting import load
from ai_center.served import ALGORITHMS
from ai_center.trials.bench import BenchContext, Scalar, Settings, Wanted
from ai_center.trials.run import Progress, sheet_of
from ai_center.trials.search import Crew, Job, Searched, Tried, drawn, searched
from ai_center.workbench import Workbench

JOB = "ai_center.searching:tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a job finds things.

    Attributes:
        models: folder of the model store.
        datasets: own folder of data sets, then those that are looked through.
    """

    models: Path
    datasets: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is searched.

    Attributes:
        name: of the algorithm.
        code: its version.
        used: settings in use.
        space: values to try.
        maker: ``module:function`` of the bench; empty for a forecast.
    """

    name: str
    code: str
    used: Settings
    space: Mapping[str, tuple[Scalar, ...]]
    maker: str


def search(
    ground: Ground,
    place: Place,
    crew: Crew,
    *,
    count: int,
    seed: int,
    progress: Progress = lambda doing, done, total: None,
) -> Searched:
    """Search settings; see ``trials/search.py``.

    Args:
        ground: what is searched.
        place: where jobs find things.
        crew: runs the jobs.
        count: candidates.
        seed: of the draws and of whatever the algorithm draws.
        progress: told how it goes.

    Raises:
        Untrainable: every candidate failed.
    """
    candidates = drawn(ground.space, ground.used, count, seed)
    told = json.dumps([asdict(ground), candidates, seed], sort_keys=True, default=list)
    key = hashlib.sha256(told.encode()).hexdigest()[:16]
    folder = place.models / ALGORITHMS / ground.name
    kept = KeptCases(folder / ".work" / f"search-{key}.jsonl")

    def try_all(jobs: Sequence[Job]) -> list[Tried]:
        return _tried(jobs, ground, place, crew, kept, seed=seed, progress=progress)

    before = len(kept.load())
    with crew:
        found = searched(candidates, try_all, seed=seed)
    record = {**asdict(ground), "seed": seed, "count": count, **asdict(found)}
    del record["kept"]  # the record of a search is the same however often it was stopped
    path = folder / "searches" / f"{key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, (json.dumps(record, indent=1, default=list) + "\n").encode())
    return replace(found, kept=before)


def _tried(
    jobs: Sequence[Job],
    ground: Ground,
    place: Place,
    crew: Crew,
    kept: KeptCases,
    *,
    seed: int,
    progress: Progress,
) -> list[Tried]:
    """Losses of jobs: those that are known, then the others as they come."""
    known = {key: gave["job"]["loss"] for key, gave in kept.load().items()}
    found = {job.key: Tried(job=job, loss=known[job.key]) for job in jobs if job.key in known}
    left = [job for job in jobs if job.key not in found]
    doing = f"{len(jobs)} candidates, {jobs[0].budget:.0%} of the work"
    progress(doing, len(found), len(jobs))
    told = [_plain(job, ground, place, seed) for job in left]
    for done in crew.each(JOB, told) if told else ():
        job = left[done.place]
        found[job.key] = Tried(job=job, loss=done.loss, fault=done.fault)
        if done.loss is not None:
            kept.add(job.key, {"job": {"loss": done.loss}})
        progress(doing, len(found), len(jobs))
    return [found[job.key] for job in jobs]


def _plain(job: Job, ground: Ground, place: Place, seed: int) -> dict[str, Any]:
    return {
        "name": ground.name,
        "maker": ground.maker,
        "settings": dict(job.settings),
        "share": job.budget,
        "seed": seed,
        "models": str(place.models),
        "datasets": [str(folder) for folder in place.datasets],
    }


def tried(job: Mapping[str, Any]) -> float:
    """Do a job: the loss of an algorithm with some settings, with a share of the work."""
    if job["maker"]:
        return _bench_loss(job)
    return _forecast_loss(job)


def _bench_loss(job: Mapping[str, Any]) -> float:
    """The loss on a share of the cases that are there to choose on."""
    bench = load(job["maker"])(BenchContext(models=Path(job["models"])))
    about = bench.about
    count = max(1, round(job["share"] * about.cases))
    cases = bench.cases(Wanted(purpose="train", count=count, seed=job["seed"]))
    sheet = sheet_of({case: bench.run(case, job["settings"]) for case in cases})
    return float(sheet.estimate(job["name"], about.measure(about.loss)).value)


def _forecast_loss(job: Mapping[str, Any]) -> float:
    bench = _workbench(job["models"], tuple(job["datasets"]))
    return bench.rehearsed(job["name"], job["settings"], share=job["share"], seed=job["seed"])


@lru_cache(maxsize=1)
def _workbench(models: str, datasets: tuple[str, ...]) -> Workbench:
    """One per process, so that a set is read and its features are made once for many jobs."""
    own, *others = (Path(folder) for folder in datasets)
    return Workbench(Path(models), DatasetFiles(own, others))

"""Everything an evaluation of a face pack says, gathered from one look at a folder of photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ai_center.domain import FaceObservation, Metric, ModelIdentity
from ai_center.evaluation import groups, identification, verification
from ai_center.evaluation.groups import Group
from ai_center.evaluation.identification import Identified, Required
from ai_center.evaluation.intervals import RULE_OF_3, Interval
from ai_center.evaluation.photo_set import BadPairs, observe_all, person_of
from ai_center.evaluation.stage_times import StageTime, stage_times
from ai_center.evaluation.throughput import BatchTime
from ai_center.evaluation.verification import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found; the modules beside this one say how each part is measured.

    Attributes:
        failures: photos in which no face was found.
        curve: (FMR, FNMR) over all pairs.
        galleries: identification measured on galleries drawn from the set.
        thresholds: what larger galleries ask for, and whether this set can say.
        groups: empty when the set has no ``groups.csv``.
        stage_ms: processor milliseconds per stage and photo.
        batches: processor time of embedding in batches; empty when it was not measured.
    """

    pack: str
    model: ModelIdentity
    detector: ModelIdentity
    metric: Metric
    data: str
    photos: int
    people: int
    failures: tuple[str, ...]
    pairs: int
    accuracy: float
    accuracy_error: float
    genuine_pairs: int
    impostor_pairs: int
    eer: Interval
    rates: tuple[Rate, ...]
    curve: tuple[tuple[float, float], ...]
    galleries: tuple[Identified, ...]
    thresholds: tuple[Required, ...]
    groups: tuple[Group, ...]
    stage_ms: Mapping[str, StageTime]
    batches: tuple[BatchTime, ...] = ()

    @property
    def smallest_fmr(self) -> float:
        """The rule of 3: no smaller rate could be shown, were all impostor pairs independent."""
        return RULE_OF_3 / self.impostor_pairs


def evaluate(
    folder: Path,
    observe: Callable[[bytes], FaceObservation],
    *,
    pack: str,
    metric: Metric,
    batches: tuple[BatchTime, ...] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Observe every photo of a folder of pairs and measure.

    Args:
        folder: see ``photo_set``.
        observe: the pack's pipeline.
        pack: its name, for the report.
        metric: how its embeddings are compared.
        batches: see ``throughput``.
        progress: told photos done and in all.

    Raises:
        BadPairs: the folder is not as described, or holds too few faces.
    """
    labels = groups.read_groups(folder)
    photos = observe_all(folder, observe, metric=metric, progress=progress)
    pairs = verification.all_pairs(photos)
    if not len(pairs.genuine) or not len(pairs.impostor):
        raise BadPairs(f"{folder}: no two photos of one person, or of two people, hold a face")
    found = verification.verify(photos, pairs)
    threshold = verification.threshold_at(pairs.impostor, verification.GROUP_FMR)
    return Report(
        pack=pack,
        model=photos.model,
        detector=photos.detector,
        metric=metric,
        data=folder.name,
        photos=len(photos.names),
        people=len({person_of(name) for name in photos.names}),
        failures=photos.failures,
        pairs=len(photos.listed),
        accuracy=found.accuracy,
        accuracy_error=found.accuracy_error,
        genuine_pairs=len(pairs.genuine),
        impostor_pairs=len(pairs.impostor),
        eer=found.eer,
        rates=found.rates,
        curve=found.curve,
        galleries=identification.identify(photos, pairs),
        thresholds=identification.required(pairs),
        groups=groups.by_group(photos, labels, threshold=threshold),
        stage_ms=stage_times(photos.stage_ms),
        batches=batches,
    )


def as_json(report: object) -> dict[str, Any]:
    """A report as plain values, for ``--json``."""
    plain: dict[str, Any] = asdict(report)  # type: ignore[call-overload]
    return plain

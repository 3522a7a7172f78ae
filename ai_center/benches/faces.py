"""Faces on a folder of labelled pairs, at the threshold that a gate would use, pair by pair.

Curves, groups, search in galleries and times are told by ``models evaluate``; here two packs can be
compared on the same pairs. A case is a pair's number: names of people stay in the folder.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ai_center.adapters.model_store import ModelStore
from ai_center.assembly import DEFAULT_PACK, face_pipeline
from ai_center.domain import FaceObservation
from ai_center.errors import DatasetUnavailable, PhotoRefused
from ai_center.evaluation.photo_set import read_pairs
from ai_center.matching import compare
from ai_center.model_manifest import load_shelf
from ai_center.trials.bench import (
    About,
    Bench,
    BenchContext,
    FieldOf,
    Measured,
    Settings,
    Wanted,
)
from ai_center.trials.gate import at_most
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME = "face_embedding"
PHOTOS_KEPT = 2048

ABOUT = About(
    words=Words(
        en="Finds the face in a photo and gives the vector that 1:1 comparison needs",
        zh="人脸检测与特征提取：用于人证 1:1 比对",
    ),
    question=(
        "Are two photos of one person? Known: the two photos, and the distance up to which the pack was "
        "calibrated to take two faces for one person."
    ),
    takes=(
        FieldOf(name="photo", type="bytes", unit="", meaning="one JPEG or PNG, at most 10 MiB"),
    ),
    gives=(
        FieldOf(name="embedding", type="vector", unit="", meaning="float32; never shown or logged"),
        FieldOf(name="box, points", type="numbers", unit="px", meaning="where the face is"),
        FieldOf(name="quality", type="list", unit="0 to 100", meaning="names of ISO/IEC 29794-5"),
        FieldOf(name="stage_ms", type="map", unit="ms", meaning="time per stage"),
    ),
    data=(
        ("cases", "pairs listed in pairs.csv of the folder given with --from"),
        ("tried on", "600 pairs of Labeled Faces in the Wild (press photographs, 614 people)"),
    ),
    split=(
        ("weights learnt on", "what their publishers say, see the manifests; not on these pairs"),
        (
            "threshold",
            "calibrated; the default pack's on the same 600 pairs, so expect a little less",
        ),
    ),
    measures=(
        Measure(
            name="wrong", words=Words(en="wrong decisions", zh="误判率"), unit="%", counted=True
        ),
        Measure(
            name="missed",
            words=Words(en="false non-matches", zh="拒真率"),
            unit="%",
            counted=True,
            per="genuine",
        ),
        Measure(
            name="taken",
            words=Words(en="false matches", zh="认假率"),
            unit="%",
            counted=True,
            per="impostor",
        ),
        Measure(
            name="faceless",
            words=Words(en="no face found", zh="未检出人脸"),
            unit="%",
            counted=True,
        ),
        Measure(name="genuine", words=Words(en="genuine", zh="同人"), unit="", shown=False),
        Measure(name="impostor", words=Words(en="impostor", zh="异人"), unit="", shown=False),
    ),
    loss="wrong",
    rivals=(),
    settings={"pack": DEFAULT_PACK},
    fallback="none: a face that cannot be read is looked at by a person",
    licences=(
        ("code", "Apache-2.0; OpenCV (Apache-2.0), ONNX Runtime (MIT)"),
        ("weights", "per model, in its manifest (airport-brain models list); default: MIT, CC0"),
        ("data", "Labeled Faces in the Wild: for research; it is not part of the platform"),
    ),
    limits=(
        "1:1 comparison with the document in hand only; no search in a crowd.",
        "No claim about presentation attacks.",
        "Press photographs of well-known people: measure on photos of your own cameras.",
        "300 pairs of two people bound a false match rate at 1 % (rule of three), not below.",
    ),
    cases=600,
    promotable=(
        "the pack is the setting ai_center.face_pack: templates of one pack do not compare with another's, "
        "so that changing it means enrolling everybody again"
    ),
)


class FaceBench:
    """See the module's own words."""

    about = ABOUT

    def __init__(self, context: BenchContext) -> None:
        """Measure on the folder of the context."""
        self._context = context
        self._store = ModelStore(context.models, load_shelf())
        self._pack = ""
        self._seen = lru_cache(maxsize=PHOTOS_KEPT)(self._observed)

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Numbers of the listed pairs; there are no others to choose on."""
        count = min(wanted.count, len(read_pairs(self._folder())))
        return tuple(f"pair {number}" for number in range(count))

    def run(self, case: str, settings: Settings) -> Measured:
        """Decide one pair."""
        self._use(str(settings["pack"]))
        first, second, same = read_pairs(self._folder())[int(case.removeprefix("pair "))]
        one, other = self._seen(first), self._seen(second)
        matched = False
        if one is not None and other is not None:
            matched = compare(one, other, self._store.calibration(one.model)).matched
        return {
            NAME: {
                "wrong": float(matched is not same),
                "missed": float(same and not matched),
                "taken": float(matched and not same),
                "faceless": float(one is None or other is None),
                "genuine": float(same),
                "impostor": float(not same),
            }
        }

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """Few are refused wrongly, nearly nobody is taken for another."""
        return (
            at_most(sheet, NAME, ABOUT.measure("missed"), 0.14),
            at_most(sheet, NAME, ABOUT.measure("taken"), 0.01),
            at_most(sheet, NAME, ABOUT.measure("faceless"), 0.01),
        )

    def _folder(self) -> Path:
        if self._context.folder is None:
            raise DatasetUnavailable("labelled pairs", ("say --from DIR, a folder with pairs.csv",))
        return self._context.folder

    def _use(self, pack: str) -> None:
        if pack != self._pack:
            self._pipeline = face_pipeline(self._store, pack, threads=self._context.threads)
            self._pack = pack
            self._seen.cache_clear()

    def _observed(self, name: str) -> FaceObservation | None:
        try:
            return self._pipeline.observe((self._folder() / "images" / name).read_bytes())
        except PhotoRefused:
            return None


def bench(context: BenchContext) -> Bench:
    """For the catalogue."""
    return FaceBench(context)

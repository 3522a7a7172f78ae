"""Liveness on a folder of presentations, live and attacks, photo by photo; after ISO/IEC 30107-3.

The worst species and trades between thresholds are told by ``models evaluate --pad``.
"""

from __future__ import annotations

from pathlib import Path

from ai_center.adapters.model_store import ModelStore
from ai_center.algorithms.liveness import LivenessAlgorithm
from ai_center.assembly import DEFAULT_LIVENESS, liveness_of
from ai_center.errors import DatasetUnavailable, PhotoRefused
from ai_center.evaluation.pad import BONA_FIDE, read_presentations
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

NAME = "face_liveness"

ABOUT = About(
    words=Words(
        en="Says how live the face in a photo looks: a person, or a print or screen of one",
        zh="人脸活体判断：真人，或照片、屏幕翻拍",
    ),
    question="Does the face in this photo look like a person before the camera? Known: the photo alone.",
    takes=(
        FieldOf(name="photo", type="bytes", unit="", meaning="one JPEG or PNG, at most 10 MiB"),
    ),
    gives=(
        FieldOf(name="score", type="number", unit="0 to 1", meaning="mean over the nets"),
        FieldOf(name="band", type="word", unit="", meaning="live, unsure or suspected"),
        FieldOf(name="reason", type="word", unit="", meaning="code of what decided"),
        FieldOf(
            name="surroundings", type="number", unit="0 to 1", meaning="how much of them is seen"
        ),
    ),
    data=(
        ("cases", "photos listed in pad.csv (file,species) of the folder given with --from"),
        ("tried on", "the authors' three samples; there is no free set of attacks here"),
    ),
    split=(
        ("weights learnt on", "what their publisher says, see the manifests; not on these photos"),
    ),
    measures=(
        Measure(
            name="wrong", words=Words(en="wrong decisions", zh="误判率"), unit="%", counted=True
        ),
        Measure(
            name="passed",
            words=Words(en="attacks that pass", zh="攻击通过率"),
            unit="%",
            counted=True,
            per="attacks",
        ),
        Measure(
            name="refused",
            words=Words(en="people refused", zh="真人被拒率"),
            unit="%",
            counted=True,
            per="live",
        ),
        Measure(
            name="faceless",
            words=Words(en="no face found", zh="未检出人脸"),
            unit="%",
            counted=True,
        ),
        Measure(name="attacks", words=Words(en="attacks", zh="攻击"), unit="", shown=False),
        Measure(name="live", words=Words(en="live", zh="真人"), unit="", shown=False),
    ),
    loss="wrong",
    rivals=(),
    settings={"liveness": DEFAULT_LIVENESS},
    fallback="none: the gate asks a person",
    licences=(
        ("code", "Apache-2.0; ONNX Runtime (MIT)"),
        ("weights", "Silent-Face-Anti-Spoofing, Apache-2.0"),
        ("data", "yours: no set of attacks comes with the platform"),
    ),
    limits=(
        "Three samples prove a chain that is put together rightly, and no rate.",
        "No claim about presentation attacks: a file fed in place of the camera passes.",
        "It says little of a face that fills the picture.",
        "Several photos of one print are not independent: the intervals are too narrow then.",
    ),
    cases=200,
    promotable="the nets are the setting ai_center.face_liveness",
)


class LivenessBench:
    """See the module's own words."""

    about = ABOUT

    def __init__(self, context: BenchContext) -> None:
        """Measure on the folder of the context."""
        self._context = context
        self._made: dict[str, LivenessAlgorithm] = {}

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Numbers of the listed photos."""
        count = min(wanted.count, len(read_presentations(self._folder())))
        return tuple(f"photo {number}" for number in range(count))

    def run(self, case: str, settings: Settings) -> Measured:
        """Judge one photo."""
        listed = read_presentations(self._folder())
        name, species = listed[int(case.removeprefix("photo "))]
        live = species == BONA_FIDE
        try:
            judged = self._algorithm(str(settings["liveness"])).judge(
                (self._folder() / name).read_bytes()
            )
        except PhotoRefused:
            return {NAME: self._counted(live=live, passes=False, faceless=True)}
        passes = judged.score >= judged.threshold
        return {NAME: self._counted(live=live, passes=passes, faceless=False)}

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """Few attacks pass, few people are refused."""
        return (
            at_most(sheet, NAME, ABOUT.measure("passed"), 0.10),
            at_most(sheet, NAME, ABOUT.measure("refused"), 0.10),
        )

    @staticmethod
    def _counted(*, live: bool, passes: bool, faceless: bool) -> dict[str, float]:
        """A photo without a face is no answer: it counts in neither rate."""
        answered = not faceless
        return {
            "wrong": float(answered and passes is not live),
            "passed": float(answered and passes and not live),
            "refused": float(answered and live and not passes),
            "faceless": float(faceless),
            "attacks": float(answered and not live),
            "live": float(answered and live),
        }

    def _algorithm(self, name: str) -> LivenessAlgorithm:
        if name not in self._made:
            store = ModelStore(self._context.models, load_shelf())
            self._made[name] = liveness_of(store, name, threads=self._context.threads)
        return self._made[name]

    def _folder(self) -> Path:
        if self._context.folder is None:
            raise DatasetUnavailable("presentations", ("say --from DIR, a folder with pad.csv",))
        return self._context.folder


def bench(context: BenchContext) -> Bench:
    """For the catalogue."""
    return LivenessBench(context)

"""Turnaround vision on rendered films that nothing was learnt from or chosen on.

One case is one film, from the first frame to the last, through detector and zones. Told milestones are
held against the true ones: a pair is the same milestone within half a minute. Processor seconds are those of
detector and zones; rendering is left out.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ai_center.trials.bench import (
    About,
    Bench,
    BenchContext,
    FieldOf,
    Measured,
    Settings,
    Wanted,
    numbers,
)
from ai_center.trials.gate import at_least, at_most, beats
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet
from ai_center.vision.adapters.film_watch import STEP_S, FilmScore, watched
from ai_center.vision.detector_store import DetectorStore
from ai_center.vision.happenings import MEANINGS, Milestone
from ai_center.vision.learning import CHOSEN_ON, HELD_BACK, RECIPE
from ai_center.vision.manifest import NAME, manifest_of
from ai_center.vision.scoring import UNSEEN, WITHIN_S, Match
from ai_center.vision.weather import Weather

PLAIN: Final = "zones without dwell"
TOLD: Final = tuple(milestone for milestone in Milestone if milestone not in UNSEEN)

CONDITIONS: Final = {
    "day": Words(en="day", zh="白天"),
    "dusk": Words(en="dusk", zh="黄昏"),
    "night": Words(en="night", zh="夜间"),
    "clear": Words(en="clear", zh="晴"),
    "rain": Words(en="rain", zh="雨"),
    "fog": Words(en="fog", zh="雾"),
    "glare": Words(en="glare", zh="眩光"),
    "occluded": Words(en="lorries and mast before the lens", zh="遮挡"),
}


def _measures() -> Iterator[Measure]:
    yield Measure(name="astray", words=Words(en="1 - F1", zh="1 - F1"), unit="%", per="both")
    yield Measure(name="twice", words=Words(en="F1", zh="F1"), unit="%", per="both")
    yield Measure(name="right", words=Words(en="precision", zh="精确率"), unit="%", per="told")
    yield Measure(name="found", words=Words(en="recall", zh="召回率"), unit="%", per="happened")
    yield Measure(
        name="median_s",
        words=Words(en="median time error of a film", zh="时间误差中位数"),
        unit="s",
    )
    yield Measure(
        name="error_s", words=Words(en="mean time error", zh="平均时间误差"), unit="s", per="found"
    )
    yield Measure(name="close", words=Words(en="within 5 s", zh="5 秒以内"), unit="%", per="found")
    yield Measure(
        name="delay_s",
        words=Words(en="known after", zh="获知延迟"),
        unit="s",
        per="found",
    )
    yield Measure(
        name="frames",
        words=Words(en="speed of a core", zh="单核速度"),
        unit="frames/s",
        per="cpu_s",
    )
    yield Measure(
        name="boxes", words=Words(en="boxes found", zh="检出率"), unit="%", per="true_boxes"
    )
    yield Measure(
        name="boxes_right",
        words=Words(en="boxes right", zh="检测精确率"),
        unit="%",
        per="told_boxes",
    )
    for milestone in TOLD:
        meaning = MEANINGS[milestone]
        name = milestone.value
        for part, en, zh, per in (
            ("recall", "recall", "召回率", "happened"),
            ("right", "precision", "精确率", "told"),
        ):
            yield Measure(
                name=f"{name}_{part}",
                words=Words(en=f"{meaning.english}: {en}", zh=f"{meaning.name} {zh}"),
                unit="%",
                per=f"{name}_{per}",
            )
    for condition, words in CONDITIONS.items():
        for part, en, zh, per in (
            ("recall", "recall", "召回率", "happened"),
            ("right", "precision", "精确率", "told"),
        ):
            yield Measure(
                name=f"{condition}_{part}",
                words=Words(en=f"{words.en}: {en}", zh=f"{words.zh} {zh}"),
                unit="%",
                per=f"{condition}_{per}",
            )
    yield Measure(name="films", words=Words(en="films", zh="影片"), unit="", shown=False)


LIMITS: Final = (
    "Everything here was measured on rendered films. This F1 is no promise for a real camera: the bodies "
    "are made of flat faces, the paint, light, dirt, lenses, crowds and odd equipment of a real apron are "
    "missing, and the detector has learnt these very bodies. No frame of a real stand camera was at hand, so "
    "nothing was tried on one. Expect a detector trained like this to fail on real video until it has learnt "
    "from labelled frames of the stand's own camera; zones, dwell machine and scoring are meant to stay.",
    "A network of general training (YOLOX-nano, COCO) knows no bridge, loader or chock and missed an "
    "aircraft head-on on its lead-in line when it was tried on real frames: no way round the first limit.",
    "Narrow-body aircraft, nose-in, nose wheel on the stop, handled from starboard, one bridge, one camera "
    "under the roof of the terminal on the starboard side of the lead-in line.",
    "The camera's pose must be known: see the setting tilt_deg for what an error costs.",
    "Chocks off happens behind the tug and is not told; milestones inside the cabin or the holds cannot be "
    "seen. Turnarounds are shorter than most real ones (18 to 24 minutes on block).",
    "An event is known 10 to 50 s after it happened, because the zones wait; up to two minutes after it when "
    "nobody was seen driving away, and later while something nearer hides the place. Confidence is a score, "
    "not a probability.",
    "Times of what happens behind something nearer are guesses: the moment in which one of the kind was last "
    "seen driving up, or the middle of the hiding. Who stands beside the aircraft within ten seconds of its "
    "stop, and was not there before, is taken for a part of it.",
    "The names follow the trade's usage; the text of MH/T 6125-2022 was not at hand.",
)


def about_of(weights: str) -> About:
    """What the card tells."""
    return About(
        words=Words(
            en="Sees a turnaround through the stand's camera and tells its milestones",
            zh="机位视频识别航班保障节点：时间与置信度",
        ),
        question=(
            "Which milestones of the turnaround happened, and when? Known: the frames of one stand camera, "
            "its pose, and the zones of the stand."
        ),
        takes=(
            FieldOf(name="frames", type="list", unit="s", meaning="JPEG and the second it is of"),
            FieldOf(
                name="camera", type="record", unit="m, rad, px", meaning="pose and focal length"
            ),
            FieldOf(name="stand", type="text", unit="", meaning="name, goes into every datum"),
            FieldOf(name="start", type="time", unit="UTC", meaning="moment of second 0"),
        ),
        gives=(
            FieldOf(name="code", type="word", unit="", meaning="milestone; name in both languages"),
            FieldOf(name="at", type="time", unit="UTC", meaning="when it happened"),
            FieldOf(name="known_at", type="time", unit="UTC", meaning="when it was known"),
            FieldOf(name="confidence", type="number", unit="", meaning="0 to 1"),
        ),
        data=(
            ("cases", "rendered films of one turnaround each, 640 x 384, one frame in 3 s"),
            (
                "renderer",
                "ai_center/vision: own software renderer, every draw from the film's seed",
            ),
            (
                "conditions",
                "half by day, a fifth at dusk; rain 22 %, fog 18 %, glare 20 %, occlusion 25 %",
            ),
            (
                "learnt from",
                f"{RECIPE.films} films, {RECIPE.moments} moments each, three tiles of each",
            ),
            ("real frames", "none: no labelled or unlabelled video of a stand was at hand"),
        ),
        split=(
            ("learnt from", "films of seeds 100,000 to 199,999"),
            ("thresholds and times chosen on", f"films {CHOSEN_ON[0]:,} to {CHOSEN_ON[-1]:,}"),
            ("measured on", f"films of seeds from {HELD_BACK[0]:,} on, drawn for nothing else"),
        ),
        measures=tuple(_measures()),
        loss="astray",
        rivals=(PLAIN,),
        settings={"weights": weights, "step_s": STEP_S, "tilt_deg": 0.0},
        space={"step_s": (1.0, 2.0, 3.0, 4.0)},
        fallback="nothing is told; milestones then come from handlers and docking systems alone",
        licences=(
            ("code", "Apache-2.0; network, training and renderer are the project's own"),
            ("weights", "Apache-2.0, trained from random numbers on rendered films"),
            ("data", "rendered here, Apache-2.0"),
        ),
        limits=LIMITS,
        cases=len(HELD_BACK),
    )


class VisionBench:
    """See the module's own words."""

    def __init__(self, store: DetectorStore) -> None:
        """Measure detectors of a store."""
        self._store = store
        self.about = about_of(manifest_of().version)

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Films by their seeds."""
        if wanted.purpose == "train":
            return tuple(f"film {CHOSEN_ON[0] + n - 1_000_000}" for n in numbers(wanted))
        return tuple(f"film {HELD_BACK[0] + n}" for n in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        """Watch a film, with the dwell machine and without."""
        _, weights = self._store.weights(str(settings["weights"]))
        film = watched(
            weights,
            int(case.removeprefix("film ")),
            step_s=float(settings["step_s"]),
            tilt_deg=float(settings["tilt_deg"]),
        )
        own = figures(film.matches, film.plan.weather) | _machine(film)
        return {NAME: own, PLAIN: figures(film.plain, film.plan.weather)}

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """The goals: F1, time error, speed; and better than zones alone."""
        measure = self.about.measure
        return (
            at_least(sheet, NAME, measure("twice"), 0.95),
            at_most(sheet, NAME, measure("median_s"), 5.0),
            at_least(sheet, NAME, measure("frames"), 10.0),
            beats(sheet, NAME, PLAIN, measure("astray")),
        )


def figures(matches: Sequence[Match], sky: Weather) -> dict[str, float]:
    """Sums of one film: overall, by milestone, by condition."""
    errors = [abs(m.off_s) for m in matches if m.off_s is not None]
    whole = _sums(matches)
    delays = [
        m.known_s - m.truth_s for m in matches if m.known_s is not None and m.truth_s is not None
    ]
    found = {
        **whole,
        "right": whole["found"],
        "both": whole["happened"] + whole["told"],
        "twice": 2 * whole["found"],
        "astray": whole["happened"] + whole["told"] - 2 * whole["found"],
        "median_s": statistics.median(errors) if errors else WITHIN_S,
        "error_s": sum(errors),
        "close": float(sum(error <= 5.0 for error in errors)),
        "delay_s": sum(delays),
        "films": 1.0,
    }
    for milestone in TOLD:
        part = _sums([m for m in matches if m.milestone == milestone])
        found |= _named(milestone.value, part)
    for condition, holds in conditions_of(sky).items():
        found |= _named(condition, whole if holds else dict.fromkeys(whole, 0.0))
    return found


def conditions_of(sky: Weather) -> dict[str, bool]:
    """Which conditions a film was made under."""
    kinds = {sky.light, sky.air, *(["glare"] if sky.glare else [])}
    kinds |= {"occluded"} if sky.occluded else set()
    return {condition: condition in kinds for condition in CONDITIONS}


def _named(name: str, sums: Mapping[str, float]) -> dict[str, float]:
    return {
        f"{name}_recall": sums["found"],
        f"{name}_right": sums["found"],
        f"{name}_happened": sums["happened"],
        f"{name}_told": sums["told"],
    }


def _sums(matches: Sequence[Match]) -> dict[str, float]:
    return {
        "happened": float(sum(m.truth_s is not None for m in matches)),
        "told": float(sum(m.told_s is not None for m in matches)),
        "found": float(sum(m.found for m in matches)),
    }


def _machine(film: FilmScore) -> dict[str, float]:
    counts = film.boxes.values()
    return {
        "frames": float(film.frames),
        "cpu_s": film.cpu_s,
        "boxes": float(sum(c.right for c in counts)),
        "boxes_right": float(sum(c.right for c in counts)),
        "true_boxes": float(sum(c.true for c in counts)),
        "told_boxes": float(sum(c.told for c in counts)),
    }


def bench(context: BenchContext) -> Bench:
    """For the catalogue."""
    return VisionBench(DetectorStore(context.models))

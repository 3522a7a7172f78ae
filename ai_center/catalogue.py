"""Which algorithms there are: those that come with the platform and those of other packages.

Another package registers one by an entry point in the group ``airport_brain.algorithms`` whose
object is an :class:`Entry`. The factory is named by text and imported only where the algorithm
runs, so that registering costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points

from ai_center.algorithms import forecast, plan_questions, planning, turnaround
from ai_center.algorithms.face import FACE_LIMITS, SIGNATURE_NOTES
from ai_center.algorithms.liveness import LIVENESS_LIMITS
from ai_center.domain import Card, Signature
from ai_center.errors import UnknownAlgorithm
from ai_center.forecasts.task import Task
from ai_center.forecasts.tasks import TASKS
from ai_center.hosting import load

GROUP = "airport_brain.algorithms"
"""Entry point group."""

Fallback = Callable[[object], object]
"""Answers in place of an algorithm that cannot be reached: fast, deterministic, without models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A registered algorithm.

    Attributes:
        card: what it is.
        factory: ``module:function``; gets a ``HostContext`` and gives the algorithm.
        fallback: answers when the runtime cannot; the answer says ``degraded``.
        bench: ``module:function``; gets a ``BenchContext`` and gives the ``Bench`` that measures the
            algorithm offline. Empty: nothing to measure, or a forecast, which has the workbench.
        trainer: ``module:function``; trains the algorithm and gives the settings that make a version of it
            (see ``desk.py``). Empty: it learns nothing, or is a forecast.
        apart: works for many seconds, and so in a process of its own where it keeps nobody waiting.
    """

    card: Card
    factory: str
    fallback: Fallback | None = None
    bench: str = ""
    trainer: str = ""
    apart: bool = False


def by_name(function: str) -> Fallback:
    """A fallback whose module is imported when it must answer: its libraries weigh much for who never asks.

    Args:
        function: ``module:function``.
    """

    def answer(payload: object) -> object:
        return load(function)(payload)

    return answer


FACE = Entry(
    card=Card(
        name="face_embedding",
        version="1",
        summary="Finds the face in a photo and gives the vector that 1:1 comparison needs",
        owner="ai_center",
        signature=Signature(
            payload=bytes,
            payload_meaning=SIGNATURE_NOTES["payload"],
            answer_meaning=SIGNATURE_NOTES["answer"],
        ),
        limits=FACE_LIMITS,
        timeout_s=5.0,
    ),
    factory="ai_center.assembly:face_algorithm",
    bench="ai_center.benches.faces:bench",
)

LIVENESS = Entry(
    card=Card(
        name="face_liveness",
        version="1",
        summary="Says how live the face in a photo looks: a person, or a print or screen of one",
        owner="ai_center",
        signature=Signature(
            payload=bytes,
            payload_meaning=SIGNATURE_NOTES["payload"],
            answer_meaning="Liveness: score 0..1, band live, unsure or suspected, and the reason",
        ),
        limits=LIVENESS_LIMITS,
        timeout_s=5.0,
    ),
    factory="ai_center.assembly:liveness_algorithm",
    bench="ai_center.benches.liveness:bench",
)

PROBE = Entry(
    card=Card(
        name="probe",
        version="1",
        summary="Answers with what it was told; shows that the runtime works",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning="mapping; see ai_center/algorithms/probe.py",
            answer_meaning="the payload's 'say'",
        ),
        timeout_s=5.0,
    ),
    factory="ai_center.algorithms.probe:build",
)


def forecast_entry(task: Task) -> Entry:
    """How a forecast is registered."""
    return Entry(
        card=Card(
            name=task.name,
            version=task.version,
            summary=task.title,
            owner="ai_center",
            signature=Signature(
                payload=dict,
                payload_meaning=forecast.PAYLOAD.replace("{dataset}", task.dataset.name),
                answer_meaning=f"one Forecast per row asked: median, 10 % and 90 %, {task.unit}",
            ),
            limits="; ".join(task.limits),
            timeout_s=10.0,
        ),
        factory=f"ai_center.forecast_hosting:{task.name}",
        fallback=forecast.fallback_of(task),
    )


STANDS = Entry(
    card=Card(
        name="stand_allocation",
        version="1",
        summary="Gives every turn a stand, hard rules never broken, with bound, reasons and repair",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning=plan_questions.STAND_PAYLOAD,
            answer_meaning="StandPlan: stands, passenger minutes, bound, gap; or Repair: moves",
        ),
        limits=(
            "measured on generated days only; costs are passenger minutes by stated weights; "
            "the buffer after a stay is fixed and not learnt from delays; "
            "a search that ends by the clock is not the same every time"
        ),
        timeout_s=70.0,
    ),
    factory="ai_center.optimiser_hosting:stand_allocation",
    fallback=planning.allocated_simply,
    bench="ai_center.benches.stand_allocation:bench",
    apart=True,
)

SEQUENCE = Entry(
    card=Card(
        name="departure_sequence",
        version="1",
        summary="Orders departures: CTOTs kept, least delay, stable, a reason for every TSAT",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning=plan_questions.SEQUENCE_PAYLOAD,
            answer_meaning="DepartureSequence: TTOT, TSAT and reason per flight, delay, bound",
        ),
        limits=(
            "measured on generated peaks only; runways are given, not chosen; separations are "
            "starting values and must be those of the local manual; the bound is loose"
        ),
        timeout_s=10.0,
    ),
    factory="ai_center.optimiser_hosting:departure_sequence",
    fallback=planning.sequence_simply,
    bench="ai_center.benches.departure_sequence:bench",
    apart=True,
)

LANES = Entry(
    card=Card(
        name="lane_plan",
        version="1",
        summary="Lanes to open: fewest lane minutes that keep a promise on waiting, staffing rules kept",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning=plan_questions.LANE_PAYLOAD,
            answer_meaning="LanePlan: lanes per slot, spans, waits, who is late, bound, reasons",
        ),
        limits=(
            "measured on generated days only; people come as a flow and lanes are alike; a promise takes "
            "the whole day at its quantile, which is harder than a day usually is"
        ),
        timeout_s=30.0,
    ),
    factory="ai_center.optimiser_hosting:lane_plan",
    fallback=planning.lanes_simply,
    bench="ai_center.benches.lane_plan:bench",
    apart=True,
)

TOWS = Entry(
    card=Card(
        name="tow_plan",
        version="1",
        summary="Which long stay is towed off a bridge, when, with which tug; stands and tugs kept",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning=plan_questions.TOW_PAYLOAD,
            answer_meaning="TowAnswer: stands, and tows with start, tug and reason, undone ones, bound",
        ),
        limits=(
            "measured on generated days only; driving times are given by zone; tugs out of order are not "
            "seen by the allocation, so that a tow may stay undone then and is told"
        ),
        timeout_s=40.0,
    ),
    factory="ai_center.optimiser_hosting:tow_plan",
    fallback=planning.tows_simply,
    bench="ai_center.benches.tow_plan:bench",
    apart=True,
)

VISION = Entry(
    card=Card(
        name="turnaround_vision",
        version="1",
        summary="Sees a turnaround through the stand's camera and tells its milestones with confidence",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning=turnaround.PAYLOAD,
            answer_meaning="CoreDatum list: milestone, moment, when it was known, confidence, zone",
        ),
        limits=(
            "learnt from and measured on rendered films only, no real frame was tried: expect it to fail on "
            "a real camera until it has learnt from that camera's labelled frames; narrow-body aircraft, "
            "nose-in, one camera of known pose"
        ),
        timeout_s=60.0,
    ),
    factory="ai_center.vision_hosting:turnaround_vision",
    fallback=turnaround.nothing_told,
    bench="ai_center.benches.turnaround_vision:bench",
    trainer="ai_center.vision_hosting:trained",
    apart=True,
)

APRON = Entry(
    card=Card(
        name="apron_conflicts",
        version="1",
        summary="Foresees conflicts of aircraft and vehicles on the apron, with chance and time",
        owner="ai_center",
        signature=Signature(
            payload=dict,
            payload_meaning="{'ground': airport, 'pictures': [last seconds], 'least': chance}",
            answer_meaning="Foreseen list: pair, chance of a conflict within 30 s, seconds until it",
        ),
        limits=(
            "GENERATED DATA: learnt from and measured on invented tracks only; it warns half a minute "
            "ahead and is no safety net that anybody may rely on"
        ),
        timeout_s=5.0,
    ),
    factory="ai_center.conflict_hosting:apron_conflicts",
    fallback=by_name("ai_center.algorithms.apron:straight_on"),
    bench="ai_center.benches.apron_conflicts:bench",
)

PLANNERS = (STANDS, SEQUENCE, LANES, TOWS)
BUILT_IN = (
    *(FACE, LIVENESS, PROBE, VISION, APRON, *PLANNERS),
    *(forecast_entry(task) for task in TASKS.values()),
)


class Catalogue:
    """Entries by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries; a name may be taken once."""
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            if entry.card.name in self._entries:
                raise ValueError(f"algorithm {entry.card.name!r} is registered twice")
            self._entries[entry.card.name] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, name: str) -> Entry:
        """The entry of a name.

        Raises:
            UnknownAlgorithm: there is none.
        """
        if name not in self._entries:
            raise UnknownAlgorithm(name)
        return self._entries[name]


def installed() -> Catalogue:
    """Everything that is registered in this environment."""
    others = [point.load() for point in entry_points(group=GROUP)]
    return Catalogue([*BUILT_IN, *others])

"""Reading damaged inputs of one format for a while, with an eye on what they newly reach."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from service_bus import WireFormat
from tests.fuzz.checks import Examiner, Finding
from tests.fuzz.guidance import BRANCHES
from tests.fuzz.memory import Weigh, too_heavy, weigh
from tests.fuzz.minimising import minimised
from tests.fuzz.mutators import LARGEST, Damage
from tests.fuzz.repairs import REPAIRS
from tests.fuzz.seeds import PERSONAL, seeds

THOROUGH_EVERY: Final = 8
"""One input in so many is also recognised, placed, written as JSON, and read strictly when refused."""
MEMORY_EVERY: Final = 500
"""One input in so many is read once more with its memory measured."""
WEIGHTY: Final = 1_000
"""Bytes of an input from which memory per byte says something of the reader."""
LATEST: Final = 8
LARGEST_KEPT: Final = 2_500
MOST_KEPT: Final = 4_000
"""Inputs that reached something new, kept to be damaged further."""


@dataclass(slots=True)
class Report:
    """What a campaign did.

    Attributes:
        format: the format's name.
        seed: of its chance.
        inputs: how many were read (each tolerantly, and strictly where that can differ).
        read: how many of them were read without a refusal.
        seconds: wall time.
        slowest_s: processor time of the slowest reading.
        worst_memory: most bytes that a sampled reading worked with, per byte of an input that is not small.
        branches: reached, and all there are in the modules touched; zeros when none are watched.
        findings: one per fault, minimised.
        repeats: how often each fault showed, by its key.
    """

    format: str
    seed: int
    inputs: int = 0
    read: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    worst_memory: float = 0.0
    branches: tuple[int, int] = (0, 0)
    findings: list[Finding] = field(default_factory=list)
    repeats: dict[str, int] = field(default_factory=dict)


class Campaign:
    """Damaged inputs of one format, and what came of them.

    Args:
        form: the format.
        seed: the same seed gives the same inputs, as long as the readers do not change.
        starts: what damage starts from; the format's seeds unless given.
        weigh: measures what a reading takes; the default may only be used where no other thread runs.
    """

    def __init__(
        self,
        form: WireFormat,
        seed: int,
        starts: Sequence[bytes] | None = None,
        *,
        weigh: Weigh = weigh,
    ) -> None:
        self.form: Final = form
        self.report: Final = Report(format=form.name, seed=seed)
        self._chance: Final = random.Random(f"{form.name} {seed}")
        self._starts: Final = list(starts if starts is not None else seeds(form))
        self._kept: Final = list(self._starts)
        self._damage: Final = Damage(self._chance, self._kept)
        self._repair: Final = REPAIRS.get(form.name)
        self._examiner: Final = Examiner(form, PERSONAL.get(form.name, ()))
        self._weighed_by: Final = weigh

    def run(self, inputs: int, until_s: float = float("inf")) -> Report:
        """Read that many inputs, or as many as there is time for (``until_s`` of wall time)."""
        report, started = self.report, time.perf_counter()
        # The first reading of a format may build its tables, which is no input's doing.
        self.form.decode(self.form.example)
        for one in self._starts:
            self._one(one, thorough=True)
        for number in range(inputs - len(self._starts)):
            if number % 64 == 0 and time.perf_counter() - started > until_s:
                break
            data = self._next()
            self._one(data, thorough=number % THOROUGH_EVERY == 0)
            if number % MEMORY_EVERY == 0:
                self._weigh(data)
        report.seconds = time.perf_counter() - started
        report.slowest_s = self._examiner.slowest_s
        report.branches = BRANCHES.reached()
        return report

    def _next(self) -> bytes:
        # Half start from what is known to be right, the others from what reached something new, and
        # half of those from what did so last.
        some: Sequence[bytes] = self._starts
        if (which := self._chance.random()) >= 0.5:
            some = self._kept if which < 0.75 else self._kept[-LATEST:]
        data = self._damage.damaged(self._chance.choice(some))
        if self._repair is not None and self._chance.random() < 0.7:
            data = self._repair(data)[:LARGEST]
        return data

    def _one(self, data: bytes, *, thorough: bool) -> None:
        self.report.inputs += 1
        for finding in self._examiner.findings(data, thorough=thorough):
            self._note(finding)
        self.report.read += self._examiner.was_read
        # Large ones would make every later one large.
        if BRANCHES.look() and len(data) <= LARGEST_KEPT and len(self._kept) < MOST_KEPT:
            self._kept.append(data)

    def _note(self, finding: Finding) -> None:
        known = self.report.repeats
        known[finding.key] = known.get(finding.key, 0) + 1
        if known[finding.key] == 1:
            self.report.findings.append(self._smaller(finding))

    def _smaller(self, finding: Finding) -> Finding:
        if finding.kind == "hang":
            return finding
        examiner = Examiner(self.form, PERSONAL.get(self.form.name, ()))
        last = finding

        def shows(data: bytes) -> bool:
            nonlocal last
            same = next((one for one in examiner.findings(data) if one.key == finding.key), None)
            last = same or last
            return same is not None

        minimised(finding.data, shows)
        return last

    def _weigh(self, data: bytes) -> None:
        weight = self._weighed_by(self.form, data)
        if len(data) >= WEIGHTY:
            self.report.worst_memory = max(self.report.worst_memory, weight.working / len(data))
        if told := too_heavy(self.form.name, data, weight):
            self._note(
                Finding(
                    format=self.form.name, kind="memory", key="memory", mode="tolerant", data=data,
                    told=told,
                )
            )  # fmt: skip


def campaigns(forms: Sequence[WireFormat], seed: int) -> Iterator[Campaign]:
    """One campaign per format, each with its own count of branches."""
    for form in forms:
        BRANCHES.forget()
        yield Campaign(form, seed)

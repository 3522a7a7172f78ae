"""A bench whose cases take no time: the loss is the setting ``size`` plus the number of the case."""

from __future__ import annotations

from ai_center.catalogue import Entry
from ai_center.domain import Card, Signature
from ai_center.trials.bench import (
    About,
    BenchContext,
    FieldOf,
    Measured,
    Settings,
    Wanted,
    numbers,
)
from ai_center.trials.gate import at_most, beats
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME = "small"
RIVAL = "the <simple> rule"
RUN: list[str] = []
"""Cases that were run, for tests of resuming."""

ABOUT = About(
    words=Words(en="Small & quick", zh="小而快"),
    question="How large?",
    takes=(FieldOf(name="size", type="number", unit="m", meaning="of it"),),
    gives=(FieldOf(name="loss", type="number", unit="min", meaning="of it"),),
    data=(("cases", "made here"),),
    split=(("measured on", "cases 0 and on"),),
    measures=(
        Measure(name="loss", words=Words(en="loss", zh="损失"), unit="min"),
        Measure(name="share", words=Words(en="share", zh="占比"), unit="%", per="whole"),
        Measure(name="whole", words=Words(en="whole", zh="全部"), unit="", shown=False),
    ),
    loss="loss",
    rivals=(RIVAL,),
    settings={"size": 3.0, "colour": "blue"},
    space={"size": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), "colour": ("blue", "red")},
    fallback="the simple rule",
    licences=(("code", "Apache-2.0"),),
    limits=("says <nothing> of the world",),
    cases=8,
)


class SmallBench:
    about = ABOUT

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        return tuple(f"case {number}" for number in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        RUN.append(case)
        number = int(case.removeprefix("case ")) % 7
        loss = float(settings["size"]) + number
        return {
            NAME: {"loss": loss, "share": 1.0, "whole": 4.0},
            RIVAL: {"loss": 5.0 + number},
        }

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        return (
            at_most(sheet, NAME, ABOUT.measure("share"), 0.5),
            beats(sheet, NAME, RIVAL, ABOUT.measure("loss")),
        )


def bench(_: BenchContext) -> SmallBench:
    return SmallBench()


ENTRY = Entry(
    card=Card(
        name=NAME,
        version="1",
        summary="Small and quick",
        owner="tests",
        signature=Signature(payload=dict, payload_meaning="size", answer_meaning="loss"),
    ),
    factory="tests.unit.ai_center.small_bench:algorithm",
    bench="tests.unit.ai_center.small_bench:bench",
)

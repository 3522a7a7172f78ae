"""The life of a leg as news: what is known of it, moment by moment, until it is over.

Each piece of news is the whole state of the leg then, as an airport's database sends it. What lies
before the day begins is one piece, told in its first seconds. Late news occur: an actual time that
is reported minutes after the event, and an old estimate that arrives after a newer message.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from airport_brain.scenarios.hongqiao_day.flights import Leg

LATE_SHARE = 0.06
"""Share of legs whose last actual time is reported late."""

OVERTAKEN_SHARE = 0.06
"""Share of legs of which an old estimate arrives after newer news."""

BELT_CHANGE_SHARE = 0.08

FIRST_TOLD_S = 12.0
"""Seconds of the day within which everything known at its start is told."""

TOLD_BEFORE = timedelta(hours=3)
"""Schedules are told this long before; in a day of many hours they come one after the other."""

Times = Mapping[tuple[str, str], datetime]
"""By (event, type): ``("OFB", "EST")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a leg at a moment.

    Attributes:
        at: when the news is sent, scenario time.
        as_of: when it was made; earlier than ``at`` for news that were held up.
        status: code list 9750, ``""`` when the times say all.
        delay: expected, for the reason code; ``None`` when on time.
    """

    at: datetime
    as_of: datetime
    times: Times
    stand: str
    gate: str
    belt: str = ""
    status: str = ""
    delay: timedelta | None = None


def tell_life(seed: int, leg: Leg, start: datetime) -> list[Known]:
    """All news of a leg in the order they are sent; the same arguments give the same news."""
    chooser = random.Random(f"news-{seed}-{leg.display}")
    steps = list(_arriving(chooser, leg) if leg.arriving else _departing(chooser, leg))
    if leg.cancelled_at is not None:
        cancelled_at = leg.cancelled_at
        steps = [step for step in steps if step.as_of < cancelled_at]
        steps.append(replace(steps[-1], at=cancelled_at, as_of=cancelled_at, status="DX"))
    else:
        steps = _with_late_news(chooser, steps)
    past = [step for step in steps if step.at <= start]
    coming = [step for step in steps if step.at > start]
    if past:
        told = start + timedelta(seconds=chooser.uniform(0.5, FIRST_TOLD_S))
        latest = max(past, key=lambda step: step.as_of)
        coming.insert(0, replace(latest, at=told, as_of=start))
    return sorted(coming, key=lambda step: step.at)


def _with_late_news(chooser: random.Random, steps: list[Known]) -> list[Known]:
    last = steps[-1]
    if chooser.random() < LATE_SHARE:
        held = timedelta(minutes=chooser.uniform(6, 12))
        steps[-1] = replace(last, at=last.at + held, as_of=last.as_of + held)
    elif chooser.random() < OVERTAKEN_SHARE and len(steps) > 3:
        # An estimate from three messages ago arrives just before the last message.
        steps.append(replace(steps[-4], at=last.at - timedelta(seconds=30)))
    return steps


class _Story:
    """Collects what becomes known, step by step."""

    def __init__(self, chooser: random.Random, leg: Leg) -> None:
        self._chooser = chooser
        self._leg = leg
        self._times: dict[tuple[str, str], datetime] = {}
        self.belt = ""
        self.delay: timedelta | None = None

    def step(self, happened: datetime, **times: datetime) -> Known:
        """News of something that happened; names of times are ``OFB_EST``."""
        for name, value in times.items():
            event, _, kind = name.partition("_")
            self._times[event, kind] = value.replace(second=0, microsecond=0)
        sent = happened + timedelta(seconds=round(self._chooser.uniform(3, 40), 3))
        stand, gate = self._leg.place_at(sent)
        return Known(
            at=sent,
            as_of=sent,
            times=MappingProxyType(dict(self._times)),
            stand=stand,
            gate=gate,
            belt=self.belt,
            delay=self.delay,
        )


def _departing(chooser: random.Random, leg: Leg) -> Iterator[Known]:
    story, scheduled, off = _Story(chooser, leg), leg.scheduled, leg.actual
    steps: list[tuple[datetime, dict[str, datetime]]] = [
        (scheduled - TOLD_BEFORE, {"OFB_SCT": scheduled}),
        (scheduled - timedelta(minutes=60), {"OFB_EST": scheduled}),
        (off - timedelta(minutes=45), {"GTO_ACT": off - timedelta(minutes=45)}),
        (off - timedelta(minutes=30), {"BST_ACT": off - timedelta(minutes=30)}),
        (off - timedelta(minutes=12), {"FCT_ACT": off - timedelta(minutes=12)}),
        (off - timedelta(minutes=5), {"GCL_ACT": off - timedelta(minutes=5)}),
        (off, {"OFB_ACT": off}),
    ]
    taxi = timedelta(minutes=chooser.randint(11, 19))
    steps.append((off + taxi, {"TKO_ACT": off + taxi}))
    if leg.delay > timedelta(minutes=3):
        guess = scheduled + timedelta(minutes=round(leg.delay.total_seconds() / 60 * 0.6))
        steps.append((scheduled - timedelta(minutes=35), {"OFB_EST": guess}))
        steps.append((scheduled - timedelta(minutes=14), {"OFB_EST": off}))
    if leg.moved is not None:
        steps.append((leg.moved.at, {}))
    for happened, times in sorted(steps, key=lambda step: step[0]):
        if leg.delay > timedelta(minutes=15) and times.get("OFB_EST", scheduled) > scheduled:
            story.delay = leg.delay
        yield story.step(happened, **times)


def _arriving(chooser: random.Random, leg: Leg) -> Iterator[Known]:
    story, scheduled, on = _Story(chooser, leg), leg.scheduled, leg.actual
    off, landed = on - leg.block, on - timedelta(minutes=6)
    took_off = off + timedelta(minutes=chooser.randint(9, 15))
    guess = on + timedelta(minutes=chooser.randint(-6, 6))
    belts = [leg.belt]
    if chooser.random() < BELT_CHANGE_SHARE:
        belts.insert(0, str(int(leg.belt) % 12 + 1))
    first_bag = on + timedelta(minutes=chooser.randint(9, 14))
    steps: list[tuple[datetime, dict[str, datetime]]] = [
        (scheduled - leg.block - TOLD_BEFORE, {"ONB_SCT": scheduled}),
        (took_off, {"ATO_ACT": took_off, "ONB_EST": guess}),
        (on - timedelta(minutes=25), {"ONB_EST": on}),
        (on - timedelta(minutes=18), {}),
        (landed, {"TDN_ACT": landed}),
        (on, {"ONB_ACT": on}),
        (first_bag, {"FBG_ACT": first_bag}),
        (first_bag + timedelta(minutes=16), {"LBG_ACT": first_bag + timedelta(minutes=16)}),
    ]
    for number, (happened, times) in enumerate(sorted(steps, key=lambda step: step[0])):
        if number == 3:
            story.belt = belts[0]
        elif number == 5:
            story.belt = belts[-1]
        yield story.step(happened, **times)


def all_news(seed: int, legs: Sequence[Leg], start: datetime) -> list[tuple[Leg, Known]]:
    """News of all legs in the order they are sent."""
    news = [(leg, known) for leg in legs for known in tell_life(seed, leg, start)]
    return sorted(news, key=lambda item: (item[1].at, item[0].display))

"""Whether something stands in one zone: comes, is believed in, is hidden, leaves.

    away ──seen standing for settle_s──► there ──not seen there, though seen driving away──► away
                                              ──not seen there for lost_s──► away

The moment of coming is the first at which it stood where it then stayed; the moment of leaving is the
last at which it was still there. While something nearer hides the place, nobody is taken to have left, and
who appears when that goes away has come before it. Who was not seen driving up must be seen clearly; a place
that looked like this before has no newcomer. A much weaker sighting than usual is what the empty place
looks like. Frames must come in order of time; one that is not later than the last is not looked at again,
so a frame that is given twice changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ai_center.vision.detecting import Sighting, alike, cover
from ai_center.vision.frames import Box
from ai_center.vision.recalling import Recalled
from ai_center.vision.standing import (
    Seen,
    Standing,
    middle,
    nearest,
    set_off,
    standing_since,
    surest,
)
from ai_center.vision.zones import Zone

CLEAR: Final = 0.8
"""A newcomer's sightings have at least this share of the score that it must have on average."""

SHARE: Final = 0.7
"""Of the frames since it stands in which a newcomer must be seen, hidden moments left out."""

HIDES: Final = 0.5
"""Share of a place that nearer things must cover to hide it."""

PARTLY: Final = 0.2
"""From this share on a weak sighting is no wonder."""

FAINT: Final = 0.6
"""Below this share of its usual score it is not who stood there: an empty place has a score too."""

MARGIN_PX: Final = 4.0
SEEN_FOR: Final = 0.5
"""Share of the settling time for which somebody must be seen who is hidden then."""

PATIENCE_S: Final = 8.0
"""A newcomer not seen for this long is forgotten, unless it is hidden."""

KNOWN: Final = 0.5
"""Who was seen at its place in more than this share of the frames before it came did not come."""

UNSEEN_COMING: Final = 1.5
"""Who was not seen driving up must be seen this many times better."""

UNSEEN_LEAST: Final = 0.75
SAME_PLACE: Final = 0.5
"""Overlap with where somebody was lost from sight who was not seen driving away."""

MISSED_S: Final = 6.0
"""Who was not seen for this long where it could have been seen has left before."""

LATELY_S: Final = 15.0
"""Who is seen on the way out later than this after it was last seen left only then."""

FIRM: Final = 0.6
"""Moments are taken from sightings within this many ``still_px``."""

TRACK: Final = 60
"""Sightings of a newcomer that are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody came or left.

    Attributes:
        zone: where.
        way: ``comes`` or ``goes``.
        at_s: the moment itself.
        told_s: when it was known.
        confidence: 0..1, from the scores and how steadily it was seen.
    """

    zone: Zone
    way: Literal["comes", "goes"]
    at_s: float
    told_s: float
    confidence: float


class Dwelling:
    """The machine of one zone."""

    def __init__(self, zone: Zone) -> None:
        """Nobody is there."""
        self.zone = zone
        self._last_s = -math.inf
        self._track: list[Seen] = []
        self._looked: list[float] = []
        self._standing: Standing | None = None
        self._lost: Standing | None = None
        self._past = Recalled(zone)

    @property
    def there(self) -> bool:
        """Whether somebody stands in it."""
        return self._standing is not None

    def there_since(self, at_s: float) -> bool:
        """Whether somebody stands in it who came before a moment."""
        return self._standing is not None and self._standing.came_s < at_s

    def reset(self) -> None:
        """Nobody is there any more, and nothing is told."""
        self._track, self._looked, self._standing, self._lost = [], [], None, None

    def look(self, at_s: float, seen: Sequence[Sighting]) -> Change | None:
        """Take one frame; gives a change when one becomes known.

        Args:
            at_s: of the frame.
            seen: everything in it.
        """
        if at_s <= self._last_s:
            return None
        step, self._last_s = at_s - self._last_s, at_s
        self._past.keep(at_s, seen)
        zone = self.zone
        own = [
            one
            for one in seen
            if one.kind == zone.kind and one.score >= zone.least / 2 and zone.holds(one.place)
        ]
        if self._standing is None:
            return self._arrive(at_s, own, seen)
        return self._stay(self._standing, at_s, own, seen, step)

    @property
    def sureness(self) -> float:
        """Confidence in whoever stands in it, 0..1; 0 when nobody does."""
        return 0.0 if self._standing is None else self._standing.sure

    def closed(self, left_s: float, told_s: float) -> Change | None:
        """Whoever still stands there leaves now, with half the confidence.

        Args:
            left_s: at the latest.
            told_s: when this is known.
        """
        one = self._standing
        if one is None:
            return None
        return self._gone(one, max(one.came_s, min(one.near_s, left_s)), told_s, 0.5)

    def _arrive(
        self, at_s: float, own: Sequence[Sighting], seen: Sequence[Sighting]
    ) -> Change | None:
        zone = self.zone
        clear = [one for one in own if one.score >= CLEAR * zone.least]
        near = nearest(clear, self._track[-1].foot) if self._track else surest(clear)
        if near is not None:
            self._track = [*self._track[-TRACK:], Seen(at_s=at_s, one=near)]
        elif self._track and cover(self._track[-1].one.box, seen, margin_px=MARGIN_PX) >= HIDES:
            return self._believed(at_s, least_s=zone.settle_s * SEEN_FOR)
        elif self._track and at_s - self._track[-1].at_s > PATIENCE_S:
            self._track = []
        self._looked = [t for t in self._looked if at_s - t <= 4 * zone.settle_s] + [at_s]
        return None if near is None else self._believed(at_s, least_s=zone.settle_s)

    def _believed(self, at_s: float, *, least_s: float) -> Change | None:
        """Somebody who has stood for long enough, and was seen standing for this long."""
        zone, last = self.zone, self._track[-1]
        foot = middle([one for one in self._track if last.at_s - one.at_s <= zone.settle_s])
        stood = standing_since(self._track, foot, zone.still_px)
        if not stood or at_s - stood[0].at_s < zone.settle_s:
            return None
        if stood[-1].at_s - stood[0].at_s < least_s:
            return None
        share = len(stood) / max(1, sum(t >= stood[0].at_s for t in self._looked))
        score = sum(one.one.score for one in stood) / len(stood)
        if share < SHARE or score < zone.least:
            return None
        close = [one for one in stood if math.dist(one.foot, foot) <= FIRM * zone.still_px]
        sure = score * min(1.0, share)
        first, box = (close or stood)[0].at_s, stood[-1].one.box
        came = self._past.came(box, first)
        if came == first and not self._driven_up(box, first, score):
            return None
        self._standing = Standing(
            place=foot,
            box=stood[-1].one.box,
            came_s=came,
            near_s=stood[-1].at_s,
            sure=sure,
            level=score,
            track=self._track,
        )
        self._track, self._looked, self._lost = [], [], None
        return Change(zone=zone, way="comes", at_s=came, told_s=at_s, confidence=sure)

    def _driven_up(self, box: Box, first_s: float, score: float) -> bool:
        """Whether somebody who was not hidden before may have come at this moment."""
        lost, weak = self._lost, FAINT * score
        if lost is not None and alike(lost.box, box, SAME_PLACE):
            return score >= FAINT * lost.level
        if self._past.known(box, first_s, weak) > KNOWN:
            return False
        least = self.zone.least
        if score >= max(least, min(UNSEEN_COMING * least, UNSEEN_LEAST)):
            return True
        return self._past.way_in(box, first_s, weak)

    def _stay(
        self,
        one: Standing,
        at_s: float,
        own: Sequence[Sighting],
        seen: Sequence[Sighting],
        step: float,
    ) -> Change | None:
        zone = self.zone
        covered = cover(one.box, seen, margin_px=MARGIN_PX)
        strong = [s for s in own if s.score >= FAINT * one.level]
        near = nearest(strong, one.place)
        if near is None and covered >= PARTLY and not self._leaves(one):
            near = nearest(own, one.place)
        if near is not None:
            one.track = [*one.track[-TRACK:], Seen(at_s=at_s, one=near)]
        if near is not None and math.dist(near.foot, one.place) <= zone.away_px:
            one.seen(at_s, near, clear=covered < PARTLY)
            return None
        if near is None and covered >= HIDES:
            one.covered_s += step
            # It had not yet been missed where it could have been seen.
            one.unsure_s += step if one.missed_s < MISSED_S else 0.0
        else:
            # Only frames in which it could have been seen speak for its having left.
            one.missed_s += step
        return self._given_up(one, at_s)

    def _given_up(self, one: Standing, at_s: float) -> Change | None:
        """Whether somebody who is not seen where it stood has left, and when."""
        zone = self.zone
        left, drove_s = self._way_out(one)
        at_once = drove_s is not None and drove_s - left <= LATELY_S
        waited = one.missed_s + (one.covered_s if at_once else 0.0)
        if waited < (zone.leave_s if at_once else zone.lost_s):
            return None
        if drove_s is None:
            # Behind something nearer it may have left at any time: the middle errs least.
            left += one.unsure_s / 2
        elif not at_once:
            left = drove_s
        sure = at_once or one.unsure_s == 0
        change = self._gone(one, left, at_s, 1.0 if sure else 0.6)
        self._lost = None if at_once else one
        return change

    def _way_out(self, one: Standing) -> tuple[float, float | None]:
        """When it set off if it has left, and when one of its kind was seen driving away since."""
        left = set_off(one, FIRM * self.zone.still_px)
        return left, self._past.way_out(one.box, left, FAINT * one.level)

    def _leaves(self, one: Standing) -> bool:
        """Whether it was seen driving away just after it was last seen well."""
        left, drove_s = self._way_out(one)
        return drove_s is not None and drove_s - left <= LATELY_S

    def _gone(self, one: Standing, left_s: float, at_s: float, doubt: float) -> Change:
        self.reset()
        return Change(
            zone=self.zone, way="goes", at_s=left_s, told_s=at_s, confidence=one.sure * doubt
        )

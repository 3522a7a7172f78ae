"""The gate: decide on a face, and take the passenger a step further.

A photo lives only in the argument of :meth:`Gate.verify`; it is handed to the face encoder and
forgotten. Waiting for the encoder holds no transaction: what was checked before is checked again
when the decision is written.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from passenger_id import boarding, codec, matching
from passenger_id.announcements import identity_verified, journey_changed
from passenger_id.boarding import Step
from passenger_id.domain import FlightView, Journey, JourneyId, Method, Sighting, State
from passenger_id.errors import EncoderUnavailable
from passenger_id.events import IDENTITY_VERIFIED, JOURNEY_CHANGED
from passenger_id.matching import Outcome, Verdict
from passenger_id.ports import Books, FaceEncoder, KeptDecision, Store
from passenger_id.reasons import reason
from passenger_id.service import PURPOSE, Rules, known
from service_bus import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A gate's answer: the verdict, and where passenger and flight stand after it."""

    event_id: str
    journey: Journey
    flight: FlightView | None
    verdict: Verdict
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One attempt at a gate: who stands where, asked by whom."""

    journey_id: JourneyId
    event_id: str
    gate: str
    actor: str


class Gate:
    """The desk of the gate kiosks."""

    def __init__(
        self,
        store: Store,
        encoder: FaceEncoder,
        *,
        clock: Clock,
        rules: Rules,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._clock = clock
        self._rules = rules
        self._new_id = new_id

    async def verify(
        self, journey_id: JourneyId, photo: bytes, *, gate: str, actor: str, event_id: str = ""
    ) -> Decision:
        """Decide whether the person in front of the camera is this passenger and may go on.

        The same ``event_id`` again gives the same decision without looking again.

        Raises:
            UnknownJourney: no such journey; everything else is a decision with a reason.
        """
        started = time.perf_counter()
        scan = Scan(
            journey_id=journey_id, event_id=event_id or self._new_id(), gate=gate, actor=actor
        )
        kept, code = await asyncio.to_thread(self._admit, scan)
        if kept is not None:
            return kept
        if code:
            verdict = matching.refused(code)
        else:
            verdict = await self._look(journey_id, photo)
        return await asyncio.to_thread(self._settle, scan, verdict, started)

    def _admit(self, scan: Scan) -> tuple[Decision | None, str]:
        """Give a decision made before, or the reason not to look at a face at all ("")."""
        with self._store.reading() as books:
            journey = known(books, scan.journey_id)
            if kept := books.decisions.find(scan.journey_id, scan.event_id):
                return self._repeated(books, journey, kept), ""
            return None, self._refusal(books, journey, scan.gate)

    def _refusal(self, books: Books, journey: Journey, gate: str) -> str:
        now = self._clock()
        code = boarding.refusal(
            journey,
            books.flights.find(journey.flight),
            gate=gate,
            now=now,
            screening_valid=self._rules.screening_valid,
        )
        if code:
            return code
        if books.vault.holds(journey.id, purpose=PURPOSE, now=now):
            return ""
        consent = books.vault.consent(journey.id)
        withdrawn = consent is not None and consent.withdrawn_at is not None
        return "consent_withdrawn" if withdrawn else "not_enrolled"

    async def _look(self, journey_id: JourneyId, photo: bytes) -> Verdict:
        try:
            sighting = await self._encoder.observe(photo)
        except EncoderUnavailable as away:
            log.warning("encoder journey=%s unavailable=%s", journey_id, away)
            return matching.unavailable()
        fault = matching.photo_fault(sighting) or matching.liveness_fault(
            sighting, self._rules.min_liveness
        )
        if fault:
            return matching.refused(fault, sighting)
        return await asyncio.to_thread(self._compare, journey_id, sighting)

    def _compare(self, journey_id: JourneyId, sighting: Sighting) -> Verdict:
        started = time.perf_counter()
        with self._store.reading() as books:
            template = books.vault.open(
                journey_id,
                model_sha256=sighting.model.sha256,
                purpose=PURPOSE,
                now=self._clock(),
            )
        if template is None:
            return matching.refused("model_changed", sighting)
        verdict = matching.judge(sighting, self._encoder.compare(template, sighting))
        stages = {**verdict.stage_ms, "compare": _ms_since(started)}
        return replace(verdict, stage_ms=stages)

    def _settle(self, scan: Scan, verdict: Verdict, started: float) -> Decision:
        """Write the decision, and take the steps that a match leads to, in one transaction."""
        now = self._clock()
        with self._store.writing() as books:
            journey = known(books, scan.journey_id)
            if kept := books.decisions.find(scan.journey_id, scan.event_id):
                return self._repeated(books, journey, kept)
            if verdict.outcome is Outcome.MATCH:
                # While the model looked, the gate, the flight or the consent may have changed.
                if code := self._refusal(books, journey, scan.gate):
                    verdict = replace(verdict, outcome=Outcome.REFUSED, reason=reason(code))
                else:
                    journey, verdict = self._board(books, journey, verdict, scan, now)
            flight = books.flights.find(journey.flight)
            news = identity_verified(
                journey, verdict, event_id=scan.event_id, at=now, gate=scan.gate
            )
            books.announce(IDENTITY_VERIFIED, news)
            books.decisions.save(
                KeptDecision(
                    event_id=scan.event_id,
                    journey_id=journey.id,
                    at=now,
                    gate=scan.gate,
                    actor=scan.actor,
                    outcome=str(verdict.outcome),
                    reason=verdict.reason.code,
                    answer=codec.write_verdict(verdict),
                )
            )
        decision = Decision(
            event_id=scan.event_id,
            journey=journey,
            flight=flight,
            verdict=verdict,
            elapsed_ms=_ms_since(started),
        )
        _log(decision, scan)
        return decision

    def _board(
        self, books: Books, journey: Journey, verdict: Verdict, scan: Scan, now: datetime
    ) -> tuple[Journey, Verdict]:
        before = journey
        target = boarding.target_of_match(journey)
        done = {(step.event_id, step.to) for step in books.journeys.steps(journey.id)}
        for to in boarding.way_to(journey.state, target):
            step = Step(
                journey_id=journey.id,
                event_id=scan.event_id,
                to=to,
                at=now,
                actor=scan.actor,
                device=scan.gate,
                method=Method.FACE,
                reason=verdict.reason.code,
                score_band=verdict.band,
            )
            journey = boarding.advance(journey, step, done)
            books.journeys.record(step)
        books.journeys.save(journey)
        cause = identity_verified(journey, verdict, event_id=scan.event_id, at=now, gate=scan.gate)
        books.announce(JOURNEY_CHANGED, journey_changed(cause, journey, str(before.state)))
        if target is State.ID_VERIFIED:
            verdict = replace(verdict, reason=reason("id_verified"))
        return journey, verdict

    def _repeated(self, books: Books, journey: Journey, kept: KeptDecision) -> Decision:
        return Decision(
            event_id=kept.event_id,
            journey=journey,
            flight=books.flights.find(journey.flight),
            verdict=codec.read_verdict(kept.answer),
            elapsed_ms=0.0,
        )


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000.0, 3)


def _log(decision: Decision, scan: Scan) -> None:
    verdict = decision.verdict
    log.info(
        "verification event=%s journey=%s gate=%s outcome=%s reason=%s band=%s model=%s "
        "degraded=%s state=%s elapsed_ms=%.0f",
        decision.event_id,
        decision.journey.id,
        scan.gate,
        verdict.outcome,
        verdict.reason.code,
        verdict.band or "-",
        verdict.model.name or "-",
        verdict.degraded,
        decision.journey.state,
        decision.elapsed_ms,
    )

"""Taking flight messages in by HTTP: on disk before the sender hears "accepted"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from airport_brain.operations.api.shapes import IntakeOut
from airport_brain.operations.events import AIDX_RECEIVED
from airport_brain.operations.formats import aidx, aidx_updates
from airport_brain.operations.formats.aidx_message import Message
from airport_brain.operations.service import AIRPORT_HEADER, feed_source
from service_bus import (
    Bus,
    Clock,
    Malformed,
    Notice,
    Principal,
    TooLarge,
    content_id,
    refuse,
    take_in,
)

SENDER_HEADER = "sender"
"""Envelope header with the account that delivered the message."""


class AidxIntake:
    """The door for AIDX messages."""

    def __init__(self, bus: Bus, clock: Clock, *, max_bytes: int) -> None:
        self._bus = bus
        self._clock = clock
        self._max_bytes = max_bytes

    async def take(self, request: Request, *, airport: str, caller: Principal) -> IntakeOut:
        """Read a request's body, check it, and publish it as it came.

        The same bytes from the same feed are the same message: senders' own numbers do not serve
        (a real one sends ``SequenceNmbr="1"`` with every message).

        Raises:
            Malformed: the bytes are no AIDX; kept as a dead letter, named ``dead_letter``.
            TooLarge: more bytes than are taken; the first of them are kept.
            Unavailable: the bus cannot take messages now.
        """
        content_type = request.headers.get("content-type", "application/xml")[:100]
        body = bytearray()
        try:
            await _fill(body, request, self._max_bytes)
            data = bytes(body)
            messages = await run_in_threadpool(aidx.parse, data, max_bytes=self._max_bytes)
        except (Malformed, TooLarge) as fault:
            # The gateway shows it to the sender.
            fault.dead_letter = await refuse(  # type: ignore[union-attr]
                self._bus,
                AIDX_RECEIVED,
                bytes(body),
                fault,
                source=feed_source((), airport=airport, caller=caller.name),
                received=self._clock(),
                content_type=content_type,
            )
            raise
        source = feed_source(messages, airport=airport, caller=caller.name)
        headers = {SENDER_HEADER: caller.name} | ({AIRPORT_HEADER: airport} if airport else {})
        received = await take_in(
            self._bus,
            AIDX_RECEIVED,
            data,
            source=source,
            subject=source,
            message_id=content_id(data),
            received=self._clock(),
            content_type=content_type,
            headers=headers,
        )
        position = received.position
        return IntakeOut(
            message_id=received.message_id,
            correlation_id=received.correlation_id,
            topic=position.topic,
            partition=position.partition,
            offset=position.offset,
            duplicate=position.duplicate,
            warnings=[asdict(notice) for notice in _notices(messages, airport)],
        )


async def _fill(body: bytearray, request: Request, limit: int) -> None:
    """Read the body, given up at the first chunk over the limit."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLarge(int(declared), limit, "AIDX message")
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(len(body), limit, "AIDX message")


def _notices(messages: Sequence[Message], airport: str) -> list[Notice]:
    notices = [notice for message in messages for notice in message.notices]
    for message in messages:
        if message.root == aidx.REQUEST:
            notices.append(
                Notice(
                    code="aidx-request-not-answered",
                    field=message.root,
                    position="line 1",
                    text="a request is kept and not answered here",
                )
            )
        for leg in message.flight_leg:
            ends = aidx_updates.ends_of(leg)
            if airport and airport not in ends:
                notices.append(
                    Notice(
                        code="aidx-airport-not-on-leg",
                        field="airport",
                        position="query",
                        text=f"{airport} is no end of {ends[0]}-{ends[1]}; worked out otherwise",
                    )
                )
            if aidx_updates.key_of(leg) is None:
                notices.append(
                    Notice(
                        code="aidx-leg-without-key",
                        field="GeneralAviationLegIdentifier",
                        position="line 1",
                        text="nothing says when or where the flight leaves; kept and not shown",
                    )
                )
    return notices

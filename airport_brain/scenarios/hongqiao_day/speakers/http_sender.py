"""Sends over HTTP and does not give up: a message is sent again until it is answered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import httpx

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.3
LONGEST_WAIT_S = 3.0
TRIES_UNTIL_KNOWN = 20
CONNECTIONS = 16
"""At once; each lane of a speaker uses one."""


@dataclass(slots=True)
class HttpSender:
    """An outside system's connection to the gateway."""

    client: httpx.AsyncClient
    refused: int = 0
    resent: int = 0

    async def send(
        self, path: str, *, unknown_yet: bool = False, **request: Any
    ) -> httpx.Response | None:
        """Post until the platform takes it (the answer) or refuses it (``None``, logged).

        A lost connection, a server error and "too many" mean later; any other refusal is final.

        Args:
            path: on the gateway.
            unknown_yet: what the path names was accepted but may not be applied yet, so "not found"
                means later too, for a while.
            request: as httpx takes it.
        """
        wait, patience = FIRST_WAIT_S, TRIES_UNTIL_KNOWN if unknown_yet else 0
        while True:
            try:
                answer = await self.client.post(path, **request)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return answer
            if answer is not None and not _later(answer):
                if answer.status_code != httpx.codes.NOT_FOUND or patience == 0:
                    self._refuse(path, answer)
                    return None
                patience -= 1
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_S)
            self.resent += 1

    def _refuse(self, path: str, answer: httpx.Response) -> None:
        self.refused += 1
        log.warning("refused path=%s status=%d answer=%s", path, answer.status_code, _why(answer))


def _later(answer: httpx.Response) -> bool:
    return answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS


def _why(answer: httpx.Response) -> str:
    """What a problem document says, shortened; it quotes no personal data."""
    return " ".join(answer.text.split())[:300]


def connect(url: str, key: str) -> httpx.AsyncClient:
    """A client with the key of a connected system."""
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {key}"},
        timeout=httpx.Timeout(30.0, connect=5.0),
        limits=httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=30.0),
        # The platform is where the settings say; a proxy of the environment is not asked.
        trust_env=False,
    )

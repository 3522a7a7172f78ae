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


@dataclass(slots=True)
class HttpSender:
    """An outside system's connection to the gateway."""

    client: httpx.AsyncClient
    refused: int = 0

    async def send(self, path: str, **request: Any) -> httpx.Response | None:
        """Post until the platform takes it (the answer) or refuses it (``None``, logged)."""
        wait = FIRST_WAIT_S
        while True:
            try:
                answer = await self.client.post(path, **request)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return answer
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                self.refused += 1
                log.warning("refused path=%s status=%d", path, answer.status_code)
                return None
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_S)


def connect(url: str, key: str) -> httpx.AsyncClient:
    """A client with the key of a connected system."""
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {key}"},
        timeout=httpx.Timeout(30.0, connect=5.0),
        limits=httpx.Limits(max_connections=16),
    )

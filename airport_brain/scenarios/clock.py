"""The clock of a played day: starts at a given moment and runs ``speed`` times as fast as ours."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class DayClock:
    """Scenario time.

    Attributes:
        start: scenario time of the first tick, aware UTC.
        speed: scenario seconds per real second.
    """

    start: datetime
    speed: float
    _begun: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Scenario time now."""
        return self.start + timedelta(seconds=(time.monotonic() - self._begun) * self.speed)

    async def until(self, moment: datetime) -> None:
        """Wait until scenario time reaches ``moment``; returns at once if it has passed."""
        due = self._begun + (moment - self.start).total_seconds() / self.speed
        if (ahead := due - time.monotonic()) > 0:
            await asyncio.sleep(ahead)

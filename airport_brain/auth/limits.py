"""Rate limits: one token bucket per caller, in memory, bounded in number."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from airport_brain.auth.errors import Throttled


@dataclass(slots=True)
class TokenBuckets:
    """Lets each caller make ``burst`` calls at once and ``per_minute`` on average.

    Attributes:
        per_minute: refill.
        burst: size of the bucket.
        kept: callers remembered; the longest unseen is forgotten first, which can only be kind.
        monotonic: seconds that never go back, injected for tests.
    """

    per_minute: float
    burst: float
    kept: int = 100_000
    monotonic: Callable[[], float] = time.monotonic
    _levels: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: str, cost: float = 1.0) -> None:
        """Spend ``cost`` of a caller's bucket.

        Raises:
            Throttled: the bucket does not hold that much; says after how many seconds it will.
        """
        now = self.monotonic()
        with self._lock:
            level, seen = self._levels.pop(caller, (self.burst, now))
            level = min(self.burst, level + (now - seen) * self.per_minute / 60)
            allowed = level >= cost
            self._levels[caller] = (level - cost if allowed else level, now)
            if len(self._levels) > self.kept:
                self._levels.popitem(last=False)
        if not allowed:
            raise Throttled((cost - level) * 60 / self.per_minute)

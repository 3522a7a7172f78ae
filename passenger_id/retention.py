"""When a face template must be gone. Pure.

The clock is the flight's: two hours after it left, and never later than 24 hours after it should
have left, whatever becomes of it (cancelled, diverted, delayed into the next day, feed silent).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long a template outlives its use.

    Attributes:
        after_departure: from the actual departure.
        after_schedule: from the scheduled departure; the hard end.
    """

    after_departure: timedelta
    after_schedule: timedelta

    def purge_at(self, scheduled: datetime, actual: datetime | None) -> datetime:
        """Give the moment from which the template may not exist.

        >>> from datetime import UTC
        >>> rule = RetentionRule(
        ...     after_departure=timedelta(hours=2), after_schedule=timedelta(hours=24))
        >>> std = datetime(2026, 11, 24, 8, tzinfo=UTC)
        >>> rule.purge_at(std, None).isoformat()
        '2026-11-25T08:00:00+00:00'
        >>> rule.purge_at(std, std + timedelta(minutes=20)).isoformat()
        '2026-11-24T10:20:00+00:00'
        """
        latest = scheduled + self.after_schedule
        return latest if actual is None else min(actual + self.after_departure, latest)

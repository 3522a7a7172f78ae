"""Limits that the formats share."""

from __future__ import annotations

from typing import Final

MOST_NOTICES: Final = 200
"""Notices kept of a message: more would say nothing new, and take more room than the message."""

"""The smallest input that still shows a fault, within a number of tries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

TRIES: Final = 400


def minimised(data: bytes, shows: Callable[[bytes], bool], tries: int = TRIES) -> bytes:
    """Cut ever smaller chunks out while the fault still shows."""
    chunk = max(1, len(data) // 2)
    while chunk and tries:
        at, cut = 0, False
        while at < len(data) and tries:
            shorter = data[:at] + data[at + chunk :]
            tries -= 1
            if shorter and shows(shorter):
                data, cut = shorter, True
            else:
                at += chunk
        if not cut or chunk > len(data):
            chunk //= 2
    return data

"""What fields and notices mean, in both languages."""

from __future__ import annotations

from typing import Final

from service_bus import WireWords

WORDS: Final = WireWords()

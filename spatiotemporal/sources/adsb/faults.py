"""How faults and notices of ADS-B are said. Positions are ``byte N`` from 0 in the Mode S frame.

======================  ===========================================================================
notice                  meaning
======================  ===========================================================================
adsb-other-downlink     A Mode S frame that is no extended squitter; kept as bytes, parity unchecked.
adsb-not-adsb           DF18 with a control field of coarse TIS-B, TIS-B management or other use; kept
                        as bytes.
adsb-left-out           A frame of a log cannot be read; left out.
adsb-reserved-movement  A movement code that the standard reserves (125-127).
adsb-reserved-subtype   A velocity subtype that the standard reserves (0, 5-7).
adsb-odd-character      An identification holds a code without a character; shown as ``#``.
adsb-altitude-code      An altitude code that stands for no altitude.
======================  ===========================================================================

In strict mode each of them is a fault.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from service_bus import Malformed, Mode, Notice

FORMAT: Final = "adsb"


def fault(
    reason: str, *, field: str, position: str, found: str = "", expected: str = "", code: str
) -> Malformed:
    """A fault that names its place; ``found`` is cut short."""
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=position,
        found=found[:40],
        expected=expected,
        code=code,
    )


@lru_cache(maxsize=512)
def notice(mode: Mode, code: str, field: str, position: str, text: str) -> tuple[Notice, ...]:
    """A notice, or a fault in strict mode; many frames share one, for it names no place in the input.

    Raises:
        Malformed: the mode is strict.
    """
    if mode == "strict":
        raise fault(text, field=field, position=position, code=code)
    return (Notice(code=code, field=field, position=position, text=text),)

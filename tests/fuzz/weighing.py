"""``python -m tests.fuzz.weighing [FORMAT,...] [BYTES,...]``: what memory the densest inputs take."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from service_bus import WireFormat
from tests.fuzz.dense import dense
from tests.fuzz.forms import FORMS
from tests.fuzz.memory import Weight, reader, weigh
from tests.fuzz.seeds import seeds

SMALL: Final = 8_192
"""Bytes of the floods among which the densest are looked for."""
SECONDS: Final = 4.0
"""For looking, of one format."""


def main(arguments: Sequence[str]) -> None:
    """Print a line per format: times the input that are worked with and held, at each size."""
    names = arguments[0].split(",") if arguments and arguments[0] != "all" else list(FORMS)
    sizes = [int(one) for one in arguments[1].split(",")] if len(arguments) > 1 else [60_000]
    for name in names:
        form = FORMS[name]
        worst = densest(form)
        cells = []
        for size in sizes:
            found = [_weighed(form, seed, kind, size) for kind, seed in worst]
            read = [(one, length) for one, length in found if one.held]
            refused = [one.peak / length for one, length in found if not one.held]
            working = max((one.working / length for one, length in read), default=0.0)
            held = max((one.held / length for one, length in read), default=0.0)
            cells.append(f"{size:>8} {working:6.1f} {held:6.1f} {max(refused, default=0.0):6.1f}")
        sys.stdout.write(f"{name:14}{' |'.join(cells)}\n")
        sys.stdout.flush()


def _weighed(form: WireFormat, seed: bytes, kind: str, size: int) -> tuple[Weight, int]:
    data = dict(dense(form, seed))[kind](size)
    return weigh(form, data), len(data)


def densest(
    form: WireFormat, seconds: float = SECONDS, *, most: int = 2
) -> list[tuple[str, bytes]]:
    """Kinds of floods, and what they are made of, that hold most, work most, and are refused latest.

    Args:
        form: the format.
        seconds: of work for looking.
        most: kinds of each.
    """
    reader(form)(form.example)
    started = time.process_time()  # on a busy machine no less is tried
    found: list[tuple[float, float, float, str, bytes]] = []
    for number, seed in enumerate(seeds(form)):
        for kind, make in dense(form, seed):
            if number and time.process_time() - started > seconds:
                break
            data = make(SMALL)
            one, size = weigh(form, data), len(data)
            refused = 0.0 if one.held else one.peak / size
            working = one.working / size if one.held else 0.0
            found.append((one.held / size, working, refused, kind, seed))
    chosen: dict[tuple[str, bytes], None] = {}
    for key in range(3):
        for *_, kind, seed in sorted(found, key=itemgetter(key), reverse=True)[:most]:
            chosen[kind, seed] = None
    return list(chosen)


if __name__ == "__main__":
    main(sys.argv[1:])

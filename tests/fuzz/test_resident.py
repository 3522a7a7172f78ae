"""A reading of any format takes no more memory than promised, counted as the system counts it.

``python -m tests.fuzz.resident`` looks longer, at more floods and sizes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.components import missing
from tests.fuzz.forms import FORMS
from tests.fuzz.resident import FLOOR_BYTES, TIMES, Flooding, flooding
from tests.fuzz.resident_process import can_be_measured

SECONDS = 1.0


@pytest.fixture(scope="module")
def floods() -> Iterator[Flooding]:
    if not can_be_measured():
        missing("a count of the memory of a process (/proc/self/clear_refs)", installable=False)
    with flooding() as floods:
        yield floods


@pytest.mark.parametrize("name", FORMS)
def test_a_reading_takes_ten_times_its_input_and_four_mebibytes(
    name: str, floods: Flooding
) -> None:
    found = floods(name, seconds=SECONDS)
    assert found
    heavy = [str(flood) for flood in found if flood.over > FLOOR_BYTES]
    assert not heavy, f"over {TIMES} times and {FLOOR_BYTES >> 20} MiB:\n" + "\n".join(heavy)

"""What is written down is so: the example runs, every notice and every format is listed."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

from spatiotemporal import DECODERS

NOTICE_PAGES = {
    "jt808": "spatiotemporal.sources.jt808.faults",
    "adsb": "spatiotemporal.sources.adsb.faults",
    "asterix": "spatiotemporal.sources.asterix_blocks",
    "nmea": "spatiotemporal.sources.nmea",
    "position-json": "spatiotemporal.sources.position_json",
}


def test_the_example_in_the_readme_runs(repository: Path) -> None:
    readme = repository / "spatiotemporal" / "README.md"
    found = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")
    assert found.attempted >= 3
    assert found.failed == 0


def test_the_readme_lists_every_format(repository: Path) -> None:
    text = (repository / "spatiotemporal" / "README.md").read_text("utf-8")
    assert [name for name in DECODERS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("name", sorted(NOTICE_PAGES))
def test_every_notice_is_listed_where_it_should_be(name: str, repository: Path) -> None:
    codes: set[str] = set()
    for file in (repository / "spatiotemporal" / "sources").rglob("*.py"):
        codes |= set(re.findall(rf'"({name}-[a-z0-9-]+)"', file.read_text("utf-8")))
    codes.discard(name)
    page = importlib.import_module(NOTICE_PAGES[name]).__doc__ or ""
    listed = set(re.findall(rf"^({name}-[a-z0-9-]+) ", page, re.MULTILINE))
    assert codes
    assert listed == codes

"""Every field of every message is explained where it is declared or in the format's own page."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from types import ModuleType

import pytest

from passenger_id.formats import bcbp, gb11643, mrz, name_list, paxlst

MODULES = (bcbp, gb11643, mrz, name_list, paxlst)


def messages(module: ModuleType) -> list[type]:
    return [
        found
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found) and found.__module__.startswith("passen")
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.FORMAT)
def test_every_field_is_explained(module: ModuleType) -> None:
    page = module.__doc__ or ""
    silent = [
        f"{found.__name__}.{field.name}"
        for found in messages(module)
        for field in fields(found)
        if not re.search(rf"\b{field.name}\b", (found.__doc__ or "") + page)
    ]
    assert not silent


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.FORMAT)
def test_every_page_says_what_a_reader_of_it_needs(module: ModuleType) -> None:
    page = module.__doc__ or ""
    for part in (
        "Standard:",
        "Positions",
        "Traps" if module in (bcbp, mrz, name_list) else "",
        "Notices",
    ):
        assert part in page
    for name in ("FORMAT", "MAX_BYTES", "NOTICES", "parse", "recognise", "encode"):
        assert hasattr(module, name)

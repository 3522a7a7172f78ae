"""Fixtures that every test may use: where things are, and what a missing component means."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.components import ROOT
from tests.postgres_server import (  # noqa: F401  (one PostgreSQL for the whole run)
    new_postgres_database,
    postgres_server,
)
from tests.ray_runtime import ray_runtime  # noqa: F401  (one Ray for the whole run)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Folder of real messages and layouts; it is not part of the project, so it may be absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"reference data not at {folder}")
    return folder

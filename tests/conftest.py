"""Fixtures that every test may use: where things are, and what a missing component means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.components import ROOT
from tests.postgres_server import (  # noqa: F401  (one PostgreSQL for the whole run)
    new_postgres_database,
    postgres_server,
)
from tests.ray_runtime import ray_runtime  # noqa: F401  (one Ray for the whole run)

# How long an example takes says something of the machine, not of the code; what must be quick is timed by
# the benchmarks. In CI the same examples come each time, so that a run means the same as the one before.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


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

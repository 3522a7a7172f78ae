"""Fixtures that every test may use: where things are, and what a missing component means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ray_runtime import ray_runtime  # noqa: F401  (one Ray for the whole run)

ROOT = Path(__file__).resolve().parent.parent


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


def missing(component: str, *, installable: bool = True) -> None:
    """Skip a test for want of a component; in CI, where it can be installed, fail instead."""
    if installable and os.environ.get("CI") == "true":
        pytest.fail(f"{component} is missing although this run should have installed it")
    pytest.skip(f"{component} is not on this machine")

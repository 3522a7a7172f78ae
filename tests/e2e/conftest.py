"""One platform for the end-to-end tests that do not kill it: every role, embedded defaults, real models."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import PATIENCE_MS
from tests.face_models import default_models
from tests.platform_process import Platform, running_platform


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Give every expectation of a page the same patience."""
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A running platform with the face models in its store; ready when given."""
    data = tmp_path_factory.mktemp("platform") / "data"
    shutil.copytree(default_models() / "models", data / "models")
    with running_platform(data) as running:
        running.wait_until(lambda: running.get("/readyz").status_code == 200, "every part is ready")
        yield running


@pytest.fixture(scope="session")
def aidx_messages(reference_data: Path) -> list[bytes]:
    """Real flight messages of two airports."""
    return [path.read_bytes() for path in sorted((reference_data / "messages/aidx").glob("*.xml"))]

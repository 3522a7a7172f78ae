"""What tests need from the machine, and what it means when it is not there."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent


def missing(component: str, *, installable: bool = True) -> NoReturn:
    """Skip a test for want of a component; in CI, where it can be installed, fail instead."""
    if installable and os.environ.get("CI") == "true":
        pytest.fail(f"{component} is missing although this run should have installed it")
    pytest.skip(f"{component} is not on this machine")


def free_port() -> int:
    """A TCP port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

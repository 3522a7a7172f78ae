"""Starting where one cannot start: one clear sentence that says what to do, and no traceback."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psutil
import pytest

from tests.platform_process import Platform


@pytest.fixture
def other(tmp_path: Path) -> Platform:
    """A second platform on a data folder of its own, not started."""
    return Platform(tmp_path / "data")


def start(platform: Platform) -> str:
    """What ``up`` says when it ends at once."""
    answer = platform.command("up")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return " ".join(answer.stderr.split())


def test_a_port_in_use(other: Platform) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", other.port))
        taken.listen()
        told = start(other)
    assert f"port {other.port} on 127.0.0.1 is not free" in told
    assert "--port" in told


def test_a_terminal_port_in_use(other: Platform) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", other.jt808_port))
        taken.listen()
        told = start(other)
    assert f"127.0.0.1:{other.jt808_port}" in told
    assert "JT808_PORT" in told


def test_a_data_folder_that_another_process_uses(platform: Platform, other: Platform) -> None:
    other.data = platform.data
    assert platform.process is not None
    told = start(other)
    assert f"in use by process {platform.process.pid}" in told
    assert "--data" in told


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a place nobody can write")
def test_a_data_folder_that_cannot_be_written(other: Platform) -> None:
    other.data = Path("/proc/airport-brain")
    told = start(other)
    assert "cannot write to the data folder /proc/airport-brain" in told


def test_a_log_that_is_not_ours(other: Platform) -> None:
    other.data.mkdir()
    (other.data / "bus.sqlite3").write_bytes(b"this is not a database" * 100)
    told = start(other)
    assert "bus.sqlite3" in told
    assert os.path.getsize(other.data / "bus.sqlite3") == 2200


def test_asked_to_stop_it_stops_in_order(other: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray has handlers of its own for the signal; they must not cut the stop short."""
    monkeypatch.setenv("AIRPORT_BRAIN__AI_CENTER__FETCH_MODELS", "false")
    other.start()
    other.wait_until(lambda: "runtime.started" in other.log(), "the algorithms run")
    assert other.stop() == 0
    assert "SIGTERM" not in other.log()
    assert "did not stop in time" not in other.log()


def test_asked_to_stop_while_ray_starts_it_stops_in_order_too(
    other: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRPORT_BRAIN__AI_CENTER__FETCH_MODELS", "false")
    other.start()
    assert other.process is not None
    platform = psutil.Process(other.process.pid)

    def raylets() -> list[psutil.Process]:
        return [one for one in platform.children(recursive=True) if one.name() == "raylet"]

    other.wait_until(lambda: bool(raylets()), "Ray is starting")
    (raylet,) = raylets()
    assert other.stop() == 0
    assert not raylet.is_running()

"""The whole platform as its own process, as a user starts it, and the day at Hongqiao as another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from airport_brain.cli.scenario import KEY_VARIABLE
from airport_brain.scenarios.hongqiao_day.journal import read_journal
from tests.components import ROOT, free_port

START_LIMIT_S = 180.0


@dataclass
class Platform:
    """Starts, kills and speaks to one platform on a data folder of its own."""

    data: Path
    arguments: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    jt808_port: int = field(default_factory=free_port)
    key: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "AIRPORT_BRAIN_DATA": str(self.data),
            "AIRPORT_BRAIN__GATEWAY__PORT": str(self.port),
            "AIRPORT_BRAIN__SPATIOTEMPORAL__JT808_PORT": str(self.jt808_port),
            "NO_COLOR": "1",
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``airport-brain ARGUMENTS`` on the same data folder."""
        return subprocess.run(
            [sys.executable, "-m", "airport_brain", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def make_key(self, *roles: str) -> str:
        options = [part for role in roles for part in ("--role", role)]
        answer = self.command("key", "add", "test", *options, "--json")
        assert answer.returncode == 0, answer.stderr
        return str(json.loads(answer.stdout)["key"])

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        if not self.key:
            self.key = self.make_key("admin")
        log = (self.data / "platform.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "airport_brain", "up", *self.arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        self.wait_until(lambda: self.get("/healthz").status_code == 200, "the gateway answers")

    def wait_until(
        self, holds: Callable[[], bool], what: str, limit_s: float = START_LIMIT_S
    ) -> None:
        """Look again and again until something holds, or the platform ends, or time is up."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"the platform ended before {what}:\n{self.log()[-4000:]}")
            try:
                if holds():
                    return
            except (httpx.TransportError, KeyError, IndexError):
                pass
            time.sleep(0.2)
        raise AssertionError(f"waited {limit_s:.0f} s in vain until {what}:\n{self.log()[-4000:]}")

    def log(self) -> str:
        file = self.data / "platform.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def get(self, path: str, **options: object) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.key}"}
        return httpx.get(self.url + path, headers=headers, timeout=60, **options)  # type: ignore[arg-type]

    def post(self, path: str, **options: object) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.key}", **options.pop("headers", {})}  # type: ignore[dict-item]
        return httpx.post(self.url + path, headers=headers, timeout=60, **options)  # type: ignore[arg-type]

    def kill(self) -> None:
        """``kill -9`` of the platform's process; what it started must follow by itself."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=60)
        self.process = None

    def stop(self) -> int:
        """Ask the platform to stop, as ``Ctrl-C`` does; give its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            status = self.process.wait(timeout=60)
        self.process = None
        return status


@contextmanager
def running_platform(data: Path, *arguments: str) -> Iterator[Platform]:
    platform = Platform(data, arguments)
    platform.start()
    try:
        yield platform
    finally:
        platform.stop()


@dataclass
class DayPlayer:
    """Plays the day at Hongqiao into a platform, from a process that outlives the platform's."""

    platform: Platform
    journal: Path
    options: tuple[str, ...] = ()
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin; what it logs goes to a file beside the journal."""
        with self.journal.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "airport_brain", "scenario", "play", "--json",
                    "--journal", str(self.journal), *self.options,
                ],
                cwd=ROOT,
                env={**self.platform.environment, KEY_VARIABLE: self.platform.key},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )  # fmt: skip

    def acknowledged(self) -> list[dict[str, Any]]:
        """Everything the platform has acknowledged so far."""
        return read_journal(self.journal) if self.journal.exists() else []

    def finish(self, *, stop: bool = False, limit_s: float = 60.0) -> dict[str, int]:
        """Wait for the end of the day, or end it now; give the counts by channel."""
        assert self.process is not None
        if stop:
            self.process.send_signal(signal.SIGTERM)
        told, _ = self.process.communicate(timeout=limit_s)
        assert self.process.returncode == 0, self.log()[-4000:]
        self.process = None
        return {str(channel): int(count) for channel, count in json.loads(told).items()}

    def log(self) -> str:
        """What it logged."""
        return self.journal.with_suffix(".log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """End it at once, if it still runs."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

"""Stopping: the process ends even where something in it never does."""

from __future__ import annotations

import signal
import subprocess
import sys

from airport_brain import running

STUCK = """
import asyncio, time
from airport_brain import running

running.LAST_S = 0.5

async def main():
    stop = asyncio.Event()
    async with running._stopping_on_signals(stop):
        print("ready", flush=True)
        await stop.wait()
        await asyncio.to_thread(time.sleep, 600)

asyncio.run(main())
"""


def test_a_thread_that_never_answers_does_not_keep_the_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == running.STUCK
        assert process.stderr is not None
        assert b"event=process.stuck" in process.stderr.read()

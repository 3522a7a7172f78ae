"""A search on a local Ray of its own process: the same losses, a worker that dies, nothing left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.ray, pytest.mark.timeout(600)]

SCRIPT = """
import json, os, sys
from pathlib import Path
from ai_center.adapters.in_turn import InTurn
from ai_center.adapters.ray_jobs import RayCrew

def loss(job):
    if job["dies"]:
        os._exit(9)
    return job["x"] ** 2

if __name__ == "__main__":
    jobs = [{"x": n, "dies": n == 3} for n in range(6)]
    with RayCrew(Path(sys.argv[1]), workers=2) as crew:
        done = {d.place: (d.loss, d.fault) for d in crew.each("ray_job_script:loss", jobs)}
    print(json.dumps([done[n] for n in range(6)]))
"""


def test_jobs_are_done_a_dying_one_falls_out_and_nothing_is_left(tmp_path: Path) -> None:
    script = tmp_path / "ray_job_script.py"
    script.write_text(SCRIPT)
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "ray")],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        cwd=root,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{root}:{tmp_path}", "HOME": str(tmp_path)},
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    assert [loss for loss, _ in told] == [0.0, 1.0, 4.0, None, 16.0, 25.0]
    assert told[3][1]
    assert not (tmp_path / "ray").exists()
    left = [p for p in psutil.process_iter(["cmdline"]) if _of(p, str(tmp_path))]
    assert left == []


def _of(process: psutil.Process, folder: str) -> bool:
    return any(folder in part for part in process.info["cmdline"] or ())

"""The command line of fuzzing: which formats, how many inputs, for how long."""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from tests.components import ROOT
from tests.fuzz.campaign import Report, campaigns
from tests.fuzz.cases import keep
from tests.fuzz.forms import FORMS

LOG: Final = ROOT / ".cache" / "fuzz" / "runs.jsonl"
"""One line per format and run, so that runs of many sittings can be added up."""
MEMORY_BYTES: Final = 6 << 30
"""Address space of the process, where the system can limit it: a bomb ends this process alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz formats; status 1 when anything was found."""
    asked = _asked(arguments)
    names = list(FORMS) if asked.format == "all" else asked.format.split(",")
    unknown = [name for name in names if name not in FORMS]
    if unknown:
        sys.stderr.write(f"no format {unknown[0]!r}; known: all, {', '.join(FORMS)}\n")
        return 2
    _limit_memory()
    warnings.simplefilter("error")
    found = 0
    _say(_HEADER)
    left_s = asked.minutes * 60
    for number, campaign in enumerate(campaigns([FORMS[name] for name in names], asked.seed)):
        started = time.perf_counter()
        report = campaign.run(asked.inputs, left_s / (len(names) - number))
        left_s -= time.perf_counter() - started
        _print(report)
        _log(report)
        for finding in report.findings:
            found += 1
            file = keep(finding) if asked.keep else None
            _say(f"    {finding.key} ({finding.mode}, {report.repeats[finding.key]} times)")
            _say(f"      {finding.told[:400]}")
            _say(f"      {file or finding.data[:200]!r}")
    return 1 if found else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Read damaged inputs of wire formats."
    )
    parser.add_argument("format", help="a format, several with commas between, or all")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="inputs of each format")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other inputs")
    parser.add_argument("--minutes", type=float, default=10, help="for all formats together")
    parser.add_argument("--keep", action="store_true", help="write findings to tests/fuzz/cases")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


_HEADER: Final = (
    f"{'format':14}{'inputs':>9}{'read':>7}{'per s':>8}{'branches':>14}"
    f"{'slowest':>10}{'memory':>8}  findings"
)


def _print(report: Report) -> None:
    reached, all_there_are = report.branches
    share = report.read / max(report.inputs, 1)
    _say(
        f"{report.format:14}{report.inputs:>9}{share:>7.0%}"
        f"{report.inputs / max(report.seconds, 1e-9):>8.0f}"
        f"{reached:>7} of {all_there_are:<4}{report.slowest_s:>7.3f} s"
        f"{report.worst_memory:>7.0f}x  {len(report.findings)}",
    )


def _log(report: Report) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    facts = asdict(report)
    facts["findings"] = [f"{one.key}: {one.told}" for one in report.findings]
    facts["ended"] = int(time.time())
    with LOG.open("a", encoding="utf-8") as log:
        log.write(json.dumps(facts) + "\n")

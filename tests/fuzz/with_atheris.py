"""The same checks under libFuzzer: ``python -m tests.fuzz.with_atheris FORMAT --minutes M``.

Atheris (Apache-2.0) follows every byte code and every comparison, so it gets past tests that
``python -m tests.fuzz`` only passes by chance; it runs on Linux alone and is no part of the locked set, so it
is installed apart (``pip install atheris``). What it reaches is kept in ``.cache/fuzz/corpus`` and gone on
from the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.components import ROOT
from tests.fuzz.guidance import FORMAT_FOLDERS

CORPUS: Final = ROOT / ".cache" / "fuzz" / "corpus"
LARGEST: Final = 4_096
MEMORY_MB: Final = 4_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz one format; ends with libFuzzer's own status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.with_atheris")
    parser.add_argument("format")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed; python -m tests.fuzz needs nothing more\n")
        return 2
    with atheris.instrument_imports(include=list(FORMAT_FOLDERS)):
        forms = importlib.import_module("tests.fuzz.forms").FORMS
    if asked.format not in forms:
        sys.stderr.write(f"no format {asked.format!r}; known: {', '.join(forms)}\n")
        return 2
    # These import the formats, which must be instrumented before.
    checks = importlib.import_module("tests.fuzz.checks")
    seeds = importlib.import_module("tests.fuzz.seeds")
    keep = importlib.import_module("tests.fuzz.cases").keep
    form = forms[asked.format]
    examiner = checks.Examiner(form, seeds.PERSONAL.get(form.name, ()))
    form.decode(form.example)
    known: set[str] = set()

    def read_one(data: bytes) -> None:
        for finding in examiner.findings(data):
            if finding.key not in known:
                known.add(finding.key)
                sys.stderr.write(f"{finding.key}: {finding.told[:400]}\n  {keep(finding)}\n")

    options = [
        f"-max_total_time={round(asked.minutes * 60)}",
        f"-runs={asked.inputs}",
        f"-seed={asked.seed}",
        f"-max_len={LARGEST}",
        f"-rss_limit_mb={MEMORY_MB}",
        "-print_final_stats=1",
        str(_corpus(form.name, seeds.seeds(form))),
    ]
    atheris.Setup([sys.argv[0], *options], read_one)
    atheris.Fuzz()
    return 0


def _corpus(name: str, starts: Sequence[bytes]) -> Path:
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    for data in starts:
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    return folder


if __name__ == "__main__":
    sys.exit(main())

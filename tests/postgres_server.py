"""A real PostgreSQL server for tests: one cluster in a temporary folder, on loopback.

The server refuses to run as root; then it runs as the account that Debian's package makes for it.
Durability is off, because tests throw the cluster away and none of them cuts the power.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.components import free_port, missing

ACCOUNT = "postgres"
START_S = 60
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


def programs() -> Path:
    """Folder of ``initdb`` and ``postgres``, newest version first; PATH before Debian's place."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    if not places:
        missing("PostgreSQL (Debian's package postgresql)")
    return places[0].parent


def _version(path: Path) -> int:
    name = path.parent.parent.name
    return int(name) if name.isdigit() else 0


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of the server as a libpq connection string without a database."""
    tools = programs()
    account = ACCOUNT if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="ab-pg-", dir="/tmp") as name:
        folder, port = Path(name), free_port()
        if account is not None:
            shutil.chown(folder, account)
        initialise = [str(tools / "initdb"), "-D", str(folder / "data"), "-U", ACCOUNT]
        subprocess.run(
            [*initialise, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            capture_output=True,
            user=account,
            cwd=folder,
            timeout=START_S,
        )
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [
                    str(tools / "postgres"), "-D", str(folder / "data"), "-h", "127.0.0.1",
                    "-p", str(port), "-k", str(folder), *options,
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
                user=account,
                cwd=folder,
            )  # fmt: skip
        address = f"host=127.0.0.1 port={port} user={ACCOUNT}"
        try:
            await_server(address, server, folder / "server.log")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def await_server(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(f"{address} dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    server.kill()
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def new_postgres_database(postgres_server: str) -> Callable[[], str]:
    """Makes an empty database and gives its SQLAlchemy URL."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(f"{postgres_server} dbname=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        port = dict(part.split("=") for part in postgres_server.split())["port"]
        return f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{port}/{name}"

    return make

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from service_bus import Malformed, Unavailable
from service_bus.connectors import FileDrop

POLL_S = 0.03


class Taker:
    """Remembers what it was given; refuses ``bad``, and everything while ``away``."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.away = False

    async def __call__(self, name: str, data: bytes) -> None:
        if self.away:
            raise Unavailable("bus is away")
        if data.startswith(b"bad"):
            raise Malformed("test", "it is bad", field="f", position="byte 0", code="test-bad")
        self.taken.append((name, data))

    def names(self) -> list[str]:
        return [name for name, _ in self.taken]


@asynccontextmanager
async def watching(folder: Path, taker: Taker, max_bytes: int = 100) -> AsyncIterator[None]:
    stop = asyncio.Event()
    drop = FileDrop(folder, taker, POLL_S, max_bytes)
    task = asyncio.create_task(drop.watch(stop))
    try:
        await until((folder / "taking").is_dir)
        yield
    finally:
        stop.set()
        await task


async def until(true: Callable[[], object]) -> None:
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def rounds(number: int) -> None:
    await asyncio.sleep(POLL_S * number)


async def test_a_file_is_taken_once_and_moved_to_done(tmp_path: Path) -> None:
    taker = Taker()
    async with watching(tmp_path, taker):
        (tmp_path / "a.txt").write_bytes(b"one")
        await until((tmp_path / "done" / "a.txt").exists)
        await rounds(4)
    assert taker.taken == [("a.txt", b"one")]
    assert not (tmp_path / "a.txt").exists()
    assert list((tmp_path / "taking").iterdir()) == []


async def test_files_are_taken_oldest_first(tmp_path: Path) -> None:
    for age, name in ((1, "new"), (3, "old"), (2, "middle")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    taker = Taker()
    async with watching(tmp_path, taker):
        await until(lambda: len(taker.taken) == 3)
    assert taker.names() == ["old", "middle", "new"]


async def test_a_growing_file_is_not_read(tmp_path: Path) -> None:
    taker = Taker()
    async with watching(tmp_path, taker):
        with (tmp_path / "a.txt").open("wb", buffering=0) as file:
            for _ in range(20):
                file.write(b"0123")
                await asyncio.sleep(POLL_S / 4)
                assert taker.taken == []
        await until(lambda: taker.taken)
    assert taker.taken == [("a.txt", b"0123" * 20)]


async def test_empty_temporary_and_hidden_files_links_and_folders_are_left_alone(
    tmp_path: Path,
) -> None:
    secret = tmp_path.parent / "secret"
    secret.write_bytes(b"not for you")
    for name in ("a.tmp", "b.part", "c~", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to(secret)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    taker = Taker()
    async with watching(tmp_path, taker):
        (tmp_path / "last").write_bytes(b"x")
        await until((tmp_path / "done" / "last").exists)
    assert taker.names() == ["last"]
    assert len(list(tmp_path.iterdir())) == 8 + 3


async def test_a_file_that_got_its_final_name_is_taken(tmp_path: Path) -> None:
    taker = Taker()
    async with watching(tmp_path, taker):
        (tmp_path / "a.txt.tmp").write_bytes(b"whole")
        await rounds(4)
        assert taker.taken == []
        (tmp_path / "a.txt.tmp").rename(tmp_path / "a.txt")
        await until(lambda: taker.taken)
    assert taker.taken == [("a.txt", b"whole")]


async def test_a_refused_file_is_kept_with_its_reason_and_the_next_is_taken(
    tmp_path: Path,
) -> None:
    (tmp_path / "1.txt").write_bytes(b"bad thing")
    (tmp_path / "2.txt").write_bytes(b"good thing")
    taker = Taker()
    async with watching(tmp_path, taker):
        await until((tmp_path / "done" / "2.txt").exists)
    assert (tmp_path / "refused" / "1.txt").read_bytes() == b"bad thing"
    reason = json.loads((tmp_path / "refused" / "1.txt.reason.json").read_text())
    assert (reason["field"], reason["position"], reason["code"]) == ("f", "byte 0", "test-bad")


async def test_a_file_that_is_too_large_is_offered_in_part_and_refused(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 5000)
    taker = Taker()
    async with watching(tmp_path, taker):
        await until((tmp_path / "refused" / "large.reason.json").exists)
    assert taker.taken == [("large", b"x" * 101)]
    reason = json.loads((tmp_path / "refused" / "large.reason.json").read_text())
    assert "5000 bytes" in reason["reason"]
    assert (tmp_path / "refused" / "large").stat().st_size == 5000


async def test_a_name_that_comes_again_replaces_nothing(tmp_path: Path) -> None:
    taker = Taker()
    async with watching(tmp_path, taker):
        for content in (b"one", b"two"):
            (tmp_path / "a.txt").write_bytes(content)
            await until(lambda content=content: ("a.txt", content) in taker.taken)
            await until(lambda: not list((tmp_path / "taking").iterdir()))
    kept = sorted(p.read_bytes() for p in (tmp_path / "done").iterdir())
    assert kept == [b"one", b"two"]


async def test_while_the_bus_is_away_files_wait(tmp_path: Path) -> None:
    taker = Taker()
    taker.away = True
    async with watching(tmp_path, taker):
        (tmp_path / "a.txt").write_bytes(b"one")
        await until((tmp_path / "taking" / "a.txt").exists)
        await rounds(4)
        assert not (tmp_path / "done" / "a.txt").exists()
        taker.away = False
        await until((tmp_path / "done" / "a.txt").exists)
    assert taker.taken == [("a.txt", b"one")]


async def test_what_was_being_taken_at_a_crash_is_taken_at_the_next_start(
    tmp_path: Path,
) -> None:
    (tmp_path / "taking").mkdir()
    (tmp_path / "taking" / "a.txt").write_bytes(b"one")
    taker = Taker()
    async with watching(tmp_path, taker):
        await until((tmp_path / "done" / "a.txt").exists)
    assert taker.taken == [("a.txt", b"one")]

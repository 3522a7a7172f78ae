"""The TCP server carries bytes both ways, and gives way to nobody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from service_bus import Unavailable
from service_bus.connectors import Session, TcpServer


class Shouting:
    """A session that answers in capitals."""

    def __init__(self, peer: str) -> None:
        self.peer = peer

    async def receive(self, data: bytes) -> bytes:
        if data == b"unavailable":
            raise Unavailable("disk full")
        if data == b"broken":
            raise ValueError("a fault of ours")
        return data.upper() if data != b"quiet" else b""


@asynccontextmanager
async def serving(
    session: Callable[[str], Session] = Shouting, *, most: int = 8, idle_s: float = 5.0
) -> AsyncIterator[TcpServer]:
    server = TcpServer("127.0.0.1", 0, session, most_connections=most, idle_s=idle_s)
    stop = asyncio.Event()
    task = asyncio.create_task(server.serve(stop))
    while not server.listening:
        await asyncio.sleep(0.005)
    try:
        yield server
    finally:
        stop.set()
        await task
    assert not server.listening
    assert server.connections == 0


async def connect(server: TcpServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = server.address.rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def say(server: TcpServer, data: bytes) -> bytes:
    reader, writer = await connect(server)
    writer.write(data)
    answer = await asyncio.wait_for(reader.read(100), 5)
    writer.close()
    return answer


async def test_bytes_are_answered() -> None:
    async with serving() as server:
        assert await say(server, b"hello") == b"HELLO"


async def test_a_session_knows_its_peer() -> None:
    peers: list[str] = []

    def session(peer: str) -> Session:
        peers.append(peer)
        return Shouting(peer)

    async with serving(session) as server:
        await say(server, b"hello")
    assert peers[0].startswith("127.0.0.1:")


async def test_no_answer_is_allowed() -> None:
    async with serving() as server:
        reader, writer = await connect(server)
        writer.write(b"quiet")
        await asyncio.sleep(0.05)
        writer.write(b"again")
        assert await asyncio.wait_for(reader.read(100), 5) == b"AGAIN"
        writer.close()


@pytest.mark.parametrize("data", [b"unavailable", b"broken"])
async def test_a_session_that_cannot_answer_closes_its_own_link_only(data: bytes) -> None:
    async with serving() as server:
        other_reader, other = await connect(server)
        assert await say(server, data) == b""
        other.write(b"still here")
        assert await asyncio.wait_for(other_reader.read(100), 5) == b"STILL HERE"
        other.close()


async def test_a_silent_link_is_closed() -> None:
    async with serving(idle_s=0.05) as server:
        reader, writer = await connect(server)
        assert await asyncio.wait_for(reader.read(100), 5) == b""
        writer.close()


async def test_links_beyond_the_limit_are_closed_at_once() -> None:
    async with serving(most=1) as server:
        reader, writer = await connect(server)
        writer.write(b"first")
        assert await reader.read(100) == b"FIRST"
        beyond, second = await connect(server)
        assert await asyncio.wait_for(beyond.read(100), 5) == b""
        second.close()
        writer.close()


async def test_stopping_closes_open_links() -> None:
    async with serving() as server:
        reader, writer = await connect(server)
        writer.write(b"hello")
        await reader.read(100)
    assert await asyncio.wait_for(reader.read(100), 5) == b""
    writer.close()


async def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = TcpServer("127.0.0.1", port, Shouting, most_connections=1, idle_s=1.0)
        with pytest.raises(Unavailable, match=f"cannot listen on 127.0.0.1:{port}"):
            await server.serve(asyncio.Event())

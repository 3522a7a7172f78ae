"""A TCP server for equipment that keeps a connection open. It carries bytes and knows no format."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Protocol

from service_bus.errors import Unavailable

log = logging.getLogger(__name__)

READ_BYTES = 65_536
BACKLOG = 4_096


class Session(Protocol):
    """One connection's conversation: bytes in, bytes to send back."""

    async def receive(self, data: bytes) -> bytes:
        """Handle what came in.

        Raises:
            Unavailable: nothing was answered; the connection is closed so that the equipment
                connects and sends again.
        """
        ...


class TcpServer:
    """Listens as a component task.

    Reading goes on only after the answer was written, so a sender that does not read, or a bus that
    is slow, holds up its own connection and no memory.
    """

    def __init__(
        self,
        host: str,
        port: int,
        session: Callable[[str], Session],
        *,
        most_connections: int,
        idle_s: float,
    ) -> None:
        """Keep the address.

        Args:
            host: address to listen on.
            port: 0 takes a free one; see :attr:`address`.
            session: makes the conversation for a peer's address.
            most_connections: further ones are closed at once.
            idle_s: a connection silent for that long is closed.
        """
        self._host = host
        self._port = port
        self._session = session
        self._most = most_connections
        self._idle_s = idle_s
        self._open: set[asyncio.Task[None]] = set()
        self.address = f"{host}:{port}"
        self.listening = False

    @property
    def connections(self) -> int:
        """Connections open now."""
        return len(self._open)

    async def serve(self, stop: asyncio.Event) -> None:
        """Accept connections until told to stop.

        Raises:
            Unavailable: the port is taken or not allowed.
        """
        try:
            server = await asyncio.start_server(
                self._accept, self._host, self._port, backlog=BACKLOG
            )
        except OSError as error:
            raise Unavailable(
                f"cannot listen on {self._host}:{self._port}: {error.strerror}"
            ) from error
        host, port = server.sockets[0].getsockname()[:2]
        self.address = f"{host}:{port}"
        self.listening = True
        log.info("listening address=%s", self.address)
        try:
            await stop.wait()
        finally:
            self.listening = False
            server.close()
            for task in tuple(self._open):
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._open) >= self._most:
            log.warning("connection refused limit=%d", self._most)
            writer.close()
            return
        self._open.add(task)
        peer = writer.get_extra_info("peername")
        try:
            await self._converse(self._session(f"{peer[0]}:{peer[1]}"), reader, writer)
        except (ConnectionError, TimeoutError) as error:
            log.debug("connection ended peer=%s reason=%s", peer, error)
        except asyncio.CancelledError:
            pass  # stopping; the peer sends again what was not answered
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _converse(
        self, session: Session, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while data := await self._read(reader):
            answer = await session.receive(data)
            if answer:
                writer.write(answer)
                await writer.drain()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        """The next bytes; ``wait_for`` would start a task for every read."""
        async with asyncio.timeout(self._idle_s):
            return await reader.read(READ_BYTES)

"""Builds the spatiotemporal platform."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path

from fastapi import APIRouter

from service_bus import Bus, Clock, Component, Guard, Unavailable
from service_bus.connectors import TcpServer
from spatiotemporal.adapters.layer_store import SqlLayers
from spatiotemporal.adapters.sql_store import SqlSnapshots
from spatiotemporal.airport_model import api as airports_api
from spatiotemporal.airport_model import routing, thematic
from spatiotemporal.airport_model.store import ModelStore
from spatiotemporal.api import router
from spatiotemporal.events import JT808_RECEIVED
from spatiotemporal.live import Ticker
from spatiotemporal.scene import api as scene_api
from spatiotemporal.scene.store import SceneStore
from spatiotemporal.service import LivePicture
from spatiotemporal.settings import SpatiotemporalSettings
from spatiotemporal.sources.jt808.session import AuthenticationCodes, TerminalSession
from spatiotemporal.sources.jt808.translation import Translation

OTHER_PORT = (
    "stop what uses it, or choose another port with AIRPORT_BRAIN__SPATIOTEMPORAL__JT808_PORT"
)


def build(
    settings: SpatiotemporalSettings, *, bus: Bus, clock: Clock, guard: Guard, data_dir: Path
) -> Component:
    """Put the parts together; nothing listens until the tasks run."""
    data_dir.mkdir(parents=True, exist_ok=True)
    url = settings.database_url or f"sqlite:///{data_dir / 'spatiotemporal.sqlite3'}"
    live = LivePicture(bus, SqlSnapshots(url), clock)
    models = ModelStore(own=data_dir / "airports")
    layers = thematic.LayerService(
        SqlLayers(url), clock, lambda icao: models.model(icao).drawn, models.own_digests
    )
    ticker = Ticker(live.picture, clock)
    codes = AuthenticationCodes(_secret(data_dir / "keys" / "jt808"))
    allowed = _prefixes(settings.jt808_phones)
    server = TcpServer(
        settings.jt808_host,
        settings.jt808_port,
        lambda peer: TerminalSession(
            bus=bus,
            intake=JT808_RECEIVED,
            codes=codes,
            clock=clock,
            may_register=lambda phone: not allowed or phone.lstrip("0").startswith(allowed),
            peer=peer,
        ),
        most_connections=settings.jt808_connections,
        idle_s=settings.jt808_idle_s,
    )

    async def listen(stop: asyncio.Event) -> None:
        try:
            await server.serve(stop)
        except Unavailable as fault:
            raise Unavailable(f"vehicle terminals {fault}; {OTHER_PORT}") from fault

    def close() -> None:
        layers.store.close()
        live.store.close()

    routes = APIRouter()
    routes.include_router(
        router(live.picture, ticker, guard=guard, clock=clock, stale_s=settings.stale_s)
    )
    routes.include_router(airports_api.router(models, guard))
    routes.include_router(thematic.router(layers, guard))
    ways = routing.RouteService(models.model, layers.in_force)
    routes.include_router(routing.router(ways, guard, clock))
    scenes = SceneStore(lambda icao: models.model(icao).airport)
    routes.include_router(scene_api.router(scenes, guard))
    translation = Translation(bus, clock, _prefixes(settings.gcj02_phones))
    return Component(
        name="spatiotemporal",
        tasks=(translation.run, listen),
        serving=(live.run, ticker.run),
        router=routes,
        checks={
            "live picture": live.fault,
            "vehicle terminals": lambda: None if server.listening else "not listening yet",
        },
        addresses={"jt808": lambda: server.address},
        close=close,
    )


def _prefixes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _secret(path: Path) -> bytes:
    """The secret that authentication codes are computed with; made at the first start (0600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text("ascii").strip())
    secret = secrets.token_bytes(32)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret.hex())
        file.flush()
        os.fsync(file.fileno())
    return secret

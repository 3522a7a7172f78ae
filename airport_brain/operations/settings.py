"""Settings of operations; none is secret."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class OperationsSettings(BaseModel):
    """What an airport may set about its flight database."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of the store; empty: a SQLite file in the data folder.",
    )
    home_airports: tuple[str, ...] = Field(
        default=("SHA", "PVG"),
        description="IATA codes of our airports: whose view an airline's message is shown from.",
    )
    max_message_bytes: int = Field(
        default=1_048_576,
        ge=1024,
        le=1_048_576,
        description="Largest flight message taken, bytes: some hundred legs; the topic's limit.",
    )
    live_snapshot_flights: int = Field(
        default=2000,
        ge=1,
        le=10_000,
        description="Most flights in a live board's first frame: two days of a large airport.",
    )
    live_pending_flights: int = Field(
        default=2000,
        ge=1,
        le=10_000,
        description="Changed flights that may wait for a slow screen before it is cut off.",
    )
    live_send_timeout_s: float = Field(
        default=10.0,
        gt=0,
        le=60,
        description="Longest wait for a screen to take a frame, seconds, before it is cut off.",
    )

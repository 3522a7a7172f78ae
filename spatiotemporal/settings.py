"""Settings of the spatiotemporal platform."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class SpatiotemporalSettings(BaseModel):
    """Edges and the live picture."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jt808_host: str = Field("127.0.0.1", description="address vehicle terminals connect to")
    jt808_port: int = Field(
        7611, ge=0, le=65535, description="TCP port of vehicle terminals; 0 takes a free one"
    )
    jt808_connections: int = Field(
        10_000, ge=1, description="terminals connected at once; an airfield has a few thousand"
    )
    jt808_idle_s: float = Field(
        180, gt=0, description="seconds of silence before a link is closed: three missed heartbeats"
    )
    jt808_phones: str = Field(
        "", description="prefixes of phones that may register, comma separated; empty: any"
    )
    gcj02_phones: str = Field(
        "", description="prefixes of phones whose terminals send GCJ-02, comma separated"
    )
    stale_s: float = Field(
        30, gt=0, description="seconds without a fix before a mover is shown as stale"
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL; empty: a SQLite file in the data folder"
    )

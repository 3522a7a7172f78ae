"""Settings of the cargo platform."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class CargoSettings(BaseModel):
    """Edges and store of the cargo platform."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    drop_folder: str = Field(
        "", description="folder that takes Cargo-IMP files; empty: drop/cargo/cimp with the data"
    )
    drop_poll_s: float = Field(
        1.0, gt=0, description="seconds between looks into the folder; also how long a file rests"
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL; empty: a SQLite file in the data folder"
    )

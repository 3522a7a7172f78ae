"""Settings of passenger_id."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from service_bus import SecretKey


class PassengerSettings(BaseModel):
    """What an airport may set about the passenger's way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of the store; empty: a SQLite file in the data folder.",
    )
    master_key: SecretKey = Field(
        default=SecretStr(""),
        description="Seals templates, 64 hexadecimal digits; empty: a file in the data folder, made "
        "at the first start. Machines that share a store need the same one.",
    )
    max_photo_bytes: int = Field(
        default=8 * 1024 * 1024,
        ge=64 * 1024,
        description="Largest photo taken, bytes: a 12-megapixel JPEG fits, a film does not.",
    )
    face_timeout_s: float = Field(
        default=5.0,
        gt=0,
        le=60,
        description="Longest wait for the face model, seconds: the transaction goal at a gate.",
    )
    face_algorithm: str = Field(
        default="face_embedding",
        description="Name of the algorithm the centre is asked for.",
    )
    min_liveness: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="A face at the gate that looks less live than this, 0..1, goes to the desk; 0 "
        "leaves liveness out. Needs face_liveness of the algorithm centre; without it nobody boards "
        "by face. Catches some recaptures only: no presentation attack detection is claimed.",
    )
    purge_after_departure_h: float = Field(
        default=2.0,
        gt=0,
        le=24,
        description="Hours a template outlives the actual departure: time to return to the gate.",
    )
    purge_after_schedule_h: float = Field(
        default=24.0,
        gt=0,
        le=24,
        description="Hours after the scheduled departure when a template is gone in any case.",
    )
    sweep_every_s: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="Seconds between sweeps; what falls due before the next one goes in this one.",
    )
    screening_valid_h: float = Field(
        default=12.0,
        gt=0,
        le=24,
        description="Hours a security-check mark counts: one operational day past midnight.",
    )

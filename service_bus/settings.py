"""Settings of the bus."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class BusSettings(BaseModel):
    """Where messages are kept, and how much may wait."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(
        "sqlite:",
        pattern=r"^(sqlite:|kafka://.+)",
        description="sqlite: (a file in the data folder), sqlite:PATH, or kafka://HOST:PORT,...",
    )
    group_messages: int = Field(
        512, ge=1, description="messages that share one flush to disk at most; bounds its duration"
    )
    telemetry_wait_s: float = Field(
        0.005,
        ge=0,
        le=0.1,
        description="seconds position messages wait for company before a flush; saves CPU",
    )
    queue_messages: int = Field(
        50_000,
        ge=1,
        description="messages waiting for the disk before publishing is refused: ~8 s of 6,000/s",
    )
    queue_bytes: int = Field(
        128 * 1024 * 1024, ge=1, description="bytes waiting for the disk before refusal"
    )
    max_bytes: int | None = Field(
        None, ge=1024 * 1024, description="largest size of the log file, bytes; none: the disk"
    )
    lease_s: float = Field(
        10.0, gt=0, description="seconds after which a silent consumer loses its partitions"
    )
    kafka_replication: int = Field(
        -1, ge=-1, description="copies of each topic made on Kafka; -1 takes the broker's default"
    )
    kafka_timeout_s: float = Field(
        30.0, gt=1, description="seconds a publish may take on Kafka before it is refused"
    )
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="protocol to the brokers; SASL signs in with SCRAM-SHA-512"
    )
    kafka_username: str = Field("", description="account on the brokers")
    kafka_password: SecretStr = Field(SecretStr(""), description="its password")
    kafka_ca_file: str = Field("", description="PEM file of the authority that signed the brokers")

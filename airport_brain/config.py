"""The platform's settings: every package's own, under one umbrella.

A value comes from, in this order: an environment variable ``AIRPORT_BRAIN__PART__FIELD``, the TOML
file named by ``AIRPORT_BRAIN_CONFIG`` (default ``airport-brain.toml`` in the data folder, if there),
the default. ``airport-brain config`` prints each value with its source.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from ai_center.settings import AiSettings
from airport_brain.operations.settings import OperationsSettings
from cargo_platform.settings import CargoSettings
from passenger_id.settings import PassengerSettings
from service_bus import SecretKey
from service_bus.settings import BusSettings
from spatiotemporal.settings import SpatiotemporalSettings

PREFIX = "AIRPORT_BRAIN__"
DATA_DIR_VARIABLE = "AIRPORT_BRAIN_DATA"
CONFIG_VARIABLE = "AIRPORT_BRAIN_CONFIG"


_PASSWORD = re.compile(r"(\w://[^/@:\s]*:)[^/@\s]*@")


class ConfigError(Exception):
    """Settings that cannot be used; the message names the setting, its source and what is wrong."""


class GatewaySettings(BaseModel):
    """The web front of the platform."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on; loopback unless fronted")
    port: int = Field(8080, ge=0, le=65535, description="TCP port; 0 takes a free one")
    database_url: str = Field(
        "", description="SQLAlchemy URL of accounts and keys; empty: a SQLite file with the data"
    )
    max_body_bytes: int = Field(
        10_485_760, ge=1024, description="largest request body; 10 MiB covers a gate photo"
    )
    public_per_minute: float = Field(
        120, gt=0, description="calls a minute a stranger may make, per address"
    )
    public_burst: float = Field(60, gt=0, description="calls a stranger may make at once")
    sign_in_per_minute: float = Field(10, gt=0, description="sign-in attempts per address and name")
    session_key: SecretKey = Field(
        SecretStr(""),
        description="signs browser sessions, 64 hexadecimal digits; empty: a file with the data. "
        "Gateways beside each other need the same one",
    )
    session_hours: float = Field(12, gt=0, description="lifetime of a browser session: one shift")


class Settings(BaseModel):
    """All settings of one process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gateway: GatewaySettings = GatewaySettings()
    service_bus: BusSettings = BusSettings()
    operations: OperationsSettings = OperationsSettings()
    spatiotemporal: SpatiotemporalSettings = SpatiotemporalSettings()
    passenger_id: PassengerSettings = PassengerSettings()
    cargo_platform: CargoSettings = CargoSettings()
    ai_center: AiSettings = AiSettings()
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, where each explicit value came from, and the folder of all durable files."""

    settings: Settings
    sources: dict[str, str]
    data_dir: Path


def load(data_dir: Path | None = None) -> Loaded:
    """Read the settings.

    Raises:
        ConfigError: the file is not TOML, or a value does not fit.
    """
    folder = data_dir or Path(os.environ.get(DATA_DIR_VARIABLE, ".data"))
    folder = folder.expanduser().absolute()
    named = os.environ.get(CONFIG_VARIABLE)
    file = Path(named) if named else folder / "airport-brain.toml"
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    if named or file.is_file():
        try:
            values = tomllib.loads(file.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{file}: {error}") from error
        sources = dict.fromkeys(_leaves(values), str(file))
    for name, text in os.environ.items():
        if name.startswith(PREFIX):
            path = name.removeprefix(PREFIX).lower().split("__")
            _put(values, path, text, name)
            sources[".".join(path)] = f"${name}"
    try:
        return Loaded(Settings.model_validate(values), sources, folder)
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        source = sources.get(setting, str(file))
        raise ConfigError(f"setting {setting} ({source}): {first['msg']}") from error


def with_port(loaded: Loaded, port: int) -> Loaded:
    """The same settings with another web port, as given on the command line."""
    gateway = loaded.settings.gateway.model_copy(update={"port": port})
    return Loaded(
        loaded.settings.model_copy(update={"gateway": gateway}),
        {**loaded.sources, "gateway.port": "--port"},
        loaded.data_dir,
    )


def explain(loaded: Loaded) -> Iterator[tuple[str, str, str, str]]:
    """Give (name, value, source, meaning) of every setting; secrets are not shown."""
    yield from _explain(loaded.settings, "", loaded.sources)


def _explain(
    model: BaseModel, prefix: str, sources: dict[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        path = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            yield from _explain(value, f"{path}.", sources)
        else:
            shown = "(set)" if isinstance(value, SecretStr) and value else _shown(str(value))
            yield path, shown, sources.get(path, "default"), field.description or ""


def _shown(value: str) -> str:
    """A value without the password that an address may carry.

    >>> _shown("postgresql+psycopg://brain:secret@db/brain")
    'postgresql+psycopg://brain:***@db/brain'
    """
    return _PASSWORD.sub(r"\1***@", value)


def _leaves(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _put(values: dict[str, Any], path: list[str], text: str, source: str) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
        if not isinstance(values, dict):
            raise ConfigError(f"${source}: {part} is a value, not a group of settings")
    values[path[-1]] = text

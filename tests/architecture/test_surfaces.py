"""The public faces of the project: names, routes, settings, topics, commands."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from airport_brain import wiring
from airport_brain.cli import app as command_line
from airport_brain.config import Settings

FRONT_DOORS = (
    "ai_center",
    "airport_brain.operations",
    "cargo_platform",
    "passenger_id",
    "service_bus",
    "spatiotemporal",
)


@pytest.mark.parametrize("name", FRONT_DOORS)
def test_front_doors_list_what_they_offer(name: str) -> None:
    module = importlib.import_module(name)
    assert len(module.__all__) == len(set(module.__all__))
    assert [n for n in module.__all__ if not hasattr(module, n)] == []
    assert list(module.__all__) == sorted(module.__all__, key=lambda n: (not n.isupper(), n)) or (
        list(module.__all__) == sorted(module.__all__)
    )


def settings_of(model: type[BaseModel], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += settings_of(inner, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", field.description or ""))
    return found


def test_every_setting_says_what_it_means() -> None:
    silent = [name for name, description in settings_of(Settings) if len(description) < 10]
    assert not silent


def test_topics_are_declared_once_and_explained() -> None:
    names = [topic.name for topic in wiring.TOPICS]
    assert len(names) == len(set(names))
    assert [t.name for t in wiring.TOPICS if len(t.summary) < 15 or not t.key] == []


def test_topics_belong_to_their_package() -> None:
    prefixes = {
        "airport_brain.operations": "operations",
        "spatiotemporal": "spatiotemporal",
        "passenger_id": "passenger",
        "cargo_platform": "cargo",
        "ai_center": "ai",
        "service_bus": "bus",
    }
    for topic in wiring.TOPICS:
        assert topic.name.split(".")[0] == prefixes[topic.owner], topic


def test_every_command_has_help() -> None:
    def walk(command: object, path: str) -> list[str]:
        silent = [] if getattr(command, "help", None) else [path]
        for name, inner in getattr(command, "commands", {}).items():
            silent += walk(inner, f"{path} {name}")
        return silent

    assert walk(get_command(command_line), "airport-brain") == []


def test_the_readme_names_every_command(repository: Path) -> None:
    text = (repository / "airport_brain" / "README.md").read_text("utf-8")
    commands: dict[str, object] = vars(get_command(command_line))["commands"]
    missing = [name for name in commands if not re.search(rf"`airport-brain {name}\b", text)]
    assert not missing

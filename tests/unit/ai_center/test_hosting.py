"""A host takes up the version that was made the serving one, and keeps what it has when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ai_center import AiError, ModelUnavailable, Outcome
from ai_center.adapters.version_store import VersionStore
from ai_center.hosting import Host, HostContext, Hosted

NAME = "small"


class Says:
    model = None

    def __init__(self, size: object) -> None:
        self._size = size

    def predict(self, batch: Sequence[object]) -> list[Outcome]:
        return [Outcome(value=self._size) for _ in batch]


def factory(context: HostContext) -> Says:
    store = VersionStore(context.models)
    version = store.current(NAME)
    if version == "broken":
        raise ModelUnavailable(NAME)
    return Says(version)


def host(folder: Path) -> Host:
    hosted = Hosted(name=NAME, factory=f"{__name__}:factory")
    return Host([hosted], HostContext(models=folder, threads=1))


def said(running: Host) -> object:
    (outcome,) = running.call(NAME, ["?"])
    return outcome.value


def test_another_version_serves_from_the_next_call_on(tmp_path: Path) -> None:
    running, store = host(tmp_path), VersionStore(tmp_path)
    assert said(running) is None
    store.point(NAME, "1-aa")
    assert said(running) == "1-aa"
    store.point(NAME, "1-bb")
    assert said(running) == "1-bb"
    store.point(NAME, "1-aa")
    assert said(running) == "1-aa"


def test_one_that_cannot_be_opened_leaves_what_was(tmp_path: Path) -> None:
    running, store = host(tmp_path), VersionStore(tmp_path)
    store.point(NAME, "1-aa")
    assert said(running) == "1-aa"
    store.point(NAME, "broken")
    assert said(running) == "1-aa"
    assert issubclass(ModelUnavailable, AiError)
    store.point(NAME, "1-cc")
    assert said(running) == "1-cc"

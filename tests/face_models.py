"""The default face models for tests: fetched once into the checkout's cache, checked every time."""

from __future__ import annotations

from pathlib import Path

from ai_center import ModelUnavailable
from ai_center.app import fetch_models, model_store

DATA_DIR = Path(__file__).resolve().parent.parent / ".cache"
"""Data folder whose ``models`` folder holds them."""


def default_models() -> Path:
    """Data folder with the default models; skips (in CI: fails) when they cannot be had."""
    store = model_store(DATA_DIR)
    if any(store.state(model.name) != "present" for model in store.shelf.of_pack("default")):
        try:
            fetch_models("default", data_dir=DATA_DIR)
        except ModelUnavailable as fault:
            from tests.components import missing

            missing(f"the default face models ({fault})")
    return DATA_DIR

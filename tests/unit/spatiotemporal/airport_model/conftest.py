"""Both airports, read once for all tests of the model."""

from __future__ import annotations

import pytest

from spatiotemporal.airport_model import AirportModel, ModelStore


@pytest.fixture(scope="session")
def model_store() -> ModelStore:
    return ModelStore()


@pytest.fixture(scope="session")
def hongqiao(model_store: ModelStore) -> AirportModel:
    return model_store.model("ZSSS")


@pytest.fixture(scope="session")
def pudong(model_store: ModelStore) -> AirportModel:
    return model_store.model("ZSPD")


@pytest.fixture(scope="session", params=["ZSSS", "ZSPD"])
def model(request: pytest.FixtureRequest, model_store: ModelStore) -> AirportModel:
    return model_store.model(request.param)

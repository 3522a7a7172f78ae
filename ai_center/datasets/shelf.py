"""Every declared data set, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.generated_checkpoints import GENERATED_CHECKPOINTS
from ai_center.datasets.generated_flights import GENERATED_FLIGHTS
from ai_center.datasets.generated_freight import GENERATED_FREIGHT
from ai_center.datasets.generated_hall import GENERATED_HALL
from ai_center.datasets.generated_stands import GENERATED_STANDS
from ai_center.datasets.generated_turnarounds import GENERATED_TURNAROUNDS
from ai_center.datasets.generated_vehicles import GENERATED_VEHICLES
from ai_center.datasets.hflights import HFLIGHTS
from ai_center.datasets.nycflights import NYCFLIGHTS
from ai_center.datasets.tsa_jfk import TSA_JFK
from ai_center.errors import UnknownDataset

DATASETS: Mapping[str, Dataset] = MappingProxyType(
    {
        dataset.name: dataset
        for dataset in (
            HFLIGHTS,
            NYCFLIGHTS,
            TSA_JFK,
            GENERATED_FLIGHTS,
            GENERATED_STANDS,
            GENERATED_HALL,
            GENERATED_CHECKPOINTS,
            GENERATED_VEHICLES,
            GENERATED_FREIGHT,
            GENERATED_TURNAROUNDS,
        )
    }
)


def dataset_of(name: str) -> Dataset:
    """The data set of a name.

    Raises:
        UnknownDataset: none is declared so.
    """
    if name not in DATASETS:
        raise UnknownDataset(name, tuple(DATASETS))
    return DATASETS[name]

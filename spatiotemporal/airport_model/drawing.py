"""An airport on the drawing board: what several layers share, and the form of a feature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import pavement
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.graphs import taxi_graph
from spatiotemporal.airport_model.provenance import Label, Provenance
from spatiotemporal.airport_model.turns import Turn, turns

Feature = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """An airport with what several layers share, computed once."""

    airport: Airport
    turns: tuple[Turn, ...]
    ways: Mapping[str, BaseGeometry]
    paved: BaseGeometry

    def feature(
        self,
        layer: str,
        key: str,
        shape: BaseGeometry,
        label: Label,
        provenance: Provenance,
        **facts: object,
    ) -> Feature:
        """One feature; ``shape`` is in the frame."""
        return {
            "type": "Feature",
            "id": f"{self.airport.icao}.{layer}.{key}",
            "geometry": mapping(self.airport.frame.world(shape)),
            "properties": {
                "id": f"{self.airport.icao}.{layer}.{key}",
                "name_zh": label.zh,
                "name_en": label.en,
                **facts,
                "source": provenance.source,
                "quality": provenance.quality,
                "valid_from": provenance.valid_from.isoformat(),
            },
        }


def draw(airport: Airport) -> Drawing:
    """Compute what the layers share."""
    curves = turns(taxi_graph(airport))
    ways = pavement.way_areas(airport, curves)
    return Drawing(airport=airport, turns=curves, ways=ways, paved=pavement.whole(airport, ways))

"""Layers as maps need them: what an import lacks is drawn from the airport made of it.

Maps paint runways from their thresholds and park aircraft at noses. An imported layer keeps its shapes
and everything that it says; only attributes that are missing, or that must agree between layers
(designators, stand numbers), come from the airport.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spatiotemporal.airport_model import generator
from spatiotemporal.airport_model.assembled.sheet import Layers
from spatiotemporal.airport_model.designators import designators
from spatiotemporal.airport_model.elements import Airport

Feature = dict[str, Any]
Collections = dict[str, generator.FeatureCollection]

DRAWN = ("boundary", "taxiway", "runway", "threshold", "stand", "taxi_line", "hold_line")
"""Layers that are drawn from the airport when the import has none."""


def completed(layers: Layers, airport: Airport) -> Collections:
    """Imported layers and those drawn beside them, by name in drawing order."""
    drawn = generator.layers(airport)
    made: Collections = {name: dict(collection) for name, collection in layers.items()}
    for name in DRAWN:
        if name not in made and _features(drawn[name]):
            made[name] = drawn[name]
    if "runway" in layers:
        made["runway"] = _of(drawn["runway"], _runways(layers["runway"], drawn["runway"]))
    if "threshold" in layers:
        made["threshold"] = _of(drawn["threshold"], _thresholds(layers, drawn["threshold"]))
    if "stand" in layers or airport.stands:
        made["stand"] = _of(drawn["stand"], _stands(layers.get("stand", {}), drawn["stand"]))
    order = {layer.name: rank for rank, layer in enumerate(generator.LAYERS)}
    names = sorted(made, key=lambda name: order.get(name, len(order)))
    return {name: made[name] for name in names if _features(made[name])}


def _of(like: Mapping[str, object], features: list[Feature]) -> generator.FeatureCollection:
    return {**like, "features": features}


def _features(collection: Mapping[str, object]) -> list[Feature]:
    listed = collection.get("features", [])
    assert isinstance(listed, Sequence)
    return list(listed)


def _told(feature: Feature) -> dict[str, Any]:
    return dict(feature.get("properties") or {})


def _pair(text: object) -> tuple[str, ...]:
    return tuple(sorted(designators(str(text or ""))))


def _runways(own: Mapping[str, object], drawn: Mapping[str, object]) -> list[Feature]:
    """Own pieces under the names of the airport's runways."""
    known = {_pair(f["properties"]["designator"]): f["properties"] for f in _features(drawn)}
    made = []
    for feature in _features(own):
        told = _told(feature)
        facts = known.get(_pair(told.get("designator") or told.get("ref")), {})
        if not facts and len(known) == 1:
            (facts,) = known.values()
        made.append(_merged(feature, facts, ("designator",)))
    return made


def _thresholds(layers: Layers, drawn: Mapping[str, object]) -> list[Feature]:
    """One for every runway end, at the place that the import gives it."""
    own = {
        designators(str(_told(f).get("designator") or ""))[:1]: f
        for f in _features(layers["threshold"])
        if f["geometry"]["type"] == "Point"
    }
    made = []
    for feature in _features(drawn):
        facts = feature["properties"]
        found = own.get((facts["designator"],))
        if found is None:
            made.append(feature)
        else:
            fixed = ("designator", "runway", "pavement_end", "bearing_true_deg", "displaced_m")
            made.append(_merged(found, facts, fixed))
    return made


def _stands(own: Mapping[str, object], drawn: Mapping[str, object]) -> list[Feature]:
    """Own areas first, as the airport has them first; then those drawn from points and lines."""
    listed, made = _features(own), _features(drawn)
    for index, feature in enumerate(listed):
        fixed = ("number", "code", "nose", "bearing_true_deg")
        merged = _merged(feature, made[index]["properties"], fixed)
        if not str(merged["geometry"]["type"]).endswith("Polygon"):
            merged["geometry"] = made[index]["geometry"]
        made[index] = merged
    return made


def _merged(feature: Feature, facts: Mapping[str, Any], fixed: Sequence[str]) -> Feature:
    """A feature with the facts that it lacks, and with those that must be the airport's."""
    told = _told(feature)
    kept = {name: value for name, value in told.items() if value is not None}
    stand_in = {name: value for name, value in facts.items() if name != "id"}
    agreed = {name: facts[name] for name in fixed if name in facts}
    return {**feature, "properties": {**stand_in, **kept, **agreed}}

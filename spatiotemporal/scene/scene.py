"""All files of an airport's scene, by name: tileset with contents, bridges, city model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import orjson

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.scene.bridges import FLOOR_M, GateBridge, Pose, gate_bridges
from spatiotemporal.scene.city import city_model
from spatiotemporal.scene.tileset import build_tiles

MEDIA_TYPES = MappingProxyType(
    {
        "glb": "model/gltf-binary",
        "json": "application/json",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneFile:
    """A file as it is sent."""

    data: bytes
    media_type: str
    etag: str


def scene_file(name: str, data: bytes) -> SceneFile:
    """A file with the type of its ending and its SHA-256 as entity tag."""
    tag = hashlib.sha256(data).hexdigest()
    return SceneFile(data=data, media_type=MEDIA_TYPES[name.rsplit(".", 1)[1]], etag=f'"{tag}"')


def build_scene(airport: Airport) -> Mapping[str, SceneFile]:
    """Every file of an airport: ``tileset.json``, its GLBs, ``bridges.json``, ``city.json``.

    In the tileset all bridges are drawn back; ``bridges.json`` says how each stands docked.
    """
    files = build_tiles(airport)
    files["bridges.json"] = bridges_json(airport)
    files["city.json"] = city_model(airport)
    return MappingProxyType({name: scene_file(name, data) for name, data in files.items()})


def bridges_json(airport: Airport) -> bytes:
    """Where every bridge hangs and how it stands in both states, degrees true and metres."""
    return orjson.dumps(
        {
            "floor_m": FLOOR_M,
            "bridges": [_bridge(airport, bridge) for bridge in gate_bridges(airport)],
        }
    )


def _bridge(airport: Airport, bridge: GateBridge) -> dict[str, object]:
    ((latitude, longitude),) = airport.frame.positions([bridge.rotunda])
    return {
        "id": bridge.id,
        "stand": bridge.stand,
        "longitude": round(longitude, 7),
        "latitude": round(latitude, 7),
        "sill_m": bridge.sill_m,
        "docked": _pose(airport, bridge.docked),
        "retracted": _pose(airport, bridge.retracted),
    }


def _pose(airport: Airport, pose: Pose) -> dict[str, float]:
    return {
        "bearing_true_deg": round(airport.frame.true_deg(pose.heading_deg), 2),
        "length_m": round(pose.length_m, 2),
    }

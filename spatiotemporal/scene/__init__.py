"""Airports in three dimensions: meshes made in code, glTF, 3D Tiles, CityJSON, aircraft and vehicles."""

from spatiotemporal.scene.aircraft_types import AircraftType, known_type
from spatiotemporal.scene.api import router
from spatiotemporal.scene.bridges import GateBridge, gate_bridges
from spatiotemporal.scene.city import city_model
from spatiotemporal.scene.city_reading import read_city
from spatiotemporal.scene.errors import BrokenModel, UnknownTile
from spatiotemporal.scene.export import write_scene
from spatiotemporal.scene.glb_reading import read_glb
from spatiotemporal.scene.models import models_glb
from spatiotemporal.scene.store import SceneStore
from spatiotemporal.scene.tileset import build_tiles
from spatiotemporal.scene.tileset_reading import read_tileset

__all__ = [
    "AircraftType",
    "BrokenModel",
    "GateBridge",
    "SceneStore",
    "UnknownTile",
    "build_tiles",
    "city_model",
    "gate_bridges",
    "known_type",
    "models_glb",
    "read_city",
    "read_glb",
    "read_tileset",
    "router",
    "write_scene",
]

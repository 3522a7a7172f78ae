"""Scenes ready to serve: each is built once for a description of an airport, and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.scene.errors import UnknownTile
from spatiotemporal.scene.models import models_glb
from spatiotemporal.scene.scene import SceneFile, build_scene, scene_file

MODELS = "models.glb"


class SceneStore:
    """Files of all airports' scenes; safe to share between threads."""

    def __init__(self, airport_of: Callable[[str], Airport]) -> None:
        self._airport_of = airport_of
        self._kept: dict[str, tuple[Airport, Mapping[str, SceneFile]]] = {}
        self._models: SceneFile | None = None
        self._lock = threading.Lock()

    def file(self, icao: str, name: str) -> SceneFile:
        """One file of an airport's scene.

        Raises:
            UnknownAirport: the airport is not described.
            UnknownTile: the scene has no such file.
        """
        airport = self._airport_of(icao)
        with self._lock:
            kept = self._kept.get(airport.icao)
            # An edited airport is another object; its scene is made anew.
            if kept is None or kept[0] is not airport:
                kept = (airport, build_scene(airport))
                self._kept[airport.icao] = kept
        if name not in kept[1]:
            raise UnknownTile(airport.icao, name)
        return kept[1][name]

    def models(self) -> SceneFile:
        """The models of aircraft, vehicles and bridges, the same for all airports."""
        with self._lock:
            if self._models is None:
                self._models = scene_file(MODELS, models_glb())
            return self._models

"""Tiles that were drawn, kept while their layers stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime

from spatiotemporal.airport_model.thematic import tiles
from spatiotemporal.airport_model.thematic.service import LayerService

MOST_TILES = 512
"""An airport at all zooms that people use is about 200 tiles."""

Place = tuple[int, int, int]


class DrawnTiles:
    """Draws tiles; safe to share between threads."""

    def __init__(self, service: LayerService) -> None:
        self._service = service
        self._kept: OrderedDict[tuple[str, Place], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def tile(
        self, icao: str, layers: tuple[str, ...], place: Place, at: datetime, tag: str
    ) -> bytes:
        """One tile of a state that ``tag`` names."""
        key = tag, place
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        box = tiles.box_of(*place)
        found = {layer: self._service.features(icao, layer, at, box=box) for layer in layers}
        data = tiles.encode(found, *place)
        with self._lock:
            self._kept[key] = data
            while len(self._kept) > MOST_TILES:
                self._kept.popitem(last=False)
        return data

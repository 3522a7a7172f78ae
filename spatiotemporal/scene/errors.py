"""What can go wrong with a scene.

SpatiotemporalError
├── UnknownTile (LookupError)   a file that the airport's scene does not have
└── BrokenModel (ValueError)    a GLB, tileset or city model that breaks its format's rules
"""

from __future__ import annotations

from spatiotemporal.errors import SpatiotemporalError


class UnknownTile(SpatiotemporalError, LookupError):
    """A file that a scene does not have."""

    def __init__(self, icao: str, name: str) -> None:
        self.icao, self.name = icao, name
        super().__init__(f"the scene of {icao} has no file {name!r}")


class BrokenModel(SpatiotemporalError, ValueError):
    """A three-dimensional file that cannot be read.

    Attributes:
        place: where in the file, e.g. ``meshes[0].primitives[2].indices``.
    """

    def __init__(self, format_name: str, place: str, reason: str) -> None:
        self.format, self.place, self.reason = format_name, place, reason
        super().__init__(f"{format_name}: {place}: {reason}")

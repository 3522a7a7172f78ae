"""What can go wrong between an airport's text files and a picture of it.

SpatiotemporalError
├── DescriptionFault (ValueError)  a text file of the description says something it may not
├── UnknownAirport (LookupError)   no folder of that name under ``airports/``
├── UnknownLayer (LookupError)     a layer that the generator does not make
├── UnknownPlace (LookupError)     a stand, runway end or facility that is not in the graph
├── UnknownGrid (LookupError)      a coordinate system that has no such name
├── UnknownFileKind (LookupError)  a kind of file that layers are not written as
├── UnreadableLayers (ValueError)  files of layers that cannot be read
├── WrongMoment (ValueError)       a time without a zone
└── NoRoute (LookupError)          two places that no edge chain joins
"""

from __future__ import annotations

from spatiotemporal.errors import SpatiotemporalError


class DescriptionFault(SpatiotemporalError, ValueError):
    """A description that breaks its own rules.

    Attributes:
        file: the text file, relative to the airports folder.
        key: the place inside it, e.g. ``stand_rows[3].codes``.
        reason: what is wrong, with value, limit and unit.
    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}")


class UnknownAirport(SpatiotemporalError, LookupError):
    """An airport that has no description."""

    def __init__(self, icao: str, known: tuple[str, ...]) -> None:
        self.icao, self.known = icao, known
        super().__init__(f"no airport {icao!r}; described are {', '.join(known)}")


class UnknownLayer(SpatiotemporalError, LookupError):
    """A layer that airports do not have."""

    def __init__(self, layer: str, known: tuple[str, ...]) -> None:
        self.layer, self.known = layer, known
        super().__init__(f"no layer {layer!r}; layers are {', '.join(known)}")


class UnknownPlace(SpatiotemporalError, LookupError):
    """A node that the graph does not have."""

    def __init__(self, network: str, place: str) -> None:
        self.network, self.place = network, place
        super().__init__(f"{network}: no place {place!r}")


class NoRoute(SpatiotemporalError, LookupError):
    """Two places without a way between them (for that aircraft size, in that direction)."""

    def __init__(self, network: str, start: str, goal: str, reason: str = "") -> None:
        self.network, self.start, self.goal = network, start, goal
        super().__init__(f"{network}: no route from {start!r} to {goal!r}{reason}")


class UnknownGrid(SpatiotemporalError, LookupError):
    """A coordinate system by a name that nobody knows."""

    def __init__(self, name: str, known: str) -> None:
        self.name = name
        super().__init__(f"no coordinate system {name!r}; known are {known}")


class UnknownFileKind(SpatiotemporalError, LookupError):
    """A kind of file that layers are not written as."""

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        super().__init__(f"no file kind {kind!r}; known are {', '.join(known)}")


class UnreadableLayers(SpatiotemporalError, ValueError):
    """Files that hold no layers, or not in a way that can be read."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class WrongMoment(SpatiotemporalError, ValueError):
    """A time that does not say in which zone it is."""

    def __init__(self, moment: object) -> None:
        self.moment = moment
        super().__init__(f"{moment} has no zone; write 2026-05-01T08:00:00Z or with +08:00")

"""Restrictions in force: what is closed, slowed or worked on, and what that closes in a graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.thematic.versions import Content, Version

LAYER = "restriction"

TARGET_LAYERS = {
    "closed_stand": ("stand",),
    "closed_taxiway": ("taxiway", "taxi_edge", "taxi_line"),
    "closed_road": ("service_road",),
}
"""Layers whose features a restriction's targets name; imports name lines and not pavement."""

CLOSING_AREAS = frozenset({"works"})
"""Kinds whose area nothing passes; a de-icing area is passed, and stopped in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Something that may not be used, or only in a certain way, for some time.

    Attributes:
        targets: stand numbers, taxiway names or road names, by kind.
        shape: WGS84.
        limit_mps: of a speed limit.
    """

    id: str
    kind: str
    targets: tuple[str, ...]
    reason: str
    start: datetime
    end: datetime | None
    shape: BaseGeometry
    limit_mps: float | None = None


def restriction(content: Content) -> Restriction:
    """Read a feature of the layer."""
    told = content.properties
    limit = told.get("limit_mps")
    targets = told.get("targets", ())
    return Restriction(
        id=content.feature_id,
        kind=str(told["kind"]),
        targets=tuple(str(t) for t in targets) if isinstance(targets, list | tuple) else (),
        reason=str(told.get("reason", "")),
        start=content.valid_from,
        end=content.valid_to,
        shape=content.shape,
        limit_mps=float(limit) if isinstance(limit, int | float) else None,
    )


def restrictions(versions: Iterable[Version]) -> tuple[Restriction, ...]:
    """Read features of the layer, in their order."""
    return tuple(restriction(version.content) for version in versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """What restrictions take out of the graphs.

    Attributes:
        stands: numbers.
        lines: names or ids of taxiways and roads.
        areas: WGS84 shapes that nothing passes.
        limits: areas with a speed limit in m/s.
    """

    stands: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    areas: tuple[BaseGeometry, ...] = ()
    limits: tuple[tuple[BaseGeometry, float], ...] = ()

    def joined(self, other: Closures) -> Closures:
        """These and others."""
        return Closures(
            stands=self.stands | other.stands,
            lines=self.lines | other.lines,
            areas=(*self.areas, *other.areas),
            limits=(*self.limits, *other.limits),
        )


def closures(found: Sequence[Restriction]) -> Closures:
    """Put restrictions together."""
    lines = [r for r in found if r.kind in ("closed_taxiway", "closed_road")]
    return Closures(
        stands=frozenset(t for r in found if r.kind == "closed_stand" for t in r.targets),
        lines=frozenset(target for r in lines for target in r.targets),
        areas=tuple(r.shape for r in found if r.kind in CLOSING_AREAS),
        limits=tuple(
            (r.shape, r.limit_mps)
            for r in found
            if r.kind == "speed_limit" and r.limit_mps is not None
        ),
    )

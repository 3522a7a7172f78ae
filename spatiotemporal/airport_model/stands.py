"""Stands, and the rows they are written as; metres and headings of the airport's frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from shapely.geometry import Polygon

from spatiotemporal.airport_model.frame import Point, moved
from spatiotemporal.airport_model.provenance import Provenance
from spatiotemporal.airport_model.size_codes import SIZE_CODES

StandKind = Literal["gate", "tie_down", "hangar"]

NOSE_SHARE = 0.3
"""Width of a stand at its nose, as a share of its span: a fuselage is narrow, wings are not."""

WING_SHARE = 0.38
"""Where, as a share of the length behind the nose, a stand has its full width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """Stands round the head of a pier: noses on a circle, towards its centre."""

    centre: Point
    radius_m: float
    from_deg: float
    step_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StandRow:
    """Neighbouring stands with one heading, or on one arc.

    Attributes:
        numbers: stand numbers in order.
        codes: one size letter per stand.
        start: where the first aircraft's nose stops.
        along_deg: direction in which the row goes on.
        lane: taxilane that the lead-in lines join.
        contact: passengers board over a bridge.
        excludes: per stand, the stands that must be empty when it is used.
    """

    key: str
    apron: str
    numbers: tuple[str, ...]
    codes: str
    start: Point
    along_deg: float
    heading_deg: float
    gap_m: float
    arc: Arc | None
    kind: StandKind
    contact: bool
    lane: str
    excludes: Mapping[str, tuple[str, ...]]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A place for one aircraft.

    Attributes:
        nose: where the nose stops.
        heading_deg: where the nose points.
        lead_in: from the taxilane to the nose.
    """

    number: str
    apron: str
    code: str
    kind: StandKind
    contact: bool
    nose: Point
    heading_deg: float
    lane: str
    lead_in: tuple[Point, Point]
    excludes: tuple[str, ...]
    provenance: Provenance

    @property
    def span_limit_m(self) -> float:
        """Wing span that the stand takes."""
        return SIZE_CODES[self.code].span_limit_m

    @property
    def length_m(self) -> float:
        """Length that the stand takes."""
        return SIZE_CODES[self.code].length_m

    @property
    def polygon(self) -> Polygon:
        """Room of the largest aircraft: narrow at the nose, full span from the wings back."""
        half, length = self.span_limit_m / 2, self.length_m
        outline = (
            (0.0, -half * NOSE_SHARE),
            (0.0, half * NOSE_SHARE),
            (-length * WING_SHARE, half),
            (-length, half),
            (-length, -half),
            (-length * WING_SHARE, -half),
        )
        return self._placed(outline)

    @property
    def behind_nose(self) -> Polygon:
        """Room of wings and tail, without the fuselage before the wings."""
        half, length = self.span_limit_m / 2, self.length_m
        front, back = -length * WING_SHARE, -length
        return self._placed(((front, -half), (front, half), (back, half), (back, -half)))

    def _placed(self, outline: Iterable[tuple[float, float]]) -> Polygon:
        """An outline of metres ahead of and to the right of the nose."""
        return Polygon(
            [moved(self.nose, self.heading_deg, ahead, right) for ahead, right in outline]
        )

"""A model in the making: surfaces by material and by the feature that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene.materials import MATERIALS
from spatiotemporal.scene.surfaces import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a piece of a model stands for.

    Attributes:
        id: the id of the feature in the airport's layers, e.g. ``ZSSS.building.T2``.
        kind: building, bridge, mast, sign, pavement, marking.
    """

    id: str
    kind: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Triangles of one material and one thing; metres of the airport's frame, ``z`` above ground."""

    material: str
    thing: Thing
    surface: Surface


@dataclass(slots=True)
class Sketch:
    """Patches of one file."""

    patches: list[Patch] = field(default_factory=list)

    def add(self, thing: Thing, material: str, *surfaces: Surface) -> None:
        """Add surfaces; empty ones are left out."""
        assert material in MATERIALS, material
        self.patches += [
            Patch(material=material, thing=thing, surface=surface)
            for surface in surfaces
            if len(surface.triangles)
        ]

    def extend(self, patches: Iterable[Patch]) -> None:
        """Add patches."""
        self.patches.extend(patches)

    def __iter__(self) -> Iterator[Patch]:
        return iter(self.patches)

    @property
    def triangles(self) -> int:
        """How many there are."""
        return sum(len(patch.surface.triangles) for patch in self.patches)

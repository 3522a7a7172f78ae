"""What thematic layers refuse.

SpatiotemporalError
├── EditRefused (ValueError)     an edit that breaks a rule; names every rule and field
├── EditConflict (RuntimeError)  the layer or feature has changed meanwhile (HTTP 409 or 412)
├── UnknownFeature (LookupError) no such feature in the layer
└── UnknownEdit (LookupError)    no such edit
"""

from __future__ import annotations

from dataclasses import dataclass

from spatiotemporal.errors import SpatiotemporalError


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason against an edit."""

    field: str
    rule: str
    text: str


class EditRefused(SpatiotemporalError, ValueError):
    """An edit that would make the layer wrong."""

    status = 422

    def __init__(self, layer: str, objections: tuple[Objection, ...]) -> None:
        self.layer, self.objections = layer, objections
        self.field = objections[0].field
        self.code = objections[0].rule
        super().__init__(f"{layer}: " + "; ".join(f"{o.field}: {o.text}" for o in objections))


class EditConflict(SpatiotemporalError, RuntimeError):
    """Somebody else was faster."""

    def __init__(self, text: str, *, status: int = 409) -> None:
        self.status = status
        super().__init__(text)


class UnknownFeature(SpatiotemporalError, LookupError):
    """A feature that the layer does not have."""

    def __init__(self, layer: str, feature_id: str) -> None:
        self.layer, self.feature_id = layer, feature_id
        super().__init__(f"layer {layer} has no feature {feature_id!r}")


class UnknownEdit(SpatiotemporalError, LookupError):
    """An edit that was never made at that airport."""

    def __init__(self, icao: str, number: int) -> None:
        self.icao, self.number = icao, number
        super().__init__(f"{icao}: no edit {number}")

"""Thematic layers: versioned features with valid time, edits with rules, undo, audit, tiles."""

from spatiotemporal.airport_model.thematic import tiles
from spatiotemporal.airport_model.thematic.api import router
from spatiotemporal.airport_model.thematic.faults import (
    EditConflict,
    EditRefused,
    Objection,
    UnknownEdit,
    UnknownFeature,
)
from spatiotemporal.airport_model.thematic.ports import LayerStore
from spatiotemporal.airport_model.thematic.restrictions import Closures, Restriction, closures
from spatiotemporal.airport_model.thematic.service import Author, LayerService
from spatiotemporal.airport_model.thematic.versions import (
    Content,
    Edit,
    Edition,
    NewEdit,
    Version,
)

__all__ = [
    "Author",
    "Closures",
    "Content",
    "Edit",
    "EditConflict",
    "EditRefused",
    "Edition",
    "LayerService",
    "LayerStore",
    "NewEdit",
    "Objection",
    "Restriction",
    "UnknownEdit",
    "UnknownFeature",
    "Version",
    "closures",
    "router",
    "tiles",
]

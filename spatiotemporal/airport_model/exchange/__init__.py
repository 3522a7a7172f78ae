"""Layers in and out: other programs' files, other coordinate systems, what changed between two."""

from spatiotemporal.airport_model.exchange.diff import Change, Difference, compare
from spatiotemporal.airport_model.exchange.grids import Grid, grid
from spatiotemporal.airport_model.exchange.layer_names import amdb_name, project_name
from spatiotemporal.airport_model.exchange.pictures import diff_picture
from spatiotemporal.airport_model.exchange.reading import read
from spatiotemporal.airport_model.exchange.writing import write

__all__ = [
    "Change",
    "Difference",
    "Grid",
    "amdb_name",
    "compare",
    "diff_picture",
    "grid",
    "project_name",
    "read",
    "write",
]

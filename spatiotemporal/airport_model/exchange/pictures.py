"""Draws layers and differences as SVG: plain vector pictures that any browser and printer shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.exchange.diff import Difference

WIDTH_PX = 1400
HEIGHT_PX = 1100
"""A picture stays inside these, so that a long runway is seen whole."""
MARGIN_PX = 24
LEGEND_PX = 22

GROUND = "#e9ebee"
LINE = "#c3c9d1"
# Okabe and Ito's palette, told apart with every kind of colour vision.
COLOURS = {"added": "#0072b2", "removed": "#d55e00", "moved": "#e69f00", "changed": "#009e73"}
WORDS = {
    "added": "only in the second",
    "removed": "only in the first",
    "moved": "moved (first in outline)",
    "changed": "attributes differ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A shape of the picture, metres, ``y`` up."""

    shape: BaseGeometry
    fill: str
    stroke: str
    title: str = ""
    width_px: float = 1.0


class Canvas:
    """Metres to pixels over a given extent."""

    def __init__(self, bounds: tuple[float, float, float, float], width_px: int = WIDTH_PX) -> None:
        west, south, east, north = bounds
        self._west, self._north = west, north
        self._scale = min(
            (width_px - 2 * MARGIN_PX) / max(east - west, 1.0),
            (HEIGHT_PX - 2 * MARGIN_PX) / max(north - south, 1.0),
        )
        self.width = width_px
        self.height = round((north - south) * self._scale) + 2 * MARGIN_PX

    def draw(self, mark: Mark) -> str:
        """One shape as SVG."""
        title = f"<title>{escape(mark.title)}</title>" if mark.title else ""
        style = f'fill="{mark.fill}" stroke="{mark.stroke}" stroke-width="{mark.width_px:g}"'
        return "".join(
            f"<{body} {style}>{title}</{body.split(' ', 1)[0]}>"
            for body in self._bodies(mark.shape)
        )

    def _bodies(self, shape: BaseGeometry) -> Iterable[str]:
        for part in shapely.get_parts(shape):
            if isinstance(part, Point):
                x, y = self._pixel(part.x, part.y)
                yield f'circle cx="{x}" cy="{y}" r="3"'
            elif isinstance(part, Polygon):
                rings = [part.exterior, *part.interiors]
                yield f'path fill-rule="evenodd" d="{" ".join(self._path(r.coords) for r in rings)}Z"'
            elif isinstance(part, LineString):
                yield f'path fill-opacity="0" d="{self._path(part.coords)}"'

    def _path(self, coords: Iterable[Sequence[float]]) -> str:
        places = [self._pixel(x, y) for x, y, *_ in coords]
        return "M" + "L".join(f"{x} {y}" for x, y in places)

    def _pixel(self, x: float, y: float) -> tuple[float, float]:
        return (
            round((x - self._west) * self._scale + MARGIN_PX, 1),
            round((self._north - y) * self._scale + MARGIN_PX, 1),
        )


def picture(marks: Sequence[Mark], *, title: str, legend: Mapping[str, str]) -> str:
    """An SVG document.

    Args:
        marks: lowest first.
        title: above the drawing and as the document's name.
        legend: colour of each line of the legend.
    """
    whole = shapely.total_bounds([mark.shape for mark in marks] or [Point(0, 0).buffer(100)])
    west, south, east, north = (float(value) for value in whole)
    canvas = Canvas((west, south, east, north))
    head = (len(legend) + 2) * LEGEND_PX
    drawn = "\n".join(canvas.draw(mark) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{canvas.width}" '
        f'height="{canvas.height + head}" role="img" aria-label={quoteattr(title)}>\n'
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>\n'
        f"{_legend(title, legend)}\n"
        f'<g transform="translate(0 {head})">\n{drawn}\n</g></svg>\n'
    )


def _legend(title: str, legend: Mapping[str, str]) -> str:
    font = 'font-family="sans-serif" fill="#1b2430"'
    rows = [f'<text x="{MARGIN_PX}" y="{LEGEND_PX}" font-size="16" {font}>{escape(title)}</text>']
    for number, (word, colour) in enumerate(legend.items(), start=2):
        y = number * LEGEND_PX
        rows.append(
            f'<rect x="{MARGIN_PX}" y="{y - 11}" width="14" height="12" fill="{colour}"/>'
            f'<text x="{MARGIN_PX + 22}" y="{y}" font-size="13" {font}>{escape(word)}</text>'
        )
    return "".join(rows)


def diff_picture(difference: Difference, *, title: str) -> str:
    """A difference: what is the same in grey, changes over it in colours."""
    marks = [Mark(shape=shape, fill=GROUND, stroke=LINE) for _, shape in difference.same]
    for change in difference.changes:
        colour = COLOURS[change.kind]
        told = f"{change.kind}: {change.layer} {change.id}"
        if change.kind == "moved":
            told += f", {change.moved_m:.2f} m"
            assert change.before is not None
            marks.append(Mark(shape=change.before, fill="none", stroke=colour, title=told))
        shape = change.after if change.after is not None else change.before
        assert shape is not None
        marks.append(Mark(shape=shape, fill=f"{colour}55", stroke=colour, title=told, width_px=1.5))
    counts = {kind: sum(c.kind == kind for c in difference.changes) for kind in COLOURS}
    legend = {f"{WORDS[kind]}: {counts[kind]}": colour for kind, colour in COLOURS.items()}
    return picture(marks, title=title, legend=legend)

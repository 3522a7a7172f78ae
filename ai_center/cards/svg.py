"""Small plots as SVG text: bars with intervals, lines, dots. No library, no script, readable in print.

Colours come from the page's style sheet through classes, so a plot follows light and dark. Text is
escaped; numbers are rounded, so the same data give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 640
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 40
ROW = 26
LETTER = 7.2
"""Width of a letter of the labels, roughly."""
HEIGHT = 276
STROKE = 24
HEAD = 30
"""Above the plot of lines: the name of the vertical axis stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A labelled value, with its interval where it has one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A named series of points (x, y); ``nan`` breaks it; one without a name is not in the legend."""

    name: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


def bars(rows: Sequence[Bar], *, unit: str, title: str) -> str:
    """Horizontal bars from zero, one under the other."""
    label_width = 250
    told = [f"{number(row.value)} {unit}".strip() for row in rows]
    room = max([96.0, *(12 + LETTER * len(text) for text in told)])
    reach = max((row.high or row.value for row in rows), default=1.0) or 1.0
    scale = (WIDTH - label_width - room) / reach
    height = TOP + ROW * len(rows) + 8
    parts = []
    for place, row in enumerate(rows):
        y = TOP + ROW * place
        kind = "own" if row.strong else "other"
        length = max(0.0, row.value * scale)
        parts.append(_text(label_width - 8, y + 15, row.label, anchor="end"))
        parts.append(
            f'<rect class="{kind}" x="{label_width}" y="{y + 3}" width="{length:.1f}" height="16"/>'
        )
        end = length
        if row.low is not None and row.high is not None:
            end = row.high * scale
            x1, x2 = label_width + row.low * scale, label_width + end
            parts.append(
                f'<path class="whisker" d="M{x1:.1f} {y + 11}H{x2:.1f}M{x1:.1f} {y + 7}v8'
                f'M{x2:.1f} {y + 7}v8"/>'
            )
        parts.append(_text(label_width + end + 6, y + 15, told[place]))
    return _svg(parts, height=height, title=title)


def lines(
    series: Sequence[Line],
    *,
    title: str,
    x_name: str,
    y_name: str,
    x_labels: Sequence[tuple[float, str]] = (),
    level: float | None = None,
    y_from: float | None = None,
) -> str:
    """Lines over a common axis, with a horizontal level to compare with."""
    points = [p for line in series for p in line.points if not math.isnan(p[1])]
    if not points:
        return ""
    low_x, high_x = min(p[0] for p in points), max(p[0] for p in points)
    ys = [p[1] for p in points] + ([] if level is None else [level])
    low_y = min(0.0, *ys) if y_from is None else y_from
    ticks = ticks_of(low_y, max(ys))
    left = max(LEFT, 10 + LETTER * max(len(number(tick)) for tick in ticks))
    frame = _Frame(low_x, high_x or 1.0, min(low_y, ticks[0]), max(ticks[-1], *ys), left)
    parts = [_grid(frame, tick) for tick in ticks]
    parts += [
        _label(frame.x(x), label)
        for x, label in (x_labels or [(x, number(x)) for x in ticks_of(low_x, high_x)])
        if low_x <= x <= high_x
    ]
    if level is not None:
        parts.append(f'<path class="level" d="M{left:.1f} {frame.y(level):.1f}H{WIDTH - RIGHT}"/>')
    for place, line in enumerate(series):
        dashes = ' stroke-dasharray="5 4"' if line.dashed else ""
        path = _path(frame, line.points)
        parts.append(f'<path class="line line{place}" d="{path}"{dashes}/>')
    parts.append(_text(WIDTH / 2, HEIGHT - 6, x_name, anchor="middle"))
    parts.append(_text(4, TOP, y_name))
    return _svg(parts, height=HEIGHT, title=title) + _legend(series)


def ticks_of(low: float, high: float) -> list[float]:
    """Round numbers from below ``low`` to ``high``, about five of them.

    >>> ticks_of(0, 9)
    [0.0, 2.0, 4.0, 6.0, 8.0]
    """
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough * 0.999)
    first = math.floor(low / step)
    count = int((high - first * step) / step + 1e-9) + 1
    return [round((first + place) * step, 10) for place in range(count)]


def number(value: float) -> str:
    """A number as people read it: three figures, no exponent, thousands apart.

    >>> number(0.0862), number(3.3361), number(447.2), number(119579.1)
    ('0.0862', '3.34', '447', '119,579')
    """
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 1 else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class _Frame:
    low_x: float
    high_x: float
    low_y: float
    high_y: float
    left: float

    def x(self, value: float) -> float:
        span = (self.high_x - self.low_x) or 1.0
        return self.left + (value - self.low_x) / span * (WIDTH - self.left - RIGHT)

    def y(self, value: float) -> float:
        span = (self.high_y - self.low_y) or 1.0
        return HEIGHT - BOTTOM - (value - self.low_y) / span * (HEIGHT - HEAD - BOTTOM)


def _grid(frame: _Frame, tick: float) -> str:
    y = frame.y(tick)
    return f'<path class="grid" d="M{frame.left:.1f} {y:.1f}H{WIDTH - RIGHT}"/>' + _text(
        frame.left - 6, y + 4, number(tick), anchor="end"
    )


def _label(x: float, label: str) -> str:
    """A label under the horizontal axis, kept inside at the right edge."""
    inside = x + LETTER * len(label) / 2 < WIDTH
    return _text(
        x if inside else WIDTH - 2,
        HEIGHT - BOTTOM + 16,
        label,
        anchor="middle" if inside else "end",
    )


def _path(frame: _Frame, points: Sequence[tuple[float, float]]) -> str:
    """A line; of a single point a short stroke, which can be seen."""
    parts, pen = [], "M"
    if len(points) == 1 and not math.isnan(points[0][1]):
        (x, y) = points[0]
        return f"M{frame.x(x):.1f} {frame.y(y):.1f}h{STROKE}"
    for x, y in points:
        if math.isnan(y):
            pen = "M"
            continue
        parts.append(f"{pen}{frame.x(x):.1f} {frame.y(y):.1f}")
        pen = "L"
    return "".join(parts)


def _legend(series: Sequence[Line]) -> str:
    items = "".join(
        f'<span><i class="key key{place}"></i>{escape(line.name)}</span>'
        for place, line in enumerate(series)
        if line.name
    )
    return f'<p class="legend">{items}</p>'


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(parts: Sequence[str], *, height: float, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )

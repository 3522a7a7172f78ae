"""Plots and pages of cards: well-formed, escaped, the same bytes for the same data."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ai_center.cards.page import facts, listing, page, paragraph, section, table
from ai_center.cards.svg import Bar, Line, bars, lines, number, ticks_of


def test_bars_are_drawn_with_intervals_and_escaped_labels() -> None:
    drawn = bars(
        [Bar(label="a < b", value=2.0, low=1.5, high=2.5, strong=True), Bar(label="c", value=4.0)],
        unit="min",
        title="t & u",
    )
    root = ElementTree.fromstring(drawn)
    assert root.attrib["aria-label"] == "t & u"
    widths = [float(rect.attrib["width"]) for rect in root.iter("rect")]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.1)
    assert len([p for p in root.iter("path") if p.attrib["class"] == "whisker"]) == 1
    assert "a &lt; b" in drawn


def test_lines_break_where_nothing_is_known() -> None:
    drawn = lines(
        [Line(name="x", points=[(0, 1.0), (1, float("nan")), (2, 3.0), (3, 2.0)])],
        title="t",
        x_name="x",
        y_name="y",
        level=2.0,
    )
    root = ElementTree.fromstring(drawn.split("<p class")[0])
    (path,) = (p for p in root.iter("path") if p.attrib["class"].startswith("line "))
    assert path.attrib["d"].count("M") == 2
    assert path.attrib["d"].count("L") == 1
    assert lines([], title="t", x_name="", y_name="") == ""


def test_a_single_case_and_large_numbers_can_be_seen() -> None:
    drawn = lines(
        [Line(name="own", points=[(0.0, 4_056_607.0)]), Line(name="", points=[(0.0, 1.0)])],
        title="cost",
        x_name="case",
        y_name="cost",
    )
    plot, legend = drawn.split("</svg>")
    marks = [e for e in ElementTree.fromstring(plot + "</svg>").iter() if e.tag.endswith("path")]
    assert sum("h24" in mark.attrib["d"] for mark in marks) == 2
    texts = [e for e in ElementTree.fromstring(plot + "</svg>").iter() if e.tag.endswith("text")]
    widest = next(e for e in texts if e.text == "4,000,000")
    assert float(widest.attrib["x"]) > 7 * len("4,000,000")
    assert legend.count("<span>") == 1


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-7, 46), (0.001, 0.0017), (2, 2), (0, 1e6)])
def test_ticks_are_few_and_round(low: float, high: float) -> None:
    ticks = ticks_of(low, high)
    assert 1 <= len(ticks) <= 8
    assert ticks == sorted(ticks)
    assert ticks[0] <= low
    assert ticks[-1] <= high + 1e-9


def test_numbers_are_short() -> None:
    assert [number(v) for v in (0, 3, 0.123456, 12.34, 312.79, -6.94)] == [
        "0",
        "3",
        "0.123",
        "12.3",
        "313",
        "-6.94",
    ]


def test_a_page_escapes_what_it_is_told_and_needs_no_network() -> None:
    text = "<script>alert('x')</script>"
    whole = page(
        text,
        [
            section(text, paragraph(text), listing([text]), facts([(text, text)])),
            table((text, "n"), [(text, "1")], own=text, caption=text),
        ],
    )
    assert "<script" not in whole
    assert whole.count("&lt;script&gt;") == 9
    assert "src=" not in whole
    assert "href=" not in whole

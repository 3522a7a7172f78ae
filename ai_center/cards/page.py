"""The page around a card: head, style, tables. One file, no script, no network, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ai_center.cards.words import HEADINGS

STYLE = """
:root{--ink:#1c2430;--soft:#5b6675;--line:#d6dce4;--paper:#fff;--own:#0b6bcb;--other:#aab6c5;
--second:#c2571a;--third:#4f7d3a}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#a2adbb;--line:#36404d;--paper:#141a22;
--own:#5aa9f5;--other:#56626f;--second:#f09a63;--third:#8fc175}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC",sans-serif;color:var(--ink);
background:var(--paper);max-width:66rem;margin:2rem auto;padding:0 1rem}
p,ul{max-width:52rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
p.sub,.legend,caption,td.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.25rem 0}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right}td.n,td:first-child{white-space:nowrap}tr.own td{font-weight:600}
svg{width:100%;max-width:52rem;height:auto;display:block;margin:.5rem 0}
svg text{font-size:12px;fill:var(--ink)}
.own{fill:var(--own)}.other{fill:var(--other)}.whisker{stroke:var(--ink);fill:none}
.grid{stroke:var(--line);fill:none}.level{stroke:var(--soft);stroke-dasharray:3 3;fill:none}
.line{fill:none;stroke-width:1.8}
.line0{stroke:var(--own)}.line1{stroke:var(--second)}.line2{stroke:var(--third)}
.line3{stroke:var(--second)}.line4{stroke:var(--third)}
.legend span{margin-right:1.2rem}.key{display:inline-block;width:1.2rem;height:.25rem;
margin-right:.4rem;vertical-align:middle}
.key0{background:var(--own)}.key1{background:var(--second)}.key2{background:var(--third)}
.key3{background:var(--second)}.key4{background:var(--third)}
.zh{color:var(--soft);font-weight:400;margin-left:.5em}.version{color:var(--soft);font-weight:400}
.frame{overflow-x:auto;margin:.5rem 0 1rem}.frame table{font-size:.87rem}
@media print{.frame{overflow:visible}.frame table{font-size:.7rem}td.n,td:first-child{white-space:normal}}
code{font-size:.85em;overflow-wrap:anywhere}
"""


def page(title: str, body: Iterable[str]) -> str:
    """A whole HTML document."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(body)}</body></html>\n"
    )


def section(title: str, *parts: str) -> str:
    """A headed part of the page; headings that are known also stand in Chinese."""
    other = HEADINGS.get(title, "")
    beside = f' <span class="zh" lang="zh">{escape(other)}</span>' if other else ""
    return f"<section><h2>{escape(title)}{beside}</h2>{''.join(parts)}</section>"


def titled(name: str, version: str, english: str, chinese: str) -> str:
    """The head of a card: name, version, and one sentence in both languages."""
    other = f'<p class="sub" lang="zh">{escape(chinese)}</p>' if chinese else ""
    return (
        f'<h1>{escape(name)} <small class="version">{escape(version)}</small></h1>'
        f'<p class="sub">{escape(english)}</p>{other}'
    )


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{escape(text)}</p>"


def listing(items: Iterable[str]) -> str:
    """A list of plain texts."""
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """A table of two columns: what, and how it is."""
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return f"<table>{cells}</table>"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    own: str = "",
    caption: str = "",
    numbers: bool = True,
) -> str:
    """A table whose first column is text; the others are numbers, unless told otherwise.

    The row whose first cell is ``own`` is set in bold. A wide table scrolls inside its own frame.
    """
    kinds = ["" if place == 0 or not numbers else " class=n" for place in range(len(head))]
    top = "".join(f"<th{kind}>{escape(name)}</th>" for kind, name in zip(kinds, head, strict=True))
    lines = []
    for row in rows:
        cells = "".join(
            f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)
        )
        lines.append(f"<tr{' class=own' if own and row[0] == own else ''}>{cells}</tr>")
    label = f"<caption>{escape(caption)}</caption>" if caption else ""
    body = f"<thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<div class="frame"><table>{label}{body}</table></div>'

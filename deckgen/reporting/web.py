"""A report as one HTML page, which needs no other file, no network and no script.

It is well-formed XML as well, so that nothing in it depends on how a browser mends a page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files

from deckgen.design.direction import is_rtl
from deckgen.model.text import Text, plain
from deckgen.reporting.document import (
    Block,
    Cards,
    Cell,
    Cut,
    Facts,
    Grid,
    Heading,
    Para,
    Points,
    Report,
    Strip,
    Words,
)
from deckgen.wording.say import Wording, spoken

_COLOURS = ("ink", "quiet", "white", "teal", "teal_tint", "hair", "rule")
_ROOM, _STEP, _HIGH = 12, 48, 28  # of a scale: beside its ends, between steps, its height


def as_html(report: Report, language: str, colours: Mapping[str, str], say: Wording) -> bytes:
    """The page in UTF-8. `colours` are the deck's neutral ones by name, as #RRGGBB."""
    style = files("deckgen.reporting").joinpath("page.css").read_text(encoding="utf-8")
    known = "".join(f"--{name}: {colours[name]}; " for name in _COLOURS)
    title = escape(f"{plain(report.title)}: {report.deck}")
    direction = ' dir="rtl"' if is_rtl(language) else ""
    lang = escape(language, quote=True)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{lang}"{direction} xmlns="http://www.w3.org/1999/xhtml">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        # Nothing is fetched and nothing runs, whatever somebody has written as an answer.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\"/>",
        '<meta name="referrer" content="no-referrer"/>',
        f"<title>{title}</title>",
        f"<style>\n:root {{ {known}}}\n{style}</style>",
        "</head>",
        "<body>",
        "<header><div>",
        f"<p>{escape(report.deck)}</p>",
        f"<h1>{_text(report.title)}</h1>",
        f"<p>{_text(report.stamp)}</p>",
        "</div></header>",
        *_contents(report.blocks, say),
        "<main>",
        *(line for block in report.blocks for line in _block(block)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines).encode() + b"\n"


def _contents(blocks: Iterable[Block], say: Wording) -> Iterator[str]:
    heads = [block for block in blocks if isinstance(block, Heading) and block.depth == 2]
    name, language = spoken(say("Contents"))
    yield f'<nav aria-label="{escape(name, quote=True)}"{_lang(language)}><ul>'
    for head in heads:
        yield f'<li><a href="#{head.key}">{_text(head.text)}</a></li>'
    yield "</ul></nav>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        key = f' id="{block.key}"' if block.key else ""
        yield f"<h{block.depth}{key}>{_text(block.text)}</h{block.depth}>"
    elif isinstance(block, Words):
        kind = "" if block.style == "body" else f' class="{block.style}"'
        yield f"<p{kind}>{_text(block.text)}</p>"
    elif isinstance(block, Points):
        yield f"<ul>{''.join(f'<li>{_text(point)}</li>' for point in block.points)}</ul>"
    elif isinstance(block, Facts):
        yield "<dl>"
        for label, fact in block.facts:
            yield f"<dt>{_text(label)}</dt><dd>{_text(fact)}</dd>"
        yield "</dl>"
    elif isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Cards):
        yield '<ul class="cards">'
        for card in block.cards:
            yield f"<li>{_cell(card)}</li>"
        yield "</ul>"


def _grid(grid: Grid) -> Iterator[str]:
    """A table; who can't see all of its width scrolls it, also with the keyboard."""
    said, language = spoken(grid.caption)
    name = f'aria-label="{escape(said, quote=True)}"{_lang(language)}'
    yield f'<div class="table" role="region" tabindex="0" {name}>'
    yield f'<table style="min-width:{8 * len(grid.heads)}rem">'
    yield f'<caption class="unseen">{_text(grid.caption)}</caption>'
    widths = "".join(f'<col style="width:{100 * s / sum(grid.shares):.4g}%"/>' for s in grid.shares)
    yield f"<colgroup>{widths}</colgroup>"
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in grid.heads)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in grid.rows:
        yield f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"


def _cell(cell: Cell) -> str:
    return "".join(map(_part, cell))


def _part(part: Para | Cut | Strip) -> str:
    if isinstance(part, Para):
        kind = ' class="quiet"' if part.quiet else ' dir="auto"'
        return f"<p{kind}>{_text(part.text)}</p>"
    said, language = spoken(part.alt)
    alt = escape(said, quote=True)
    if isinstance(part, Cut):
        width, height = part.size
        data = b64encode(part.png).decode()
        size = f'width="{width}" height="{height}"'
        return f'<img src="data:image/png;base64,{data}" alt="{alt}" {size}{_lang(language)}/>'
    return _scale(part, f'role="img" aria-label="{alt}"{_lang(language)}')


def _scale(strip: Strip, named: str) -> str:
    """Steps as small rings on a line; the oldest mark as a ring, the newest as a dot."""
    y, wide = _HIGH / 2, 2 * _ROOM + _STEP * max(1, strip.steps - 1)

    def at(mark: int) -> int:
        return _ROOM + _STEP * mark

    def ring(mark: int, radius: float, fill: str, edge: str, width: float) -> str:
        style = f"fill:var(--{fill});stroke:var(--{edge});stroke-width:{width}"
        return f'<circle cx="{at(mark)}" cy="{y}" r="{radius}" style="{style}"/>'

    def rule(first: int, last: int, edge: str, width: float) -> str:
        style = f"stroke:var(--{edge});stroke-width:{width}"
        return f'<line x1="{at(first)}" y1="{y}" x2="{at(last)}" y2="{y}" style="{style}"/>'

    old, new = strip.marks[0], strip.marks[-1]
    drawn = [rule(0, strip.steps - 1, "rule", 1.5)]
    drawn += [ring(mark, 3.5, "white", "rule", 1.5) for mark in range(strip.steps)]
    if len(strip.marks) > 1:
        drawn.append(rule(old, new, "teal", 3))
        drawn += [ring(mark, 3.5, "teal", "teal", 1) for mark in strip.marks[1:-1]]
        drawn.append(ring(old, 6 if old != new else 10, "white", "teal", 2.5))
    drawn.append(ring(new, 7, "teal", "teal", 1))
    box = f'viewBox="0 0 {wide} {_HIGH}" preserveAspectRatio="xMinYMid" xmlns="http://www.w3.org/2000/svg"'
    return f"<svg {named} {box}>{''.join(drawn)}</svg>"


def _text(text: Text) -> str:
    made = []
    for run in text:
        said = escape(run.text)
        said = f"<span{_lang(run.language)}>{said}</span>" if run.language else said
        made.append(f"<strong>{said}</strong>" if run.strong else said)
    return "".join(made)


def _lang(language: str) -> str:
    return f' lang="{escape(language, quote=True)}"' if language else ""

"""Fonts, colours, paragraph styles, and the pictures of tiles."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "fonts"
FACES = {
    "Regular": "400Regular",
    "Medium": "500Medium",
    "SemiBold": "600SemiBold",
    "Bold": "700Bold",
    "ExtraBold": "800ExtraBold",
}
KINDS = ["quarter"] * 4 + ["half"] * 3 + ["disc", "ring", "ring", "leaf", "leaf", "dot"]
STYLES = {
    "display": ("ExtraBold", 44, 48, "teal"),
    "subtitle": ("Medium", 18, 24, "ink"),
    "h1": ("Bold", 30, 34, "ink"),
    "h2": ("Bold", 18, 22, "ink"),
    "h3": ("Bold", 15, 19, "ink"),
    "eyebrow": ("Bold", 14, 18, "teal_mid"),
    "lead": ("Regular", 16, 23, "ink"),
    "goal": ("Regular", 14.5, 20, "ink"),
    "body": ("Regular", 13, 18, "ink"),
    "hint": ("Regular", 13, 18, "quiet"),
    "label": ("Medium", 13, 18, "ink"),
    "strong": ("Bold", 13, 18, "ink"),
    "small": ("Regular", 12, 16, "quiet"),
    "head": ("Bold", 13, 16, "white"),
    "panel": ("Bold", 15, 19, "teal"),
    "card_title": ("Bold", 23, 26, "ink"),
    "card_note": ("Regular", 12, 15, "quiet"),
    "back_title": ("Bold", 13, 15.5, "ink"),
    "point": ("Regular", 12.5, 16.5, "ink"),
    "question": ("Medium", 12.5, 16.5, "ink"),
}


class Looks:
    """What all pages share."""

    def __init__(self, file: Path) -> None:
        found = json.loads(file.read_text(encoding="utf-8"))
        self.palettes: dict[str, dict[str, Any]] = {
            name: {k: HexColor(v) for k, v in palette.items() if k != "tiles"}
            | {"tiles": [HexColor(tile) for tile in palette["tiles"]]}
            for name, palette in found["palettes"].items()
        }
        self.icons = found["icons"]
        for name, file_name in FACES.items():
            path = FONTS / f"AtkinsonHyperlegibleNext_{file_name}.ttf"
            pdfmetrics.registerFont(TTFont(name, str(path)))
        pdfmetrics.registerFontFamily("Regular", normal="Regular", bold="Bold")
        colours = self.palettes["neutral"]
        self.colours = colours
        self.styles = {
            name: ParagraphStyle(
                name, fontName=face, fontSize=size, leading=lead, textColor=colours[c]
            )
            for name, (face, size, lead, c) in STYLES.items()
        }

    def style(self, name: str, **changes: Any) -> ParagraphStyle:
        """A style with changes."""
        return ParagraphStyle(name, parent=self.styles[name], **changes)


def draw_tile(canvas: Canvas, kind: str, x: float, y: float, side: float, turns: int) -> None:
    """One tile in the present colour; (x, y) is its lower left corner."""
    half = side / 2
    if kind == "quarter":
        at = x + side * (turns in (1, 2)), y + side * (turns > 1)
        box = at[0] - side, at[1] - side, at[0] + side, at[1] + side
        canvas.wedge(*box, 90 * turns, 90, stroke=0, fill=1)
    elif kind == "half":
        canvas.wedge(x, y, x + side, y + side, 90 * turns, 180, stroke=0, fill=1)
    elif kind == "leaf":
        k, right = side * 0.5523, turns % 2
        left, far, bend = (x + side, x, -k) if right else (x, x + side, k)
        path = canvas.beginPath()
        path.moveTo(left, y)
        path.curveTo(left + bend, y, far, y + side - k, far, y + side)
        path.curveTo(far - bend, y + side, left, y + k, left, y)
        canvas.drawPath(path, stroke=0, fill=1)
    elif kind == "ring":
        canvas.setLineWidth(side * 0.17)
        canvas.circle(x + half, y + half, side * 0.415, stroke=1, fill=0)
    else:
        radius = half if kind == "disc" else side * 0.17
        canvas.circle(x + half, y + half, radius, stroke=0, fill=1)


def draw_tiles(
    canvas: Canvas, seed: str, rows: range, columns: range, side: float, grounds: list[Any]
) -> None:
    """A picture of tiles with its origin at (0, 0), each on the ground of one of the palettes."""
    random = Random(seed)
    for row in rows:
        for column in columns:
            palette = random.choice(grounds)
            colour = random.choice([*palette["tiles"], palette["count"]])
            canvas.setFillColor(palette["band"])
            canvas.rect(column * side, row * side, side, side, stroke=0, fill=1)
            canvas.setFillColor(colour)
            canvas.setStrokeColor(colour)
            kind, turns = random.choice(KINDS), random.randrange(4)
            draw_tile(canvas, kind, column * side, row * side, side, turns)


def draw_icon(
    canvas: Canvas, icon: dict[str, Any], x: float, y: float, side: float, palette: dict[str, Any]
) -> None:
    """An icon from paths on a grid of 24 by 24, y downwards; (x, y) is its lower left corner."""
    canvas.saveState()
    canvas.translate(x, y + side)
    canvas.scale(side / 24, -side / 24)
    canvas.setFillColor(palette["tint"])
    canvas.setStrokeColor(palette["deep"])
    canvas.setLineWidth(1.7)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for written in icon.get("fills", ()):
        canvas.drawPath(path_of(canvas, written), stroke=0, fill=1)
    for circle in icon.get("circles", ()):
        canvas.circle(*circle, stroke=1, fill=1)
    for written in icon.get("lines", ()):
        canvas.drawPath(path_of(canvas, written), stroke=1, fill=0)
    canvas.setFillColor(palette["deep"])
    for dot in icon.get("dots", ()):
        canvas.circle(*dot, stroke=0, fill=1)
    canvas.restoreState()


def path_of(canvas: Canvas, written: str) -> Any:
    """A path as SVG writes it: M, L, C and Z."""
    path, tokens, at = canvas.beginPath(), written.split(), 0
    while at < len(tokens):
        token = tokens[at]
        takes = 6 if token[0] == "C" else 0 if token[0] == "Z" else 2
        numbers = [float(n.lstrip("MLC")) for n in tokens[at : at + takes]]
        if token[0] == "Z":
            path.close()
        elif token[0] == "C":
            path.curveTo(*numbers)
        elif token[0] == "M":
            path.moveTo(*numbers)
        else:
            path.lineTo(*numbers)
        at += takes or 1
    return path


def draw_chips(
    canvas: Canvas, looks: Looks, chips: list[tuple[str, str]], x: float, y: float, size: float
) -> float:
    """Codes on pills in their sections' colours; gives the x after the last."""
    for words, palette in chips:
        width = canvas.stringWidth(words, "Bold", size) + size
        canvas.setFillColor(looks.palettes[palette]["band"])
        canvas.roundRect(x, y - size * 0.4, width, size * 1.5, size * 0.75, stroke=0, fill=1)
        canvas.setFillColor(looks.palettes[palette]["on_band"])
        canvas.setFont("Bold", size)
        canvas.drawString(x + size / 2, y, words)
        x += width + 5
    return x

"""Simulated pens on a page of dots: what people do to boxes, seeded."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from deckgen.geometry import Rect

DPI = 300
_DOTS = DPI / 72
# What a pen leaves in a box, and whether the person meant it.
MEANT = {
    **dict.fromkeys(("tick", "cross", "slash", "fill", "faint", "tiny"), True),
    **dict.fromkeys(("empty", "stray", "neighbour"), False),
}
ORDINARY = ("empty", "tick", "cross", "slash", "fill", "neighbour")
WEAK = ("faint", "tiny", "stray")
MIX = ["empty"] * 8 + ["tick"] * 3 + ["cross"] * 2
MIX += ["fill", "slash", "faint", "stray", "tiny", "neighbour"]
NOT_MEANT = ["empty"] * 17 + ["stray", "neighbour"]  # of options, all but one
SOME_MARK = [kind for kind in MIX if MEANT[kind]]
_Point = tuple[float, float]


def in_dots(rect: Rect, height: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on a picture of the page so many dots high."""
    left, bottom, right, top = (side * _DOTS for side in rect.corners)
    return left, height - top, right, height - bottom


def stroke(page: Image.Image, points: list[_Point], width: int, ink: int) -> None:
    draw = ImageDraw.Draw(page)
    draw.line(points, fill=ink, width=width, joint="curve")
    for x, y in (points[0], points[-1]):
        r = width / 2
        draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)


def mark(page: Image.Image, rect: Rect, kind: str, rng: random.Random) -> None:
    """Leave a mark of some kind in a box, or beside it."""
    x0, y0, x1, y1 = in_dots(rect, page.height)
    wide, high = x1 - x0, y1 - y0

    def at(u: float, v: float) -> _Point:
        return x0 + (u + rng.gauss(0, 0.05)) * wide, y0 + (v + rng.gauss(0, 0.05)) * high

    ink, width = rng.choice([20, 40, 70, 90]), rng.choice([4, 5, 6, 8])
    if kind == "tick":
        stroke(page, [at(0.1, 0.5), at(0.4, 0.9), at(1.15, -0.25)], width, ink)
    elif kind == "cross":
        stroke(page, [at(0.1, 0.1), at(0.9, 0.9)], width, ink)
        stroke(page, [at(0.9, 0.1), at(0.1, 0.9)], width, ink)
    elif kind == "slash":
        stroke(page, [at(0.0, 1.0), at(1.0, 0.0)], width, ink)
    elif kind == "fill":
        for k in range(9):
            stroke(page, [at(0.08, 0.1 + 0.1 * k), at(0.92, 0.1 + 0.1 * k)], width + 2, ink)
    elif kind == "faint":
        stroke(page, [at(0.2, 0.5), at(0.4, 0.8), at(0.9, 0.15)], 3, rng.choice([130, 150, 170]))
    elif kind == "tiny":
        stroke(page, [at(0.35, 0.5), at(0.48, 0.7), at(0.72, 0.3)], 4, ink)
    elif kind == "stray":
        x, y = x0 + wide / 2 + rng.gauss(0, 4), y0 + high / 2 + rng.gauss(0, 4)
        ImageDraw.Draw(page).ellipse((x - 3, y - 3, x + 3, y + 3), fill=ink)
    elif kind == "neighbour":  # the tick of the box on the left crosses the corner
        points = [(-1.2, 0.5), (-0.6, 1.0), (0.12, -0.2)]
        stroke(page, [(x0 + u * wide, y0 + v * high) for u, v in points], width, ink)


def write(page: Image.Image, rect: Rect, rng: random.Random, words: int = 3) -> None:
    """Some words in a joined hand on the first line of a box, or in its middle if it is low."""
    x0, y0, x1, y1 = in_dots(rect, page.height)
    base = min(y0 + 9.2 / 25.4 * DPI, y1 - 0.2 * (y1 - y0))
    x, ink, width = x0 + 20, rng.choice([20, 50, 90]), rng.choice([3, 4, 5])
    for _ in range(words):
        points = []
        for _ in range(rng.randint(3, 7)):
            tall = rng.choice([26, 26, 28, 60])
            points += [(x, base), (x + 9, base - tall), (x + 18, base - rng.uniform(0, 8))]
            x += 20
            if x > x1 - 60:
                break
        stroke(page, points, width, ink)
        x += 40
        if x > x1 - 100:
            break

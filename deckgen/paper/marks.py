"""Boxes and circles on a page: found again near their places, and how much ink is in each.

Nothing is printed inside them, so a picture of the blank page is not needed: the frame that is
known from the layout is looked for, and what is inside it is ink.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct

from deckgen.paper.plane import PER_MM, Dots, Plane, printed

# The bounds, in shares of the inside that are covered with ink. They were chosen on pages of one
# seed and are tested with others. Below the first a box is empty, from the second on it is marked;
# what lies between is for a person to see, and so is a box that is blackened. Coarse pictures blur
# thin strokes, and noise too.
MARKED, BLACKENED = 0.040, 0.60
_EMPTY_LEAST, _EMPTY_MOST = 0.0006, 0.006
_EMPTY_A_DOT, _FROM_DOTS = 0.002, 2.3  # more for each dot a millimetre from so many on
_NEAR_MM = 4.0  # paper that curls shifts boxes by so much
_LINE_MM = 0.25  # the middle of the frame's line lies so far inside the box
_FRAME = 0.22  # how dark a frame must be to be one
_FAR_COST = 0.015  # a millimetre, so that of two frames the nearer is taken
_INSIDE = 0.16  # of a box's side that is left out at each edge
_CLEAR_MM, _SPREAD_DOTS = 0.7, 2.0  # and at least so much, with the dots over which a line spreads
_GRAIN = 0.04  # darkness that is the paper's and the scanner's
_MM_AWAY = 1.6  # from where the others say, from which a frame is looked for again


class Box(Struct, frozen=True):
    """A box on paper, in millimetres from the upper left corner; or a circle in it."""

    left: float
    top: float
    side: float
    is_round: bool

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.side / 2, self.top + self.side / 2


class Level(Enum):
    """What a box says: off, on, or what a person must see."""

    OFF = "off"
    UNSURE = "unsure"
    ON = "on"
    FULL = "full"


class Measured(Struct, frozen=True):
    """A box that was found: where it lies off its place (mm), how dark its frame is, its ink.

    With less ink than `empty` it is that. `print` tells this mark from others.
    """

    right_mm: float
    down_mm: float
    frame: float
    ink: float
    empty: float
    print: tuple[int, ...] = ()

    @property
    def level(self) -> Level:
        if self.frame < _FRAME:
            return Level.UNSURE
        if self.ink < self.empty:
            return Level.OFF
        if self.ink < MARKED:
            return Level.UNSURE
        return Level.FULL if self.ink > BLACKENED else Level.ON


def measure(plane: Plane, boxes: list[Box]) -> list[Measured]:
    """All boxes of a page. One that lies otherwise than the others is looked for near them."""
    pieces = [_piece(plane, box) for box in boxes]
    pairs = list(zip(pieces, boxes, strict=True))
    found = [_find(piece, box, (0.0, 0.0), _NEAR_MM) for piece, box in pairs]
    if len(found) > 2:
        for number, (piece, box) in enumerate(pairs):
            near = _expected(boxes, found, number)
            right, down, _ = found[number]
            if np.hypot(right - near[0], down - near[1]) > _MM_AWAY:
                found[number] = _find(piece, box, near, _MM_AWAY)
    return [
        _measured(piece, box, at, plane.dots_at(*box.middle))
        for piece, box, at in zip(pieces, boxes, found, strict=True)
    ]


def _expected(
    boxes: list[Box], found: list[tuple[float, float, float]], number: int
) -> tuple[float, float]:
    """Where the neighbours say that a box lies: the middle of the nearest five others."""
    here = boxes[number]
    others = [n for n in range(len(boxes)) if n != number and found[n][2] >= _FRAME]
    others.sort(key=lambda n: abs(boxes[n].top - here.top) + abs(boxes[n].left - here.left))
    if not others:
        return 0.0, 0.0
    near = np.array([found[n][:2] for n in others[:5]])
    right, down = np.median(near, axis=0)
    return float(right), float(down)


def _margin(box: Box) -> float:
    return _NEAR_MM + 1.5


def _piece(plane: Plane, box: Box) -> Dots:
    around, size = _margin(box), box.side + 2 * _margin(box)
    left, top = box.left - around, box.top - around
    return plane.ink(left, top, left + size, top + size)


@lru_cache(maxsize=64)
def _rings(side: float, is_round: bool) -> tuple[Any, ...]:
    """Dots of the frame, and of what is just outside and inside of it, from the box's corner."""
    frame = _ring(side, is_round, _LINE_MM)
    return frame, _ring(side, is_round, -0.75), _ring(side, is_round, _LINE_MM + 1.0)


def _ring(side: float, is_round: bool, inset: float) -> tuple[Any, Any]:
    """Rows and columns of a line so far inside a box, millimetres."""
    if is_round:
        angles = np.arange(0, 2 * np.pi, 0.5 / (side / 2 * PER_MM / 2))
        radius, middle = side / 2 - inset, side / 2
        x, y = middle + radius * np.cos(angles), middle + radius * np.sin(angles)
    else:
        low, high = inset, side - inset
        cut = min(1.2, (high - low) / 4)  # its corners are rounded
        along = np.arange(low + cut, high - cut, 0.5 / PER_MM * 2)
        ends = np.full_like(along, low), np.full_like(along, high)
        x = np.r_[along, along, ends[0], ends[1]]
        y = np.r_[ends[0], ends[1], along, along]
    return np.rint(y * PER_MM).astype(int), np.rint(x * PER_MM).astype(int)


def _find(
    piece: Dots, box: Box, near: tuple[float, float], within_mm: float
) -> tuple[float, float, float]:
    """How far right and down of its place a box lies, and how dark its frame is there."""
    rings = _rings(round(box.side, 2), box.is_round)
    zero = round(_margin(box) * PER_MM)
    coarse = [round(near[0] * PER_MM), round(near[1] * PER_MM)]
    reach = int(within_mm * PER_MM)
    for step in (2, 1):
        shifts = np.arange(-reach, reach + 1, step)
        rights, downs = np.meshgrid(coarse[0] + shifts, coarse[1] + shifts)
        frame, outside, inside = (_mean(piece, ring, zero, rights, downs) for ring in rings)
        far = np.hypot(rights / PER_MM - near[0], downs / PER_MM - near[1])
        score = frame - 0.6 * outside - 0.3 * inside - _FAR_COST * far
        best = np.unravel_index(np.argmax(score), score.shape)
        coarse = [int(rights[best]), int(downs[best])]
        dark = float(frame[best])
        reach = 1
    return coarse[0] / PER_MM, coarse[1] / PER_MM, dark


def _mean(piece: Dots, ring: tuple[Any, Any], zero: int, rights: Any, downs: Any) -> Any:
    """The mean darkness of a ring at many places, gaps and strokes counted within reason."""
    rows, columns = ring
    high, wide = piece.shape
    y = np.clip(zero + downs[..., None] + rows, 0, high - 1)
    x = np.clip(zero + rights[..., None] + columns, 0, wide - 1)
    return piece[y, x].mean(-1)


def _inside(piece: Dots, box: Box, off: tuple[float, float], clear: float) -> Dots:
    """The inside of a box that was found, without a margin of so many millimetres."""
    left, top = (_margin(box) + shift + clear for shift in off)
    size = round((box.side - 2 * clear) * PER_MM)
    x, y = round(left * PER_MM), round(top * PER_MM)
    inside = piece[y : y + size, x : x + size]
    return np.asarray(np.clip(inside - _GRAIN, 0, 1) / (1 - _GRAIN))


def _measured(piece: Dots, box: Box, at: tuple[float, float, float], fine: float) -> Measured:
    """The share of the inside that is covered: of the square, or of the disc in it.

    A picture has `fine` dots a millimetre there; the frame spreads over some of them.
    """
    clear = max(_CLEAR_MM + _SPREAD_DOTS / min(PER_MM, fine), box.side * _INSIDE)
    inside = _inside(piece, box, at[:2], clear)
    disc = np.ones(inside.shape, bool)
    if box.is_round:
        middle = (np.arange(len(inside)) + 0.5) / len(inside) * 2 - 1
        disc = middle[:, None] ** 2 + middle[None, :] ** 2 <= 1
    empty = min(_EMPTY_MOST, max(_EMPTY_LEAST, _EMPTY_A_DOT * (fine - _FROM_DOTS)))
    return Measured(*at, float(inside[disc].mean()), empty, printed(inside, 6, 6))

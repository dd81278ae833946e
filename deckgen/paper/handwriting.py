"""Boxes to write in: is there handwriting in one, and the piece of the page that shows it.

Words are never guessed. Lines to write on are printed inside; they are told from ink by what they
are: straight, thin and through.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
from msgspec import Struct
from PIL import Image

from deckgen.paper.plane import PER_MM, Dots, Plane, printed

# Bounds in square millimetres of ink, chosen as those of boxes to mark were.
BLANK_MM2, WRITTEN_MM2 = 0.25, 2.5
_DARK = 0.30  # of a dot that may be ink
_EDGE_MM = 1.3  # beside the box's own frame
_CHUNK_MM = 8.0  # a line that leans or curls is straight over so much
_SMEAR_MM = 1.4  # dots of a dotted line run together over so much
_LINE_SHARE, _LINE_LEVEL = 0.75, 0.035  # how much of a row a line covers, and how darkly at least
_LINE_MM = 1.3  # a row of handwriting is taller
_NEAR_MM = 4.0
_AROUND_MM = 4.0  # what is shown around the ink
_SHADES = 8
_CELL_MM = 2.5  # of what tells one handwriting from another


class Field(Struct, frozen=True):
    """A box to write in, on paper: millimetres from the upper left corner.

    `sign_mm` at its right end is left out: lists show a sign there.
    """

    left: float
    top: float
    right: float
    bottom: float
    sign_mm: float = 0.0


class Written(Struct, frozen=True):
    """How much ink there is (mm²), and the PNG that shows it, if there may be any."""

    ink_mm2: float
    crop: bytes = b""
    print: tuple[int, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        return bool(self.crop) and self.ink_mm2 < WRITTEN_MM2


def written(plane: Plane, field: Field) -> Written:
    """Look into a box."""
    around = _NEAR_MM + 1
    box = field.left, field.top - around, field.right, field.bottom + around
    ink = plane.ink(*box)
    zero = round(around * PER_MM)
    ink = _straightened(ink, zero, zero + round((field.bottom - field.top) * PER_MM))
    edge = round(_EDGE_MM * PER_MM)
    right = ink.shape[1] - edge - round(field.sign_mm * PER_MM)
    inside = ink[zero + edge : ink.shape[0] - zero - edge, edge : max(edge + 1, right)]
    if not inside.size:
        return Written(0.0)
    left = _without_lines(inside) > _DARK
    left &= _kept(left)
    amount = float(left.sum()) / PER_MM**2
    cell = round(_CELL_MM * PER_MM)
    columns, rows = (max(1, side // cell) for side in left.shape[::-1])
    print_ = printed(left.astype(np.float32), columns, rows)
    if amount < BLANK_MM2:
        return Written(amount, b"", print_)
    return Written(amount, _crop(plane, field, left), print_)


def _straightened(ink: Dots, top: int, bottom: int) -> Dots:
    """With each stretch moved up or down so that the frame above and below is where it should be.

    Paper that curls bends a box by some millimetres.
    """
    chunk, reach = round(_CHUNK_MM * PER_MM), round(_NEAR_MM * PER_MM)
    starts = range(0, ink.shape[1], chunk)
    shifts = np.arange(-reach, reach + 1)
    costs = 0.004 * np.abs(shifts)
    tracks = []
    for start in starts:
        rows = ink[:, start : start + chunk].mean(1)
        thick = np.convolve(rows, np.ones(3) / 3, "same")
        beside = np.convolve(rows, np.ones(13) / 13, "same")
        peak = np.clip(thick - beside, 0, 0.3)
        tracks.append(peak[top + shifts] + peak[bottom + shifts] - costs)
    path = _smooth_path(np.array(tracks))
    moved = np.empty_like(ink)
    for start, shift in zip(starts, path, strict=True):
        moved[:, start : start + chunk] = np.roll(ink[:, start : start + chunk], -shifts[shift], 0)
    return moved


def _smooth_path(gains: np.ndarray[Any, Any]) -> list[int]:
    """One shift a stretch, with the greatest gain in all and few jumps from one to the next."""
    count, width = gains.shape
    steps = np.arange(width)
    jumps = 0.02 * np.abs(steps[:, None] - steps[None, :])
    best, back = gains[0], []
    for row in gains[1:]:
        ways = best[:, None] - jumps
        back.append(np.argmax(ways, axis=0))
        best = ways.max(axis=0) + row
    path = [int(np.argmax(best))]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    assert len(path) == count
    return path[::-1]


def _without_lines(ink: Dots) -> Dots:
    """Without the printed lines: rows that are covered through, if they are thin."""
    left = ink.copy()
    chunk, smear = round(_CHUNK_MM * PER_MM), round(_SMEAR_MM * PER_MM)
    most = round(_LINE_MM * PER_MM)
    kernel = np.ones(smear) / smear
    for start in range(0, ink.shape[1], chunk):
        start = max(0, min(start, ink.shape[1] - chunk))
        part = ink[:, start : start + chunk]
        if part.shape[1] < smear:
            continue
        smeared = np.apply_along_axis(np.convolve, 1, part, kernel, "same")
        smeared = np.maximum(smeared[:-1], smeared[1:]) if len(smeared) > 1 else smeared
        covered = (smeared > _LINE_LEVEL).mean(1) > _LINE_SHARE
        for first, last in _runs(covered):
            if last - first <= most:
                left[max(0, first - 1) : last + 2, start : start + chunk] = 0
    return left


def _runs(flags: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """First and past-the-last places of stretches that are true."""
    edges = np.flatnonzero(np.diff(np.r_[False, flags, False].astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _kept(dark: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Dots that have dark ones on two sides at least: specks are not ink."""
    around = np.pad(dark, 1).astype(np.int8)
    high, wide = dark.shape
    count = sum(
        around[y : y + high, x : x + wide] for y in range(3) for x in range(3) if (y, x) != (1, 1)
    )
    return np.asarray(count >= 3)


def _crop(plane: Plane, field: Field, ink: np.ndarray[Any, Any]) -> bytes:
    """The PNG of the place where the ink is, with some room around it."""
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    edge = _EDGE_MM * PER_MM
    left = field.left + (columns[0] + edge) / PER_MM - _AROUND_MM
    right = field.left + (columns[-1] + edge) / PER_MM + _AROUND_MM
    top = field.top + (rows[0] + edge) / PER_MM - _AROUND_MM
    bottom = field.top + (rows[-1] + edge) / PER_MM + _AROUND_MM
    return shown(
        plane,
        max(field.left - 3, left),
        max(field.top - 3, top),
        min(field.right + 3, right),
        min(field.bottom + 3, bottom),
    )


def shown(plane: Plane, left: float, top: float, right: float, bottom: float) -> bytes:
    """A piece of the page as a PNG in few shades of grey, the paper white; millimetres."""
    clean = plane.clean(left, top, right, bottom)
    steps = _SHADES - 1
    levels = np.rint(np.clip((clean - 60) / (225 - 60), 0, 1) * steps).astype(np.uint8)
    picture = Image.fromarray(levels, "P")
    picture.putpalette([round(n * 255 / steps) for n in range(_SHADES) for _ in "rgb"])
    out = BytesIO()
    picture.save(out, "PNG", bits=4, optimize=False)
    return out.getvalue()

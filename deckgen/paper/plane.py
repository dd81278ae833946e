"""The page as a plane: from millimetres on paper to dots of a picture, and pieces of it upright.

On paper x goes to the right and y down from the upper left corner.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

Dots = np.ndarray[Any, Any]
Points = list[tuple[float, float]]
PER_MM = 6.0  # dots a millimetre of what is looked at: 152 an inch
_DARK, _SPAN = 235.0, 160.0  # of 255: paper from here on, ink below; the rest is full ink


def homography(there: Points, here: Points) -> np.ndarray[Any, Any]:
    """The map from points to points with the least squares (direct linear transform)."""
    a, from_a = _normal(np.array(there, float))
    b, from_b = _normal(np.array(here, float))
    rows = []
    for (x, y), (u, v) in zip(a, b, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, -u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, -v])
    least = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    found = np.linalg.inv(from_b) @ least @ from_a
    return np.asarray(found / found[2, 2])


def _normal(points: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Points about the origin at a distance near 1, and the map that brought them there."""
    middle = points.mean(0)
    scale = np.sqrt(2) / max(1e-9, float(np.mean(np.linalg.norm(points - middle, axis=1))))
    map_ = np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
    return (points - middle) * scale, map_


def mapped(map_: np.ndarray[Any, Any], points: Points) -> np.ndarray[Any, Any]:
    """Where a homography takes points."""
    ends = np.c_[np.array(points, float), np.ones(len(points))] @ map_.T
    return np.asarray(ends[:, :2] / ends[:, 2:])


class Plane:
    """A picture of a page whose place is known. `map_` leads from millimetres to dots."""

    def __init__(self, picture: Image.Image, map_: np.ndarray[Any, Any]) -> None:
        self._picture, self._map = picture, map_

    def dots_at(self, x: float, y: float) -> float:
        """How fine the picture is at a place: dots a millimetre, the way that has fewer."""
        ends = mapped(self._map, [(x, y), (x + 1, y), (x, y + 1)])
        return float(np.linalg.norm(ends[1:] - ends[0], axis=1).min())

    @cached_property
    def _white(self) -> tuple[Image.Image, float]:
        """What the paper looks like around each place, smaller by a factor."""
        factor = max(1, round(self.dots_at(100.0, 100.0)))
        small = self._picture.reduce(factor)
        wide = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
        return wide, factor

    def piece(
        self, left: float, top: float, right: float, bottom: float, per_mm: float = PER_MM
    ) -> Image.Image:
        """A piece of the page upright, as it was taken; millimetres."""
        return self._warped(self._picture, 1, (left, top, right, bottom), per_mm)

    def clean(self, left: float, top: float, right: float, bottom: float) -> Dots:
        """The same with the light taken out of it: 255 is paper."""
        box = left, top, right, bottom
        white, factor = self._white
        paper = np.asarray(self._warped(white, factor, box, PER_MM), np.float32)
        seen = np.asarray(self._warped(self._picture, 1, box, PER_MM), np.float32)
        return np.asarray(np.clip(seen / np.maximum(paper, 1) * 255, 0, 255))

    def ink(self, left: float, top: float, right: float, bottom: float) -> Dots:
        """How dark each dot is against the paper around it, from 0 to 1."""
        return np.clip((_DARK - self.clean(left, top, right, bottom)) / _SPAN, 0, 1)

    def _warped(
        self, picture: Image.Image, factor: float, box: tuple[float, ...], per_mm: float
    ) -> Image.Image:
        left, top, right, bottom = box
        size = max(1, round((right - left) * per_mm)), max(1, round((bottom - top) * per_mm))
        step = 1 / per_mm
        local = np.array([[step, 0, left], [0, step, top], [0, 0, 1]])
        shrink = np.diag([1 / factor, 1 / factor, 1])
        map_ = shrink @ self._map @ local
        map_ /= map_[2, 2]
        data = tuple(float(n) for n in map_.ravel()[:8])
        perspective, bilinear = Image.Transform.PERSPECTIVE, Image.Resampling.BILINEAR
        return picture.transform(size, perspective, data, bilinear, fillcolor=255)


def printed(ink: Dots, columns: int, rows: int) -> tuple[int, ...]:
    """A piece in so few cells that two pictures of the same ink are nearly alike; 0 to 255."""
    small = Image.fromarray((ink * 255).astype(np.uint8)).resize(
        (columns, rows), Image.Resampling.BOX
    )
    return tuple(small.tobytes())

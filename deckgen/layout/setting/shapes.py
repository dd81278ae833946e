"""Paths of the shapes that layouts use. Points, origin at the lower left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin, tan, tau
from typing import Any

from deckgen.geometry import Matrix, Rect
from deckgen.model.drawing import Element, Mark, Role, Segment, Shape
from deckgen.model.text import Worded
from deckgen.wording.say import spoken

KAPPA = 0.5522847498  # control points of a quarter circle drawn as one Bézier curve


# What stands at the same place on many cards is one object.
_remembered = lru_cache(maxsize=4096)


@_remembered
def rectangle(rect: Rect) -> tuple[Segment, ...]:
    """A plain rectangle."""
    left, bottom, right, top = rect.corners
    return ("m", left, bottom), ("l", right, bottom), ("l", right, top), ("l", left, top), ("h",)


@_remembered
def rounded(rect: Rect, radius_pt: float, corners: str = "bl br tr tl") -> tuple[Segment, ...]:
    """A rectangle with some corners rounded: any of "bl br tr tl"."""
    left, bottom, right, top = rect.corners
    k = radius_pt * (1 - KAPPA)
    bl, br, tr, tl = (radius_pt if c in corners.split() else 0.0 for c in ("bl", "br", "tr", "tl"))
    path: list[Segment] = [("m", left + bl, bottom), ("l", right - br, bottom)]
    if br:
        path.append(("c", right - k, bottom, right, bottom + k, right, bottom + br))
    path.append(("l", right, top - tr))
    if tr:
        path.append(("c", right, top - k, right - k, top, right - tr, top))
    path.append(("l", left + tl, top))
    if tl:
        path.append(("c", left + k, top, left, top - k, left, top - tl))
    path.append(("l", left, bottom + bl))
    if bl:
        path.append(("c", left, bottom + k, left + k, bottom, left + bl, bottom))
    return (*path, ("h",))


@_remembered
def circle(x_pt: float, y_pt: float, radius_pt: float) -> tuple[Segment, ...]:
    """A circle around (x, y)."""
    r, k = radius_pt, radius_pt * KAPPA
    return (
        ("m", x_pt + r, y_pt),
        ("c", x_pt + r, y_pt + k, x_pt + k, y_pt + r, x_pt, y_pt + r),
        ("c", x_pt - k, y_pt + r, x_pt - r, y_pt + k, x_pt - r, y_pt),
        ("c", x_pt - r, y_pt - k, x_pt - k, y_pt - r, x_pt, y_pt - r),
        ("c", x_pt + k, y_pt - r, x_pt + r, y_pt - k, x_pt + r, y_pt),
        ("h",),
    )


def pie(
    x_pt: float, y_pt: float, radius_pt: float, slices: int, of: int = 4
) -> tuple[Segment, ...]:
    """Some slices of so many, clockwise from the top."""
    if slices >= of:
        return circle(x_pt, y_pt, radius_pt)
    path: list[Segment] = [("m", x_pt, y_pt), ("l", x_pt, y_pt + radius_pt)]
    for number in range(slices):
        turn = turned(-360.0 / of * number).then(Matrix(e=x_pt, f=y_pt))
        points = _slice(radius_pt, of)
        path.append(("c", *(v for point in points for v in turn.apply(*point))))
    return (*path, ("h",))


def _slice(radius_pt: float, of: int) -> tuple[tuple[float, float], ...]:
    """The arc of the first slice, as a curve from the top: two handles and its end."""
    if of == 4:
        k = KAPPA * radius_pt
        return (k, radius_pt), (radius_pt, k), (radius_pt, 0.0)
    angle = tau / of
    k, x, y = 4 / 3 * tan(angle / 4) * radius_pt, sin(angle), cos(angle)
    end = radius_pt * x, radius_pt * y
    return (k, radius_pt), (end[0] - k * y, end[1] + k * x), end


def line(x0_pt: float, y0_pt: float, x1_pt: float, y1_pt: float) -> tuple[Segment, ...]:
    """A straight line."""
    return ("m", x0_pt, y0_pt), ("l", x1_pt, y1_pt)


def arrow(x_pt: float, y_pt: float, length_pt: float) -> tuple[Segment, ...]:
    """An arrow to the right, its tail at (x, y)."""
    tip, wing = x_pt + length_pt, length_pt * 0.36
    return (
        ("m", x_pt, y_pt),
        ("l", tip, y_pt),
        ("m", tip - wing, y_pt + wing),
        ("l", tip, y_pt),
        ("l", tip - wing, y_pt - wing),
    )


@lru_cache(maxsize=64)
def turned(degrees: float) -> Matrix:
    """A rotation about the origin, anticlockwise."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Matrix(c, s, -s, c)


def mapped(path: tuple[Segment, ...], matrix: Matrix) -> tuple[Segment, ...]:
    """A path moved, turned or scaled."""
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    made: list[Segment] = []
    segment: Any
    for segment in path:  # written out, as there are so many
        if len(segment) == 7:
            to, s, t, u, v, x, y = segment
            one = a * s + c * t + e, b * s + d * t + f
            two = a * u + c * v + e, b * u + d * v + f
            made.append((to, *one, *two, a * x + c * y + e, b * x + d * y + f))
        elif len(segment) == 3:
            to, x, y = segment
            made.append((to, a * x + c * y + e, b * x + d * y + f))
        else:
            made.append(segment)
    return tuple(made)


def filled(path: tuple[Segment, ...], colour: str) -> Shape:
    """A shape without an outline."""
    return Shape(path, fill=colour)


def stroked(path: tuple[Segment, ...], colour: str, width_pt: float, **kw: object) -> Shape:
    """An outline without a filling."""
    return Shape(path, stroke=colour, width_pt=width_pt, **kw)  # type: ignore[arg-type]


def ground(
    path: tuple[Segment, ...], fill: str, edge: str, width_pt: float = 1.2, *, outline: bool
) -> Shape:
    """A ground of colour or, to save ink, its outline alone."""
    return stroked(path, edge, width_pt) if outline else filled(path, fill)


def figure(marks: Sequence[Mark], alt: Worded) -> Element:
    """A drawing, and what it shows in words."""
    said, language = spoken(alt)
    return Element(Role.FIGURE, tuple(marks), alt=said, language=language)

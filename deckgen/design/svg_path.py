"""SVG's shapes as paths of our own: straight lines and cubic curves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from deckgen.geometry import Matrix
from deckgen.model.drawing import Segment

_Point = tuple[float, float]
_Path = tuple[Segment, ...]


def shape_as_path(name: str, written: Mapping[str, str]) -> str:
    """The "d" of any of SVG's shapes; "" if there is nothing to draw. Raises ValueError."""

    def get(attribute: str) -> float:
        return float(written.get(attribute, "0").strip().removesuffix("px"))

    if name == "path":
        return written.get("d", "")
    if name == "line":
        return f"M{get('x1')} {get('y1')} L{get('x2')} {get('y2')}"
    if name in ("polyline", "polygon"):
        points = written.get("points", "").strip()
        return f"M{points}{' Z' * (name == 'polygon')}" if points else ""
    if name == "rect":
        return _rect(get("x"), get("y"), get("width"), get("height"), written)
    cx, cy = get("cx"), get("cy")
    rx, ry = (get("r"),) * 2 if name == "circle" else (get("rx"), get("ry"))
    if rx <= 0 or ry <= 0:
        return ""
    halves = (f"A{rx} {ry} 0 0 1 {x} {cy}" for x in (cx + rx, cx - rx))
    return f"M{cx - rx} {cy} {' '.join(halves)} Z"


def _rect(x: float, y: float, wide: float, high: float, written: Mapping[str, str]) -> str:
    if wide <= 0 or high <= 0:
        return ""
    one = written.get("rx", written.get("ry", "0"))
    rx = min(float(one), wide / 2)
    ry = min(float(written.get("ry", one)), high / 2)
    if rx <= 0 or ry <= 0:
        return f"M{x} {y} H{x + wide} V{y + high} H{x} Z"
    corner = f"A{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y} H{x + wide - rx} {corner} {x + wide} {y + ry} V{y + high - ry} "
        f"{corner} {x + wide - rx} {y + high} H{x + rx} {corner} {x} {y + high - ry} "
        f"V{y + ry} {corner} {x + rx} {y} Z"
    )


class _Pen:
    """Takes down what the parser draws."""

    def __init__(self) -> None:
        self.path: list[Segment] = []
        self.at: _Point = (0.0, 0.0)

    def moveTo(self, at: _Point) -> None:  # noqa: N802 (the parser calls it so)
        self.path.append(("m", *at))
        self.at = at

    def lineTo(self, at: _Point) -> None:  # noqa: N802
        self.path.append(("l", *at))
        self.at = at

    def curveTo(self, one: _Point, two: _Point, at: _Point) -> None:  # noqa: N802
        self.path.append(("c", *one, *two, *at))
        self.at = at

    def qCurveTo(self, middle: _Point, at: _Point) -> None:  # noqa: N802
        one, two = (
            tuple(a + (m - a) * 2 / 3 for a, m in zip(end, middle, strict=True))
            for end in (self.at, at)
        )
        self.path.append(("c", *one, *two, *at))
        self.at = at

    def closePath(self) -> None:  # noqa: N802
        self.path.append(("h",))

    def endPath(self) -> None:  # noqa: N802
        pass


def path_of(written: str) -> _Path:
    """The segments of a "d". Raises ValueError if it can't be read."""
    from fontTools.svgLib.path import parse_path

    pen = _Pen()
    if re.search(r"[^MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]", written):
        raise ValueError("it has letters that a path has not")
    try:
        parse_path(written, pen)
    except (ArithmeticError, AssertionError, IndexError, KeyError, TypeError) as fault:
        raise ValueError("its path breaks off or makes no sense") from fault
    return tuple(pen.path)


def mapped_path(path: Sequence[Segment], place: Matrix) -> _Path:
    """A path moved to its place, rounded to what anybody can see of it."""
    made: list[Segment] = []
    for to, *numbers in path:
        points = zip(numbers[::2], numbers[1::2], strict=True)
        there = (value for x, y in points for value in place.apply(float(x), float(y)))
        made.append((to, *(round(value, 3) for value in there)))
    return tuple(made)


def even_odd_as_nonzero(path: _Path) -> _Path:
    """The same shape for those who fill by turns: what lies in a shape turns the other way."""
    rings = _rings(path)
    corners = [[_end(segment) for segment in ring if len(segment) > 1] for ring in rings]
    made: list[Segment] = []
    for number, ring in enumerate(rings):
        around = [c for other, c in enumerate(corners) if other != number]
        depth = sum(_inside(corners[number][0], other) for other in around)
        right = (_area(corners[number]) > 0) == (depth % 2 == 0)
        made += ring if right else _reversed(ring)
    return tuple(made)


def _rings(path: _Path) -> list[list[Segment]]:
    rings: list[list[Segment]] = []
    for segment in path:
        if segment[0] == "m":
            rings.append([])
        rings[-1].append(segment)
    return rings


def _end(segment: Segment) -> _Point:
    return float(segment[-2]), float(segment[-1])


def _area(ring: Sequence[_Point]) -> float:
    turned = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in turned)


def _inside(point: _Point, ring: Sequence[_Point]) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossed = not crossed
    return crossed


def _reversed(ring: Sequence[Segment]) -> list[Segment]:
    drawn = [segment for segment in ring if segment[0] != "h"]
    ends = [_end(segment) for segment in drawn]
    made: list[Segment] = [("m", *ends[-1])]
    for segment, end in zip(reversed(drawn[1:]), reversed(ends[:-1]), strict=True):
        controls = (*segment[3:5], *segment[1:3]) if segment[0] == "c" else ()
        made.append((segment[0], *controls, *end))
    return [*made, ("h",)]

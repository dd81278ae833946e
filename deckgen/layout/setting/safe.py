"""The last look at a laid-out page: no words outside the safe area, none on top of others.

Layout keeps both by itself for ordinary words. A word that is too long to break, or more of
something than a template foresaw, shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deckgen.design.fonts import FontBook
from deckgen.geometry import mm
from deckgen.model.drawing import Drawing, Role, Shape, TextLine
from deckgen.problem import Place, Problem, problem

SAFE_MM = 4.0  # nothing to be read stands nearer to the trim
_SAFE_PT = mm(SAFE_MM)
_Box = tuple[float, float, float, float]  # left, bottom, right, top
_CAP, _DEPTH = 0.66, 0.16  # heights of letters above and below the baseline, in sizes
# What can be wrong with a line: its kind, in words, and what helps.
_TOO_WIDE = (
    *("text-too-long", "runs out of the space it has"),
    "Use shorter words or fewer; a soft hyphen says where a very long one may be broken.",
)
_ON_TOP = "text-too-long", "lies on other words", "Use a shorter title or fewer words there."
_TOO_NEAR = (
    *("qr-no-room", "stands too near to the QR code"),
    "Use shorter words there, or leave --qr out.",
)


def safe_problems(
    drawings: Sequence[Drawing],
    places: Iterable[Place],
    book: FontBook,
    names: Mapping[str, Place] | None = None,
) -> list[Problem]:
    """At most one Problem a drawing; `places` says where each drawing's words are.

    `names` are on many drawings and were written once: each is one Problem, at its own place.
    """
    found, named = [], dict(names or {})
    for drawing, place in zip(drawings, places, strict=True):
        boxes = [(_box(line, book), line) for line in drawing.lines()]
        outside = next((m for box, m in boxes if not _inside(box, drawing)), None)
        if outside and (words := _whole(outside)) in (names or {}):
            if written := named.pop(words, None):
                found.append(_name_too_wide(drawing, words, written))
        elif outside:
            found.append(_said(drawing, outside, place, _TOO_WIDE))
        elif pair := _overlap(boxes):
            long = next((words for words in map(_whole, pair) if words in (names or {})), "")
            if not long:
                found.append(_said(drawing, pair[1], place, _ON_TOP))
            elif written := named.pop(long, None):
                found.append(_name_too_wide(drawing, long, written))
        elif (over := _in_code(drawing, boxes)) is not None:
            found.append(_said(drawing, over, place, _TOO_NEAR))
    return found


def _box(line: TextLine, book: FontBook) -> _Box:
    low, height = line.y_pt - _DEPTH * line.size_pt, (_CAP + _DEPTH) * line.size_pt
    return line.x_pt, low, line.x_pt + book.width_pt(line.runs, line.size_pt), low + height


def _inside(box: _Box, drawing: Drawing) -> bool:
    left, bottom, right, top = box
    width, height = drawing.size.width_pt - _SAFE_PT, drawing.size.height_pt - _SAFE_PT
    return left >= _SAFE_PT and bottom >= _SAFE_PT and right <= width and top <= height


def _overlap(boxes: Sequence[tuple[_Box, TextLine]]) -> tuple[TextLine, TextLine] | None:
    """A line, and another one that lies on it."""
    placed = sorted(boxes, key=lambda pair: pair[0][1])
    for i, ((left, _, right, top), below) in enumerate(placed, start=1):
        for k in range(i, len(placed)):
            other, line = placed[k]
            if other[1] >= top:
                break
            if other[0] < right - 0.1 and left < other[2] - 0.1:
                return below, line
    return None


def _in_code(drawing: Drawing, boxes: Sequence[tuple[_Box, TextLine]]) -> TextLine | None:
    """A line, or the chip that it stands on, in the white ground of a QR code."""
    for code in drawing.elements:
        if code.role is not Role.FIGURE or not code.stamp:
            continue
        ground = next(code.marks(), None)
        if not isinstance(ground, Shape):
            continue
        white = _extent(ground)
        for box, line in boxes:
            if _meet(box, white):
                return line
        for element in drawing.elements:
            marks = () if element.role is Role.ARTIFACT or element is code else element.marks()
            shape: Shape | None = None
            for mark in marks:
                if isinstance(mark, Shape):
                    shape = mark
                elif isinstance(mark, TextLine) and shape and _meet(_extent(shape), white):
                    return mark
    return None


def _extent(shape: Shape) -> _Box:
    points = [segment[-2:] for segment in shape.path if len(segment) > 2]
    xs, ys = ([float(v) for v in axis] for axis in zip(*points, strict=True))
    return min(xs), min(ys), max(xs), max(ys)


def _meet(one: _Box, other: _Box) -> bool:
    beside = one[0] >= other[2] or one[2] <= other[0]
    return not beside and one[1] < other[3] and one[3] > other[1]


def _whole(line: TextLine) -> str:
    return "".join(run.text for run in line.runs).strip()


def _name_too_wide(drawing: Drawing, name: str, place: Place) -> Problem:
    found = f"The name “{name}” runs out of the space it has, as on {_page(drawing)}."
    return problem("text-too-long", place, found, "Use a shorter name.")


def _said(drawing: Drawing, line: TextLine, place: Place, wrong: tuple[str, str, str]) -> Problem:
    kind, what, advice = wrong
    found = f"On {_page(drawing)}, “{_whole(line)[:40]}” {what}."
    return problem(kind, place, found, advice)


def _page(drawing: Drawing) -> str:
    return f"page {drawing.label}" if drawing.label.isdecimal() else drawing.label

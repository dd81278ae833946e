"""Ink where paint lies over other paint and does not knock it out: overprint, Multiply, Darken.

Told from the graphics state and from the boxes around shapes, so no picture of the page is needed.
What this can't see is in docs/printing.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from msgspec.structs import replace
from pypdf.generic import ArrayObject

from deckgen.geometry import Matrix
from deckgen.preflight.content import STROKES, TEXT, Inks, State, Walk
from deckgen.preflight.resources import PROCESS
from deckgen.preflight.rules import MOST_INK
from deckgen.readback.parsed import entry, resolved

Box = tuple[float, float, float, float]
_MIXED = ("/Multiply", "/Darken")
_PATHS = frozenset(b"m l c v y re".split())
_FILLS = frozenset(b"f F f* B B* b b*".split())
_ENDS = STROKES | _FILLS | {b"n"}
_LETTER = 0.25  # of its size a letter surely takes, to the right of where it begins


def piles(state: Any) -> bool:
    """Whether an ExtGState lets paint pile up."""
    on = any(getattr(entry(state, key), "value", False) for key in ("/OP", "/op"))
    return on or _mode_of(state) in _MIXED


def _mode_of(state: Any) -> str:
    """The blend mode; of a list the first, as all of PDF 1.4 are known."""
    mode = entry(state, "/BM")
    return str(resolved(mode[0]) if isinstance(mode, ArrayObject) and mode else mode)


class _Layered(State, frozen=True):
    """Also what is over what. `fill_over`, `stroke_over`: paint leaves other plates alone."""

    mode: str = "/Normal"
    fill_over: bool = False
    stroke_over: bool = False
    nonzero: bool = False  # overprint mode 1: no ink leaves a plate alone too
    fill_part: float = 1.0  # of full opacity
    stroke_part: float = 1.0
    masked: bool = False
    clip: Box = (-inf, -inf, inf, inf)
    boxed: bool = True  # the clip is a box, not only within one
    floor: int | None = None  # within a group that mixes: how much was painted before it


class Layers(Walk):
    """Follows a page once more, and adds up the inks of paint over paint."""

    _points: list[tuple[float, float]]

    def page(self, content: Any, resources: Any) -> None:
        """The stream of a page; what was found is in `findings`."""
        # Each paint by its number: where its inks are, if they are known, and what hides all below.
        self._areas: dict[tuple[tuple[str, float], ...], list[tuple[int, Box]]] = {}
        self._hiding: list[tuple[int, Box]] = []
        self._count = 0
        self._points, self._pieces, self._clips = [], list[bytes](), False
        self.stream(content, resources, _Layered())

    def _step(
        self,
        state: Any,
        operands: Any,
        operator: bytes,
        resources: Any,
        text: Matrix,
        depth: int,
    ) -> Any:
        if operator in _PATHS:
            self._extend(state.matrix, [float(v) for v in operands], operator)
        elif operator in (b"W", b"W*"):
            self._clips = True
        elif operator in _ENDS:
            state = self._end(state, operator)
        elif operator in TEXT:
            place, part = text.then(state.matrix), _LETTER * state.size
            box = _bounds([place.apply(0, 0), place.apply(part, part)])
            self._paint(state, _common(box, state.clip), False, filled=True)
        return super()._step(state, operands, operator, resources, text, depth)

    def _set(self, state: Any, operands: Sequence[Any], operator: bytes, resources: Any) -> Any:
        state = super()._set(state, operands, operator, resources)
        if operator != b"gs":
            return state
        given = entry(resources, "/ExtGState", operands[0])
        stroke_over = _flag(given, "/OP", state.stroke_over)
        opaque = {"/ca": state.fill_part, "/CA": state.stroke_part}
        parts = [float(was if (v := entry(given, k)) is None else v) for k, was in opaque.items()]
        mask = entry(given, "/SMask")
        return replace(
            state,
            mode=state.mode if entry(given, "/BM") is None else _mode_of(given),
            stroke_over=stroke_over,
            fill_over=_flag(given, "/op", stroke_over if "/OP" in given else state.fill_over),
            nonzero=bool(entry(given, "/OPM") if "/OPM" in given else state.nonzero),
            fill_part=parts[0],
            stroke_part=parts[1],
            masked=state.masked if mask is None else mask != "/None",
        )

    def _extend(self, matrix: Matrix, values: Sequence[float], operator: bytes) -> None:
        if operator == b"re":
            x, y, width, height = values
            values = (x, y, x + width, y, x, y + height, x + width, y + height)
        self._points += [matrix.apply(*values[i : i + 2]) for i in range(0, len(values), 2)]
        self._pieces.append(operator)

    def _end(self, state: _Layered, operator: bytes) -> _Layered:
        """A path ends: it is painted, and limits what comes after if it clips."""
        if self._points:
            box = _common(_bounds(self._points), state.clip)
            whole = self._pieces == [b"re"] and _upright(state.matrix) and state.boxed
            if operator in _FILLS:
                self._paint(state, box, whole, filled=True)
            if operator in STROKES:
                half = state.width * state.scale / 2
                wide = (box[0] - half, box[1] - half, box[2] + half, box[3] + half)
                self._paint(state, _common(wide, state.clip), False, filled=False)
            if self._clips:
                state = replace(state, clip=box, boxed=whole)
        self._points, self._pieces, self._clips = [], [], False
        return state

    def _external(self, thing: Any, resources: Any, state: Any, depth: int) -> None:
        if entry(thing, "/Subtype") == "/Image" and not entry(thing, "/ImageMask"):
            corners = [state.matrix.apply(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            masked = entry(thing, "/SMask") is not None or "/Mask" in thing
            whole = _upright(state.matrix) and state.boxed and not masked
            unknown = replace(state, fill=None)
            self._paint(unknown, _common(_bounds(corners), state.clip), whole, filled=True)
        elif entry(thing, "/Group") and state.mode in _MIXED and state.floor is None:
            state = replace(state, floor=self._count)
        super()._external(thing, resources, state, depth)

    def _paint(self, state: _Layered, box: Box, whole: bool, *, filled: bool) -> None:
        part = state.fill_part if filled else state.stroke_part
        over = state.fill_over if filled else state.stroke_over
        if box[0] >= box[2] or box[1] >= box[3] or state.masked or not part:
            return
        own = state.fill if filled else state.stroke
        own = own and {plate: ink * part for plate, ink in own.items()}
        self._count += 1
        if whole and part == 1 and state.mode == "/Normal" and not over:
            self._hiding.append((self._count, box))
        if own is None:
            return
        self._note(box, own)
        if over or state.mode in _MIXED:
            plates = state.fill_plates if filled else state.stroke_plates
            self._note(*self._piled(state, box, own, state.nonzero and plates == PROCESS))

    def _note(self, box: Box, inks: Inks) -> None:
        self._areas.setdefault(tuple(sorted(inks.items())), []).append((self._count, box))

    def _piled(self, state: _Layered, box: Box, own: Inks, nonzero: bool) -> tuple[Box, Inks]:
        """The fullest that comes of paint on what is below it, and where."""
        most, place = own, box
        last = self._count if state.floor is None else state.floor + 1
        first = max((n for n, area in self._hiding if _common(area, box) == box), default=0)
        for key, areas in self._areas.items():
            piled = _onto(dict(key), own, state.mode, nonzero)
            self.budget.spend(1)
            if sum(piled.values()) <= sum(most.values()):
                continue
            self.budget.spend(len(areas) // 16)  # a comparison takes less than an operator
            for number, area in areas:
                common = _common(area, box)
                if first <= number < last and common[0] < common[2] and common[1] < common[3]:
                    most, place = piled, common
                    break
        total = sum(most.values())
        self._say("INK", f"{total:.0f} % ink in layers" if total > MOST_INK + 0.5 else "")
        return place, most


def _onto(below: Inks, own: Inks, mode: str, nonzero: bool) -> Inks:
    """What is on each plate once paint lies on other paint."""
    plates = {**below, **own}
    if mode == "/Multiply":
        both = {p: (below.get(p, 0), own.get(p, 0)) for p in plates}
        return {p: a + b - a * b / 100 for p, (a, b) in both.items()}
    if mode == "/Darken":
        return {p: max(below.get(p, 0), own.get(p, 0)) for p in plates}
    return {**below, **{plate: ink for plate, ink in own.items() if ink or not nonzero}}


def _flag(state: Any, key: str, before: bool) -> bool:
    """A switch of an ExtGState; as it was before where that says nothing."""
    return bool(getattr(entry(state, key), "value", before))


def _bounds(points: Sequence[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _common(one: Box, other: Box) -> Box:
    """Where two boxes overlap; without size if they don't."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _upright(matrix: Matrix) -> bool:
    return not (matrix.b or matrix.c) or not (matrix.a or matrix.d)

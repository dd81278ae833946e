"""Drawings → content stream operators and a tree of what was drawn where.

What comes out depends on the Drawing and the fonts only, not on the document, so a face is
painted once and used on a page of its own and on every sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from deckgen.colour import channels
from deckgen.design.fonts import FontBook
from deckgen.geometry import Matrix
from deckgen.model.drawing import (
    Clip,
    Drawing,
    Element,
    Field,
    Link,
    Mark,
    Role,
    Segment,
    Shape,
    TextLine,
)
from deckgen.pdf.coding import Coding
from deckgen.pdf.notation import fine, number, point

_MARKED = re.compile(
    rb"^(/[A-Za-z0-9]+ <</(?:MCID \d+|Lang \([\w-]+\))>> BDC|/Artifact BMC|EMC)\n?", re.MULTILINE
)


class Node(Struct, frozen=True):
    """A structure element as painted; an int is a piece of marked content by its number."""

    element: Element
    kids: tuple[Node | int | Field | Link, ...]


class Painted(Struct, frozen=True):
    """A content stream, its structure, and the (face, letter) pairs it shows."""

    code: bytes
    nodes: tuple[Node, ...]
    letters: frozenset[tuple[str, str]]


# How a colour is set: from "#RRGGBB" and "rg" or "RG" to operators.
SetColour = Callable[[str, str], str]


@lru_cache(maxsize=1024)
def colour(srgb: str, operator: str) -> str:
    """Set a colour: "rg" to fill, "RG" to stroke."""
    return " ".join(number(c) for c in channels(srgb)) + " " + operator


def cm(matrix: Matrix) -> str:
    """Put a map before the one in force."""
    entries = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return " ".join(map(fine, entries)) + " cm"


def segments(path: Iterable[Segment]) -> str:
    """A path's operators."""
    return "\n".join(
        " ".join([point(v) for v in segment[1:] if not isinstance(v, str)]) + f" {segment[0]}"
        for segment in path
    )


def shape(mark: Shape, set_colour: SetColour = colour) -> str:
    """A path, painted. A stroke's settings end with it."""
    if mark.stroke is None:
        return f"{set_colour(mark.fill, 'rg')}\n{segments(mark.path)}\nf" if mark.fill else ""
    out = ["q", set_colour(mark.stroke, "RG"), f"{number(mark.width_pt)} w"]
    if mark.fill:
        out.append(set_colour(mark.fill, "rg"))
    if mark.round_ends:
        out.append("1 J 1 j")
    if mark.dash_pt:
        out.append("[" + " ".join(map(number, mark.dash_pt)) + "] 0 d")
    return "\n".join((*out, segments(mark.path), "B" if mark.fill else "S", "Q"))


def _clip(mark: Clip, set_colour: SetColour) -> str:
    rect = mark.rect
    box = (rect.x_pt, rect.y_pt, rect.width_pt, rect.height_pt)
    inside = "\n".join(shape(inner, set_colour) for inner in mark.shapes)
    return f"q {' '.join(map(point, box))} re W n\n{inside}\nQ"


class _Brush:
    """Paints one content stream."""

    def __init__(self, coding: Coding, set_colour: SetColour) -> None:
        self.coding, self.set_colour = coding, set_colour
        self.out: list[str] = []
        self.letters: set[tuple[str, str]] = set()
        self.marked = 0

    def artifact(self, marks: Iterable[Mark]) -> None:
        """Marks that no reader needs."""
        self.out.append("/Artifact BMC")
        self._marks([m for m in marks if not isinstance(m, Field | Link)])
        self.out.append("EMC")

    def element(self, element: Element) -> Node:
        """An element; marks that follow one another make one piece of marked content."""
        kids: list[Node | int | Field | Link] = []
        waiting: list[Mark] = []
        for kid in (*element.kids, None):
            if kid is not None and not isinstance(kid, Element | Field | Link):
                waiting.append(kid)
                continue
            if waiting:
                kids.append(self._content(element.role, waiting))
                waiting = []
            if isinstance(kid, Element):
                if kid.role is Role.ARTIFACT:
                    self.artifact(kid.marks())
                else:
                    kids.append(self.element(kid))
            elif kid is not None:
                kids.append(kid)
        return Node(element, tuple(kids))

    def _content(self, role: Role, marks: list[Mark]) -> int:
        self.out.append(f"/{role} <</MCID {self.marked}>> BDC")
        self._marks(marks)
        self.out.append("EMC")
        self.marked += 1
        return self.marked - 1

    def _marks(self, marks: list[Mark]) -> None:
        for mark, after in zip(marks, (*marks[1:], None), strict=True):
            if isinstance(mark, TextLine):
                # Lines of one element are separate words even where nothing was wrapped.
                self._line(mark, mark.wraps or isinstance(after, TextLine))
            elif isinstance(mark, Shape):
                self.out.append(shape(mark, self.set_colour))
            elif isinstance(mark, Clip):
                self.out.append(_clip(mark, self.set_colour))

    def _line(self, line: TextLine, space_after: bool) -> None:
        runs = [run for run in line.runs if run.text]
        if not runs:
            return
        for run in runs:
            self.letters.update((run.face, letter) for letter in run.text)
        space_after = space_after and not runs[-1].text.endswith(" ")
        if space_after:
            self.letters.add((runs[-1].face, " "))
        shown = self.coding.operators(runs, line.size_pt, space_after)
        place = f"{point(line.x_pt)} {point(line.y_pt)} Td"
        self.out.append(f"BT\n{self.set_colour(line.colour, 'rg')}\n{place}\n{shown}\nET")


def unmarked(code: bytes) -> bytes:
    """A content stream without its marks of structure."""
    return _MARKED.sub(b"", code)


class Painter:
    """Paints with one font book, and remembers what it has painted."""

    def __init__(self, book: FontBook, set_colour: SetColour = colour) -> None:
        self.coding, self.set_colour = Coding(book), set_colour
        self._drawings: dict[int, tuple[Drawing, Painted]] = {}

    def paint(self, drawing: Drawing) -> Painted:
        """A Drawing's content, with marked content numbered from 0."""
        known = self._drawings.get(id(drawing))  # the value holds the Drawing, so ids stay true
        if known is None:
            brush = _Brush(self.coding, self.set_colour)
            nodes = []
            for element in drawing.elements:
                if element.role is Role.ARTIFACT:
                    brush.artifact(element.marks())
                else:
                    nodes.append(brush.element(element))
            known = self._drawings[id(drawing)] = drawing, _painted(brush, nodes)
        return known[1]

    def forget(self) -> None:
        """Let go of all Drawings: for programs that go on after their documents."""
        self._drawings.clear()

    def paint_copy(self, drawing: Drawing) -> bytes:
        """A Drawing's content without its marks of structure, for a place where it's not read."""
        return unmarked(self.paint(drawing).code)

    def paint_artifacts(self, elements: Iterable[Element], matrix: Matrix) -> Painted:
        """Elements as decoration, whatever their roles."""
        brush = _Brush(self.coding, self.set_colour)
        marks = [mark for element in elements for mark in element.marks()]
        if marks:
            brush.out.append(f"q {cm(matrix)}")
            brush.artifact(marks)
            brush.out.append("Q")
        return _painted(brush, [])


def _painted(brush: _Brush, nodes: list[Node]) -> Painted:
    code = "\n".join(line for line in brush.out if line).encode("latin-1")
    return Painted(code, tuple(nodes), frozenset(brush.letters))


_painters: WeakKeyDictionary[FontBook, Painter] = WeakKeyDictionary()


def painter_for(book: FontBook) -> Painter:
    """The one painter of a font book, so that documents made with it share their work."""
    if book not in _painters:
        _painters[book] = Painter(book)
    return _painters[book]

"""Drawings → content stream operators and a tree of what was drawn where.

What comes out depends on the Drawing and the fonts only, not on the document, so a face is
painted once and used on a page of its own and on every sheet.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from deckgen.colour import channels
from deckgen.design.fonts import FontBook
from deckgen.geometry import Matrix
from deckgen.model.drawing import Clip, Drawing, Element, Field, Link, Mark, Role, Shape, TextLine
from deckgen.model.picture import Picture
from deckgen.pdf.coding import Coding, Use
from deckgen.pdf.notation import fine, number, point
from deckgen.pdf.pictures import Pictures, ToInks
from deckgen.pdf.shapes import Shapes

_MARKED = (
    rb"(?m)^(/[A-Za-z0-9]+ <</(?:MCID \d+|Lang \([\w-]+\)|ActualText <\w+>)>> BDC"
    rb"|/(?:Artifact|ReversedChars) BMC|EMC)\n?"
)
_ACTIVE = (Field, Link)
_APART = (Element, *_ACTIVE)


class Node(Struct, frozen=True):
    """A structure element as painted; an int is a piece of marked content by its number."""

    element: Element
    kids: tuple[Node | int | Field | Link, ...]


class Painted(Struct, frozen=True):
    """A content stream (compressed), its structure, and what it needs: fonts, shapes, pictures."""

    packed: bytes
    nodes: tuple[Node, ...]
    uses: frozenset[Use]
    shapes: frozenset[str]
    pictures: frozenset[str]

    @property
    def code(self) -> bytes:
        """The operators."""
        return zlib.decompress(self.packed)


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


class _Brush:
    """Paints one content stream."""

    def __init__(self, painter: Painter) -> None:
        self.coding, self.set_colour = painter.coding, painter.set_colour
        self.shapes, self.pictures = painter.shapes, painter.pictures
        self.out: list[str] = []
        self.letters: dict[str, set[str]] = {}
        self.placed, self.shown = set[str](), set[str]()
        self.marked = 0

    def artifact(self, marks: Iterable[Mark]) -> None:
        """Marks that no reader needs."""
        self.out.append("/Artifact BMC")
        self._marks([m for m in marks if not isinstance(m, _ACTIVE)])
        self.out.append("EMC")

    def show(self, lines: Iterable[TextLine]) -> None:
        """Set lines, without marks of structure."""
        self._marks([*lines])

    def element(self, element: Element) -> tuple[Node, ...]:
        """The node of an element: marks that follow one another make one piece of marked content.

        There is none of an artifact.
        """
        if element.role is Role.ARTIFACT:
            self.artifact(element.marks())
            return ()
        kids: list[Node | int | Field | Link] = []
        waiting: list[Mark] = []
        for kid in element.kids:
            if not isinstance(kid, _APART):
                waiting.append(kid)
                continue
            kids += self._content(element.role, waiting)
            waiting = []
            kids += self.element(kid) if isinstance(kid, Element) else (kid,)
        return (Node(element, (*kids, *self._content(element.role, waiting))),)

    def _content(self, role: Role, marks: list[Mark]) -> Iterator[int]:
        if marks:
            self.out.append(f"/{role} <</MCID {self.marked}>> BDC")
            self._marks(marks)
            self.out.append("EMC")
            self.marked += 1
            yield self.marked - 1

    def _marks(self, marks: list[Mark]) -> None:
        for mark, after in zip(marks, (*marks[1:], None), strict=True):
            if isinstance(mark, TextLine):
                # Lines of one element are separate words even where nothing was wrapped.
                more = mark.wraps or isinstance(after, TextLine)
                self._line(mark, more and not mark.goes_on)
            elif isinstance(mark, Shape):
                self._shape(mark)
            elif isinstance(mark, Clip):
                rect = mark.rect
                box = map(point, (rect.x_pt, rect.y_pt, rect.width_pt, rect.height_pt))
                self.out.append(f"q {' '.join(box)} re W n")
                for inner in mark.shapes:
                    self._shape(inner)
                self.out.append("Q")
            elif isinstance(mark, Picture):
                code, name = self.pictures.place(mark)
                self.out.append(code)
                self.shown.add(name)

    def _shape(self, mark: Shape) -> None:
        """A path, painted. A stroke's settings end with it."""
        out, stroke, fill = self.out, mark.stroke, mark.fill
        if not (stroke or fill):
            return
        paint = "f" if not stroke else "B" if fill else "S"
        code, name = self.shapes.place(mark.path, paint, mark.width_pt if stroke else 0.0)
        if not stroke and fill:
            out += (self.set_colour(fill, "rg"), f"q {code} Q" if name else code)
        if stroke:
            out += ("q", self.set_colour(stroke, "RG"), f"{number(mark.width_pt)} w")
            if fill:
                out.append(self.set_colour(fill, "rg"))
            if mark.round_ends:
                out.append("1 J 1 j")
            if mark.dash_pt:
                out.append("[" + " ".join(map(number, mark.dash_pt)) + "] 0 d")
            out += (code, "Q")
        if name:
            self.placed.add(name)

    def _line(self, line: TextLine, space_after: bool) -> None:
        runs = [run for run in line.runs if run.text]
        if not runs:
            return
        space_after = space_after and not runs[-1].text.endswith(" ")
        args = runs, line.size_pt, space_after, self.letters, line.rtl, line.beside
        shown = self.coding.operators(*args)
        place = f"{point(line.x_pt)} {point(line.y_pt)} Td"
        self.out.append(f"BT\n{self.set_colour(line.colour, 'rg')}\n{place}\n{shown}\nET")


def unmarked(code: bytes) -> bytes:
    """A content stream without its marks of structure, for a place where it's not read."""
    return re.sub(_MARKED, b"", code)


class Painter:
    """Paints with one font book, and remembers what it has painted."""

    def __init__(
        self, book: FontBook, set_colour: SetColour = colour, to_inks: ToInks | None = None
    ) -> None:
        self.coding, self.shapes, self.set_colour = Coding(book), Shapes(), set_colour
        self.pictures = Pictures(to_inks)
        self._drawings: dict[int, tuple[Drawing, Painted]] = {}
        self._kept: dict[frozenset[Any], Any] = {}

    def paint(self, drawing: Drawing) -> Painted:
        """A Drawing's content, with marked content numbered from 0."""
        known = self._drawings.get(id(drawing))  # the value holds the Drawing, so ids stay true
        if known is None:
            brush = self._brush()
            nodes = [node for element in drawing.elements for node in brush.element(element)]
            known = self._drawings[id(drawing)] = drawing, self._painted(brush, nodes)
        return known[1]

    def forget(self) -> None:
        """Let go of all Drawings: for programs that go on after their documents."""
        self._drawings.clear()
        self.pictures.forget()

    def paint_artifacts(self, elements: Iterable[Element], matrix: Matrix) -> Painted:
        """Elements as decoration, whatever their roles."""
        brush = self._brush()
        marks = [mark for element in elements for mark in element.marks()]
        if marks:
            brush.out.append(f"q {cm(matrix)}")
            brush.artifact(marks)
            brush.out.append("Q")
        return self._painted(brush, [])

    def paint_lines(self, lines: Iterable[TextLine]) -> Painted:
        """Set lines alone, for a field to show."""
        brush = self._brush()
        brush.show(lines)
        return self._painted(brush, [])

    def _brush(self) -> _Brush:
        return _Brush(self)

    def _painted(self, brush: _Brush, nodes: list[Node]) -> Painted:
        code = "\n".join(brush.out).encode("latin-1")
        uses, shapes = self.coding.uses(brush.letters), frozenset(brush.placed)
        # Thousands of faces need the same few fonts and shapes.
        kept = self._kept.setdefault
        fonts, shapes = kept(uses, uses), kept(shapes, shapes)
        return Painted(zlib.compress(code, 9), tuple(nodes), fonts, shapes, frozenset(brush.shown))


_painters: WeakKeyDictionary[FontBook, Painter] = WeakKeyDictionary()


def painter_for(book: FontBook) -> Painter:
    """The one painter of a font book, so that documents made with it share their work."""
    if book not in _painters:
        _painters[book] = Painter(book)
    return _painters[book]

"""A Drawing: one page or card face, as marks in reading order, each with its role.

Everything after layout reads Drawings and nothing else: sheets, reading file,
workbook, tags, previews. Coordinates are points from the lower left corner of the trim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from deckgen.geometry import Rect, Size
from deckgen.model.picture import Picture


class Role(StrEnum):
    """What an element is; values are the standard structure types of ISO 32000-1, 14.8.4."""

    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    P = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"
    FORM = "Form"
    LINK = "Link"
    QUOTE = "BlockQuote"
    ARTIFACT = "Artifact"


class TextRun(Struct, frozen=True, gc=False):
    """Text in one face; `face` is a name the font book knows, such as "bold".

    `language` is a code such as "cy" where it is not the document's.
    """

    text: str
    face: str
    language: str = ""


class TextLine(Struct, frozen=True, gc=False):
    """One set line, left end of the baseline at (x, y). `wraps`: a word space follows.

    The letters are in the order in which they are read. `rtl` says whether the paragraph runs
    from right to left; None leaves it to its first letter. If a line `goes_on`, what follows it
    belongs to the same word. `beside` is what the paragraph says before the line and behind it,
    where that decides which way the line's signs run.
    """

    x_pt: float
    y_pt: float
    size_pt: float
    colour: str
    runs: tuple[TextRun, ...]
    wraps: bool = False
    rtl: bool | None = None
    goes_on: bool = False
    beside: tuple[str, str] = ("", "")


# A path is a flat tuple of operators and coordinates, as PDF writes it:
# ("m", x, y) ("l", x, y) ("c", x1, y1, x2, y2, x3, y3) ("h",)
# and ("re", x, y, width, height) in what is made of many rectangles, and moved by nobody.
Segment = tuple[str | float, ...]


class Shape(Struct, frozen=True, gc=False):
    """A path, filled or stroked or both, in #RRGGBB colours."""

    path: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    width_pt: float = 0.0
    round_ends: bool = False
    dash_pt: tuple[float, ...] = ()


class Clip(Struct, frozen=True, gc=False):
    """Shapes that show only inside a rectangle."""

    rect: Rect
    shapes: tuple[Shape, ...]


class FieldKind(StrEnum):
    """The widgets a workbook has."""

    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"
    CHECK = "check"
    RADIO = "radio"


class Field(Struct, frozen=True, gc=False):
    """A form field's widget.

    `name` is the full dotted name. Radio buttons of a group share it and differ in `value`.
    LINES fields print writing lines `pitch_pt` apart while they are empty. An answer that is
    there from the start is the `value` (of a radio button: `chosen`); `shown` is how it is set
    on the page. If it `shrinks`, a viewer makes the letters of a long answer smaller.
    """

    kind: FieldKind
    name: str
    tooltip: str
    rect: Rect
    size_pt: float = 13.0
    pitch_pt: float = 0.0
    options: tuple[str, ...] = ()
    value: str = ""
    chosen: bool = False
    shown: tuple[TextLine, ...] = ()
    shrinks: bool = True


class Link(Struct, frozen=True, gc=False):
    """A clickable area. `target` is a URL, or "#" and a Drawing's name."""

    rect: Rect
    target: str
    contents: str


Mark = TextLine | Shape | Clip | Field | Link | Picture


class Element(Struct, frozen=True, gc=False):
    """A node of the structure: its role, and what it holds in reading order.

    A `stamp` belongs to an edition's mark and is no part of the look.
    """

    role: Role
    kids: tuple[Element | Mark, ...]
    alt: str = ""
    scope: str = ""
    language: str = ""
    stamp: bool = False

    def marks(self) -> Iterator[Mark]:
        """Every mark inside, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            else:
                yield kid


class Group(Struct, frozen=True, gc=False):
    """A section of the document that Drawings share: same key, same structure element."""

    key: str
    title: str


class Bookmark(Struct, frozen=True, gc=False):
    """An entry of the outline, at a depth (0 is the top)."""

    title: str
    depth: int


class Drawing(Struct, frozen=True, gc=False):
    """A page or a card face: trim size, bleed around it, and what is on it."""

    name: str
    label: str
    size: Size
    bleed_pt: float
    elements: tuple[Element, ...]
    groups: tuple[Group, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()

    def marks(self) -> Iterator[Mark]:
        """Every mark in reading order."""
        for element in self.elements:
            yield from element.marks()

    def lines(self) -> list[TextLine]:
        """Every set line in reading order."""
        found: list[TextLine] = []
        _gather(self.elements, found)
        return found


def _gather(kids: Iterable[Element | Mark], found: list[TextLine]) -> None:
    for kid in kids:
        if isinstance(kid, TextLine):
            found.append(kid)
        elif isinstance(kid, Element):
            _gather(kid.kids, found)

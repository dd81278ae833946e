"""Cells of words and pictures in columns that flow from page to page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from unicodedata import category

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.geometry import Rect
from deckgen.layout.setting.lines import Type
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.setting.shapes import circle, figure, filled, line, stroked
from deckgen.model.drawing import Element, Mark, Role, Shape, TextLine
from deckgen.model.picture import Picture, PictureFile
from deckgen.model.text import Run, Text
from deckgen.pictures.kinds import PNG
from deckgen.reporting.document import Cell, Cut, Para, Strip

PARAGRAPH_GAP_PT = 3.0
_STRIP_PT, _DOT_PT, _RING_PT = 20.0, 5.2, 4.4
_CUT_PPI, _CUT_MOST_PT = 150.0, 260.0
WHOLE = 0.4  # of a page: a row that is lower goes on to the next page whole

Draw = Callable[[float, float], Mark | Element]  # from its left end and its top, in points


class Atom(Struct, frozen=True):
    """A line or a picture: what no page's end divides. Lines of one `paragraph` are one element.

    `above` is the room before it, if something stands there.
    """

    height_pt: float
    paragraph: int
    draw: Draw
    above: float = 0.0


Atoms = Sequence[Atom]


def cell_type(page: Page, *, quiet: bool = False) -> Type:
    """The type of words in cells."""
    small = page.type("small")
    return small if quiet else replace(small, colour=page.colour("ink"))


def atoms_of(page: Page, cell: Cell, width_pt: float) -> list[Atom]:
    """What a cell holds, set in a column of a width."""
    made: list[Atom] = []
    for number, part in enumerate(cell):
        above = PARAGRAPH_GAP_PT if made else 0.0
        if isinstance(part, Para):
            atoms = _lines(page, part, width_pt, number)
        elif isinstance(part, Cut):
            atoms = [_cutting(part, width_pt, number)]
        else:
            atoms = [_strip(page, part, width_pt, number)]
        made += [replace(atom, above=above * (not n)) for n, atom in enumerate(atoms)]
    return made


def _lines(page: Page, para: Para, width_pt: float, number: int) -> list[Atom]:
    look = cell_type(page, quiet=para.quiet)
    text = breakable(page, para.text, look, width_pt)
    lines = page.setter.column(text, look, 0.0, 0.0, width_pt)
    drop = ascent_pt(look)
    return [Atom(look.leading_pt, number, _placed(one, drop)) for one in lines]


def breakable(page: Page, text: Text, look: Type, width_pt: float) -> Text:
    """A text whose words may be broken where a column ends, if one is too long for it."""
    setter, book = page.setter, page.setter.book
    lines = setter.lines(text, look, width_pt)
    if all(book.width_pt(line, look.size_pt) <= width_pt + 0.01 for line in lines):
        return text
    most_em = width_pt / look.size_pt

    def cut(run: Run) -> Run:
        face = look.strong_face if run.strong else look.face
        words = [_cut(word, face, book, most_em) for word in run.text.split(" ")]
        return replace(run, text=" ".join(words))

    return tuple(map(cut, text))


def _cut(word: str, face: str, book: FontBook, most_em: float) -> str:
    """A word with a sign at which a line may end wherever a column is full; marks keep letters."""
    pieces = list[str]()
    while book.width_em(book.drawable(word, face), face) > most_em:
        few, many = 1, len(word)
        while many - few > 1:
            middle = (few + many) // 2
            wide = book.width_em(book.drawable(word[:middle], face), face) > most_em
            few, many = (few, middle) if wide else (middle, many)
        while few > 1 and category(word[few])[0] in "MC":
            few -= 1
        pieces.append(word[:few])
        word = word[few:]
    return "\u200b".join([*pieces, word])


def _placed(mark: TextLine, drop_pt: float) -> Draw:
    return lambda x, top: replace(mark, x_pt=mark.x_pt + x, y_pt=top - drop_pt)


def _cutting(cut: Cut, width_pt: float, number: int) -> Atom:
    """A cutting as large as it was on paper, if there is room."""
    width, height = (dots * 72 / _CUT_PPI for dots in cut.size)
    scale = min(1.0, width_pt / width, _CUT_MOST_PT / height)
    width, height = max(1.0, width * scale), max(1.0, height * scale)
    file = PictureFile("handwriting.png", PNG, cut.size, cut.png)

    def draw(x: float, top: float) -> Element:
        frame = Rect(x, top - 2 - height, width, height)
        return figure((Picture(file, frame),), cut.alt)

    return Atom(height + 4, number, draw)


def _strip(page: Page, strip: Strip, width_pt: float, number: int) -> Atom:
    """Steps as small rings on a line; the oldest mark as a ring, the newest as a dot."""
    inset = _DOT_PT + 3
    step = (width_pt - 2 * inset) / max(1, strip.steps - 1)
    rule, ink, teal = page.colour("hair"), page.colour("rule"), page.colour("teal")

    def draw(x: float, top: float) -> Element:
        y = top - _STRIP_PT / 2

        def at(mark: int) -> float:
            return page.setter.mirror(x + inset + mark * step, 0.0, x, width_pt)

        marks: list[Shape] = [stroked(line(at(0), y, at(strip.steps - 1), y), rule, 1.2)]
        for mark in range(strip.steps):
            marks.append(
                Shape(circle(at(mark), y, 2.4), fill=page.colour("white"), stroke=ink, width_pt=1.0)
            )
        old, new = strip.marks[0], strip.marks[-1]
        if len(strip.marks) > 1:
            if old != new:
                marks.append(stroked(line(at(old), y, at(new), y), teal, 2.4))
            for between in strip.marks[1:-1]:
                marks.append(filled(circle(at(between), y, 2.8), teal))
            radius = _RING_PT if old != new else _DOT_PT + 2.4
            marks.append(
                Shape(
                    circle(at(old), y, radius), fill=page.colour("white"), stroke=teal, width_pt=1.8
                )
            )
        marks.append(filled(circle(at(new), y, _DOT_PT), teal))
        return figure(marks, strip.alt)

    return Atom(_STRIP_PT, number, draw)


def height_of(atoms: Atoms) -> float:
    """The height that atoms take one below the other."""
    return sum(atom.height_pt + atom.above * (n > 0) for n, atom in enumerate(atoms))


def fitting(atoms: Atoms, room_pt: float) -> int:
    """How many of them fit into a height."""
    used = 0.0
    for number, atom in enumerate(atoms):
        used += atom.height_pt + atom.above * (number > 0)
        if used > room_pt + 0.01:
            return number
    return len(atoms)


def drawn(atoms: Atoms, x_pt: float, top_pt: float) -> tuple[Element, ...]:
    """Atoms in their places: a paragraph an element."""
    made: list[Element] = []
    lines: list[Mark] = []
    paragraph, y = -1, top_pt
    for number, atom in enumerate(atoms):
        y -= atom.above * (number > 0)
        mark = atom.draw(x_pt, y)
        y -= atom.height_pt
        if lines and (isinstance(mark, Element) or atom.paragraph != paragraph):
            made.append(Element(Role.P, tuple(lines)))
            lines = []
        if isinstance(mark, Element):
            made.append(mark)
        else:
            lines.append(mark)
        paragraph = atom.paragraph
    if lines:
        made.append(Element(Role.P, tuple(lines)))
    return tuple(made)


class Sheet:
    """What stands on one page of something that flows: begun on each page anew."""

    def begin(self) -> None:
        """Draw what each page begins with."""

    def add(self, row: Sequence[Atoms], height_pt: float) -> None:
        """Draw a row of cells from the present height down, and move below it."""

    def finish(self) -> None:
        """Draw what goes around all rows of the page."""


def flow(page: Page, sheet: Sheet, rows: Iterable[Sequence[Atoms]], pad_pt: float) -> None:
    """Set rows of cells on as many pages as they take. A low row is never divided."""
    sheet.begin()
    most = page.size.height_pt * WHOLE
    for row in rows:
        left = [list(cell) for cell in row]
        while True:
            height = max((height_of(cell) for cell in left), default=0.0) + 2 * pad_pt
            if height <= page.room + 0.01:
                sheet.add(left, height)
                break
            least = max(cell[0].height_pt for cell in left if cell) + 2 * pad_pt
            fresh = page.start - page.y < most / 4
            if (height <= most or page.room < 3 * least) and not fresh:
                _turned(page, sheet)
                continue
            counts = [fitting(cell, page.room - 2 * pad_pt) for cell in left]
            if not any(counts):  # higher than a page by itself
                counts = [min(1, len(cell)) for cell in left]
            taken = [cell[:count] for cell, count in zip(left, counts, strict=True)]
            sheet.add(taken, max(map(height_of, taken)) + 2 * pad_pt)
            left = [cell[count:] for cell, count in zip(left, counts, strict=True)]
            _turned(page, sheet)
    sheet.finish()


def _turned(page: Page, sheet: Sheet) -> None:
    sheet.finish()
    page.turn()
    sheet.begin()

"""Marks in the waste: where to cut, which sheet this is, and whether it prints at full size.

Nothing here touches a card: marks keep at least a millimetre off the cut lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from deckgen.design.fonts import FontBook
from deckgen.design.stock import MARK_OFF_MM, Stock
from deckgen.geometry import Matrix, mm
from deckgen.layout.setting.shapes import line, mapped
from deckgen.model.drawing import Element, Role, Segment, Shape, TextLine, TextRun
from deckgen.model.text import Text, Worded, word
from deckgen.wording.say import SAY_ENGLISH, Wording, listed, spoken

_LENGTH_MM, _SHORTEST_MM = 2.0, 1.0
_HAIR_PT, _AROUND_PT = 0.35, 1.4  # a crop mark, and the white that it has on colour
_SLUG_PT = 7.0
_CLEAR_PT = 4.0  # between a word and a mark
_INK, _PAPER = "#000000", "#FFFFFF"
_TURN_TEXTS = {
    "long": word("Turn the paper on its long edge"),
    "short": word("Turn the paper on its short edge"),
    "single": word("Fronts first, then backs on the same paper"),
    "fold": word("Fold on the broken line, glue, cut"),
}
_SHEETS = {
    "both": word("Sheet {number} of {count}"),
    "front": word("Sheet {number} of {count} · front"),
    "back": word("Sheet {number} of {count} · back"),
}
RULER_MM = 100.0


class SlugLine(Struct, frozen=True):
    """What the line of sheet data says."""

    number: int
    total: int
    side: str
    edition: Worded
    codes: Worded
    turn: str
    printer: str = ""
    say: Wording = SAY_ENGLISH

    @property
    def text(self) -> Text:
        sheet = self.say(_SHEETS[self.side], number=self.number, count=self.total)
        printer = [self.say("for {printer}", printer=self.printer)] * bool(self.printer)
        return listed((sheet, self.edition, self.codes, *printer), " · ")

    @property
    def turn_text(self) -> Text:
        return self.say(_TURN_TEXTS[self.turn])


def cut_lines_mm(stock: Stock, *, mirrored: bool) -> tuple[list[float], list[float]]:
    """Where to cut: x from the left and y from the bottom of the sheet, in millimetres."""
    grid, card, sheet = stock.grid, stock.card, stock.sheet
    lefts = [grid.left + c * (card.width + grid.gutter_x) for c in range(grid.columns)]
    xs = sorted(x for left in lefts for x in (left, left + card.width))
    if mirrored:
        xs = sorted(sheet.width - x for x in xs)
    tops = [grid.top + r * (card.height + grid.gutter_y) for r in range(grid.rows)]
    ys = sorted(sheet.height - y for top in tops for y in (top, top + card.height))
    return xs, ys


def sheet_marks(
    stock: Stock, slug: SlugLine, book: FontBook, *, mirrored: bool, folded: bool = False
) -> tuple[Element, ...]:
    """All marks of one side, the sheet's top upwards; `mirrored` on backs.

    A sheet to be folded has a broken line. One that is perforated has no marks to cut at.
    """
    shapes = _shapes(stock, slug.turn, mirrored, folded)
    return (Element(Role.ARTIFACT, (*shapes, *_slug_texts(stock, slug, book, mirrored))),)


@lru_cache  # all sheets have the same
def _shapes(stock: Stock, turn: str, mirrored: bool, folded: bool) -> tuple[Shape, ...]:
    crops = () if stock.perforated else _crop_marks(stock, mirrored)
    return (*_ruler(stock), *crops, *(_fold_line(stock) if folded else _turn_arrow(stock, turn)))


def _crop_marks(stock: Stock, mirrored: bool) -> Iterator[Shape]:
    """At both ends of each cut, as long as the printer's margin lets them be."""
    xs, ys = cut_lines_mm(stock, mirrored=mirrored)
    right_mm, above_mm = stock.sheet.width - xs[-1], stock.sheet.height - ys[-1]
    for x in dict.fromkeys(round(x, 4) for x in xs):  # cards that touch share a cut
        for cut, way, waste_mm in ((ys[0], -1, ys[0]), (ys[-1], 1, above_mm)):
            start, end = _reach(stock, waste_mm)
            yield from _crop_mark(stock, start, (x, cut + way * start, x, cut + way * end))
    for y in dict.fromkeys(round(y, 4) for y in ys):
        for cut, way, waste_mm in ((xs[0], -1, xs[0]), (xs[-1], 1, right_mm)):
            start, end = _reach(stock, waste_mm)
            yield from _crop_mark(stock, start, (cut + way * start, y, cut + way * end, y))


def _crop_mark(
    stock: Stock, start_mm: float, ends_mm: tuple[float, float, float, float]
) -> Iterator[Shape]:
    """A mark that begins so far from its cut; on colour it has white about it."""
    if start_mm < stock.grid.bleed:
        yield _hair(*ends_mm, ink=_PAPER, width_pt=_AROUND_PT)
    yield _hair(*ends_mm)


def _reach(stock: Stock, waste_mm: float) -> tuple[float, float]:
    """From where to where a crop mark runs, from the cut outwards, in so much waste.

    It begins where colour ends, as it would be lost on a dark one; nearer to the cut, on white of
    its own, only if it would be too short in the printer's reach.
    """
    room = waste_mm - stock.printer_margin
    start = max(MARK_OFF_MM, stock.grid.bleed)
    if room - start < _SHORTEST_MM:
        start = MARK_OFF_MM
    return start, min(start + _LENGTH_MM, room)


def _hair(
    x0_mm: float,
    y0_mm: float,
    x1_mm: float,
    y1_mm: float,
    ink: str = _INK,
    width_pt: float = _HAIR_PT,
) -> Shape:
    path = line(mm(x0_mm), mm(y0_mm), mm(x1_mm), mm(y1_mm))
    return Shape(path, stroke=ink, width_pt=width_pt)


def _fold_line(stock: Stock) -> Iterator[Shape]:
    """A broken line between the halves; nothing of it is left on a card."""
    axis, at_mm = stock.fold
    edge = stock.printer_margin
    if axis == "vertical":
        x = mm(at_mm)
        ends = (x, mm(edge), x, mm(stock.sheet.height - stock.grid.top + 0.5))
    else:
        y = mm(stock.sheet.height - at_mm)
        ends = (mm(edge), y, mm(stock.sheet.width - edge), y)
    yield Shape(line(*ends), stroke=_INK, width_pt=0.6, dash_pt=(4.0, 3.0))


def _ruler(stock: Stock) -> Iterator[Shape]:
    """A hundred millimetres, to see whether the printer kept the size."""
    left, base = stock.grid.left, _ruler_base_mm(stock)
    yield _hair(left, base, left + RULER_MM, base)
    for tick in range(0, int(RULER_MM) + 1, 5):
        yield _hair(left + tick, base, left + tick, base + (0.7 if tick % 10 else 1.2))


def _ruler_base_mm(stock: Stock) -> float:
    return stock.sheet.height - stock.printer_margin - 1.3


def _slug_base_mm(stock: Stock) -> float:
    return stock.sheet.height - stock.grid.top + max(stock.grid.bleed, MARK_OFF_MM) + 0.5


def _slug_texts(stock: Stock, slug: SlugLine, book: FontBook, mirrored: bool) -> Iterator[TextLine]:
    left, base = stock.grid.left, _slug_base_mm(stock)
    end = mm(stock.sheet.width - stock.grid.left - 6)
    turn, tongue = spoken(slug.turn_text)
    turn_width = book.width_em(turn, "medium") * _SLUG_PT
    limit = end - turn_width - mm(4)
    avoided = [] if stock.perforated else [mm(x) for x in cut_lines_mm(stock, mirrored=mirrored)[0]]
    # Words with their widths in points, the space after them included.
    told, language = spoken(slug.text)
    words = [(w, book.width_em(w + " ", "medium") * _SLUG_PT) for w in told.split(" ")]
    for x, text in _around(words, mm(left + 2), limit, avoided):
        yield _text(text, x, mm(base), language)
    note, spoken_in = spoken(slug.say("{length} mm at actual size", length=round(RULER_MM)))
    yield _text(note, mm(left + RULER_MM + 2), mm(_ruler_base_mm(stock) - 0.5), spoken_in)
    yield _text(turn, end - turn_width, mm(base), tongue)


def _around(
    words: list[tuple[str, float]], x_pt: float, limit_pt: float, avoided: list[float]
) -> Iterator[tuple[float, str]]:
    """Words in pieces that leave room for the marks between them; what is too much ends in …

    Many cards on a sheet and a printer's long name make a long line.
    """
    start, here, piece = x_pt, x_pt, list[str]()
    for each, width in words:
        after = here
        for mark in avoided:
            if after - _CLEAR_PT < mark < after + width:
                after = mark + _CLEAR_PT
        if after + width > limit_pt:
            piece = [*piece[:-1], piece[-1].rstrip(",·") + "…"] if piece else []
            break
        if after > here:
            if piece:
                yield start, " ".join(piece)
            start, piece = after, []
        here = after + width
        piece.append(each)
    if piece:
        yield start, " ".join(piece)


def _text(text: str, x_pt: float, y_pt: float, language: str) -> TextLine:
    return TextLine(x_pt, y_pt, _SLUG_PT, _INK, (TextRun(text, "medium", language),))


def _turn_arrow(stock: Stock, turn: str) -> Iterator[Shape]:
    """A bent arrow: over the sheet's upright axis for long edge, over the level one for short."""
    x = mm(stock.sheet.width - stock.grid.left - 4.6)
    y = mm(_slug_base_mm(stock))
    bend: tuple[Segment, ...] = (("m", 0, 0), ("c", 0, 5, 7, 5, 7, 0.6))
    head: tuple[Segment, ...] = (("m", 5.0, 2.4), ("l", 7, 0.2), ("l", 9.0, 2.4))
    place = Matrix(e=x, f=y)
    if turn == "short":  # it lies on its side
        place = Matrix(0, -0.75, 0.75, 0, x + 1, y + 6)
    for path in (bend, head):
        yield Shape(mapped(path, place), stroke=_INK, width_pt=0.8, round_ends=True)

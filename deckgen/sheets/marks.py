"""Marks in the waste: where to cut, which sheet this is, and whether it prints at full size.

Nothing here touches a card: marks keep a millimetre off the cut lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.design.fonts import FontBook
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, mm
from deckgen.model.drawing import Element, Role, Segment, Shape, TextLine, TextRun

_OFF_MM = 1.0  # gap between a cut line's end and its crop mark
_LENGTH_MM = 2.0
_HAIR_PT = 0.35
_SLUG_PT = 7.0
_INK = "#000000"
_TURN_TEXTS = {
    "single": "Fronts first, then backs on the same paper",
    "fold": "Fold on the broken line, glue, cut",
}
RULER_MM = 100.0


@dataclass(frozen=True, slots=True)
class SlugLine:
    """What the line of sheet data says."""

    number: int
    total: int
    side: str
    edition: str
    codes: str
    turn: str
    printer: str = ""

    @property
    def text(self) -> str:
        side = "" if self.side == "both" else f" · {self.side}"
        printer = f" · for {self.printer}" * bool(self.printer)
        return f"Sheet {self.number} of {self.total}{side} · {self.edition} · {self.codes}{printer}"

    @property
    def turn_text(self) -> str:
        return _TURN_TEXTS.get(self.turn, f"Turn the paper on its {self.turn} edge")


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
    shapes = list(_ruler(stock))
    shapes += [] if stock.perforated else _crop_marks(stock, mirrored)
    shapes += _fold_line(stock) if folded else _turn_arrow(stock, slug)
    return (Element(Role.ARTIFACT, (*shapes, *_slug_texts(stock, slug, book))),)


def _crop_marks(stock: Stock, mirrored: bool) -> Iterator[Shape]:
    """At both ends of each cut, as long as the printer's margin lets them be."""
    xs, ys = cut_lines_mm(stock, mirrored=mirrored)
    edge, sheet = stock.printer_margin, stock.sheet
    low, high = ys[0] - _OFF_MM, ys[-1] + _OFF_MM
    left, right = xs[0] - _OFF_MM, xs[-1] + _OFF_MM
    for x in dict.fromkeys(round(x, 4) for x in xs):  # cards that touch share a cut
        yield _hair(x, low, x, max(low - _LENGTH_MM, edge))
        yield _hair(x, high, x, min(high + _LENGTH_MM, sheet.height - edge))
    for y in dict.fromkeys(round(y, 4) for y in ys):
        yield _hair(left, y, max(left - _LENGTH_MM, edge), y)
        yield _hair(right, y, min(right + _LENGTH_MM, sheet.width - edge), y)


def _hair(x0_mm: float, y0_mm: float, x1_mm: float, y1_mm: float) -> Shape:
    path: tuple[Segment, ...] = (("m", mm(x0_mm), mm(y0_mm)), ("l", mm(x1_mm), mm(y1_mm)))
    return Shape(path, stroke=_INK, width_pt=_HAIR_PT)


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
    path: tuple[Segment, ...] = (("m", *ends[:2]), ("l", *ends[2:]))
    yield Shape(path, stroke=_INK, width_pt=0.6, dash_pt=(4.0, 3.0))


def _ruler(stock: Stock) -> Iterator[Shape]:
    """A hundred millimetres, to see whether the printer kept the size."""
    left, base = stock.grid.left, _ruler_base_mm(stock)
    yield _hair(left, base, left + RULER_MM, base)
    for tick in range(0, int(RULER_MM) + 1, 5):
        yield _hair(left + tick, base, left + tick, base + (0.7 if tick % 10 else 1.2))


def _ruler_base_mm(stock: Stock) -> float:
    return stock.sheet.height - stock.printer_margin - 1.3


def _slug_base_mm(stock: Stock) -> float:
    return stock.sheet.height - stock.grid.top + max(stock.grid.bleed, _OFF_MM) + 0.5


def _slug_texts(stock: Stock, slug: SlugLine, book: FontBook) -> Iterator[TextLine]:
    left, base = stock.grid.left, _slug_base_mm(stock)
    room = (
        mm(stock.sheet.width - 2 * left - 12) - book.width_em(slug.turn_text, "medium") * _SLUG_PT
    )
    yield _line(_fitted(slug.text, room, book), left + 2, base)
    note = f"{RULER_MM:.0f} mm at actual size"
    yield _line(note, left + RULER_MM + 2, _ruler_base_mm(stock) - 0.5)
    end = mm(stock.sheet.width - stock.grid.left - 6)
    width = book.width_em(slug.turn_text, "medium") * _SLUG_PT
    yield TextLine(end - width, mm(base), _SLUG_PT, _INK, (TextRun(slug.turn_text, "medium"),))


def _fitted(text: str, room_pt: float, book: FontBook) -> str:
    """The text, shortened if many cards or a printer's long name leave no room for it."""
    if book.width_em(text, "medium") * _SLUG_PT <= room_pt:
        return text
    while text and book.width_em(text + "…", "medium") * _SLUG_PT > room_pt:
        text = text[:-1]
    return text.rstrip(" ,·") + "…"


def _line(text: str, x_mm: float, y_mm: float) -> TextLine:
    return TextLine(mm(x_mm), mm(y_mm), _SLUG_PT, _INK, (TextRun(text, "medium"),))


def _turn_arrow(stock: Stock, slug: SlugLine) -> Iterator[Shape]:
    """A bent arrow: over the sheet's upright axis for long edge, over the level one for short."""
    x = mm(stock.sheet.width - stock.grid.left - 4.6)
    y = mm(_slug_base_mm(stock))
    bend: tuple[Segment, ...] = (("m", 0, 0), ("c", 0, 5, 7, 5, 7, 0.6))
    head: tuple[Segment, ...] = (("m", 5.0, 2.4), ("l", 7, 0.2), ("l", 9.0, 2.4))
    for path in (bend, head):
        yield Shape(_placed(path, x, y, slug.turn), stroke=_INK, width_pt=0.8, round_ends=True)


def _placed(path: tuple[Segment, ...], x_pt: float, y_pt: float, turn: str) -> tuple[Segment, ...]:
    """The path at (x, y); for a short-edge turn it lies on its side."""
    place = Matrix(e=x_pt, f=y_pt)
    if turn == "short":
        place = Matrix(0, -0.75, 0.75, 0, x_pt + 1, y_pt + 6)
    return tuple(
        (s[0], *(v for i in range(1, len(s), 2) for v in place.apply(s[i], s[i + 1])))  # type: ignore[arg-type]
        for s in path
    )

"""The workbook's cover, and its picture."""

from __future__ import annotations

from deckgen.design.load import Design
from deckgen.geometry import Matrix, Rect, Size
from deckgen.layout.faces.tiles import mosaic, tile_shapes
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.shapes import filled, rectangle
from deckgen.layout.workbooks.spot import labelled_line
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.deck import Section
from deckgen.model.drawing import Bookmark, Drawing, Role, Shape
from deckgen.model.text import words

_COVER_COLUMNS, _COVER_ROWS = 6, 5
_BELOW_ART_PT = 26.0
_LABEL_SHARE = 0.6  # of a line; a longer label stands above it


def cover_art(
    design: Design, sections: tuple[Section, ...], seed: str, size: Size, rows: int
) -> tuple[Shape, ...]:
    """The cover's mosaic in the colours of all sections; bigger sections show more often."""
    keys = tuple(s.palette for s in sections)
    weights = tuple(2.0 + s.count**0.6 for s in sections)
    side = size.width_pt / _COVER_COLUMNS
    grid = Matrix(f=size.height_pt - rows * side)
    grounds: list[Shape] = []
    marks: list[Shape] = []
    for key, tile in mosaic(seed, rows, _COVER_COLUMNS, keys, weights):
        palette = design.palettes.sections[key]
        if design.ink_saver:
            marks += tile_shapes(tile, side, grid, palette.srgb("mid"), outline=True)
            continue
        row, column = tile.cell
        cell = Rect(column * side - 0.1, grid.f + row * side, side + 0.2, side + 0.2)
        grounds.append(filled(rectangle(cell), palette.srgb("band")))
        tones = (*(t.srgb for t in palette.tiles), palette.srgb("count"))
        marks += tile_shapes(tile, side, grid, tones[tile.tone], outline=False)
    return (*grounds, *marks)


def begin_cover(page: Page, sections: tuple[Section, ...], seed: str, words_pt: float) -> None:
    """Draw the picture as far down as the words below it, so many points high, allow."""
    side = page.size.width_pt / _COVER_COLUMNS
    room = page.size.height_pt - _BELOW_ART_PT - words_pt - page.floor
    rows = max(1, min(_COVER_ROWS, int((room + 0.01) // side)))
    page.decorate(*cover_art(page.design, sections, seed, page.size, rows))
    page.y = page.size.height_pt - rows * side - _BELOW_ART_PT


def cover_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """Picture, title, for whom, and lines for the owner's name."""
    page, book = pages.new(), pages.workbook
    row, labels = page.grown(34), book.cover_fields
    wide = 4 + max((page.label_width(label) for label in labels), default=0.0)
    beside = wide <= page.width * _LABEL_SHARE
    each = row if beside else row + page.type("label").leading_pt
    height = page.height_of(book.title, "display") + page.height_of(book.subtitle, "subtitle")
    begin_cover(page, pages.deck.sections, "workbook", height + 26 + each * len(labels) - 8)
    page.text(book.title, "display", Role.H1)
    page.drop(4)
    if book.subtitle:
        page.text(book.subtitle, "subtitle")
    page.drop(22)
    for name, label in zip(book.cover_ids, labels, strict=True):
        page.need(page.grown(26))
        said = pages.spoken(pages.say("Cover: {label}", label=words(label)))
        labelled_line(page, label, f"cover.{name}", said, page.width, wide if beside else 0)
        page.drop(row)
    page.y += 8
    return pages.close(page, "cover", book.title, book.place, Bookmark(book.title, 0))

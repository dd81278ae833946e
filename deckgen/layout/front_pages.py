"""The workbook's first pages: cover, how to use it, the three time frames."""

from __future__ import annotations

from deckgen.colour import mix
from deckgen.design.load import Design
from deckgen.geometry import Matrix, Rect, Size
from deckgen.layout.icon import icon_shapes
from deckgen.layout.page import Page, ascent_pt, frame_disc, numbered_steps
from deckgen.layout.shapes import filled, rectangle, rounded, stroked
from deckgen.layout.tiles import mosaic, tile_shapes
from deckgen.layout.workbook_page import WorkbookPages, group_of
from deckgen.model.deck import Section
from deckgen.model.drawing import (
    Bookmark,
    Drawing,
    Element,
    Link,
    Role,
    Shape,
    TextLine,
)
from deckgen.model.workbook import TimeFrame

_COVER_COLUMNS, _COVER_ROWS = 6, 5


def cover_art(
    design: Design, sections: tuple[Section, ...], seed: str, size: Size
) -> tuple[Shape, ...]:
    """The cover's mosaic in the colours of all sections; bigger sections show more often."""
    keys = tuple(s.palette for s in sections)
    weights = tuple(2.0 + s.count**0.6 for s in sections)
    side = size.width_pt / _COVER_COLUMNS
    grid = Matrix(f=size.height_pt - _COVER_ROWS * side)
    grounds: list[Shape] = []
    marks: list[Shape] = []
    for key, tile in mosaic(seed, _COVER_ROWS, _COVER_COLUMNS, keys, weights):
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


def art_height_pt(size: Size) -> float:
    """How far the cover's picture reaches down."""
    return _COVER_ROWS * size.width_pt / _COVER_COLUMNS


def cover_page(pages: WorkbookPages) -> Drawing:
    """Picture, title, for whom, and lines for the owner's name."""
    page, book = pages.new(), pages.workbook
    page.decorate(*cover_art(page.design, pages.deck.sections, "workbook", page.size))
    page.y = page.size.height_pt - art_height_pt(page.size) - 26
    page.text(book.title, "display", Role.H1)
    page.drop(4)
    page.text(book.subtitle, "subtitle")
    page.drop(22)
    label_width = 16 + max(
        page.setter.width_pt(label, page.type("label")) for label in book.cover_fields
    )
    for number, label in enumerate(book.cover_fields, start=1):
        name = f"cover.{number}"
        page.line_field(label, name, f"Cover: {label}", page.left, page.width, label_width)
        page.drop(34)
    page.footer(pages.deck.edition.label, "", f"Use with the {len(pages.deck.cards)} cards")
    return pages.close(page, "cover", (group_of(book.title),), Bookmark(book.title, 0))


def how_to_page(pages: WorkbookPages) -> Drawing:
    """Steps, the colours of the cards, on screen or on paper."""
    page, how = pages.new(), pages.workbook.how_to
    page.text(how.title, "h1", Role.H2)
    page.drop(6)
    page.text(how.lead, "lead", width=430)
    page.drop(22)
    numbered_steps(page, how.steps)
    page.drop(14)
    page.text("The colours of the cards", "h2", Role.H3)
    page.drop(10)
    _colours(page, pages.deck.sections)
    page.drop(26)
    page.text(how.notes.title, "h2", Role.H3)
    page.drop(8)
    page.points(how.notes.points)
    pages.check_room(page, how.title, pages.workbook.place)
    return pages.close(page, "how-to", (group_of(how.title),), Bookmark(how.title, 1))


def _colours(page: Page, sections: tuple[Section, ...]) -> None:
    """A tile a section: icon, codes and name, in two columns."""
    column, height, gap = (page.width - 12) / 2, 46.0, 12.0
    items = []
    for i, section in enumerate(sections):
        box = Rect(
            page.left + i % 2 * (column + gap),
            page.y - height - i // 2 * (height + gap),
            column,
            height,
        )
        items.append(_colour_tile(page, section, box))
    page.add(Element(Role.LIST, tuple(items)))
    rows = -(-len(sections) // 2)
    page.y -= rows * height + (rows - 1) * gap


def _colour_tile(page: Page, section: Section, box: Rect) -> Element:
    palette = page.design.palettes.sections[section.palette]
    saver = page.design.ink_saver
    ink = palette.srgb("deep" if saver else "on_band")
    path = rounded(box, 7)
    ground = (
        stroked(path, palette.srgb("mid"), 1.2) if saver else filled(path, palette.srgb("band"))
    )
    pale = None if saver else mix(palette.srgb("band"), "#FFFFFF", 0.35)
    icon = page.design.icons[section.icon]
    drawn = icon_shapes(icon, box.x_pt + 9, box.y_pt + 12, 22, ink, pale)
    code = _inked(page, "section_code", section.span + " ", ink, box.x_pt + 39, box.y_pt + 26.5)
    name = _inked(page, "section_name", section.name, ink, box.x_pt + 39, box.y_pt + 10.5)
    body = Element(Role.BODY, (Element(Role.ARTIFACT, (ground, *drawn)), code, name))
    return Element(Role.ITEM, (body,))


def _inked(page: Page, style: str, text: str, ink: str, x: float, y: float) -> TextLine:
    line = page.setter.line(text, page.type(style), x, y)
    return TextLine(line.x_pt, line.y_pt, line.size_pt, ink, line.runs)


def frames_page(pages: WorkbookPages) -> Drawing:
    """What Immediate, Medium term and Longer term mean, and where each begins."""
    page, words = pages.new(), pages.workbook.frames_page
    page.text(words.title, "h1", Role.H2)
    page.drop(6)
    page.text(words.lead, "lead", width=450)
    page.drop(20)
    number = pages.number + 1
    for index, frame in enumerate(pages.workbook.frames):
        _frame_panel(page, index, frame, number)
        number += 2 * len(frame.activities)
        page.drop(14)
    page.drop(10)
    page.points(words.points, gap_pt=6)
    pages.check_room(page, words.title, pages.workbook.place)
    return pages.close(page, "frames", (group_of(words.title),), Bookmark(words.title, 1))


def _frame_panel(page: Page, index: int, frame: TimeFrame, number: int) -> None:
    indent, body = 78.0, page.type("body")
    width = page.width - indent
    meaning = page.height_of(frame.meaning, "body", width)
    height = 18 + 22 + 20 + meaning + 6 + 20 * len(frame.activities) + 14
    box = page.panel(height, "teal_tint")
    top = page.y
    disc = frame_disc(
        box.x_pt + 45, box.y_pt + height / 2, 27, index, page.colour("amber"), page.colour("teal")
    )
    page.decorate(*disc)
    page.drop(16)
    page.text(frame.name, "h2", Role.H3, x=page.left + indent)
    page.text(frame.when[:1].upper() + frame.when[1:], "strong", x=page.left + indent)
    page.drop(2)
    page.text(frame.meaning, "body", x=page.left + indent, width=width)
    page.drop(6)
    for i, activity in enumerate(frame.activities):
        words = f"Activity {activity.number}: {activity.title}, page {number + 2 * i}"
        _page_link(page, words, activity.key, page.left + indent, body.leading_pt + 2)
    page.y = top - height


def _page_link(page: Page, words: str, key: str, x: float, height: float) -> None:
    """A line that jumps to an activity's first page."""
    look = page.type("strong")
    line = page.setter.line(words, look, x, page.y - ascent_pt(look))
    width = page.setter.width_pt(words, look)
    area = Rect(x, page.y - height + 1, width, height)
    link = Link(area, f"#workbook-{key}-talk", words)
    rule = rectangle(Rect(x, line.y_pt - 3, width, 0.9))
    page.decorate(filled(rule, page.colour("teal_mid")))
    page.add(Element(Role.P, (Element(Role.LINK, (line, link)),)))
    page.y -= height

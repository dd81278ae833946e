"""The workbook's first pages: cover, how to use it, the three time frames."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.colour import mix
from deckgen.design.load import Design
from deckgen.geometry import Matrix, Rect, Size
from deckgen.layout.faces.icon import icon_shapes
from deckgen.layout.faces.tiles import mosaic, tile_shapes
from deckgen.layout.setting.page import Page, ascent_pt, frame_disc
from deckgen.layout.setting.shapes import filled, ground, rectangle, rounded
from deckgen.layout.setting.steps import numbered_steps
from deckgen.layout.workbooks.workbook_page import WorkbookPages, group_of
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
from deckgen.model.text import words
from deckgen.model.workbook import TimeFrame

_COVER_COLUMNS, _COVER_ROWS = 6, 5
_BELOW_ART_PT = 26.0
_TILE_GAP_PT = 12.0
_TILE_EMS = 16.0  # the narrowest tile with a section's name


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
    row = page.grown(34)
    height = page.height_of(book.title, "display") + page.height_of(book.subtitle, "subtitle")
    begin_cover(
        page, pages.deck.sections, "workbook", height + 26 + row * len(book.cover_fields) - 8
    )
    page.text(book.title, "display", Role.H1)
    page.drop(4)
    page.text(book.subtitle, "subtitle")
    page.drop(22)
    label_width = 4 + max(page.label_width(label) for label in book.cover_fields)
    for number, label in enumerate(book.cover_fields, start=1):
        page.need(page.grown(26))
        name = f"cover.{number}"
        page.line_field(label, name, f"Cover: {label}", page.left, page.width, label_width)
        page.drop(row)
    page.y += 8
    return pages.close(page, "cover", book.title, (group_of(book.title),), Bookmark(book.title, 0))


def how_to_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """Steps, the colours of the cards, on screen or on paper."""
    page, how = pages.new(), pages.workbook.how_to
    page.text(how.title, "h1", Role.H2)
    page.drop(6)
    page.text(how.lead, "lead", width=page.measure(430))
    page.drop(22)
    numbered_steps(page, how.steps)
    page.drop(14)
    _colours(page, pages.deck.sections)
    page.drop(26)
    page.need(page.height_of(how.notes.title, "h2") + 8 + 4 * page.type("body").leading_pt)
    page.text(how.notes.title, "h2", Role.H3)
    page.drop(8)
    page.points(how.notes.points)
    return pages.close(page, "how-to", how.title, (group_of(how.title),), Bookmark(how.title, 1))


def _colours(page: Page, sections: tuple[Section, ...]) -> None:
    """A tile a section, in two columns, or one if the words are large: kept together if they fit on
    a page, else on as many pages as they take.
    """
    columns, height = page.columns(_TILE_EMS), page.grown(46)
    half = (page.width - _TILE_GAP_PT) / 2
    if not all(_codes_fit(page, section, half) for section in sections):
        columns = 1  # withdrawn cards make the codes of a section a long list
    title, row = "The colours of the cards", height + _TILE_GAP_PT
    head = page.height_of(title, "h2") + 10
    whole = head + -(-len(sections) // columns) * row - _TILE_GAP_PT
    page.need(whole if whole <= page.start - page.floor else head + height)
    page.text(title, "h2", Role.H3)
    page.drop(10)
    while sections:
        fitting = max(1, int((page.room + _TILE_GAP_PT + 0.01) // row)) * columns
        _colour_tiles(page, sections[:fitting], columns, height)
        sections = sections[fitting:]
        if sections:
            page.turn()


def _colour_tiles(page: Page, sections: tuple[Section, ...], columns: int, height: float) -> None:
    """Rows of tiles with icon, codes and name."""
    width = (page.width - _TILE_GAP_PT * (columns - 1)) / columns
    items = []
    for i, section in enumerate(sections):
        row, column = divmod(i, columns)
        x = page.left + column * (width + _TILE_GAP_PT)
        y = page.y - height - row * (height + _TILE_GAP_PT)
        items.append(_colour_tile(page, section, Rect(x, y, width, height)))
    rows = -(-len(sections) // columns)
    page.add(Element(Role.LIST, tuple(items)))
    page.y -= rows * height + (rows - 1) * _TILE_GAP_PT


def _codes_fit(page: Page, section: Section, width: float) -> bool:
    """Whether a tile that wide holds a section's codes."""
    room = width - page.grown(39) - 9
    return page.setter.width_pt(section.span, page.type("section_code")) <= room


def _colour_tile(page: Page, section: Section, box: Rect) -> Element:
    palette = page.design.palettes.sections[section.palette]
    saver, grown = page.design.ink_saver, page.grown
    ink = palette.srgb("deep" if saver else "on_band")
    path = rounded(box, 7)
    tile = ground(path, palette.srgb("band"), palette.srgb("mid"), outline=saver)
    pale = None if saver else mix(palette.srgb("band"), "#FFFFFF", 0.35)
    icon = page.design.icons[section.icon]
    drawn = icon_shapes(icon, box.x_pt + 9, box.y_pt + grown(12), grown(22), ink, pale)
    x = box.x_pt + grown(39)
    codes = section.span if _codes_fit(page, section, box.width_pt) else section.reach
    code = _inked(page, "section_code", codes + " ", ink, x, box.y_pt + grown(26.5))
    name = _inked(page, "section_name", section.name, ink, x, box.y_pt + grown(10.5))
    body = Element(Role.BODY, (Element(Role.ARTIFACT, (tile, *drawn)), code, name))
    return Element(Role.ITEM, (body,))


def _inked(page: Page, style: str, text: str, ink: str, x: float, y: float) -> TextLine:
    line = page.setter.line(text, page.type(style), x, y)
    return replace(line, colour=ink)


def frames_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """What Immediate, Medium term and Longer term mean, and where each begins."""
    page, text = pages.new(), pages.workbook.frames_page
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=page.measure(450))
    page.drop(20)
    for index, frame in enumerate(pages.workbook.frames):
        _frame_panel(pages, page, index, frame)
        page.drop(14)
    page.drop(10)
    page.points(text.points, gap_pt=6)
    return pages.close(page, "frames", text.title, (group_of(text.title),), Bookmark(text.title, 1))


def _frame_panel(pages: WorkbookPages, page: Page, index: int, frame: TimeFrame) -> None:
    indent = page.grown(78)
    width = page.width - indent
    links = [
        f"Activity {a.number}: {a.title}, page {pages.starts.get(a.key, 0)}"
        for a in frame.activities
    ]
    height = 16 + page.height_of(frame.name, "h2") + page.height_of(frame.when, "strong") + 2
    height += page.height_of(frame.meaning, "body", width) + 6 + 16
    height += sum(page.height_of(link, "strong", width) + 2 for link in links)
    page.need(height)
    box = page.panel(height, "teal_tint")
    x, y, top = box.x_pt + page.grown(45), box.y_pt + height / 2, page.y
    amber, teal = page.colour("amber"), page.colour("teal")
    page.decorate(*frame_disc(x, y, page.grown(27), index, amber, teal))
    page.drop(16)
    page.text(frame.name, "h2", Role.H3, x=page.left + indent)
    page.text(frame.when[:1].upper() + frame.when[1:], "strong", x=page.left + indent)
    page.drop(2)
    page.text(frame.meaning, "body", x=page.left + indent, width=width)
    page.drop(6)
    for activity, link in zip(frame.activities, links, strict=True):
        _page_link(page, link, activity.key, page.left + indent, width)
    page.y = top - height


def _page_link(page: Page, said: str, key: str, x: float, width: float) -> None:
    """Words that jump to an activity's first page."""
    look = page.type("strong")
    top = page.y
    lines = page.setter.column(words(said), look, x, top - ascent_pt(look), width)
    height = len(lines) * look.leading_pt + 2
    widths = [page.setter.book.width_pt(line.runs, line.size_pt) for line in lines]
    rules = [
        filled(
            rectangle(Rect(line.x_pt, line.y_pt - page.grown(3), wide, 0.9)),
            page.colour("teal_mid"),
        )
        for line, wide in zip(lines, widths, strict=True)
    ]
    left = min(line.x_pt for line in lines)
    area = Rect(left, top - height + 1, max(widths), height)
    page.decorate(*rules)
    link = Link(area, f"#workbook-{key}-talk", said)
    page.add(Element(Role.P, (Element(Role.LINK, (*lines, link)),)))
    page.y -= height

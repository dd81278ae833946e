"""Blocks that tell: words, numbered steps, the sections' colours, which edition this is."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.colour import mix
from deckgen.geometry import Rect
from deckgen.layout.faces.icon import icon_shapes
from deckgen.layout.setting.page import Page
from deckgen.layout.setting.panel import Fact, fact_panel, fact_panel_height
from deckgen.layout.setting.shapes import ground, rounded
from deckgen.layout.setting.steps import numbered_steps
from deckgen.layout.workbooks.spot import Sort, Spot, heading, heading_height, page_height
from deckgen.model.deck import Deck, Section
from deckgen.model.drawing import Element, Role, TextLine
from deckgen.model.text import Worded, ended
from deckgen.model.workbook import About, Colours, Steps, Words
from deckgen.wording.names import codes_in_words, edition_inside, reach_in_words
from deckgen.wording.say import Wording, listed

_TILE_GAP_PT = 12.0
_TILE_EMS = 16.0  # the narrowest tile with a section's name
_NEAR_PT = 6.0  # between a paragraph and its points


def _words_height(page: Page, block: Words) -> float:
    """All of it: paragraphs and points."""
    width = page.width - page.grown(16)
    title = page.height_of(block.title, "h2") + 8 if block.title else 0.0
    hint = page.height_of(block.hint, "body") + _NEAR_PT if block.hint else 0.0
    return title + hint + sum(page.height_of(p, "body", width) + 5 for p in block.points)


def _words(spot: Spot, block: Words) -> None:
    page = spot.page
    if block.title:
        begin = page.height_of(block.title, "h2") + 8 + 4 * page.type("body").leading_pt
        page.need(min(begin, _words_height(page, block) - 5 * bool(block.points)))
        page.text(block.title, "h2", Role.H3)
        page.drop(8)
    if block.hint:
        page.text(block.hint, "body")
        page.drop(_NEAR_PT)
    page.points(block.points)


def _steps_height(page: Page, block: Steps) -> float:
    return page_height(page)  # they flow, and so leave what follows to another page


def _steps(spot: Spot, block: Steps) -> None:
    page = spot.page
    if block.title or block.hint:
        page.need(heading_height(page, block, 2, 10) + page.grown(42) + 50)
        heading(page, block, 2, 10)
    numbered_steps(page, block.steps)


def _colours_height(page: Page, block: Colours) -> float:
    return page_height(page)


def _colours(spot: Spot, block: Colours) -> None:
    """A tile a section, in two columns, or one if the words are large: kept together if they fit on
    a page, else on as many pages as they take.
    """
    page, sections = spot.page, spot.pages.deck.sections
    columns, height = page.columns(_TILE_EMS), page.grown(46)
    half = (page.width - _TILE_GAP_PT) / 2
    if not all(_codes_fit(page, section, half) for section in sections):
        columns = 1  # withdrawn cards make the codes of a section a long list
    row = height + _TILE_GAP_PT
    head = heading_height(page, block, 2, 10)
    whole = head + -(-len(sections) // columns) * row - _TILE_GAP_PT
    page.need(whole if whole <= page_height(page) else head + height)
    heading(page, block, 2, 10)
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
    return (
        page.setter.width_pt(codes_in_words(section.codes, page.say), page.type("section_code"))
        <= room
    )


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
    fit = _codes_fit(page, section, box.width_pt)
    codes = codes_in_words(section.codes, page.say) if fit else reach_in_words(section, page.say)
    code = _inked(page, "section_code", ended(codes, " "), ink, x, box.y_pt + grown(26.5))
    name = _inked(page, "section_name", section.name, ink, x, box.y_pt + grown(10.5))
    body = Element(Role.BODY, (Element(Role.ARTIFACT, (tile, *drawn)), code, name))
    return Element(Role.ITEM, (body,))


def _inked(page: Page, style: str, text: Worded, ink: str, x: float, y: float) -> TextLine:
    line = page.setter.line(text, page.type(style), x, y)
    return replace(line, colour=ink)


def _facts(deck: Deck, say: Wording) -> tuple[Fact, ...]:
    edition, issued, review = deck.edition, say("Issued"), say("To be reviewed by")
    return (
        (say("Ask"), deck.contact),
        (say("Published by"), deck.publisher),
        (say("This is"), listed((deck.title, edition_inside(edition, say)))),
        (issued, say.day(edition.issued, issued)),
        (review, say.day(edition.review, review)),
    )


def _about(spot: Spot, block: About) -> None:
    page, facts = spot.page, _facts(spot.pages.deck, spot.pages.say)
    page.need(heading_height(page, block, 2, 8) + fact_panel_height(page, facts))
    heading(page, block)
    fact_panel(page, facts)


def _about_height(page: Page, block: About) -> float:
    return page_height(page)


WORDS = Sort(_words_height, _words)
STEPS = Sort(_steps_height, _steps, below=2)
COLOURS = Sort(_colours_height, _colours, below=14)
ABOUT = Sort(_about_height, _about, bare=8)

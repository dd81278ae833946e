"""Templates and fonts → a Design, and every fault in them as Problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import FontBook
from deckgen.design.icons import Icon, IconFile, icon_of
from deckgen.design.load_fonts import load_fonts
from deckgen.design.load_palettes import load_palettes
from deckgen.design.palette import Palettes
from deckgen.design.paper import PaperLook, on_pages
from deckgen.design.section_colours import with_section_colours
from deckgen.design.section_icons import section_icons
from deckgen.design.sizing import Sizing, sized_paper, sized_theme, sizing_for
from deckgen.design.soundness import paper_problems, qr_problems, theme_problems
from deckgen.design.stock import Extent, Stock, setting_place, stock_file, stock_problems
from deckgen.design.template import read_named, read_template
from deckgen.design.theme import Theme
from deckgen.model.deck import SMALLEST_PT, Section
from deckgen.problem import Place, Problem, blocks, one_of, problem
from deckgen.wording.say import SAY_ENGLISH, Wording

ICONS_FILE = "templates/icons.toml"
PAPER_FILE = "templates/workbook.toml"

# How far colour is drawn over the trim, unless sheets or a print shop need more.
DRAWN_BLEED_MM = 3.0


class Design(Struct, frozen=True):
    """Everything that decides the look, and `say`: the words that are added to those of a deck."""

    book: FontBook
    palettes: Palettes
    icons: Mapping[str, Icon]
    theme: Theme
    stock: Stock
    paper: PaperLook
    sizing: Sizing
    ink_saver: bool
    qr: bool = False
    bleed_mm: float = DRAWN_BLEED_MM
    say: Wording = SAY_ENGLISH


class Measures(Struct, frozen=True):
    """What is asked of a look beside its templates.

    `card` and `page` take the place of the stock's. `bleed_mm` of colour is drawn around a card, or
    what the stock shows if that is more. No type is smaller than `smallest_pt`.
    """

    card: Extent | None = None
    page: Extent | None = None
    bleed_mm: float = DRAWN_BLEED_MM
    smallest_pt: float = SMALLEST_PT


_AS_THEY_STAND = Measures()


def load_design(
    files: Mapping[str, bytes],
    theme: str,
    stock: str,
    *,
    ink_saver: bool,
    large_print: bool = False,
    qr: bool = False,
    measures: Measures = _AS_THEY_STAND,
    asked_at: Mapping[str, Place] | None = None,
    sections: Sequence[Section] = (),
    any_theme: bool = False,
    say: Wording = SAY_ENGLISH,
) -> tuple[Design | None, list[Problem]]:
    """Read the look of a project: a theme and a stock by name, and what they share.

    `files` maps project-relative names to bytes, as for the content; `asked_at` says where the
    "theme" and the "stock" are asked for, if in a file. With `any_theme` the theme that the stock
    names goes before `theme`. `say` has the words that are added.
    """
    asked_at = asked_at or {}
    found: list[Problem] = []
    the_stock = read_named(files, "stock", stock, Stock, found, asked_at.get("stock"))
    if large_print and the_stock and the_stock.large_print:
        here = setting_place(files, stock_file(stock), "large_print")
        stock = the_stock.large_print
        the_stock = read_named(files, "stock", stock, Stock, found, here)
    theme_at = asked_at.get("theme")
    if any_theme and the_stock and the_stock.theme:
        theme = the_stock.theme
        theme_at = setting_place(files, stock_file(stock), "theme")
    theme_file = f"templates/themes/{theme}.toml"
    the_theme = read_named(files, "theme", theme, Theme, found, theme_at)
    palettes = load_palettes(files, found)
    if palettes:
        palettes = with_section_colours(palettes, sections, files, found)
    icons = section_icons(_icons(files, found), sections, files, found)
    if palettes and not blocks(found):
        found += unknown_looks(looks_asked(sections), palettes, icons)
    paper = read_template(files, PAPER_FILE, PaperLook, found)
    book = load_fonts(files, found, say)
    if the_stock:
        found += stock_problems(the_stock, stock_file(stock), files)
    if the_theme and palettes and book:
        found += theme_problems(the_theme, palettes, book, theme_file, measures.smallest_pt)
    if paper and palettes and book:
        found += paper_problems(paper, palettes, book, PAPER_FILE, measures.smallest_pt)
    if blocks(found) or not (the_theme and the_stock and palettes and paper and book):
        return None, found
    sized = _sized(the_theme, the_stock, paper, measures, large_print=large_print)
    bleed_mm = max(measures.bleed_mm, 0.0 if measures.card else the_stock.grid.bleed)
    if qr:
        found += qr_problems(sized[0], theme_file)
    return Design(book, palettes, icons, *sized, ink_saver, qr, bleed_mm, say), found


def _sized(
    theme: Theme, stock: Stock, paper: PaperLook, measures: Measures, *, large_print: bool
) -> tuple[Theme, Stock, PaperLook, Sizing]:
    """The templates in the measures that are asked for."""
    if measures.card:
        stock = replace(stock, card=measures.card)
    if stock.page:
        paper = on_pages(paper, stock.page)
    if measures.page:
        paper = replace(paper, page=measures.page)
    sizing = sizing_for(theme, paper, stock.card, measures.smallest_pt, large_print=large_print)
    return sized_theme(theme, stock.card, sizing), stock, sized_paper(paper, sizing), sizing


def looks_asked(sections: Sequence[Section]) -> Iterator[tuple[str, str, Place]]:
    """Which palettes and icons sections ask for by name, and where."""
    for section in sections:
        yield "palette", section.palette, section.palette_at or section.place
        yield "icon", section.icon, section.icon_at or section.place


def unknown_looks(
    asked: Iterable[tuple[str, str, Place]], palettes: Palettes, icons: Mapping[str, Icon]
) -> list[Problem]:
    """Palettes and icons that somebody asked for and nobody has."""
    found, known = [], {"palette": palettes.sections.keys(), "icon": icons.keys()}
    for kind, name, place in asked:
        if name not in known[kind]:
            names = (other for other in known[kind] if other.islower())  # not for one section alone
            said = f'There is no {kind} called "{name}".'
            found.append(problem("template-unknown", place, said, one_of(name, names)))
    return found


def _icons(files: Mapping[str, bytes], found: list[Problem]) -> Mapping[str, Icon]:
    read = read_template(files, ICONS_FILE, dict[str, IconFile], found)
    icons = {}
    for name, file in (read or {}).items():
        try:
            icons[name] = icon_of(file)
        except ValueError as fault:
            said = f"The icon [{name}] can't be drawn: {fault}."
            todo = "Write a path as M x y, L x y, C x1 y1 x2 y2 x y and Z."
            found.append(problem("icon-invalid", Place(ICONS_FILE), said, todo))
    return icons

"""Templates and fonts → a Design, and every fault in them as Problems."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import Face, FontBook, is_whole_truetype
from deckgen.design.icons import Icon, IconFile, icon_of
from deckgen.design.load_palettes import load_palettes
from deckgen.design.palette import Palettes
from deckgen.design.paper import PaperLook
from deckgen.design.sizing import Sizing, sized_paper, sized_theme, sizing_for
from deckgen.design.soundness import paper_problems, qr_problems, theme_problems
from deckgen.design.stock import Extent, Stock, setting_place, stock_file, stock_problems
from deckgen.design.template import read_named, read_template
from deckgen.design.theme import Theme
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.wording.say import SAY_ENGLISH, Wording

ICONS_FILE = "templates/icons.toml"
FONTS_FILE = "templates/fonts.toml"
PAPER_FILE = "templates/workbook.toml"

# The faces that layout itself asks for; themes may use more.
ROLES = frozenset({"regular", "medium", "bold"})


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
    say: Wording = SAY_ENGLISH


def load_design(
    files: Mapping[str, bytes],
    theme: str,
    stock: str,
    *,
    ink_saver: bool,
    large_print: bool = False,
    qr: bool = False,
    card: Extent | None = None,
    asked_at: Mapping[str, Place] | None = None,
    any_theme: bool = False,
    say: Wording = SAY_ENGLISH,
) -> tuple[Design | None, list[Problem]]:
    """Read the look of a project: a theme and a stock by name, and what they share.

    `files` maps project-relative names to bytes, as for the content; `asked_at` says where the
    "theme" and the "stock" are asked for, if in a file. A `card` takes the place of the stock's.
    With `any_theme` the theme that the stock names goes before `theme`. `say` has the words that
    are added.
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
    icons = _icons(files, found)
    paper = read_template(files, PAPER_FILE, PaperLook, found)
    book = _fonts(files, found, say)
    if the_stock:
        found += stock_problems(the_stock, stock_file(stock), files)
    if the_theme and palettes and book:
        found += theme_problems(the_theme, palettes, book, theme_file)
    if paper and palettes and book:
        found += paper_problems(paper, palettes, book, PAPER_FILE)
    if blocks(found) or not (the_theme and the_stock and palettes and icons and paper and book):
        return None, found
    if card:
        the_stock = replace(the_stock, card=card)
    sizing = sizing_for(the_theme, paper, the_stock.card, large_print=large_print)
    the_theme, paper = sized_theme(the_theme, the_stock.card, sizing), sized_paper(paper, sizing)
    if qr:
        found += qr_problems(the_theme, theme_file)
    looks = (book, palettes, icons, the_theme, the_stock, paper, sizing)
    return Design(*looks, ink_saver, qr, say), found


def _icons(files: Mapping[str, bytes], found: list[Problem]) -> Mapping[str, Icon] | None:
    read = read_template(files, ICONS_FILE, dict[str, IconFile], found)
    icons = {}
    for name, file in (read or {}).items():
        try:
            icons[name] = icon_of(file)
        except ValueError as fault:
            said = f"The icon [{name}] can't be drawn: {fault}."
            todo = "Write a path as M x y, L x y, C x1 y1 x2 y2 x y and Z."
            found.append(problem("icon-invalid", Place(ICONS_FILE), said, todo))
    return icons or None


def _fonts(files: Mapping[str, bytes], found: list[Problem], say: Wording) -> FontBook | None:
    read = read_template(files, FONTS_FILE, dict[str, str], found)
    if read is None:
        return None
    data: dict[str, bytes] = {}
    for role in sorted(ROLES - set(read)):
        said = f'No font plays the part "{role}".'
        todo = f'Add a line {role} = "….ttf".'
        found.append(problem("template-invalid", Place(FONTS_FILE), said, todo))
    for file in read.values():
        name = f"fonts/{file}"
        if name not in files:
            said = "This font is missing."
            found.append(problem("file-missing", Place(name), said, "Put it back."))
        elif not is_whole_truetype(files[name]):
            said = "This is not a TrueType font that can be embedded, or it is damaged."
            todo = "Use a .ttf file with TrueType outlines."
            found.append(problem("font-unusable", Place(name), said, todo))
        else:
            data[file] = files[name]
    if len(data) < len(set(read.values())) or not set(read) >= ROLES:
        return None
    faces = {role: Face(role, file, data[file]) for role, file in read.items()}
    return FontBook(faces, _letters(files) | say.letters())


def _letters(files: Mapping[str, bytes]) -> set[str]:
    """Every letter of the project's texts; an old edition's words count when they are drawn."""
    texts = (
        unicodedata.normalize("NFC", data.decode("utf-8", "ignore"))
        for name, data in files.items()
        if name.endswith((".md", ".toml")) and not name.startswith("content/editions/")
    )
    return set().union(*texts)

"""Templates and fonts → a Design, and every fault in them as Problems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, TypeVar

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from deckgen.colour import Colour
from deckgen.design.fonts import FontBook, is_whole_truetype
from deckgen.design.icons import Icon, IconFile, icon_of
from deckgen.design.palette import Palette, Palettes, contrast_problems
from deckgen.design.paper import PaperLook
from deckgen.design.sizing import Sizing, sized_paper, sized_theme, sizing_for
from deckgen.design.soundness import paper_problems, qr_problems, theme_problems
from deckgen.design.stock import Extent, Stock, setting_place, stock_file, stock_problems
from deckgen.design.theme import Theme
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.settings import read_settings
from deckgen.source import read_source

_Model = TypeVar("_Model", bound=BaseModel)

PALETTE_FILE = "templates/palette.toml"
ICONS_FILE = "templates/icons.toml"
FONTS_FILE = "templates/fonts.toml"
PAPER_FILE = "templates/workbook.toml"

# The faces that layout itself asks for; themes may use more.
ROLES = frozenset({"regular", "medium", "bold"})


class Design(Struct, frozen=True):
    """Everything that decides the look."""

    book: FontBook
    palettes: Palettes
    icons: Mapping[str, Icon]
    theme: Theme
    stock: Stock
    paper: PaperLook
    sizing: Sizing
    ink_saver: bool
    qr: bool = False


def _six_digits(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("write # and six digits or letters from A to F, as in #C9DEA5")
    return value


Percent = Annotated[float, Field(ge=0, le=100)]


class _Pair(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    srgb: Annotated[str, AfterValidator(_six_digits)]
    cmyk: tuple[Percent, Percent, Percent, Percent]

    def colour(self) -> Colour:
        return Colour(self.srgb.upper(), self.cmyk)


class _SectionColours(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: str
    band: _Pair
    tint: _Pair
    mid: _Pair
    deep: _Pair
    on_band: _Pair
    count: _Pair
    tiles: tuple[_Pair, _Pair, _Pair, _Pair]

    def palette(self, key: str) -> Palette:
        tokens = ("band", "tint", "mid", "deep", "on_band", "count")
        colours = {token: getattr(self, token).colour() for token in tokens}
        return Palette(key, self.name, colours, tuple(pair.colour() for pair in self.tiles))


class _Neutral(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    white: _Pair
    ink: _Pair
    quiet: _Pair
    rule: _Pair
    hair: _Pair
    teal: _Pair
    teal_mid: _Pair
    teal_tint: _Pair
    amber: _Pair
    amber_tint: _Pair


class _PaletteFile(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)
    __pydantic_extra__: dict[str, _SectionColours]

    neutral: _Neutral


class _IconsFile(RootModel[dict[str, IconFile]]):
    pass


class _FontsFile(RootModel[dict[str, str]]):
    pass


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
) -> tuple[Design | None, list[Problem]]:
    """Read the look of a project: a theme and a stock by name, and what they share.

    `files` maps project-relative names to bytes, as for the content; `asked_at` says where the
    "theme" and the "stock" are asked for, if in a file. A `card` takes the place of the stock's.
    With `any_theme` the theme that the stock names goes before `theme`.
    """
    asked_at = asked_at or {}
    found: list[Problem] = []
    the_stock = _named(files, "stocks", stock, Stock, found, asked_at.get("stock"))
    if large_print and the_stock and the_stock.large_print:
        here = setting_place(files, stock_file(stock), "large_print")
        stock = the_stock.large_print
        the_stock = _named(files, "stocks", stock, Stock, found, here)
    theme_at = asked_at.get("theme")
    if any_theme and the_stock and the_stock.theme:
        theme = the_stock.theme
        theme_at = setting_place(files, stock_file(stock), "theme")
    the_theme = _named(files, "themes", theme, Theme, found, theme_at)
    palettes = _palettes(files, found)
    icons = _icons(files, found)
    paper = read_template(files, PAPER_FILE, PaperLook, found)
    book = _fonts(files, found)
    if the_stock:
        found += stock_problems(the_stock, stock_file(stock), files)
    if the_theme and palettes and book:
        found += theme_problems(the_theme, palettes, book, f"templates/themes/{theme}.toml")
    if paper and palettes and book:
        found += paper_problems(paper, palettes, book, PAPER_FILE)
    if blocks(found) or not (the_theme and the_stock and palettes and icons and paper and book):
        return None, found
    if card:
        the_stock = the_stock.model_copy(update={"card": card})
    sizing = sizing_for(the_theme, paper, the_stock.card, large_print=large_print)
    the_theme, paper = sized_theme(the_theme, the_stock.card, sizing), sized_paper(paper, sizing)
    if qr:
        found += qr_problems(the_theme, f"templates/themes/{theme}.toml")
    return Design(book, palettes, icons, the_theme, the_stock, paper, sizing, ink_saver, qr), found


def read_template(
    files: Mapping[str, bytes], file: str, model: type[_Model], found: list[Problem]
) -> _Model | None:
    """A settings file checked against its model; None, with Problems in `found`, if it's wrong."""
    if file not in files:
        found.append(problem("file-missing", Place(file), "This file is missing.", "Put it back."))
        return None
    text, faults = read_source(files[file], file)
    found += faults
    if text is None:
        return None
    value, faults = read_settings(text, file, model)
    found += faults
    return value


def _named(
    files: Mapping[str, bytes],
    folder: str,
    name: str,
    model: type[_Model],
    found: list[Problem],
    asked_at: Place | None,
) -> _Model | None:
    file = f"templates/{folder}/{name}.toml"
    if file in files:
        return read_template(files, file, model, found)
    start = f"templates/{folder}/"
    known = sorted(f[len(start) : -5] for f in files if f.startswith(start) and f.endswith(".toml"))
    found.append(
        problem(
            "template-unknown",
            asked_at or Place(start),
            f'There is no {folder[:-1]} called "{name}".',
            f"Use one of: {', '.join(known)}." if known else f"Put {name}.toml there.",
        )
    )
    return None


def _palettes(files: Mapping[str, bytes], found: list[Problem]) -> Palettes | None:
    read = read_template(files, PALETTE_FILE, _PaletteFile, found)
    if read is None:
        return None
    extra = read.__pydantic_extra__ or {}
    sections = {key: colours.palette(key) for key, colours in extra.items()}
    neutral = {key: getattr(read.neutral, key).colour() for key in _Neutral.model_fields}
    palettes = Palettes(sections, neutral, PALETTE_FILE)
    found += contrast_problems(palettes)
    return palettes


def _icons(files: Mapping[str, bytes], found: list[Problem]) -> Mapping[str, Icon] | None:
    read = read_template(files, ICONS_FILE, _IconsFile, found)
    icons = {}
    for name, file in (read.root if read else {}).items():
        try:
            icons[name] = icon_of(file)
        except ValueError as fault:
            found.append(
                problem(
                    "icon-invalid",
                    Place(ICONS_FILE),
                    f"The icon [{name}] can't be drawn: {fault}.",
                    "Write a path as M x y, L x y, C x1 y1 x2 y2 x y and Z.",
                )
            )
    return icons or None


def _fonts(files: Mapping[str, bytes], found: list[Problem]) -> FontBook | None:
    read = read_template(files, FONTS_FILE, _FontsFile, found)
    if read is None:
        return None
    data: dict[str, bytes] = {}
    for role in sorted(ROLES - set(read.root)):
        found.append(
            problem(
                "template-invalid",
                Place(FONTS_FILE),
                f'No font plays the part "{role}".',
                f'Add a line {role} = "….ttf".',
            )
        )
    for file in read.root.values():
        name = f"fonts/{file}"
        if name not in files:
            found.append(
                problem("file-missing", Place(name), "This font is missing.", "Put it back.")
            )
        elif not is_whole_truetype(files[name]):
            found.append(
                problem(
                    "font-unusable",
                    Place(name),
                    "This is not a TrueType font that can be embedded, or it is damaged.",
                    "Use a .ttf file with TrueType outlines.",
                )
            )
        else:
            data[file] = files[name]
    if len(data) < len(set(read.root.values())) or not set(read.root) >= ROLES:
        return None
    return FontBook.of(read.root, data, _letters(files))


def _letters(files: Mapping[str, bytes]) -> set[str]:
    """Every letter of the project's texts; an old edition's words count when they are drawn."""
    texts = (
        unicodedata.normalize("NFC", data.decode("utf-8", "ignore"))
        for name, data in files.items()
        if name.endswith((".md", ".toml")) and not name.startswith("content/editions/")
    )
    return set().union(*texts)

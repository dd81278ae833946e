"""templates/palette.toml → Palettes: each colour in inks and on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from deckgen.colour import Colour
from deckgen.design.palette import TOKENS, Palette, Palettes, contrast_problems
from deckgen.design.template import read_template
from deckgen.problem import Problem
from deckgen.settings import Settings, like

PALETTE_FILE = "templates/palette.toml"

_SIX_DIGITS = like("#[0-9A-Fa-f]{6}", "# and six digits or letters from A to F, as in #C9DEA5")
Percent = Annotated[float, Meta(ge=0, le=100)]


class _Pair(Settings, frozen=True):
    srgb: Annotated[str, _SIX_DIGITS]
    cmyk: tuple[Percent, Percent, Percent, Percent]

    def colour(self) -> Colour:
        return Colour(self.srgb.upper(), self.cmyk)


class _SectionColours(Settings, frozen=True):
    name: str
    band: _Pair
    tint: _Pair
    mid: _Pair
    deep: _Pair
    on_band: _Pair
    count: _Pair
    tiles: tuple[_Pair, _Pair, _Pair, _Pair]

    def palette(self, key: str) -> Palette:
        colours = {token: getattr(self, token).colour() for token in TOKENS}
        return Palette(key, self.name, colours, tuple(pair.colour() for pair in self.tiles))


class _Neutral(Settings, frozen=True):
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


class PaletteFile(Settings, frozen=True):
    """templates/palette.toml: every table but [neutral] is a section's palette."""

    rest: ClassVar[str] = "sections"
    neutral: _Neutral
    sections: dict[str, _SectionColours]


def load_palettes(files: Mapping[str, bytes], found: list[Problem]) -> Palettes | None:
    """Every palette; None, with Problems in `found`, if the file is wrong."""
    read = read_template(files, PALETTE_FILE, PaletteFile, found)
    if read is None:
        return None
    sections = {key: colours.palette(key) for key, colours in read.sections.items()}
    neutral = {key: getattr(read.neutral, key).colour() for key in _Neutral.__struct_fields__}
    palettes = Palettes(sections, neutral, PALETTE_FILE)
    found += contrast_problems(palettes)
    return palettes

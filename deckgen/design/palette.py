"""Section palettes and neutral colours, read from templates/palette.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from deckgen.colour import Colour, blend, contrast
from deckgen.problem import Place, Problem, problem

INDEX_PALETTE = "teal"
TOKENS = ("band", "tint", "mid", "deep", "on_band", "count")

# Least contrast of what is printed on what. Body text: WCAG 2.2 level AAA (7:1); large text
# on a band: level AA (4.5:1); rules, bullets and counted tiles: graphics (3:1).
FLOORS = (
    ("ink", "white", 7.0),
    ("ink", "tint", 7.0),
    ("deep", "tint", 7.0),
    ("deep", "white", 7.0),
    ("on_band", "band", 4.5),
    ("mid", "white", 3.0),
    ("mid", "tint", 3.0),
    ("count", "band", 3.0),
)


class Palette(Struct, frozen=True):
    """A section's colours by token, and the tones of its picture's quiet tiles.

    A `pattern` other than 0 draws the picture of other tiles: a second mark of sections that share
    their colours.
    """

    key: str
    name: str
    colours: Mapping[str, Colour]
    tiles: tuple[Colour, ...]
    pattern: int = 0

    def srgb(self, token: str) -> str:
        """The screen colour of a token (KeyError if there is none)."""
        return self.colours[token].srgb


class Palettes(Struct, frozen=True, dict=True):
    """Every palette of a project, and the neutral colours they share."""

    sections: Mapping[str, Palette]
    neutral: Mapping[str, Colour]
    file: str

    @cached_property
    def _known(self) -> dict[str, Colour]:
        known: dict[str, Colour] = {}
        for colour in self.pairs():
            known.setdefault(colour.srgb, colour)
        return known

    def pair(self, srgb: str) -> Colour:
        """The colour whose screen half is `srgb` (KeyError if this palette never made it)."""
        return self._known[srgb]

    def blended(self, one: str, other: str, share: float) -> str:
        """The screen half of a tone between two of these colours; its inks are known then."""
        made = blend(self._known[one], self._known[other], share)
        return self._known.setdefault(made.srgb, made).srgb

    def pairs(self) -> Iterator[Colour]:
        """Every colour there is."""
        yield from self.neutral.values()
        for palette in self.sections.values():
            yield from palette.colours.values()
            yield from palette.tiles


def contrast_problems(palettes: Palettes) -> list[Problem]:
    """Pairs of colours that people could not read: one Problem each."""
    found = []
    for palette in palettes.sections.values():
        tokens = {**palettes.neutral, **palette.colours}
        for ink, ground, floor in FLOORS:
            ratio = contrast(tokens[ink].srgb, tokens[ground].srgb)
            if ratio < floor:
                pair = f'In "{palette.key}", {ink} on {ground}'
                said = f"{pair} has a contrast of {ratio:.1f} to 1; readers need {floor:g} to 1."
                todo = f"Make {ink} darker or {ground} lighter in [{palette.key}]"
                todo += " (or the other way round on a dark band)." if ground == "band" else "."
                found.append(problem("contrast-low", Place(palettes.file), said, todo))
    return found

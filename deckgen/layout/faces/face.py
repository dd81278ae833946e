"""What a card face is drawn from: its words, its colours, and the template's measures."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from deckgen.design.load import Design
from deckgen.design.palette import Palette
from deckgen.design.sizing import in_class
from deckgen.design.theme import Parts
from deckgen.geometry import Size, mm
from deckgen.layout.setting.lines import Setter, Type, type_of
from deckgen.model import edition
from deckgen.model.deck import CardPart, Section
from deckgen.model.drawing import Element, Mark, Role
from deckgen.model.text import Text, Worded
from deckgen.wording.names import printed_code
from deckgen.wording.say import Wording

# Size in points and leading in points: the class in which a section's words are set.
SizeClass = tuple[float, float]


class CardWords(Struct, frozen=True, gc=False):
    """A card as it is printed: its own words and those that are derived for it.

    `see_also` are codes with the names of their palettes. `front` and `back` name layouts.
    """

    code: str
    title: str
    group_name: Worded
    icon: str
    parts: tuple[CardPart, ...] = ()
    see_also: tuple[tuple[str, str], ...] = ()
    printed_as: str = ""
    uses: tuple[str, ...] = ()
    number: int = 0
    listed: tuple[Section, ...] = ()
    front: str = ""
    back: str = ""
    briefly: bool = False


class Face(Struct, frozen=True):
    """One side of a card, ready to be drawn.

    `shared` remembers what all faces of a section have in common in their size class.
    """

    words: CardWords
    palette: Palette
    slot: int
    design: Design
    setter: Setter
    size: Size
    size_class: SizeClass
    mark: edition.Mark
    shared: dict[str | int | tuple[int, int], Any]

    def colour(self, token: str, palette: Palette | None = None) -> str:
        """The screen colour of a token, after what the low-ink variant exchanges."""
        if self.design.ink_saver:
            token = self.design.theme.saver.colours.get(token, token)
        own = (palette or self.palette).colours
        found = own.get(token) or self.design.palettes.neutral.get(token)
        return found.srgb if found else self.design.palettes.neutral["white"].srgb

    def layout(self, side: str) -> Parts:
        """The parts that the theme puts on a side of this card."""
        name = self.words.front if side == "front" else self.words.back
        return self.design.theme.layout(side, name) or self.design.theme.layout(side, "") or ()

    @property
    def say(self) -> Wording:
        """The words that are added to those of the card."""
        return self.design.say

    @property
    def code(self) -> Text:
        """The card's code as it is printed: an index card's is a word."""
        return printed_code(self.words.code, self.say)

    @property
    def outline(self) -> bool:
        """True if pictures are drawn in outline, to save ink."""
        return self.design.ink_saver and self.design.theme.saver.outline

    def type(self, style: str) -> Type:
        """A style of the theme in this section's colours and this face's size class."""
        if style not in self.shared:
            found = in_class(
                self.design.theme.styles[style], self.size_class[0], self.design.sizing
            )
            self.shared[style] = type_of(found, self.colour(found.colour), self.size_class)
        made: Type = self.shared[style]
        return made

    def x(self, at_mm: float) -> float:
        """Points from the left; a negative measure counts from the right edge."""
        return mm(at_mm) if at_mm >= 0 else self.size.width_pt + mm(at_mm)

    def y(self, at_mm: float) -> float:
        """Points from the bottom; a positive measure counts from the top edge."""
        return self.size.height_pt - mm(at_mm) if at_mm >= 0 else mm(-at_mm)

    def grown(self, length_pt: float) -> float:
        """A gap among words, in step with their size."""
        return length_pt * self.design.sizing.reading

    @property
    def left_pt(self) -> float:
        """Where words begin: the theme's side margin."""
        return mm(self.design.theme.margin)

    @property
    def bleed_pt(self) -> float:
        """How far colour runs over the trim."""
        return mm(self.design.bleed_mm)

    @property
    def column_pt(self) -> float:
        """Width between the theme's side margins."""
        return self.size.width_pt - 2 * mm(self.design.theme.margin)

    def pale(self) -> str:
        """A light tone of the band, for the filling of icons."""
        return self.design.palettes.blended(self.colour("band"), self.colour("white"), 0.45)


def artifact(*marks: Mark) -> Element:
    """Decoration: drawn, but nothing that is read aloud."""
    return Element(Role.ARTIFACT, marks)


def paragraph(*marks: Mark) -> Element:
    """One paragraph of set lines."""
    return Element(Role.P, marks)

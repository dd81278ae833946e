"""The faces of a deck before they are drawn: their words, colours and size class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design import theme
from deckgen.design.load import Design
from deckgen.design.palette import INDEX_PALETTE
from deckgen.geometry import Size, mm
from deckgen.layout.faces.card import draw_face, fit_problems, overfull
from deckgen.layout.faces.face import CardWords, Face
from deckgen.layout.faces.lacking import INDEX_ICON
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.card_kind import INDEX_POINTS
from deckgen.model.deck import SMALLEST_PT, Card, CardPart, Deck, Section
from deckgen.model.edition import Mark
from deckgen.model.snapshot import index_code, marked_as
from deckgen.model.text import Text, word
from deckgen.model.workbook import Workbook
from deckgen.problem import Place

_MANY = 1000  # more sections than any deck has
INDEX_NAME = word("How to use these cards")


def in_one_class(faces: list[Face], design: Design) -> tuple[list[Face], bool]:
    """The faces in the largest class that all of them fit; else in the smallest, which is told."""
    order = list(range(len(faces)))
    for size_class in design.theme.size_classes:
        shared: dict[str | int | tuple[int, int], Any] = {}
        sized = [replace(face, size_class=size_class, shared=shared) for face in faces]
        over = next((n for n, at in enumerate(order) if not fits(sized[at])), None)
        if over is None:
            return sized, True
        order.insert(0, order.pop(over))  # most likely it is too full for the next class as well
    return sized, False


def fits(face: Face) -> bool:
    """Whether a face's words fit in its size class.

    Titles, names and labels count where they go with the words: below the theme's own classes, and
    in a deck that allows small type.
    """
    if overfull(face):
        return False
    sizing = face.design.sizing
    if face.size_class[0] >= sizing.least_class_pt and sizing.smallest_pt >= SMALLEST_PT:
        return True
    sides = [draw_face(face, side, ()) for side in ("front", "back")]
    here, book = Place(""), face.setter.book
    return not (fit_problems(face, here, fits=True) or safe_problems(sides, [here] * 2, book))


class FaceMaker(Struct, frozen=True):
    """Makes the faces of a deck before their size class is known."""

    deck: Deck
    workbook: Workbook
    design: Design
    setter: Setter
    marks: Mapping[str, Mark]

    def card(self, section: Section, slot: int, card: Card) -> Face:
        """A card's face; `slot` is the place of its thumb tab."""
        palette_of = self.deck.section_of
        words = CardWords(
            str(card.code),
            card.title,
            section.name,
            section.icon,
            _placeless((card.short if self.design.theme.short else ()) or card.parts),
            tuple((str(ref.code), palette_of(ref.code).palette) for ref in card.see_also),
            card.printed_as,
            self.workbook.uses_of(card.code),
            card.code.number,
            front=card.front,
            back=card.back,
        )
        return self._face(words, section.palette, slot)

    def index(
        self,
        number: int,
        told: tuple[Text, ...],
        listed: tuple[Section, ...],
        *,
        briefly: bool = False,
    ) -> Face:
        """An index card: some of what is told about using the deck, and some sections.

        `briefly`, their codes are from the first to the last, whatever is missing between.
        """
        deck, slot = self.deck, len(self.deck.sections)
        parts = (CardPart(INDEX_POINTS, tuple((text,) for text in told)),) if told else ()
        named = self.design.say(INDEX_NAME)
        names = (index_code(number), deck.title, named, INDEX_ICON)
        words = CardWords(*names, parts, listed=listed, briefly=briefly)
        slot = slot if len(listed) == slot else slot % tabs_of(self.design)
        return self._face(words, INDEX_PALETTE, slot)

    def _face(self, words: CardWords, palette: str, slot: int) -> Face:
        design, card = self.design, self.design.stock.card
        return Face(
            words,
            design.palettes.sections[palette],
            slot,
            design,
            self.setter,
            Size(mm(card.width), mm(card.height)),
            design.theme.size_classes[0],
            self.marks[marked_as(words.code)],
            {},
        )


def _placeless(parts: tuple[CardPart, ...]) -> tuple[CardPart, ...]:
    """The parts as they are drawn: where a picture is named in a file makes no other face."""
    if not any(part.picture for part in parts):
        return parts
    nowhere = Place("")
    return tuple(
        replace(part, picture=replace(part.picture, place=nowhere)) if part.picture else part
        for part in parts
    )


def tabs_of(design: Design) -> int:
    """How many thumb tabs have room below each other: those of more sections begin at the top."""
    height, front = design.stock.card.height, design.theme.front
    tabs = [part for part in front if isinstance(part, theme.Tab)]
    below = [int((height - tab.top - tab.height) // (tab.step or height)) for tab in tabs]
    return 1 + max(0, min(below, default=_MANY))

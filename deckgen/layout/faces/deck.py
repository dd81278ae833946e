"""Every card of the deck as two Drawings, in printing order, index cards last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design import theme
from deckgen.design.load import Design
from deckgen.editions.fingerprint import face_prints
from deckgen.editions.looks import font_prints
from deckgen.geometry import Size, mm
from deckgen.layout.faces.card import draw_face, fit_problems, overfull, restamped
from deckgen.layout.faces.face import CardWords, Face
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Card, Deck, Section
from deckgen.model.drawing import Bookmark, Drawing, Group
from deckgen.model.edition import Mark
from deckgen.model.snapshot import index_code, marked_as
from deckgen.model.text import plain, word
from deckgen.model.workbook import Workbook
from deckgen.problem import Place, Problem, one_of, problem

_MANY = 1000  # more sections than any deck has
INDEX_PALETTE = "teal"
INDEX_ICON = "cards"
INDEX_NAME = word("How to use these cards")


class CardFaces(Struct, frozen=True, eq=False, dict=True):
    """A card's two sides, and what they were drawn from."""

    front: Drawing
    back: Drawing
    face: Face | None = None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, CardFaces) and self.front == other.front and self.back == other.back
        )

    def __hash__(self) -> int:
        return hash((self.front, self.back))

    @property
    def code(self) -> str:
        """The code that is printed on it: "K3", "Index", or "Index 2"."""
        return self.front.name.removesuffix("-front")

    @property
    def marked_as(self) -> str:
        """The code that its mark goes by: "Index" for every index card."""
        return marked_as(self.code)

    @cached_property
    def prints(self) -> tuple[str, str]:
        """Fingerprints of both sides, without the mark of an edition and with it."""
        assert self.face is not None, "only faces that were set have fingerprints"
        return face_prints((self.front, self.back), font_prints(self.face.design.book))


def set_deck(
    deck: Deck,
    workbook: Workbook,
    design: Design,
    marks: Mapping[str, Mark],
    before: Iterable[CardFaces] = (),
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    """Set every card, each section in the largest size class in which all its cards fit.

    `marks` are by printed code; all index cards have that of "Index". Cards that were set in this
    design `before` are taken as they are if nothing but their marks would be another.
    Without cards if the templates lack a palette or an icon: nothing can be drawn then.
    """
    found = _look_problems(deck, design)
    if found:
        return (), found
    known = {card.code: card for card in before if card.face and card.face.design is design}
    setter = next((c.face.setter for c in known.values() if c.face), None) or Setter(design.book)
    faces = _Faces(deck, workbook, design, setter, marks)
    laid_out: list[CardFaces] = []
    indexes, index_fits = index_faces(faces)
    tabs = _tabs(design) if len(indexes) > 1 else len(deck.sections)
    by_prefix = defaultdict[str, list[Card]](list)
    for card in deck.cards:
        by_prefix[card.code.prefix].append(card)
    for slot, section in enumerate(deck.sections):
        cards = by_prefix[section.prefix]
        new = [faces.card(section, slot % tabs, card) for card in cards]
        made, fits = in_one_class(new, design)
        for card, face in zip(cards, made, strict=True):
            found += fit_problems(face, card.place, fits=fits)
            laid_out.append(draw_card(face, section, card is cards[0], known))
    for number, face in enumerate(indexes, start=1):
        found += fit_problems(face, deck.place, fits=index_fits)
        laid_out.append(draw_index(face, number, known))
    return tuple(laid_out), found


def stamped(cards: Iterable[CardFaces], marks: Mapping[str, Mark]) -> tuple[CardFaces, ...]:
    """The cards with these marks, by printed code. Nothing else of them is set again."""
    pairs = ((card, marks[card.marked_as]) for card in cards)
    return tuple(
        _stamped(card, card.face, mark) if card.face and card.face.mark != mark else card
        for card, mark in pairs
    )


def _stamped(card: CardFaces, face: Face, mark: Mark) -> CardFaces:
    face = replace(face, mark=mark)
    return CardFaces(restamped(face, card.front), restamped(face, card.back), face)


def deck_problems(
    deck: Deck, cards: Iterable[CardFaces], design: Design, *, fit: bool
) -> list[Problem]:
    """Letters that no font has, and, where the words `fit` their boxes, what could be cut off."""
    drawings = [side for faces in cards for side in (faces.front, faces.back)]
    places = [card.place for card in deck.cards for _ in range(2)]
    places += [deck.place] * (len(drawings) - len(places))
    found = letter_problems(drawings, places, design.book)
    names = {section.name: section.place for section in deck.sections}
    return found or safe_problems(drawings, places, design.book, names) if fit else found


def in_one_class(faces: list[Face], design: Design) -> tuple[list[Face], bool]:
    """The faces in the largest class that all of them fit; else in the smallest, which is told."""
    order = list(range(len(faces)))
    for size_class in design.theme.size_classes:
        shared: dict[str | int, Any] = {}
        sized = [replace(face, size_class=size_class, shared=shared) for face in faces]
        over = next((n for n, at in enumerate(order) if overfull(sized[at])), None)
        if over is None:
            return sized, True
        order.insert(0, order.pop(over))  # most likely it is too full for the next class as well
    return sized, False


class _Faces(Struct, frozen=True):
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
            card.lead,
            card.points,
            card.questions,
            tuple((str(ref.code), palette_of(ref.code).palette) for ref in card.see_also),
            card.printed_as,
            self.workbook.uses_of(card.code),
            card.code.number,
        )
        return self._face(words, section.palette, slot)

    def index(self, number: int, listed: tuple[Section, ...]) -> Face:
        """An index card: only the first says how to use the deck."""
        deck, slot = self.deck, len(self.deck.sections)
        told = deck.how_to_use if number == 1 else ()
        named = self.design.say(INDEX_NAME)
        words = CardWords(
            index_code(number), deck.title, named, INDEX_ICON, points=told, listed=listed
        )
        slot = slot if len(listed) == slot else slot % _tabs(self.design)
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


def index_faces(faces: _Faces) -> tuple[list[Face], bool]:
    """The generated cards: title, edition, how to use the deck, the codes in force.

    One card if all sections fit on it; else each lists as many as it has room for in the smallest
    size class, and one at least. Also told is whether their words fit.
    """
    design, left = faces.design, faces.deck.sections
    one, fits = in_one_class([faces.index(1, left)], design)
    if fits:
        return one, fits
    made: list[Face] = []
    smallest = design.theme.size_classes[-1]
    while left:
        for count in range(1, len(left) + 1):
            face = faces.index(len(made) + 1, left[:count])
            if count > 1 and overfull(replace(face, size_class=smallest)):
                break
            fitting = face
        made.append(fitting)
        left = left[len(fitting.words.listed) :]
    return in_one_class(made, design)


def _tabs(design: Design) -> int:
    """How many thumb tabs have room below each other: those of more sections begin at the top."""
    height, front = design.stock.card.height, design.theme.front
    tabs = [part for part in front if isinstance(part, theme.Tab)]
    below = [int((height - tab.top - tab.height) // (tab.step or height)) for tab in tabs]
    return 1 + max(0, min(below, default=_MANY))


def draw_card(
    face: Face, section: Section, first: bool, known: Mapping[str, CardFaces]
) -> CardFaces:
    """Both sides; the first card of a section brings its bookmark."""
    title = f"{face.words.code} {face.words.title}"
    groups = (
        Group(f"section-{section.prefix}", section.name),
        Group(f"card-{face.words.code}", title),
    )
    marks = (Bookmark(section.name, 0),) * first + (Bookmark(title, 1),)
    return _drawn(face, groups, marks, known)


def draw_index(face: Face, number: int, known: Mapping[str, CardFaces]) -> CardFaces:
    """Both sides of an index card."""
    say = face.say
    title = plain(say("Index card {number}", number=number) if number > 1 else say("Index card"))
    groups = (Group("card-index" + f"-{number}" * (number > 1), title),)
    return _drawn(face, groups, (Bookmark(title, 0),), known)


def _drawn(
    face: Face,
    groups: tuple[Group, ...],
    marks: tuple[Bookmark, ...],
    known: Mapping[str, CardFaces],
) -> CardFaces:
    """Both sides; those that are `known` already but for their mark are taken as they are."""
    card = known.get(face.words.code)
    if (
        card
        and card.face
        and replace(card.face, mark=face.mark, shared=face.shared) == face
        and (card.front.groups, card.front.bookmarks) == (groups, marks)
    ):
        return stamped([card], {card.marked_as: face.mark})[0]
    return CardFaces(draw_face(face, "front", groups, marks), draw_face(face, "back", groups), face)


def _look_problems(deck: Deck, design: Design) -> list[Problem]:
    """Palettes and icons that deck.toml or the index card need and the templates don't have."""
    found = []
    for section in deck.sections:
        found += _unknown("palette", section.palette, design.palettes.sections, section.place)
        found += _unknown("icon", section.icon, design.icons, section.place)
    here = Place(design.palettes.file)
    found += _unknown("palette", INDEX_PALETTE, design.palettes.sections, here)
    found += _unknown("icon", INDEX_ICON, design.icons, here)
    return found


def _unknown(kind: str, name: str, known: Iterable[str], place: Place) -> list[Problem]:
    if name in known:
        return []
    found = f'There is no {kind} called "{name}".'
    return [problem("template-unknown", place, found, one_of(name, known))]

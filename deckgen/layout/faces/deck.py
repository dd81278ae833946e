"""Every card of the deck as two Drawings, in printing order, index cards last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.editions.fingerprint import face_prints
from deckgen.editions.looks import font_prints
from deckgen.layout.faces.card import draw_face, fit_problems, restamped
from deckgen.layout.faces.face import Face
from deckgen.layout.faces.face_maker import FaceMaker, in_one_class, tabs_of
from deckgen.layout.faces.framed import blurred
from deckgen.layout.faces.index_cards import index_faces
from deckgen.layout.faces.lacking import look_problems
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Card, Deck, Section
from deckgen.model.drawing import Bookmark, Drawing, Group
from deckgen.model.edition import Mark
from deckgen.model.snapshot import marked_as
from deckgen.model.text import plain
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem


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
    found = look_problems(deck, design)
    if found:
        return (), found
    known = {card.code: card for card in before if card.face and card.face.design is design}
    setter = next((c.face.setter for c in known.values() if c.face), None) or Setter(
        design.book, deck.language
    )
    faces = FaceMaker(deck, workbook, design, setter, marks)
    laid_out: list[CardFaces] = []
    indexes, index_fits = index_faces(faces)
    tabs = tabs_of(design) if len(indexes) > 1 else len(deck.sections)
    by_prefix = defaultdict[str, list[Card]](list)
    for card in deck.cards:
        by_prefix[card.code.prefix].append(card)
    for slot, section in enumerate(deck.sections):
        cards = by_prefix[section.prefix]
        new = [faces.card(section, slot % tabs, card) for card in cards]
        made, fits = in_one_class(new, design)
        for card, face in zip(cards, made, strict=True):
            found += fit_problems(face, card.place, fits=fits)
            drawn = draw_card(face, section, card is cards[0], known)
            found += blurred(card, (drawn.front, drawn.back))
            laid_out.append(drawn)
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
    return found or safe_problems(drawings, places, design.book, deck.names) if fit else found


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

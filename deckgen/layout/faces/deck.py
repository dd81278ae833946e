"""Every card of the deck as two Drawings, in printing order, the index card last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.design.palette import Palette
from deckgen.geometry import Size, mm
from deckgen.layout.faces.card import draw_face, fit_problems, overfull, restamped
from deckgen.layout.faces.face import CardWords, Face
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Card, CardCode, Deck, Section
from deckgen.model.drawing import Bookmark, Drawing, Group
from deckgen.model.edition import Mark
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.workbook import Workbook
from deckgen.problem import Place, Problem, one_of, problem

INDEX_PALETTE = "teal"
INDEX_ICON = "cards"
INDEX_NAME = "How to use these cards"


class CardFaces(Struct, frozen=True, eq=False):
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
        """The code that is printed on it: "K3", or "Index"."""
        return self.front.name.removesuffix("-front")


def set_deck(
    deck: Deck, workbook: Workbook, design: Design, marks: Mapping[str, Mark]
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    """Set every card, each section in the largest size class in which all its cards fit.

    `marks` are by printed code, that of the index card too.
    Without cards if the templates lack a palette or an icon: nothing can be drawn then.
    """
    found = _look_problems(deck, design)
    if found:
        return (), found
    setter = Setter(design.book)
    laid_out: list[CardFaces] = []
    for slot, section in enumerate(deck.sections):
        cards = [card for card in deck.cards if card.code.prefix == section.prefix]
        faces = [
            face_of(deck, workbook, design, setter, section, slot, card, marks) for card in cards
        ]
        for card, face in zip(cards, in_one_class(faces, design), strict=True):
            found += fit_problems(face, card.place)
            laid_out.append(draw_card(face, section, card is cards[0]))
    index = in_one_class([index_face_of(deck, design, setter, marks)], design)[0]
    found += fit_problems(index, deck.place)
    laid_out.append(draw_index(index))
    return tuple(laid_out), found


def stamped(cards: Iterable[CardFaces], marks: Mapping[str, Mark]) -> tuple[CardFaces, ...]:
    """The cards with these marks, by printed code. Nothing else of them is set again."""
    return tuple(
        _stamped(card, card.face, marks[card.code])
        if card.face and card.face.mark != marks[card.code]
        else card
        for card in cards
    )


def _stamped(card: CardFaces, face: Face, mark: Mark) -> CardFaces:
    face = replace(face, mark=mark)
    return CardFaces(restamped(face, card.front), restamped(face, card.back), face)


def deck_problems(
    deck: Deck, cards: Iterable[CardFaces], design: Design, *, fit: bool
) -> list[Problem]:
    """Letters that no font has, and, where the words `fit` their boxes, what could be cut off."""
    drawings = [side for faces in cards for side in (faces.front, faces.back)]
    places = [card.place for card in deck.cards for _ in range(2)] + [deck.place] * 2
    found = letter_problems(drawings, places, design.book)
    return found or safe_problems(drawings, places, design.book) if fit else found


def in_one_class(faces: list[Face], design: Design) -> list[Face]:
    """The faces in the largest class that all of them fit; else in the smallest."""
    for size_class in design.theme.size_classes:
        sized = [replace(face, size_class=size_class) for face in faces]
        if not any(overfull(face) for face in sized):
            return sized
    return sized


def face_of(
    deck: Deck,
    workbook: Workbook,
    design: Design,
    setter: Setter,
    section: Section,
    slot: int,
    card: Card,
    marks: Mapping[str, Mark],
) -> Face:
    """A card before its size class is known."""
    words = CardWords(
        code=str(card.code),
        title=card.title,
        lead=card.lead,
        points=card.points,
        questions=card.questions,
        see_also=tuple(ref.code for ref in card.see_also),
        printed_as=card.printed_as,
        uses=workbook.uses_of(card.code),
        group_name=section.name,
        icon=section.icon,
        number=card.code.number,
    )
    palette = design.palettes.sections[section.palette]
    return _new_face(deck, design, setter, words, palette, slot, marks)


def index_face_of(deck: Deck, design: Design, setter: Setter, marks: Mapping[str, Mark]) -> Face:
    """The generated card: title, edition, how to use the deck, the codes in force."""
    words = CardWords(
        code=INDEX_CODE,
        title=deck.title,
        lead=(),
        points=deck.how_to_use,
        questions=(),
        see_also=(),
        printed_as="",
        uses=(),
        group_name=INDEX_NAME,
        icon=INDEX_ICON,
        number=0,
        listed=deck.sections,
    )
    palette = design.palettes.sections[INDEX_PALETTE]
    return _new_face(deck, design, setter, words, palette, len(deck.sections), marks)


def _new_face(
    deck: Deck,
    design: Design,
    setter: Setter,
    words: CardWords,
    palette: Palette,
    slot: int,
    marks: Mapping[str, Mark],
) -> Face:
    def palette_of(code: CardCode) -> Palette:
        return design.palettes.sections[deck.section_of(code).palette]

    card = design.stock.card
    return Face(
        words=words,
        palette=palette,
        slot=slot,
        design=design,
        setter=setter,
        size=Size(mm(card.width), mm(card.height)),
        size_class=design.theme.size_classes[0],
        mark=marks[words.code],
        palette_of=palette_of,
    )


def draw_card(face: Face, section: Section, first: bool) -> CardFaces:
    """Both sides; the first card of a section brings its bookmark."""
    title = f"{face.words.code} {face.words.title}"
    groups = (
        Group(f"section-{section.prefix}", section.name),
        Group(f"card-{face.words.code}", title),
    )
    marks = (Bookmark(section.name, 0),) * first + (Bookmark(title, 1),)
    return CardFaces(draw_face(face, "front", groups, marks), draw_face(face, "back", groups), face)


def draw_index(face: Face) -> CardFaces:
    """Both sides of the index card."""
    groups = (Group("card-index", "Index card"),)
    marks = (Bookmark("Index card", 0),)
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

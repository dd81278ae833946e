"""The cards whose words changed, drawn anew; the others are known by a digest of theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields

from deckgen.design.load import Design
from deckgen.layout.faces.card import fit_problems
from deckgen.layout.faces.deck import (
    CardFaces,
    draw_card,
    draw_index,
    face_of,
    in_one_class,
    index_face_of,
)
from deckgen.layout.faces.face import Face
from deckgen.layout.setting.letters import letter_problems
from deckgen.layout.setting.lines import Setter
from deckgen.layout.setting.safe import safe_problems
from deckgen.model.deck import Deck
from deckgen.model.edition import Mark
from deckgen.model.workbook import Workbook

# By printed code: the digest of a card, and that of its size class.
Known = Mapping[str, tuple[str, str]]

# What these hold comes from the templates, the fonts and the deck's sections, which are known to
# be as they were. Everything else of a face enters its digest, whatever may be added to it.
_KNOWN_OTHERWISE = ("design", "setter", "palette_of", "size_class")


def face_digest(face: Face) -> str:
    """What a card's sides are drawn from, but for its size class and the looks of all cards."""
    said = [
        (field.name, getattr(face, field.name))
        for field in fields(face)
        if field.name not in _KNOWN_OTHERWISE
    ]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def size_class_digest(face: Face) -> str:
    """The size class of a card, and with it of its section."""
    return repr(face.size_class)


def redrawn(
    deck: Deck,
    workbook: Workbook,
    design: Design,
    marks: Mapping[str, Mark],
    known: Known,
) -> dict[str, CardFaces] | None:
    """Cards that are not as they are `known`: by code, their digests and those of their classes.

    None if more than their own sides would change, or if there is anything to complain of: then
    the whole deck has to be laid out.
    """
    setter = Setter(design.book)
    drawn: dict[str, CardFaces] = {}
    places = []
    for slot, section in enumerate(deck.sections):
        cards = [card for card in deck.cards if card.code.prefix == section.prefix]
        faces = [
            face_of(deck, workbook, design, setter, section, slot, card, marks) for card in cards
        ]
        if all(_is_known(face, known) for face in faces):
            continue
        for one, face in zip(cards, in_one_class(faces, design), strict=True):
            if not _in_its_class(face, known) or fit_problems(face, one.place):
                return None
            if not _is_known(face, known):
                drawn[face.words.code] = draw_card(face, section, one is cards[0])
                places += [one.place] * 2
    index = in_one_class([index_face_of(deck, design, setter, marks)], design)[0]
    if not _is_known(index, known):
        if not _in_its_class(index, known) or fit_problems(index, deck.place):
            return None
        drawn[index.words.code] = draw_index(index)
        places += [deck.place] * 2
    sides = [side for card in drawn.values() for side in (card.front, card.back)]
    if letter_problems(sides, places, design.book) or safe_problems(sides, places, design.book):
        return None
    return drawn


def _is_known(face: Face, known: Known) -> bool:
    return face_digest(face) == known.get(face.words.code, ("", ""))[0]


def _in_its_class(face: Face, known: Known) -> bool:
    return size_class_digest(face) == known.get(face.words.code, ("", ""))[1]

"""The cards whose words changed, drawn anew; the others are known by a digest of theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields

from deckgen.design.load import Design
from deckgen.layout.card import fit_problems
from deckgen.layout.deck import CardFaces, draw_card, face_of, in_one_class
from deckgen.layout.face import Face
from deckgen.layout.letters import letter_problems
from deckgen.layout.lines import Setter
from deckgen.layout.safe import safe_problems
from deckgen.model.deck import Deck
from deckgen.model.workbook import Workbook

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
    known: Mapping[str, tuple[str, str]],
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
        faces = [face_of(deck, workbook, design, setter, section, slot, card) for card in cards]
        before = [known.get(face.words.code, ("", "")) for face in faces]
        if all(face_digest(f) == digest for f, (digest, _) in zip(faces, before, strict=True)):
            continue
        sized = in_one_class(faces, design)
        for card, face, (digest, size_class) in zip(cards, sized, before, strict=True):
            if size_class_digest(face) != size_class or fit_problems(face, card.place):
                return None
            if face_digest(face) != digest:
                drawn[face.words.code] = draw_card(face, section, card is cards[0])
                places += [card.place] * 2
    sides = [side for faces in drawn.values() for side in (faces.front, faces.back)]
    if letter_problems(sides, places, design.book) or safe_problems(sides, places, design.book):
        return None
    return drawn

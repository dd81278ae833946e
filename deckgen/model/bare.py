"""A deck without what only its cards' faces show."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.model.deck import Deck
from deckgen.problem import Place

_EMPTY = dict.fromkeys(("parts", "short", "see_also"), ())
_NOTHING = {**_EMPTY, "printed_as": "", "id_at": None}


def without_words(deck: Deck) -> Deck:
    """The deck with codes and titles only. What is made from it can't depend on other words."""
    cards = (replace(card, **_NOTHING, place=Place(card.place.file)) for card in deck.cards)
    return replace(deck, cards=tuple(cards))

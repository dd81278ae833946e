"""What a deck's cards need that the templates lack."""

from __future__ import annotations

from deckgen.design.load import Design, looks_asked, unknown_looks
from deckgen.design.palette import INDEX_PALETTE
from deckgen.model.deck import Card, Deck
from deckgen.problem import Place, Problem, problem

INDEX_ICON = "cards"


def look_problems(deck: Deck, design: Design) -> list[Problem]:
    """Palettes and icons that deck.toml or the index card need and the templates don't have."""
    here = Place(design.palettes.file)
    index = (("palette", INDEX_PALETTE, here), ("icon", INDEX_ICON, here))
    asked = (*looks_asked(deck.sections), *index)
    return [*unknown_looks(asked, design.palettes, design.icons), *_unset_kinds(deck, design)]


def _unset_kinds(deck: Deck, design: Design) -> list[Problem]:
    """Layouts and styles that cards of a kind need and the theme doesn't have, once each."""
    missing: dict[tuple[str, str], Card] = {}
    for card in deck.cards:
        for side, name in (("front", card.front), ("back", card.back)):
            if design.theme.layout(side, name) is None:
                missing.setdefault((f"{side} layout", name), card)
        for part in (*card.parts, *card.short):
            if part.rule.look not in design.theme.styles:
                missing.setdefault(("style", part.rule.look), card)
    return [
        problem(
            "template-unknown",
            card.place,
            f"{card.code} needs the {what} “{name}”, which the theme {design.theme.name} lacks.",
            "Give the card another kind, use another theme, or add it to this one.",
        )
        for (what, name), card in missing.items()
    ]

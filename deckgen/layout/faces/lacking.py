"""What a deck's cards need that the templates lack."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.design.load import Design
from deckgen.model.deck import Card, Deck
from deckgen.problem import Place, Problem, one_of, problem

INDEX_PALETTE = "teal"
INDEX_ICON = "cards"


def look_problems(deck: Deck, design: Design) -> list[Problem]:
    """Palettes and icons that deck.toml or the index card need and the templates don't have."""
    found = []
    for section in deck.sections:
        found += _unknown("palette", section.palette, design.palettes.sections, section.place)
        found += _unknown("icon", section.icon, design.icons, section.place)
    found += _unset_kinds(deck, design)
    here = Place(design.palettes.file)
    found += _unknown("palette", INDEX_PALETTE, design.palettes.sections, here)
    found += _unknown("icon", INDEX_ICON, design.icons, here)
    return found


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


def _unknown(kind: str, name: str, known: Iterable[str], place: Place) -> list[Problem]:
    if name in known:
        return []
    found = f'There is no {kind} called "{name}".'
    return [problem("template-unknown", place, found, one_of(name, known))]

"""What a deck's cards need that the templates lack."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.design.load import Design, looks_asked, unknown_looks
from deckgen.design.palette import INDEX_PALETTE
from deckgen.design.theme import PANEL, AnyPart, Body, Picture, Theme
from deckgen.model.card_kind import Takes
from deckgen.model.deck import Card, CardPart, Deck
from deckgen.problem import Place, Problem, problem

INDEX_ICON = "cards"


def look_problems(deck: Deck, design: Design) -> list[Problem]:
    """Palettes and icons that deck.toml or the index card need and the templates don't have."""
    here = Place(design.palettes.file)
    index = (("palette", INDEX_PALETTE, here), ("icon", INDEX_ICON, here))
    asked = (*looks_asked(deck.sections), *index)
    return [*unknown_looks(asked, design.palettes, design.icons), *_unset_kinds(deck, design)]


def _unplaced(card: Card, theme: Theme) -> Iterator[CardPart]:
    """Parts that would be printed on neither side, as no part of the theme takes them."""
    layouts = {"front": theme.layout("front", card.front), "back": theme.layout("back", card.back)}
    if None in layouts.values():
        return  # that is told
    placed = [(side, part) for side, parts in layouts.items() for part in parts or ()]
    bodies = [(side, part) for side, part in placed if isinstance(part, Body)]
    usual = {side for side, body in bodies if _is_usual(body)}
    claimed = {name for _, body in bodies for name in body.contents}
    for parts in (card.parts, card.short):
        frames = {side for side, part in placed if isinstance(part, Picture)}
        for part in parts:
            rule = part.rule
            if rule.takes is Takes.PICTURE and rule.side in frames:
                frames.remove(rule.side)  # it holds one picture
            elif rule.side not in usual and (PANEL if rule.panel else rule.look) not in claimed:
                yield part


def _is_usual(part: AnyPart) -> bool:
    return isinstance(part, Body) and not part.contents


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
        for part in _unplaced(card, design.theme):
            missing.setdefault((f"place on the {part.rule.side} for", part.rule.label), card)
    # A layout that has room for words is an option too.
    wordy = sorted(n for n, parts in design.theme.fronts.items() if any(map(_is_usual, parts)))
    other = f"; its kind could say front = “{wordy[-1]}”" if wordy else ""
    return [
        problem(
            "template-unknown",
            card.place,
            f"{card.code} needs the {what} “{name}”, which the theme {design.theme.name} lacks.",
            "Give the card another kind, use another theme, or add it to this one"
            + (other if "front for" in what else "")
            + ".",
        )
        for (what, name), card in missing.items()
    ]

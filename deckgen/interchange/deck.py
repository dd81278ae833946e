"""A deck as an exchange sees it: its cards as rows, if all of their words could be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.kinds import Kinds
from deckgen.content.load import load_cards
from deckgen.interchange.columns import row_of
from deckgen.model.card_kind import CardKind
from deckgen.model.deck import Card, CardCode, CardPart, Section
from deckgen.problem import Place, Problem, Severity, problem
from deckgen.project import Project

# Errors of cards whose words were read all the same. Any other may have cost some: a picture,
# which isn't there, or words below a heading that nobody knows.
_HARMLESS = frozenset(("part-empty",))
NOWHERE = Place("")


class Dealt(Struct, frozen=True, dict=True):
    """The cards of a project in printing order."""

    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    kinds: Kinds

    @cached_property
    def by_code(self) -> dict[CardCode, Card]:
        """The cards by their codes."""
        return {card.code: card for card in self.cards}

    def section(self, card: Card) -> Section:
        """The section of a card."""
        return next(s for s in self.sections if s.prefix == card.code.prefix)

    def kind(self, card: Card) -> CardKind:
        """The kind of a card."""
        return kind_of(card, self.kinds)

    def row(self, card: Card) -> dict[str, str]:
        """The cells of a card's row."""
        return row_of(card, self.section(card), self.kind(card))


def kind_of(card: Card, kinds: Kinds) -> CardKind:
    """The kind of a card that was read with these kinds."""
    kind = kinds.by_name.get(card.kind) if card.kind else kinds.usual
    if kind is None:
        raise KeyError(card.kind)
    return kind


def dealt(project: Project) -> tuple[Dealt | None, list[Problem]]:
    """The deck of a project.

    None, with what is in the way, if words of its cards couldn't be read: nobody may lose them.
    """
    read, found = load_cards(project.files)
    errors = [p for p in (*project.problems, *found) if p.severity is Severity.ERROR]
    in_the_way = [p for p in errors if _costs_words(p)]
    if read is None or in_the_way or not read[2].by_name:
        return None, in_the_way or errors
    sections, cards, kinds = read
    deck = Dealt(tuple(cards), tuple(sections), kinds)
    doubled = [card for card in cards if deck.by_code[card.code] is not card]
    if doubled:
        said, todo = f"{doubled[0].code} is here twice.", "Give one of them another code."
        return None, [problem("card-repeated", doubled[0].place, said, todo)]
    return deck, []


def _costs_words(found: Problem) -> bool:
    """Whether an error may have kept words of a card from being read. A picture is words here."""
    mine = ("content/cards/", "content/pictures/", "templates/cards/", "content/deck.toml")
    return found.place.file.startswith(mine) and found.code not in _HARMLESS


def as_said(card: Card) -> Card:
    """A card without the places where its words stand, to compare it with another."""
    return replace(
        card,
        place=NOWHERE,
        id_at=NOWHERE if card.id_given else None,
        see_also=tuple(replace(ref, place=NOWHERE) for ref in card.see_also),
        parts=tuple(map(_placeless, card.parts)),
        short=tuple(map(_placeless, card.short)),
    )


def _placeless(part: CardPart) -> CardPart:
    return replace(part, picture=replace(part.picture, place=NOWHERE)) if part.picture else part


def kinds_used(deck: Dealt) -> Iterator[CardKind]:
    """The kinds of the deck's cards and sections, those of other cards behind them."""
    used = {deck.kind(card).key for card in deck.cards}
    used |= {named.key for s in deck.sections if (named := deck.kinds.named(s.kind, s.place)[0])}
    kinds: Mapping[str, CardKind] = deck.kinds.by_name
    yield from _usual_first(kinds[key] for key in sorted(used))


def _usual_first(kinds: Iterable[CardKind]) -> list[CardKind]:
    return sorted(kinds, key=lambda kind: not kind.default)

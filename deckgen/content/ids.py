"""Ids: what a card is known by for ever, also when its number changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import count

from deckgen.model.deck import Card
from deckgen.problem import Place, Problem, problem

RESERVED = frozenset({"index"})  # the card that deckgen makes itself
_SHORTEST, _LONGEST = 2, 40
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SMALL_WORDS = frozenset(("a", "an", "the", "that"))
_WORDS = 4


def unfit_id(written: str, title: str, place: Place) -> list[Problem]:
    """What keeps words from being an id."""
    said, todo = f"“{written[:60]}” can't be an Id.", f"Write “Id: {suggested_id(title)}”."
    if not written:
        return [problem("id-invalid", place, "“Id:” names nothing.", todo)]
    if written in RESERVED:
        said, todo = f"The Id “{written}” belongs to the index card.", "Choose another Id."
    elif written.isdigit() and written.isascii():
        todo = "Use a word, or a word and a number: digits alone are too easily mixed up."
    elif not _ID.fullmatch(written):
        near = f" For example: {letters_of(written)}" if is_id(letters_of(written)) else ""
        todo = "Use small letters a to z, digits, and single hyphens between them." + near
    elif not _SHORTEST <= len(written) <= _LONGEST:
        todo = f"Use {_SHORTEST} to {_LONGEST} characters; this has {len(written)}."
    else:
        return []
    return [problem("id-invalid", place, said, todo)]


def is_id(written: str) -> bool:
    """Whether words may be an id."""
    fits = _ID.fullmatch(written) and _SHORTEST <= len(written) <= _LONGEST
    return bool(fits) and not written.isdigit() and written not in RESERVED


def id_problems(cards: Sequence[Card]) -> list[Problem]:
    """Cards without an id, each with one that is free, and ids that two cards have."""
    found = []
    first: dict[str, Card] = {}
    for card in sorted(cards, key=lambda card: not card.id_given):
        other = first.setdefault(card.id, card)
        if other.code != card.code:
            found.append(_repeated(card, other))
    taken = {card.id for card in cards}
    for card in cards:
        if not card.id_given:
            suggested = suggested_id(card.title, taken)
            taken.add(suggested)
            found.append(_missing(card, suggested))
    return found


def _missing(card: Card, suggested: str) -> Problem:
    said = f"{card.code} has no Id. An Id stays with a card for ever, also when its number changes."
    return problem("id-missing", card.place, said, f"Write “Id: {suggested}” below its heading.")


def _repeated(card: Card, other: Card) -> Problem:
    """The second of two cards with one id; one that is the code of a card may be unwritten."""
    at = other.id_at or other.place
    if card.id_at:
        said = f"{card.code} has the Id “{card.id}”, which {other.code} has too: {at}."
        todo = "Give the newer of the two cards another Id."
    else:
        said = f"{card.code} has no Id, so it goes by “{card.id}”; {other.code} has that Id: {at}."
        todo = "Write an Id of its own below its heading."
    return problem("id-repeated", card.id_at or card.place, said, todo)


def suggested_id(title: str, taken: Collection[str] = ()) -> str:
    """A title's first words as an id that is free."""
    words = [word for word in letters_of(title).split("-") if word not in _SMALL_WORDS]
    short = "-".join(words[:_WORDS])[: _LONGEST - 3].rstrip("-")
    short = short if is_id(short) else f"card-{short}".rstrip("-")
    tries = (short if n == 1 else f"{short}-{n}" for n in count(1))
    return next(name for name in tries if name not in taken)


def letters_of(words: str) -> str:
    """Words as letters a to z, digits and hyphens, without their accents."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("’", "").replace("'", ""))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")

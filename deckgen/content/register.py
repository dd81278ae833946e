"""content/references.toml: who looks after each reference, and when it was last checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from deckgen.content.deck import Code, Worded, Words
from deckgen.content.inline import inline
from deckgen.model.deck import Card, CardCode, ReferenceEntry
from deckgen.model.text import Text, plain
from deckgen.problem import Place, Problem, problem
from deckgen.settings import Settings, locate, read_settings

FILE = "content/references.toml"


class ReferenceSettings(Worded, frozen=True):
    """One [[references]] table."""

    card: Code
    entry: Words
    owner: Words
    checked: date


class RegisterSettings(Settings, frozen=True):
    """The whole file."""

    review_months: Annotated[int, Meta(ge=1, le=120)] = 12
    references: tuple[ReferenceSettings, ...] = ()


def read_register(text: str) -> tuple[tuple[ReferenceEntry, ...], list[Problem]]:
    """Every entry with its places; none if the file has a fault."""
    settings, found = read_settings(text, FILE, RegisterSettings)
    if settings is None:
        return (), found
    return tuple(_entries(settings, text)), found


def _entries(settings: RegisterSettings, text: str) -> Iterator[ReferenceEntry]:
    for index, written in enumerate(settings.references):
        code = CardCode.parse(written.card)
        assert code is not None  # its settings were checked
        places = (
            Place(FILE, *locate(text, ["references", index, name])) for name in ("entry", "checked")
        )
        months = settings.review_months
        yield ReferenceEntry(code, written.entry, written.owner, written.checked, months, *places)


def register_problems(cards: Sequence[Card], entries: Sequence[ReferenceEntry]) -> list[Problem]:
    """Entries and the points of their cards, wherever they don't go together one by one."""
    by_code = {card.code: card for card in cards}
    found = []
    taken: dict[tuple[CardCode, int], ReferenceEntry] = {}
    for entry in entries:
        card, wanted = by_code.get(entry.card), _squeezed(plain(inline(entry.entry)))
        fitting = [n for n, text in enumerate(card.listed) if _begins(text, wanted)] if card else []
        if card is None:
            found.append(_no_card(entry))
        elif len(fitting) != 1:
            found.append(_unmatched(entry, len(fitting)))
        else:
            first = taken.setdefault((card.code, fitting[0]), entry)
            found += [_repeated(entry, first)] if first is not entry else []
    for code in dict.fromkeys(entry.card for entry in entries if entry.card in by_code):
        card = by_code[code]
        beginnings = [_squeezed(plain(text)) for text in card.listed]
        found += [
            _unregistered(card, words)
            for number, words in enumerate(beginnings)
            if (code, number) not in taken
        ]
    return found


def _begins(point: Text, wanted: str) -> bool:
    """Whether a point begins with these words, and not in the middle of one."""
    written = _squeezed(plain(point))
    return written.startswith(wanted) and not re.match(r"\w", written[len(wanted) :])


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _no_card(entry: ReferenceEntry) -> Problem:
    said = f"There is no card {entry.card} for “{entry.entry}”."
    todo = "Write the code of the card that the reference is on, or take the entry out."
    return problem("reference-unmatched", entry.place, said, todo)


def _unmatched(entry: ReferenceEntry, points: int) -> Problem:
    said = f"{points} points of {entry.card} begin with “{entry.entry}”."
    todo = "Write more of how the point begins."
    if not points:
        said = f"No point of {entry.card} begins with “{entry.entry}”."
        todo = "Write it as the point begins, or take the entry out."
    return problem("reference-unmatched", entry.place, said, todo)


def _repeated(entry: ReferenceEntry, first: ReferenceEntry) -> Problem:
    said = f"“{entry.entry}” is the same point of {entry.card} as “{first.entry}”: {first.place}."
    return problem("reference-repeated", entry.place, said, "Keep one of the two entries.")


def _unregistered(card: Card, words: str) -> Problem:
    short = words if len(words) <= 40 else f"{words[:40].rstrip()}…"
    said = f"Nobody looks after “{short}” on {card.code}: {FILE} has no entry for it."
    todo = f'Add a table [[references]] with card = "{card.code}" and who looks after it.'
    return problem("reference-unregistered", card.place, said, todo)

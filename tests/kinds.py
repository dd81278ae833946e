"""The kinds of cards that come with deckgen, and parts of a card by their names."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from deckgen.content.kinds import load_kinds
from deckgen.model.card_kind import CardKind
from deckgen.model.deck import Card, CardPart
from deckgen.model.text import Text, plain
from deckgen.project import Project

ROOT = Path(__file__).resolve().parents[1]
KINDS, _found = load_kinds(
    {f.relative_to(ROOT).as_posix(): f.read_bytes() for f in ROOT.glob("templates/cards/*.toml")}
)
assert not _found and KINDS.usual
USUAL: CardKind = KINDS.usual


def texts(card: Card, name: str) -> tuple[Text, ...]:
    """The words of a part, or nothing."""
    return next((part.texts for part in card.parts if part.rule.name == name), ())


def all_words(card: Card) -> list[str]:
    """All words of a card's parts, in order."""
    return [plain(text) for part in card.parts for text in part.texts]


def parts_of(kind: CardKind, **said: tuple[Text, ...]) -> tuple[CardPart, ...]:
    """Parts of a kind, with a row for each of their texts."""
    rules = {rule.name: rule for rule in kind.parts}
    return tuple(CardPart(rules[name], tuple((t,) for t in rows)) for name, rows in said.items())


def with_texts(card: Card, **said: tuple[Text, ...]) -> Card:
    """A card that says something else in some of its parts."""
    parts = (
        replace(part, rows=tuple((text,) for text in said[part.rule.name]))
        if part.rule.name in said
        else part
        for part in card.parts
    )
    return replace(card, parts=tuple(parts))


def in_full(project: Project) -> Project:
    """The project without the short forms of its cards: they are printed in full on every size."""
    short = re.compile(rb"(?ms)^## In short$.*?(?=^# |\Z)")
    files = {name: short.sub(b"", data) for name, data in project.files.items()}
    return replace(project, files=files)

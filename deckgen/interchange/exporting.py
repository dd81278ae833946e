"""All cards of a project as a table."""

from __future__ import annotations

from deckgen.content.deck import load_deck_settings
from deckgen.interchange.columns import columns_of
from deckgen.interchange.comma_table import written_csv
from deckgen.interchange.deck import dealt, kinds_used
from deckgen.interchange.spreadsheet import LONGEST_CELL, MOST_ROWS, written_sheet
from deckgen.model.deck import Card
from deckgen.problem import Problem, problem
from deckgen.project import Project

SUFFIXES = (".xlsx", ".csv")


def export_cards(project: Project, suffix: str) -> tuple[bytes | None, list[Problem]]:
    """A table of all cards; `suffix` is ".xlsx" or ".csv".

    None, with what is in the way, if words would be lost. Raises NotInstalled for .xlsx.
    """
    deck, found = dealt(project)
    if deck is None:
        return None, found
    rows = [deck.row(card) for card in deck.cards]
    pairs = zip(deck.cards, rows, strict=True)
    found = [_too_long(card) for card, row in pairs if any(map(_is_too_long, row.values()))]
    if len(rows) >= MOST_ROWS:
        said, todo = f"No table here has more than {MOST_ROWS:,} rows.", "Part the deck."
        found.append(problem("table-unreadable", deck.cards[0].place, said, todo))
    if found:
        return None, found
    columns = columns_of(kinds_used(deck), short=any(card.short for card in deck.cards))
    columns = (*columns, *dict.fromkeys(n for row in rows for n in row if n not in columns))
    if suffix == ".csv":
        return written_csv(columns, rows), []
    settings, _, _ = load_deck_settings(project.files)
    assert settings  # there is a deck
    return written_sheet(columns, rows, project.date_of(settings.edition.issued)), []


def _is_too_long(cell: str) -> bool:
    return len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL


def _too_long(card: Card) -> Problem:
    said = f"A part of {card.code} has more than {LONGEST_CELL:,} letters, too many for a cell."
    return problem("table-cell", card.place, said, "Shorten it, or make two cards of it.")

"""Which of a deck's cards and workbooks are wanted."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.content.load import Content
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.selection import Chosen, selected
from deckgen.options import Options
from deckgen.problem import Place, Problem, problem


def dealt_cards(cards: tuple[CardFaces, ...], chosen: list[Chosen]) -> tuple[CardFaces, ...]:
    """The chosen cards, as often as was asked; all of them if none was named.

    Index cards are chosen together.
    """
    named: dict[str, list[CardFaces]] = {}
    for faces in cards:
        named.setdefault(faces.marked_as.upper(), []).append(faces)
    return (
        tuple(faces for code, count in chosen for _ in range(count) for faces in named[code])
        or cards
    )


def chosen_cards(content: Content, options: Options) -> tuple[list[Chosen], list[Problem]]:
    """The cards that were asked for; empty for all of them."""
    if not options.selects:
        return [], []
    cards, frame = options.cards, options.time_frame
    return selected(content.deck, content.workbook, cards, frame, used=bool(options.role))


def for_role(content: Content, role: str) -> tuple[Content, list[Problem]]:
    """The content with the workbook of the role that was asked for; faces stay as they are."""
    workbook = content.workbook_of(role) if role else content.workbook
    if workbook is None:
        there = sorted(book.key for book in content.books)
        found = f"There is no workbook for “{role}”."
        todo = f"Use one of: {', '.join(there)}." if there else "The deck has no workbooks."
        return content, [problem("selection-invalid", Place("--role"), found, todo)]
    return replace(content, workbook=workbook), []

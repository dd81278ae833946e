"""A project beside its editions: what its cards are marked with, and what would be issued.

A deck that was never issued costs nothing here: its marks come from the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.deck import FILE
from deckgen.content.load import Content
from deckgen.design.load import Design
from deckgen.editions.compare import exchanged_ids
from deckgen.editions.ledger import reused_ids
from deckgen.editions.looks import (
    changed_looks,
    facts_of_look,
    look_facts,
    pages_by_key,
    with_faces,
    with_pages,
)
from deckgen.editions.marking import Stage, Standing, edition_at, marks_of, standing_of
from deckgen.editions.snapshot import DECK_PAGE, card_check, snapshot_of
from deckgen.layout.faces.deck import CardFaces, stamped
from deckgen.layout.workbooks.workbook import SetWorkbook, in_edition
from deckgen.model.deck import Deck, Edition
from deckgen.model.drawing import Drawing
from deckgen.model.edition import Mark
from deckgen.model.lock import Ledger, Lock
from deckgen.model.snapshot import INDEX_CODE, CardState, Snapshot
from deckgen.options import Look
from deckgen.problem import Found, Place, Problem, blocks, problem
from deckgen.project import Project
from deckgen.settings import locate


class EditionState(Struct, frozen=True):
    """Content with its edition's stage, and the marks that cards carry.

    If it was `drawn`, the snapshot has the fingerprints of faces and pages too.
    """

    content: Content
    ledger: Ledger
    standing: Standing
    marks: dict[str, Mark]
    drawn: bool = False

    @property
    def snapshot(self) -> Snapshot:
        """The deck as it would be issued; without fingerprints of faces if none were drawn."""
        return self.standing.snapshot


def by_words(
    content: Content, locks: tuple[Ledger, list[Problem]]
) -> tuple[EditionState | None, list[Problem]]:
    """Where the content stands beside its latest edition, as far as words tell: a card whose look
    alone is new seems to be as issued. None if a lock can't be relied on.
    """
    found = Found()
    ledger = found.take(locks)
    found += reused_ids(content.deck, ledger)
    if blocks(found):
        return None, found
    return _state(content, ledger, snapshot_of(content.deck, content.books)), found


def by_looks(
    project: Project,
    state: EditionState,
    design: Design,
    cards: tuple[CardFaces, ...],
    books: Sequence[SetWorkbook],
) -> EditionState:
    """The state once it is known what all faces and pages look like: `cards` and `books` are set
    in the deck's own look.
    """
    content, faces = state.content, _by_code(cards)
    facts = look_facts(project.files, content, design, faces)
    index = [side for c in cards if c.marked_as == INDEX_CODE for side in (c.front, c.back)]
    pages = _pages(content, books) | {DECK_PAGE: index}
    drawn = with_faces(state.snapshot, {card.code: card.prints for card in cards})
    drawn = with_pages(drawn, pages, design.book)
    seen = _state(content, state.ledger, replace(drawn, looks=facts))
    return replace(_with_marked(seen, cards), drawn=True)


def as_issued(state: EditionState, cards: tuple[CardFaces, ...]) -> EditionState:
    """A drawn state with the marks that its cards carry once the edition is issued."""
    standing = standing_of(state.snapshot, state.ledger, issuing=True)
    content = state.content
    deck = replace(content.deck, edition=edition_at(content.deck.edition, Stage.ISSUED))
    content = replace(content, deck=deck)
    marks = marks_of(standing, deck, state.ledger)
    issued = replace(state, content=content, standing=standing, marks=marks)
    return _with_marked(issued, cards)


def _with_marked(state: EditionState, cards: tuple[CardFaces, ...]) -> EditionState:
    """The state with fingerprints of the faces as they are with its own marks."""
    marked = {card.code: card.prints for card in stamped(cards, state.marks)}
    snapshot = with_faces(state.snapshot, marked)
    return replace(state, standing=replace(state.standing, snapshot=snapshot))


def look_changes(state: EditionState, old: Lock, look: Look) -> list[str]:
    """What of a look has changed since an edition, as facts are called."""
    theme, stock = look.theme or state.content.theme, look.stock or state.content.stock
    names = facts_of_look(theme, stock, press=bool(look.size))
    return changed_looks(old.snapshot, state.snapshot, names)


def marks_in(state: EditionState, look: Look) -> dict[str, Mark]:
    """The marks of the cards in another look than the deck's own: a card whose look has changed
    since its edition is marked as a draft, whatever it says.
    """
    own = state.content.deck.edition
    after = edition_at(own, Stage.AFTER)
    shown = own if own.draft else after
    changed = {lock.edition for lock in state.ledger.locks if look_changes(state, lock, look)}
    return state.marks | {
        card.code: Mark(shown, card_check(card, f"{own.number}+"), after.tag)
        for card in state.snapshot.cards
        if card.edition in changed
    }


def _by_code(cards: Sequence[CardFaces]) -> dict[str, tuple[Drawing, Drawing]]:
    """Both faces of each card, by the code that is printed on it."""
    return {card.code: (card.front, card.back) for card in cards}


def _state(content: Content, ledger: Ledger, snapshot: Snapshot) -> EditionState:
    standing = standing_of(snapshot, ledger)
    deck = replace(content.deck, edition=edition_at(content.deck.edition, standing.stage))
    marks = marks_of(standing, content.deck, ledger)
    return EditionState(replace(content, deck=deck), ledger, standing, marks)


def _pages(content: Content, books: Sequence[SetWorkbook]) -> dict[str, Sequence[Drawing]]:
    """The pages of all workbooks, as drawn for no edition in particular."""
    timeless = replace(content.deck, edition=Edition("0", date(2000, 1, 1), date(2001, 1, 1)))
    pages: dict[str, Sequence[Drawing]] = {}
    for book in books:
        pages |= pages_by_key(book.workbook, in_edition(book, timeless).drawings)
    return pages


def beside_latest(project: Project, state: EditionState) -> list[Problem]:
    """What is wrong with a deck beside its latest edition."""
    latest = state.ledger.latest
    if latest is None:
        return []
    from deckgen.editions.declarations import read_declarations
    from deckgen.editions.lockfile import edition_order

    pairs = exchanged_ids(latest.snapshot, state.snapshot)
    found = [id_changed(old, new, state.content.deck) for old, new in pairs]
    number = state.snapshot.edition
    if state.standing.stage is Stage.AFTER:
        found.append(_changed_since(project, number))
    elif edition_order(number) < edition_order(latest.edition):
        found.append(_too_early(project, number, latest.edition))
    elif state.standing.stage is Stage.DRAFT:
        found += read_declarations(project.files, number)[1]
    return found


def number_place(project: Project) -> Place:
    """Where deck.toml says which edition it is."""
    text = project.files[FILE].decode("utf-8", "replace")
    return Place(FILE, *locate(text, ["edition", "number"]))


def id_changed(old: CardState, new: CardState, deck: Deck) -> Problem:
    """A card that has the words of one that is gone."""
    card = deck.by_id[new.id]
    said = f"{new.code} has the words of the card that had the Id “{old.id}”."
    todo = f"Give it back its Id: write “Id: {old.id}”."
    return problem("id-changed", card.id_at or card.place, said, todo)


def _too_early(project: Project, number: str, latest: str) -> Problem:
    said = f"Edition {number} comes before {latest}, which was issued already."
    return problem("edition-taken", number_place(project), said, f"Use a number after {latest}.")


def _changed_since(project: Project, number: str) -> Problem:
    return problem(
        "edition-changed",
        number_place(project),
        f"Edition {number} was issued, and the deck is not as it was then. What is built is "
        f"marked “Draft after edition {number}”.",
        "Write the next edition's number and dates here. “deckgen diff” shows what changed.",
    )

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
from deckgen.design.load import Design, load_design
from deckgen.editions.compare import exchanged_ids
from deckgen.editions.ledger import ledger_of, reused_ids
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
from deckgen.layout.faces.deck import CardFaces, lay_out_deck
from deckgen.layout.workbooks.workbook import lay_out_workbook
from deckgen.model.deck import Deck, Edition
from deckgen.model.drawing import Drawing
from deckgen.model.edition import Mark
from deckgen.model.lock import Ledger, Lock
from deckgen.model.snapshot import INDEX_CODE, CardState, Snapshot
from deckgen.options import Options
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.project import Project
from deckgen.settings import locate


class EditionState(Struct, frozen=True):
    """Content with its edition's stage, and the marks that cards carry.

    `cards` are the faces in the deck's own look, drawn with these marks, if they had to be drawn
    to find out what changed.
    """

    content: Content
    ledger: Ledger
    standing: Standing
    marks: dict[str, Mark]
    cards: tuple[CardFaces, ...] = ()
    card_problems: tuple[Problem, ...] = ()

    @property
    def snapshot(self) -> Snapshot:
        """The deck as it would be issued; without fingerprints of faces if none were drawn."""
        return self.standing.snapshot


def edition_state(
    project: Project, content: Content, *, draw: bool | None = None
) -> tuple[EditionState | None, list[Problem]]:
    """Where the content stands beside its latest edition. None if a lock can't be relied on.

    Faces are drawn if there is something to compare them with, or if to `draw` them is asked.
    With `draw` False only words are compared: a card whose look alone is new seems to be as issued.
    """
    ledger, found = ledger_of(project.files)
    found += reused_ids(content.deck, ledger)
    if blocks(found):
        return None, found
    snapshot = snapshot_of(content.deck, (content.workbook, *content.others))
    state = _state(content, ledger, snapshot)
    if draw or (ledger.latest and draw is None):
        state = _drawn(project, state, snapshot)
    return state, [*found, *_beside_latest(project, state)]


def as_issued(state: EditionState, project: Project) -> EditionState:
    """The state with the marks that cards carry once the edition is issued."""
    standing = standing_of(state.snapshot, state.ledger, issuing=True)
    content = state.content
    deck = replace(content.deck, edition=edition_at(content.deck.edition, Stage.ISSUED))
    content = replace(content, deck=deck)
    issued = replace(
        state, content=content, standing=standing, marks=marks_of(standing, deck, state.ledger)
    )
    design = _own_design(project, content)
    if design is None:
        return issued
    cards, _ = lay_out_deck(deck, content.workbook, design, issued.marks)
    snapshot = with_faces(standing.snapshot, faces_by_code(cards), design.book)
    return replace(issued, standing=replace(standing, snapshot=snapshot), cards=cards)


def cards_of(
    state: EditionState, design: Design, options: Options, *, press: bool = False
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    """All faces with their marks, in the look that was asked for or in the `press`'s sizes.

    Those that are drawn already are taken if it is the deck's own look. In another one, a card
    whose look has changed since its edition is marked as a draft, whatever it says.
    """
    content = state.content
    if state.cards and not press and default_look(options, content):
        return state.cards, list(state.card_problems)
    marks = state.marks | _redrawn(state, options, press=press)
    return lay_out_deck(content.deck, content.workbook, design, marks)


def look_changes(state: EditionState, old: Lock, options: Options, *, press: bool) -> list[str]:
    """What of the look that is asked for has changed since an edition, as facts are called."""
    theme = options.theme or state.content.theme
    names = facts_of_look(theme, options.stock or state.content.stock, press=press)
    return changed_looks(old.snapshot, state.snapshot, names)


def _redrawn(state: EditionState, options: Options, *, press: bool) -> dict[str, Mark]:
    """Marks of drafts for the cards whose look, as asked for, is not that of their edition."""
    own = state.content.deck.edition
    after = edition_at(own, Stage.AFTER)
    label = own.label if own.draft else after.label
    changed = {
        lock.edition
        for lock in state.ledger.locks
        if look_changes(state, lock, options, press=press)
    }
    return {
        card.code: Mark(label, own.review, card_check(card, f"{own.number}+"), after.tag)
        for card in state.snapshot.cards
        if card.edition in changed
    }


def default_look(options: Options, content: Content) -> bool:
    """Whether the options leave the faces as deck.toml has them."""
    return (
        options.theme in (None, content.theme)
        and options.stock in (None, content.stock)
        and not (options.ink_saver or options.large_print or options.qr)
    )


def faces_by_code(cards: tuple[CardFaces, ...]) -> dict[str, tuple[Drawing, Drawing]]:
    """Both faces of each card, by the code that is printed on it."""
    return {card.code: (card.front, card.back) for card in cards}


def _state(content: Content, ledger: Ledger, snapshot: Snapshot) -> EditionState:
    standing = standing_of(snapshot, ledger)
    deck = replace(content.deck, edition=edition_at(content.deck.edition, standing.stage))
    marks = marks_of(standing, content.deck, ledger)
    return EditionState(replace(content, deck=deck), ledger, standing, marks)


def _drawn(project: Project, state: EditionState, snapshot: Snapshot) -> EditionState:
    """The state with faces drawn. What looks different is marked anew, and drawn once more.

    A look that can't be drawn has its Problems told by the build itself.
    """
    content = state.content
    design = _own_design(project, content)
    if design is None:
        return state
    pages: dict[str, Sequence[Drawing]] = {}
    for _ in range(2):
        cards, found = lay_out_deck(state.content.deck, content.workbook, design, state.marks)
        if not cards:
            return state
        pages = pages or _drawn_pages(content, design)
        faces = faces_by_code(cards)
        index = {DECK_PAGE: faces[INDEX_CODE]}
        names = (content.theme, content.stock)
        facts = look_facts(project.files, content.deck, content.workbook, design, names, faces)
        drawn = with_pages(with_faces(snapshot, faces, design.book), pages | index, design.book)
        seen = _state(content, state.ledger, replace(drawn, looks=facts))
        if seen.marks == state.marks:
            break
        state = seen
    return replace(seen, cards=cards, card_problems=tuple(found))


def _drawn_pages(content: Content, design: Design) -> dict[str, Sequence[Drawing]]:
    """The pages of all workbooks, as drawn for no edition in particular."""
    timeless = replace(content.deck, edition=Edition("0", date(2000, 1, 1), date(2001, 1, 1)))
    pages: dict[str, Sequence[Drawing]] = {}
    for book in (content.workbook, *content.others):
        pages |= pages_by_key(book, lay_out_workbook(book, timeless, design)[0])
    return pages


def _own_design(project: Project, content: Content) -> Design | None:
    """The look that deck.toml asks for, with no option of a build's."""
    return load_design(
        project.files, content.theme, content.stock, ink_saver=False, large_print=False
    )[0]


def _beside_latest(project: Project, state: EditionState) -> list[Problem]:
    """What is wrong with a deck beside its latest edition."""
    latest = state.ledger.latest
    if latest is None:
        return []
    from deckgen.editions.declarations import read_declarations
    from deckgen.editions.lockfile import edition_order

    found = [
        id_changed(old, new, state.content.deck)
        for old, new in exchanged_ids(latest.snapshot, state.snapshot)
    ]
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
    card = next(card for card in deck.cards if card.id == new.id)
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

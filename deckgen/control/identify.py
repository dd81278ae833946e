"""Which card is this: a code from a printed card → what it is, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from deckgen.editions.asked_code import Asked, as_check, as_code, asked, near
from deckgen.editions.ledger import ledger_of
from deckgen.editions.marking import Stage
from deckgen.editions.printed_versions import Status, Version, all_versions
from deckgen.editions.printed_words import printed_in
from deckgen.editions.snapshot import snapshot_of
from deckgen.model.edition import Mark
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import Snapshot
from deckgen.problem import Problem, blocks
from deckgen.project import Project
from deckgen.proof.proof import Proof


class NoCode(Exception):
    """What was asked can be neither a card's code nor a check code."""


class Answer(Struct, frozen=True):
    """What a code means today. `notes` are sentences to add to what the matches say.

    `drafted` is whether the deck on disk differs from the latest edition.
    """

    asked: str
    deck: str
    latest: str
    status: Status
    matches: tuple[Version, ...] = ()
    notes: tuple[str, ...] = ()
    drafted: bool = False

    @property
    def current(self) -> bool:
        """Whether every card that it may be is in force."""
        return self.status is Status.CURRENT


def identify(project: Project, code: str, edition: str = "") -> tuple[Answer | None, list[Problem]]:
    """Look a code up in the issued editions. Raises NoCode; no answer if a lock is broken."""
    ledger, found = ledger_of(project.files)
    question = asked(code, edition, ledger, printed_in(project.files, ledger))
    if question is None:
        raise NoCode(code)
    if blocks(found):
        return None, found
    shown = " ".join(f"{code} {edition}".split())
    draft = _Draft(project, ledger)
    latest = ledger.latest
    if latest is None:
        deck = draft.title or "This deck"
        said = [f"No edition of “{deck}” was issued yet.", *draft.says(question)]
        known = Status.DRAFT if len(said) > 1 else Status.UNKNOWN
        return Answer(shown, deck, "", known, notes=tuple(said)), []
    status, matches, notes = _answered(question, ledger, draft)
    title = latest.snapshot.title
    return Answer(
        *(shown, title, latest.edition, status, tuple(matches), tuple(notes)), draft.differs
    ), []


_Found = tuple[Status, list[Version], list[str]]


def _answered(question: Asked, ledger: Ledger, draft: _Draft) -> _Found:
    versions = all_versions(ledger)
    matches = [version for version in versions if question.fits(version)]
    if question.draft:
        return _drafted(question, matches)
    if question.edition:
        return _in_edition(question, matches, ledger, draft)
    if matches:
        return _overall(matches), matches, list(_choice(matches))
    return _unknown(question, versions, ledger, draft)


def _overall(matches: list[Version]) -> Status:
    """Current only if nothing that it may be is out of date."""
    states = (match.status for match in matches)
    return next((status for status in states if status is not Status.CURRENT), Status.CURRENT)


def _choice(matches: list[Version]) -> Iterator[str]:
    """What tells several cards apart that have the same code."""
    if len(matches) < 2:
        return
    good = [f"“{match.mark}”" for match in matches if match.status is Status.CURRENT]
    said = f"only {' or '.join(good)} is in force" if good else "none of them is in force"
    yield f"This may be one of {len(matches)} printed cards; look at the mark on yours: {said}."


def _drafted(question: Asked, matches: list[Version]) -> _Found:
    """A mark that says itself that it is a draft's."""
    when = "after" if question.after else "of"
    notes = [
        f"This is a draft {when} edition {question.edition}: it was never issued. Don't use it."
    ]
    same = [] if question.after else [m for m in matches if m.edition == question.edition]
    if same:
        notes.append("Its words were issued later, as this card:")
    return Status.DRAFT, same, notes


def _in_edition(question: Asked, matches: list[Version], ledger: Ledger, draft: _Draft) -> _Found:
    """Those of an edition: marked with it, or in it with the mark of an older one."""
    lock = ledger.lock(question.edition)
    if lock is None:
        issued = ", ".join(lock.edition for lock in ledger.locks)
        notes = [f"Edition {question.edition} was never issued; these were: {issued}."]
        return Status.UNKNOWN, [], [*notes, *draft.says(question)]
    exact = [match for match in matches if match.edition == lock.edition]
    if exact:
        return _overall(exact), exact, []
    held = {(card.id, card.check) for card in lock.snapshot.cards}
    kept = [match for match in matches if (match.id, match.check) in held]
    if kept:
        notes = [f"{kept[0].name} is in edition {lock.edition} as it was printed before."]
        return _overall(kept), kept, notes
    notes = [f"Edition {lock.edition} had no such card."]
    if matches:
        notes.append("It was printed in another edition:")
        return Status.UNKNOWN, matches, notes
    status, others, more = _unknown(question, all_versions(ledger), ledger, draft)
    return status, others, [*notes, *more]


def _unknown(
    question: Asked, versions: tuple[Version, ...], ledger: Ledger, draft: _Draft
) -> _Found:
    """No version fits: a draft of today, a slip of the pen, or another deck."""
    if said := list(draft.says(question)):
        return Status.DRAFT, [], said
    if len(question.words) > 1:
        parts = [v for v in versions if any(Asked((word,)).fits(v) for word in question.words)]
        if parts:
            words = " and ".join(question.words)
            note = f"No card was ever printed with {words} together. These have one of them:"
            return Status.DOUBTFUL, parts, [note]
    title = ledger.locks[-1].snapshot.title
    notes = [f"“{title}” has never had {' '.join(question.words)}; perhaps it is of another deck."]
    misread = [v for word in question.words for v in near(word, versions)]
    if misread:
        notes.append("If a letter was misread, it may be one of these:")
    return Status.UNKNOWN, misread, notes


class _Draft:
    """The deck on disk, read only as far as an answer needs it."""

    def __init__(self, project: Project, ledger: Ledger) -> None:
        self._ledger = ledger
        self._proof = Proof(project)
        content, found = self._proof.read
        self._content = None if blocks(found) else content

    @property
    def title(self) -> str:
        return self._content.deck.title if self._content else ""

    @property
    def differs(self) -> bool:
        """Whether its words or its edition are not those of the latest edition."""
        if not self._content or not self._ledger.latest:
            return False
        snapshot = snapshot_of(self._content.deck, self._content.books[:1])
        return _said_by(snapshot) != _said_by(self._ledger.latest.snapshot)

    def says(self, question: Asked) -> Iterator[str]:
        """That a code is one of the draft's, if it is."""
        state = self._proof.state[0] if self._content else None
        for code, mark in state.marks.items() if state else ():
            loose = state is not None and state.standing.stage is Stage.LOOSE
            mine = _names(question, code, mark) and question.edition in ("", _number(mark))
            if mine and (loose or "DRAFT" in mark.tag):
                what = "in the deck on disk" if loose else "in the draft on disk"
                named = f"{code} · {mark.code} is {what} ({mark.edition.label})"
                yield f"{named}, which was never issued."


def _said_by(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.edition, *((card.id, card.code, card.parts) for card in snapshot.cards)


def _names(question: Asked, code: str, mark: Mark) -> bool:
    return all(as_code(w) == code.upper() or as_check(w) == mark.code for w in question.words)


def _number(mark: Mark) -> str:
    return mark.tag.removesuffix("DRAFT").rstrip("-+")

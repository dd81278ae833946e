"""The deck of today beside another: an issued edition, another folder, or a revision of git."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from deckgen.control.git_revision import NoRevision, project_at
from deckgen.disk import save_beside
from deckgen.editions import declarations as declaring
from deckgen.editions.compare import compare, exchanged_ids
from deckgen.editions.declarations import judged, read_declarations
from deckgen.model.change import Change, Declaration, Kind
from deckgen.model.snapshot import Snapshot
from deckgen.problem import Problem, Severity, blocks, in_order, problem
from deckgen.project import MARK, Project, read_project
from deckgen.proof.marks import EditionState, id_changed, number_place
from deckgen.proof.proof import Proof
from deckgen.source import read_source

# What is wrong with the declarations is worth a look here; all else is for `deckgen check`.
_SAID = "change-undeclared change-understated change-repeated change-unknown id-changed".split()


class NothingToCompare(Exception):
    """There is no such other side; says so in words for a person."""


class FactChange(Struct, frozen=True):
    """Something other than words that differs, and whom it concerns: "", a section or a card."""

    name: str
    concerns: str
    old: str
    new: str


class Side(Struct, frozen=True):
    """One side of a comparison, and what it is called. It was `drawn` if it has its looks."""

    name: str
    snapshot: Snapshot
    drawn: bool
    latest: bool = False


class Difference(Struct, frozen=True):
    """What differs between two sides. `declared` is what was said about it, in the edition to
    come; only changes since the latest edition are declared (`declares`).
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    facts: tuple[FactChange, ...]
    declared: tuple[Declaration, ...]
    problems: tuple[Problem, ...]
    declares: bool

    @property
    def drawn(self) -> bool:
        """Whether looks were compared too."""
        return self.old.drawn and self.new.drawn

    @property
    def differs(self) -> bool:
        return bool(self.changes or self.facts)

    def counts(self, subject: str) -> dict[str, int]:
        """How many cards or pages are of each class, the weightiest first; then unchanged."""
        kinds = Counter(c.floor for c in self.changes if c.subject == subject)
        there = self.new.snapshot.cards if subject == "card" else self.new.snapshot.pages
        found = {kind.value: kinds[kind] for kind in _BY_WEIGHT if kinds[kind]}
        return {**found, "unchanged": len(there) - sum(kinds.values()) + kinds[Kind.WITHDRAWN]}

    def declaration(self, change: Change) -> Declaration | None:
        """What was said about a change."""
        return next((entry for entry in self.declared if change.key in entry.keys), None)

    @property
    def readable(self) -> bool:
        """Whether nothing is wrong but what authors still have to say about their changes."""
        return not any(p.severity is Severity.ERROR and p.code not in _SAID for p in self.problems)

    @property
    def undeclared(self) -> tuple[Change, ...]:
        """The changes that nobody has said a word about, where somebody has to."""
        open_ones = (c for c in self.changes if not c.follows and not self.declaration(c))
        return tuple(open_ones) if self.declares else ()


_BY_WEIGHT = (
    *(Kind.REVISED, Kind.NEW, Kind.WITHDRAWN),
    *(Kind.RENUMBERED, Kind.CORRECTION, Kind.LAYOUT),
)


def differences(project: Project, old: str | None) -> tuple[Difference | None, list[Problem]]:
    """Today's deck beside `old`: an edition's number, a folder or a git revision.

    Without `old`, it is the latest edition. Raises NothingToCompare, for people.
    """
    state, problems = _state_of(project)
    if state is None:
        return None, _errors(problems)
    side, found = _other_side(state, project, old)
    if side is None:
        return None, found
    number = state.snapshot.edition
    edition = state.content.deck.edition.label
    new = Side(edition[:1].lower() + edition[1:], state.snapshot, state.drawn)
    changes = compare(side.snapshot, new.snapshot)
    declared: tuple[Declaration, ...] = ()
    found = [p for p in problems if p.severity is Severity.ERROR or p.code in _SAID]
    declares = side.latest and not state.ledger.lock(number)
    if declares:
        declared, faults = read_declarations(project.files, number)
        said = {key for entry in declared for key in entry.keys}
        judgement = judged([c for c in changes if c.key in said], declared, number)
        found += faults if blocks(faults) else judgement
    elif not side.latest:
        pairs = exchanged_ids(side.snapshot, new.snapshot)
        found += [id_changed(one, other, state.content.deck) for one, other in pairs]
    facts = _facts(side.snapshot, new.snapshot)
    return Difference(
        side, new, changes, facts, declared, tuple(in_order(found)), declares
    ), in_order(found)


def why_not_declared(difference: Difference, project: Project) -> Problem | None:
    """Why the changes of a comparison can't be declared; None if they can."""
    if difference.declares:
        return None
    number = difference.new.snapshot.edition
    found = f"Edition {number} was issued already, and its changes with it."
    todo = "Write the next edition's number and dates here first."
    if not difference.old.latest:
        found = "Only what changed since the latest edition is declared."
        todo = "Use “deckgen diff --declare” without another side."
    return problem("edition-taken", number_place(project), found, todo)


def declare(project: Project, difference: Difference) -> Path | None:
    """Write entries for all changes that have none; every word that is there stays.

    None if there is nothing to add. Raises CannotWrite.
    """
    number = difference.new.snapshot.edition
    name = declaring.changes_file(number)
    added = declaring.declarations_added(difference.changes, difference.declared)
    if not added:
        return None
    text, _ = read_source(project.files.get(name, b""), name)
    whole = f"{(text or '').rstrip()}\n{added}"
    readable = not blocks(read_declarations({name: whole.encode()}, number)[1])
    if not text or not readable:
        whole = declaring.declarations_text(difference.changes, difference.declared, number)
    path = project.folder / name
    save_beside(whole.encode(), path, force=True)
    return path


def _state_of(project: Project) -> tuple[EditionState | None, list[Problem]]:
    proof = Proof(project)
    state, found = proof.state
    return None if blocks(proof.by_words[1]) else proof.drawn or state, in_order(found)


def _errors(problems: list[Problem]) -> list[Problem]:
    return [found for found in problems if found.severity is Severity.ERROR]


def _other_side(
    state: EditionState, project: Project, old: str | None
) -> tuple[Side | None, list[Problem]]:
    ledger = state.ledger
    lock = ledger.latest if old is None else ledger.lock(old)
    if lock:
        drawn = any(card.look for card in lock.snapshot.cards)
        name = f"edition {lock.edition}"
        return Side(name, lock.snapshot, drawn, latest=lock is ledger.latest), []
    if old is None:
        raise NothingToCompare(
            "No edition was issued yet. Compare with a folder or a git revision, or issue the "
            "first edition with “deckgen issue”."
        )
    if _is_project(old):
        other, name = read_project(Path(old)), f"the folder {old}"
    else:
        try:
            other, name = project_at(project.folder, old), f"the revision {old}"
        except NoRevision as fault:
            issued = ", ".join(lock.edition for lock in ledger.locks) or "none"
            said = (
                f"“{old[:60]}” is no edition that was issued ({issued}), and no folder with a deck."
            )
            raise NothingToCompare(f"{said} {fault}") from None
    before, problems = _state_of(other)
    if before is None:
        return None, _errors(problems)
    return Side(name, before.snapshot, before.drawn), []


def _is_project(old: str) -> bool:
    with suppress(OSError, ValueError):
        return bool(old.strip()) and (Path(old) / MARK).is_file()
    return False


def _facts(old: Snapshot, new: Snapshot) -> tuple[FactChange, ...]:
    """Dates, title and looks that differ, where both sides know them."""
    pairs = [
        FactChange("title", "", old.title, new.title),
        FactChange("language", "", old.language, new.language),
        FactChange("edition", "", old.edition, new.edition),
        FactChange("date of issue", "", f"{old.issued}", f"{new.issued}"),
        FactChange("review by", "", f"{old.review}", f"{new.review}"),
    ]
    before = {(fact.name, fact.section): fact for fact in old.known_looks}
    for fact in new.known_looks:
        was = before.get((fact.name, fact.section))
        if was:
            shown = fact.shown and was.shown
            values = (was.value, fact.value) if shown else (was.value[:6], fact.value[:6])
            pairs.append(FactChange(fact.name, fact.section, *values))
    return tuple(pair for pair in pairs if pair.old != pair.new)

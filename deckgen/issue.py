"""Issuing an edition: everything is checked, then one lock file freezes what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deckgen.arrange import content_of, lay_out
from deckgen.content.deck import FILE
from deckgen.disk import save_once
from deckgen.edition_state import EditionState, as_issued, edition_state
from deckgen.editions.compare import compare
from deckgen.editions.declarations import judged, read_declarations
from deckgen.editions.lockfile import edition_order, lock_file, lock_text, read_lock
from deckgen.gate import BuildFault
from deckgen.model.change import Change, Declaration, Kind, Withdrawn
from deckgen.model.lock import Lock
from deckgen.options import Options
from deckgen.problem import Place, Problem, Severity, blocks, in_order, problem
from deckgen.project import Project
from deckgen.settings import locate


@dataclass(frozen=True, slots=True)
class Issued:
    """The lock that was written, where, and what is new in it."""

    lock: Lock
    path: Path
    changes: tuple[Change, ...]


def issue_edition(
    project: Project, edition: str, owner: str, approver: str
) -> tuple[Issued | None, list[Problem]]:
    """Freeze the deck as an edition; `owner` falls back on that of the edition before.

    Refused, with Problems and nothing written, if the edition was issued already, if a check
    fails, or if a change is not declared. Raises CannotWrite if the disk refuses.
    """
    content, problems = content_of(project)
    state, found = edition_state(project, content, draw=True) if content else (None, [])
    problems += found
    if state is None:
        return None, in_order(problems)
    problems += lay_out(project, Options())[1]
    problems += _number_problems(project, state, edition)
    changes, declared, found = declared_changes(project, state)
    problems = in_order([*problems, *found, *_strict(problems)])
    if blocks(problems):
        return None, problems
    latest = state.ledger.latest
    lock = locked(as_issued(state, project), changes, declared)
    lock = replace(lock, owner=owner or (latest.owner if latest else ""), approver=approver)
    path = project.folder / lock_file(edition)
    _write(lock, path)
    return Issued(lock, path, changes), problems


def declared_changes(
    project: Project, state: EditionState
) -> tuple[tuple[Change, ...], tuple[Declaration, ...], list[Problem]]:
    """What changed since the latest edition, what was said about it, and whether that will do."""
    latest = state.ledger.latest
    if latest is None:
        return (), (), []
    changes = compare(latest.snapshot, state.snapshot)
    number = state.snapshot.edition
    declared, found = read_declarations(project.files, number)
    if not blocks(found):
        found += judged(changes, declared, number)
    return changes, declared, found


def locked(state: EditionState, changes: Sequence[Change], declared: Sequence[Declaration]) -> Lock:
    """The lock of a state, without owner and approver."""
    latest = state.ledger.latest
    reasons = {key: entry.reason for entry in declared for key in entry.keys}
    gone = tuple(
        Withdrawn(
            change.key,
            change.old_code,
            change.old_name.removeprefix(change.old_code).strip(),
            state.snapshot.edition,
            reasons.get(change.key, ""),
        )
        for change in changes
        if change.floor is Kind.WITHDRAWN and change.subject == "card"
    )
    return Lock(
        *(state.snapshot, state.standing.code, "", ""),
        parent=latest.edition if latest else "",
        parent_seal=latest.seal if latest else "",
        changes=tuple(declared),
        withdrawn=gone,
    )


def _write(lock: Lock, path: Path) -> None:
    """The lock, read back before it counts; never over one that is there."""
    text = lock_text(lock)
    again, faults = read_lock(text, path.name)
    if again is None or again.snapshot != lock.snapshot:
        raise BuildFault(f"the lock of edition {lock.edition} does not read back: {faults[:1]}")
    save_once(text.encode(), path)


def _number_problems(project: Project, state: EditionState, edition: str) -> list[Problem]:
    """Why this edition can't be the next one."""
    number, ledger = state.snapshot.edition, state.ledger
    text = project.files[FILE].decode("utf-8", "replace")
    place = Place(FILE, *locate(text, ["edition", "number"]))
    if ledger.lock(edition):
        when = ledger.locks[-1].snapshot.issued
        found = f"Edition {edition} was issued already; the latest is of {when:%Y-%m-%d}."
        todo = "Write the next edition's number and dates here, then issue that one."
        return [problem("edition-taken", place, found, todo)]
    if number != edition:
        found = f"The deck is edition {number} here, and not {edition}."
        todo = f'Write number = "{edition}", or issue edition {number}.'
        return [problem("edition-taken", place, found, todo)]
    latest = ledger.latest
    if latest and edition_order(edition) <= edition_order(latest.edition):
        found = f"Edition {edition} comes before {latest.edition}, which was issued already."
        return [problem("edition-taken", place, found, f"Use a number after {latest.edition}.")]
    if latest and state.snapshot.issued < latest.snapshot.issued:
        found = f"Edition {edition} would be older than {latest.edition}, which came before it."
        return [problem("edition-taken", place, found, "Write today's date as “issued”.")]
    return []


def _strict(problems: Sequence[Problem]) -> list[Problem]:
    """What is only a warning otherwise, but must not go into an edition."""
    return [
        replace(found, severity=Severity.ERROR) for found in problems if found.code == "id-missing"
    ]

"""Issuing an edition: everything is checked, then one lock file freezes what was approved."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.deck import is_edition
from deckgen.disk import save_once
from deckgen.editions.asked_file import rounded
from deckgen.editions.compare import compare
from deckgen.editions.declarations import judged, read_declarations
from deckgen.editions.lockfile import lock_file, lock_text, read_lock
from deckgen.model.change import Change, Declaration, Kind, Withdrawn
from deckgen.model.lock import Lock
from deckgen.options import Options
from deckgen.problem import Place, Problem, Severity, blocks, in_order, problem
from deckgen.products.gate import BuildFault
from deckgen.products.job import check
from deckgen.project import Project
from deckgen.proof.marks import EditionState, number_place
from deckgen.proof.proof import Proof
from deckgen.source import read_source

_NOT_INTO_AN_EDITION = ("id-missing", "id-changed")


class Issued(Struct, frozen=True):
    """The lock that was written, where, and what is new in it."""

    lock: Lock
    path: Path
    changes: tuple[Change, ...]


def issue_edition(
    project: Project, edition: str, owner: str, approver: str
) -> tuple[Issued | None, list[Problem]]:
    """Freeze the deck as an edition; `owner` falls back on that of the edition before.

    Refused, with Problems and nothing written, if the edition was issued already, if a check
    fails, if a change is not declared, or if nobody is named. Raises CannotWrite if the disk
    refuses, and BuildFault if the lock would not read back.
    """
    proof = Proof(project)
    problems = check(proof, Options())
    state = proof.drawn
    if state is None:
        return None, problems
    taken = _number_problems(project, state, edition)
    if blocks(taken):
        return None, in_order([*problems, *taken])
    changes, declared, found = declared_changes(project, state)
    latest = state.ledger.latest
    owner, faults = _person("owner", owner or (latest.owner if latest else ""))
    approver, more = _person("approver", approver)
    problems = in_order(_strict([*problems, *found, *faults, *more]))
    if blocks(problems) or proof.as_issued is None:
        return None, problems
    lock = _locked(proof.as_issued, changes, declared, (owner, approver))
    lock = replace(lock, asked=tuple(map(rounded, proof.asked_as_issued)))
    path = project.folder / lock_file(edition)
    write_lock(lock, path)
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


def _locked(
    state: EditionState,
    changes: Sequence[Change],
    declared: Sequence[Declaration],
    people: tuple[str, str],
) -> Lock:
    """The lock of a state, with its owner and who approved it."""
    latest = state.ledger.latest
    reasons = {key: entry.reason for entry in declared for key in entry.keys}
    gone = tuple(
        Withdrawn(
            *(change.key, change.old_code, change.old_name.removeprefix(change.old_code).strip()),
            *(state.snapshot.edition, reasons.get(change.key, "")),
        )
        for change in changes
        if change.floor is Kind.WITHDRAWN and change.subject == "card"
    )
    parent = (latest.edition, latest.seal) if latest else ("", "")
    return Lock(state.snapshot, state.standing.code, *people, *parent, tuple(declared), gone)


def write_lock(lock: Lock, path: Path) -> None:
    """The lock, read back before it counts; never over one that is there.

    Raises CannotWrite if the disk refuses, and BuildFault if it would not read back.
    """
    data = lock_text(lock).encode()
    text, faults = read_source(data, lock_file(lock.edition))
    again, more = read_lock(text or "", lock_file(lock.edition))
    if again is None or (again.snapshot, again.asked) != (lock.snapshot, lock.asked) or faults:
        said = f"the lock of edition {lock.edition} does not read back"
        raise BuildFault(f"{said}: {[*faults, *more][:1]}")
    save_once(data, path)


def _number_problems(project: Project, state: EditionState, edition: str) -> list[Problem]:
    """Why this edition can't be the next one."""
    number, latest = state.snapshot.edition, state.ledger.latest
    if latest and state.ledger.lock(edition):
        said = f"Edition {edition} was issued already"
        if edition != latest.edition:
            said += f", and {latest.edition} after it"
        found = f"{said}; the latest is of {latest.snapshot.issued:%Y-%m-%d}."
        todo = "Write the next edition's number and dates here, then issue that one."
    elif number != edition:
        found = f"The deck is edition {number} here, and not {edition}."
        todo = f'Write number = "{edition}", or issue edition {number}.'
        if not is_edition(edition):
            todo = f"Issue edition {number}, or write another number here: digits, as in 2 or 2.1."
    elif latest and state.snapshot.issued < latest.snapshot.issued:
        found = f"Edition {edition} would be older than {latest.edition}, which came before it."
        todo = "Write today's date as “issued”."
    else:
        return []
    return [problem("edition-taken", number_place(project), found, todo)]


def _person(role: str, name: str) -> tuple[str, list[Problem]]:
    """A name as it goes into the lock, in one line."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if plain.isprintable() and plain:
        return plain, []
    found = f"The {role} of this edition is not named."
    if plain:
        found = f"The {role}'s name has invisible characters that can't be kept."
    return "", [problem("person-missing", Place(f"--{role}"), found, f'Add --{role} "NAME".')]


def _strict(problems: Sequence[Problem]) -> list[Problem]:
    """The problems; what is only a warning otherwise must not go into an edition."""
    return [
        replace(found, severity=Severity.ERROR) if found.code in _NOT_INTO_AN_EDITION else found
        for found in problems
    ]

"""A list of teams → a workbook for each, a whole list at once or shard by shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from deckgen.design.fonts import is_plain
from deckgen.disk import CannotRead, CannotWrite, checksum, read_given, sweep_the_dead
from deckgen.interchange.office_file import NotInstalled
from deckgen.options import Options
from deckgen.personal.choices import Choice
from deckgen.personal.file_names import USUAL
from deckgen.personal.making import Batch, Made, make
from deckgen.personal.manifest import merged, read_manifests, write_manifest
from deckgen.personal.planning import Wanted, plan_teams
from deckgen.problem import Place, Problem, problem
from deckgen.products.result import Progress, silent
from deckgen.project import Project
from deckgen.store.fingerprint import code_digest

_MOST_WORDS = 5000  # that are looked at for the fonts; others take fonts of their own along
BATCH = 100  # workbooks that one call makes
_MOST_MB = 200  # of a list


class Shard(Struct, frozen=True):
    """One of so many parts of a list, from 1."""

    number: int = 1
    of: int = 1

    def has(self, number: int) -> bool:
        """Whether the team of this number, from 1, belongs to it."""
        return (number - 1) % self.of == self.number - 1


WHOLE = Shard()


class BuiltAll(Struct, frozen=True):
    """The manifest (None if there are errors), the workbooks that are there, and the problems."""

    manifest: Path | None
    made: tuple[Made, ...]
    problems: tuple[Problem, ...]


def build_all(
    project: Project,
    teams: Path,
    folder: Path,
    *,
    name: str = USUAL,
    options: Options | None = None,
    executor: Executor | None = None,
    shard: Shard = WHOLE,
    force: bool = False,
    progress: Progress = silent,
) -> BuiltAll:
    """Make the workbooks of a list's shard in `folder`, in this process or by an `executor`.

    What is made of a team is the same whatever the shards. Files that are right already stay, so
    a shard that was stopped goes on where it was; its manifest comes last. Raises CannotWrite,
    BuildFault and NotInstalled.
    """
    options = options or Options()
    progress("Reading the list")
    wanted, found, made_of = _planned(project, teams, name, options)
    if not wanted:
        return BuiltAll(None, (), tuple(found))
    known = {e.file: e.sha256 for m in read_manifests(folder) for e in m.files}
    mine = [item for item in wanted if shard.has(item.number)]
    sweep_the_dead(folder, {item.file for item in mine})
    made = list[Made]()
    words = words_of(wanted)
    batches = [
        Batch(made_of, project, options, choice, str(folder), some, words, _of(known, some), force)
        for choice, some in _batches(mine)
    ]
    for some in _done(batches, executor):
        made += some
        progress(bar(len(made), len(mine)))
    manifest = write_manifest(folder, made_of, shard.number, shard.of, made)
    made.sort(key=lambda one: one.number)
    return BuiltAll(manifest, tuple(made), tuple(found))


def merge_all(
    project: Project,
    teams: Path,
    folder: Path,
    *,
    name: str = USUAL,
    options: Options | None = None,
) -> BuiltAll:
    """Check by the manifests of all shards that every workbook is there as it was made."""
    wanted, found, made_of = _planned(project, teams, name, options or Options())
    if not wanted:
        return BuiltAll(None, (), tuple(found))
    manifest, lacking = merged(folder, made_of, wanted)
    return BuiltAll(manifest, (), (*found, *lacking))


def bar(done: int, whole: int) -> str:
    """How far it is: "[######              ] 300 of 1,000 workbooks"."""
    full = 20 * done // whole
    return f"[{'#' * full}{' ' * (20 - full)}] {done:,} of {whole:,} workbooks"


def _planned(
    project: Project, teams: Path, name: str, options: Options
) -> tuple[tuple[Wanted, ...], list[Problem], str]:
    """What is to be made, what is wrong, and a digest of all that it is made of."""

    def given(file: str) -> bytes:
        return read_given(teams.parent / file, _MOST_MB)

    try:
        data = read_given(teams, _MOST_MB)
        wanted, found = plan_teams(project, data, str(teams), name, options, given)
    except CannotRead as fault:
        said = f"The list can't be read: {fault}"
        todo = "Name a list that is there, a .csv or .xlsx file."
        return (), [problem("table-unreadable", Place(str(teams)), said, todo)], ""
    except NotInstalled as fault:
        todo = "Or save the list as .csv."
        return (), [problem("table-unreadable", Place(str(teams)), str(fault), todo)], ""
    files = [(file, checksum(data)) for file, data in sorted(project.files.items())]
    dates = project.issued.isoformat() if project.issued else ""
    whole = msgspec.json.encode([code_digest(), dates, options, files, wanted])
    return wanted, found, checksum(whole)


def _batches(wanted: Sequence[Wanted]) -> Iterator[tuple[Choice, tuple[Wanted, ...]]]:
    """Workbooks of the same choice together, so many at a time."""
    ordered = sorted(wanted, key=lambda item: (item.choice, item.number))
    for choice, group in groupby(ordered, lambda item: item.choice):
        some = list(group)
        for start in range(0, len(some), BATCH):
            yield choice, tuple(some[start : start + BATCH])


def words_of(wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """What decides which fonts a list needs: its letters, and words whose letters join."""
    letters, words = set[str](), set[str]()
    for said in {
        word for item in wanted for value in item.values.values() for word in value.split()
    }:
        if all(map(is_plain, said)):
            letters.update(said)
        else:
            words.add(said)
    return ("".join(sorted(letters)), *sorted(words)[:_MOST_WORDS])


def _of(known: dict[str, str], wanted: Sequence[Wanted]) -> dict[str, str]:
    return {item.file: known[item.file] for item in wanted if item.file in known}


def _done(batches: Sequence[Batch], executor: Executor | None) -> Iterator[tuple[Made, ...]]:
    """What each batch made, whichever is ready first."""
    if executor is None or len(batches) == 1:
        yield from map(make, batches)
        return
    waiting: list[Future[tuple[Made, ...]]] = [executor.submit(make, batch) for batch in batches]
    try:
        for ready in as_completed(waiting):
            yield ready.result()
    except BrokenExecutor as fault:
        said = "A process that made workbooks was ended from outside."
        raise CannotWrite(said, "Run the command again: it goes on where it was.") from fault
    finally:
        for left in waiting:
            left.cancel()

"""Build only what changed. Whether anything did is decided before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from deckgen.options import Options
from deckgen.products.result import Progress, Result, silent
from deckgen.products.table import USUAL, wanted_of
from deckgen.project import Project
from deckgen.store.fingerprint import fingerprint
from deckgen.store.output_folder import output_folder
from deckgen.store.record import RECORD


def build_what_changed(
    project: Project,
    targets: Collection[str] = USUAL,
    options: Options | None = None,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Result:
    """As `build_files`, with the same bytes in the end, but without work that is done already.

    With `force` everything is built anew.
    """
    options = options or Options()
    if not force and (standing := _standing(project, wanted_of(targets), options, output)):
        return standing
    from deckgen.building.build import build_files

    return build_files(project, targets, options, output=output, force=force, progress=progress)


def _standing(
    project: Project, wanted: tuple[str, ...], options: Options, output: Path | None
) -> Result | None:
    """The files as they are, if they are those of such a build."""
    home = output or project.folder / "output"
    if not (home / RECORD).is_file():
        return None
    now = fingerprint(project, options, wanted)
    with output_folder(home) as folder:
        for built in folder.built():
            if built.fingerprint == now and folder.holds(built.sums):
                paths = tuple(home / name for name in built.sums)
                return Result(paths, built.problems, unchanged=True)
    return None

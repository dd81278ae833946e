"""The pipeline: a project's proof → its products, each checked → the output folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from deckgen.disk import checksum
from deckgen.options import Options
from deckgen.problem import blocks
from deckgen.products.job import Job
from deckgen.products.result import Progress, Result, silent
from deckgen.products.table import BY_NAME, USUAL, wanted_of
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.store.fingerprint import code_is_the_same, fingerprint
from deckgen.store.output_folder import output_folder
from deckgen.store.record import Built


def build_files(
    project: Project,
    targets: Collection[str] = USUAL,
    options: Options | None = None,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Result:
    """Build files anew into `output` (default: the project's output folder).

    `targets` are names of products. Errors in the project come back as problems, and nothing is
    written. Raises CannotWrite if the folder refuses, and BuildFault if a finished file fails its
    checks.
    """
    options, wanted = options or Options(), wanted_of(targets)
    before = fingerprint(project, options, wanted)
    progress("Reading and laying out")
    job = Job(Proof(project), options, progress)
    wanted = job.made_of(wanted)
    problems = tuple(job.problems(*wanted))
    if blocks(problems):
        return Result((), problems)
    names = {name: BY_NAME[name].maker.file_names(job) for name in wanted}
    with output_folder(output or project.folder / "output") as folder:
        if not force:
            folder.refuse_changed([file for files in names.values() for file in files])
        files: dict[str, bytes] = {}
        for name in wanted:
            files |= zip(names[name], job.files(name), strict=True)
        progress("Saving")
        paths = folder.replace(files, force=force)
        if code_is_the_same():
            sums = {name: checksum(data) for name, data in files.items()}
            folder.remember(Built(before, sums, problems))
    return Result(paths, problems)

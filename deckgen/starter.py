"""A new project folder from the built-in starter deck."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from deckgen.disk import CannotWrite, said_plainly
from deckgen.project import PARTS, starter_folder

_GITIGNORE = "/output/\n"


def new_project(folder: Path) -> None:
    """Copy the starter deck into a folder that is empty or not there yet.

    The copy is made beside it and moved there at the end, so that a copy cut short is never
    taken for a project. Raises CannotWrite.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        found = f"{folder} is there already and is not an empty folder."
        raise CannotWrite(found, "Choose another name; nothing was changed.")
    draft = folder.with_name(f".{folder.name}.deckgen-{os.getpid()}")
    with said_plainly(folder.parent):
        try:
            draft.mkdir(parents=True)
            _copy(starter_folder(), draft)
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _copy(source: Path, target: Path) -> None:
    """Contents only: modes of an installed package (often read-only) are not for a person."""
    for part in PARTS:
        shutil.copytree(
            source / part,
            target / part,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns(".*", "*~"),
        )
        for path in (target / part, *(target / part).rglob("*")):
            if path.is_dir():
                path.chmod(target.stat().st_mode)
    (target / ".gitignore").write_text(_GITIGNORE, encoding="utf-8")

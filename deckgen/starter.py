"""A new project folder from the built-in starter deck."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from deckgen.disk import CannotWrite, said_plainly
from deckgen.project import STARTING_PARTS, starter_folder

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
            for part in STARTING_PARTS:
                _copy(starter_folder() / part, draft / part)
            # A new deck has been issued by nobody, whatever the starter's own editions are.
            shutil.rmtree(draft / "content" / "editions", ignore_errors=True)
            (draft / ".gitignore").write_text(_GITIGNORE, encoding="utf-8")
            if folder.exists():  # perhaps the very folder that the person is in
                for entry in draft.iterdir():
                    entry.rename(folder / entry.name)
            else:
                draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _copy(source: Path, target: Path) -> None:
    """Contents only: modes of an installed package (often read-only) are not for a person."""
    target.mkdir()
    for entry in sorted(source.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())

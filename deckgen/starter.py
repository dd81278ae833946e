"""A new project folder from one of the built-in decks. Loads little: `--help` names the decks."""

from __future__ import annotations

import os
from pathlib import Path

USUAL = "learning-organisations"  # the deck that lies beside the built-in templates
_GITIGNORE = "/output/\n"


def starters() -> tuple[str, ...]:
    """The names of the built-in decks: the usual one, then the examples."""
    from deckgen.project import MARK, starter_folder

    found = starter_folder().glob(f"examples/*/{MARK}")
    return (USUAL, *sorted(file.parents[1].name for file in found))


def new_project(folder: Path, name: str = USUAL) -> None:
    """Copy a built-in deck, by its name, into a folder that is empty or not there yet.

    The copy is made beside it and moved there at the end, so that a copy cut short is never
    taken for a project. Raises CannotWrite.
    """
    import shutil

    from deckgen.disk import CannotWrite, said_plainly
    from deckgen.project import STARTING_PARTS

    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        found = f"{folder} is there already and is not an empty folder."
        raise CannotWrite(found, "Choose another name; nothing was changed.")
    draft = folder.with_name(f".{folder.name}.deckgen-{os.getpid()}")
    with said_plainly(folder.parent):
        try:
            draft.mkdir(parents=True)
            for part in STARTING_PARTS:
                _copy(_source(name, part), draft / part)
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


def _source(name: str, part: str) -> Path:
    """Where a deck's part is: an example has what differs from the usual deck."""
    from deckgen.project import starter_folder

    own = starter_folder() / "examples" / name / part
    return own if name != USUAL and own.is_dir() else starter_folder() / part


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

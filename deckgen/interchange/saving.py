"""Content files exchanged for new ones: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from deckgen.disk import CannotWrite, flush_folder, keep, said_plainly, swap_in, write_new
from deckgen.project import Project


def save_files(project: Project, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files of a project, each whole, with every old one in place if the disk says no.

    Raises CannotWrite, also if somebody has saved one of them since the project was read.
    """
    paths = {name: _path(project.folder, name) for name in files}
    for name, path in paths.items():
        with said_plainly(path.parent):
            now = path.read_bytes() if path.exists() else None
        if now != project.files.get(name):
            raise CannotWrite(f"{path} was changed a moment ago.", "Import once more.", file=name)
    started: list[Path] = []
    try:
        for name, path in paths.items():
            with said_plainly(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_new(_beside(path, "new"), files[name])
        for path in paths.values():
            with said_plainly(path.parent):
                if path.exists():
                    _beside(path, "old").unlink(missing_ok=True)
                    keep(path, _beside(path, "old"))
                started.append(path)
                swap_in(_beside(path, "new"), path)
        for folder in {path.parent for path in paths.values()}:
            with said_plainly(folder):
                flush_folder(folder)
    except BaseException:
        for path in started:
            _put_back(path)
        raise
    finally:
        for path in paths.values():
            for sort in ("new", "old"):
                with suppress(OSError):
                    _beside(path, sort).unlink(missing_ok=True)
    return tuple(paths.values())


def _put_back(path: Path) -> None:
    with suppress(OSError):
        if _beside(path, "old").exists():
            swap_in(_beside(path, "old"), path)
        elif not _beside(path, "new").exists():
            path.unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    """A file on the disk; if it is a link, what that leads to. To a project k.MD is K.md."""
    path = folder / name
    if not path.exists() and path.parent.is_dir():
        wanted = normalize("NFC", path.name).casefold()
        others = path.parent.iterdir()
        alike = (other for other in others if normalize("NFC", other.name).casefold() == wanted)
        path = next(alike, path)
    return path.resolve()


def _beside(path: Path, sort: str) -> Path:
    return path.with_name(f".deckgen-{sort}-{path.name}")

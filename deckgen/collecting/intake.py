"""What was given → files to read, in order: folders and archives are gone through.

Nothing is left out in silence but what systems put into folders for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipInfo

from msgspec import Struct

from deckgen.collecting.archive import MOST_UNPACKED_MB, OFFICE, is_zip, opened, unpacked
from deckgen.disk import CannotRead, read_given
from deckgen.personal.manifest import is_manifest
from deckgen.readback.limits import Refused

MOST_FILES, MOST_MB, _DEEPEST = 20_000, 100, 32
# Of macOS, of Windows, of office programs that have a file open, and our own.
_DEBRIS = re.compile(r"(?i)\.DS_Store|\._.*|__MACOSX|Thumbs\.db|desktop\.ini|~\$.*|\.deckgen.*")
_ODD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\\\0-\x1f:]")
_APART = "Give it by itself, or fewer at a time."


class Given(Struct, frozen=True):
    """A file to read. `name` is what people know it by, with the folders and archives it is in.

    `load` gives its bytes; it raises Refused. `note` says what is odd about where it was.
    """

    name: str
    load: Callable[[], bytes]
    note: str = ""


def given_files(paths: Iterable[Path], but: Collection[Path] = ()) -> Iterator[Given]:
    """All files that were given, or are in what was given, in order. `but` are left out.

    What can't be read raises Refused when it is loaded. Of more than MOST_FILES the rest is one
    that does.
    """
    left_out = {path.resolve() for path in but}
    found = (one for path in paths for one in _at(path, _called(path), left_out, 0))
    yield from islice(found, MOST_FILES)
    if rest := next(found, None):
        why = f"these are more than {MOST_FILES:,} files; it and all behind it were not read"
        yield _unread(rest.name, why, "Collect fewer at a time.")


def _called(path: Path) -> str:
    """A path as it was typed; an absolute one by its last part: the rest is no one's business."""
    return shown(path.name if path.is_absolute() else path.as_posix())


def shown(name: str) -> str:
    """A name that can be written down: bytes that are no letters, and signs, are replaced."""
    plain = name.encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else "�" for c in plain)


def _unread(name: str, why: str, todo: str, note: str = "") -> Given:
    def load() -> bytes:
        raise Refused(why, todo)

    return Given(name, load, note)


def _at(path: Path, name: str, but: Collection[Path], depth: int) -> Iterator[Given]:
    try:
        if depth and path.is_symlink() and path.is_dir():
            why = "it is a link to a folder, which is not followed"
            yield _unread(name, why, "Give the folder itself.")
        elif path.is_dir():
            among = _in_folder(path, name, but, depth)
            nothing = _unread(name, "it is a folder without files", "Look for the right one.")
            yield from chain([next(among, nothing)], among) if depth == 0 else among
        elif not path.is_file():
            is_there = path.is_symlink() or path.exists()
            why = "it is not an ordinary file" if is_there else "there is no such file"
            yield _unread(name, why, "Look whether the name is right.")
        elif path.resolve() not in but:
            yield from _file(path, name)
    except (OSError, RuntimeError) as fault:  # a circle of links is a RuntimeError
        why = f"it can't be opened: {getattr(fault, 'strerror', None) or 'its links are a circle'}"
        yield _unread(name, why, "Look who may read it.")


def _in_folder(folder: Path, name: str, but: Collection[Path], depth: int) -> Iterator[Given]:
    if depth > _DEEPEST:
        yield _unread(name, "it lies too many folders deep", _APART)
        return
    for path in sorted(folder.iterdir(), key=lambda p: (p.name.casefold(), p.name)):
        if not (_DEBRIS.fullmatch(path.name) or is_manifest(path.name)):
            yield from _at(path, f"{name}/{shown(path.name)}", but, depth + 1)


def _file(path: Path, name: str) -> Iterator[Given]:
    with path.open("rb") as file:
        head = file.read(4)
    yield from _in_archive(path, name) if is_zip(head) else [Given(name, partial(_read, path))]


def _read(path: Path) -> bytes:
    try:
        return read_given(path, MOST_MB)
    except CannotRead as fault:
        raise Refused(f"{fault}".rstrip("."), "Save a copy of it, and collect that.") from fault


def _in_archive(path: Path, name: str, *inside: int) -> Iterator[Given]:
    """The files of an archive, and of those that lie in it."""
    try:
        archive = opened(path, *inside)
    except Refused as refusal:
        yield _unread(name, refusal.why, refusal.todo)
        return
    entries = archive.infolist()
    if not {entry.filename for entry in entries}.isdisjoint(OFFICE):
        yield _unread(name, "it is a file of an office program", "Collect the PDF instead.")
        return
    if all(map(_is_nothing, entries)):
        yield _unread(name, "it is an archive without files", "Get it again.")
    total = 0
    for number, entry in enumerate(entries):
        inner = f"{name}/{shown(entry.filename)}"
        if _is_nothing(entry):
            continue
        total += entry.file_size
        if total > MOST_UNPACKED_MB << 20:
            why = f"its archive unpacks to more than {MOST_UNPACKED_MB:,} MB; the rest is not read"
            yield _unread(inner, why, "Make several archives of it.")
            return
        odd = "The name it has in the archive leads elsewhere; it was read where it is."
        note = odd if _ODD_NAME.search(entry.filename) else ""
        if entry.filename.casefold().endswith(".zip"):
            yield from _nested(path, inner, note, *inside, number)
        else:
            yield Given(inner, partial(_unpacked, path, *inside, number), note)


def _is_nothing(entry: ZipInfo) -> bool:
    return entry.is_dir() or any(map(_DEBRIS.fullmatch, entry.filename.split("/")))


def _nested(path: Path, name: str, note: str, *inside: int) -> Iterator[Given]:
    if len(inside) > 1:
        why = "it is an archive in an archive in an archive"
        yield _unread(name, why, "Unpack it, and collect the folder.", note)
    else:
        yield from _in_archive(path, name, *inside)


def _unpacked(path: Path, *inside: int) -> bytes:
    archive = opened(path, *inside[:-1])
    return unpacked(archive, archive.infolist()[inside[-1]], MOST_MB)

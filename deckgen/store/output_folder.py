"""The output folder: a set of files that is replaced as a whole, or not at all.

New files are written beside the old ones, flushed to disk and read back; then each takes
its old namesake's place in one step. A manifest of checksums, written last, says that the
set is complete, and tells deckgen's own files from those that a person has changed since.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct, field

from deckgen.disk import (
    CannotWrite,
    checksum,
    checksum_of,
    flush_folder,
    keep,
    lock_file,
    said_plainly,
    swap_in,
    write_new,
)
from deckgen.store.record import RECORD, Built, read_record, record_with

MANIFEST = ".deckgen.json"
LOCK = ".deckgen.lock"
_TEMP = ".deckgen-"
Sums = Mapping[str, tuple[str, ...]]  # the checksums that deckgen gave to a file, by its name


class _Manifest(Struct, frozen=True):
    """What a manifest says. `replacing`: the new checksums, while some files are still waiting."""

    outputs: Sums = {}
    replacing: Mapping[str, str] = {}


@contextmanager
def output_folder(folder: Path) -> Iterator[OutputFolder]:
    """Make the folder if need be and keep others from building into it meanwhile.

    Raises CannotWrite if it can't be used or another build is using it.
    """
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = lock_file(folder / LOCK)
    try:
        with said_plainly(folder):
            known = _finish_what_was_begun(folder)
            _sweep(folder)
        yield OutputFolder(folder, known)
    finally:
        with suppress(OSError):
            os.close(lock)


class OutputFolder(Struct, frozen=True):
    """A locked output folder. `known` maps a name to the checksums deckgen gave it."""

    folder: Path
    known: Sums

    def refuse_changed(self, names: Iterable[str]) -> None:
        """Raise CannotWrite if one of these was not made by deckgen or was changed since."""
        with said_plainly(self.folder):
            for name in names:
                if not self._ours(name):
                    raise _changed(self.folder / name)

    def replace(self, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
        """Write a set of files; returns their paths.

        Raises CannotWrite, with every old file in place, if a file was changed by a person
        (unless `force`) or the disk says no.
        """
        sums = {_plain(name): checksum(data) for name, data in files.items()}
        if not force:
            self.refuse_changed(n for n in sums if checksum_of(self.folder / n) != sums[n])
        with said_plainly(self.folder):
            _Swap(self.folder, self.known, sums).run(files)
        return tuple(self.folder / name for name in files)

    def built(self) -> tuple[Built, ...]:
        """What was built into the folder, the latest first, as far as anybody remembers."""
        return read_record(self.folder)

    def holds(self, sums: Mapping[str, str]) -> bool:
        """Whether ordinary files with these very bytes are there."""
        try:
            return bool(sums) and all(
                not (self.folder / _plain(name)).is_symlink()
                and (self.folder / name).is_file()
                and checksum_of(self.folder / name) == wanted
                for name, wanted in sums.items()
            )
        except (OSError, ValueError):
            return False

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        with said_plainly(self.folder):
            return (self.folder / _plain(name)).read_bytes()

    def remember(self, built: Built) -> None:
        """Note what was built. A record that can't be written only costs time later."""
        new = self.folder / f"{_TEMP}new-record"
        with suppress(OSError, ValueError):
            write_new(new, record_with(self.built(), built))
            swap_in(new, self.folder / RECORD)
        with suppress(OSError):
            new.unlink(missing_ok=True)

    def _ours(self, name: str) -> bool:
        """A link is never anybody's work: replacing it leaves what it points to alone."""
        path = self.folder / name
        if path.is_symlink() or not path.exists():
            return True
        return checksum_of(path) in self.known.get(name, ())


class _Swap(Struct):
    """One replacement of a set. Whatever stops it, what was there before comes back."""

    folder: Path
    known: Sums
    sums: Mapping[str, str]
    started: list[str] = field(default_factory=list)

    def run(self, files: Mapping[str, bytes]) -> None:
        manifest = self.folder / MANIFEST
        before = manifest.read_bytes() if manifest.is_file() else None
        try:
            for name, data in files.items():
                self._stage(name, data)
            # From here to the end the manifest knows old and new, so that even after a
            # power cut no file of ours looks like a person's.
            self._write_manifest(both=True)
            for name in files:
                self._put(name)
            flush_folder(self.folder)
            self._write_manifest(both=False)
        except BaseException:
            self._put_back(before)
            raise
        finally:
            with suppress(OSError):
                _sweep(self.folder)

    def _stage(self, name: str, data: bytes) -> None:
        path = _staged(self.folder, name)
        write_new(path, data)
        if checksum_of(path) != checksum(data):
            raise OSError(errno.EIO, "what was written reads back differently", str(path))

    def _put(self, name: str) -> None:
        target = self.folder / name
        if target.is_dir() and not target.is_symlink():
            raise OSError(errno.EISDIR, "a folder has this name", str(target))
        if os.path.lexists(target):
            keep(target, self._old(name))
        self.started.append(name)
        swap_in(_staged(self.folder, name), target)

    def _put_back(self, manifest: bytes | None) -> None:
        """Undo as much as was done; goes on past faults, as each file put back counts."""
        for name in self.started:
            with suppress(OSError):
                if os.path.lexists(self._old(name)):
                    swap_in(self._old(name), self.folder / name)
                elif not os.path.lexists(_staged(self.folder, name)):
                    os.unlink(self.folder / name)
        with suppress(OSError):
            if manifest is None:
                os.unlink(self.folder / MANIFEST)
            else:
                self._replace_manifest(manifest)

    def _write_manifest(self, *, both: bool) -> None:
        new = {name: (wanted,) for name, wanted in self.sums.items()}
        record = dict(sorted({**self.known, **new}.items()))
        manifest: dict[str, object] = {"format": 1, "complete": not both, "outputs": record}
        if both:
            olds = {name: self.known.get(name, ()) for name in new}
            record |= {name: tuple(dict.fromkeys(olds[name] + new[name])) for name in new}
            manifest["replacing"] = dict(self.sums)
        self._replace_manifest(json.dumps(manifest, indent=1).encode() + b"\n")

    def _replace_manifest(self, data: bytes) -> None:
        write_new(_staged(self.folder, MANIFEST), data)
        swap_in(_staged(self.folder, MANIFEST), self.folder / MANIFEST)

    def _old(self, name: str) -> Path:
        return self.folder / f"{_TEMP}old-{name}"


def _finish_what_was_begun(folder: Path) -> Sums:
    """Bring a set to its end that a kill or a power cut has left half in place; what is known.

    Every new file was on the disk, and checked, before the first of them was moved: those that
    are still waiting are moved now. A file that a person has changed since stays as it is.
    """
    manifest = _read_manifest(folder)
    known, begun = manifest.outputs, manifest.replacing
    for name, wanted in begun.items():
        target, new = folder / name, _staged(folder, name)
        ours = target.is_symlink() or checksum_of(target) in (None, *known.get(name, ()))
        if ours and not target.is_dir() and checksum_of(new) == wanted:
            swap_in(new, target)
    if begun:
        flush_folder(folder)
    return known


def _plain(name: str) -> str:
    if name != os.path.basename(name) or name.startswith(".") or not name:
        raise ValueError(f"not a plain file name: {name!r}")
    return name


def _sweep(folder: Path) -> None:
    """Remove what an earlier run that was killed left lying."""
    for path in folder.glob(f"{_TEMP}*"):
        path.unlink(missing_ok=True)


def _read_manifest(folder: Path) -> _Manifest:
    """The manifest of a folder; an empty one if it is missing or not one of ours."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
        return manifest if all(map(_plain, manifest.replacing)) else _Manifest()
    except (FileNotFoundError, ValueError, msgspec.MsgspecError, RecursionError):
        return _Manifest()


def _staged(folder: Path, name: str) -> Path:
    """Where a new file waits for its turn."""
    return folder / f"{_TEMP}new-{name}"


def _changed(path: Path) -> CannotWrite:
    said = f"{path} was changed after deckgen made it, or was not made by deckgen. "
    said += "Perhaps somebody has filled it in. Nothing was written."
    todo = "Move it somewhere else, or build with --force to replace it."
    return CannotWrite(said, todo, "output-changed", str(path))

"""Single steps on the disk: write and flush a file, swap one in, lock a folder.

Every step is whole or raises OSError; `said_plainly` turns that into a CannotWrite.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import cast

# What a network drive answers when it has no locks or no flush; not a reason to stop.
_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK}
_PATIENCE_S = 0.5


class CannotWrite(Exception):
    """The outputs can't be written; the old ones are whole. Says why, and what to do."""

    def __init__(self, found: str, todo: str, code: str = "cannot-write", file: str = "") -> None:
        super().__init__(f"{found} {todo}")
        self.found, self.todo, self.code, self.file = found, todo, code, file


class CannotRead(Exception):
    """A file that somebody named can't be read; says why."""


def read_given(path: Path, most_mb: int) -> bytes:
    """A file from anywhere. Raises CannotRead for a pipe, one too large or closed to us."""
    try:
        if not path.is_file():  # a pipe would keep us waiting
            is_there = path.is_symlink() or path.exists()
            why = "it is not an ordinary file." if is_there else "there is no such file."
            raise CannotRead(why)
        with path.open("rb") as file:
            data = file.read((most_mb << 20) + 1)
    except OSError as fault:
        raise CannotRead(f"it can't be opened: {fault.strerror}.") from fault
    if len(data) > most_mb << 20:
        raise CannotRead(f"it is larger than {most_mb} MB.")
    return data


def waiting(files: Iterable[bytes]) -> tuple[bytes, ...]:
    """The same bytes, read from a file without a name whenever somebody looks at them: however many
    they are, only one is in memory. Raises CannotWrite if the disk has no room for them.
    """
    import mmap
    import tempfile

    place, ends = Path(tempfile.gettempdir()), [0]
    with said_plainly(place), tempfile.TemporaryFile(dir=place) as all_of_them:
        for data in files:
            all_of_them.write(data)
            ends.append(all_of_them.tell())
        all_of_them.flush()
        whole = memoryview(mmap.mmap(all_of_them.fileno(), 0, access=mmap.ACCESS_READ))
    return tuple(cast(bytes, whole[start:end]) for start, end in pairwise(ends))


def checksum(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def checksum_of(path: Path) -> str | None:
    """SHA-256 of a file; None if there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return None


def write_new(path: Path, data: bytes, *, flush: bool = True) -> None:
    """A new file with the modes the umask leaves, on the disk and not only in its cache."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if flush:
            _flush(handle)
    finally:
        os.close(handle)


def _flush(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in _NOT_OFFERED:
            raise


def flush_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut."""
    if os.name == "nt":
        return  # Windows opens no folders
    handle = os.open(folder, os.O_RDONLY)
    try:
        _flush(handle)
    finally:
        os.close(handle)


def keep(target: Path, old: Path) -> None:
    """A second name for a file, or for a link itself; a copy where drives have no links."""
    if target.is_symlink():
        os.symlink(os.readlink(target), old)
        return
    try:
        os.link(target, old)
    except OSError as fault:
        if fault.errno not in {errno.EPERM, errno.EMLINK, *_NOT_OFFERED}:
            raise
        write_new(old, target.read_bytes())


def swap_in(new: Path, target: Path) -> None:
    """Rename over the target. On Windows a scanner may hold it for a moment: try again."""
    give_up = time.monotonic() + _PATIENCE_S
    while True:
        try:
            os.replace(new, target)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > give_up:
                raise
            time.sleep(_PATIENCE_S / 10)


def lock_file(path: Path) -> int:
    """Hold the folder until the returned handle is closed, or the process ends."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o666)
    try:
        _lock_handle(handle)
    except OSError as fault:
        if fault.errno in _NOT_OFFERED:
            return handle
        os.close(handle)
        if fault.errno not in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
            raise
        found = f"Another deckgen is writing to {path.parent} just now."
        raise CannotWrite(found, "Wait until it has finished, then build again.") from None
    return handle


if sys.platform == "win32":
    import msvcrt

    def _lock_handle(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# What is said of a folder, and what to do.
_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Make room, then build again."),
    errno.EDQUOT: ("Your share of the disk is full.", "Make room, then build again."),
    errno.EROFS: ("{} is on a disk that can only be read.", "Use --output FOLDER."),
    errno.EEXIST: ("{} is not a folder.", "Move it away, or use --output FOLDER."),
    errno.ENOTDIR: ("{} is not in a folder.", "Use another --output FOLDER."),
}


@contextmanager
def said_plainly(folder: Path) -> Iterator[None]:
    """Turn what the machine says about files into a sentence for a person."""
    try:
        yield
    except OSError as fault:
        where = str(fault.filename2 or fault.filename or folder)
        found, todo = (
            f"{where} could not be written: {fault.strerror or fault}.",
            "Check the disk, then build again.",
        )
        if fault.errno in _REASONS:
            said, todo = _REASONS[fault.errno]
            found = said.format(folder)
        elif isinstance(fault, PermissionError):
            found = f"{where} may not be written."
            todo = "Close it if it is open in a viewer, check who may write there, then try again."
        raise CannotWrite(found, todo, file=where) from fault


def save_beside(data: bytes, path: Path, *, force: bool = False) -> None:
    """Write one file whole or not at all. Raises CannotWrite, also if it is there already."""
    with said_plainly(path.parent):
        if not force and path.exists():
            todo = "Use another --output, or --force to replace it."
            raise CannotWrite(f"{path} is there already.", todo)
        beside = path.with_name(f".deckgen-{path.name}")
        try:
            write_new(beside, data)
            swap_in(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        flush_folder(path.parent)


def spare(given: Path, *targets: Path) -> None:
    """Raise CannotWrite if a target is the file that was given: not even force replaces that."""
    for target in targets:
        with suppress(OSError):
            if target.samefile(given):
                todo = "Use another --output: the old file stays as it is."
                raise CannotWrite(f"{target} is the file that was given.", todo)


def save_over(data: bytes, path: Path, *, flush: bool = True) -> None:
    """Write one file whole or not at all, in place of what is there. Raises OSError.

    Without `flush` a power cut may still take it; whoever writes thousands looks at them anyway
    when they go on.
    """
    beside = path.with_name(f".deckgen-{os.getpid()}-{path.name}")
    try:
        write_new(beside, data, flush=flush)
        swap_in(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def sweep_the_dead(folder: Path, names: Collection[str]) -> None:
    """Remove what programs that were killed have left of files of these names."""
    for left in folder.glob(".deckgen-*-*"):
        number, _, name = left.name.removeprefix(".deckgen-").partition("-")
        if name in names and number.isdigit() and not _runs(int(number)):
            left.unlink(missing_ok=True)


def _sweep_the_dead(path: Path) -> None:
    """Remove what a program that was killed has left of this file."""
    for left in path.parent.glob(f".deckgen-*-{path.name}"):
        number = left.name.removeprefix(".deckgen-").partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name == "nt":
        return True  # there, asking would end it
    try:
        os.kill(process, 0)
    except OSError as fault:
        return not isinstance(fault, ProcessLookupError)
    return True


def save_once(data: bytes, path: Path) -> None:
    """Write a file that must not be there yet, whole or not at all, and its folder if need be.

    Of two programs that do so at once, one wins. Raises CannotWrite.
    """
    taken = CannotWrite(f"{path} is there already.", "Nothing was written.", file=str(path))
    with said_plainly(path.parent):
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            flush_folder(path.parent.parent)
        _sweep_the_dead(path)
        beside = path.with_name(f".deckgen-{os.getpid()}-{path.name}")
        try:
            write_new(beside, data)
            os.link(beside, path)
        except FileExistsError:
            raise taken from None
        except OSError as fault:
            if fault.errno not in {errno.EPERM, errno.EMLINK, *_NOT_OFFERED}:
                raise
            if path.exists():  # a drive without links: nearly as good
                raise taken from None
            swap_in(beside, path)
        finally:
            with suppress(OSError):  # a hidden file that nobody reads
                beside.unlink(missing_ok=True)
        try:
            flush_folder(path.parent)
        except OSError:
            path.unlink(missing_ok=True)  # what may not last was not written
            raise

"""Watch a project's folder: what is in it now, and again after every save that matters.

The folder is looked at ten times a second (sizes and times of its files, not their bytes), which
works on network drives too: where a look takes long, the next one waits for longer. Editors write
a file in several steps; a change counts once the folder has been quiet for a moment, and only if
the bytes that deckgen reads are others.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event

from msgspec import Struct

from deckgen.project import PARTS, Project, passed_over, read_project

# A file's time, size and number on the disk; another file under its name has another number.
Stamp = tuple[int, int, int]


class Pace(Struct, frozen=True):
    """Seconds: between two looks, of quiet after a change, and the longest wait for quiet."""

    look: float = 0.1
    quiet: float = 0.1
    patience: float = 5.0

    def pause(self, took_s: float) -> float:
        """How long to wait after a look that took so long, so that most of the time is idle."""
        return max(self.look, 10 * took_s)


def changes(folder: Path, stop: Event, pace: Pace | None = None) -> Iterator[Project | None]:
    """What the folder holds, at once and after each change; None while it is not there.

    Ends soon after `stop` is set. A touch that changes no byte is no change.
    """
    pace = pace or Pace()
    seen = fingerprint(folder)
    last = _read(folder)
    yield last
    took_s = 0.0
    while not stop.wait(pace.pause(took_s)):
        start = time.monotonic()
        same = fingerprint(folder) == seen
        took_s = time.monotonic() - start
        if same:
            continue
        seen, now = _settled(folder, stop, pace)
        if not stop.is_set() and _differ(last, now):
            last = now
            yield now


def fingerprint(folder: Path) -> Mapping[str, Stamp]:
    """Times and sizes of everything that a project is read from; empty if nothing is there."""
    found: dict[str, Stamp] = {}
    for part in PARTS:
        _look_at(os.path.join(folder, part), found)
    return found


def _look_at(path: str, found: dict[str, Stamp]) -> None:
    """A folder counts as being there, a file with its time and size; links are followed once."""
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            found[path] = (0, 0, 0)
            for name in os.listdir(path):
                if not passed_over(name):
                    _look_at(os.path.join(path, name), found)
        else:
            state = os.stat(path)
            found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    except OSError:  # gone between two looks, or it may not be opened: reading it will tell
        if os.path.lexists(path):
            found[path] = (-1, -1, -1)


def _settled(folder: Path, stop: Event, pace: Pace) -> tuple[Mapping[str, Stamp], Project | None]:
    """The folder once it is quiet, and was so while it was read; or when patience is at its end."""
    give_up = time.monotonic() + pace.patience
    while True:
        seen, quiet_from = fingerprint(folder), time.monotonic()
        while min(quiet_from + pace.quiet, give_up) > time.monotonic():
            if stop.wait(pace.quiet / 4):
                return seen, None
            now = fingerprint(folder)
            if now != seen:
                seen, quiet_from = now, time.monotonic()
        project = _read(folder)
        if fingerprint(folder) == seen or time.monotonic() >= give_up:
            return seen, project


def _read(folder: Path) -> Project | None:
    return read_project(folder) if folder.is_dir() else None


def _differ(one: Project | None, other: Project | None) -> bool:
    if one is None or other is None:
        return one is not other
    return (one.files, one.problems) != (other.files, other.problems)

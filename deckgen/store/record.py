"""What was built last: fingerprints, the files' checksums and the warnings that were said.

The record only saves work. It is never trusted over the files themselves, and anything odd
about it means that there is none. It is bound to deckgen's code and bounded in size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from deckgen.disk import checksum
from deckgen.problem import Problem
from deckgen.store.fingerprint import code_digest

RECORD = ".deckgen.built.json"
_SETS = 8  # of different options, built into one folder
_MOST_BYTES = 8 * 1024 * 1024


class Built(Struct, frozen=True):
    """One set of files: checksums by name, in the order in which they were asked for."""

    fingerprint: str
    sums: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_record(folder: Path) -> tuple[Built, ...]:
    """The sets that were built into a folder, the latest first; none if anything is odd."""
    path = folder / RECORD
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ()
        seal, _, text = path.read_bytes().partition(b"\n")
        return json.decode(text, type=tuple[Built, ...]) if seal == _seal(text) else ()
    except (OSError, ValueError, MsgspecError, RecursionError):
        return ()


def record_with(known: Iterable[Built], built: Built) -> bytes:
    """The record's bytes once a set was built. Sets that it took files from are dropped.

    Raises ValueError for words that are no Unicode.
    """
    others = [b for b in known if b.sums.keys().isdisjoint(built.sums)]
    text = json.encode([built, *others][:_SETS])
    return _seal(text) + b"\n" + text


def _seal(text: bytes) -> bytes:
    """A checksum that only this very deckgen makes."""
    return checksum(code_digest().encode() + text).encode()

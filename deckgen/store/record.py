"""What was built last: fingerprints, the files' checksums and the warnings that were said.

The record only saves work. It is never trusted over the files themselves, and anything odd
about it means that there is none. It is bound to deckgen's code and bounded in size.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from deckgen.problem import Place, Problem, Severity
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
        if seal != _seal(text):
            return ()
        return tuple(_built(entry) for entry in json.loads(text))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()


def record_with(known: Iterable[Built], built: Built) -> bytes:
    """The record's bytes once a set was built. Sets that it took files from are dropped."""
    others = [b for b in known if b.sums.keys().isdisjoint(built.sums)]
    text = json.dumps([_entry(b) for b in (built, *others)[:_SETS]], separators=(",", ":")).encode()
    return _seal(text) + b"\n" + text


def _seal(text: bytes) -> bytes:
    """A checksum that only this very deckgen makes."""
    return hashlib.sha256(code_digest().encode() + text).hexdigest().encode()


def _entry(built: Built) -> dict[str, Any]:
    return {
        "fingerprint": built.fingerprint,
        "sums": dict(built.sums),
        "problems": [
            [astuple(p.place), p.code, p.found, p.todo, p.severity] for p in built.problems
        ],
    }


def _built(entry: Any) -> Built:
    sums = {str(name): str(value) for name, value in entry["sums"].items()}
    problems = [
        Problem(str(code), _place(*place), str(found), str(todo), Severity(severity))
        for place, code, found, todo, severity in entry["problems"]
    ]
    return Built(str(entry["fingerprint"]), sums, tuple(problems))


def _place(file: str, line: int, column: int) -> Place:
    return Place(str(file), int(line), int(column))

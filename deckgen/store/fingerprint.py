"""A digest of everything that the files of a build depend on.

If it is the same, the files are the same: every byte of the project, the options, the dates,
deckgen's own code, Python and the libraries enter it. Loads nothing heavy, since it decides
whether anything heavy has to be loaded.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from msgspec.structs import fields

from deckgen.options import Options
from deckgen.project import Project

_PACKAGE = Path(__file__).resolve().parents[1]
_CODE, _NO_CODE = (".py", ".po", ".pot"), ("starter", "__pycache__")
_INSTALLED = (".dist-info", ".egg-info")


def fingerprint(project: Project, options: Options, targets: Collection[str]) -> str:
    """The digest of one build."""
    digest = hashlib.sha256()
    _add(digest, code_digest(), repr(options), repr(sorted(targets)))
    # Whatever else a project may come to hold, such as the day on which it is read.
    for field in fields(project):
        if field.name not in ("folder", "files"):
            _add(digest, f"{field.name}={getattr(project, field.name)!r}")
    for name, data in sorted(project.files.items()):
        _add(digest, name, hashlib.sha256(data).hexdigest())
    return digest.hexdigest()


def _add(digest: hashlib._Hash, *texts: str) -> None:
    """Texts with their lengths, so that none can pass for two."""
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)


def code_digest() -> str:
    """What stands for the code that is running: every byte of it, and what it stands on."""
    return _code()[0]


def code_is_the_same() -> bool:
    """Whether the code on the disk is still that of `code_digest`, and so what was loaded."""
    return _stamps() == _code()[1]


_Stamps = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=1)
def _code() -> tuple[str, _Stamps]:
    """A digest of deckgen's own modules and the versions of all that it stands on; stamps."""
    stamps = _stamps()
    digest = hashlib.sha256()
    _add(digest, sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION, *sorted(_installed()))
    for name, _, _ in stamps:
        with open(f"{_PACKAGE}/{name}", "rb") as file:
            code = file.read()
        _add(digest, name)
        digest.update(b"%d:" % len(code) + code)
    return digest.hexdigest(), stamps


def _stamps() -> _Stamps:
    """Names, sizes and times of the code and of the catalogues of words, in order: enough to
    notice a change during a build.
    """
    found, folders = list[tuple[str, int, int]](), [""]
    for folder in folders:  # grows on the way
        for entry in os.scandir(f"{_PACKAGE}/{folder}"):
            if entry.name.endswith(_CODE):
                state = entry.stat()
                found.append((folder + entry.name, state.st_size, state.st_mtime_ns))
            elif entry.name not in _NO_CODE and entry.is_dir():
                folders.append(f"{folder}{entry.name}/")
    return tuple(sorted(found))


def _installed() -> set[str]:
    """Names and versions of what is installed, from the names of folders alone."""
    found: set[str] = set()
    for entry in sys.path:
        try:
            found.update(name for name in os.listdir(entry or ".") if name.endswith(_INSTALLED))
        except OSError:
            continue  # a zip file, or a folder that is not there
    return found

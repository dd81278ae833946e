"""deckgen: card decks, workbooks and packs from plain content files.

For Python callers: `read_project`, `check` and `build_files`. They are loaded on first use, so
that `import deckgen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.building.build import Result, Target, build_files
    from deckgen.building.incremental import build_what_changed
    from deckgen.disk import CannotWrite
    from deckgen.options import Options
    from deckgen.problem import Problem
    from deckgen.project import Project, find_folder, read_project
    from deckgen.proof.proof import check

__version__ = "0.1.0"

__all__ = [
    "CannotWrite",
    "Options",
    "Problem",
    "Project",
    "Result",
    "Target",
    "__version__",
    "build_files",
    "build_what_changed",
    "check",
    "find_folder",
    "read_project",
]

_HOMES = {
    "deckgen.proof.proof": ("Options", "check"),
    "deckgen.building.build": ("Result", "Target", "build_files"),
    "deckgen.disk": ("CannotWrite",),
    "deckgen.building.incremental": ("build_what_changed",),
    "deckgen.problem": ("Problem",),
    "deckgen.project": ("Project", "find_folder", "read_project"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'deckgen' has no attribute {name!r}")

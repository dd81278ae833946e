"""deckgen: card decks, workbooks and packs from plain content files.

For Python callers: `read_project`, `check` and `build_files`. They are loaded on first use, so
that `import deckgen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.building.build import build_files
    from deckgen.building.check import check
    from deckgen.building.incremental import build_what_changed
    from deckgen.collecting.collect import collect
    from deckgen.collecting.tables import read_table
    from deckgen.disk import CannotWrite
    from deckgen.interchange.exporting import export_cards
    from deckgen.interchange.plan import plan_import
    from deckgen.interchange.saving import save_files
    from deckgen.live.serve import serving
    from deckgen.live.state import Live
    from deckgen.live.watch import changes
    from deckgen.options import Options
    from deckgen.problem import Problem
    from deckgen.products.result import Result
    from deckgen.project import Project, find_folder, read_project

__version__ = "0.1.0"

__all__ = [
    "CannotWrite",
    "Live",
    "Options",
    "Problem",
    "Project",
    "Result",
    "__version__",
    "build_files",
    "build_what_changed",
    "changes",
    "check",
    "collect",
    "export_cards",
    "find_folder",
    "plan_import",
    "read_project",
    "read_table",
    "save_files",
    "serving",
]

_HOMES = {
    "deckgen.building.build": ("build_files",),
    "deckgen.building.check": ("check",),
    "deckgen.building.incremental": ("build_what_changed",),
    "deckgen.collecting.collect": ("collect",),
    "deckgen.collecting.tables": ("read_table",),
    "deckgen.disk": ("CannotWrite",),
    "deckgen.interchange.exporting": ("export_cards",),
    "deckgen.interchange.plan": ("plan_import",),
    "deckgen.interchange.saving": ("save_files",),
    "deckgen.live.serve": ("serving",),
    "deckgen.live.state": ("Live",),
    "deckgen.live.watch": ("changes",),
    "deckgen.options": ("Options",),
    "deckgen.problem": ("Problem",),
    "deckgen.products.result": ("Result",),
    "deckgen.project": ("Project", "find_folder", "read_project"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'deckgen' has no attribute {name!r}")

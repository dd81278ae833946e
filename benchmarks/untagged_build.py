"""The same build with no trace of tags: no marked content, no structure, no check of either.

    python benchmarks/untagged_build.py FOLDER

A yardstick for what tags cost. Fields, links, bookmarks and the pack stay as they are.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deckgen.building import build
from deckgen.model.drawing import Drawing, Field, Link, Mark
from deckgen.pdf import paint, tags
from deckgen.project import read_project
from deckgen.readback import check as readback
from deckgen.readback import faults
from deckgen.readback.parsed import opened
from deckgen.readback.structure import structure_of


def no_artifact(brush: Any, marks: Iterable[Mark]) -> None:
    brush._marks([mark for mark in marks if not isinstance(mark, Field | Link)])


def no_content(brush: Any, _role: object, marks: list[Mark]) -> int:
    brush._marks(marks)
    return 0


def no_elements(
    _tree: object, _drawing: Drawing, nodes: Iterable[paint.Node], content: tags.Content
) -> None:
    """Annotations are made where tags would have been."""
    for node in nodes:
        for kid in node.kids:
            if isinstance(kid, paint.Node):
                no_elements(_tree, _drawing, (kid,), content)
            elif not isinstance(kid, int) and content.annotate:
                content.annotate(kid)


def checks_of_anything_else(data: bytes) -> list[str]:
    """Fonts and fields are looked at as usual; what is said of missing tags is dropped."""
    reader = opened(data)
    list(faults._about_the_file(reader))
    list(faults._about_annotations(reader, structure_of(reader)))
    return faults.unembedded_fonts(reader)


def leave_out_tags() -> None:
    """From here on nothing is tagged."""
    paint._Brush.artifact = no_artifact  # type: ignore[method-assign]
    paint._Brush._content = no_content  # type: ignore[method-assign]
    tags.Tree.add = no_elements  # type: ignore[method-assign,assignment]
    tags.Tree.finish = lambda _tree: None  # type: ignore[method-assign,assignment,return-value]
    readback.file_faults = checks_of_anything_else


if __name__ == "__main__":
    gc.set_threshold(100_000, 20, 100)  # as the command does
    leave_out_tags()
    build.build_files(read_project(Path.cwd()), output=Path(sys.argv[1]))

"""Write down every mark of the four files, for a script that draws them without deckgen.

    python -m benchmarks.record_marks PROJECT MARKS.json

The file holds pages of plain drawing calls: text, paths and fields at fixed places.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from deckgen.model.drawing import Clip, Drawing, Element, Field, Shape, TextLine
from deckgen.options import Options
from deckgen.problem import blocks
from deckgen.products.job import Job
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from deckgen.sheets.sheet import SheetSide


def calls(elements: tuple[Element, ...]) -> list[Any]:
    """The marks of a page as small lists that JSON can hold."""
    return [call for element in elements for mark in element.marks() for call in _calls(mark)]


def _calls(mark: object) -> list[Any]:
    if isinstance(mark, TextLine):
        runs = [[run.face, run.text] for run in mark.runs]
        return [["text", mark.x_pt, mark.y_pt, mark.size_pt, mark.colour, runs]]
    if isinstance(mark, Shape):
        look = [mark.fill, mark.stroke, mark.width_pt, mark.round_ends]
        return [["path", mark.path, look]]
    if isinstance(mark, Clip):
        return [["clip", mark.rect.corners, [c for s in mark.shapes for c in _calls(s)]]]
    if isinstance(mark, Field):
        box = [mark.rect.x_pt, mark.rect.y_pt, mark.rect.width_pt, mark.rect.height_pt]
        return [["field", mark.kind, mark.name, mark.tooltip, box, list(mark.options), mark.value]]
    return []


def page(drawing: Drawing) -> dict[str, Any]:
    """One page of one Drawing."""
    size = [drawing.size.width_pt, drawing.size.height_pt]
    return {"size": size, "label": drawing.label, "calls": calls(drawing.elements)}


def sheet(side: SheetSide) -> dict[str, Any]:
    """One sheet side: faces at their places, then the marks."""
    faces = []
    for placement in side.placements:
        m, face = placement.matrix, placement.face
        bleed = placement.bleed_pt
        box = [-bleed, -bleed, face.size.width_pt + bleed, face.size.height_pt + bleed]
        faces.append([[m.a, m.b, m.c, m.d, m.e, m.f], box, calls(face.elements)])
    size = [side.size.width_pt, side.size.height_pt]
    return {"size": size, "label": side.label, "faces": faces, "calls": calls(side.marks)}


def record(folder: Path) -> dict[str, Any]:
    """The four files of a project."""
    job = Job(Proof(read_project(folder)), Options())
    assert not blocks(job.problems("pack")), job.problems("pack")
    fonts = {role: face.file for role, face in job.design.book.faces.items()}
    return {
        "fonts": fonts,
        "screen": [page(side) for card in job.chosen() for side in (card.front, card.back)],
        "sheets": [sheet(side) for side in job.sides()],
        "workbook": [page(drawing) for drawing in job.pages()],
        "guide": [page(drawing) for drawing in job.guide],
    }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(record(Path(sys.argv[1]))), encoding="utf-8")

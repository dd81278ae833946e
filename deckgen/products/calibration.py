"""Getting to know a printer: the page to print, and the profile made from what it shows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from deckgen.design.printer import FOLDER
from deckgen.disk import said_plainly, save_beside
from deckgen.layout.papers.calibration import lay_out_calibration
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.products.gate import refuse_file_faults
from deckgen.project import Project
from deckgen.proof.proof import lay_out
from deckgen.sheets.imposition import Turn, mirror_sheet
from deckgen.sheets.registration import Readings, TwoSided, profile_of, stations_mm

_TWO_SIDED: dict[Turn, TwoSided] = {
    Turn.LONG: "long",
    Turn.SHORT: "short",
    Turn.SINGLE: "single",
}


def calibration_page(
    project: Project, options: Options, folder: Path
) -> tuple[Path | None, list[Problem]]:
    """Write the page for the stock and the turn of `options`. Raises CannotWrite."""
    from deckgen.pdf.metadata import DocumentInfo
    from deckgen.pdf.write import write_pages

    layout, problems = lay_out(project, options)
    if layout is None:
        return None, problems
    design, deck, turn = layout.design, layout.content.deck, layout.plan.turn
    mirror = mirror_sheet(design.stock, turn)
    drawings = lay_out_calibration(design, stations_mm(design.stock), mirror)
    info = DocumentInfo(
        title="Calibration page",
        author=deck.publisher,
        subject="Shows how a printer places backs behind fronts",
        language="en-GB",
        issued=project.date_of(deck.edition.issued),
        edition=deck.edition.number,
        duplex="short" if turn == "short" else "long",
        actual_size=True,
    )
    data = write_pages(drawings, info, design.book)
    refuse_file_faults("calibration page", data)
    paper = re.sub(r"[^a-z0-9]+", "-", design.stock.paper.lower()).strip("-")
    path = folder / f"calibration-{paper}-{turn}.pdf"
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    save_beside(data, path, force=True)
    return path, problems


def save_printer(
    project: Project, options: Options, name: str, readings: Readings, today: date
) -> tuple[Path | None, list[Problem]]:
    """Write printers/NAME.toml from what the page shows. Raises CannotWrite, and ValueError for
    readings that no printer has.
    """
    layout, problems = lay_out(project, options)
    if layout is None:
        return None, problems
    turn = _TWO_SIDED.get(layout.plan.turn)
    if turn is None:
        raise ValueError("a folded sheet has no second side to measure")
    profile = profile_of(name, turn, readings, layout.design.stock, today)
    path = project.folder / FOLDER / f"{name}.toml"
    with said_plainly(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    save_beside(profile.as_toml().encode(), path, force=True)
    return path, problems

"""Getting to know a printer: the page to print, and the profile made from what it shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from deckgen.design.printer import FOLDER
from deckgen.disk import said_plainly, save_beside
from deckgen.layout.papers.calibration import lay_out_calibration
from deckgen.model.text import word
from deckgen.options import Options
from deckgen.problem import Problem, blocks, in_order
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
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
    from deckgen.pdf.write import write_pages

    job = Job(Proof(project), options)
    problems = _needs(job)
    if blocks(problems):
        return None, problems
    design, turn = job.design, job.plan.turn
    mirror = mirror_sheet(design.stock, turn)
    drawings = lay_out_calibration(design, stations_mm(design.stock), mirror)
    title = job.said(word("Calibration page"))
    info = job.info(title, job.said(word("Shows how a printer places backs behind fronts")))
    duplex: TwoSided = "short" if turn == "short" else "long"
    info = replace(info, duplex=duplex, actual_size=True)
    (data,) = checked("calibration page", write_pages(drawings, info, design.book))
    path = folder / f"calibration-{job.paper}-{turn}.pdf"
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    save_beside(data, path, force=True)
    return path, problems


def _needs(job: Job) -> list[Problem]:
    """Words and looks; no card and no page is drawn."""
    return in_order([*job.of_words(), *job.proof.design(job.look)[1]])


def save_printer(
    project: Project, options: Options, name: str, readings: Readings, today: date
) -> tuple[Path | None, list[Problem]]:
    """Write printers/NAME.toml from what the page shows. Raises CannotWrite, and ValueError for
    readings that no printer has.
    """
    job = Job(Proof(project), options)
    problems = _needs(job)
    if blocks(problems):
        return None, problems
    turn = _TWO_SIDED.get(job.plan.turn)
    if turn is None:
        raise ValueError("a folded sheet has no second side to measure")
    profile = profile_of(name, turn, readings, job.design.stock, today)
    path = project.folder / FOLDER / f"{name}.toml"
    with said_plainly(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    save_beside(profile.as_toml().encode(), path, force=True)
    return path, problems

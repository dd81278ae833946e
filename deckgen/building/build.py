"""The pipeline: a project's files → Drawings → PDF files → checked → the output folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from deckgen.disk import checksum
from deckgen.options import Options
from deckgen.problem import blocks, in_order
from deckgen.products.booklet import render_booklet
from deckgen.products.gate import refuse_file_faults, refuse_losses
from deckgen.products.product import SHOP, USUAL, Progress, Result, Target, silent, wanted_of
from deckgen.products.shop import render_press
from deckgen.products.shop_layout import PressLayout, lay_out_press
from deckgen.project import Project
from deckgen.proof.proof import Layout, imposed, lay_out
from deckgen.sheets.imposition import Turn
from deckgen.store.fingerprint import code_is_the_same, fingerprint
from deckgen.store.output_folder import output_folder
from deckgen.store.record import Built

if TYPE_CHECKING:
    from deckgen.pdf.metadata import DocumentInfo


__all__ = ["USUAL", "Progress", "Result", "Target", "build_files", "file_name", "render"]

_APART = (*SHOP, Target.BOOKLET)  # these have layouts of their own


def build_files(
    project: Project,
    targets: Collection[Target] = USUAL,
    options: Options | None = None,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Result:
    """Build files anew into `output` (default: the project's output folder).

    Errors in the project come back as problems, and nothing is written. Raises CannotWrite
    if the folder refuses, and BuildFault if a finished file fails its checks.
    """
    options = options or Options()
    wanted = wanted_of(targets)
    before = fingerprint(project, options, wanted)
    progress("Reading and laying out")
    press, problems = lay_out_press(project, options) if Target.PRINT in wanted else (None, [])
    layout: Layout | None = None
    if not set(wanted) <= set(_APART):
        layout, found = lay_out(project, options)
        problems = in_order([*problems, *found])
    booklet: Layout | None = None
    if Target.BOOKLET in wanted:
        large = options.booklet_paper == "a4"
        booklet, found = lay_out(project, replace(options, large_print=large))
        problems = in_order([*problems, *found])
    if blocks(problems):
        return Result((), tuple(problems))
    names = {target: file_name(target, layout or booklet, press, options) for target in wanted}
    with output_folder(output or project.folder / "output") as folder:
        if not force:
            folder.refuse_changed(names.values())
        files: dict[Target, bytes] = {}
        if layout:
            issued = project.date_of(layout.content.deck.edition.issued)
            files |= render(layout, [t for t in wanted if t not in _APART], issued, progress)
        if press:
            progress("Drawing the cards for the print shop")
            issued = project.date_of(press.content.deck.edition.issued)
            files[Target.PRINT], files[Target.TICKET] = render_press(press, options, issued)
        if booklet:
            progress("Folding the booklet")
            issued = project.date_of(booklet.content.deck.edition.issued)
            info = file_info(booklet, Target.WORKBOOK, issued)
            files[Target.BOOKLET] = render_booklet(booklet, options.booklet_paper, info)
        progress("Saving")
        paths = folder.replace({names[t]: files[t] for t in wanted}, force=force)
        if code_is_the_same():
            sums = {names[t]: checksum(files[t]) for t in wanted}
            folder.remember(Built(before, sums, tuple(problems)))
    return Result(paths, tuple(problems))


def file_name(
    target: Target, layout: Layout | None, press: PressLayout | None, options: Options
) -> str:
    """What a target's file is called; sheets are named after their paper.

    A file with a selection of cards never takes the place of that with all of them, nor do sheets
    that are printed on one side only that of the usual ones.
    """
    selection = "-selection" * options.selects
    if layout and target is Target.WORKBOOK and options.role:
        selection = f"-{layout.content.workbook.key}"
    if target in SHOP:
        ticket = "-ticket" * (target is Target.TICKET)
        return f"deck-print-{options.size}-{options.standard}{selection}{ticket}.pdf"
    if target is Target.BOOKLET:
        role = f"-{layout.content.workbook.key}" if layout and options.role else ""
        return f"workbook-booklet-{options.booklet_paper}{role}.pdf"
    assert layout is not None
    paper = re.sub(r"[^a-z0-9]+", "-", layout.design.stock.paper.lower()).strip("-")
    turn = layout.plan.turn
    made_for = f"-{turn}" * (turn in (Turn.SINGLE, Turn.FOLD))
    made_for += f"-for-{options.printer}" * bool(options.printer)
    name = {
        Target.SHEETS: f"deck-sheets-{paper}{made_for}",
        Target.SCREEN: "deck-screen",
        Target.WORKBOOK: "workbook",
        Target.PACK: f"pack{made_for}",
    }[target]
    return f"{name}{'-large-print' * layout.design.sizing.large_print}{selection}.pdf"


def render(
    layout: Layout, wanted: Sequence[Target], issued: datetime, progress: Progress = silent
) -> dict[Target, bytes]:
    """The wanted files, checked. The PDF libraries load here, so that `check` never pays."""
    from deckgen.pdf.write import write_pages, write_sheets
    from deckgen.readback.join import Part, join

    book = layout.design.book
    files: dict[Target, bytes] = {}
    if {Target.SHEETS, Target.PACK} & set(wanted):
        progress("Drawing the sheets")
        info = file_info(layout, Target.SHEETS, issued)
        reading = [card.front for card in layout.chosen]
        files[Target.SHEETS] = write_sheets(imposed(layout), info, book, reading)
    if Target.SCREEN in wanted:
        progress("Drawing the cards for reading")
        faces = [side for card in layout.chosen for side in (card.front, card.back)]
        files[Target.SCREEN] = write_pages(faces, file_info(layout, Target.SCREEN, issued), book)
    if {Target.WORKBOOK, Target.PACK} & set(wanted):
        progress("Drawing the workbook")
        info = file_info(layout, Target.WORKBOOK, issued)
        files[Target.WORKBOOK] = write_pages(layout.workbook, info, book)
    if Target.PACK in wanted:
        progress("Putting the pack together")
        info = file_info(layout, Target.PACK, issued)
        parts = [
            Part("Printing guide", write_pages(layout.guide, info, book)),
            Part("Cards to print", files[Target.SHEETS]),
            Part("Workbook", files[Target.WORKBOOK]),
        ]
        pack = join(parts, info)
        refuse_losses(parts, pack)
        files[Target.PACK] = pack.data
    progress("Checking the files")
    refuse_faults({target: data for target, data in files.items() if target is not Target.PACK})
    return {target: files[target] for target in wanted}


def file_info(layout: Layout, target: Target, issued: datetime) -> DocumentInfo:
    """What a file says about itself."""
    from deckgen.pdf.metadata import LARGE_PRINT, DocumentInfo

    deck, workbook = layout.content.deck, layout.content.workbook
    printed = target in (Target.SHEETS, Target.PACK)
    title = {
        Target.SHEETS: f"{deck.title}: cards to print",
        Target.SCREEN: f"{deck.title}: cards to read on screen",
        Target.WORKBOOK: workbook.title,
        Target.PACK: f"{deck.title}: cards and workbook",
    }[target]
    return DocumentInfo(
        title=title + LARGE_PRINT if layout.design.sizing.large_print else title,
        author=deck.publisher,
        subject=workbook.subtitle if target is Target.WORKBOOK else deck.subtitle,
        language=deck.language,
        issued=issued,
        edition=deck.edition.number,
        duplex=_duplex(layout.plan.turn) if printed else None,
        actual_size=printed,
    )


def _duplex(turn: Turn) -> Literal["long", "short"] | None:
    """What the print window should propose; nothing for sheets that are printed on one side."""
    if turn is Turn.SHORT:
        return "short"
    return "long" if turn is Turn.LONG else None


def refuse_faults(files: Mapping[Target, bytes]) -> None:
    """Raise BuildFault if a finished file fails its checks."""
    for target, data in files.items():
        refuse_file_faults(target, data)

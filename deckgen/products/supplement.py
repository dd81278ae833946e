"""The files of a supplement: slip, new cards on sheets, the new workbook, and all in one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Drawing
from deckgen.model.swap import Swaps
from deckgen.model.text import word
from deckgen.products.gate import checked, refuse_losses
from deckgen.products.job import Job


def draw_supplement(
    job: Job, cards: tuple[CardFaces, ...], slip: Sequence[Drawing], swaps: Swaps
) -> dict[str, bytes]:
    """Files by name, checked. The PDF libraries load here."""
    from deckgen.pdf.write import write_pages, write_sheets
    from deckgen.readback.join import Part, join

    book = job.design.book
    editions = {"old": swaps.since, "new": swaps.edition}
    title = job.titled(word("{title}: from edition {old} to {new}"), **editions)
    printed = job.info(job.titled(word("{title}: cards to print"), title), printed=True)
    slip_info = job.info(job.titled(word("{title}: swap slip"), title))
    parts = [
        Part(
            job.said(word("Swap slip and what changed")),
            write_pages(slip, slip_info, book),
        ),
        Part(
            job.said(word("Cards to print")),
            write_sheets(job.sides(cards), printed, book, [card.front for card in cards]),
        ),
    ]
    files = {"swap-slip.pdf": parts[0].data, "supplement-sheets.pdf": parts[1].data}
    if job.has_workbook:
        parts.append(Part(job.said(word("Workbook")), job.files("workbook")[0]))
        files["workbook.pdf"] = parts[2].data
    whole = join(parts, replace(printed, title=title))
    for name in ("swap-slip.pdf", "supplement-sheets.pdf"):
        checked(name, files[name])
    refuse_losses(parts, whole)
    return {"supplement.pdf": whole.data, **files}

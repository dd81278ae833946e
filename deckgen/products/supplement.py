"""The files of a supplement: slip, new cards on sheets, the new workbook, and all in one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Drawing
from deckgen.model.swap import Swaps
from deckgen.products.gate import checked, refuse_losses
from deckgen.products.job import Job


def draw_supplement(
    job: Job, cards: tuple[CardFaces, ...], slip: Sequence[Drawing], swaps: Swaps
) -> dict[str, bytes]:
    """Files by name, checked. The PDF libraries load here."""
    from deckgen.pdf.write import write_pages, write_sheets
    from deckgen.readback.join import Part, join

    book = job.design.book
    title = f"{job.content.deck.title}: from edition {swaps.since} to {swaps.edition}"
    printed = job.info(f"{title}: cards to print", printed=True)
    parts = [
        Part(
            "Swap slip and what changed",
            write_pages(slip, job.info(f"{title}: swap slip"), book),
        ),
        Part(
            "Cards to print",
            write_sheets(job.sides(cards), printed, book, [card.front for card in cards]),
        ),
    ]
    files = {"swap-slip.pdf": parts[0].data, "supplement-sheets.pdf": parts[1].data}
    if job.has_workbook:
        parts.append(Part("Workbook", job.files("workbook")[0]))
        files["workbook.pdf"] = parts[2].data
    whole = join(parts, replace(printed, title=title))
    for name in ("swap-slip.pdf", "supplement-sheets.pdf"):
        checked(name, files[name])
    refuse_losses(parts, whole)
    return {"supplement.pdf": whole.data, **files}

"""The files of a supplement: slip, new cards on sheets, the new workbook, and all in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from deckgen.building.build import Target, file_info
from deckgen.model.drawing import Drawing
from deckgen.model.swap import Swaps
from deckgen.products.gate import refuse_file_faults, refuse_losses
from deckgen.proof.proof import Layout, imposed


def render_supplement(
    layout: Layout, slip: Sequence[Drawing], swaps: Swaps, issued: datetime
) -> dict[str, bytes]:
    """Files by name, checked. The PDF libraries load here."""
    from deckgen.pdf.write import write_pages, write_sheets
    from deckgen.readback.join import Part, join

    deck, design = layout.content.deck, layout.design
    title = f"{deck.title}: from edition {swaps.since} to {swaps.edition}"
    paged = replace(
        file_info(layout, Target.SCREEN, issued), title=f"{title}: swap slip", subject=deck.subtitle
    )
    sheets = replace(file_info(layout, Target.SHEETS, issued), title=f"{title}: cards to print")
    faces = [card.front for card in layout.chosen]
    parts = [
        Part("Swap slip and what changed", write_pages(slip, paged, design.book)),
        Part("Cards to print", write_sheets(imposed(layout), sheets, design.book, faces)),
        Part(
            "Workbook",
            write_pages(layout.workbook, file_info(layout, Target.WORKBOOK, issued), design.book),
        ),
    ]
    whole = join(parts, replace(file_info(layout, Target.PACK, issued), title=title))
    files = {
        "swap-slip.pdf": parts[0].data,
        "supplement-sheets.pdf": parts[1].data,
        "workbook.pdf": parts[2].data,
    }
    for name, data in files.items():
        refuse_file_faults(name, data)
    refuse_losses(parts, whole)
    return {"supplement.pdf": whole.data, **files}

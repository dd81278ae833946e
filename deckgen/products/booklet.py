"""The workbook as a booklet: sheets to fold, put into each other and staple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.geometry import Size, mm
from deckgen.layout.workbooks.pen import for_pen
from deckgen.products.gate import refuse_file_faults
from deckgen.proof.proof import Layout
from deckgen.sheets.booklet import lay_in_booklet

if TYPE_CHECKING:
    from deckgen.pdf.metadata import DocumentInfo

# The sheet, on its side, in millimetres (ISO 216).
_SHEETS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}


def render_booklet(layout: Layout, paper: str, info: DocumentInfo) -> bytes:
    """The workbook's pages two by two. On A4 they are those of large print, made smaller:
    nothing comes out below 12 points.
    """
    from deckgen.pdf.write import write_sheets

    width, height = _SHEETS[paper]
    pages = [for_pen(drawing) for drawing in layout.workbook]
    sides = lay_in_booklet(pages, Size(mm(width), mm(height)))
    title = f"{layout.content.workbook.title}: booklet"
    info = replace(info, title=title, duplex="short", actual_size=True)
    data = write_sheets(sides, info, layout.design.book, pages)
    refuse_file_faults("booklet", data)
    return data

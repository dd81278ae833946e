"""The workbook as a booklet: sheets to fold, put into each other and staple."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.design.sizing import LARGE_PT
from deckgen.design.stock import Extent
from deckgen.geometry import Size, mm
from deckgen.layout.workbooks.pen import for_pen
from deckgen.model.deck import SMALLEST_PT
from deckgen.model.text import word
from deckgen.problem import Problem
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.sheets.booklet import lay_in_booklet

# The sheet, on its side, in millimetres (ISO 216, and what the United States use).
SHEETS_MM = {
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "letter": (279.4, 215.9),
    "tabloid": (431.8, 279.4),
}
_SHRUNK = SMALLEST_PT / LARGE_PT  # large print made so small is as small as words may be
_NEARLY = 0.98


def needs(job: Job) -> list[Problem]:
    """The workbook's."""
    return _seen(job).of_pages()


def file_names(job: Job) -> tuple[str, ...]:
    """One name a paper and role."""
    return (f"workbook-booklet-{_paper(job)}{job.role}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """The workbook's pages two by two."""
    from deckgen.pdf.write import write_sheets

    width, height = SHEETS_MM[_paper(job)]
    job = _seen(job)
    pages = [for_pen(drawing) for drawing in job.pages()]
    sides = lay_in_booklet(pages, Size(mm(width), mm(height)), job.design.say)
    book = job.content.workbook
    info = job.info(book.title, book.subtitle)
    title = job.titled(word("{title}: booklet"), book.title)
    info = replace(info, title=title, duplex="short", actual_size=True)
    return checked("booklet", write_sheets(sides, info, job.design.book, pages))


def _page_mm(job: Job) -> tuple[float, float]:
    """Width and height of the workbook's pages; those of A4 if the look can't be read."""
    design = job.proof.design(job.look)[0]
    page = design.paper.page if design else Extent(210.0, 297.0)
    return page.width, page.height


def _paper(job: Job) -> str:
    """The sheets' paper: what was asked for, or the paper of the pages, which is folded then."""
    own = [name for name, sheet in SHEETS_MM.items() if sheet == _page_mm(job)[::-1]]
    return job.options.booklet_paper or (own or ["a4"])[0]


def _seen(job: Job) -> Job:
    """In what the pages are set: where the halves of a sheet are smaller than pages, large print is
    made smaller, and nothing is under 12 points. Where that is not enough, pages have the shape of
    the halves.
    """
    (width, height), (sheet, high) = _page_mm(job), SHEETS_MM[_paper(job)]
    scale = min(sheet / 2 / width, high / height)
    if scale > _NEARLY:
        return job.seen(replace(job.look, large_print=False))
    whole = None if scale >= _SHRUNK else (sheet / 2 / _SHRUNK, high / _SHRUNK)
    return job.seen(replace(job.look, large_print=True, page_mm=whole))

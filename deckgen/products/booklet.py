"""The workbook as a booklet: sheets to fold, put into each other and staple."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.geometry import Size, mm
from deckgen.layout.workbooks.pen import for_pen
from deckgen.model.text import word
from deckgen.problem import Problem
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.sheets.booklet import lay_in_booklet

# The sheet, on its side, in millimetres (ISO 216).
_SHEETS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}


def needs(job: Job) -> list[Problem]:
    """The workbook's."""
    return _seen(job).of_pages()


def file_names(job: Job) -> tuple[str, ...]:
    """One name a paper and role."""
    return (f"workbook-booklet-{job.options.booklet_paper}{job.role}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """The workbook's pages two by two."""
    from deckgen.pdf.write import write_sheets

    width, height = _SHEETS[job.options.booklet_paper]
    job = _seen(job)
    pages = [for_pen(drawing) for drawing in job.pages()]
    sides = lay_in_booklet(pages, Size(mm(width), mm(height)), job.design.say)
    book = job.content.workbook
    info = job.info(book.title, book.subtitle)
    title = job.titled(word("{title}: booklet"), book.title)
    info = replace(info, title=title, duplex="short", actual_size=True)
    return checked("booklet", write_sheets(sides, info, job.design.book, pages))


def _seen(job: Job) -> Job:
    """On A4 the pages are those of large print, made smaller: nothing is under 12 points."""
    return job.seen(replace(job.look, large_print=job.options.booklet_paper == "a4"))

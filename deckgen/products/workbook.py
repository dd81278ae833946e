"""The workbook, with boxes to fill in."""

from __future__ import annotations

from deckgen.problem import Problem
from deckgen.products.gate import checked
from deckgen.products.job import Job


def needs(job: Job) -> list[Problem]:
    """The workbook's own: no page of it shows the words of a card."""
    return job.of_pages()


def file_names(job: Job) -> tuple[str, ...]:
    """One name; that of another role's workbook is its own."""
    return (f"workbook{job.large}{job.role}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """One file."""
    from deckgen.pdf.write import write_pages

    return checked("workbook", write_pages(job.pages(), job.book_info(), job.design.book))

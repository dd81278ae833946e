"""Printing guide, sheets and workbook in one file."""

from __future__ import annotations

from deckgen.problem import Problem
from deckgen.products.gate import refuse_losses
from deckgen.products.job import Job


def needs(job: Job) -> list[Problem]:
    """Those of all its parts."""
    return [*job.of_sheets(), *job.of_pages(), *job.of_guide()]


def file_names(job: Job) -> tuple[str, ...]:
    """One name for each way of printing."""
    return (f"pack{job.made_for()}{job.variant}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """One file, in which nothing of its parts is missing."""
    from deckgen.pdf.write import write_pages
    from deckgen.readback.join import Part, join

    info = job.info(f"{job.content.deck.title}: cards and workbook", printed=True)
    parts = [
        Part("Printing guide", write_pages(job.guide, info, job.design.book)),
        Part("Cards to print", job.files("sheets")[0]),
        Part("Workbook", job.files("workbook")[0]),
    ]
    pack = join(parts, info)
    refuse_losses(parts, pack)
    return (pack.data,)

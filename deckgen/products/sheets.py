"""The cards laid out on sheets, to print on both sides and cut."""

from __future__ import annotations

from deckgen.model.text import word
from deckgen.problem import Problem
from deckgen.products.gate import checked
from deckgen.products.job import Job


def needs(job: Job) -> list[Problem]:
    """The cards', and those of the paper and the printer."""
    return job.of_sheets()


def file_names(job: Job) -> tuple[str, ...]:
    """Sheets are named after their paper. A selection never takes the place of all cards, nor
    sheets that are printed on one side that of the usual ones.
    """
    return (f"deck-sheets-{job.paper}{job.made_for()}{job.variant}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """One file, read card by card wherever the cards lie."""
    from deckgen.pdf.write import write_sheets

    info = job.info(job.titled(word("{title}: cards to print")), printed=True)
    reading = [card.front for card in job.chosen()]
    return checked("sheets", write_sheets(job.sides(), info, job.design.book, reading))

"""The cards one after the other, to read on a screen."""

from __future__ import annotations

from deckgen.model.text import word
from deckgen.problem import Problem
from deckgen.products.gate import checked
from deckgen.products.job import Job


def needs(job: Job) -> list[Problem]:
    """The cards'."""
    return job.of_cards()


def file_names(job: Job) -> tuple[str, ...]:
    """One name; a selection's is its own."""
    return (f"deck-screen{job.variant}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """One file with a page for each side."""
    from deckgen.pdf.write import write_pages

    info = job.info(job.titled(word("{title}: cards to read on screen")))
    faces = [side for card in job.chosen() for side in (card.front, card.back)]
    return checked("screen", write_pages(faces, info, job.design.book))

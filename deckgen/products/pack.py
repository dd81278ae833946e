"""Printing guide, sheets and workbook in one file, and what people add before and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.geometry import mm
from deckgen.model.text import word
from deckgen.options import Given
from deckgen.problem import Problem, blocks
from deckgen.products.gate import refuse_losses
from deckgen.products.job import Job

if TYPE_CHECKING:
    from deckgen.readback.join import Part

_LONGEST = 60  # letters of a name that say what was added


def needs(job: Job) -> list[Problem]:
    """Those of all its parts."""
    sheets = job.of_sheets()
    pages = job.of_pages() if job.has_workbook else []
    found = [*sheets, *pages, *([] if blocks(sheets) else job.of_guide())]
    added = (*job.options.before, *job.options.after)
    return [*found, *(p for given in added for p in _opened(given, _paper_pt(job))[1])]


def file_names(job: Job) -> tuple[str, ...]:
    """One name for each way of printing, and for each choice of what is added."""
    added = [PurePath(given.name).stem for given in (*job.options.before, *job.options.after)]
    named = re.sub(r"[^a-z0-9]+", "-", "-".join(added).lower()).strip("-")[:_LONGEST]
    also = "-with-" + (named or "more") if added else ""
    return (f"pack{job.made_for()}{job.variant}{also}.pdf",)


def draw(job: Job) -> tuple[bytes, ...]:
    """One file, in which nothing of its parts is missing."""
    from deckgen.pdf.write import write_pages
    from deckgen.readback.join import Part, join

    everything = word("{title}: cards and workbook")
    title = job.titled(everything if job.has_workbook else word("{title}: cards"))
    guide = info = job.info(title, printed=True)
    if job.has_workbook:
        info = replace(info, carried=job.book_info().carried)
    parts = [
        *_added(job, job.options.before),
        Part(job.said(word("Printing guide")), write_pages(job.guide, guide, job.design.book)),
        Part(job.said(word("Cards to print")), job.files("sheets")[0]),
        *([Part(job.said(word("Workbook")), job.files("workbook")[0])] if job.has_workbook else []),
        *_added(job, job.options.after),
    ]
    pack = join(parts, info)
    refuse_losses(parts, pack)
    return (pack.data,)


def _added(job: Job, files: Sequence[Given]) -> list[Part]:
    parts = (_opened(given, _paper_pt(job))[0] for given in files)
    return [part for part in parts if part]


@lru_cache(maxsize=8)
def _opened(
    given: Given, paper_pt: tuple[float, float] | None
) -> tuple[Part | None, list[Problem]]:
    """A file from elsewhere as a part, and what is to be said of it; opened once a build."""
    from deckgen.readback.foreign import open_foreign

    return open_foreign(given.data, given.name, paper_pt)


def _paper_pt(job: Job) -> tuple[float, float] | None:
    """Width and height of the sheets; None if no paper is known."""
    design = job.proof.design(job.look)[0]
    return (mm(design.stock.sheet.width), mm(design.stock.sheet.height)) if design else None

"""A workbook that a viewer has saved, made anew: the same answers, our own fonts and tags."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.answers.asked import asked_in_editions
from deckgen.answers.moving import moved
from deckgen.answers.settle import settle
from deckgen.content.load import role_of
from deckgen.layout.setting.lines import Setter
from deckgen.layout.workbooks.answers import with_answers
from deckgen.model.text import plain
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.wording.names import LARGE_PRINT


def refresh_workbook(
    project: Project, filled: bytes, file: str, options: Options | None = None
) -> tuple[bytes | None, list[Problem]]:
    """A conforming workbook with the answers of one that some viewer has saved.

    Viewers embed no fonts, or others. What was in large print stays so, and a role's workbook
    stays that role's. Answers to questions
    that are gone come back as warnings, so that nothing is lost; None if there is an error.
    """
    from deckgen.pdf.write import write_pages
    from deckgen.readback.answers import read_answers, workbook_copy, workbook_title

    answers, found = read_answers(filled, file)
    options, proof = options or Options(), Proof(project)
    if answers is not None:
        content = proof.read[0]
        named = plain(content.say(LARGE_PRINT, title="{title}")) if content else LARGE_PRINT
        title, large_print = workbook_title(filled, named)
        large_print |= options.large_print
        options = replace(options, large_print=large_print, role=role_of(project.files, title))
    job = Job(proof, options)
    problems = [*job.problems("workbook"), *found]
    if blocks(problems) or answers is None:
        return None, problems
    copy = workbook_copy(filled)
    asked = (job.asked, *asked_in_editions(proof, (job.asked,)))
    answers, told = moved(settle(copy, asked, job.asked), file)
    problems += told
    if blocks(problems):
        return None, problems
    pages = with_answers(job.pages(), answers, Setter(job.design.book))
    data = write_pages(pages, job.book_info(copy.identity.team), job.design.book)
    return *checked("workbook", data), problems

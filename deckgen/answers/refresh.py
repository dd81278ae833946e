"""A workbook that a viewer has saved, made anew: the same answers, our own fonts and tags."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec.structs import replace

from deckgen.content.load import role_of
from deckgen.layout.setting.lines import Setter
from deckgen.layout.workbooks.answers import with_answers
from deckgen.model.drawing import Field
from deckgen.model.text import plain
from deckgen.options import Options
from deckgen.problem import Place, Problem, blocks, problem
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
    from deckgen.readback.answers import read_answers, workbook_fields, workbook_title

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
    asked = {m.name for page in job.pages() for m in page.marks() if isinstance(m, Field)}
    problems += _left_over(answers, asked, workbook_fields(filled), file)
    if blocks(problems):
        return None, problems
    pages = with_answers(job.pages(), answers, Setter(job.design.book))
    data = write_pages(pages, job.book_info(), job.design.book)
    return *checked("workbook", data), problems


def _left_over(
    answers: Mapping[str, str], asked: Set[str], there: Set[str], file: str
) -> list[Problem]:
    gone = [name for name in answers if name not in asked]
    if asked.isdisjoint(there):
        found = "This is not this project's workbook: none of its fields has a place here."
        todo = "Go to the folder of the deck that it belongs to."
        return [problem("answers-foreign", Place(file), found, todo)]
    todo = "Copy it by hand to where it belongs."
    return [
        problem(
            "answer-left-over",
            Place(file),
            f"The workbook no longer asks for “{name}”. The answer was: {answers[name]}",
            todo,
        )
        for name in gone
    ]

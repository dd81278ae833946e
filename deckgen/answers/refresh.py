"""A workbook that a viewer has saved, made anew: the same answers, our own fonts and tags."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.answers.asked import all_asked
from deckgen.answers.moving import moved
from deckgen.answers.settle import settle
from deckgen.answers.told import refusals, told
from deckgen.content.load import role_of
from deckgen.layout.setting.lines import Setter
from deckgen.layout.workbooks.answers import with_answers
from deckgen.model.answers import Returned
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
    stays that role's. What is in the file and has no place in the new one comes back as
    warnings, so that nothing is lost; None if there is an error.
    """
    from deckgen.pdf.write import write_pages
    from deckgen.readback.returned import read_returned

    returned, proof = read_returned(filled, file), Proof(project)
    job = Job(proof, _as_it_was(returned, project, proof, options or Options()))
    problems = job.problems("workbook")
    if blocks(problems):
        return None, problems
    asked = all_asked(proof)
    returned = read_returned(filled, file, asked=asked)
    problems += refusals(returned, file)
    if blocks(problems):
        return None, problems
    copy = max(returned.copies, key=lambda copy: bool(copy.said))
    answers, found = moved(settle(copy, asked, job.asked), file)
    problems += [*told(returned, file), *found]
    if blocks(problems):
        return None, problems
    pages = with_answers(job.pages(), answers, Setter(job.design.book))
    data = write_pages(pages, job.book_info(copy.identity.team), job.design.book)
    return *checked("workbook", data), problems


def _as_it_was(returned: Returned, project: Project, proof: Proof, options: Options) -> Options:
    """The options of the workbook that a file says it is, by what it carries or by its title."""
    content = proof.read[0]
    named = plain(content.say(LARGE_PRINT, title="{title}")) if content else LARGE_PRINT
    title, large_print = _titled(returned.title, named)
    large_print |= options.large_print or any(c.identity.large_print for c in returned.copies)
    carried = [c.identity.workbook for c in returned.copies if c.identity.workbook]
    roles = [book.key for book in content.books] if content else []
    role = next((key for key in carried if key in roles), role_of(project.files, title))
    return replace(options, large_print=large_print, role=role)


def _titled(title: str, large_print: str) -> tuple[str, bool]:
    """A workbook's own title, and whether the file says that it is in large print.

    That is how files in `large_print` are called in the deck's language, with a {title}.
    """
    for pattern in (LARGE_PRINT, large_print):
        before, _, after = pattern.partition("{title}")
        if len(title) > len(pattern) - 7 and title.startswith(before) and title.endswith(after):
            return title.removeprefix(before).removesuffix(after), True
    return title, False

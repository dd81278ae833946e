"""A file that came back, read and settled, and the new file that is made of its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.answers.asked import asked_in_editions
from deckgen.answers.settle import Settled, settle
from deckgen.answers.told import refusals
from deckgen.content.load import role_of
from deckgen.layout.workbooks.answers import Answered, with_answers
from deckgen.layout.workbooks.workbook import SetWorkbook
from deckgen.model.answers import Kept, Returned
from deckgen.model.drawing import Drawing
from deckgen.model.text import plain
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.wording.names import LARGE_PRINT


class CameBack(Struct, frozen=True):
    """A file's answers, settled, and the workbook of today that they go into."""

    job: Job
    file: str
    returned: Returned
    settled: Settled
    team: str

    @property
    def made(self) -> SetWorkbook:
        """The workbook with its finished pages, still empty."""
        book, deck = self.job.content.workbook, self.job.content.deck
        return SetWorkbook(book, self.job.design, deck, self.job.pages(), ())

    def filled(self, answers: Mapping[str, str]) -> Answered:
        """Its pages with answers, by field."""
        return with_answers(self.made, answers, self.file)

    def written(self, pages: Sequence[Drawing], kept: Sequence[Kept] = ()) -> bytes:
        """Pages as a checked file, which says of itself what it `kept` of older editions."""
        from deckgen.pdf.write import write_pages

        info = self.job.book_info(self.team, kept)
        return checked("workbook", write_pages(pages, info, self.job.design.book))[0]


def came_back(
    project: Project, filled: bytes, file: str, options: Options, password: str
) -> tuple[CameBack | None, list[Problem]]:
    """Read a file of one filled-in workbook; None if there is an error among the problems.

    What was in large print stays so, and a role's workbook stays that role's.
    """
    from deckgen.readback.returned import read_returned

    returned, proof = read_returned(filled, file, password), Proof(project)
    job = Job(proof, _as_it_was(returned, project, proof, options))
    problems = job.problems("workbook")
    if blocks(problems):
        return None, problems
    asked = (job.asked, *asked_in_editions(proof, (job.asked,)))
    returned = read_returned(filled, file, password, asked)
    problems += refusals(returned, file)
    if blocks(problems):
        return None, problems
    copy = max(returned.copies, key=lambda copy: bool(copy.said))
    settled = settle(copy, asked, job.asked)
    return CameBack(job, file, returned, settled, copy.identity.team), problems


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

"""From a table of answers to the files of a report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from deckgen.content.load import Content
from deckgen.design.load import Design
from deckgen.model.answers import AnswerTable
from deckgen.model.text import plain
from deckgen.options import Options
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.products.gate import checked
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.reporting.anonymous import without_names
from deckgen.reporting.compose import composed
from deckgen.reporting.days import habits_of
from deckgen.reporting.document import Report
from deckgen.reporting.files_of_actions import NotInstalled, actions_csv, actions_ics
from deckgen.reporting.findings import asked_of, find, is_of
from deckgen.reporting.found import Findings
from deckgen.reporting.handwriting import shown
from deckgen.reporting.letters_lacking import drawable
from deckgen.reporting.pages import report_pages
from deckgen.reporting.telling import Teller
from deckgen.reporting.tidying import one_line, tidy
from deckgen.reporting.web import as_html
from deckgen.wording.names import edition_stamp

PDF, HTML, CSV, ICS = ".pdf", ".html", ".csv", ".ics"
KINDS = (PDF, HTML, CSV, ICS)
_NO_CALENDAR = "Everything else is there. Make the report again for the calendar."


class Made(Struct, frozen=True):
    """The files of a report by what their names end with, and what there is to say of them.

    A calendar is missing if no action has a date, or is `left_out` if its package is not there.
    `answers` counts what the table says.
    """

    files: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()
    answers: int = 0
    left_out: bool = False


def make_report(
    project: Project,
    table: AnswerTable,
    kinds: Collection[str] = KINDS,
    *,
    expected: Sequence[str] = (),
    anonymous: bool = False,
    file: str = "answers",
) -> Made:
    """Everything of `kinds`; nothing if the project, or the table, can't be used.

    `expected` are the teams that should have answered, `file` the name of the table in problems.
    """
    job = Job(Proof(project), Options())
    faults = [*job.of_words(), *job.proof.design(job.look)[1]]
    state = job.proof.state[0]
    if blocks(faults) or state is None:
        return Made({}, tuple(faults))
    problems = list[Problem]()
    content, design = state.content, job.design
    expected = [*filter(None, map(one_line, expected))]
    asked, table = asked_of(tidy(table), content.books)
    if not is_of(asked, table):
        said = "None of these answers is to a question of this project's workbooks."
        todo = "Go to the folder of the deck that they belong to."
        return Made({}, (problem("answers-foreign", Place(file), said, todo),))
    if anonymous:
        table, named = without_names(table, asked, expected, content.say)
        expected = [*named]
    found = find(table, asked, habits_of(content.deck.language), expected)
    if not found.answers:
        said, todo = (
            "This table has no answers.",
            "See which files it was made of, and collect anew.",
        )
        problems.append(problem("answers-none", Place(file), said, todo))
    report = _composed(found, content, anonymous=anonymous)
    files = dict[str, bytes]()
    if PDF in kinds:
        files[PDF], lacking = _pdf(report, job, content, file)
        problems += lacking
    if HTML in kinds:
        colours = {name: colour.srgb for name, colour in design.palettes.neutral.items()}
        files[HTML] = as_html(report, content.deck.language, colours, content.say)
    if CSV in kinds:
        files[CSV] = actions_csv(found.actions, content.say)
    left_out = False
    if ICS in kinds:
        stamp = project.date_of(content.deck.edition.issued)
        try:
            made = actions_ics(found.actions, content.deck.title, content.say, stamp)
            files |= {ICS: made} if made else {}
        except NotInstalled as fault:
            left_out = True
            problems.append(problem("report-left-out", Place(file), f"{fault}.", _NO_CALENDAR))
    return Made(files, tuple(problems), found.answers, left_out)


def _composed(found: Findings, content: Content, *, anonymous: bool) -> Report:
    several = len(found.teams.teams) > 1
    tell = Teller(content.say, shown, teams=several)
    stamp = edition_stamp(content.deck.edition, content.say)
    return composed(found, tell, content.deck.title, stamp, anonymous=anonymous)


def _pdf(report: Report, job: Job, content: Content, file: str) -> tuple[bytes, list[Problem]]:
    """The PDF, checked, and a warning if its fonts lack letters."""
    from deckgen.pdf.write import write_pages

    design: Design = job.design
    able = drawable(report, design)
    pages = report_pages(able.report, content.deck, design)
    info = job.info(f"{plain(report.title)}: {report.deck}")
    (data,) = checked("report", write_pages(pages, info, design.book))
    if not able.lacking:
        return data, []
    letters = " ".join(letter for letter in able.lacking if letter.isprintable())
    said = f"The deck's fonts lack letters of these answers: {letters}"
    todo = "The PDF has their numbers. The HTML page shows them; or use a font that has them."
    return data, [problem("report-letters", Place(file), said, todo)]

"""deckgen collect: all answers of the workbooks that came back, as one table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, JSON, PROJECT, flag
from deckgen.cli.reply import print_problems, project_in, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.model.answers import AnswerTable, Source
    from deckgen.problem import Problem

_PATH = click.Path(path_type=Path)
_TABLE = click.Path(dir_okay=False, path_type=Path)
_BY_EYE = "Look at it yourself."
_MOST_TOLD = 50  # verdicts on the screen; the table has them all


@command("""Examples:
  deckgen collect returned -o answers.xlsx
  deckgen collect returned.zip "Team B.pdf" -o answers.xlsx -o answers.json
  deckgen collect scans -o answers.xlsx --review look.html
  deckgen collect scans -o answers.xlsx --reviewed review.json --force

See docs/answers.md for the columns, and for what the verdicts mean.""")
@click.argument("returned", metavar="RETURNED...", nargs=-1, required=True, type=_PATH)
@click.option(
    *("-o", "--output", "outputs"),
    metavar="TABLE",
    multiple=True,
    required=True,
    type=_TABLE,
    help="Where the table goes: .xlsx to read, .csv, or .json, which keeps everything. Say it "
    "again for another form.",
)
@PROJECT
@click.option(
    "--teams",
    metavar="LIST",
    type=FILE,
    help="The list that workbooks were made from. Pages of paper have a team's number in it.",
)
@click.option(
    "--password",
    default="",
    help="What opens the workbooks that are protected by a password.",
)
@click.option(
    "--review",
    "review",
    metavar="PAGE.html",
    type=_TABLE,
    help="A page for your browser that shows each doubtful answer, for you to say what it is. It "
    "saves a file.",
)
@click.option(
    "--parts",
    type=click.IntRange(1, 50),
    default=1,
    metavar="N",
    help="Make so many review pages, for as many people to share the work.",
)
@click.option(
    "--reviewed",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="What a review page of the same files saved. Say it again for the next one.",
)
@flag("--force", help="Replace the table if it is there already.")
@JSON
def collect(
    returned: tuple[Path, ...],
    outputs: tuple[Path, ...],
    folder: Path | None,
    teams: Path | None,
    password: str,
    review: Path | None,
    parts: int,
    reviewed: tuple[Path, ...],
    force: bool,
    as_json: bool,
) -> int:
    """Gather the answers of all workbooks that came back.

    RETURNED are PDF files as any program saved them, pictures of pages, FDF and XFDF files, and
    folders and zip archives of all these. One row is one answer. A second sheet has a row for
    each workbook and a verdict: ok, ok with notes, needs review, or rejected. What came back is
    only read, never changed.
    """
    from deckgen.collecting.collect import collect as collected
    from deckgen.collecting.tables import files_of
    from deckgen.disk import save_beside, spare
    from deckgen.interchange.office_file import NotInstalled
    from deckgen.model.answers import Verdict
    from deckgen.paper.review import review_page

    outputs, pages = tuple(dict.fromkeys(outputs)), _pages(review, parts)
    files = [*(file for output in outputs for file in files_of(output)), *pages]
    _refuse(outputs, files, force)
    for given in (*reviewed, *([teams] if teams else [])):
        spare(given, *files)
    try:
        with _progress(as_json) as progress:
            table, problems = collected(
                project_in(folder),
                returned,
                but=[*files, *reviewed],
                password=password,
                reviewed=[(str(file), _given(file)) for file in reviewed],
                teams=(str(teams), _given(teams)) if teams else None,
                progress=progress,
            )
    except NotInstalled as fault:
        raise click.UsageError(f"{fault}") from None
    if table is None:
        return tell(problems, (), as_json)
    _save(table, outputs, force)
    for part, page in enumerate(pages, start=1):
        save_beside(review_page(table, part, parts).encode(), page, force=force)
    _tell(table, problems, files, as_json)
    fine = {Verdict.OK, Verdict.NOTES}.issuperset(source.verdict for source in table.sources)
    whole = _tell_of_cuts(table, outputs)
    return ExitCode.DONE if fine and whole and not problems else ExitCode.REJECTS


def _pages(review: Path | None, parts: int) -> list[Path]:
    """The review pages to write: several are numbered."""
    if review is None:
        return []
    ends = [f"-{part}-of-{parts}" for part in range(1, parts + 1)] if parts > 1 else [""]
    return [review.with_name(f"{review.stem}{end}{review.suffix}") for end in ends]


def _given(file: Path) -> bytes:
    from deckgen.disk import CannotRead, read_given

    try:
        return read_given(file, 50)
    except CannotRead as fault:
        raise click.UsageError(f"{file} can't be read: {fault}") from None


def _refuse(outputs: Sequence[Path], files: Sequence[Path], force: bool) -> None:
    """Say at once what would only be found after much reading."""
    from deckgen.collecting.tables import SUFFIXES
    from deckgen.disk import CannotWrite
    from deckgen.interchange.office_file import NotInstalled, needs

    for output in outputs:
        if output.suffix.lower() not in SUFFIXES:
            said = "The name of a table ends in .xlsx, .csv or .json"
            raise click.UsageError(f"{said}, not “{output.suffix}”.")
        if output.suffix.lower() == ".xlsx":
            try:
                needs("xlsxwriter", "Spreadsheets (.xlsx)")
            except NotInstalled as fault:
                raise click.UsageError(f"{fault}, or write .csv or .json.") from None
    for file in files:
        if file.exists() and not force:
            todo = "Use another --output, or --force to replace it."
            raise CannotWrite(f"{file} is there already.", todo)
        if not file.parent.is_dir():
            raise CannotWrite(f"There is no folder {file.parent}.", "Make it, or name another.")


@contextmanager
def _progress(as_json: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal, and nothing elsewhere."""
    if as_json or not sys.stderr.isatty():
        yield lambda _done, _all, _name: None
        return
    from deckgen.report import one_line

    with click.progressbar(
        length=1, label="Reading", file=sys.stderr, item_show_func=lambda name: name or ""
    ) as bar:

        def show(done: int, count: int, name: str) -> None:
            bar.length = max(count, 1)
            bar.update(done - bar.pos, one_line(name)[-30:])

        yield show


def _save(table: AnswerTable, outputs: Sequence[Path], force: bool) -> None:
    from deckgen.collecting.answer_book import TooLong
    from deckgen.collecting.tables import written_table
    from deckgen.disk import CannotWrite, save_beside

    for output in outputs:
        try:
            made = written_table(table, output)
        except TooLong:
            found = f"There are {len(table.answers):,} answers, more than a sheet has rows."
            raise CannotWrite(found, "Write .csv or .json instead.", file=str(output)) from None
        for path, data in made.items():
            save_beside(data, path, force=force)


def _tell_of_cuts(table: AnswerTable, outputs: Sequence[Path]) -> bool:
    """Whether every answer is whole in one of the tables; says so if not."""
    from deckgen.collecting.answer_book import too_long

    cut = too_long(table) if {o.suffix.lower() for o in outputs} == {".xlsx"} else 0
    if cut:
        said = "answer is" if cut == 1 else "answers are"
        todo = "To have all of it, write a .json table as well."
        click.echo(f"{cut} {said} longer than a cell of a spreadsheet, and cut. {todo}", err=True)
    return not cut


def _tell(
    table: AnswerTable, problems: Sequence[Problem], files: Sequence[Path], as_json: bool
) -> None:
    from deckgen import report
    from deckgen.model.answers import Verdict

    if as_json:
        names = ("number", "file", "team", "role", "edition", "verdict", "reason", "answers")
        sources = [report.picked(source, *names) for source in table.sources]
        told = [*map(report.problem_record, problems)]
        outputs = [*map(str, files)]
        said = report.json_text(sources=sources, problems=told, outputs=outputs)
        click.echo(said, nl=False)
        return
    doubts = [source for source in table.sources if source.verdict is not Verdict.OK]
    print_problems([*problems, *map(_problem, doubts[:_MOST_TOLD])], sys.stderr)
    if len(doubts) > _MOST_TOLD:
        click.echo(f"The table tells of {len(doubts) - _MOST_TOLD} more.", err=True)
    click.echo(report.outputs_text(files, Path.cwd()), nl=False)
    counts = Counter(source.verdict for source in table.sources)
    verdicts = ", ".join(f"{counts[v]} {v}" for v in Verdict if counts[v])
    answers = report.plural(len(table.answers), "answer")
    click.echo(f"{answers}. Workbooks and other files: {verdicts}.")


def _problem(source: Source) -> Problem:
    """What became of a workbook, if it isn't simply in order."""
    from deckgen.model.answers import Verdict
    from deckgen.problem import Place, problem

    if source.verdict is Verdict.REJECTED:
        why, _, todo = source.reason.partition(". ")
        said = f"{why.rstrip('.')}."
        return problem("returned-rejected", Place(source.file), said, todo or _BY_EYE)
    code, todo = {
        Verdict.NOTES: ("returned-noted", "Its answers are in the table."),
        Verdict.REVIEW: ("returned-doubtful", "Look at it before you count its answers."),
    }[source.verdict]
    return problem(code, Place(source.file), source.reason, todo)

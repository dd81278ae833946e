"""deckgen report: what came back, for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, JSON, PROJECT, flag
from deckgen.cli.reply import project_in, tell
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.problem import Problem
    from deckgen.reporting.report import Made

_NAMES = {
    ".pdf": "report.pdf",
    ".html": "report.html",
    ".csv": "actions.csv",
    ".ics": "actions.ics",
}


@command("""Examples:
  deckgen report answers.json
  deckgen report answers.xlsx -o meeting --teams teams.csv
  deckgen report answers.json -o report.pdf --anonymous

See docs/report.md for what is in it.""")
@click.argument("answers", metavar="ANSWERS", type=FILE)
@click.option(
    *("-o", "--output"),
    metavar="WHERE",
    type=click.Path(path_type=Path),
    help="A folder for all of it, or a file that ends in .pdf, .html, .csv or .ics for that "
    'alone; otherwise the folder "report" beside the answers.',
)
@click.option(
    "--teams",
    metavar="TABLE",
    type=FILE,
    help="Who should have answered: a .csv or .xlsx file with a column “team”.",
)
@flag("--anonymous", help="Leave out names of teams, people and files.")
@PROJECT
@flag("--force", help="Replace files that are there already.")
@JSON
def report(
    answers: Path,
    output: Path | None,
    teams: Path | None,
    anonymous: bool,
    folder: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Put side by side what teams wrote in their workbooks.

    ANSWERS is the table that "deckgen collect" made. You get a PDF in the deck's design, the same
    as one page for a browser, and the actions as a table and as a calendar. Nothing is sent
    anywhere, and nothing is written but these files.
    """
    from deckgen.disk import spare
    from deckgen.interchange.office_file import NotInstalled
    from deckgen.reporting.reading import table_in, teams_in_file
    from deckgen.reporting.report import KINDS, make_report

    where = output or answers.parent / "report"
    alone = where.suffix.lower() if where.suffix.lower() in KINDS else ""
    _refuse(where, alone)
    project = project_in(folder)
    try:
        table, problems = table_in(answers)
        expected, found = teams_in_file(teams) if teams else ((), [])
    except NotInstalled as fault:
        raise click.UsageError(f"{fault}, or use a .json or .csv file.") from None
    problems += found
    if table is None or any(p.severity == "error" for p in problems):
        return tell(problems, (), as_json)
    kinds = (alone,) if alone else KINDS
    paths = {kind: where if alone else where / _NAMES[kind] for kind in kinds}
    for given in (answers, *([teams] if teams else [])):
        spare(given, *paths.values())
    made = make_report(
        project, table, kinds, expected=expected, anonymous=anonymous, file=str(answers)
    )
    return _finish(made, problems, paths, force=force, as_json=as_json)


def _refuse(where: Path, alone: str) -> None:
    """Say at once what would only be found at the end."""
    if where.suffix and not alone and not where.is_dir():
        raise click.UsageError(
            f"A report ends in .pdf, .html, .csv or .ics, not “{where.suffix}”; or name a folder."
        )
    if alone == ".ics":
        from deckgen.reporting.files_of_actions import NotInstalled, needs_calendars

        try:
            needs_calendars()
        except NotInstalled as fault:
            raise click.UsageError(f"{fault}") from None


def _finish(
    made: Made,
    problems: list[Problem],
    paths: Mapping[str, Path],
    *,
    force: bool,
    as_json: bool,
) -> int:
    from deckgen.disk import CannotWrite, said_plainly, save_beside

    there = [path for kind, path in paths.items() if kind in made.files and path.exists()]
    if there and not force:
        todo = "Use another --output, or --force to replace it."
        raise CannotWrite(f"{there[0]} is there already.", todo)
    written = []
    for kind, data in made.files.items():
        with said_plainly(paths[kind].parent):
            paths[kind].parent.mkdir(parents=True, exist_ok=True)
        save_beside(data, paths[kind], force=force)
        written.append(paths[kind])
    code = tell([*problems, *made.problems], written, as_json)
    return ExitCode.REJECTS if written and (made.left_out or not made.answers) else code

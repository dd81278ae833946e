"""The command line: parse, call, print, exit. Everything heavy is imported when it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from deckgen import __version__
from deckgen.cli_options import build_options
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.build import Options
    from deckgen.disk import CannotWrite
    from deckgen.problem import Problem
    from deckgen.project import Project

TARGETS = ("sheets", "screen", "workbook", "pack")

_EXIT_CODES = "\n".join(f"  {code.value:>3}  {code.meaning}" for code in ExitCode)
_EPILOG = f"""
\b
Examples:
  deckgen new my-deck      a folder with a complete deck to change
  cd my-deck
  deckgen check            are the words in order?
  deckgen build            all PDF files, into the folder "output"

\b
Exit codes:
{_EXIT_CODES}

Use "deckgen COMMAND --help" for more about a command.
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="deckgen %(version)s")
def cli() -> None:
    """Turn plain text files into a deck of cards and a workbook, as PDF files.

    The words are in the folder "content", the looks in "templates" and "fonts". The
    finished files go into "output".
    """


@cli.command(
    epilog="""
\b
Examples:
  deckgen build                        everything
  deckgen build pack                   only the file to send to people
  deckgen build sheets --turn short    for a printer that turns on the short edge
  deckgen build --output ~/Desktop/deck
  deckgen build --large-print          for people who need larger letters
  deckgen build --ink-saver --json
"""
)
@click.argument("targets", nargs=-1, type=click.Choice(TARGETS), metavar="[TARGET]...")
@build_options
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help='Where the files go; otherwise the project\'s folder "output".',
)
@click.option("--force", is_flag=True, help="Replace files even if somebody has changed them.")
def build(
    targets: tuple[str, ...],
    folder: Path | None,
    options: Options,
    as_json: bool,
    output: Path | None,
    force: bool,
) -> int:
    """Build the PDF files.

    \b
    TARGET is one or more of these; without any, all are built:
      sheets     the cards laid out for printing on both sides and cutting
      screen     the cards one after the other, to read on a screen
      workbook   the workbook, with boxes to fill in
      pack       printing guide, sheets and workbook in one file

    A file that somebody has changed since, such as a workbook that was filled in, is not
    replaced unless you say --force. If anything is wrong, no file is written at all.
    """
    from deckgen import build as pipeline
    from deckgen import report
    from deckgen.disk import CannotWrite

    progress = report.progress_line(sys.stderr)
    try:
        result = pipeline.build_files(
            _project(folder),
            [pipeline.Target(target) for target in targets] or list(pipeline.Target),
            options,
            output=output,
            force=force,
            progress=progress,
        )
    except CannotWrite as refusal:
        return _refused(refusal, as_json)
    finally:
        progress("")
    if as_json:
        click.echo(report.as_json(result.problems, result.outputs), nl=False)
    else:
        _print_problems(result.problems, sys.stderr)
        click.echo(report.outputs_text(result.outputs, Path.cwd()), nl=False)
    return ExitCode.DONE if result.outputs else ExitCode.CONTENT


@cli.command(
    epilog="""
\b
Examples:
  deckgen check
  deckgen check --project ~/decks/learning
  deckgen check --json > problems.json
"""
)
@build_options
def check(
    folder: Path | None,
    options: Options,
    as_json: bool,
) -> int:
    """Look for problems without building anything.

    Each problem is shown with its file, line and column, and with what to do about it.
    Errors stop a build; warnings do not.
    """
    from deckgen import build as pipeline
    from deckgen import report
    from deckgen.problem import blocks

    problems = pipeline.check(_project(folder), options)
    if as_json:
        click.echo(report.as_json(problems, ()), nl=False)
    elif problems:
        _print_problems(problems, sys.stdout)
    else:
        click.echo("No problems found.")
    return ExitCode.CONTENT if blocks(problems) else ExitCode.DONE


@cli.command(
    epilog="""
\b
Examples:
  deckgen new my-deck
  deckgen new ~/Documents/learning-cards
"""
)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Make a folder with a complete deck that you can change.

    FOLDER must be empty or not there yet.
    """
    from deckgen.disk import CannotWrite
    from deckgen.starter import new_project

    try:
        new_project(folder)
    except CannotWrite as refusal:
        return _refused(refusal, as_json=False)
    click.echo(f'Made {folder}. Next:\n  cd "{folder}"\n  deckgen build')
    return ExitCode.DONE


@cli.command(
    epilog="""
\b
Examples:
  deckgen refresh "Workbook of team A.pdf"
  deckgen refresh filled.pdf --output archive/team-a.pdf
"""
)
@click.argument(
    "filled", metavar="FILLED.pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the new file goes; otherwise beside the old one, with -refreshed in its name.",
)
@click.option("--force", is_flag=True, help="Replace the new file if it is there already.")
def refresh(filled: Path, folder: Path | None, output: Path | None, force: bool) -> int:
    """Make a filled-in workbook accessible again.

    Some programs save typed letters without their font, and screen readers then stumble. The
    new file has the same answers in this project's own workbook. The old file stays as it is.
    """
    from deckgen.disk import CannotWrite
    from deckgen.refresh import refresh_workbook, save_beside

    target = output or filled.with_name(f"{filled.stem}-refreshed.pdf")
    data, problems = refresh_workbook(_project(folder), filled.read_bytes(), str(filled))
    _print_problems(problems, sys.stderr)
    if data is None:
        return ExitCode.CONTENT
    try:
        save_beside(data, target, force=force)
    except CannotWrite as refusal:
        return _refused(refusal, as_json=False)
    click.echo(f"Wrote {target}")
    return ExitCode.REJECTS if problems else ExitCode.DONE


def _project(folder: Path | None) -> Project:
    from deckgen.project import MARK, find_folder, read_project

    start = folder or Path.cwd()
    found = find_folder(start) if folder is None else start if (start / MARK).is_file() else None
    if found is None:
        above = "" if folder else " or any folder above it"
        raise click.UsageError(
            f"There is no {MARK} in {start}{above}. Go to your project's folder, "
            'or make a new one with "deckgen new my-deck".'
        )
    return read_project(found)


def _print_problems(problems: Sequence[Problem], stream: TextIO) -> None:
    from deckgen import report

    if problems:
        colour = report.wants_colour(stream, os.environ)
        click.echo(report.problems_text(problems, colour=colour), file=stream, nl=False, color=True)


def _refused(refusal: CannotWrite, as_json: bool) -> int:
    from deckgen import report
    from deckgen.problem import Place, problem

    if as_json:
        said = problem(refusal.code, Place(refusal.file), refusal.found, refusal.todo)
        click.echo(report.as_json([said], ()), nl=False)
    else:
        click.echo(f"deckgen: {report.one_line(str(refusal))}", err=True)
    return ExitCode.CANNOT_WRITE

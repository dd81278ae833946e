"""deckgen import: cards from a table or a Word document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILE, JSON, PROJECT, flag
from deckgen.cli.reply import print_problems, project_in, tell
from deckgen.exit_codes import ExitCode


@command(
    """Examples:
  deckgen import cards.xlsx            show what would change, and ask
  deckgen import cards.csv --yes       write it without asking
  deckgen import draft.docx            headings such as "K1 Title" begin cards
  deckgen import cards.xlsx --remove   cards that the table doesn't have go

Exit codes:
  0  written, or there was nothing to change
  3  errors in the file or in the deck; nothing was written
  4  there are changes, and nobody has said yes; nothing was written
  6  written, but something of the file was left out, such as a footnote""",
    name="import",
)
@click.argument("file", metavar="FILE", type=FILE)
@PROJECT
@flag("--yes", help="Write without asking.")
@flag("--remove", help="Take cards out that the file doesn't have.")
@JSON
def import_cards(file: Path, folder: Path | None, yes: bool, remove: bool, as_json: bool) -> int:
    """Take cards from a table or a Word document.

    FILE ends in .xlsx, .csv or .docx. You see which cards are new, changed or gone, and which
    words; nothing is written before you say yes. Cards that didn't change keep every byte.
    """
    from deckgen.disk import CannotRead, read_given
    from deckgen.interchange.office_file import LIMITS, NotInstalled
    from deckgen.interchange.plan import SUFFIXES, plan_import
    from deckgen.interchange.report import imported_json, plan_text
    from deckgen.interchange.saving import save_files
    from deckgen.problem import Place, problem
    from deckgen.report import outputs_text, problem_record

    if file.suffix.lower() not in SUFFIXES:
        raise click.UsageError(
            f"Cards are read from .xlsx, .csv and .docx files, not from “{file.suffix}”. "
            "Save it as one of these."
        )
    project = project_in(folder)
    try:
        data = read_given(file, LIMITS.megabytes)
        plan, problems = plan_import(project, data, file.name, remove=remove)
    except CannotRead as fault:
        said, todo = f"This file can't be read: {fault}", "Save it as a file of its own."
        return tell([problem("table-unreadable", Place(file.name), said, todo)], (), as_json)
    except NotInstalled as fault:
        raise click.UsageError(f"{fault}") from None
    if plan is None:
        return tell(problems, (), as_json)
    if not as_json:
        print_problems(problems, sys.stderr)
        click.echo(plan_text(plan), nl=False)
    paths: tuple[Path, ...] = ()
    wanted = bool(plan.files)
    if wanted and (yes or (not as_json and sys.stdin.isatty() and click.confirm("Write this?"))):
        paths = save_files(project, plan.files)
    if as_json:
        records: list[object] = [problem_record(found) for found in problems]
        click.echo(imported_json(plan, records, [str(path) for path in paths]), nl=False)
    else:
        click.echo(outputs_text(paths, Path.cwd()), nl=False)
        if wanted and not paths:
            click.echo("Nothing was written. Say --yes to write it.")
    if wanted and not paths:
        return ExitCode.DIFFERENCES
    return ExitCode.REJECTS if problems else ExitCode.DONE

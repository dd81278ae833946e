"""The commands for printing: stocks and preflight."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.answer import print_problems, project_in
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode


@cli.command(
    epilog="""
\b
Examples:
  deckgen preflight output/deck-print-a6-x-4.pdf
  deckgen preflight --standard x-1a from-the-designer.pdf
  deckgen preflight --json *.pdf > preflight.json
"""
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--standard",
    type=click.Choice(["x-4", "x-1a"]),
    help="What to check for; otherwise what the file says of itself, or else PDF/X-4.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def preflight(files: tuple[Path, ...], standard: str | None, as_json: bool) -> int:
    """Check whether PDF files are fit for a print shop.

    Each requirement of PDF/X-4 or PDF/X-1a:2003 is named, with pass or FAIL, and so is what
    most print shops ask on top. Works on files from any program. This is no certificate.
    """
    from deckgen.preflight import check, report, rules

    wanted = {"x-4": rules.X4, "x-1a": rules.X1A}.get(standard or "", "")
    results = []
    for file in files:
        try:
            results.append((str(file), check.preflight(file.read_bytes(), wanted)))
        except check.NoPdf as fault:
            click.echo(f"deckgen: {file} can't be read as a PDF: {fault}", err=True)
            return ExitCode.NOT_MET
    if as_json:
        click.echo(report.as_data(results), nl=False)
    else:
        for name, result in results:
            click.echo(f"{name}\n{report.as_table(result)}")
    return ExitCode.DONE if all(result.passed for _, result in results) else ExitCode.NOT_MET


@cli.command(
    epilog="""
\b
Examples:
  deckgen stocks
  deckgen build sheets --stock a3
"""
)
@click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
def stocks(folder: Path | None) -> int:
    """Show the papers and grids that cards can be printed on.

    Each is a file in templates/stocks. To make your own, copy one, change the numbers, and
    build with --stock and its name.
    """
    from deckgen.stocks import list_stocks, stocks_text

    entries, problems = list_stocks(project_in(folder))
    click.echo(stocks_text(entries), nl=False)
    print_problems(problems, sys.stderr)
    return ExitCode.CONTENT if problems else ExitCode.DONE

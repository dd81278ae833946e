"""deckgen preflight: is a file fit for a print shop?"""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import FILES, JSON
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen preflight output/deck-print-a6-x-4.pdf
  deckgen preflight --standard x-1a from-the-designer.pdf
  deckgen preflight --json *.pdf > preflight.json""")
@FILES
@click.option(
    "--standard",
    type=click.Choice(["x-4", "x-1a"]),
    help="What to check for; otherwise what the file says of itself, or else PDF/X-4.",
)
@JSON
def preflight(files: tuple[Path, ...], standard: str | None, as_json: bool) -> int:
    """Check whether PDF files are fit for a print shop.

    Each requirement of PDF/X-4 or PDF/X-1a:2003 is named, with pass, FAIL, or none if the file
    has nothing of what it is on, and so is what most print shops ask on top. Works on files from
    any program. This is no certificate.

    Clauses are those of ISO 32000-1, which defines the things in question and is free to read.
    PDF/X itself is ISO 15930, parts 7 and 4.
    """
    from deckgen.disk import CannotRead, read_given
    from deckgen.preflight import check, report, rules

    wanted = {"x-4": rules.X4, "x-1a": rules.X1A}.get(standard or "", "")
    results, refused = [], dict[str, str]()
    for file in files:
        try:
            data = read_given(file, rules.MOST_MB)
            results.append((str(file), check.preflight(data, wanted)))
        except (CannotRead, check.NoPdf) as fault:
            refused[str(file)] = str(fault)
            click.echo(f"deckgen: {file} can't be read as a PDF: {fault}", err=True)
    if as_json:
        click.echo(report.as_data(results, refused), nl=False)
    else:
        for name, result in results:
            click.echo(f"{name}\n{report.as_table(result)}")
    fit = not refused and all(result.passed for _, result in results)
    return ExitCode.DONE if fit else ExitCode.NOT_MET

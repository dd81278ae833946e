"""deckgen export: all cards as a table."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import JSON, PROJECT, flag
from deckgen.cli.reply import project_in, tell


@command("""Examples:
  deckgen export cards.xlsx      for Excel, LibreOffice, Numbers or Google Sheets
  deckgen export cards.csv       for any program that reads tables

See docs/spreadsheets.md for the columns.""")
@click.argument("table", metavar="TABLE", type=click.Path(dir_okay=False, path_type=Path))
@PROJECT
@flag("--force", help="Replace the table if it is there already.")
@JSON
def export(table: Path, folder: Path | None, force: bool, as_json: bool) -> int:
    """Write all cards as a table, a row for each.

    TABLE is a file whose name ends in .xlsx or .csv. Change it in a spreadsheet, and take it
    back with "deckgen import".
    """
    from deckgen.disk import save_beside
    from deckgen.interchange.exporting import SUFFIXES, export_cards
    from deckgen.interchange.office_file import NotInstalled

    if table.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"The name of a table ends in .xlsx or .csv, not “{table.suffix}”.")
    try:
        data, problems = export_cards(project_in(folder), table.suffix.lower())
    except NotInstalled as fault:
        raise click.UsageError(f"{fault}") from None
    if data is None:
        return tell(problems, (), as_json)
    save_beside(data, table, force=force)
    return tell(problems, (table,), as_json)

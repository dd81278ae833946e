"""deckgen schema: helps an editor with settings files."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.group import command
from deckgen.cli.options import PROJECT
from deckgen.cli.reply import project_in
from deckgen.exit_codes import ExitCode


@command("""Examples:
  deckgen schema
  deckgen schema --project my-deck""")
@PROJECT
def schema(folder: Path | None) -> int:
    """Help an editor to complete and check the settings files while you type.

    Writes a JSON schema for each kind of settings file into the folder "schemas" of the project,
    and says which line tells an editor about it.
    """
    from deckgen.schemas import MODELS, write_schemas

    target = project_in(folder).folder / "schemas"
    write_schemas(target)
    said = f"Wrote {len(MODELS)} schemas into {target}. To use them, begin a file with its line:"
    click.echo(said)
    for name, (file, _) in MODELS.items():
        click.echo(f"  {file:<33}#:schema {'../' * file.count('/')}schemas/{name}.json")
    return ExitCode.DONE

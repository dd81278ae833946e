"""The command for editors: schema."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.answer import project_in, refused
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode


@cli.command(
    epilog="""
\b
Examples:
  deckgen schema
  deckgen schema --project my-deck
"""
)
@click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; otherwise the one you are in, or the nearest above it.",
)
def schema(folder: Path | None) -> int:
    """Help an editor to complete and check the settings files while you type.

    Writes a JSON schema for each kind of settings file into the folder "schemas" of the project,
    and says which line tells an editor about it.
    """
    from deckgen.disk import CannotWrite
    from deckgen.schemas import MODELS, write_schemas

    target = project_in(folder).folder / "schemas"
    try:
        write_schemas(target)
    except CannotWrite as refusal:
        return refused(refusal, as_json=False)
    click.echo(
        f"Wrote {len(MODELS)} schemas into {target}. To use them, begin a file with its line:"
    )
    for name, (file, _) in MODELS.items():
        click.echo(f"  {file:<33}#:schema {'../' * file.count('/')}schemas/{name}.json")
    return ExitCode.DONE

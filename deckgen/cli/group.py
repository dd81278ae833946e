"""The command `deckgen` itself. The file of a command has its name, and adds it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from deckgen import __version__
from deckgen.cli.reply import refused
from deckgen.exit_codes import ExitCode

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


_HEADINGS = {
    "The look": ("theme", "stock", "ink_saver", "large_print", "qr"),
    "How sheets are printed": ("turn", "printer", "order", "copies", "corner_mm", "hole_mm"),
    "Only some of it": ("cards", "time_frame", "role"),
    "For the pack": ("before", "after"),
    "For a list of teams": ("teams", "file_names", "shard", "merge"),
    "For a print shop": ("size", "standard", "page_order"),
    "For a booklet": ("booklet_paper",),
    "For pictures": ("faces_dpi", "faces_format", "trimmed"),
}
_FEW = 12  # options that a person overlooks without headings


class Headed(click.Command):
    """Lists its options under headings if there are many; says why the disk refuses."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; returns the exit code."""
        from deckgen.disk import CannotWrite

        try:
            return super().invoke(ctx)
        except CannotWrite as refusal:
            return refused(refusal, ctx.params.get("as_json", False))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options: those of this command first, then group by group."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        rows = {option.name or "": option.get_help_record(ctx) for option in options}
        headings = _HEADINGS if len(rows) > _FEW else {}
        grouped = {name for names in headings.values() for name in names}
        own = tuple(name for name in rows if name not in grouped)
        for heading, names in {"Options": own, **headings}.items():
            records = [record for name in names if (record := rows.get(name))]
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


COMMANDS = (
    *("audit", "build", "calibrate", "carry", "check", "collect", "colours", "diff", "export"),
    *("identify", "import", "issue", "new", "preflight", "preview", "refresh", "reissue"),
    *("report", "schema", "stocks", "words"),
)


class Commands(click.Group):
    """Loads a command when it is asked for."""

    command_class = Headed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, if there is one."""
        if cmd_name in COMMANDS:
            # A module can't be called "import".
            import_module(f"deckgen.cli.{cmd_name}{'_cards' * (cmd_name == 'import')}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="deckgen %(version)s")
def cli() -> None:
    """Turn plain text files into a deck of cards and a workbook, as PDF files.

    The words are in the folder "content", the looks in "templates" and "fonts". The
    finished files go into "output".
    """


def command(
    epilog: str, help_text: str | None = None, name: str | None = None
) -> Callable[[Callable[..., int]], click.Command]:
    """Add a command, with examples and perhaps exit codes that are printed as they stand.

    Without a `help_text` its docstring is the help; without a `name` it has the function's.
    """
    told = {"help": help_text} if help_text else {}
    return cli.command(name, epilog="\b\n" + epilog.replace("\n\n", "\n\n\b\n"), **told)

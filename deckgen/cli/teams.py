"""deckgen build workbook --teams: a workbook for each team of a list."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from deckgen.cli.options import FILE, flag, refuse_together
from deckgen.cli.reply import print_problems
from deckgen.exit_codes import ExitCode

if TYPE_CHECKING:
    from deckgen.options import Options
    from deckgen.personal.build_all import BuiltAll
    from deckgen.project import Project

_NOT_WITH = ("before", "after", "cards", "time_frame", "watch")


class Teams(NamedTuple):
    """What was asked for: the list, the files' names, the shard and how many there are."""

    teams: Path
    file_names: str
    shard: tuple[int, int]
    merge: bool


def _shard(_context: click.Context, _option: click.Parameter, words: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})/(\d{1,5})", words)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter("write it as 3/16, the third of sixteen.")
    return int(found[1]), int(found[2])


_OPTIONS = (
    click.option(
        "--teams",
        metavar="FILE",
        type=FILE,
        help="A list of teams (.csv or .xlsx), as docs/teams.md explains it: a workbook for each.",
    ),
    click.option(
        *("--name", "file_names"),
        default="{team} workbook.pdf",
        show_default=True,
        metavar="PATTERN",
        help="What their files are called; also {number}, {facilitator}, {date} and {role}.",
    ),
    click.option(
        "--shard",
        default="1/1",
        metavar="N/M",
        callback=_shard,
        help="Only the Nth of M parts of the list, for several computers.",
    ),
    flag("--merge", help="Build nothing: check that the files of all shards are there and right."),
)


def team_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options of lists of teams, which arrive as one, `teams`; None without a list."""

    @wraps(command)
    def with_teams(**given: Any) -> int:
        asked = Teams(*(given.pop(name) for name in Teams._fields))
        if not asked.teams:
            refuse_together("is for a list: name it with --teams.", *Teams._fields[1:])
        return command(teams=asked if asked.teams else None, **given)

    decorated: Callable[..., int] = with_teams
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def build_teams(
    project: Project,
    targets: tuple[str, ...],
    asked: Teams,
    options: Options,
    output: Path | None,
    *,
    force: bool,
    as_json: bool,
) -> int:
    """Build or check the workbooks of a list. Raises UsageError."""
    if targets != ("workbook",):
        raise click.UsageError("--teams makes workbooks: deckgen build workbook --teams FILE.")
    refuse_together("can't be used with --teams.", *_NOT_WITH)
    from concurrent.futures import ProcessPoolExecutor

    from deckgen import report
    from deckgen.personal.build_all import Shard, build_all, merge_all

    folder = output or project.folder / "output" / "teams"
    if asked.merge:
        refuse_together("can't be used with --merge, which checks them all.", "shard", "force")
        done = merge_all(project, asked.teams, folder, name=asked.file_names, options=options)
        return _told(done, as_json)
    progress = report.progress_line(sys.stderr)
    try:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            done = build_all(
                project,
                asked.teams,
                folder,
                name=asked.file_names,
                options=options,
                executor=pool,
                shard=Shard(*asked.shard),
                force=force,
                progress=progress,
            )
    finally:
        progress("")
    return _told(done, as_json)


def _told(done: BuiltAll, as_json: bool) -> int:
    """Say what was made, and what is wrong; returns the exit code."""
    from deckgen import report

    files = [done.manifest.with_name(one.file) for one in done.made] if done.manifest else []
    if as_json:
        outputs = [*files, done.manifest] if done.manifest else []
        click.echo(report.as_json(done.problems, outputs), nl=False)
    else:
        print_problems(done.problems, sys.stderr)
        kept = sum(one.kept for one in done.made)
        if done.manifest and files:
            there = f" ({kept:,} were there already)" * bool(kept)
            click.echo(f"Wrote {report.plural(len(files), 'workbook')}{there}.")
        if done.manifest:
            click.echo(f"Wrote {done.manifest}")
    if done.manifest:
        return ExitCode.DONE
    lacking = all(found.code == "workbook-lacking" for found in done.problems)
    return ExitCode.NOT_MET if lacking else ExitCode.CONTENT

"""Compare deckgen's commands with their yardsticks, in CPU time of whole processes.

    python -m benchmarks.compare [--pairs N] [ROW]...

Runs alternate, A B A B, so that a machine that slows down slows both. What counts is the median of
the pairs' ratios. Ends with 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import as_yaml
from benchmarks.measure import DECKGEN, PYTHON, Failed, copy_project, cost, issue

# {new} is a folder that is made for each run, so that no build finds its files done already.
IDIOMATIC = (PYTHON, "-m", "benchmarks.idiomatic", "{yaml}", "{new}")
THREE = "build sheets workbook pack --project {never} --output {new}"
FOUR = "build --project {never} --output {new}"
YARDSTICKS = {
    "idiomatic": IDIOMATIC,
    "idiomatic --tuned": (*IDIOMATIC, "--tuned"),
    "bare reportlab": (PYTHON, "-m", "benchmarks.bare_pack", "{marks}", "{new}"),
    "never issued": (*DECKGEN, *FOUR.split()),
    "import click": (PYTHON, "-c", "import click"),
}


class Row(NamedTuple):
    """A command of deckgen, its yardstick, and how many times as much it may cost (0: no goal)."""

    name: str
    command: str
    yardstick: str
    goal: float = 0.0


ROWS = (
    Row("three", THREE, "idiomatic", 1.2),
    Row("four", FOUR, "idiomatic", 1.3),
    Row("tuned", THREE, "idiomatic --tuned"),
    Row("bare", FOUR, "bare reportlab"),
    Row("issued", "build --project {issued} --output {new}", "never issued", 1.1),
    Row("check", "check --project {never}", "idiomatic", 0.45),
    Row("identify", "identify K3 --project {issued}", "import click", 4),
    Row("stocks", "stocks --project {never}", "import click", 4),
    Row("colours", "colours --project {never}", "import click", 4),
    Row("help", "--help", "import click", 4),
    Row("unchanged", "build --project {issued} --output {kept}", "import click", 2),
    Row("preview", "preview --project {never} --output {new}", "import click"),
)


def prepare(home: Path, names: Sequence[str]) -> dict[str, str]:
    """The folders and files that the commands name, and files built already."""
    places = {name: str(home / name) for name in ("never", "issued", "yaml", "marks", "kept")}
    copy_project(home / "never")
    issue(copy_project(home / "issued"), 1)
    as_yaml.write(home / "yaml")
    if "bare" in names:
        cost([PYTHON, "-m", "benchmarks.record_marks", places["never"], places["marks"]])
    return places


def measure(row: Row, places: dict[str, str], pairs: int) -> float:
    """Print one row; gives the median ratio."""
    new = Path(places["yaml"]).parent / "new"
    commands = ((*DECKGEN, *row.command.split()), YARDSTICKS[row.yardstick])

    def seconds(command: Sequence[str]) -> float:
        shutil.rmtree(new, ignore_errors=True)
        return cost([word.format(new=new, **places) for word in command]).cpu_s

    for command in commands:
        seconds(command)  # fills Python's cache of compiled modules, and builds what is kept
    costs = [tuple(map(seconds, commands)) for _ in range(pairs)]
    ratios = sorted(ours / other for ours, other in costs)
    ours, other = (median(side) for side in zip(*costs, strict=True))
    ratio = median(ratios)
    goal = f"goal {row.goal:<5g}{'met' if ratio <= row.goal else 'MISSED'}" * bool(row.goal)
    print(
        f"{row.name:<10}{ratio:7.2f}  ({ratios[0]:.2f}-{ratios[-1]:.2f}){ours:8.3f} s"
        f"{other:8.3f} s  {goal:<18}{row.yardstick}",
        flush=True,
    )
    return ratio


def main() -> int:
    """Print the rows that were asked for; 1 if any misses its goal or fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=11)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(r.name for r in ROWS))
    asked = parser.parse_args()
    names = asked.rows or [row.name for row in ROWS]
    if unknown := set(names) - {row.name for row in ROWS}:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    missed = False
    with TemporaryDirectory() as home:
        places = prepare(Path(home), names)
        for row in (row for row in ROWS if row.name in names):
            try:
                missed |= measure(row, places, asked.pairs) > (row.goal or float("inf"))
            except Failed as fault:
                missed = True
                print(f"{row.name:<10}failed, {fault}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

"""What many cards cost: each step with decks of growing size, and beside a bare script.

    python -m benchmarks.scale [COUNT]...

A cell has CPU seconds, the most memory in MB and the MB written, each step run once in a process of
its own. The exponent is that of CPU time between the two largest decks: 1 is in step with cards.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.many_cards import make_project
from benchmarks.measure import DECKGEN, PYTHON, Cost, Failed, cost, edit, issue

COUNTS = (23, 250, 1000, 10_000)
OLD, NEW, CHANGED = "Ask early", "Ask soon", 9  # the second edition's words, and on how many cards

# A step: what it is called, how to do it, and the folder whose files it writes.
Step = tuple[str, Callable[[], Cost], Path | None]


def steps(project: Path) -> Iterator[Step]:
    """In order: the later ones need what the earlier ones did."""
    home, out, marks = ["--project", str(project)], project / "output", project / "marks.json"
    yield "check", partial(cost, [*DECKGEN, "check", *home]), None
    for target in ("sheets", "screen", "print", "pack"):
        yield f"build {target}", partial(cost, [*DECKGEN, "build", target, *home]), out
    bare = [PYTHON, "-m", "benchmarks.bare_pack", str(marks), str(out), "sheets"]
    yield "bare reportlab, sheets", partial(_bare, project, marks, bare), out
    yield "issue 1", partial(issue, project, 1), project / "content/editions"
    yield "check, issued", partial(cost, [*DECKGEN, "check", *home]), None
    yield "build sheets, issued", partial(cost, [*DECKGEN, "build", "sheets", *home]), out
    yield "diff", partial(_diff, project), None
    yield "issue 2", partial(issue, project, 2), None
    yield "reissue --since 1", partial(cost, [*DECKGEN, "reissue", "--since", "1", *home]), out
    yield "identify", partial(cost, [*DECKGEN, "identify", "AA2", *home]), None


def _bare(project: Path, marks: Path, script: list[str]) -> Cost:
    """Drawing what deckgen would draw; to find out what that is does not count."""
    cost([PYTHON, "-m", "benchmarks.record_marks", str(project), str(marks)])
    return cost(script)


def _diff(project: Path) -> Cost:
    """Begin the second edition and compare."""
    edit(project / "content/deck.toml", 'number = "1"', 'number = "2"')
    cards = project / "content/cards/AA.md"
    edit(cards, OLD, NEW)
    words = cards.read_text(encoding="utf-8")
    cards.write_text(words.replace(OLD, NEW, CHANGED - 1), encoding="utf-8")
    return cost([*DECKGEN, "diff", "--project", str(project)])


def row(count: int, home: Path) -> dict[str, tuple[str, float]]:
    """All steps of one deck: what to print, and CPU seconds (0 for what failed)."""
    cells = {}
    project = make_project(home / str(count), count)
    for name, act, folder in steps(project):
        if cells and not cells["check"][1]:  # what has errors can't be built: don't wait for it
            cells[name] = ("not run", 0.0)
            continue
        shutil.rmtree(project / "output", ignore_errors=True)
        try:
            spent = act()
        except Failed as fault:
            cells[name] = (f"failed, {re.sub(r'[|]', ' ', str(fault))[:100]}", 0.0)
        else:
            files = [f.stat().st_size for f in folder.rglob("*") if f.is_file()] if folder else []
            written = f", {sum(files) / 1e6:.2f}" * bool(folder)
            cells[name] = (f"{spent.cpu_s:.2f}, {spent.peak_mb:.0f}{written}", spent.cpu_s)
        print(f"{count} cards: {name}: {cells[name][0]}", file=sys.stderr, flush=True)
    return cells


def exponent(counts: list[int], seconds: list[float]) -> str:
    """Between the two largest decks."""
    if len(counts) < 2 or not all(seconds[-2:]):
        return ""
    grown = math.log(seconds[-1] / seconds[-2]) / math.log(counts[-1] / counts[-2])
    return f"{grown:.2f}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT")
    counts = sorted(parser.parse_args().counts or COUNTS)
    with TemporaryDirectory() as home:
        found = [row(count, Path(home)) for count in counts]
    print(f"| step | {' | '.join(f'{count:,}' for count in counts)} | exponent |")
    print("|---" * (len(counts) + 2) + "|")
    for name in found[0]:
        cells = [cells[name] for cells in found]
        grown = exponent(counts, [seconds for _, seconds in cells])
        print(f"| {name} | {' | '.join(words for words, _ in cells)} | {grown} |")
    pairs = [(c["build sheets"][1], c["bare reportlab, sheets"][1]) for c in found]
    ratios = (f"{ours / bare:.2f}" if ours and bare else "" for ours, bare in pairs)
    print(f"| sheets against bare | {' | '.join(ratios)} | |")


if __name__ == "__main__":
    main()

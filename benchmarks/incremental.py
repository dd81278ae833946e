"""Measure what a build costs when nothing changed, and when one word did.

    python benchmarks/incremental.py [RUNS]

- a `deckgen build` with nothing changed, against `python -c "import click"`
- a build after one word of one card was changed, against a build without any record: of a deck that
  was never issued, and of the draft of a second edition, which is compared with the first

CPU time of whole processes, user and system. Runs alternate, so that a machine that slows down
slows both; the median of the pairs' ratios counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
UNCHANGED_LIMIT, ONE_WORD_LIMIT = 2.5, 0.4
CARD, WORDS = "content/cards/K.md", ("Ask early", "Ask soon")


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit(f"{command} ended with {run.returncode}")
    return usage.ru_utime + usage.ru_stime


def compare(
    name: str, ours: Callable[[], float], other: Callable[[], float], runs: int, limit: float
) -> bool:
    """Print one comparison; True if it is within its limit."""
    other(), ours()  # a warm-up, which also fills Python's cache of compiled modules
    pairs = [(ours(), other()) for _ in range(runs)]
    ratio = median(a / b for a, b in pairs)
    mine, yardstick = (median(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {mine:.3f} s against {yardstick:.3f} s, ratio {ratio:.2f} (limit {limit:g})")
    return ratio <= limit


def change_a_word(file: Path) -> None:
    """Turn one word of a card into another, or back."""
    text = file.read_text(encoding="utf-8")
    one, two = WORDS if WORDS[0] in text else WORDS[::-1]
    assert one in text, "the card has other words now: change WORDS"
    file.write_text(text.replace(one, two, 1), encoding="utf-8")


def begin_second_edition(project: Path) -> None:
    """Issue edition 1, write the number of the next one, and change another word of the card."""
    command = [sys.executable, "-m", "deckgen", "issue", "--project", str(project)]
    cpu_seconds([*command, "--edition", "1", "--owner", "Jo", "--approver", "Alex"])
    settings = project / "content/deck.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('number = "1"', 'number = "2"'), encoding="utf-8")
    card = project / CARD
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("Pay people fairly", "Pay folk fairly"), encoding="utf-8")


def main(runs: int) -> int:
    """Both comparisons; 1 if any is over its limit."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as home:
        project = Path(home, "deck")
        shutil.copytree(ROOT / "content", project / "content")
        build = [python, "-m", "deckgen", "build", "--project", str(project), "--output"]
        kept, fresh = str(Path(home, "kept")), Path(home, "fresh")

        def whole() -> float:
            shutil.rmtree(fresh, ignore_errors=True)
            return cpu_seconds([*build, str(fresh)])

        def one_word() -> float:
            change_a_word(project / CARD)
            return cpu_seconds([*build, kept])

        cpu_seconds([*build, kept])
        start = [python, "-c", "import click"]
        fine = compare(
            "nothing changed",
            lambda: cpu_seconds([*build, kept]),
            lambda: cpu_seconds(start),
            runs,
            UNCHANGED_LIMIT,
        )
        fine &= compare("one word changed", one_word, whole, runs, ONE_WORD_LIMIT)
        begin_second_edition(project)
        cpu_seconds([*build, kept])
        fine &= compare("one word changed in a draft", one_word, whole, runs, ONE_WORD_LIMIT)
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))

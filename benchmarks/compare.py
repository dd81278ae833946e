"""Compare a full build with its yardsticks, by CPU time of whole processes.

    python benchmarks/compare.py [RUNS]

- `deckgen build` against bare_pack.py, which draws the same pages with reportlab and pypdf
- `deckgen --help` against `python -c "import click"`

Runs alternate, so that a machine that slows down slows both. The median counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LIMIT = 2.0


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name: str, ours: list[str], yardstick: list[str], runs: int) -> float:
    """Print one comparison and return the ratio."""
    for command in (ours, yardstick):
        cpu_seconds(command)  # a warm-up, which also fills Python's cache of compiled modules
    pairs = [(cpu_seconds(ours), cpu_seconds(yardstick)) for _ in range(runs)]
    ratio = median(a / b for a, b in pairs)
    mine, other = (median(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {mine:.3f} s against {other:.3f} s, ratio {ratio:.2f} (limit {LIMIT:g})")
    return ratio


def main(runs: int) -> int:
    """Both comparisons; 1 if either is over the limit."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        marks, output = Path(folder, "marks.json"), Path(folder, "bare")
        subprocess.run([python, HERE / "record_marks.py", marks], cwd=ROOT, check=True)
        build = [python, "-m", "deckgen", "build", "--output", str(Path(folder, "ours"))]
        bare = [python, str(HERE / "bare_pack.py"), str(marks), str(output)]
        ratios = [compare("deckgen build", build, bare, runs)]
    start = [python, "-c", "import click"]
    ratios.append(compare("deckgen --help", [python, "-m", "deckgen", "--help"], start, runs))
    return int(max(ratios) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))

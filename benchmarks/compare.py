"""Compare a full build with its yardsticks, by CPU time of whole processes.

    python benchmarks/compare.py [RUNS]

- `deckgen build` against bare_pack.py, which draws the same pages with reportlab and pypdf
- `deckgen build` against untagged_build.py, the same without tags: CPU time and sizes of files
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
WHOLE_LIMIT, START_LIMIT = 2.0, 2.0
TAGS_CPU_LIMIT, TAGS_SIZE_LIMIT = 1.4, 1.6


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name: str, ours: list[str], yardstick: list[str], runs: int, limit: float) -> bool:
    """Print one comparison; True if it is within its limit."""
    for command in (ours, yardstick):
        cpu_seconds(command)  # a warm-up, which also fills Python's cache of compiled modules
    pairs = [(cpu_seconds(ours), cpu_seconds(yardstick)) for _ in range(runs)]
    ratio = median(a / b for a, b in pairs)
    mine, other = (median(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {mine:.3f} s against {other:.3f} s, ratio {ratio:.2f} (limit {limit:g})")
    return ratio <= limit


def compare_sizes(ours: Path, yardstick: Path) -> bool:
    """Print the sizes of the same files in two folders; True if all are within the limit."""
    fine = True
    for file in sorted(ours.glob("*.pdf")):
        mine, other = file.stat().st_size, (yardstick / file.name).stat().st_size
        print(f"{file.name}: {mine / 1000:.0f} kB tagged, {other / 1000:.0f} kB untagged, ", end="")
        print(f"ratio {mine / other:.2f} (limit {TAGS_SIZE_LIMIT:g})")
        fine &= mine / other <= TAGS_SIZE_LIMIT
    return fine


def main(runs: int) -> int:
    """All comparisons; 1 if any is over its limit."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        marks, bare, ours, untagged = (Path(folder, n) for n in ("marks", "bare", "ours", "plain"))
        subprocess.run([python, HERE / "record_marks.py", marks], cwd=ROOT, check=True)
        build = [python, "-m", "deckgen", "build", "--force", "--output", str(ours)]
        script = [python, str(HERE / "bare_pack.py"), str(marks), str(bare)]
        no_tags = [python, str(HERE / "untagged_build.py"), str(untagged)]
        fine = compare("deckgen build", build, script, runs, WHOLE_LIMIT)
        fine &= compare("tags and their checks", build, no_tags, runs, TAGS_CPU_LIMIT)
        fine &= compare_sizes(ours, untagged)
    start = [python, "-c", "import click"]
    hello = [python, "-m", "deckgen", "--help"]
    fine &= compare("deckgen --help", hello, start, runs, START_LIMIT)
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))

"""Sheets with many cards: is time, and memory, in step with their number? And beside a script?

    python benchmarks/compare_many.py [RUNS]

Builds 250, 500 and 1,000 cards on A3, each face drawn anew, in processes of their own; then the
thousand against bare_pack.py, which draws the same marks with reportlab alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from many_cards import make_project  # noqa: E402

COUNTS = (250, 500, 1000)
LIMIT = 2.5
UNEVEN = 1.3  # how much more a card may cost in a larger deck


def cost(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU seconds, and the most memory in MB, of one process."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(runs: int) -> int:
    """Print the figures; 1 if any is over its limit."""
    python, fine = sys.executable, True
    with tempfile.TemporaryDirectory() as made:
        seconds: dict[int, float] = {}
        for count in COUNTS:
            folder = Path(made, str(count))
            make_project(folder, count)
            build = [python, "-m", "deckgen", "build", "--force", "sheets"]
            costs = [cost(build, folder) for _ in range(runs)]
            seconds[count] = median(s for s, _ in costs)
            memory = median(m for _, m in costs)
            print(f"{count} cards: {seconds[count]:.2f} s, {memory:.0f} MB")
        share = seconds[1000] / seconds[250] / 4
        print(f"a card of 1000 against a card of 250: {share:.2f} (limit {UNEVEN:g})")
        fine &= share <= UNEVEN
        folder, marks = Path(made, "1000"), Path(made, "marks.json")
        subprocess.run([python, HERE / "record_marks.py", marks], cwd=folder, check=True)
        bare = [python, str(HERE / "bare_pack.py"), str(marks), str(Path(made, "bare")), "sheets"]
        other = median(cost(bare, folder)[0] for _ in range(runs))
        ratio = seconds[1000] / other
        print(f"against the bare script: {other:.2f} s, ratio {ratio:.2f} (limit {LIMIT:g})")
        fine &= ratio <= LIMIT
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))

"""What `deckgen collect` costs: 100, 300 and 1,000 filled-in workbooks, all their answers.

One workbook is filled in and saved by Chrome's engine; the others have other teams in the same
bytes. CPU seconds of all processes, seconds by the clock, and the most memory that all of them have
at one time (their own, and their share of what they share).
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import DECKGEN, ROOT
from deckgen import build_files, read_project
from deckgen.readback.check import read_facts
from tests.pdf.pdfium_form import PdfiumForm

COUNTS = (100, 300, 1000)
TEAM = "Team 0000"
WORDS = "We talk about it once a week, and write down who does what by when. "


def filled(folder: Path) -> bytes:
    """A workbook with an answer in every box that takes words."""
    made = build_files(read_project(ROOT), ["workbook"], output=folder)
    blank = made.outputs[0].read_bytes()
    fields = read_facts(blank).fields
    with PdfiumForm(blank) as form:
        for name, fact in fields.items():
            if fact.kind == "text" and not name.startswith("deckgen"):
                first = name.startswith("cover.")
                form.fill(fact.pages[0], {name: TEAM if first else WORDS})
        return form.saved()


def measured(folder: Path, output: Path) -> tuple[float, float, float, str]:
    """CPU seconds, seconds, MB, and what the command said of it."""
    before, begun, peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0.0
    words = [*DECKGEN, "collect", str(folder), "-o", str(output), "--force"]
    run = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while run.poll() is None:
        peak_mb = max(peak_mb, sum(map(_share_mb, _descendants(run.pid))))
        time.sleep(0.05)
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.stdout
    said = run.stdout.read().decode().strip().rpartition("\n")[2]
    run.stdout.close()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, took, peak_mb, said


def _descendants(process: int) -> list[int]:
    """A process, its children and theirs."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _share_mb(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.findall(r"Pss:\s+(\d+)", text)[0]) / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        one = filled(folder / "blank")
        assert one.count(TEAM.encode()) >= 1
        print("| workbooks | CPU s | s | ms of CPU each | peak MB | |\n|---|---|---|---|---|---|")
        for count in COUNTS:
            returned = folder / f"returned-{count}"
            returned.mkdir()
            for number in range(count):
                data = one.replace(TEAM.encode(), f"Team {number:04}".encode())
                (returned / f"{number:04}.pdf").write_bytes(data)
            cpu, took, peak_mb, said = measured(returned, folder / "answers.xlsx")
            each = 1000 * cpu / count
            row = f"{count:,} | {cpu:.1f} | {took:.1f} | {each:.0f} | {peak_mb:.0f} | {said}"
            print(f"| {row} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())

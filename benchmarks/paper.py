"""The table of docs/paper.md: pages on paper, filled in and photographed by a simulator, read.

.venv/bin/python -m benchmarks.paper [pages a camera] [seed] [a workbook that deckgen built]
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.paper.built_book import Book
from tests.paper.cameras import CAMERAS
from tests.paper.measuring import Count, count, is_box, row
from tests.paper.stand_in import asked, blank

HEAD = (
    "| how it came back | pages lost | ordinary marks wrong | … for a person "
    "| weak marks wrong | … for a person | writing missed / seen where none is | CPU a page |\n"
    "|---|---|---|---|---|---|---|---|"
)


def main(pages: str = "60", seed: str = "2026", workbook: str = "") -> None:
    whole, built = Count("all"), Book(Path(workbook).read_bytes()) if workbook else None
    book = built.asked if built else asked()
    numbers = tuple(
        sorted({spot.page for q in book.questions for spot in q.spots if is_box(q, spot)})
    )
    print(HEAD)
    for camera in CAMERAS:
        page = built.blank if built else lambda n, team: blank(book, n, team)
        figures = int(pages), int(seed), numbers
        one = count(camera, book, page, *figures, teams=not built)
        print(row(one), flush=True)
        whole.pages += one.pages
        whole.lost += one.lost
        whole.cpu_s += one.cpu_s
        whole.written = [a + b for a, b in zip(whole.written, one.written, strict=True)]
        for kind, marks in one.marks.items():
            kept = whole.marks.get(kind, [0, 0, 0])
            whole.marks[kind] = [a + b for a, b in zip(kept, marks, strict=True)]
    print(row(whole))
    print({kind: whole.marks[kind] for kind in sorted(whole.marks)}, file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])

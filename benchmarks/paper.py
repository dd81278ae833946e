"""The table of docs/paper.md: pages on paper, filled in and photographed by a simulator, read.

.venv/bin/python -m benchmarks.paper [pages a camera] [seed]
"""

from __future__ import annotations

import sys

from tests.paper.cameras import CAMERAS
from tests.paper.measuring import Count, count, row
from tests.paper.stand_in import asked, blank

HEAD = (
    "| how it came back | pages lost | ordinary marks wrong | … for a person "
    "| weak marks wrong | … for a person | writing missed / seen where none is | CPU a page |\n"
    "|---|---|---|---|---|---|---|---|"
)


def main(pages: int = 60, seed: int = 2026) -> None:
    book, whole = asked(), Count("all")
    print(HEAD)
    for camera in CAMERAS:
        one = count(camera, book, lambda n, team: blank(book, n, team), pages, seed, (2, 3, 4))
        print(row(one), flush=True)
        whole.pages += one.pages
        whole.lost += one.lost
        whole.cpu_s += one.cpu_s
        whole.written = [a + b for a, b in zip(whole.written, one.written, strict=True)]
        for kind, figures in one.marks.items():
            kept = whole.marks.get(kind, [0, 0, 0])
            whole.marks[kind] = [a + b for a, b in zip(kept, figures, strict=True)]
    print(row(whole))
    print({kind: whole.marks[kind] for kind in sorted(whole.marks)}, file=sys.stderr)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""What a screen reader would say, in its order: golden files for the real deck.

They are made by poppler, which had no part in writing the files. After a change of words or of
structure, read the difference as if it were spoken, and write them anew with
`.venv/bin/python -m tests.accessible.test_reading`.
"""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest

from deckgen.building.build import build_files
from deckgen.project import read_project
from deckgen.readback.check import read_facts

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).with_name("golden")
SPOKEN = ("deck-screen.pdf", "deck-sheets-a4.pdf", "workbook.pdf")

pytestmark = pytest.mark.skipif(
    not shutil.which("pdfinfo"), reason="poppler's pdfinfo is not installed"
)


def spoken(path: Path) -> str:
    """A line an element: its role, indented by depth, and its words."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True
    )
    names = iter(_tooltips(path))
    lines: list[str] = []
    for line in done.stdout.splitlines():
        words = re.fullmatch(r'(\s*)"(.*)"', line)
        if words:
            lines[-1] += " " + words[2].strip()
        elif re.fullmatch(r"\s*Object \d+ \d+", line):
            role = lines[-1].split(":")[0].strip()
            lines[-1] += f" [{next(names)}]" if role == "Form" else ""
        elif not line.strip().startswith("/"):
            lines.append(re.sub(r" \((block|inline)\)", "", line).rstrip(":") + ":")
    return "\n".join(lines) + "\n"


def _tooltips(path: Path) -> list[str]:
    """Spoken names of the fields, in the order of the pages."""
    every = read_facts(path.read_bytes()).fields.items()
    fields = [fact for name, fact in every if name != "deckgen.workbook"]  # which is hidden
    placed = [(page, name) for f in fields for page, name in zip(f.pages, f.tooltips, strict=True)]
    return [name for _, name in sorted(placed, key=lambda pair: pair[0])]


def build(folder: Path) -> dict[str, Path]:
    result = build_files(read_project(ROOT), output=folder)
    return {path.name: path for path in result.outputs}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(tmp_path_factory.mktemp("spoken"))


def golden(name: str) -> Path:
    return GOLDEN / f"{Path(name).stem}.txt"


@pytest.mark.parametrize("name", SPOKEN)
def test_it_reads_as_agreed(built: dict[str, Path], name: str) -> None:
    agreed = golden(name).read_text(encoding="utf-8").splitlines()
    now = spoken(built[name]).splitlines()
    difference = list(difflib.unified_diff(agreed, now, "agreed", "now", lineterm="", n=1))
    assert difference == []


def test_sheets_read_by_card_front_then_back(built: dict[str, Path]) -> None:
    text = spoken(built["deck-sheets-a4.pdf"])
    first = text.index("H1: KC1 Built so that people can learn")
    back = text.index("A learning organisation is arranged")
    second = text.index("H1: KC2 A culture that dares to ask")
    assert first < back < second


def test_headings_never_skip_a_level(built: dict[str, Path]) -> None:
    for path in built.values():
        levels = [int(n) for n in re.findall(r"(?m)^\s*H(\d)", spoken(path))]
        assert levels[0] == 1, path
        assert all(b <= a + 1 for a, b in pairwise(levels)), path


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        paths = build(Path(made))
        for file in SPOKEN:
            golden(file).write_text(spoken(paths[file]), encoding="utf-8")

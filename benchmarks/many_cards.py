"""Make a project with many cards, for timing: the real deck's words again and again.

    python benchmarks/many_cards.py FOLDER COUNT

Cards keep their own words; only the codes differ, so that each face is drawn anew.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PALETTES = ("blue-grey", "light-green", "mauve", "pink", "grey-green", "brown")
A_SECTION = 999


def prefix_of(number: int) -> str:
    """AA, AB, AC … for sections."""
    return chr(65 + number // 26) + chr(65 + number % 26)


def make_project(folder: Path, count: int) -> None:
    """Write the project; the workbook uses its first cards."""
    for part in ("templates", "fonts"):
        shutil.copytree(ROOT / part, folder / part)
    cards = folder / "content" / "cards"
    cards.mkdir(parents=True)
    words = re.split(r"(?m)^(?=# )", (ROOT / "content/cards/K.md").read_text(encoding="utf-8"))[1:]
    deck = (ROOT / "content/deck.toml").read_text(encoding="utf-8")
    deck = deck[: deck.index("[[sections]]")]
    deck = deck.replace('stock = "a4"', 'stock = "a3"')
    deck = re.sub(r"(?ms)^how_to_use = \[.*?^\]", 'how_to_use = ["Ask."]', deck)
    for section in range(-(-count // A_SECTION)):
        prefix, size = prefix_of(section), min(A_SECTION, count - section * A_SECTION)
        made = []
        for number in range(1, size + 1):
            card = words[number % len(words)]
            card = re.sub(r"^# K\d+ ", f"# {prefix}{number} ", card)
            card = re.sub(r"(?m)^Id: .*$", rf"\g<0>-{prefix.lower()}{number}", card)
            made.append(re.sub(r"(?m)^See also:.*\n", "", card))
        (cards / f"{prefix}.md").write_text("".join(made), encoding="utf-8")
        deck += (
            f'[[sections]]\nprefix = "{prefix}"\nname = "Section {prefix}"\n'
            f'palette = "{PALETTES[section % len(PALETTES)]}"\nicon = "book"\ncards = {size}\n\n'
        )
    (folder / "content/deck.toml").write_text(deck, encoding="utf-8")
    book = (ROOT / "content/workbooks/practice-learning-managers.md").read_text(encoding="utf-8")
    book = re.sub(r"(?m)^Cards:.*$", "Cards: AA1, AA2", book)
    book = re.sub(r"(?m)^Printed as:.*\n", "", book)
    (folder / "content/workbooks").mkdir()
    name = "practice-learning-managers.md"
    (folder / "content/workbooks" / name).write_text(book, encoding="utf-8")


if __name__ == "__main__":
    make_project(Path(sys.argv[1]), int(sys.argv[2]))

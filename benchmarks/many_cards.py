"""Make a project with many cards, for timing: the real deck's words again and again.

    python -m benchmarks.many_cards FOLDER COUNT

Cards keep their own words; only the codes differ, so that each face is drawn anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.measure import DECKGEN, ROOT, Failed, copy_project, cost

PALETTES = ("blue-grey", "light-green", "mauve", "pink", "grey-green", "brown")
SECTIONS = (999,)  # cards a section: as many as a deck may have


def make_project(folder: Path, count: int) -> Path:
    """Write the project, in the largest sections that deckgen takes."""
    for a_section in SECTIONS:
        if not folder.exists():
            copy_project(folder)
            (folder / "content/references.toml").unlink()  # it names cards of the real deck
        _write_cards(folder, count, a_section)
        try:
            cost([*DECKGEN, "check", "--project", str(folder)])
        except Failed:
            continue
        break
    return folder


def _write_cards(folder: Path, count: int, a_section: int) -> None:
    """All sections; the workbook uses the first two cards."""
    for old in (folder / "content/cards").iterdir():
        old.unlink()
    words = re.split(r"(?m)^(?=# )", (ROOT / "content/cards/K.md").read_text(encoding="utf-8"))[1:]
    deck = (ROOT / "content/deck.toml").read_text(encoding="utf-8")
    deck = deck[: deck.index("[[sections]]")]
    deck = re.sub(r"(?ms)^how_to_use = \[.*?^\]", 'how_to_use = ["Ask."]', deck)
    for section, first in enumerate(range(0, count, a_section)):
        prefix, size = prefix_of(section), min(a_section, count - first)
        cards = (card(words, prefix, number) for number in range(1, size + 1))
        (folder / f"content/cards/{prefix}.md").write_text("".join(cards), encoding="utf-8")
        deck += (
            f'[[sections]]\nprefix = "{prefix}"\nname = "Section {prefix}"\n'
            f'palette = "{PALETTES[section % len(PALETTES)]}"\nicon = "book"\ncards = {size}\n\n'
        )
    (folder / "content/deck.toml").write_text(deck, encoding="utf-8")
    for book in (folder / "content/workbooks").iterdir():
        text = (ROOT / "content/workbooks" / book.name).read_text(encoding="utf-8")
        text = re.sub(r"(?m)^Cards:.*$", "Cards: AA1, AA2", text)
        book.write_text(re.sub(r"(?m)^Printed as:.*\n", "", text), encoding="utf-8")


def prefix_of(number: int) -> str:
    """AA, AB, AC … for sections."""
    return chr(65 + number // 26) + chr(65 + number % 26)


def card(words: list[str], prefix: str, number: int) -> str:
    """One of the real cards under another code."""
    text = re.sub(r"^# K\d+ ", f"# {prefix}{number} ", words[number % len(words)])
    text = re.sub(r"(?m)^Id: .*$", rf"\g<0>-{prefix.lower()}{number}", text)
    return re.sub(r"(?m)^See also:.*\n", "", text)


if __name__ == "__main__":
    make_project(Path(sys.argv[1]), int(sys.argv[2]))

"""The real deck, issued three times, for tests of what becomes of printed cards.

Edition 2: K3 is revised, R2 withdrawn, K5 and K6 change places, IPM4 is new. Edition 3: K3 is
revised once more. After that, K4 is changed in a draft of edition 4.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from deckgen.building.build import build_files
from deckgen.control.issue import declared_changes, issue_edition
from deckgen.editions.declarations import changes_file, declarations_text
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.shared import Shared

REASONS = {
    "across-borders": "The law changed.",
    "further-reading": "The books are out of print.",
    "mistakes": "It belongs before new ideas.",
}
_DATES = {"1": "2026-11-23", "2": "2027-05-10", "3": "2027-11-02", "4": "2028-04-04"}


def edit(folder: Path, file: str, *swaps: tuple[str, str]) -> None:
    path = folder / "content" / file
    text = path.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def number(folder: Path, edition: str) -> None:
    """Write an edition's number and date into deck.toml."""
    path = folder / "content" / "deck.toml"
    text = re.sub(r'number = "[0-9.]+"', f'number = "{edition}"', path.read_text("utf-8"))
    text = re.sub(r"issued = \S+", f"issued = {_DATES[edition]}", text)
    path.write_text(
        re.sub(r"review = \S+", f"review = {int(_DATES[edition][:4]) + 1}-11-23", text), "utf-8"
    )


def issue(folder: Path, edition: str) -> None:
    """Declare whatever changed, and issue it."""
    number(folder, edition)
    project = read_project(folder)
    proof = Proof(project)
    state = proof.drawn
    assert state
    if state.ledger.latest:
        changes, _, _ = declared_changes(project, state)
        text = declarations_text(changes, (), edition)
        for key, reason in REASONS.items():
            text = re.sub(
                rf'(what = \["{key}"\].*\nkind = .*\nreason = )""', rf'\1"{reason}"', text
            )
        text = text.replace('reason = ""', 'reason = "It had to be."')
        (folder / changes_file(edition)).write_text(text, encoding="utf-8")
    issued, problems = issue_edition(read_project(folder), edition, "Jo", "Alex")
    assert issued, problems


def second(folder: Path) -> None:
    """The words of edition 2."""
    edit(folder, "cards/K.md", ("Know your partners by name", "Know what the new law asks"))
    cards = folder / "content/cards/K.md"
    text = cards.read_text(encoding="utf-8")
    fifth, sixth = (re.search(rf"# K{n} .*?(?=# K{n + 1} )", text, re.DOTALL)[0] for n in (5, 6))  # type: ignore[index]
    moved = sixth.replace("# K6", "# K5") + fifth.replace("# K5", "# K6")
    cards.write_text(text.replace(fifth + sixth, moved), encoding="utf-8")
    references = (folder / "content/cards/R.md").read_text("utf-8").split("# R2")[0]
    (folder / "content/cards/R.md").write_text(references.replace(", R2", ""), "utf-8")
    (folder / "content/references.toml").unlink()
    books = [f"workbooks/{f.name}" for f in (folder / "content/workbooks").iterdir()]
    for book in books:
        edit(folder, book, ("IPM1–IPM3, R1–R2", "IPM1–IPM4, R1"))
    new = "\n# IPM4 Time to think\nId: time\n\nFor you, if you plan the year.\n\n- Plan less\n"
    policy = folder / "content/cards/IPM.md"
    talk = "\n## Talk about it\n- When do we think?\n- What can wait?\n"
    policy.write_text(policy.read_text("utf-8") + new + "- Leave gaps\n" + talk, "utf-8")
    deck = (folder / "content/deck.toml").read_text("utf-8")
    deck = deck.replace("cards = 3\n", "cards = 4\n")
    start, end = deck.split('prefix = "R"')
    deck = start + 'prefix = "R"' + end.replace("cards = 2", "cards = 1")
    (folder / "content/deck.toml").write_text(deck, "utf-8")


def three_editions(folder: Path, targets: Collection[str] = ()) -> Path:
    """A project with three editions and a draft of the fourth.

    The targets of each edition are built into "built/1", "built/2" … and "built/4" for the draft.
    """
    shutil.copytree(ROOT / "content", folder / "content")

    def build(edition: str, wanted: Iterable[str] = targets) -> None:
        if targets:
            output = folder / "built" / edition
            result = build_files(read_project(folder), list(wanted), output=output)
            assert result.outputs, result.problems

    issue(folder, "1")
    build("1")
    second(folder)
    issue(folder, "2")
    build("2", {"screen"} & set(targets))
    edit(folder, "cards/K.md", ("Know what the new law asks", "Know the law of 2027"))
    issue(folder, "3")
    build("3", {"pack", "workbook"} & set(targets))
    edit(folder, "cards/K.md", ("in one plain sentence", "in a sentence"))
    number(folder, "4")
    build("4", {"sheets"} & set(targets))
    return folder


def story(shared: Shared) -> Path:
    """The same with its files, made once for all tests of a run; don't write into it."""
    made = ("sheets", "screen", "workbook", "pack", "print")
    return shared.folder("three-editions", lambda folder: three_editions(folder, made))

"""Workbook files: what a page can't print is a problem, not a loss and not a crash."""

from __future__ import annotations

import pytest

from deckgen.content.known_headings import FILE as HEADINGS
from deckgen.content.known_headings import load_known_headings
from deckgen.content.load import load_content
from deckgen.content.workbook import read_workbook
from deckgen.model.drawing import Element, Role
from deckgen.model.text import Run
from deckgen.model.workbook import Step, Steps
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.project import Project
from tests.laid_out import lay_out
from tests.problems.test_samples import ROOT, mini_files

FILE = "content/workbooks/bakers.md"


def problems_with(old: str, new: str) -> list[Problem]:
    files = mini_files()
    text = files[FILE].decode()
    assert old in text
    files[FILE] = text.replace(old, new, 1).encode()
    return lay_out(Project(ROOT, files, ()), Options())[1]


EDITS = {
    "a part without anything": ("## Sign off", "## Nothing\n\n## Sign off", "part-empty"),
    "a block without anything": (
        "#### Our actions",
        "#### Nothing\n\n#### Our actions",
        "part-empty",
    ),
    "a time frame of points": ("It takes a while.", "- It takes a while.", "text-stray"),
    "a time frame without activities": (
        "## Sign off",
        "## Soon\nWhen: soon\n\nA.\n\n## Sign off",
        "part-missing",
    ),
    "an activity without anything": (
        "### Bake medium",
        "### Nothing\n\n### Bake medium",
        "part-missing",
    ),
    "a slip of a known heading": ("#### What we do now", "#### What we do nwo", "heading-unknown"),
    "a known heading one # short": ("#### Our actions", "### Our actions", "heading-unknown"),
    "an activity one # short": ("### Bake medium", "## Bake medium", "heading-unknown"),
    "a title with two": ("# Baking together", "## Baking together", "part-missing"),
    "no title": ("# Baking together\n", "", "part-missing"),
    "a second title": ("## Sign off", "# Sign off", "heading-unknown"),
    "a heading too deep": ("Choose one.", "Choose one.\n\n##### Deep\nWords.", "heading-unknown"),
    "a frame without its label": ("## Immediate\nWhen: soon", "## Immediate", "label-missing"),
    "a heading without words": ("### Bake immediate bread", "###", "part-empty"),
    "a title without words": ("# Baking together", "#", "part-empty"),
    "no cover fields": ("Cover fields: Bakery, Start date", "Cover fields: ,", "label-missing"),
    "a cover field twice": ("Bakery, Start date", "Bakery, Bakery", "label-repeated"),
    "a status twice": ("Statuses: Open, Done", "Statuses: Done, Done", "label-repeated"),
    "no statuses": ("Statuses: Open, Done", "Statuses: ,", "label-missing"),
    "very many rows": ("Rows: 3", f"Rows: {'9' * 5000}", "number-invalid"),
    "rows in other digits": ("Rows: 3", "Rows: ٣", "number-invalid"),
    "a point below the actions": ("Choose one.", "Choose one.\n- A point.", "text-stray"),
    "a paragraph in the checklist": ("- The oven is off", "Look.\n\n- Off", "text-stray"),
    "a point in a time frame": ("It takes a while.", "It takes.\n\n- A while.", "text-stray"),
    "a paragraph below points": ("Sign here.", "Sign.\n\n- Here.\n\nNow.", "text-stray"),
    "a status longer than a line": ("Open, Done", f"Open, {'Very ' * 30}done", "text-too-long"),
}


@pytest.mark.parametrize("name", EDITS)
def test_it_is_a_problem(name: str) -> None:
    old, new, code = EDITS[name]
    problems = problems_with(old, new)
    codes = [p.code for p in problems if p.code != "reference-invalid"]  # of a comma at the end
    assert codes == [code], problems
    assert all(p.place.file == FILE and p.place.line for p in problems)


def test_a_known_heading_above_other_words_says_how_to_have_them() -> None:
    start = (ROOT / "examples/fire-safety/content/workbooks/fire-wardens.md").read_text("utf-8")
    plain = start[: start.index("- **Begin")] + start[start.index("### Where") :]
    known, _ = load_known_headings({n: (ROOT / n).read_bytes() for n in (HEADINGS,)})
    (found,) = read_workbook(plain, FILE, "bakers", known)[1]
    assert found.code == "part-empty" and "“Words”" in found.todo
    labelled = plain.replace(
        "## How to use this workbook\n", "## How to use this workbook\nWords\n"
    )
    assert read_workbook(labelled, FILE, "bakers", known)[1] == []


def test_pages_without_points_can_be_built() -> None:
    """The small project's pages have leads alone: no empty list is left in the file."""
    layout, _ = lay_out(Project(ROOT, mini_files(), ()), Options())
    assert layout is not None
    assert not [
        element
        for drawing in layout.workbook
        for element in drawing.elements
        if isinstance(element, Element) and element.role is Role.LIST and not element.kids
    ]


def test_a_workbook_for_another_role_is_read_too() -> None:
    files = mini_files()
    book = files["content/workbooks/bakers.md"].decode()
    files["content/workbooks/millers.md"] = book.replace("Cards: D2", "Cards: D7", 1).encode()
    _, problems = load_content(files)
    assert [(p.code, p.place.file) for p in problems] == [
        ("reference-dead", "content/workbooks/millers.md")
    ]
    files["content/workbooks/millers.md"] = book.encode()
    content, problems = load_content(files)
    assert problems == []
    assert content is not None
    assert [other.key for other in content.others] == ["millers"]
    assert content.workbook_of("Millers") is content.others[0]
    assert content.workbook_of("nobody") is None


def test_its_mistakes_are_told_with_all_others() -> None:
    files = mini_files()
    book = files["content/workbooks/bakers.md"].decode()
    files["content/workbooks/millers.md"] = book.replace("Cards: D2", "Cards: D7", 1).encode()
    files["content/cards/D.md"] = files["content/cards/D.md"].replace(b"# D2", b"# D8")
    found = {(p.code, p.place.file) for p in load_content(files)[1]}
    assert ("reference-dead", "content/workbooks/millers.md") in found
    assert ("card-missing", "content/deck.toml") in found


def test_a_step_keeps_the_language_of_its_words() -> None:
    text = mini_files()[FILE].decode()
    assert "**Bake.** Then bake." in text
    text = text.replace("**Bake.** Then bake.", "**Bake {cy: bara}** then.")
    read, _ = read_workbook(text, FILE, "bakers", load_known_headings(mini_files())[0])
    steps = next(block for _, block in read.blocks() if isinstance(block, Steps))
    assert steps.steps[1] == Step("Bake", (Run("bara", True, "cy"), Run(" then.")))

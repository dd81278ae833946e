"""Which cards "KC, K1-3, R2*4" are, and what is said of those that are not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.building.check import check
from deckgen.content.load import Content, load_content
from deckgen.model.selection import INDEX, selected
from deckgen.options import Options
from deckgen.project import read_project
from deckgen.readback.check import read_facts
from tests.laid_out import lay_out
from tests.sheets.duplex import code_of, placed_faces

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    found, _ = load_content(read_project(ROOT).files)
    assert found is not None
    return found


def chosen(content: Content, cards: str, frame: str = "") -> list[tuple[str, int]]:
    found, problems = selected(content.deck, content.workbook, cards, frame)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("cards", "codes"),
    [
        ("K7", [("K7", 1)]),
        ("kc", [(f"KC{n}", 1) for n in range(1, 5)]),
        ("K1-3, R2*4", [("K1", 1), ("K2", 1), ("K3", 1), ("R2", 4)]),
        ("K2–K3; Index x2", [("K2", 1), ("K3", 1), (INDEX, 2)]),
    ],
)
def test_lists_of_cards(content: Content, cards: str, codes: list[tuple[str, int]]) -> None:
    assert chosen(content, cards) == codes


def test_the_cards_of_a_time_frame(content: Content) -> None:
    assert chosen(content, "", "immediate") == [(f"KC{n}", 1) for n in range(1, 5)]
    assert chosen(content, "KC2, K1", "Immediate") == [("KC2", 1)]


@pytest.mark.parametrize(
    ("cards", "frame", "said"),
    [
        ("K99", "", "no K99"),
        ("K3-1", "", "no K3-1"),
        ("Q", "", "no Q"),
        ("K1-" + "9" * 5000, "", "is no card"),
        ("K1 and K2", "", "“K1 and K2” is no card"),
        ("R2*0", "", "“R2*0” asks for no card at all"),
        ("K1-99", "", "There is no K13"),
        ("K3-1", "", "There is no K3-1"),
        ("R2*99999", "", "“R2*99999” is no card"),
        ("", "tomorrow", "no “tomorrow”"),
        ("K12", "immediate", "No card is left"),
    ],
)
def test_what_is_not_there_is_a_problem(
    content: Content, cards: str, frame: str, said: str
) -> None:
    _, problems = selected(content.deck, content.workbook, cards, frame)
    assert [p.code for p in problems] == ["selection-invalid"]
    assert said in problems[0].found


def test_the_sheets_hold_what_was_asked_for(tmp_path: Path) -> None:
    options = Options(cards="R2*3, K1", copies=2)
    made = build_files(read_project(ROOT), ["sheets"], options, output=tmp_path)
    assert [p.name for p in made.outputs] == ["deck-sheets-a4-selection.pdf"]
    data = made.outputs[0].read_bytes()
    pages = placed_faces(data, (95, 137))
    on_sheets = Counter(code_of(f.name.removesuffix(".copy")) for page in pages for f in page)
    assert on_sheets == {"R2": 2 * 6, "K1": 2 * 2}
    assert read_facts(data).tags["H1"] == 2


def test_a_selection_reaches_check() -> None:
    project = read_project(ROOT)
    assert [p.code for p in check(project, Options(cards="K99"))] == ["selection-invalid"]
    layout, _ = lay_out(project, Options(cards="K1"))
    assert layout is not None and len(layout.chosen()) == 1 and len(layout.cards) == 24


def test_a_role_has_its_own_workbook_and_cards(tmp_path: Path) -> None:
    """Another workbook; the cards' faces stay those of the deck."""
    project = read_project(ROOT)
    options = Options(role="Social care teams", time_frame="immediate")
    made = build_files(project, ["sheets"], options, output=tmp_path)
    assert [p.name for p in made.outputs] == ["deck-sheets-a4-selection.pdf"]
    pages = placed_faces(made.outputs[0].read_bytes(), (95, 137))
    assert {code_of(f.name) for page in pages for f in page} == {"KC2", "K6", "IFLW1", "R1"}
    whole, _ = lay_out(project, Options())
    chosen, _ = lay_out(project, options)
    assert whole is not None and chosen is not None
    assert chosen.cards == whole.cards and chosen.workbook != whole.workbook
    options = Options(role="social-care-teams")
    made = build_files(project, ["workbook"], options, output=tmp_path)
    assert [p.name for p in made.outputs] == ["workbook-social-care-teams.pdf"]
    assert made.problems == ()


def test_an_unknown_role_names_the_known_ones() -> None:
    found = check(read_project(ROOT), Options(role="cooks"))
    assert [p.code for p in found] == ["selection-invalid"]
    assert "practice-learning-managers, social-care-teams" in found[0].todo


def test_faults_in_a_roles_workbook_are_told() -> None:
    project = read_project(ROOT)
    name = "content/workbooks/social-care-teams.md"
    wrong = project.files[name].replace(b"Cards: K2, K1, K10", b"Cards: K2, K99")
    project = replace(project, files={**project.files, name: wrong})
    for options in (Options(), Options(role="social-care-teams")):
        found = check(project, options)
        assert [(p.code, p.place.file) for p in found] == [("reference-dead", name)]

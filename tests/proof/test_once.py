"""In one command the content is read once, and each look of deck and workbook is set once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen import Options, build_files, check
from deckgen.answers.refresh import refresh_workbook
from deckgen.control.issue import issue_edition
from deckgen.control.reissue import plan_reissue, reissue
from deckgen.products.table import BY_NAME
from deckgen.project import Project
from deckgen.proof import proof, read
from tests.control.story_deck import StoryDeck

ALL = tuple(BY_NAME)
WORD = ("Ask early", "Ask soon")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often things are made: "content", "deck LOOK" and "workbook KEY LOOK"."""
    made: Counter[str] = Counter()

    def watch(home: object, name: str, says: Callable[..., str]) -> None:
        real = getattr(home, name)

        def noted(*args: object) -> object:
            made[says(*args)] += 1
            return real(*args)

        monkeypatch.setattr(home, name, noted)

    watch(read, "load_content", lambda _files: "content")
    watch(proof, "set_deck", lambda _deck, _book, design, *_: f"deck {look_of(design)}")
    watch(proof, "set_workbook", lambda book, _, design: f"workbook {book.key} {look_of(design)}")
    return made


def look_of(design) -> str:  # type: ignore[no-untyped-def]
    size = design.stock.card
    return f"{design.theme.name} {size.width:g} x {size.height:g} {design.sizing.large_print}"


@pytest.fixture(scope="module", params=["never issued", "issued", "a draft"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    deck = StoryDeck(tmp_path_factory.mktemp("once") / "deck")
    deck.number("1", 2027)
    if request.param != "never issued":
        deck.issue("1")
    if request.param == "a draft":
        deck.number("2", 2028)
        deck.edit("content/cards/K.md", *WORD)
        deck.declare({})
    return deck.project()


COMMANDS: dict[str, Callable[[Project, Path], object]] = {
    "check": lambda project, _: check(project),
    "build": lambda project, out: build_files(project, output=out),
    "build everything": lambda project, out: build_files(project, ALL, output=out),
    "build in large print": lambda project, out: build_files(
        project, options=Options(large_print=True), output=out
    ),
    "issue": lambda project, _: issue_edition(project, "2", "Jo Green", "Alex Brown"),
    "reissue --plan": lambda project, _: plan_reissue(project, "1"),
    "reissue": lambda project, out: reissue(project, "1", output=out),
    "reissue in large print": lambda project, out: reissue(
        project, "1", Options(large_print=True), output=out
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_made_twice(
    project: Project, counted: Counter[str], command: str, tmp_path: Path
) -> None:
    COMMANDS[command](project, tmp_path)
    assert counted["content"] == 1
    assert {what: count for what, count in counted.items() if count > 1} == {}


def test_a_refreshed_workbook_needs_no_card(tmp_path: Path, counted: Counter[str]) -> None:
    project = StoryDeck(tmp_path / "deck").project()
    (made,) = build_files(project, ["workbook"], output=tmp_path / "out").outputs
    counted.clear()
    data, problems = refresh_workbook(project, made.read_bytes(), "filled.pdf")
    assert data is not None, problems
    assert counted["content"] == 1
    assert [what for what in counted if what.startswith("deck")] == []

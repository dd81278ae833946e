"""The promise of a mark: two cards that bear the same one are the same card."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.control.identify import identify
from deckgen.control.reissue import plan_reissue
from deckgen.editions.marking import Stage
from deckgen.editions.printed_versions import Status
from deckgen.options import Options
from deckgen.proof.proof import Proof
from tests.control.story_deck import StoryDeck
from tests.laid_out import lay_out

K = "content/cards/K.md"


@pytest.fixture
def deck(tmp_path: Path) -> StoryDeck:
    """Edition 1 is issued."""
    made = StoryDeck(tmp_path / "deck")
    made.issue("1")
    return made


def marks(deck: StoryDeck, options: Options | None = None) -> dict[str, str]:
    """What the fronts of all cards say of their edition, by code."""
    layout, problems = lay_out(deck.project(), options or Options())
    assert layout is not None, problems
    return {
        faces.front.name.removesuffix("-front"): next(
            run.text
            for mark in faces.front.marks()
            for run in getattr(mark, "runs", ())
            if "dition" in run.text or run.text.startswith("Ed.")
        )
        for faces in layout.cards
    }


def drafts(found: dict[str, str]) -> set[str]:
    return {code for code, mark in found.items() if "raft" in mark}


def test_as_issued_no_card_is_a_draft(deck: StoryDeck) -> None:
    assert drafts(marks(deck)) == set()
    assert deck.state().standing.stage is Stage.ISSUED


def test_other_letters_under_the_same_name_are_another_look(deck: StoryDeck) -> None:
    font = deck.folder / "fonts/AtkinsonHyperlegibleNext_400Regular.ttf"
    data = bytearray(font.read_bytes())
    data[-1] ^= 1  # the same widths, and still a font
    font.write_bytes(data)
    assert len(drafts(marks(deck))) == 24


def test_before_the_first_issue_no_card_has_the_code_of_an_issued_one(tmp_path: Path) -> None:
    made = StoryDeck(tmp_path / "deck")
    before = made.state().standing
    made.issue("1")
    after = made.state().standing
    assert before.stage is Stage.LOOSE
    assert not set(before.checks.values()) & set(after.checks.values())
    assert before.code != after.code


def test_with_its_only_lock_lost_a_deck_has_no_issued_code(deck: StoryDeck) -> None:
    issued = deck.state().standing.checks
    (deck.folder / "content/editions/1.toml").unlink()
    assert not set(issued.values()) & set(deck.state().standing.checks.values())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("templates/workbook.toml", "writing_pitch = 9 ", "writing_pitch = 10 "),
        ("content/deck.toml", 'language = "en-GB"', 'language = "cy"'),
        ("templates/palette.toml", "#0D4855", "#0D4050"),
    ],
)
def test_workbook_and_index_card_make_a_draft_too(
    deck: StoryDeck, file: str, old: str, new: str
) -> None:
    path = deck.folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    state = deck.state()
    assert state.standing.stage is Stage.AFTER
    assert "Draft after edition 1" in marks(deck)["Index"]


MASTHEAD = Options(theme="masthead")


def test_another_look_than_the_decks_own_is_watched_too(deck: StoryDeck) -> None:
    assert drafts(marks(deck, MASTHEAD)) == set()
    theme = deck.folder / "templates/themes/masthead.toml"
    theme.write_text(theme.read_text(encoding="utf-8") + "# looked at\n", "utf-8")
    assert len(drafts(marks(deck, MASTHEAD))) == 23
    assert drafts(marks(deck)) == set()  # the deck's own look is as it was


def test_a_supplement_in_another_look_is_refused_if_that_look_changed(deck: StoryDeck) -> None:
    deck.number("2", 2028)
    deck.edit(K, "Keep one agreed place", "Keep at least one agreed place")
    plan, problems = plan_reissue(deck.project(), "1", MASTHEAD)
    assert plan is not None, problems
    theme = deck.folder / "templates/themes/masthead.toml"
    theme.write_text(theme.read_text(encoding="utf-8") + "# looked at\n", "utf-8")
    plan, problems = plan_reissue(deck.project(), "1", MASTHEAD)
    assert plan is None
    assert [p.code for p in problems] == ["look-changed"]
    assert "theme masthead files" in problems[0].found
    assert plan_reissue(deck.project(), "1")[0] is not None


def statuses(deck: StoryDeck, code: str) -> set[Status]:
    """What is said of the cards with a check code."""
    answer, problems = identify(deck.project(), code, "")
    assert answer is not None, problems
    return {found.status for found in answer.matches}


def test_a_card_that_is_put_back_has_its_old_mark_again(deck: StoryDeck) -> None:
    first = deck.state().standing.checks["K8"]
    deck.number("2", 2028)
    deck.edit(K, "Keep one agreed place", "Keep two agreed places")
    deck.declare({})
    deck.issue("2")
    second = deck.state().standing.checks["K8"]
    assert second != first
    assert statuses(deck, first) == {Status.SUPERSEDED}
    deck.number("3", 2029)
    deck.edit(K, "Keep two agreed places", "Keep one agreed place")
    deck.declare({})
    deck.issue("3")
    state = deck.state()
    assert state.standing.stage is Stage.ISSUED
    assert state.standing.checks["K8"] == first
    assert marks(deck)["K8"].startswith("Edition 1 · ")
    assert statuses(deck, first) == {Status.CURRENT}
    assert statuses(deck, second) == {Status.SUPERSEDED}
    for since, wanted in (("1", ()), ("2", ("K8",))):
        plan, problems = plan_reissue(deck.project(), since)
        assert plan is not None, problems
        assert plan.swaps.put_in == wanted


def test_marks_are_the_same_in_every_look(deck: StoryDeck) -> None:
    state, _ = Proof(deck.project()).state
    assert state is not None
    own = marks(deck)
    for options in (MASTHEAD, Options(large_print=True), Options(ink_saver=True), Options(qr=True)):
        assert marks(deck, options) == own

"""Plans and supplements: what they hold, what they refuse, and what they leave on the disk."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from deckgen import __main__ as command
from deckgen.control.plan_file import NoPlan, Plan, plan_text, read_plan
from deckgen.control.reissue import plan_reissue, reissue
from deckgen.control.reissue_report import plan_in_words
from deckgen.disk import CannotWrite
from deckgen.exit_codes import ExitCode
from deckgen.model.change import Kind
from deckgen.options import Options
from tests.control.story_deck import StoryDeck
from tests.pdf.test_press import with_few_words
from tests.test_outputs import Faults, raising

K = "content/cards/K.md"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> StoryDeck:
    """Edition 1 is issued; edition 2 changes one card, and is not issued yet."""
    deck = StoryDeck(tmp_path_factory.mktemp("reissue") / "deck")
    deck.issue("1")
    deck.number("2", 2028)
    deck.edit(K, "Keep one agreed place", "Keep at least one agreed place")
    return deck


@pytest.fixture(scope="module")
def issued(draft: StoryDeck, tmp_path_factory: pytest.TempPathFactory) -> StoryDeck:
    """The same after edition 2 was issued, in a folder of its own."""
    import shutil

    folder = tmp_path_factory.mktemp("issued") / "deck"
    shutil.copytree(draft.folder, folder)
    deck = StoryDeck.__new__(StoryDeck)
    deck.folder = folder
    deck.declare({"finding-information": "One place is not enough when it is down."})
    deck.planned_before = plan_of(deck).content  # type: ignore[attr-defined]
    deck.issue("2")
    return deck


def plan_of(deck: StoryDeck, options: Options | None = None) -> Plan:
    plan, problems = plan_reissue(deck.project(), "1", options)
    assert plan is not None, problems
    return plan


def test_one_card_and_the_index_are_printed_on_one_sheet(issued: StoryDeck) -> None:
    plan = plan_of(issued)
    assert plan.swaps.put_in == ("K8",)
    assert (plan.sums.cards, plan.sums.sheets, plan.sums.whole, plan.sums.saved) == (2, 1, 6, 5)
    assert len(plan.swaps.same) == 22
    said = plan_in_words(plan)
    assert "1 sheets instead of 6" not in said
    assert "1 sheet instead of 6 for the whole deck: 5 saved." in said
    assert not plan.reprint_all


def test_above_sixty_per_cent_the_whole_deck_is_advised(draft: StoryDeck, tmp_path: Path) -> None:
    deck = StoryDeck(tmp_path / "deck")
    deck.issue("1")
    deck.number("2", 2028)
    theme = deck.folder / "templates/themes/gallery.toml"
    text = theme.read_text(encoding="utf-8")
    theme.write_text(text.replace("margin = 8", "margin = 7.8", 1), encoding="utf-8")
    plan = plan_of(deck)
    assert len(plan.swaps.put_in) == 23
    assert {swap.kind for swap in plan.swaps.swaps} == {Kind.LAYOUT}
    assert plan.reprint_all
    assert "Above 60 % it is easier" in plan_in_words(plan)
    assert not plan_of(draft).reprint_all


def test_a_draft_can_be_planned_but_not_reissued(draft: StoryDeck, tmp_path: Path) -> None:
    assert plan_of(draft).swaps.put_in == ("K8",)
    assert "not issued yet" in plan_in_words(plan_of(draft))
    paths, _, problems = reissue(draft.project(), "1", output=tmp_path)
    assert paths == ()
    assert [p.code for p in problems] == ["edition-unissued"]
    assert list(tmp_path.iterdir()) == []


def test_a_plan_made_of_the_draft_holds_once_it_is_issued(issued: StoryDeck) -> None:
    assert plan_of(issued).content == issued.planned_before  # type: ignore[attr-defined]


def test_another_reason_makes_a_plan_stale(draft: StoryDeck, tmp_path: Path) -> None:
    before = plan_of(draft).content
    draft.declare({"finding-information": "Another reason."})
    try:
        assert plan_of(draft).content != before
    finally:
        (draft.folder / "content/editions/2-changes.toml").unlink()


def test_a_stale_plan_is_refused(issued: StoryDeck, tmp_path: Path) -> None:
    saved = read_plan(plan_text(plan_of(issued)).encode())
    other = plan_of(issued, Options(turn="short"))
    assert saved.content != other.content
    paths, _, problems = reissue(
        issued.project(), "1", Options(turn="short"), held_to=saved.content, output=tmp_path
    )
    assert (paths, [p.code for p in problems]) == ((), ["plan-stale"])
    assert list(tmp_path.iterdir()) == []
    paths, _, problems = reissue(
        issued.project(), saved.since, saved.options, held_to=saved.content, output=tmp_path
    )
    assert paths and not problems


def test_a_plan_goes_stale_with_one_word(draft: StoryDeck, tmp_path: Path) -> None:
    before = plan_of(draft).content
    deck = StoryDeck.__new__(StoryDeck)
    deck.folder = draft.folder
    deck.edit(K, "Keep at least one agreed place", "Keep at least one known place")
    try:
        assert plan_of(deck).content != before
    finally:
        deck.edit(K, "Keep at least one known place", "Keep at least one agreed place")
    assert plan_of(draft).content == before


def test_a_plan_remembers_its_options(issued: StoryDeck) -> None:
    options = Options(turn="short", ink_saver=True, copies=3, stock="a4")
    plan, _ = plan_reissue(issued.project(), "1", options, (Kind.LAYOUT,))
    assert plan is not None
    saved = read_plan(plan_text(plan).encode())
    assert (saved.options, saved.leave_out) == (options, (Kind.LAYOUT,))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff\xfe",
        b'{"format": 99}',
        b'{"format": 1, "options": {"no": 1}, "leave_out": [], "since": "1", "content": "x"}',
        b'{"format": 1, "options": {"copies": "3"}, "leave_out": [], "since": "1", "content": "x"}',
        b'{"format": 1, "options": [], "leave_out": [], "since": "1", "content": "x"}',
        b'{"format": 1, "options": {}, "leave_out": ["new words"], "since": "1", "content": "x"}',
        b"[" * 5000,
        b'{"format": 1, "since": ' + b"[" * 100_000,
        b'{"format": 1, "options": {"copies": ' + b"9" * 100_000 + b"}}",
        b'{"format": 1, "options": {"turn": "x"}, "leave_out": [], "since": "1", "content": "x"}',
        b'{"format": 1, "options": {"order": "x"}, "leave_out": [], "since": "1", "content": "x"}',
        b'{"format": 1, "options": {"copies": 0}, "leave_out": [], "since": "1", "content": "x"}',
    ],
)
def test_what_is_no_plan(data: bytes) -> None:
    with pytest.raises(NoPlan):
        read_plan(data)


@pytest.mark.parametrize("since", ["7", "", "../1", "2"])
def test_editions_that_nothing_can_be_reissued_from(issued: StoryDeck, since: str) -> None:
    plan, problems = plan_reissue(issued.project(), since)
    assert plan is None
    assert [p.code for p in problems] == ["edition-unknown"]


def test_a_deck_that_was_never_issued(tmp_path: Path) -> None:
    plan, problems = plan_reissue(StoryDeck(tmp_path / "deck").project(), "1")
    assert plan is None
    assert problems[-1].todo == "Issue one: deckgen issue --edition 1."


def test_errors_in_the_content_come_first(issued: StoryDeck) -> None:
    broken = with_few_words(issued.project())
    broken.files["content/cards/K.md"] = b"# K1\n"  # type: ignore[index]
    plan, problems = plan_reissue(broken, "1")
    assert plan is None
    assert {"part-empty", "card-missing"} & {p.code for p in problems}


FAULTS = {
    "disk full": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "Ctrl-C": KeyboardInterrupt(),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_at_any_operation_leaves_the_old_supplement_or_the_new_one(
    issued: StoryDeck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The supplement is drawn once; saving it is what is interrupted, at every step."""
    project = issued.project()
    whole, _, _ = reissue(project, "1", output=tmp_path / "whole")
    files = {path.name: path.read_bytes() for path in whole}
    old = {name: b"old " + name.encode() for name in files}
    monkeypatch.setattr("deckgen.control.reissue.draw_supplement", lambda *_: files)
    ready = prepared_once(monkeypatch)
    count = Faults(-1, lambda: None)
    with count.armed(monkeypatch):
        ready(project, tmp_path / "count")
    assert count.calls > 20
    for at in range(count.calls):
        folder = tmp_path / f"{at}"
        monkeypatch.setattr("deckgen.control.reissue.draw_supplement", lambda *_: old)
        ready(project, folder)
        monkeypatch.setattr("deckgen.control.reissue.draw_supplement", lambda *_: files)
        try:
            with Faults(at, raising(FAULTS[kind])).armed(monkeypatch):
                ready(project, folder)
        except (CannotWrite, KeyboardInterrupt):
            pass
        there = folder / "reissue-1-to-2"
        held = {p.name: p.read_bytes() for p in there.iterdir() if not p.name.startswith(".")}
        assert held in (old, files), at


def prepared_once(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Reissue without laying out the deck again each time."""
    from deckgen.control import reissue as module

    real, kept = module._prepare, {}

    def once(*args: object) -> object:
        if not kept:
            kept["made"] = real(*args)  # type: ignore[arg-type]
        return kept["made"]

    monkeypatch.setattr(module, "_prepare", once)
    return lambda project, folder: reissue(project, "1", output=folder)


def run(deck: StoryDeck, *words: str) -> int:
    return command.run(["reissue", "--project", str(deck.folder), *words])


def test_the_command_plans_and_applies(
    issued: StoryDeck, draft: StoryDeck, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--output", str(tmp_path)]
    assert run(issued, "--since", "1", "--plan", *out) == ExitCode.DONE
    plan = tmp_path / "reissue-1-to-2-plan.json"
    assert json.loads(plan.read_text(encoding="utf-8"))["put_in"] == ["K8", "Index"]
    assert not (tmp_path / "reissue-1-to-2").exists()
    assert run(issued, "--apply", str(plan), *out) == ExitCode.DONE
    assert (tmp_path / "reissue-1-to-2/supplement.pdf").read_bytes().startswith(b"%PDF")
    assert "K8 Information you can find" in capsys.readouterr().out
    assert run(draft, "--since", "1", *out) == ExitCode.EDITION_CONFLICT
    stale = plan.read_text(encoding="utf-8").replace('"content": "', '"content": "0')
    plan.write_text(stale, encoding="utf-8")
    assert run(issued, "--apply", str(plan), *out) == ExitCode.EDITION_CONFLICT
    plan.write_text("no plan", encoding="utf-8")
    assert run(issued, "--apply", str(plan), *out) == ExitCode.USAGE
    assert run(issued, *out) == ExitCode.USAGE
    assert run(issued, "--since", "1", "--apply", str(plan), *out) == ExitCode.USAGE


def test_twice_gives_the_same_bytes(issued: StoryDeck, tmp_path: Path) -> None:
    one, _, _ = reissue(issued.project(), "1", output=tmp_path / "one")
    two, _, _ = reissue(issued.project(), "1", output=tmp_path / "two")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_options_that_belong_to_the_plan_are_refused(
    issued: StoryDeck, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--output", str(tmp_path)]
    assert run(issued, "--since", "1", "--plan", *out) == ExitCode.DONE
    plan = str(tmp_path / "reissue-1-to-2-plan.json")
    for words in (("--stock", "a3"), ("--turn", "short"), ("--leave-out", "layout")):
        assert run(issued, "--apply", plan, *words, *out) == ExitCode.USAGE
        assert f"{words[0]} belongs to the plan" in capsys.readouterr().err


def test_large_print_has_a_folder_of_its_own(issued: StoryDeck) -> None:
    assert plan_of(issued, Options(large_print=True)).name == "reissue-1-to-2-large-print"


def test_who_has_the_present_edition_needs_nothing_new(issued: StoryDeck) -> None:
    _, problems = plan_reissue(issued.project(), "2")
    assert problems[0].todo == "People who have it need nothing new. For others use one of: 1."

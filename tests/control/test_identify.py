"""What a code from a printed card means, played on three editions of the real deck."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckgen.cli import cli
from deckgen.control.identify import NoCode, identify
from deckgen.editions.asked_code import as_check, as_code, is_check
from deckgen.editions.ledger import ledger_of
from deckgen.editions.printed_versions import Status, all_versions
from deckgen.exit_codes import ExitCode
from deckgen.model.change import Kind
from deckgen.model.lock import Ledger
from deckgen.project import Project, read_project
from tests.conftest import ROOT
from tests.control.three_editions import REASONS, story
from tests.shared import Shared


@pytest.fixture(scope="module")
def folder(shared: Shared) -> Path:
    return story(shared)


@pytest.fixture(scope="module")
def project(folder: Path) -> Project:
    return read_project(folder)


@pytest.fixture(scope="module")
def ledger(project: Project) -> Ledger:
    return ledger_of(project.files)[0]


def check(ledger: Ledger, edition: str, card_id: str) -> str:
    lock = ledger.lock(edition)
    assert lock
    card = lock.snapshot.card(card_id)
    assert card
    return card.check


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(
        cli, ["identify", "--project", str(folder), *words], standalone_mode=True
    )


def said(folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and text: __main__ turns what a command returns into the exit code."""
    result = CliRunner().invoke(
        cli, ["identify", "--project", str(folder), *words], standalone_mode=False
    )
    return result.return_value, result.output


def test_a_card_that_never_changed_is_in_force(folder: Path, ledger: Ledger) -> None:
    code, text = said(folder, "K1", check(ledger, "1", "feedback"))
    assert code == ExitCode.DONE
    assert "K1 Feedback that changes things, edition 1" in text
    assert "In force; it is as it was in edition 1. To be reviewed by Nov 2027." in text


def test_a_revised_card_names_every_step_and_what_is_in_force(folder: Path, ledger: Ledger) -> None:
    code, text = said(folder, check(ledger, "1", "across-borders"))
    assert code == ExitCode.DIFFERENCES
    assert "Out of date." in text
    assert "Edition 2, 10 May 2027: revised: The law changed." in text
    assert "Edition 3, 2 Nov 2027: revised: The law changed." in text
    assert f"In force is K3, edition 3 · {check(ledger, '3', 'across-borders')}." in text


def test_a_withdrawn_card_says_when_and_why(folder: Path, ledger: Ledger) -> None:
    code, text = said(folder, "R2")
    assert code == ExitCode.DIFFERENCES
    assert "Withdrawn: don't use it." in text
    assert f"Edition 2, 10 May 2027: withdrawn: {REASONS['further-reading']}" in text


def test_a_renumbered_card_leads_to_its_new_number(folder: Path, ledger: Ledger) -> None:
    code, text = said(folder, "K6", "1")
    assert code == ExitCode.DIFFERENCES
    assert "K6 Learn from mistakes, edition 1" in text
    assert f"renumbered as K5: {REASONS['mistakes']}" in text
    assert "It is K5 now." in text


def test_a_bare_code_lists_every_card_that_had_it(project: Project) -> None:
    answer, _ = identify(project, "K5")
    assert answer
    assert [(v.title, v.edition, v.status) for v in answer.matches] == [
        ("Learn from mistakes", "2", Status.CURRENT),
        ("Room for new ideas", "1", Status.SUPERSEDED),
    ]
    assert "only “edition 2 · " in answer.notes[0]
    assert not answer.current


def test_a_bare_code_of_one_card_in_force_is_current(project: Project) -> None:
    answer, _ = identify(project, "ipm4")
    assert answer and answer.current and answer.matches[0].edition == "2"


def test_an_edition_means_its_own_mark_or_one_that_was_kept(project: Project) -> None:
    kept, _ = identify(project, "K1", "3")
    assert kept and kept.current and kept.matches[0].edition == "1"
    assert kept.notes == (
        "K1 Feedback that changes things is in edition 3 as it was printed before.",
    )
    third, _ = identify(project, "K3", "Edition 3")
    assert third and third.current and third.matches[0].edition == "3"


def test_an_edition_that_never_was(project: Project) -> None:
    answer, _ = identify(project, "K1", "7")
    assert answer and answer.status is Status.UNKNOWN
    assert answer.notes == ("Edition 7 was never issued; these were: 1, 2, 3.",)


def test_a_card_asked_for_in_an_edition_that_had_none(project: Project) -> None:
    answer, _ = identify(project, "R2", "3")
    assert answer and answer.status is Status.UNKNOWN
    assert [v.edition for v in answer.matches] == ["1"]


def test_the_index_card_by_name_and_by_code(project: Project, ledger: Ledger) -> None:
    named, _ = identify(project, "index")
    assert named and [v.edition for v in named.matches] == ["3", "2", "1"]
    for lock in ledger.locks:
        answer, _ = identify(project, lock.code)
        assert answer and answer.matches[0].is_index
        assert answer.matches[0].edition == lock.edition
        assert answer.current is (lock is ledger.latest)


def test_a_scanned_code_and_a_typed_mark(project: Project, ledger: Ledger) -> None:
    old = check(ledger, "1", "across-borders")
    for text in (f"DG1:K3:1:{old}", f"dg1:k3:1:{old.lower()}", f"K3 Edition 1 · {old}"):
        answer, _ = identify(project, text)
        assert answer and answer.status is Status.SUPERSEDED, text
        assert [v.edition for v in answer.matches] == ["1"]


@pytest.mark.parametrize("text", ["DG1:K4:4-DRAFT:0000", "Edition 4 draft · 0000"])
def test_a_draft_mark_was_never_issued(project: Project, text: str) -> None:
    answer, _ = identify(project, text)
    assert answer and answer.status is Status.DRAFT
    assert answer.notes == ("This is a draft of edition 4: it was never issued. Don't use it.",)


def test_a_draft_whose_words_were_issued_says_so(project: Project, ledger: Ledger) -> None:
    answer, _ = identify(project, f"DG1:K3:2-DRAFT:{check(ledger, '2', 'across-borders')}")
    assert answer and answer.status is Status.DRAFT and answer.matches[0].edition == "2"


def test_a_draft_after_an_edition_has_no_issued_words(project: Project, ledger: Ledger) -> None:
    answer, _ = identify(project, f"DG1:K3:1+DRAFT:{check(ledger, '1', 'across-borders')}")
    assert answer and answer.status is Status.DRAFT and not answer.matches
    assert "after edition 1" in answer.notes[0]


def test_the_draft_on_disk_is_noted_and_its_marks_are_known(project: Project) -> None:
    from deckgen.proof.proof import Proof

    state, _ = Proof(project).state
    assert state
    answer, _ = identify(project, state.marks["K4"].code)
    assert answer and answer.status is Status.DRAFT and answer.drafted
    assert "is in the draft on disk (Edition 4 draft), which was never issued" in answer.notes[0]


def test_unknown_codes_and_codes_that_were_misread(project: Project, ledger: Ledger) -> None:
    answer, _ = identify(project, "K99")
    assert answer and answer.status is Status.UNKNOWN and not answer.matches
    assert answer.notes[0].startswith("“Learning organisations” has never had K99; perhaps")
    right = check(ledger, "1", "feedback")
    wrong = ("Z" if right[0] != "Z" else "Y") + right[1:]
    answer, _ = identify(project, wrong)
    assert answer and answer.status is Status.UNKNOWN
    assert "feedback" in [v.id for v in answer.matches]


def test_a_code_beside_another_cards_check_is_doubtful(project: Project, ledger: Ledger) -> None:
    answer, _ = identify(project, f"K2 {check(ledger, '1', 'feedback')}")
    assert answer and answer.status is Status.DOUBTFUL
    assert {v.id for v in answer.matches} == {"feedback", "team-learning"}


def test_codes_are_read_as_crockford_says() -> None:
    assert as_check("o1-il") == "0111"
    assert is_check("oil0") and not is_check("7Q2U") and not is_check("7Q2")
    assert as_code("k03") == "K3" and as_code("Index") == "INDEX"


def test_a_misread_letter_finds_the_card(project: Project, ledger: Ledger) -> None:
    version = next(v for v in all_versions(ledger) if set(v.check) & set("01"))
    typed = version.check.lower().replace("0", "o").replace("1", "l")
    answer, _ = identify(project, typed)
    assert answer and version in answer.matches


@pytest.mark.parametrize("text", ["", "what is this", "K3/7Q2M", "7Q2MM", "x" * 5000])
def test_what_is_no_code_is_refused(project: Project, text: str) -> None:
    with pytest.raises(NoCode):
        identify(project, text)


def test_what_is_no_code_exits_with_2(folder: Path) -> None:
    result = run(folder, "nothing at all")
    assert result.exit_code == 2 and "is no code of a card" in result.output


def test_json_has_the_same(folder: Path) -> None:
    code, text = said(folder, "R2", "--json")
    record = json.loads(text)
    assert code == ExitCode.DIFFERENCES
    assert (record["status"], record["latest"], record["draft_on_disk"]) == ("withdrawn", "3", True)
    step = record["matches"][0]["steps"][0]
    assert (step["edition"], step["kind"]) == ("2", "withdrawn")


def test_two_cards_with_one_check_code_are_both_shown(ledger: Ledger) -> None:
    from msgspec.structs import replace

    from deckgen.editions.asked_code import Asked

    one, other, *_ = all_versions(ledger)
    twin = replace(other, check=one.check)
    assert [v for v in (one, twin) if Asked((one.check,)).fits(v)] == [one, twin]


def test_a_deck_that_was_never_issued(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/problems/mini/content", tmp_path / "content")
    code, text = said(tmp_path, "D1")
    assert code == ExitCode.DIFFERENCES
    assert text.startswith("No edition of “Bread” was issued yet.\nD1 · ")
    assert "is in the deck on disk (Edition 3), which was never issued." in text
    assert said(tmp_path, "K1")[1] == "No edition of “Bread” was issued yet.\n"


def test_broken_content_does_not_matter_but_a_broken_lock_does(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder / "content", tmp_path / "content")
    (tmp_path / "content/cards/K.md").write_text("# Nothing\n", encoding="utf-8")
    assert said(tmp_path, "IPM4")[0] == ExitCode.DONE
    lock = tmp_path / "content/editions/2.toml"
    lock.write_text(lock.read_text("utf-8").replace("Time to think", "Time to thank"), "utf-8")
    assert said(tmp_path, "IPM4")[0] == ExitCode.CONTENT
    code, text = said(tmp_path, "IPM4", "--json")
    assert code == ExitCode.CONTENT
    assert json.loads(text)["problems"][0]["code"] == "edition-broken"


def test_every_version_that_was_printed_is_known_once(ledger: Ledger) -> None:
    versions = all_versions(ledger)
    assert len({(v.edition, v.check) for v in versions}) == len(versions)
    assert {v.id for v in versions if v.status is Status.WITHDRAWN} == {"further-reading"}
    moved = {v.id: v.moved_to for v in versions if v.moved_to}
    assert moved == {"new-ideas": "K6", "mistakes": "K5"}
    assert {s.kind for v in versions for s in v.steps if v.id == "mistakes"} == {Kind.RENUMBERED}

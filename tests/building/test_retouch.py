"""New words on cards: the same bytes as a build of everything, from much less work."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from pathlib import Path

import pytest

from deckgen.store import record
from deckgen.proof.proof import content_of
from deckgen.building.build import build_files
from deckgen.store.fingerprint import Fingerprint
from deckgen.store.record import RECORD, Built
from deckgen.products.product import Target
from deckgen.disk import CannotWrite, checksum
from deckgen.control.issue import issue_edition
from deckgen.options import Options
from deckgen.store.output_folder import output_folder
from deckgen.project import read_project
from tests.building.test_incremental import (
    again,
    built_once,
    card_file,
    folder,
    from_scratch,
    held,
    swap,
    whole_builds,
)
from tests.test_outputs import FAULTS, Faults, raising

__all__ = ["built_once", "folder", "whole_builds"]


def test_a_new_word_changes_two_files_and_the_pack(folder: Path, whole_builds: list[str]) -> None:
    before = held(folder)
    file = card_file(folder)
    swap(file, ".\n", " now.\n")
    assert not again(folder).unchanged
    assert whole_builds == []
    assert held(folder) == from_scratch(folder)
    changed = {name for name, data in held(folder).items() if data != before[name]}
    assert changed == {"deck-sheets-a4.pdf", "deck-screen.pdf", "pack.pdf"}
    assert again(folder).unchanged


def test_copies_of_a_card_change_too(folder: Path, whole_builds: list[str]) -> None:
    again(folder, Target.SHEETS, copies=2)
    swap(card_file(folder), ".\n", " now.\n")
    path = again(folder, Target.SHEETS, copies=2).outputs[0]
    whole_builds.pop()
    assert whole_builds == []
    fresh = build_files(
        read_project(folder), [Target.SHEETS], Options(copies=2), output=folder / "fresh"
    )
    assert path.read_bytes() == fresh.outputs[0].read_bytes()


@pytest.mark.parametrize("letter", ["ŵ", "{cy: bore da}", "**bold**"])
def test_what_is_more_than_a_word_is_built(folder: Path, letter: str) -> None:
    swap(card_file(folder), ".\n", f" {letter}.\n")
    again(folder)
    assert held(folder) == from_scratch(folder)


def test_after_an_edition_was_issued_marks_are_as_they_should_be(
    folder: Path, whole_builds: list[str]
) -> None:
    project = read_project(folder)
    content, _ = content_of(project)
    assert content is not None
    issued, problems = issue_edition(project, content.deck.edition.number, "Jo", "Alex")
    assert issued is not None, problems
    swap(card_file(folder), ".\n", " now.\n")
    assert [p.code for p in again(folder).problems] == ["edition-changed"]  # a draft from now on
    whole_builds.clear()
    swap(card_file(folder), " now.\n", " then.\n")
    assert [p.code for p in again(folder).problems] == ["edition-changed"]
    assert whole_builds == []
    assert held(folder) == from_scratch(folder)


POISON = {
    **{f"entry {at}": at for at in range(6)},
    "swapped": 6,
    "in another order": 7,
    "the deck": 8,
}


def in_draft(folder: Path) -> None:
    """Edition 1 is issued; the next one has a new word on one card so far, and is built."""
    issued, problems = issue_edition(read_project(folder), "1", "Jo", "Alex")
    assert issued is not None, problems
    deck = folder / "content" / "deck.toml"
    swap(deck, 'number = "1"', 'number = "2"')
    swap(deck, "issued = 2026-11-23", "issued = 2026-11-24")
    swap(card_file(folder), ".\n", " now.\n")
    again(folder)


def test_words_of_a_draft_are_changed_without_a_whole_build(
    folder: Path, whole_builds: list[str]
) -> None:
    in_draft(folder)
    whole_builds.clear()
    swap(card_file(folder), " now.\n", " soon.\n")
    assert not again(folder).unchanged
    assert whole_builds == []
    assert held(folder) == from_scratch(folder)


def test_a_card_that_is_as_issued_again_has_its_old_mark(
    folder: Path, whole_builds: list[str]
) -> None:
    in_draft(folder)
    swap(card_file(folder), " now.\n", ".\n")
    again(folder)
    assert held(folder) == from_scratch(folder)


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_a_look_that_changed_since_the_edition_keeps_its_draft_marks(
    folder: Path, whole_builds: list[str], theme: str
) -> None:
    in_draft(folder)
    look = folder / "templates" / "themes" / f"{theme}.toml"
    look.write_text(look.read_text(encoding="utf-8").replace("margin = 8", "margin = 7.9"), "utf-8")
    again(folder, Target.SCREEN, theme="masthead")
    for before, after in ((" now.\n", " soon.\n"), (" soon.\n", ".\n")):
        swap(card_file(folder), before, after)
        path = again(folder, Target.SCREEN, theme="masthead").outputs[0]
        fresh = build_files(
            read_project(folder),
            [Target.SCREEN],
            Options(theme="masthead"),
            output=folder / "fresh",
            force=True,
        )
        assert path.read_bytes() == fresh.outputs[0].read_bytes()


@pytest.mark.parametrize("kind", POISON)
def test_a_poisoned_record_does_not_reach_the_files(
    folder: Path, edited: tuple[Path, dict[str, bytes]], kind: str
) -> None:
    """Every single thing that is known of the cards, wrong under a right checksum."""
    shutil.copyfile(card_file(edited[0]), card_file(folder))
    poisoned = json.loads((folder / "output" / RECORD).read_bytes().partition(b"\n")[2])
    faces, at = poisoned[0]["faces"], POISON[kind]
    cards = faces["cards"]
    one, other = "K1", list(cards)[-1]
    if at < 6:
        cards[one][at] = cards[other][at] = "0" * 64
    elif at == 6:
        cards[one], cards[other] = cards[other], cards[one]
    elif at == 7:
        faces["cards"] = dict(reversed(cards.items()))
    else:
        faces["deck"] = "0" * 64
    data = json.dumps(poisoned, separators=(",", ":")).encode()
    (folder / "output" / RECORD).write_bytes(record._seal(data) + b"\n" + data)
    again(folder)
    assert held(folder) == edited[1]


@pytest.fixture(scope="session")
def edited(
    built_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, bytes]]:
    """The project with another word on a card, and what a build of everything makes of it."""
    project = tmp_path_factory.mktemp("edited") / "deck"
    shutil.copytree(built_once, project)
    swap(card_file(project), ".\n", " now.\n")
    return project, from_scratch(project)


CARD = re.compile(r"\b[a-z]{3,}\b")
PIECES = ("now", "often", "", "ŵ", "“so”", "(or not)", "a much longer piece of text than before")


def some_edit(folder: Path, dice: random.Random) -> None:
    """A word of a card, of the workbook or of deck.toml becomes another."""
    files = sorted((folder / "content").rglob("*.md"))
    cards = [file for file in files if file.parent.name == "cards"]
    file = dice.choice(cards if dice.random() < 0.8 else files)
    lines = file.read_text(encoding="utf-8").split("\n")
    at = dice.choice([i for i, line in enumerate(lines) if line[:2] == "- " or line[:1].isupper()])
    words = list(CARD.finditer(lines[at]))
    if words:
        word = dice.choice(words)
        lines[at] = lines[at][: word.start()] + dice.choice(PIECES) + lines[at][word.end() :]
        file.write_text("\n".join(lines), encoding="utf-8")


def edit_many_times(folder: Path, times: int, seed: int, whole_builds: list[str]) -> None:
    dice, retouched = random.Random(seed), 0
    for n in range(times):
        kept = shutil.copytree(folder / "content", folder.parent / f"kept-{seed}-{n}")
        before, built = held(folder), len(whole_builds)
        some_edit(folder, dice)
        result = again(folder)
        retouched += bool(result.outputs) and len(whole_builds) == built
        if result.outputs:
            assert held(folder) == from_scratch(folder), n
        else:  # the edit was a mistake: nothing was written, and it is taken back
            assert held(folder) == before
            shutil.rmtree(folder / "content")
            shutil.copytree(kept, folder / "content")
    assert retouched


def test_a_few_edits_in_a_row(folder: Path, whole_builds: list[str]) -> None:
    edit_many_times(folder, 4, 1, whole_builds)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 4))
def test_many_edits_in_a_row(folder: Path, whole_builds: list[str], seed: int) -> None:
    edit_many_times(folder, 25, seed, whole_builds)


# Faults and kills at every operation on the disk.

OLD = {"pack.pdf": b"old pack", "deck-screen.pdf": b"old cards"}
NEW = {"pack.pdf": b"new pack", "deck-screen.pdf": b"new cards"}


def write(folder: Path, files: dict[str, bytes], name: str) -> None:
    sums = {n: checksum(data) for n, data in files.items()}
    with output_folder(folder) as outputs:
        outputs.replace(files)
        outputs.remember(Built(Fingerprint(name, name), sums, ()))


def standing(folder: Path) -> list[str]:
    """The sets that a build would take as they are."""
    with output_folder(folder) as outputs:
        return [b.fingerprint.whole for b in outputs.built() if outputs.holds(b.sums)]


def never_a_mix(folder: Path, at: int) -> None:
    files = {p.name: p.read_bytes() for p in folder.glob("[!.]*.pdf")}
    for name in standing(folder):
        assert files == {"old": OLD, "new": NEW}[name], at
    write(folder, NEW, "new")
    assert standing(folder) == ["new"]


@pytest.mark.parametrize("kind", ["disk full", "Ctrl-C"])
def test_a_fault_at_any_operation_never_makes_a_mix_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for at in range(56):
        folder = tmp_path / str(at)
        write(folder, OLD, "old")
        try:
            with Faults(at, raising(FAULTS[kind])).armed(monkeypatch):
                write(folder, NEW, "new")
        except (CannotWrite, KeyboardInterrupt):
            pass
        never_a_mix(folder, at)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_operation_never_makes_a_mix_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(56):
        folder = tmp_path / str(at)
        write(folder, OLD, "old")
        child = os.fork()
        if not child:
            with Faults(at, lambda: os._exit(9)).armed(monkeypatch):
                write(folder, NEW, "new")
            os._exit(0)
        os.waitpid(child, 0)
        never_a_mix(folder, at)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_while_a_card_is_changed(
    tmp_path: Path,
    folder: Path,
    edited: tuple[Path, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = held(folder), edited[1]
    shutil.copyfile(card_file(edited[0]), card_file(folder))
    for at in range(0, 90, 3):
        copy = Path(shutil.copytree(folder, tmp_path / str(at)))
        child = os.fork()
        if not child:
            with Faults(at, lambda: os._exit(9)).armed(monkeypatch):
                again(copy)
            os._exit(0)
        os.waitpid(child, 0)
        whole = {n: data for n, data in held(copy).items() if not n.startswith(".")}
        assert all(data in (before[name], after[name]) for name, data in whole.items())
        again(copy)
        assert held(copy) == after, at
        shutil.rmtree(copy)

"""Issuing editions of the small project: what is written, what is refused, and the disk."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.__main__ import run
from deckgen.building.check import check
from deckgen.control.differences import declare as write_declarations
from deckgen.control.differences import differences
from deckgen.control.issue import Issued, issue_edition, write_lock
from deckgen.disk import CannotWrite
from deckgen.editions.fingerprint import face_prints
from deckgen.editions.looks import font_prints
from deckgen.editions.marking import Stage
from deckgen.exit_codes import ExitCode
from deckgen.options import Options
from deckgen.problem import Problem, Severity
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from deckgen.source import largest_bytes
from tests.laid_out import lay_out
from tests.test_outputs import FAULTS, Faults, raising

MINI = Path(__file__).parents[1] / "problems" / "mini"
LOCKS = "content/editions"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MINI, tmp_path / "bread")
    return tmp_path / "bread"


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "content" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def issued(folder: Path, edition: str = "3", owner: str = "Jo Green") -> Issued:
    made, problems = issue_edition(read_project(folder), edition, owner, "Alex Brown")
    assert made, problems
    return made


def refused(
    folder: Path, edition: str = "3", owner: str = "Jo", approver: str = "Al"
) -> list[Problem]:
    before = held(folder)
    made, problems = issue_edition(read_project(folder), edition, owner, approver)
    assert made is None
    assert held(folder) == before
    return [found for found in problems if found.severity is Severity.ERROR]


def held(folder: Path) -> dict[str, bytes]:
    """Every file, also hidden ones."""
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def next_edition(folder: Path, number: str = "4", before: str = "3") -> None:
    change(folder, "deck.toml", f'number = "{before}"', f'number = "{number}"')


def declare(folder: Path, *entries: tuple[str, str], edition: str = "4") -> None:
    text = "".join(
        f'[[changes]]\nwhat = ["{what}"]\nkind = "{kind}"\nreason = "Because."\n'
        for what, kind in entries
    )
    (folder / LOCKS / f"{edition}-changes.toml").write_text(text, encoding="utf-8")


def stage(folder: Path) -> Stage:
    state, _ = Proof(read_project(folder)).state
    assert state
    return state.standing.stage


def test_the_first_edition(folder: Path) -> None:
    assert stage(folder) is Stage.LOOSE
    made = issued(folder)
    assert made.path == folder / LOCKS / "3.toml"
    lock = tomllib.loads(made.path.read_text(encoding="utf-8"))
    assert [card["id"] for card in lock["cards"]] == ["mixing", "rising", "baking"]
    assert {card["edition"] for card in lock["cards"]} == {"3"}
    assert (lock["owner"], lock["approver"], lock["parent"]) == ("Jo Green", "Alex Brown", "")
    assert {fact["name"] for fact in lock["looks"]} >= {"theme", "stock", "section colour"}
    assert stage(folder) is Stage.ISSUED
    assert check(read_project(folder)) == []


def test_what_is_issued_is_what_is_built(folder: Path) -> None:
    """The proof that a card is the same as the printed one."""
    issued(folder)
    next_edition(folder)
    change(folder, "cards/D.md", "Time does the work.", "Time does all the work.")
    declare(folder, ("rising", "revised"))
    for made in (issued(folder, "4").lock,):
        layout, _ = lay_out(read_project(folder), Options())
        assert layout
        faces, fonts = {c.code: c for c in layout.cards}, font_prints(layout.design.book)
        for card in made.snapshot.cards:
            sides = faces[card.code].front, faces[card.code].back
            assert (card.look, card.face) == face_prints(sides, fonts)


@pytest.mark.parametrize(
    "options",
    [
        Options(large_print=True),
        Options(ink_saver=True),
        Options(qr=True, theme="masthead"),
        Options(stock="letter"),
    ],
)
def test_marks_are_the_same_in_every_look(folder: Path, options: Options) -> None:
    issued(folder)
    next_edition(folder)
    change(folder, "cards/D.md", "Time does the work.", "Time does all the work.")
    proof = Proof(read_project(folder))
    state, _ = proof.state
    assert state
    assert {code: mark.tag for code, mark in state.marks.items()} == {
        "D1": "3",
        "D2": "4-DRAFT",
        "OV1": "3",
        "Index": "4-DRAFT",
    }
    cards, problems = proof.cards(options.look)
    assert cards, problems
    for code, front in ((card.code, card.front) for card in cards):
        said = " ".join(
            "".join(run.text for run in mark.runs)
            for element in front.elements
            for mark in element.marks()
            if hasattr(mark, "runs")
        )
        assert state.marks[code].code in said, code


def test_the_clock_of_the_build_makes_no_difference(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    one = issued(folder).path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert issued(copy).path.read_bytes() == one


def test_an_edition_is_issued_once(folder: Path) -> None:
    issued(folder)
    (found,) = refused(folder)
    assert found.code == "edition-taken"
    assert "was issued already" in found.found
    assert str(found.place) == "content/deck.toml:12:1"


@pytest.mark.parametrize(("asked", "says"), [("4", "The deck is edition 3"), ("../x", "digits")])
def test_only_the_edition_of_the_deck_can_be_issued(folder: Path, asked: str, says: str) -> None:
    (found,) = refused(folder, asked)
    assert found.code == "edition-taken"
    assert says in f"{found.found} {found.todo}"


def test_an_edition_does_not_come_before_an_older_one(folder: Path) -> None:
    issued(folder)
    next_edition(folder, "2.9")
    (found,) = refused(folder, "2.9")
    assert found.found == "Edition 2.9 comes before 3, which was issued already."
    assert found in check(read_project(folder)), "a build says so too"
    change(folder, "deck.toml", '"2.9"', '"10"')
    change(folder, "deck.toml", "issued = 2026-01-02", "issued = 2025-12-31")
    (found,) = refused(folder, "10")
    assert "would be older" in found.found


def test_from_nine_to_ten(folder: Path) -> None:
    next_edition(folder, "9")
    issued(folder, "9")
    next_edition(folder, "10", "9")
    assert issued(folder, "10").lock.parent == "9"
    assert stage(folder) is Stage.ISSUED


def test_a_failing_check_is_a_refusal(folder: Path) -> None:
    change(folder, "cards/D.md", "See also: D2, OV1", "See also: D9")
    assert [found.code for found in refused(folder)] == ["reference-dead"]


def test_a_card_without_id_is_not_issued(folder: Path) -> None:
    change(folder, "cards/D.md", "Id: mixing\n", "")
    assert [found.code for found in refused(folder)] == ["id-missing"]


def test_an_id_that_was_changed_is_asked_for(folder: Path) -> None:
    issued(folder)
    next_edition(folder)
    change(folder, "cards/D.md", "Id: rising", "Id: risen")
    (found,) = [p for p in check(read_project(folder)) if p.code == "id-changed"]
    assert found.severity is Severity.WARNING
    assert found.found == "D2 has the words of the card that had the Id “rising”."
    assert str(found.place) == "content/cards/D.md:15:1"
    assert "id-changed" in {p.code for p in refused(folder, "4")}


@pytest.mark.parametrize(
    ("owner", "approver"),
    [("", "Al"), ("Jo", ""), ("Jo", " \n"), ("Jo\u202e", "Al"), ("\x1b[1m", "Al")],
)
def test_people_must_be_named(folder: Path, owner: str, approver: str) -> None:
    assert [p.code for p in refused(folder, owner=owner, approver=approver)] == ["person-missing"]


def test_the_owner_stays_until_another_is_named(folder: Path) -> None:
    issued(folder, owner="Zoe\u0308  Green")
    next_edition(folder)
    assert issued(folder, "4", owner="").lock.owner == "Zo\u00eb Green"
    next_edition(folder, "5", "4")
    assert issued(folder, "5", owner="Sam").lock.owner == "Sam"


def test_every_change_needs_a_reason(folder: Path) -> None:
    issued(folder)
    next_edition(folder)
    change(folder, "cards/D.md", "- Weigh both", "- Do not weigh both")
    assert [p.code for p in refused(folder, "4")] == ["change-undeclared"]
    declare(folder, ("mixing", "correction"))
    assert [p.code for p in refused(folder, "4")] == ["change-understated"]
    declare(folder, ("mixing", "revised"), ("mixing", "revised"), ("baking", "revised"))
    assert [p.code for p in refused(folder, "4")] == ["change-repeated", "change-unknown"]
    declare(folder, ("mixing", "revised"))
    assert [entry.reason for entry in issued(folder, "4").lock.changes] == ["Because."]


def test_a_withdrawn_card_is_remembered(folder: Path) -> None:
    issued(folder)
    next_edition(folder)
    cards = folder / "content/cards/D.md"
    text = cards.read_text(encoding="utf-8").partition("# D2")[0]
    cards.write_text(text.replace("See also: D2, OV1", "See also: OV1"), encoding="utf-8")
    book = folder / "content/workbooks/bakers.md"
    book.write_text(book.read_text(encoding="utf-8").replace("D2", "D1"), encoding="utf-8")
    change(folder, "deck.toml", "cards = 2", "cards = 1")
    declare_all(folder, "Because.")
    (gone,) = issued(folder, "4").lock.withdrawn
    assert (gone.id, gone.code, gone.title) == ("rising", "D2", "Let it rise")
    assert (gone.edition, gone.reason) == ("4", "Because.")
    next_edition(folder, "5", "4")
    change(folder, "cards/D.md", "Id: mixing", "Id: rising")
    assert {p.code for p in refused(folder, "5")} == {"id-withdrawn"}


def declare_all(folder: Path, reason: str) -> None:
    project = read_project(folder)
    found, problems = differences(project, None)
    assert found, problems
    path = write_declarations(project, found)
    assert path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('reason = ""', f'reason = "{reason}"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("issued = 2026-01-02", "issued = 2026-01-03"),
        ("review = 2027-01-02", "review = 2027-02-02"),
        ('title = "Bread"', 'title = "Loaves"'),
        ('name = "Oven"', 'name = "Stove"'),
        ('palette = "pink"', 'palette = "teal"'),
    ],
)
def test_whatever_is_changed_after_issue_makes_a_draft(folder: Path, old: str, new: str) -> None:
    issued(folder)
    change(folder, "deck.toml", old, new)
    assert stage(folder) is Stage.AFTER
    assert "edition-changed" in {p.code for p in check(read_project(folder))}


def test_a_broken_lock_stops_the_build(folder: Path) -> None:
    path = issued(folder).path
    path.write_text(path.read_text(encoding="utf-8").replace("Alex", "Sam"), encoding="utf-8")
    assert "edition-broken" in {p.code for p in check(read_project(folder))}
    next_edition(folder)
    assert {p.code for p in refused(folder, "4")} == {"edition-broken"}


def test_declarations_that_can_t_be_read_are_found_by_check_in_a_draft(folder: Path) -> None:
    issued(folder)
    (folder / LOCKS / "3-changes.toml").write_text("[[", encoding="utf-8")
    assert check(read_project(folder)) == [], "those of an issued edition are in its lock"
    next_edition(folder)
    (folder / LOCKS / "4-changes.toml").write_text("\n[[changes]\n", encoding="utf-8")
    (found,) = check(read_project(folder))
    assert (found.code, str(found.place.line)) == ("settings-syntax", "2")
    assert {p.code for p in refused(folder, "4")} >= {"settings-syntax"}


def test_every_workbook_belongs_to_the_edition(folder: Path) -> None:
    books = folder / "content/workbooks"
    shutil.copy(books / "bakers.md", books / "millers.md")
    shutil.copy(books / "bakers.md", books / "Not To Be Built.md")
    keys = {page.key.partition("/")[0] for page in issued(folder).lock.snapshot.pages}
    assert keys == {"deck", "bakers", "millers"}
    (books / "millers.md").write_text("# Only a title\n", encoding="utf-8")
    assert "content/workbooks/millers.md" in {p.place.file for p in check(read_project(folder))}


# The command.


def call(folder: Path, *words: str) -> int:
    return run(["issue", "--project", str(folder), *words])


def test_the_command_says_what_it_wrote_and_what_comes_next(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, "--edition", "3", "--owner", "Jo", "--approver", "Al") == ExitCode.DONE
    out = capsys.readouterr().out
    assert "3.toml" in out
    assert "Edition 3 is issued: 3 cards, check code " in out
    assert "deckgen build" in out


def test_the_command_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--edition", "3", "--owner", "Jo", "--approver", "Al", "--json")
    assert call(folder, *words) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["outputs"] == [str(folder / LOCKS / "3.toml")]
    assert call(folder, *words) == ExitCode.EDITION_CONFLICT
    said = json.loads(capsys.readouterr().out)
    assert (said["outputs"], said["problems"][0]["code"]) == ([], "edition-taken")


def test_exit_codes_of_refusals(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder, "--edition", "3", "--approver", "Al") == ExitCode.USAGE
    assert '--owner "NAME"' in capsys.readouterr().err
    assert call(folder, "--edition", "3", "--owner", "Jo") == ExitCode.USAGE
    assert call(folder, "--edition", "4", "--owner", "Jo", "--approver", "Al") == 7
    change(folder, "cards/D.md", "See also: D2, OV1", "See also: D9")
    assert call(folder, "--edition", "3", "--owner", "Jo", "--approver", "Al") == ExitCode.CONTENT


# The disk.


def count_operations(folder: Path, patch: pytest.MonkeyPatch) -> int:
    never = Faults(-1, lambda: None)
    with never.armed(patch):
        issued(folder)
    assert never.calls > 6
    return never.calls


def locks_in(folder: Path) -> dict[str, bytes]:
    where = folder / LOCKS
    return {p.name: p.read_bytes() for p in where.glob("[!.]*")} if where.is_dir() else {}


@pytest.mark.parametrize(
    "kind", ["disk full", *(pytest.param(k, marks=pytest.mark.slow) for k in [*FAULTS][1:])]
)
def test_a_fault_at_any_operation_leaves_no_lock_or_the_whole_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    pattern = folder.with_name("pattern")
    shutil.copytree(folder, pattern)
    count = count_operations(pattern, monkeypatch)
    whole = locks_in(pattern)
    refusals = 0
    for at in range(count):
        copy = folder.with_name(f"{kind}-{at}")
        shutil.copytree(folder, copy)
        try:
            with Faults(at, raising(FAULTS[kind])).armed(monkeypatch):
                issued(copy)
        except (CannotWrite, KeyboardInterrupt):
            refusals += 1
            assert locks_in(copy) in ({}, whole), at
            assert locks_in(copy) == {} or kind == "Ctrl-C", at
        except AssertionError:
            assert locks_in(copy) == {}, at  # a file could not be read: a Problem
        else:
            assert locks_in(copy) == whole, at
        if not locks_in(copy):
            issued(copy)
        assert locks_in(copy) == whole
        assert check(read_project(copy)) == []
        shutil.rmtree(copy)
    assert refusals > 2


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_operation_leaves_no_lock_or_the_whole_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern = folder.with_name("pattern")
    shutil.copytree(folder, pattern)
    count = count_operations(pattern, monkeypatch)
    whole = locks_in(pattern)
    seen = set()
    for at in range(count):
        copy = folder.with_name(f"killed-{at}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            with Faults(at, lambda: os._exit(9)).armed(monkeypatch):
                issued(copy)
            os._exit(0)
        os.waitpid(child, 0)
        assert locks_in(copy) in ({}, whole), at
        seen.add(bool(locks_in(copy)))
        if not locks_in(copy):
            issued(copy)
        assert locks_in(copy) == whole
        shutil.rmtree(copy)
    assert seen == {True, False}


def test_of_two_at_once_exactly_one_wins(folder: Path) -> None:
    words = [sys.executable, "-m", "deckgen", "issue", "--project", str(folder), "--edition", "3"]
    words += ["--approver", "Al", "--owner"]
    root = str(Path(__file__).resolve().parents[2])
    env = {**os.environ, "PYTHONPATH": root}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    both = [subprocess.Popen([*words, name], env=env, **quiet) for name in ("Jo", "Sam")]  # type: ignore[call-overload]
    codes = sorted(process.wait() for process in both)
    assert codes[0] == ExitCode.DONE
    assert codes[1] in (ExitCode.CANNOT_WRITE, ExitCode.EDITION_CONFLICT)
    assert list(locks_in(folder)) == ["3.toml"]
    assert check(read_project(folder)) == []


def test_a_lock_that_came_while_everything_was_checked_is_not_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = os.link

    def late(source: str, target: str) -> None:
        Path(target).write_bytes(b"of somebody else")
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(CannotWrite, match="is there already"):
        issued(folder)
    assert locks_in(folder) == {"3.toml": b"of somebody else"}


def test_a_drive_without_links_will_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_args: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no)
    issued(folder)
    assert check(read_project(folder)) == []
    assert [p.name for p in (folder / LOCKS).iterdir()] == ["3.toml"]


def test_the_lock_of_a_very_large_deck_reads_back(folder: Path, tmp_path: Path) -> None:
    """What deckgen writes itself may be larger than what people write."""
    made = issued(folder).lock
    cards = tuple(replace(made.snapshot.cards[0], id=f"card-{n}") for n in range(12_000))
    large = replace(made, snapshot=replace(made.snapshot, cards=cards))
    path = tmp_path / "large.toml"
    write_lock(large, path)
    assert path.stat().st_size > largest_bytes("content/cards/K.md")

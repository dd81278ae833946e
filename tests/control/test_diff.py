"""`deckgen diff`: its other sides, its formats, its exit codes, and declaring."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.__main__ import run
from deckgen.control.changelog import changelog
from deckgen.control.diff_report import diff_text, shortened
from deckgen.control.differences import Difference, NothingToCompare, differences
from deckgen.control.git_revision import NoRevision, project_at
from deckgen.exit_codes import ExitCode
from deckgen.model.change import Kind, WordChange
from deckgen.project import read_project
from tests.control.test_issue import change, declare, folder, issued, next_edition

__all__ = ["folder"]  # the fixture

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def draft(folder: Path) -> Path:
    """Edition 3 was issued; in the draft of edition 4 one card is revised and one corrected."""
    change(folder, "cards/OV.md", "Heat makes the crust.", "Heat mkaes the crust.")
    issued(folder)
    next_edition(folder)
    change(folder, "cards/OV.md", "Heat mkaes the crust.", "Heat makes the crust.")
    change(folder, "cards/D.md", "- Weigh both", "- Never weigh both")
    return folder


def compared(folder: Path, old: str | None = None) -> Difference:
    found, problems = differences(read_project(folder), old)
    assert found, problems
    return found


def kinds(found: Difference) -> dict[str, Kind]:
    return {change.key: change.floor for change in found.changes}


CHANGED = {"mixing": Kind.REVISED, "baking": Kind.CORRECTION}


def call(folder: Path, *words: str) -> int:
    return run(["diff", "--project", str(folder), *words])


# The other side.


def test_without_another_side_it_is_the_latest_edition(draft: Path) -> None:
    found = compared(draft)
    assert (found.old.name, found.new.name) == ("edition 3", "edition 4 draft")
    assert kinds(found) == CHANGED
    assert found.counts("card") == {"revised": 1, "correction": 1, "unchanged": 1}
    assert found.drawn


def test_an_older_edition(draft: Path) -> None:
    declare(draft, ("mixing", "revised"), ("baking", "correction"))
    issued(draft, "4")
    next_edition(draft, "5", "4")
    assert kinds(compared(draft)) == {}
    assert kinds(compared(draft, "3")) == CHANGED
    assert kinds(compared(draft, "4")) == {}


def test_a_deck_that_was_never_issued(folder: Path, capsys: Capture) -> None:
    assert call(folder) == ExitCode.USAGE
    assert "No edition was issued yet." in capsys.readouterr().err


def test_another_folder(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = draft.with_name("other")
    shutil.copytree(draft, other)
    assert kinds(compared(draft, str(other))) == {}
    change(other, "cards/D.md", "- Never weigh both", "- Weigh both")
    change(other, "deck.toml", 'theme = "gallery"', 'theme = "masthead"')
    found = compared(draft, str(other))
    assert kinds(found) == {
        **{"mixing": Kind.REVISED, "rising": Kind.LAYOUT, "baking": Kind.LAYOUT},
        "deck/covers": Kind.LAYOUT,
    }
    assert {fact.name for fact in found.facts} >= {"theme", "theme files"}
    monkeypatch.chdir(draft.parent)
    assert kinds(compared(draft, "other")) == kinds(found)


def test_an_edition_s_number_comes_before_a_folder_of_that_name(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(draft, draft.parent / "3")
    monkeypatch.chdir(draft.parent)
    assert compared(draft, "3").old.name == "edition 3"


def test_a_card_that_lost_its_id_is_asked_about_on_any_side(draft: Path) -> None:
    other = draft.with_name("other")
    shutil.copytree(draft, other)
    change(draft, "cards/D.md", "Id: rising", "Id: risen")
    for old in (None, str(other)):
        assert "id-changed" in {p.code for p in compared(draft, old).problems}


def test_a_side_with_errors_is_refused_with_them(draft: Path, capsys: Capture) -> None:
    other = draft.with_name("other")
    shutil.copytree(draft, other)
    change(other, "cards/D.md", "See also: D2, OV1", "See also: D9")
    assert call(draft, str(other)) == ExitCode.CONTENT
    assert "reference-dead" in capsys.readouterr().err
    assert call(other, "3", "--json") == ExitCode.CONTENT
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "reference-dead"


def test_a_deck_that_can_t_be_drawn_is_compared_by_its_words(draft: Path, capsys: Capture) -> None:
    change(draft, "deck.toml", 'palette = "pink"', 'palette = "nothing"')
    change(draft, "deck.toml", 'icon = "key"', 'icon = "nothing"')
    assert kinds(compared(draft)) == CHANGED
    call(draft)
    assert "Only words were compared" in capsys.readouterr().out


# Git.


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Jo", "-c", "user.email=jo@example.org", "-c", "commit.gpgsign=false")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    subprocess.run(["git", *who, *words], cwd=folder, env=env, check=True, capture_output=True)


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def repository(folder: Path) -> Path:
    """A project in a folder of a repository; v1 is before a change."""
    top = folder.parent
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "First, with a bug: fixed")
    git(top, "tag", "v1")
    change(folder, "cards/D.md", "- Weigh both", "- Never weigh both")
    git(top, "commit", "-qam", "Second")
    return folder


@needs_git
@pytest.mark.parametrize("revision", ["v1", "HEAD~1", "refs/tags/v1", ":/First", "HEAD^{/First}"])
def test_a_revision(repository: Path, revision: str) -> None:
    found = compared(repository, revision)
    assert kinds(found) == {"mixing": Kind.REVISED}
    assert found.old.name == f"the revision {revision}"
    assert found.drawn


@needs_git
def test_a_revision_is_the_same_project_as_its_checkout(repository: Path) -> None:
    (repository / "templates").mkdir()
    (repository / "templates" / "x.toml").write_text("x = 1\n")
    (repository / "content" / "UPPER.MD").write_text("# X\n")
    (repository / "content" / ".hidden.md").write_text("x")
    (repository / "content" / "cards" / "K.md.bak").write_text("x")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Third")
    assert dict(project_at(repository, "HEAD").files) == dict(read_project(repository).files)
    before = set(repository.parent.rglob("*"))
    project_at(repository, "v1")
    assert set(repository.parent.rglob("*")) == before, "nothing is checked out"


@needs_git
def test_links_and_giants_of_a_revision_are_problems(repository: Path) -> None:
    (repository / "content" / "link.md").symlink_to("/etc/passwd")
    (repository / "content" / "long.md").write_text("x" * 5_000_000)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Third")
    project = project_at(repository, "HEAD")
    assert {(p.code, p.place.file) for p in project.problems} == {
        ("file-unreadable", "content/link.md"),
        ("file-too-large", "content/long.md"),
    }
    assert "content/link.md" not in project.files


HOSTILE = [
    "--upload-pack=x",
    "-x",
    "--all",
    "-",
    "",
    " ",
    "a\nb",
    "a\0b",
    "HEAD:content",
    "v1..HEAD",
]
HOSTILE += ["$(touch x)", "; touch x", "@{-9}", "^HEAD", "x" * 5000, "\x1b[31m", "HEAD^{tree}"]


@needs_git
@pytest.mark.parametrize("revision", HOSTILE)
def test_hostile_names_are_no_revisions(
    repository: Path, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.parent)
    with pytest.raises(NothingToCompare, match="no edition that was issued"):
        differences(read_project(repository), revision)
    assert not list(repository.parent.rglob("x"))


@needs_git
def test_an_option_never_reaches_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_o: pytest.fail("git was run"))
    with pytest.raises(NoRevision):
        project_at(repository, "--output=x")


@needs_git
def test_the_message_is_one_plain_line(repository: Path, capsys: Capture) -> None:
    assert call(repository, "no\x1b[31m\nsuch") == ExitCode.USAGE
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert "no edition that was issued (none)" in error
    assert "\x1b" not in error


@needs_git
def test_a_folder_outside_every_repository(draft: Path) -> None:
    with pytest.raises(NothingToCompare, match="not in a git repository"):
        differences(read_project(draft), "HEAD")


@needs_git
def test_variables_of_another_repository_are_not_followed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert kinds(compared(repository, "v1")) == {"mixing": Kind.REVISED}


def test_a_machine_without_git(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NothingToCompare, match="install git"):
        differences(read_project(draft), "v1")
    assert kinds(compared(draft)) == CHANGED, "git is not needed"


def test_git_that_says_nonsense(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], 0, b"surprise\n", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_o: done)
    with pytest.raises(NoRevision):
        project_at(draft, "v1")


# Words for people.


def test_the_text(draft: Path, capsys: Capture) -> None:
    assert call(draft) == ExitCode.DONE
    assert capsys.readouterr().out == TEXT


TEXT = """\
What changed from edition 3 to edition 4 draft

D1 Mix it well
    revised: it says something else now
    What it says differs
    points: [-Weigh-] {+Never weigh+} both • Wait a little
    not declared yet

OV1 Bake it hot
    correction: a slip put right; it means the same
    Spelling differs in a few letters
    lead: Heat [-mkaes-] {+makes+} the crust.
    not declared yet

Also different
    edition: 3 → 4

Cards: 1 revised, 1 correction, 1 unchanged
Activities and pages: 13 unchanged
2 changes are not declared yet: “deckgen diff --declare” writes entries to fill in.
"""


def test_nothing_to_tell(folder: Path, capsys: Capture) -> None:
    issued(folder)
    assert call(folder, "--exit-code") == ExitCode.DONE
    assert "Nothing has changed.\nCards: 3 unchanged\n" in capsys.readouterr().out


def test_long_stretches_that_stayed_are_shortened() -> None:
    stayed = " ".join(f"w{n}" for n in range(20))
    change = WordChange(
        "lead", (("=", stayed), ("-", "x"), ("=", stayed), ("+", "y"), ("=", stayed))
    )
    assert [text for _, text in shortened(change)] == [
        "… w16 w17 w18 w19",
        "x",
        "w0 w1 w2 w3 … w16 w17 w18 w19",
        "y",
        "w0 w1 w2 w3 …",
    ]
    short = WordChange("lead", (("=", "a b c"), ("+", "y")))
    assert shortened(short) == short.pieces


def test_colour_is_for_eyes_alone(draft: Path) -> None:
    found = compared(draft)
    coloured = diff_text(found, colour=True)
    assert "\x1b[31m[-Weigh-]\x1b[0m" in coloured
    assert "\x1b[32m{+Never weigh+}\x1b[0m" in coloured
    assert "\x1b" not in diff_text(found)


def test_looks_with_one_reason_are_told_together(folder: Path, capsys: Capture) -> None:
    issued(folder)
    change(folder, "deck.toml", 'theme = "gallery"', 'theme = "masthead"')
    call(folder)
    out = capsys.readouterr().out
    assert "it is drawn differently: theme: gallery → masthead; new theme files" in out
    assert "cards: D1, D2" in out
    assert "draft after edition 3" in out


def test_declared_reasons_are_shown(draft: Path, capsys: Capture) -> None:
    declare(draft, ("mixing", "revised"))
    call(draft)
    out = capsys.readouterr().out
    assert "declared as revised: Because." in out
    assert "1 change is not declared yet" in out


def test_no_control_characters_reach_a_terminal(draft: Path) -> None:
    found, _ = differences(read_project(draft), None)
    assert found
    names = {"name": "D1 \x1b[31mread", "old_name": "D1 \x1b[31mthat"}
    found = replace(found, changes=tuple(replace(made, **names) for made in found.changes))
    said = diff_text(found) + changelog(found)
    assert "31mread" in said and "31mthat" in said and "\x1b" not in said


def test_control_characters_in_an_escape_are_refused(draft: Path) -> None:
    change(draft, "deck.toml", 'title = "Bread"', r'title = "Br\u001b[31mead"')
    found, problems = differences(read_project(draft), None)
    assert found is None and [p.code for p in problems] == ["character-forbidden"]


# Formats for programs and readers.


def test_json_has_the_keys_that_are_documented(draft: Path, capsys: Capture) -> None:
    declare(draft, ("mixing", "correction"))
    assert call(draft, "--json") == ExitCode.DONE
    record = json.loads(capsys.readouterr().out)
    page = (Path(__file__).parents[2] / "docs" / "editions.md").read_text(encoding="utf-8")
    for key in (*record, *record["changes"][0], *record["old"], *record["facts"][0]):
        assert f"`{key}`" in page, key
    assert record["old"]["edition"] == "3"
    assert record["cards"] == {"revised": 1, "correction": 1, "unchanged": 1}
    assert record["undeclared"] == ["baking"]
    assert record["changes"][0]["declared"] == {"class": "correction", "reason": "Because."}
    assert record["changes"][0]["words"][0]["pieces"][0] == {"sign": "-", "text": "Weigh"}
    assert [found["code"] for found in record["problems"]] == ["change-understated"]


def test_an_entry_of_a_changelog(draft: Path, capsys: Capture) -> None:
    declare(draft, ("mixing", "revised"), ("baking", "correction"))
    change(draft, "cards/D.md", "# D1 Mix it well", "# D1 Mix \\*it\\* well [now]")
    assert call(draft, "--markdown") == ExitCode.DONE
    out = capsys.readouterr().out
    assert out == (
        "## Edition 4, Jan 2026\n\nWhat changed since edition 3.\n\n"
        "### Says something else now\n\n- **D1 Mix \\*it\\* well \\[now\\]**: Because.\n\n"
        "### Slips put right\n\n- **OV1 Bake it hot**: Because.\n"
    )


def test_an_understated_class_is_not_told_to_readers(draft: Path) -> None:
    declare(draft, ("mixing", "correction"))
    assert "### Says something else now\n\n- **D1" in changelog(compared(draft))


def test_one_reason_for_many_is_one_line(draft: Path) -> None:
    path = draft / "content/editions/4-changes.toml"
    text = '[[changes]]\nwhat = ["mixing", "baking"]\nkind = "revised"\nreason = "Clearer."\n'
    path.write_text(text, encoding="utf-8")
    assert "- **D1 Mix it well**, **OV1 Bake it hot**: Clearer.\n" in changelog(compared(draft))


def test_one_format_at_a_time(draft: Path) -> None:
    assert call(draft, "--json", "--markdown") == ExitCode.USAGE


@pytest.mark.parametrize("words", [(), ("--json",), ("--markdown",)])
def test_the_exit_code_tells_if_asked(draft: Path, words: tuple[str, ...]) -> None:
    assert call(draft, *words) == ExitCode.DONE
    assert call(draft, *words, "--exit-code") == ExitCode.DIFFERENCES


# Declaring.


def changes_file(folder: Path) -> Path:
    return folder / "content" / "editions" / "4-changes.toml"


def test_entries_are_written_and_every_word_that_is_there_stays(
    draft: Path, capsys: Capture
) -> None:
    assert call(draft, "--declare") == ExitCode.DONE
    assert "4-changes.toml" in capsys.readouterr().out
    path = changes_file(draft)
    text = path.read_text(encoding="utf-8").replace('reason = ""', 'reason = "Clearer."   # by Jo')
    path.write_text(text, encoding="utf-8")
    change(draft, "cards/D.md", "- Keep it warm", "- Keep it cold")
    assert call(draft, "--declare") == ExitCode.DONE
    after = path.read_text(encoding="utf-8")
    assert after.startswith(text.rstrip())
    assert [entry.reason for entry in compared(draft).declared] == ["Clearer.", "Clearer.", ""]
    assert call(draft, "--declare") == ExitCode.DONE
    assert path.read_text(encoding="utf-8") == after
    assert "Every change has an entry already." in capsys.readouterr().out


def test_a_short_list_is_written_anew_with_its_reasons(draft: Path) -> None:
    path = changes_file(draft)
    entry = '{what = ["mixing"], kind = "revised", reason = "Clearer."}'
    path.write_text(f"changes = [{entry}]\n", encoding="utf-8")
    assert call(draft, "--declare") == ExitCode.DONE
    assert [(e.keys, e.reason) for e in compared(draft).declared] == [
        (("mixing",), "Clearer."),
        (("baking",), ""),
    ]


def test_a_file_that_can_t_be_read_is_left_alone(draft: Path, capsys: Capture) -> None:
    changes_file(draft).write_text("[[changes]\n", encoding="utf-8")
    assert call(draft, "--declare") == ExitCode.CONTENT
    assert changes_file(draft).read_text(encoding="utf-8") == "[[changes]\n"
    assert "4-changes.toml:1" in capsys.readouterr().err
    assert call(draft) == ExitCode.CONTENT


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_what_was_issued_is_not_declared_again(
    folder: Path, capsys: Capture, as_json: tuple[str, ...]
) -> None:
    issued(folder)
    change(folder, "cards/D.md", "- Weigh both", "- Never weigh both")
    assert call(folder, "--declare", *as_json) == ExitCode.EDITION_CONFLICT
    said = "".join(capsys.readouterr())
    assert "Write the next edition's number" in said
    assert [p.name for p in (folder / "content/editions").iterdir()] == ["3.toml"]


def test_only_changes_since_the_latest_edition_are_declared(draft: Path) -> None:
    other = draft.with_name("other")
    shutil.copytree(draft, other)
    assert call(draft, str(other), "--declare") == ExitCode.EDITION_CONFLICT
    assert not changes_file(draft).exists()


def test_a_disk_that_refuses(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_args: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "write", no)
    assert call(draft, "--declare") == ExitCode.CANNOT_WRITE
    assert [p.name for p in (draft / "content/editions").iterdir()] == ["3.toml"]


def test_both_sides_may_be_one_folder(draft: Path) -> None:
    assert kinds(compared(draft, str(draft))) == {}

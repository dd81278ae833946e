from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deckgen import __version__
from deckgen.__main__ import run
from deckgen.building import build
from deckgen.building import check as checking
from deckgen.disk import CannotWrite
from deckgen.exit_codes import ExitCode
from deckgen.store.output_folder import output_folder
from tests.conftest import DAY_OF_ISSUE

ENV = {
    **os.environ,
    "PYTHONPATH": str(Path(build.__file__).parent.parent),
    "SOURCE_DATE_EPOCH": DAY_OF_ISSUE,
}
HEAVY = ("reportlab", "pypdf", "PIL", "fontTools", "icu4py", "bidi", "pyphen", "babel")


def deckgen(*words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deckgen", *words],
        cwd=cwd,
        env={**ENV, **env},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def modules_after(words: list[str], cwd: Path) -> set[str]:
    """What a command line loads."""
    script = (
        "import sys, contextlib, io\n"
        "from deckgen.__main__ import run\n"
        "with contextlib.redirect_stdout(io.StringIO()): run(sys.argv[1:])\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=cwd,
        env=ENV,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_list_of_commands_reads_no_project(tmp_path: Path) -> None:
    loaded = modules_after(["--help"], tmp_path)
    assert "click" in loaded and not loaded & {"_hashlib", "unicodedata", "tomllib"}


def test_help_loads_click_and_nothing_heavy(tmp_path: Path) -> None:
    loaded = modules_after(["build", "--help"], tmp_path)
    assert "click" in loaded
    assert not loaded & {*HEAVY, "uharfbuzz", "markdown_it", "json"}


def test_check_loads_no_pdf_library(deck_folder: Path) -> None:
    loaded = modules_after(["check"], deck_folder)
    assert "uharfbuzz" in loaded
    assert not loaded & {*HEAVY, "segno", "markdown_it"}


def test_markdown_is_loaded_for_stars_that_can_be_read_in_two_ways(deck_folder: Path) -> None:
    path = deck_folder / "content" / "cards" / "KC.md"
    path.write_text(path.read_text("utf-8").replace("\n- ", "\n- **5**x ", 1), "utf-8")
    assert "markdown_it" in modules_after(["check"], deck_folder)


@pytest.mark.parametrize("command", ["stocks", "schema"])
def test_what_shows_no_words_measures_none(command: str, deck_folder: Path) -> None:
    assert not modules_after([command], deck_folder) & {*HEAVY, "uharfbuzz", "markdown_it"}


def test_colours_ask_the_press_and_no_font(deck_folder: Path) -> None:
    loaded = modules_after(["colours"], deck_folder)
    assert "PIL" in loaded
    assert not loaded & {"reportlab", "pypdf", "uharfbuzz", "markdown_it"}


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == ExitCode.DONE
    assert capsys.readouterr().out == f"deckgen {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [["bild"], ["build", "cards"], ["build", "--turn", "left"], ["new"], ["check", "--fast"]],
)
def test_what_is_not_understood(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == ExitCode.USAGE
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--dpi", "600"],
        ["sheets", "--format", "tiff"],
        ["print", "--no-bleed"],
        ["--size", "poker"],
        ["workbook", "--standard", "x-1a"],
        ["--cards", "K1", "--booklet-paper", "letter"],
    ],
)
def test_an_option_that_no_target_heeds_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", *words]) == ExitCode.USAGE
    assert f"{words[-1] if words[-1][0] == '-' else words[-2]} is for " in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check"], ["build"], ["check", "--project", "."]])
def test_no_project_here(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == ExitCode.USAGE
    assert "deckgen new" in capsys.readouterr().err


def test_a_deck_in_order(
    deck_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(deck_folder / "content" / "cards")
    assert run(["check"]) == ExitCode.DONE
    assert capsys.readouterr().out == "No problems found.\n"


def spoil(folder: Path) -> None:
    """Leave out a card that deck.toml counts."""
    path = folder / "content" / "cards" / "K.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("# K12 ")], encoding="utf-8")


def test_errors_are_listed_and_stop_the_build(
    deck_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(deck_folder)
    assert run(["check", "--project", str(deck_folder)]) == ExitCode.CONTENT
    out = capsys.readouterr().out
    assert "  error  " in out
    assert "    → " in out
    assert run(["build", "--project", str(deck_folder)]) == ExitCode.CONTENT
    said = capsys.readouterr()
    assert said.out == ""
    assert "K12" in said.err
    assert not (deck_folder / "output").exists()


def test_json_for_programs(deck_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(deck_folder)
    assert run(["check", "--json", "--project", str(deck_folder)]) == ExitCode.CONTENT
    record = json.loads(capsys.readouterr().out)
    assert record["outputs"] == []
    assert any("K12" in problem["found"] for problem in record["problems"])


def test_files_are_built_and_named(deck_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["build", "screen", "--json", "--project", str(deck_folder)]
    assert run(words) == ExitCode.DONE
    said = capsys.readouterr()
    assert json.loads(said.out)["outputs"] == [str(deck_folder / "output" / "deck-screen.pdf")]
    assert said.err == ""


def test_a_refusal_is_one_line(deck_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (deck_folder / "output").mkdir()
    (deck_folder / "output" / "workbook.pdf").write_bytes(b"filled in")
    words = ["build", "workbook", "--project", str(deck_folder)]
    assert run(words) == ExitCode.CANNOT_WRITE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "workbook.pdf" in said
    assert "--force" in said
    assert run([*words, "--json"]) == ExitCode.CANNOT_WRITE
    record = json.loads(capsys.readouterr().out)
    assert record["problems"][0]["code"] == "output-changed"


@pytest.mark.parametrize("words", [["preview", "cards"], ["calibrate"], ["schema"]])
def test_whatever_is_refused_a_place_says_so(
    words: list[str], deck_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("output", "schemas"):
        (deck_folder / name).write_bytes(b"no folder")
    assert run([*words, "--project", str(deck_folder)]) == ExitCode.CANNOT_WRITE
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("deckgen: ")
    if words[0] == "preview":
        assert run([*words, "--json", "--project", str(deck_folder)]) == ExitCode.CANNOT_WRITE
        record = json.loads(capsys.readouterr().out)
        assert [found["code"] for found in record["problems"]] == ["cannot-write"]


def test_two_builds_at_once(deck_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with output_folder(deck_folder / "output"):
        words = ["build", "screen", "--project", str(deck_folder)]
        assert run(words) == ExitCode.CANNOT_WRITE
    assert "Another deckgen" in capsys.readouterr().err


def test_our_own_bug_is_one_line_and_more_on_request(
    deck_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_args: object) -> None:
        raise KeyError("layout\nof nothing")

    monkeypatch.setattr(checking, "check", broken)
    monkeypatch.delenv("DECKGEN_DEBUG", raising=False)
    assert run(["check", "--project", str(deck_folder)]) == ExitCode.BUG
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "KeyError" in said
    assert "report" in said
    monkeypatch.setenv("DECKGEN_DEBUG", "1")
    assert run(["check", "--project", str(deck_folder)]) == ExitCode.BUG
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_a_build(
    deck_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: signal.Signals,
) -> None:
    def stopped(*_args: object, **_options: object) -> None:
        signal.raise_signal(number)

    monkeypatch.setattr(build.Job, "files", stopped)
    assert run(["build", "--project", str(deck_folder)]) == ExitCode.INTERRUPTED
    assert "stopped" in capsys.readouterr().err
    assert not list((deck_folder / "output").glob("*.pdf"))


def test_a_reader_that_leaves_early(deck_folder: Path) -> None:
    spoil(deck_folder)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "deckgen", "check", "--project", str(deck_folder)],
        env=ENV,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_goes_nowhere(deck_folder: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "deckgen", "check", "--project", str(deck_folder)],
            env=ENV,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_terminal_with_few_letters(deck_folder: Path, words: list[str]) -> None:
    spoil(deck_folder)
    done = deckgen("check", *words, cwd=deck_folder, PYTHONIOENCODING="ascii")
    assert done.returncode == ExitCode.CONTENT
    assert "K12" in done.stdout


def test_python_dash_m(tmp_path: Path) -> None:
    assert "Examples:" in deckgen("--help", cwd=tmp_path).stdout


# deckgen new


def test_a_new_project_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a" / "my-deck"
    assert run(["new", str(folder)]) == ExitCode.DONE
    assert "deckgen build" in capsys.readouterr().out
    assert (folder / "content" / "deck.toml").is_file()
    assert (folder / "templates" / "fonts.toml").is_file()
    assert (folder / "fonts" / "OFL.txt").is_file()
    assert [p.name for p in folder.parent.iterdir()] == ["my-deck"]
    assert run(["check", "--project", str(folder)]) == ExitCode.DONE


def test_a_new_project_in_an_empty_folder(tmp_path: Path) -> None:
    assert run(["new", str(tmp_path)]) == ExitCode.DONE
    assert (tmp_path / "content").is_dir()


@pytest.mark.parametrize("kind", ["full", "file", "link"])
def test_a_new_project_replaces_nothing(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "taken"
    if kind == "full":
        (folder / "x").mkdir(parents=True)
    elif kind == "file":
        folder.write_text("words")
    else:
        folder.symlink_to(tmp_path / "elsewhere")
    assert run(["new", str(folder)]) == ExitCode.CANNOT_WRITE
    assert "not an empty folder" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_copy_cut_short_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert run(["new", str(tmp_path / "deck")]) == ExitCode.CANNOT_WRITE
    assert "The disk is full" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_imported_from_deckgen() -> None:
    import deckgen as package

    for name in package.__all__:
        assert getattr(package, name) is not None
    assert package.CannotWrite is CannotWrite
    with pytest.raises(AttributeError):
        package.nothing  # noqa: B018


def test_large_print_reaches_the_build(deck_folder: Path) -> None:
    done = deckgen("build", "workbook", "--large-print", cwd=deck_folder)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert "workbook-large-print.pdf" in done.stdout


def test_a_new_project_was_issued_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "starter"
    (home / "content" / "editions").mkdir(parents=True)
    (home / "content" / "editions" / "1.toml").write_text("theirs", encoding="utf-8")
    for part in ("templates", "fonts"):
        (home / part).mkdir()
    monkeypatch.setattr("deckgen.project.starter_folder", lambda: home)
    assert run(["new", str(tmp_path / "mine")]) == ExitCode.DONE
    assert not (tmp_path / "mine" / "content" / "editions").exists()


START = Path(build.__file__).parents[2] / "start.py"


@pytest.mark.parametrize(("stdin", "heard"), [(None, "from the person"), (subprocess.DEVNULL, "")])
def test_start_py_lets_a_command_ask(tmp_path: Path, stdin: int | None, heard: str) -> None:
    """Its tools get no input, but a command of deckgen's may have a question."""
    said = tmp_path / "said.txt"
    listen = f"import sys, pathlib; pathlib.Path({str(said)!r}).write_text(sys.stdin.read())"
    inside = (
        f"import runpy, sys; call = runpy.run_path({str(START)!r})['call']; "
        f"sys.exit(call(sys.executable, '-c', {listen!r}, stdin={stdin!r}))"
    )
    command = [sys.executable, "-c", inside]
    subprocess.run(command, input="from the person", text=True, check=True)
    assert said.read_text() == heard


@pytest.mark.parametrize(
    ("words", "place", "offered"),
    [("deckgen bu", 1, {"build"}), ("deckgen build sc", 2, {"screen"}), ("deckgen x", 1, set())],
)
def test_the_shell_can_complete_words(words: str, place: int, offered: set[str]) -> None:
    """As the lines in docs/commands.md set it up."""
    asked = {"_DECKGEN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    script = "import sys; from deckgen.__main__ import main; sys.argv[0] = 'deckgen'; main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=ENV | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.partition(",")[2] for line in done.stdout.split()} == offered

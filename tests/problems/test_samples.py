"""Every problem code has a sample that triggers it, at its place and in these words.

A sample is a small valid project with one thing changed:

    expect FILE[:LINE[:COLUMN]]      where the problem must be
    says WORDS                       what it must say, in "found" or "todo"

    replace FILE                     exchange text (between "--- from" and "--- to")
    encode FILE ENCODING             the same, and save in another encoding
    delete FILE · repeat FILE TIMES · bytes FILE (hexadecimal below)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from deckgen.options import Options
from deckgen.problem import _KINDS, CATALOGUE, Place, Problem, Severity, problem
from deckgen.project import Project
from tests.laid_out import lay_out
from tests.layout.made_up import look_files

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLES = sorted(HERE.glob("samples/*.txt"))
PAGE = ROOT / "docs" / "problems.md"
TODAY = date(2026, 6, 1)  # while the mini project's edition is in force

# These need a real disk or environment; the tests named here trigger them.
ELSEWHERE = {
    "table-unreadable": "tests/interchange/test_spreadsheet.py",
    "table-columns": "tests/interchange/test_plan.py",
    "table-cell": "tests/interchange/test_plan.py",
    "document-unclear": "tests/interchange/test_word_document.py",
    "document-left-out": "tests/interchange/test_word_document.py",
    "path-outside": "tests/test_project.py",
    "file-ignored": "tests/test_project.py",
    "file-unreadable": "tests/test_project.py",
    "date-invalid": "tests/test_project.py",
    "output-changed": "tests/test_outputs.py",
    "cannot-write": "tests/test_outputs.py",
    "letters-unsettable": "tests/design/test_settable.py",
    "colours-alike": "tests/design/test_vision.py",
    "colours-shared": "tests/design/test_section_colours.py",
    "colour-unprintable": "tests/design/test_section_colours.py",
    "sections-alike": "tests/design/test_section_colours.py",
    "halves-differ": "tests/design/test_vision.py",
    "qr-no-room": "tests/layout/test_qr.py",
    "hole-in-words": "tests/sheets/test_finishing.py",
    "printer-otherwise": "tests/sheets/test_registration.py",
    "profile-unusable": "tests/pdf/test_press.py",
    "ink-too-much": "tests/pdf/test_press.py",
    "id-withdrawn": "tests/control/test_issue.py",
    "id-changed": "tests/control/test_issue.py",
    "person-missing": "tests/control/test_issue.py",
    "edition-broken": "tests/control/test_issue.py",
    "edition-changed": "tests/control/test_issue.py",
    "edition-taken": "tests/control/test_issue.py",
    "change-undeclared": "tests/control/test_issue.py",
    "change-understated": "tests/control/test_issue.py",
    "change-repeated": "tests/control/test_issue.py",
    "change-unknown": "tests/control/test_issue.py",
    "edition-unissued": "tests/control/test_reissue.py",
    "edition-unknown": "tests/control/test_reissue.py",
    "look-changed": "tests/control/test_same_mark_same_card.py",
    "plan-stale": "tests/control/test_reissue.py",
    "selection-invalid": "tests/model/test_selection.py",
    "file-mended": "tests/test_refresh.py",
    **dict.fromkeys(
        ("part-unreadable", "part-untagged", "part-left-out", "part-paper"),
        "tests/readback/test_foreign.py",
    ),
    **dict.fromkeys(("picture-coarse", "picture-too-coarse"), "tests/pictures/test_fit.py"),
    "picture-words": "tests/pictures/test_library.py",
    **dict.fromkeys(
        ("picture-unusable", "picture-simplified"), "tests/pictures/test_odd_pictures.py"
    ),
    **dict.fromkeys(
        ("answers-unreadable", "answers-foreign", "answers-flattened", "answers-several"),
        "tests/test_refresh.py",
    ),
    **dict.fromkeys(("answer-unsure", "answer-beside", "answers-odd"), "tests/test_refresh.py"),
    "answer-left-over": "tests/test_refresh.py",
    **dict.fromkeys(("answers-unplaced", "answer-reworded"), "tests/answers/test_refresh_moved.py"),
}


@dataclass(frozen=True)
class Sample:
    """A sample file, parsed."""

    code: str
    expect: str
    says: str
    change: list[str]
    body: str


def mini_files() -> dict[str, bytes]:
    """The small valid project, with the real templates and fonts."""
    content = HERE / "mini"
    files = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in content.rglob("*.*")
        if path.is_file()
    }
    return {**files, **look_files()}


def read_sample(path: Path) -> Sample:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    lines = dict(line.split(" ", 1) for line in head.splitlines())
    change, _, body = rest.partition("\n")
    return Sample(path.stem, lines["expect"], lines["says"], change.split(), body)


def changed(sample: Sample) -> dict[str, bytes]:
    """The mini project with the sample's change."""
    files = mini_files()
    verb, file, *more = sample.change
    assert file in files, file
    if verb == "delete":
        del files[file]
    elif verb == "repeat":
        files[file] *= int(more[0])
    elif verb == "bytes":
        files[file] = bytes.fromhex(sample.body)
    else:
        old, _, new = sample.body.removeprefix("--- from\n").partition("\n--- to\n")
        text = files[file].decode()
        assert old in text, old
        files[file] = text.replace(old, new.removesuffix("\n"), 1).encode(
            more[0] if more else "utf-8"
        )
    return files


def problems_of(files: dict[str, bytes]) -> list[Problem]:
    return lay_out(Project(ROOT, files, (), today=TODAY), Options())[1]


def problems_page() -> str:
    """docs/problems.md: a line for every code."""
    lines = [
        "# Problems",
        "",
        "What `deckgen check` and the other commands can find. "
        "An error stops the build; a warning does not.",
        "",
        "| code | | what it means |",
        "|---|---|---|",
    ]
    for kind in sorted(CATALOGUE.values(), key=lambda kind: kind.code):
        lines.append(f"| `{kind.code}` | {kind.severity} | {kind.meaning} |")
    return "\n".join(lines) + "\n"


def test_the_mini_project_has_no_problems() -> None:
    assert problems_of(mini_files()) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    sample = read_sample(path)
    problems = problems_of(changed(sample))
    hits = [p for p in problems if p.code == sample.code]
    assert hits, problems
    assert any(
        str(p.place) == sample.expect and sample.says in f"{p.found} {p.todo}" for p in hits
    ), hits
    assert hits[0].severity is CATALOGUE[sample.code].severity


def test_no_code_stands_twice() -> None:
    assert [kind.code for kind in _KINDS] == list(CATALOGUE)


def test_every_code_has_a_sample() -> None:
    assert {path.stem for path in SAMPLES} | set(ELSEWHERE) == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_codes_without_a_sample_are_tested_elsewhere(code: str) -> None:
    assert f'"{code}"' in (ROOT / ELSEWHERE[code]).read_text(encoding="utf-8")


def test_a_warning_alone_does_not_stop_the_build() -> None:
    sample = read_sample(HERE / "samples" / "reference-words-disagree.txt")
    layout, problems = lay_out(Project(ROOT, changed(sample), ()), Options())
    assert layout is not None
    assert [p.severity for p in problems] == [Severity.WARNING]


def test_all_problems_come_at_once() -> None:
    files = mini_files()
    text = files["content/cards/D.md"].decode()
    text = text.replace("See also: D2, OV1", "See also: D9").replace(
        "- Weigh both", "- <b>Weigh</b>"
    )
    files["content/cards/D.md"] = text.encode()
    files["content/deck.toml"] = files["content/deck.toml"].replace(b"cards = 1", b"cards = 2")
    assert [p.code for p in problems_of(files)] == [
        "reference-dead",
        "markup-unknown",
        "card-missing",
    ]


def test_an_unknown_code_is_our_bug() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", Place("x"), "", "")


def test_the_page_of_problems_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == problems_page()


if __name__ == "__main__":
    PAGE.write_text(problems_page(), encoding="utf-8")

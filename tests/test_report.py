from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from deckgen.problem import Place, Problem, Severity
from deckgen.report import (
    as_json,
    count_line,
    outputs_text,
    problems_text,
    progress_line,
    wants_colour,
)

LONG = Problem("text-too-long", Place("content/cards/K.md", 12, 3), "It runs over.", "Cut it.")
ODD = Problem("file-ignored", Place("content/a.doc"), "Not read.", "Move it.", Severity.WARNING)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_problem_says_where_what_and_what_to_do() -> None:
    assert problems_text([LONG]) == (
        "content/cards/K.md:12:3  error  text-too-long\n"
        "    It runs over.\n"
        "    → Cut it.\n"
        "\n"
        "1 error in 1 file.\n"
    )


def test_the_count() -> None:
    assert count_line([LONG, LONG, ODD]) == "2 errors and 1 warning in 2 files."
    assert count_line([ODD]) == "1 warning in 1 file."


def test_nothing_to_say() -> None:
    assert problems_text([]) == "No problems found.\n"


def test_colour_marks_the_severity_only() -> None:
    assert "\x1b" not in problems_text([LONG, ODD])
    assert problems_text([LONG], colour=True).count("\x1b[") == 2


@pytest.mark.parametrize(
    ("stream", "env", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_only_for_eyes(stream: io.StringIO, env: dict[str, str], wanted: bool) -> None:
    assert wants_colour(stream, env) is wanted


def test_text_from_a_file_cannot_steer_the_terminal() -> None:
    nasty = Problem("x", Place("a\x1b[2J.md"), "says \x1b]0;owned\x07\nand more", "do\r\nit")
    shown = problems_text([nasty])
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "    → do it\n" in shown


def test_json_holds_everything() -> None:
    record = json.loads(as_json([LONG, ODD], [Path("/o/pack.pdf")]))
    assert record["outputs"] == ["/o/pack.pdf"]
    assert record["problems"][0] == {
        "file": "content/cards/K.md",
        "line": 12,
        "column": 3,
        "severity": "error",
        "code": "text-too-long",
        "found": "It runs over.",
        "todo": "Cut it.",
    }
    assert record["problems"][1]["severity"] == "warning"


def test_outputs_are_named_from_where_the_person_is() -> None:
    outputs = [Path("/here/output/pack.pdf"), Path("/there/workbook.pdf")]
    said = outputs_text(outputs, Path("/here"))
    assert said == "Wrote output/pack.pdf\nWrote /there/workbook.pdf\n"


def test_progress_is_for_terminals() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        show = progress_line(stream)
        show("Saving")
        show("")
    assert terminal.getvalue() == "\r\x1b[KSaving …\r\x1b[K"
    assert pipe.getvalue() == ""

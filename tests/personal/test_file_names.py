"""Names of files that are made of anything at all."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import is_normalized

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.personal.file_names import MOST_BYTES, clashes, safe_name, unknown_names

WORDS = st.text(st.characters(codec="utf-8"), max_size=300)


@given(WORDS)
@example("../../etc/passwd")
@example("CON")
@example("com¹.old")
@example("lpt1 .x")
@example("a" * 500 + "\u0301")
@example("\u202egnp")
@example(". . .")
@example("C:\\Windows\\system32")
@example("𝔸" * 100)
@example("A\u030a")
@example("nul\u00a0")
def test_any_name_is_safe_everywhere(team: str) -> None:
    for pattern in ("{team}.pdf", "{team} workbook.pdf", "{team}"):
        name = safe_name(pattern, {"team": team})
        if not name:
            continue
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert not PureWindowsPath(name).is_reserved()
        assert name.endswith(".pdf") and not name.startswith((".", " ", "~"))
        assert len(name.encode()) <= MOST_BYTES + 1
        assert name.isprintable() and is_normalized("NFC", name)
        assert not set(name) & set('<>:"/\\|?*')
        assert name.removesuffix(".pdf").strip(" .")
        assert safe_name(pattern, {"team": team}) == name


@given(WORDS.filter(lambda words: any(c.isalnum() for c in words)))
def test_any_name_with_a_letter_gets_a_file(team: str) -> None:
    assert safe_name("{team}.pdf", {"team": team})


@pytest.mark.parametrize(
    ("team", "name"),
    [
        ("Team A", "Team A workbook.pdf"),
        ("N/A: the “best”?", "N-A- the “best”- workbook.pdf"),
        ("פיקדון", "פיקדון workbook.pdf"),
        ("Ünit\t one\n", "Ünit one workbook.pdf"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_what_can_stay_stays(team: str, name: str) -> None:
    assert safe_name("{team} workbook.pdf", {"team": team}) == name


def test_devices_of_windows_are_no_files() -> None:
    assert [safe_name("{team}.pdf", {"team": t}) for t in ("con", "Aux.b", "cone")] == [
        *("_con.pdf", "_Aux.b.pdf", "cone.pdf")
    ]


def test_names_that_some_system_takes_for_one() -> None:
    names = ["Team A.pdf", "Straße.pdf", "team a.pdf", "A\u030a.pdf", "å.pdf", "STRASSE.pdf"]
    assert clashes(names) == [(0, 2), (3, 4), (1, 5)]
    assert clashes(["a.pdf", "b.pdf"]) == []


def test_names_in_braces() -> None:
    assert unknown_names("{team} {x} {date}") == ["x"]
    assert safe_name("{number} {team}", {"number": "7", "team": "A"}) == "7 A.pdf"

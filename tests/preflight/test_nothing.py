"""What each requirement says of a file that has nothing of what it speaks of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary

from deckgen.preflight.check import preflight
from deckgen.preflight.report import as_data, as_table
from deckgen.preflight.rules import BY_KEY, RULES, X1A, X4
from tests.preflight.breaks import Break, draw, letters, listed, note, numbered, put, shown
from tests.preflight.conftest import STANDARDS, broken

# Needed and missing; forbidden, looked for and not there; nothing there that it is on each of.
FAILS = "ID INTENT PROFILE INFO TRAPPED CLAIM XMP BOXES".split()
PASSES = (
    "READ VERSION XREF ENCRYPTION VIEW FORM ACTIONS FILES CLEAR LAYERS CURVES POSTSCRIPT OVERPRINT "
    "UNIT".split()
)
EMPTY = (
    "SYNC NOTES FONTS COLOUR LAB LAYER-STATES PACKING STAND-INS OPERATORS BLEED SIZE INK LINES "
    "SMALL PICTURES OWN-INKS LETTERS".split()
)
EXPECTED = dict.fromkeys(FAILS, "fail") | dict.fromkeys(PASSES, "pass")
EXPECTED |= dict.fromkeys(EMPTY, "none")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with one page, and nothing else that can be left out."""
    path = tmp_path_factory.mktemp("bare") / "bare.pdf"
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 300))
        del document.pages[0].obj["/Resources"]
        document.save(path, compress_streams=False)
    return re.sub(rb"/ID\s*\[.*?\]", b"", path.read_bytes(), flags=re.DOTALL)


CASES = [(s, rule.key) for s in STANDARDS for rule in RULES if s in rule.standards]


@pytest.mark.parametrize(("standard", "key"), CASES)
def test_nothing_is_not_a_pass_unless_it_is_what_was_asked_for(
    bare: bytes, standard: str, key: str
) -> None:
    assert preflight(bare, standard).outcome(BY_KEY[key]) == EXPECTED[key]


@pytest.mark.parametrize("key", EMPTY)
def test_only_a_requirement_on_each_of_a_kind_has_a_word_for_the_kind(key: str) -> None:
    assert BY_KEY[key].of
    assert {rule.key for rule in RULES if rule.of} == {*EMPTY, "PROFILE"}


def filled(standard: str) -> Break:
    """Something of everything that our own files have nothing of."""

    def change(document: pikepdf.Pdf) -> None:
        draw(b"BT /N 12 Tf <00010002> Tj ET 0 0 m 9 9 l S", Font={"N": numbered})(document)
        draw(b"BT /L 12 Tf (a) Tj ET", Font={"L": letters(b"0 0 750 750 re f")})(document)
        shown()(document)
        note("Text", -70, -70, -50, -50)(document)
        if standard == X4:
            put("Root/OCProperties", Dictionary(OCGs=pikepdf.Array()))(document)

    return change


@pytest.mark.parametrize("standard", STANDARDS)
def test_something_of_each_kind_is_a_pass(files: dict[str, Path], standard: str) -> None:
    """The other half: no requirement is without anything to look at by mistake."""
    data = broken(files[standard].read_bytes(), filled(standard), compress_streams=True)
    result = preflight(data, standard)
    assert {rule.key: result.outcome(rule) for rule in result.rules} == {
        rule.key: "pass" for rule in result.rules
    }


def test_a_profile_that_is_left_to_the_register_was_not_looked_at(files: dict[str, Path]) -> None:
    result = preflight(broken(files[X1A].read_bytes(), listed), X1A)
    assert result.passed and result.outcome(BY_KEY["PROFILE"]) == "none"
    assert result.outcome(BY_KEY["INTENT"]) == "pass"


def test_table_and_data_tell_nothing_from_a_pass(bare: bytes) -> None:
    result = preflight(bare, X4)
    table = as_table(result)
    assert re.search(r"^none  FONTS .*\n        there are no fonts in it$", table, re.MULTILINE)
    assert re.search(r"^FAIL  PROFILE ", table, re.MULTILINE)
    assert "35 requirements, 8 failed, 11 met, 16 with nothing in the file to look at." in table
    (file,) = json.loads(as_data([("bare.pdf", result)], {}))["files"]
    said = {r["key"]: (r["outcome"], r["passed"]) for r in file["requirements"]}
    assert said["FONTS"] == ("none", None)
    assert said["PROFILE"] == ("fail", False)
    assert said["FORM"] == ("pass", True)


def test_what_could_not_be_looked_at_is_neither(files: dict[str, Path]) -> None:
    """A file that broke off: what failed before is told, of the rest nothing is known."""

    def spoil(document: pikepdf.Pdf) -> None:
        del document.docinfo["/Title"]
        document.pages[0].Contents = document.make_stream(b"[" * 9000 + b"]" * 9000 + b" TJ")

    result = preflight(broken(files[X4].read_bytes(), spoil), X4)
    outcomes = {rule.key: result.outcome(rule) for rule in result.rules}
    assert (outcomes["INFO"], outcomes["READ"]) == ("fail", "fail")
    assert set(outcomes.values()) == {"fail", "unread"}
    assert "nested too deeply" in as_table(result) and "pass" not in as_table(result)

"""Settings files: every fault at once, each at its line and column."""

from __future__ import annotations

import pytest
from msgspec import structs

from deckgen.content.deck import DeckSettings, read_deck_settings
from deckgen.design.printer import PrinterProfile
from deckgen.design.theme import Theme
from deckgen.editions.declarations import ChangesFile
from deckgen.problem import Problem
from deckgen.settings import locate, read_settings
from tests.layout.made_up import look_files
from tests.problems.test_samples import mini_files

TOML = mini_files()["content/deck.toml"].decode()


def faults(old: str, new: str) -> list[tuple[str, int, int]]:
    assert old in TOML
    settings, problems = read_deck_settings(TOML.replace(old, new, 1))
    assert (settings is None) == bool(problems)
    return [(p.code, p.place.line, p.place.column) for p in problems]


def test_a_good_file_has_no_faults() -> None:
    assert faults("Bread", "Breads") == []


def test_faults_come_all_at_once() -> None:
    text = TOML.replace("title =", "titel =", 1).replace("cards = 1", 'cards = "one"')
    _, problems = read_deck_settings(text.replace('"D"', '"d"'))
    assert sorted((p.code, p.place.line) for p in problems) == [
        ("setting-invalid", 17),
        ("setting-invalid", 29),
        ("setting-missing", 1),
        ("setting-unknown", 1),
    ]


def test_the_right_table_of_several_is_named() -> None:
    assert faults('prefix = "OV"', 'prefix = "oven"') == [("setting-invalid", 25, 1)]


def test_a_date_in_quotes_is_a_fault() -> None:
    assert faults("issued = 2026-01-02", 'issued = "2026-01-02"') == [("setting-invalid", 13, 1)]


def test_a_line_that_is_no_setting() -> None:
    assert faults('theme = "gallery"', "theme = gallery")[0][:2] == ("settings-syntax", 6)


def test_a_missing_table() -> None:
    assert ("setting-missing", 1, 1) in faults("[edition]", "[editon]")


def test_brackets_too_deep_are_a_fault_not_a_crash() -> None:
    _, problems = read_deck_settings("x = " + "[" * 20_000)
    assert [p.code for p in problems] == ["settings-syntax"]


def test_advice_is_for_people() -> None:
    _, problems = read_deck_settings(TOML.replace('prefix = "D"', 'prefix = "d"'))
    assert problems[0].found == "\"sections 1 prefix\" can't be 'd'."
    assert problems[0].todo == "Write one to six capital letters, as in KC."


def one(text: str, model: type = DeckSettings) -> Problem:
    problems = read_settings(text, "x.toml", model)[1]
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    ("old", "new", "found", "todo"),
    [
        ("cards = 2", "cards = 2.5", "can't be 2.5", "whole number"),
        ("cards = 2", "cards = 0", "can't be 0", "at least 1 and at most 999"),
        ("cards = 2", "cards = true", "can't be true", "whole number"),
        ("cards = 2", "cards = nan", "can't be nan", "whole number"),
        ("cards = 2", "cards = 1e999", "can't be 1e999", "whole number"),
        ("cards = 2", "cards = 0x" + "F" * 5000, "so large a number", "at most 999"),
        ("cards = 2", "cards = " + "9" * 100_000, "thousands of digits", "name = 5"),
        ("cards = 2", "cards = [2]", "can't be this list", "whole number"),
        ("cards = 2", "cards = 999\nwithdrawn = [3]", "can't be 999", "begin another section"),
        ("cards = 2", "cards = 2\nwithdrawn = [3, 3]", "sections 1 withdrawn", "each number once"),
        ('words = ["dough cards"]', "words = 3", "can't be 3", "square brackets"),
        ('title = "', 'title = 5 # "', "can't be 5", "quotation marks"),
        ('title = "', 'title = " " # "', "can't be ' '", "something between"),
        ('title = "', 'title = "\\u202e', "U+202E", "Delete"),
        ("[edition]", "[[edition]]", "can't be this list", "as a table"),
        ("review = 2027-01-02", "review = 2025-01-02", "edition review", "after the one of issue"),
        ("issued = 2026-01-02", "issued = 2026-01-02T10:00:00", "edition issued", "without quotes"),
        ("issued = 2026-01-02", "issued = 0000-01-01", "Invalid date", "2026-11-23"),
        ("theme =", "a.b." + "c." * 500 + "d = 1\ntheme =", "too many dots", "name = 5"),
        ('theme = "gallery"', 'theme = "\0gallery"', "Illegal character", "name = 5"),
    ],
)
def test_what_is_wrong_and_what_to_write(old: str, new: str, found: str, todo: str) -> None:
    assert old in TOML
    fault = one(TOML.replace(old, new, 1))
    assert found in fault.found and todo in fault.todo and fault.place.column > 0
    line = TOML.replace(old, new, 1).split("\n")[fault.place.line - 1]
    assert any(part[:9] in line for part in new.split("\n"))


def test_numbers_names_and_kinds_are_listed() -> None:
    theme = look_files()["templates/themes/gallery.toml"].decode()
    no_such = one(theme.replace('part = "pips"', 'part = "pipes"', 1), Theme)
    assert no_such.found == "There is no part called 'pipes'."
    assert no_such.todo == "Did you mean “pips”?"
    assert one(theme.replace('part = "pips"\n', "", 1), Theme).code == "setting-missing"
    change = '[[changes]]\nwhat = ["k1"]\nkind = "huge"\nreason = "So."'
    assert one(change, ChangesFile).todo.startswith("Use one of: correction, ")
    assert one(change.replace('["k1"]', "[]").replace("huge", "new"), ChangesFile).todo == (
        "Write at least one."
    )
    printer = 'name = "a/b"\nmeasured = 2026-01-02\nturn = "long"\nsheet_mm = [210, 297]'
    assert one(printer, PrinterProfile).todo.startswith("Write up to 40 letters")
    assert (
        "Write 2 of them" in one(printer.replace("/", "").replace(", 297", ""), PrinterProfile).todo
    )


def test_of_very_many_faults_the_first_are_told() -> None:
    _, problems = read_deck_settings(TOML + "".join(f"a{n} = 1\n" for n in range(50_000)))
    assert len(problems) == 101
    assert problems[-1].found == "This file has more than 100 faults; these are the first."


def test_a_large_section_is_no_fault() -> None:
    settings, _ = read_deck_settings(TOML.replace("cards = 2", "cards = 999"))
    assert settings is not None and settings.sections[0].cards == 999


def test_words_are_on_one_line() -> None:
    title = TOML.split('title = "')[1].split('"')[0]
    settings, _ = read_deck_settings(TOML.replace(title, f"  {title} \\n and  more "))
    assert settings is not None and settings.title == f"{title} and more"
    assert structs.replace(settings, title=" a  b ").title == "a b"


PLACES = """\
title = "x"
  edition.number = "1"
"odd key" = 2
[a.b]
c = { d = 1 }
[[pages]]
key = "x"
[pages.parts]
"y z" = []
[[pages]]
[[pages.deep]]
[[pages.deep]]
k = 1
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (["title"], (1, 1)),
        (["edition"], (2, 3)),
        (["edition", "number"], (2, 3)),
        (["odd key"], (3, 1)),
        (["a"], (4, 1)),
        (["a", "b", "c", "d"], (5, 1)),
        (["pages"], (6, 1)),
        (["pages", 0, "key"], (7, 1)),
        (["pages", 0, "parts", "y z", 3], (9, 1)),
        (["pages", 1, "none"], (10, 1)),
        (["pages", 1, "deep", 1, "k"], (13, 1)),
        (["pages", 2], (6, 1)),
        (["none"], (1, 1)),
    ],
)
def test_where_a_setting_stands(path: list[str | int], place: tuple[int, int]) -> None:
    assert locate(PLACES, path) == place

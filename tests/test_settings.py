"""Settings files: every fault at once, each at its line and column."""

from __future__ import annotations

from deckgen.content.deck import read_deck_settings
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

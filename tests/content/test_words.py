"""[words] in deck.toml: a deck's own words go before those of the catalogue."""

from __future__ import annotations

import pytest

from deckgen.content.deck import FILE, read_deck_settings
from deckgen.content.words import as_settings, wording_of
from deckgen.model.text import Run
from deckgen.problem import Problem
from deckgen.wording.say import SAY_ENGLISH, Wording
from tests.problems.test_samples import mini_files

TEXT = mini_files()[FILE].decode()


def wording(language: str, words: str = "") -> tuple[Wording, list[Problem]]:
    text = TEXT.replace('language = "en-GB"', f'language = "{language}"') + words
    settings, found = read_deck_settings(text)
    assert settings is not None, found
    return wording_of(settings, text)


def test_english_without_words_is_the_usual() -> None:
    assert wording("en-US") == (SAY_ENGLISH, [])


def test_an_english_deck_may_say_something_else() -> None:
    say, found = wording("en-GB", '[words]\n"Goes with" = "See"\n')
    assert not found and say.english and not say.missing
    assert say("Goes with") == (Run("See"),) and say("Turn over") == (Run("Turn over"),)


def test_spaces_in_a_key_do_not_count() -> None:
    say, found = wording("en-GB", '[words]\n" Goes  with" = "See"\n')
    assert not found and say("Goes with") == (Run("See"),)


def test_one_warning_says_how_many_words_are_english() -> None:
    say, (warning,) = wording("qaa", '[words]\n"Goes with" = "Zu"\n"Turn over" = "Um"\n')
    every = len(say.keys)
    assert warning.code == "words-english" and str(warning.place) == f"{FILE}:5:1"
    assert warning.found.startswith(f"{every - 2} of the {every} words")
    assert say("Goes with") == (Run("Zu"),)
    assert say("Talk about it") == (Run("Talk about it", language="en"),)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('"Goes wth" = "Zu"', "“Goes wth” is none of the words that deckgen adds."),
        ('"Goes with" = "Zu | Zu"', "“Goes with” has 2 forms here; pl takes 1."),
        ('"{count} card" = "a | b"', "“{count} card” has 2 forms here; pl takes 3."),
        ('"{count} card" = "a | b|"', "A form of “{count} card” is empty."),
        ('"Review by {month}" = "Do {moon}"', "“Do {moon}” should have the same names"),
        ('"{cards} in {sets}" = "{cards}"', "“{cards}” should have the same names"),
    ],
)
def test_what_does_not_fit_is_a_problem_at_its_line(words: str, said: str) -> None:
    _, found = wording("pl", f"[words]\n{words}\n")
    (problem,) = (p for p in found if p.code != "words-english")
    assert problem.found.startswith(said)
    assert problem.place.line == TEXT.count("\n") + 2


@pytest.mark.parametrize("words", ['"{count} card" = "kart: {count}"', '"{count} card" = "karty"'])
def test_a_count_may_have_one_form_and_do_without_its_number(words: str) -> None:
    assert [p.code for p in wording("pl", f"[words]\n{words}\n")[1]] == ["words-english"]


@pytest.mark.parametrize("words", ['"Goes with" = 3', '"Goes with" = ""', '"Goes with" = ["x"]'])
def test_a_word_is_a_text(words: str) -> None:
    settings, found = read_deck_settings(f"{TEXT}[words]\n{words}\n")
    assert settings is None and [p.code for p in found] == ["setting-invalid"]


def test_what_is_missing_can_be_copied_and_filled_in() -> None:
    say, _ = wording("qaa", '[words]\n"Goes with" = "Zu"\n')
    lines = as_settings(say).splitlines()
    assert lines[0] == "[words]" and len(lines) == len(say.missing) + 1
    assert all(line.startswith("# ") for line in lines[1:])
    filled = "\n".join(line.removeprefix("# ") for line in lines)
    again, found = wording("qaa", f'{filled}\n"Goes with" = "Zu"\n')
    assert not found and not again.missing
    assert '# "Goes with" = "Zu"' in as_settings(say, every=True)
    assert as_settings(SAY_ENGLISH) == ""

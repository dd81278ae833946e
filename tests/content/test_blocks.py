"""What people really type: it works, or it is a problem at its line; no word gets lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.content.cards import read_cards
from deckgen.content.inline import inline
from deckgen.content.load import load_content
from deckgen.model.deck import Card, Section
from deckgen.model.text import Run, plain
from deckgen.problem import Place, Problem
from deckgen.source import read_source
from tests.kinds import KINDS, all_words, texts

SECTION = Section("K", "Knowledge", "blue-grey", "book", 1, Place("content/deck.toml"))
ROOT = Path(__file__).resolve().parents[2]

CARD = """# K1 A title
See also: K2, K3

The lead sentence.

- First point
- Second point

## Talk about it
- Who asks?
- Who answers?
"""


def read(text: str | bytes) -> tuple[Card | None, list[Problem]]:
    raw = text.encode() if isinstance(text, str) else text
    decoded, found = read_source(raw, "content/cards/K.md")
    if decoded is None:
        return None, found
    cards, faults = read_cards(decoded, "content/cards/K.md", SECTION, KINDS)
    return (cards[0] if cards else None), found + faults


def edited(old: str, new: str) -> tuple[Card | None, list[Problem]]:
    assert old in CARD
    return read(CARD.replace(old, new))


# Edits that must simply work: the same card comes out.
SAME = {
    "bullets from a word processor": ("- First point\n- Second", "•\tFirst point\n•\tSecond"),
    "bullets without a space": ("- First point\n- Second point", "•First point\n•Second point"),
    "dashes as bullets": ("- First point\n- Second", "– First point\n– Second"),
    "stars as bullets": ("- First point\n- Second", "* First point\n* Second"),
    "indented bullets": ("- First", "   - First"),
    "a tab before": ("- First", "\t- First"),
    "blank lines in the list": ("First point\n", "First point\n\n"),
    "spaces at the end": ("First point", "First point   "),
    "no space after the hashes": ("# K1", "#K1"),
    "a code in small letters": ("# K1", "# k1"),
    "a dash behind the code": ("# K1 A", "# K1 – A"),
    "a colon behind the code": ("# K1 A", "# K1: A"),
    "a hard space behind the code": ("# K1 A", "# K1\u00a0A"),
    "no blank line below the label": ("K3\n\nThe", "K3\nThe"),
    "a blank line above the label": ("title\nSee", "title\n\nSee"),
    "no space after the label": ("also: K2", "also:K2"),
    "a label in other capitals": ("See also:", "see Also:"),
    "and between codes": ("K2, K3", "K2 and K3"),
    "semicolons between codes": ("K2, K3", "K2; K3"),
    "codes in small letters": ("K2, K3", "k2, k3"),
    "a row with a hyphen": ("K2, K3", "K2-3"),
    "a row with a dash": ("K2, K3", "K2–K3"),
    "a row in words": ("K2, K3", "K2 to K3"),
    "a full stop after codes": ("K2, K3", "K2, K3."),
    "a line broken by the editor": ("The lead sentence.", "The lead\nsentence."),
    "a point broken by the editor": ("- First point", "- First\n  point"),
    "closing hashes": ("# K1 A title", "# K1 A title #"),
    "bold round a label": ("See also: K2", "**See also:** K2"),
    "a hyphen in a label": ("See also:", "See-also:"),
    "a symbol-font bullet": ("- First", "\uf0b7 First"),
    "an outline bullet": ("- First", "o\tFirst"),
    "an em dash behind the code": ("# K1 A", "# K1 — A"),
    "another heading's capitals": ("## Talk about it", "## TALK ABOUT IT"),
    "three hashes' worth of spaces": ("## Talk", "##   Talk"),
    "soft hyphens beside spaces": ("First", "\u00adFirst\u00ad"),
}


@pytest.mark.parametrize("name", SAME)
def test_an_ordinary_edit_changes_nothing(name: str) -> None:
    card, problems = edited(*SAME[name])
    assert problems == []
    expected, _ = read(CARD)
    assert card is not None and expected is not None
    for part in ("code", "title"):
        assert getattr(card, part) == getattr(expected, part), part
    assert [(p.rule, p.rows) for p in card.parts] == [(p.rule, p.rows) for p in expected.parts]
    assert [ref.code for ref in card.see_also] == [ref.code for ref in expected.see_also]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_whatever_the_editor_saved(encoding: str) -> None:
    raw = CARD.replace("First", "Café").replace("\n", "\r\n").encode(encoding)
    card, problems = read(raw)
    assert card is not None
    assert plain(texts(card, "points")[0]) == "Café point"
    assert [p.code for p in problems] == ["encoding-guessed"] * (encoding == "cp1252")


TEXT = {
    "a year with a full stop": ("The lead sentence.", "1986. The year it began."),
    "a colon in the lead": ("The lead sentence.", "Remember: ask first."),
    "a backslash": ("The lead sentence.", "Keep C:\\new as it is."),
    "a back-tick": ("The lead sentence.", "Keep ` as it is."),
    "an ampersand": ("The lead sentence.", "R&D costs < 5 & more."),
    "an underscore in a word": ("The lead sentence.", "Keep snake_case_words whole."),
    "stars that multiply": ("The lead sentence.", "That is 4*5*6 or a*b."),
    "a minus": ("The lead sentence.", "-5 is cold."),
    "a star that multiplies": ("The lead sentence.", "Count 5 * 3 chairs."),
}


@pytest.mark.parametrize("name", TEXT)
def test_what_looks_like_markup_stays_text(name: str) -> None:
    card, problems = edited(*TEXT[name])
    assert problems == []
    assert card is not None
    assert plain(texts(card, "lead")[0]) == TEXT[name][1]


def test_bold_and_quotes() -> None:
    card, _ = edited("First point", 'Say "no" **early**, don\'t wait -- ask')
    assert card is not None
    assert plain(texts(card, "points")[0]) == "Say “no” early, don’t wait – ask"
    assert [run.text for run in texts(card, "points")[0] if run.strong] == ["early"]


FAULTS = {
    "a numbered list": ("- First point", "1. First point", "part-unfit", 6),
    "an HTML tag": ("First point", "<b>First</b> point", "markup-unknown", 6),
    "a picture": ("The lead", "![The](x.png) lead", "markup-unknown", 4),
    "a misspelt label": ("See also", "Se also", "label-unknown", 2),
    "a made-up label": ("See also: K2, K3", "Author: me", "label-unknown", 2),
    "a part that cards don't have": ("## Talk about it", "## Front", "heading-unknown", 9),
    "words behind the points": ("\n## Talk", "\nMore words.\n\n## Talk", "text-stray", 9),
    "a heading without a code": ("# K1 A title", "# A title", "card-code-invalid", 1),
    "a comment": ("The lead", "<!-- The --> lead", "markup-unknown", 4),
    "a link with a number": ("The lead", "[The][1] lead", "markup-unknown", 4),
    "a bullet without a space": ("- First", "-First", "markup-unknown", 6),
    "an empty bullet": ("- First point", "-", "markup-unknown", 6),
    "letters as a list": ("- First", "a) First", "markup-unknown", 6),
    "a misspelt label below a blank line": ("See also", "\nSee allso", "label-unknown", 3),
    "a label below the lead": ("\n- First", "\nSee also: K4\n\n- First", "label-misplaced", 6),
    "codes on two lines": ("K2, K3", "K2,\nK3", "reference-invalid", 2),
    "a letter behind the code": ("# K1 A", "# K1a A", "card-code-invalid", 1),
    "a language without a code": ("- First point", "- {Welsh: bore da}", "markup-unknown", 6),
    "bold that never ends": ("- First point", "- **First point", "markup-unknown", 6),
    "one question": ("- Who answers?\n", "", "part-count", 1),
    "three questions": ("- Who asks?", "- Why?\n- Who asks?", "part-count", 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_set_is_a_problem_at_its_line(name: str) -> None:
    old, new, code, line = FAULTS[name]
    _, problems = edited(old, new)
    assert (code, line) in [(p.code, p.place.line) for p in problems], problems


def test_what_breaks_words_breaks_no_code() -> None:
    card, problems = edited("# K1 A title", "# K\u00ad1\u200b A ti\u00adtle")
    assert not [p for p in problems if p.code == "card-code-invalid"]
    assert card and (str(card.code), card.title) == ("K1", "A ti\u00adtle")


def content_files() -> dict[str, bytes]:
    folders = (ROOT / "content", ROOT / "templates" / "cards")
    paths = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
    return {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in paths}


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def lost_words(text: str, card: Card) -> set[str]:
    """Words of a card's file that are nowhere in the card."""
    kept = [
        str(card.code),
        card.title,
        card.printed_as,
        card.id,
        "Id",
        "See also",
        "Printed as",
        "Talk about it",
        "In short",
        *(plain(text) for part in card.short for text in part.texts),
    ]
    kept += all_words(card)
    kept += [str(ref.code) for ref in card.see_also]
    return set(words_in(text)) - set(words_in(" ".join(kept)))


def test_no_word_of_a_card_is_lost() -> None:
    files = content_files()
    content, problems = load_content(files)
    assert content is not None and not problems
    for section in content.deck.sections:
        text = files[f"content/cards/{section.prefix}.md"].decode()
        for card_text in re.split(r"(?m)^# ", text)[1:]:
            code = card_text.split()[0]
            card = next(c for c in content.deck.cards if str(c.code) == code)
            assert lost_words(card_text, card) == set(), code


def test_a_lost_word_is_noticed() -> None:
    card, _ = read(CARD)
    assert card is not None
    assert lost_words(CARD + "\nvanished", card) == {"vanished"}


def test_no_word_of_the_workbook_is_lost() -> None:
    files = content_files()
    content, _ = load_content(files)
    assert content is not None
    text = files["content/workbooks/practice-learning-managers.md"].decode()
    kept = set(words_in(str(content.workbook).replace("\\u", " ")))
    labels = set(
        words_in("Subtitle Role Cover fields When Goal Cards Printed as Time Rows Statuses Id Box")
    )
    labels |= set(words_in("Table Each row Choice Checklist Rating Points last Summary About New"))
    labels |= set(words_in("large"))
    ranges = {"kc1", "kc4", "k1", "k12", "ipm1", "ipm3", "r1", "r2", "isuc1", "iflw1", "4"}
    assert set(words_in(text)) - kept - labels - ranges == set()


def test_a_file_that_nothing_takes_is_mentioned() -> None:
    files = {**content_files(), "content/notes.md": b"Hello", "content/cards/X.md": b"# X1 Hi"}
    _, problems = load_content(files)
    assert [(p.code, p.place.file) for p in problems] == [
        ("file-ignored", "content/cards/X.md"),
        ("file-ignored", "content/notes.md"),
    ]


def test_a_title_may_end_in_a_sharp() -> None:
    card, problems = edited("# K1 A title", "# K1 A tune in C#")
    assert problems == []
    assert card is not None
    assert card.title == "A tune in C#"


def test_a_workbook_that_is_not_there_names_those_that_are() -> None:
    files = content_files()
    files["content/deck.toml"] = files["content/deck.toml"].replace(b"practice-learning", b"nope")
    _, problems = load_content(files)
    assert [(p.code, p.place.file) for p in problems] == [("file-missing", "content/deck.toml")]
    assert problems[0].place.line > 1
    assert "practice-learning-managers" in problems[0].todo


def test_words_in_another_language_keep_their_emphasis_and_quotes() -> None:
    text = inline('Say {cy: "bore **da**"} or {pl: dzień dobry}.')
    assert text == (
        Run("Say "),
        Run("“bore ", language="cy"),
        Run("da", strong=True, language="cy"),
        Run("”", language="cy"),
        Run(" or "),
        Run("dzień dobry", language="pl"),
        Run("."),
    )


@pytest.mark.parametrize("nothing", ["{cy: }", "{cy:}", "{cy: \u00a0}", "{cy: \u2003}"])
@pytest.mark.parametrize("below", ["", "Words first.\n\n"])
def test_another_language_without_words_is_a_problem_and_no_crash(nothing: str, below: str) -> None:
    file, start = "content/cards/K.md", "# K1 A title\n\n" + below
    _, found = read_cards(f"{start}{nothing}\n", file, SECTION, KINDS)
    place = Place(file, start.count("\n") + 1, 1)
    assert ("markup-unknown", place) in [(p.code, p.place) for p in found]
    _, found = read_cards(f"{start}{{cy: da}}\n", file, SECTION, KINDS)
    assert "markup-unknown" not in [p.code for p in found]


def test_a_further_paragraph_keeps_the_language_of_its_first_words() -> None:
    text = "# K1 A title\n\nOne.\n\n{cy: Bore da} to **all**.\n"
    (card,), _ = read_cards(text, "content/cards/K.md", SECTION, KINDS)
    assert texts(card, "lead")[0] == (
        *(Run("One."), Run(" Bore da", language="cy"), Run(" to ")),
        *(Run("all", strong=True), Run(".")),
    )

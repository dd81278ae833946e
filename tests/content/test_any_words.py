"""Whatever stands in a content file, reading it gives a value and Problems with places."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.content.blocks import read_blocks
from deckgen.content.cards import card_headings, read_cards
from deckgen.content.inline import inline
from deckgen.content.known_headings import load_known_headings
from deckgen.content.workbook import LABELS, read_workbook
from deckgen.model.deck import Section
from deckgen.model.text import plain
from deckgen.problem import Place, Problem
from deckgen.source import read_source
from tests.kinds import KINDS
from tests.layout.made_up import look_files

FILE = "content/cards/K.md"
SECTION = Section("K", "Knowledge", "pink", "key", 2, Place("content/deck.toml", 1))

# Pieces that mean something to the readers, between letters of every kind.
PIECES = (
    *(
        "# ",
        "## ",
        "### ",
        "#",
        "- ",
        "* ",
        "-",
        "1. ",
        "> ",
        "```",
        "---",
        "|",
        "\n",
        "\n\n",
        "\t",
    ),
    *("K1 ", "K2 ", "K01", "K999999999999", "Id: ", "Id", "See also: ", "Printed as: ", "K1–K3, "),
    *(
        "**",
        "*",
        "__",
        "_",
        "{",
        "}",
        "{cy: ",
        "{:",
        "[",
        "](",
        "<b>",
        "&amp;",
        "\\",
        "'",
        '"',
        "--",
    ),
    *(
        "## Talk about it",
        "\ue000",
        "\ue001",
        "\u2028",
        "\x85",
        "\x0b",
        "\x00",
        "\ud7ff",
        "🂡",
        "e\u0301",
    ),
)
words = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join)
KNOWN = load_known_headings(look_files())[0]
NAMES = ("Part", "Another", "Tonight", *(heading.heading for heading in KNOWN.values()))
HEADINGS = [f"{'#' * level} {name}\n" for level in (1, 2, 3, 4) for name in NAMES]
book_lines = st.one_of(
    st.sampled_from(HEADINGS),
    st.builds("{}: {}\n".format, st.sampled_from(sorted(LABELS)), st.sampled_from(PIECES)),
    words.map(lambda text: text + "\n"),
)


def placed(found: list[Problem], text: str, file: str) -> bool:
    """Whether every problem names a line that the file has, or none, and says what to do."""
    lines = text.count("\n") + 1
    return all(p.place.file == file and p.place.line <= lines and p.todo for p in found)


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")  # half a letter of UTF-16
@example(b"\xef\xbb\xbf\xff")
@example(b"\x01\xad\x01")
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    text, found = read_source(data, FILE)
    assert (text is None) <= bool(found)
    assert all(p.place.file == FILE and p.todo for p in found)
    if text is not None:
        assert read_source(text.encode(), FILE) == (text, [])  # what was read is plain by now


@pytest.mark.parametrize("letter", ["\ufdd0", "\ufdd1", "\ufdef"])
def test_what_programs_keep_for_themselves_is_in_no_text(letter: str) -> None:
    text, found = read_source(f"# K1 A title\n\nLe{letter}ad".encode(), FILE)
    assert text == "# K1 A title\n\nLe ad"
    assert [(p.code, str(p.place)) for p in found] == [("character-forbidden", f"{FILE}:3:3")]
    assert read_source("Le\ufdcfad\ufdf0".encode(), FILE)[1] == []


@given(words)
@example("> ")
@example("# K1 A title\nId: a\n\nLead.\n\n- One\n\n## Talk about it\n- Why?\n")
def test_any_words_are_cards_or_problems(text: str) -> None:
    cards, found = read_cards(text, FILE, SECTION, KINDS)
    assert placed(found, text, FILE)
    assert bool(cards or found) or not text.strip()  # nothing is lost in silence
    for card in cards:
        assert card.code.prefix == "K" and card.place.file == FILE
    assert [str(card.code) for card in cards] == [
        code for _, code, _ in card_headings(text, FILE)
    ] or bool(found)


@given(words)
def test_any_words_are_blocks(text: str) -> None:
    blocks, found = read_blocks(text, FILE, frozenset({"Id", "See also"}))
    assert placed(found, text, FILE)
    assert all(1 <= block.place.line <= text.count("\n") + 1 for block in blocks)
    lines = [block.place.line for block in blocks]
    assert lines == sorted(lines)


@given(words)
def test_no_letter_of_a_line_is_lost(text: str) -> None:
    """Emphasis goes and quotes are bent; each letter stays, in its order."""
    # Curly brackets are for languages, & may name a letter, and the last two are in no text.
    line = re.sub(r"[{&\s\ufdd0\ufdd1]", " ", text)
    heard = plain(inline(line))
    assert [c for c in heard if c.isalpha()] == [c for c in line if c.isalpha()]


@given(st.lists(book_lines, max_size=40).map("".join))
def test_any_words_are_a_workbook_or_problems(text: str) -> None:
    book, found = read_workbook(text, "content/workbooks/a.md", "a", KNOWN)
    assert placed(found, text, "content/workbooks/a.md")
    assert found, "no page of it is whole"
    assert book.key == "a" and len({key for key, _ in book.field_names()}) >= 0

"""Look-alikes become what they mean; what says where words break, run or join stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.letters import bare, plainly, unbroken
from deckgen.problem import Place, problem
from deckgen.source import as_typed, read_source

MEANT = {
    "a soft line break": ("a\u2028b\u2029c\x0bfrom\x0cWord\x85!", "a b c from Word !"),
    "spaces of all widths": ("a\u2003b\u2009c\u3000d\u205fe\u1680f", "a b c d e f"),
    "hard spaces": ("20\u202f%\u2007x", "20\u00a0%\u00a0x"),
    "letters printed as one": ("oﬃce ﬁnd ﬂy oﬀ waﬄe ﬆop", "office find fly off waffle stop"),
    "marks of direction": ("mark\u200e and\u200f \u202ano\u202c \u2067x\u2069", "mark and no x"),
    "joiners where nothing joins": ("a\u200db\u200cc\u2060d", "abcd"),
    "two letters that are one": ("cafe\u0301 A\u030a", "café Å"),
    "a sign for pictures": ("©\ufe0f ☃\ufe0e", "© ☃"),
    "a byte order mark in the middle": ("\ufeffTitle \ufeffmore", "Title more"),
    "what programs write for themselves": ("f\u2061(x)\U000e0001\u180e\u206a.", "f(x)."),
    "breaks beside spaces": ("\u200bone\u200b two\u00ad", "one two"),
    "breaks in words": ("Da\u00adten a/\u200bb c\ufeffd", "Da\u00adten a/\u200bb c\ufeffd"),
    "a hyphen that holds": ("non\u2011breaking", "non\u2011breaking"),
    "letters from the right": ("שלום\u200f! \u202babc\u202c", "שלום\u200f! \u200fabc\u200f"),
    "letters that join": ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANT)
def test_what_letters_mean(name: str) -> None:
    typed, meant = MEANT[name]
    assert plainly(typed) == meant
    assert read_source(typed.replace("\x85", "").encode(), "content/cards/K.md")[1] == []


def test_each_line_for_itself() -> None:
    assert plainly("שלום\u200f\na\u200fb") == "שלום\u200f\nab"


@given(st.text(max_size=30))
@example("\u2000\u0301\u00ad")
def test_any_text_is_plain_after_one_reading(text: str) -> None:
    once = plainly(text)
    assert plainly(once) == once
    assert once.count("\n") == text.count("\n")
    folded = unicodedata.normalize("NFKC", text)
    shown = [c for c in unicodedata.normalize("NFKC", once) if c.isalnum()]
    assert shown == [c for c in folded if c.isalnum()]


def test_names_are_compared_without_what_breaks_them() -> None:
    assert bare("team\u2011lea\u00adrning\u200b") == "team-learning"
    assert unbroken("lea\u00adrn") == "learn"


@pytest.mark.parametrize(
    ("line", "read", "typed"),
    [
        ("mark\u200e and ☃", 10, 11),
        ("oﬃce ☃", 8, 6),
        ("cafe\u0301 ☃", 6, 7),
        ("plain ☃", 7, 7),
    ],
)
def test_columns_are_those_of_the_file(line: str, read: int, typed: int) -> None:
    found = [problem("letter-missing", Place("a.md", 2, read), "x", "y")]
    (placed,) = as_typed(found, {"a.md": f"# A\r\n{line}\r\n".encode()})
    assert placed.place == Place("a.md", 2, typed)


def test_signs_of_symbol_fonts_are_bullets_or_problems() -> None:
    text, found = read_source("\uf0b7 One \uf0b7\n\uf0d8\tTwo \x01".encode(), "content/cards/K.md")
    assert [(p.place.line, p.place.column) for p in found] == [(1, 7), (2, 7)]
    assert "Symbol" in found[0].found and "•" in found[0].todo
    assert text == "\uf0b7 One  \n\uf0d8\tTwo  "  # so that all else in it is found as well
    text, found = read_source("Caf\ufffd\ufffd au \ufffc".encode(), "content/cards/K.md")
    assert text == "Caf   au  " and [p.place.column for p in found] == [4, 10]
    assert read_source(b'title = "\xef\x82\xb7"', "content/deck.toml")[0] is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{\\rtf1\\ansi # K1 One}", "RTF"),
        (b"PK\x03\x04word", "Word"),
        (b"\xd0\xcf\x11\xe0", "old Word"),
        (b"%PDF-1.7", "PDF"),
        (b"\0\1\2", "damaged"),
    ],
)
def test_files_of_other_programs_are_called_so(raw: bytes, said: str) -> None:
    text, (found,) = read_source(raw, "content/cards/K.md")
    assert text is None and found.code == "file-not-text" and said in found.found


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_said(encoding: str) -> None:
    text, (found,) = read_source("# K1 Café\n\nWords".encode(encoding), "content/cards/K.md")
    assert text == "# K1 Café\n\nWords"
    assert found.code == "encoding-guessed" and "UTF-16" in found.found

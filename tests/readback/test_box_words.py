"""Strings of every encoding become the letters that were typed."""

from __future__ import annotations

import pytest

from deckgen.pdf.objects import Indirect, Name, packed
from deckgen.readback.box_words import GUESSED, cleaned, rich_words, words_of

TYPED = "Łódź – €5, “tŷ” ✓"


@pytest.mark.parametrize(
    "stored",
    [
        TYPED,
        b"\xfe\xff" + TYPED.encode("utf-16-be"),
        b"\xff\xfe" + TYPED.encode("utf-16-le"),
        b"\xef\xbb\xbf" + TYPED.encode(),
        Name(TYPED),
        [TYPED],
        [b"\xfe\xff" + TYPED.encode("utf-16-be")],
        Indirect(TYPED),
        Indirect([Indirect(TYPED)]),
        Indirect({}, b"\xfe\xff" + TYPED.encode("utf-16-be")),
        packed(b"\xff\xfe" + TYPED.encode("utf-16-le")),
        b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b" + TYPED.encode("utf-16-be"),
    ],
)
def test_every_way_of_storing_letters_is_known(stored):
    assert words_of(stored) == (TYPED, "")


def test_pdfs_own_encoding():
    assert words_of("\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f") == ("˘ˇˆ˙˝˛˚˜", "")
    assert words_of(b"\x1a caf\xe9") == ("ˆ café", "")
    assert words_of(b"caf\xe9 \x8dquoted\x8e \xa05 \x93") == ("café “quoted” €5 ﬁ", "")


@pytest.mark.parametrize(
    "stored", [TYPED.encode(), TYPED.encode("utf-16-be"), TYPED.encode("utf-16-le")]
)
def test_what_has_no_mark_is_guessed_and_says_so(stored):
    words, note = words_of(stored)
    assert words == TYPED and note in ("", GUESSED)
    assert words_of("plain".encode("utf-16-be")) == ("plain", GUESSED)


def test_other_values_are_words_too():
    assert [words_of(v)[0] for v in (3, 2.5, True, False, None, {}, [1, "a"], "")] == [
        *("3", "2.5", "Yes", "", "", "", "1, a", "")
    ]


def test_what_is_not_seen_is_taken_out():
    assert cleaned("a\r\nb\rc\x0bd\u2028e\u2029f\x85g") == "a\nb\nc\nd\ne\nf\ng"
    assert cleaned(" \x00a\x1f\x07\x9f\u202eb\u200f\u2066c\ufeff ") == "abc"
    assert cleaned("a\tb \u200d\u00ad") == "a\tb \u200d\u00ad"
    assert cleaned("e\u0301 \ud83d\ude00") == "é 😀"
    assert cleaned("\ud83d!") == "\ufffd!"


def test_letters_that_chrome_cut_are_named_and_guessed():
    words, note = words_of("well \uf600 done")
    assert words == "well \uf600 done" and "Chrome" in note and "😀" in note
    assert "damaged" in words_of("\ue000")[1]
    assert "damaged" in words_of("\udc00")[1]
    assert words_of("😀") == ("😀", "")


def test_rich_text_is_its_words():
    assert rich_words("<body><p>a&amp;b<br/>c</p>\n<p>d</p></body>")[0] == "a&b\nc\nd"
    assert rich_words("<?xml?><body x='1'><p>a</p>")[0] == "a"
    assert rich_words("no marks & all")[0] == "no marks & all"

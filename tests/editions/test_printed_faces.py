"""Marks are found in the text of pages, and nothing else is taken for one."""

from __future__ import annotations

import time

import pytest

from deckgen.editions.printed_faces import FoundMark, faces_on, mark_in, stamps_on

REVIEW = "\nReview by Nov 2027\n"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Edition 1 · 7Q2M\r\nReview by Nov 2027", FoundMark("1", "7Q2M")),
        ("Edition 1 · 7Q2M Review by Nov 2027", FoundMark("1", "7Q2M")),
        ("Review by Nov 2027 Edition 1 · 7Q2M", FoundMark("1", "7Q2M")),
        ("Ed. 2.1 · 7Q2M · Nov 2027", FoundMark("2.1", "7Q2M")),
        ("Edition 2 draft · 7Q2M", FoundMark("2", "7Q2M", draft=True)),
        ("Draft after edition 1 · 7Q2M", FoundMark("1", "7Q2M", draft=True, after=True)),
        ("Draft after ed. 1 · 7Q2M", FoundMark("1", "7Q2M", draft=True, after=True)),
        ("Draft after 1 · 7Q2M", FoundMark("1", "7Q2M", draft=True, after=True)),
        ("words\nDraft after 1\nReview Nov 2027", FoundMark("1", "", draft=True, after=True)),
        ("words\nEd. 2 draft\n", FoundMark("2", "", draft=True)),
    ],
)
def test_every_form_of_a_mark(text: str, mark: FoundMark) -> None:
    assert [f.mark for f in faces_on(1, f"K3 Title\n{text}\nReview by Nov 2027")] == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "Edition 1",
        "In Edition 1 we said so, and in Edition 2 draft we do not.",
        "Take out K3 Working across borders, Edition 1 · 7Q2M",  # a swap slip
        "Edition 1 · 7Q2M\nand long after it Review by Nov 2027",
        "Edition 1 · review by Nov 2027",
        "Sheet 1 of 6 · front · Edition 1 · review by Nov 2027 · KC1, KC2",
        "Edition 1 · 7Q2MX",
        "Edition 1 · 7Q2U",
        "Edition · 7Q2M",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert faces_on(1, f"K3 Title\n{text}\n") == []


def test_each_face_has_the_words_before_its_mark() -> None:
    text = (
        "K1\nOne\nEdition 1 · AAAA\nReview by Nov 2027\n"
        "Sheet 1 of 6 · front · Edition 1 · review by Nov 2027 · K1, K2\nK2\nTwo\n"
        "Edition 1 · BBBB\nReview by Nov 2027\nK9"
    )
    faces = faces_on(4, text)
    assert [(f.page, f.heading, f.readings) for f in faces] == [
        (4, "K1", (("k1", "one"),)),
        (4, "K2", (("k2", "two"),)),
    ]


def test_a_reading_with_other_marks_is_left_out() -> None:
    good, bad = f"K1 One\nEdition 1 · AAAA{REVIEW}", f"Edition 1 · BBBB{REVIEW}"
    assert [len(f.texts) for f in faces_on(1, bad, good)] == [1]
    turned = f"One\nKC4 K1\nEdition 1 · AAAA{REVIEW}"
    assert faces_on(1, turned, good)[0].heading == "K1"


def test_stamps_of_sheets_and_pages() -> None:
    text = "Workbook Edition 2 draft · review by Nov 2027 3\nEdition 1 · 7Q2M"
    assert stamps_on(text) == {FoundMark("2", draft=True)}


def test_a_mark_that_was_typed() -> None:
    found = mark_in("K3 Edition 1 · 7Q2M")
    assert found and found[0] == FoundMark("1", "7Q2M") and found[1].split() == ["K3"]
    assert mark_in("K3 7Q2M") is None


@pytest.mark.parametrize(
    "text", ["Edition 1" * 100_000, " " * 1_000_000, "Edition 1" + "." * 500_000, "1" * 1_000_000]
)
def test_long_texts_take_no_long_time(text: str) -> None:
    start = time.process_time()
    assert faces_on(1, text) == []
    assert time.process_time() - start < 5

"""Any edition reads back from its lock, letter by letter, and differs from itself in nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.editions.compare import compare, exchanged_ids
from deckgen.editions.lockfile import lock_file, lock_text, read_lock
from deckgen.model.change import Declaration, Kind, Withdrawn
from deckgen.model.lock import Lock
from deckgen.model.snapshot import LookFact, PageState, Snapshot, WordsPart
from deckgen.problem import Place
from deckgen.source import read_source
from tests.editions.made_up import card

FILE = lock_file("1")
ODD = (
    "\\",
    '"',
    "\n",
    "[sealed]",
    'seal = "',
    "\u2028",
    "\u202e",
    "\x7f",
    "\x1b[31m",
    "e\u0301",
    "#",
)
texts = st.one_of(st.text(max_size=8), st.lists(st.sampled_from(ODD), max_size=4).map("".join))
several = st.lists(texts, max_size=3).map(tuple)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
cards = st.builds(
    card,
    texts,
    texts,
    title=texts,
    lead=texts,
    points=several,
    questions=several,
    goes_with=several,
    links=several,
    printed_as=texts,
    section=texts,
    look=texts,
    edition=texts,
    check=texts,
)
words = st.dictionaries(texts, several, max_size=3).map(
    lambda parts: tuple(WordsPart(*pair) for pair in parts.items())
)
snapshots = st.builds(
    Snapshot,
    *(texts, st.sampled_from(["1", "2.1", "10"]), days, days),
    st.lists(cards, min_size=1, max_size=3, unique_by=lambda made: made.id).map(tuple),
    st.lists(
        st.builds(PageState, texts, texts, words, texts),
        max_size=2,
        unique_by=lambda made: made.key,
    ).map(tuple),
    st.lists(st.builds(LookFact, texts, texts, texts), max_size=2).map(tuple),
    st.sampled_from(["en", "en-GB", "cy"]),
)
kinds = st.sampled_from(Kind)
locks = st.builds(
    Lock,
    snapshots,
    *[texts] * 5,
    st.lists(st.builds(Declaration, several, kinds, texts, st.just(Place(FILE))), max_size=2).map(
        tuple
    ),
    st.lists(st.builds(Withdrawn, texts, texts, texts, st.just(""), texts), max_size=2).map(tuple),
)


@given(locks)
def test_a_lock_reads_back_letter_by_letter(lock: Lock) -> None:
    text = lock_text(lock)
    assert read_source(text.encode(), FILE) == (text, [])  # any editor shows all of it
    read, found = read_lock(text, FILE)
    assert read is not None, found
    gone = tuple(replace(card, edition=lock.edition) for card in lock.withdrawn)
    assert replace(read, seal="") == replace(lock, withdrawn=gone)
    assert lock_text(read) == text


@given(locks, st.data())
def test_a_lock_with_another_letter_is_noticed(lock: Lock, data: st.DataObject) -> None:
    text = lock_text(lock)
    at = data.draw(st.integers(0, len(text) - 2))  # all but the last line's end
    letter = data.draw(st.sampled_from("aZ0 .").filter(lambda new: new != text[at]))
    read, found = read_lock(text[:at] + letter + text[at + 1 :], FILE)
    assert read is None and [p.code for p in found] == ["edition-broken"]


@given(st.text(max_size=80))
def test_any_words_are_no_lock(text: str) -> None:
    read, found = read_lock(text, FILE)
    assert read is None and [p.code for p in found] == ["edition-broken"]


@given(snapshots)
def test_nothing_has_changed_from_an_edition_to_itself(snapshot: Snapshot) -> None:
    assert compare(snapshot, snapshot) == ()
    assert exchanged_ids(snapshot, snapshot) == ()


@given(snapshots, snapshots)
def test_what_came_one_way_went_the_other(one: Snapshot, other: Snapshot) -> None:
    there, back = compare(one, other), compare(other, one)
    assert {c.key for c in there if c.subject == "card"} == {
        c.key for c in back if c.subject == "card"
    }
    came = {c.key for c in there if c.floor is Kind.NEW}
    assert came == {c.key for c in back if c.floor is Kind.WITHDRAWN}


@pytest.mark.parametrize("part", ["title", "lead", "points", "questions"])
def test_another_word_is_a_change(part: str) -> None:
    before = Snapshot("A", "1", date(2026, 1, 1), date(2027, 1, 1), (card(),), ())
    changed: dict[str, object] = {part: "Other words" if part in ("title", "lead") else ("Other",)}
    after = replace(before, cards=(card(**changed),))  # type: ignore[arg-type]
    assert [change.key for change in compare(before, after)] == ["feedback"]

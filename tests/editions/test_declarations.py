from __future__ import annotations

import pytest

from deckgen.editions.compare import compare
from deckgen.editions.declarations import (
    changes_file,
    declarations_added,
    declarations_text,
    judged,
    may_be_called,
    read_declarations,
)
from deckgen.model.change import Change, Declaration, Kind
from deckgen.problem import Place
from tests.editions.made_up import card, page, snapshot

FILE = changes_file("2")
CHANGES = compare(
    snapshot(
        card("a", "K1", lead="You must not go.", look="1"),
        card("b", "K2", lead="Ask poeple.", look="1"),
        card("c", "K3", look="1"),
        card("d", "K4", look="1"),
        card("e", "K5", title="Going", look="1"),
        card("f", "K6", look="1"),
    ),
    snapshot(
        card("a", "K1", lead="You must go.", look="2"),
        card("b", "K2", lead="Ask people.", look="2"),
        card("c", "K3", look="2"),
        card("d", "K4", look="2"),
        card("f", "K5", look="2"),
        card("g", "K6", title="Coming", look="2"),
        pages=(page(),),
    ),
)
BY_KEY = {change.key: change for change in CHANGES}


def declared(text: str) -> tuple[Declaration, ...]:
    entries, found = read_declarations({FILE: text.encode()}, "2")
    assert found == []
    return entries


def entry(what: str, kind: Kind, reason: str = "Because.") -> Declaration:
    return Declaration((what,), kind, reason, Place(FILE, 3, 1))


def codes(*entries: Declaration) -> list[str]:
    known = {key for made in entries for key in made.keys}
    changes = [change for change in CHANGES if change.key in known]
    return [found.code for found in judged(changes, entries, "2")]


def test_the_classes_that_are_measured() -> None:
    assert {key: change.floor for key, change in BY_KEY.items()} == {
        "a": Kind.REVISED,
        "b": Kind.CORRECTION,
        "c": Kind.LAYOUT,
        "d": Kind.LAYOUT,
        "e": Kind.WITHDRAWN,
        "f": Kind.RENUMBERED,
        "g": Kind.NEW,
        "w/immediate-1": Kind.NEW,
    }


@pytest.mark.parametrize(
    ("key", "fit"),
    [
        ("a", {Kind.REVISED}),
        ("b", {Kind.CORRECTION, Kind.REVISED}),
        ("c", {Kind.LAYOUT, Kind.CORRECTION, Kind.REVISED}),
        ("e", {Kind.WITHDRAWN}),
        ("f", {Kind.RENUMBERED, Kind.REVISED}),
        ("g", {Kind.NEW}),
    ],
)
def test_a_change_may_be_called_more_but_not_less_than_measured(key: str, fit: set[Kind]) -> None:
    assert {kind for kind in Kind if may_be_called(BY_KEY[key], kind)} == fit


def test_must_not_to_must_is_never_a_correction() -> None:
    (found,) = judged([BY_KEY["a"]], [entry("a", Kind.CORRECTION)], "2")
    assert found.code == "change-understated"
    assert "measured as “revised”" in found.found
    assert found.place == Place(FILE, 3, 1)


def test_everything_needs_a_word_and_nothing_else_has_one() -> None:
    assert [found.code for found in judged(CHANGES, (), "2")] == ["change-undeclared"] * len(
        CHANGES
    )
    assert codes(entry("a", Kind.REVISED)) == []
    assert codes(entry("a", Kind.REVISED, reason="")) == ["change-undeclared"]
    assert codes(entry("a", Kind.REVISED), entry("a", Kind.REVISED)) == ["change-repeated"]
    assert codes(entry("zzz", Kind.REVISED)) == ["change-unknown"]


def test_the_proposed_file_is_read_as_it_was_meant() -> None:
    text = declarations_text(CHANGES, (), "2")
    entries = declared(text)
    assert {key: made.kind for made in entries for key in made.keys} == {
        change.key: change.floor for change in CHANGES
    }
    assert ("c", "d") in [made.keys for made in entries], "one look, one reason"
    assert {made.reason for made in entries} == {""}
    assert "# K1 Feedback that changes things" in text
    assert "\n\n\n" not in text


def test_every_reason_that_was_written_stays() -> None:
    said = (entry("b", Kind.REVISED, 'It said "x" \\ y'), entry("gone", Kind.NEW, "No longer so"))
    entries = declared(declarations_text(CHANGES, said, "2"))
    assert [(e.keys, e.kind, e.reason) for e in entries[:2]] == [
        (e.keys, e.kind, e.reason) for e in said
    ]
    assert len([key for made in entries for key in made.keys]) == len(CHANGES) + 1
    assert declarations_added(CHANGES, entries) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[changes]\n", 1),
        ('[[changes]]\nwhat = "a"\nkind = "new"\nreason = ""\n', 2),
        ('[[changes]]\nwhat = []\nkind = "new"\nreason = ""\n', 2),
        ('[[changes]]\nwhat = ["a"]\nkind = "newish"\nreason = ""\n', 3),
        ('[[changes]]\nwhat = ["a"]\nkind = "new"\nraeson = ""\n', 4),
    ],
)
def test_a_file_that_can_t_be_read_is_a_problem_at_its_line(text: str, line: int) -> None:
    entries, found = read_declarations({FILE: text.encode()}, "2")
    assert entries == ()
    assert line in {problem.place.line for problem in found}
    assert {problem.place.file for problem in found} == {FILE}


def test_no_file_is_no_declaration() -> None:
    assert read_declarations({}, "2") == ((), [])
    assert read_declarations({changes_file("3"): b"{"}, "2") == ((), [])


def test_a_change_is_shown_by_its_name_now_or_then() -> None:
    assert BY_KEY["e"].shown == "K5 Going"
    assert isinstance(BY_KEY["f"], Change)

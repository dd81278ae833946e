"""Workbooks from when names were places: by their edition's lock, or by what their file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.answers.asked import all_asked, asked_then, asked_today
from deckgen.answers.settle import settle
from deckgen.editions.snapshot import snapshot_of
from deckgen.model.answers import Asked, Copy, Identity, Said
from deckgen.model.deck import Deck
from deckgen.model.edition import Edition
from deckgen.model.lock import Lock
from deckgen.model.snapshot import Snapshot
from deckgen.problem import Place
from deckgen.project import Project, read_project
from deckgen.proof.proof import Proof
from deckgen.readback.document import listed, raw, text
from deckgen.readback.facts import facts_of
from deckgen.readback.reading import read
from tests.answers.books import activity, asked, book_of, old_copy, text_of
from tests.conftest import ROOT

WALK, PLAN = activity("Walk the doors", "Which doors?"), activity("Plan", "Who?")
HEAT = activity("Look for heat", "What is hot?")
BEFORE = text_of({"Tonight": [WALK, HEAT], "This year": [PLAN]})
TICKS = ("Windows", "Taps")
AFTER = text_of(
    {
        "Tonight": [
            activity("Thank somebody"),
            activity("Walk the doors\nId: walk", "Which doors?", TICKS, ("Well", "Badly")),
        ],
        "This year": [activity("Plan", "Whom?")],
    },
    "Start, Home",
)
SAID = {
    "walk-the-doors.what-do-you-see": "The cellar.",
    "walk-the-doors.how-well": "2",
    "walk-the-doors.before-you-go.doors": "Yes",
    "walk-the-doors.before-you-go.windows": "Yes",
    "look-for-heat.what-do-you-see": "The oven.",
    "look-for-heat.actions.2.who": "Ada",
    "plan.what-do-you-see": "Bea",
    "cover.home": "Riverside",
}


def snapshot(text: str, *, places: bool = False) -> Snapshot:
    """Of a deck without cards; keys of activities as they were when they were places."""
    book, days = book_of(text), (date(2026, 1, 1), date(2027, 1, 1))
    deck = Deck("Fire", "", "", "", "en", Edition("1", *days), (), (), (), Place("deck.toml"))
    made = snapshot_of(deck, [book])
    keys = {f"wardens/{a.key}": f"wardens/{f.key}-{a.number}" for f, a in book.activities}
    pages = (replace(p, key=keys.get(p.key, p.key) if places else p.key) for p in made.pages)
    return replace(made, pages=tuple(pages))


def then_and_now() -> tuple[Asked, Asked]:
    """What edition 1 asked, by a lock that has only words, and what is asked now."""
    today = asked(AFTER, "2")
    lock = Lock(snapshot(BEFORE, places=True), "", "", "")
    (then,) = asked_then(lock, (today,), snapshot(AFTER))
    return then, today


def test_an_old_lock_says_by_its_words_which_question_a_place_was() -> None:
    then, today = then_and_now()
    settled = settle(old_copy(asked(BEFORE), SAID), [today, then], today)
    assert settled.was and settled.was.identity.edition == "1"
    there, left = ([a for a in settled.answers if a.gone == gone] for gone in (False, True))
    kept = {one.said.field: (one.said.value, one.asked_now) for one in there}
    differs = "asked differently in edition 1"
    assert kept == {
        "walk.what-do-you-see": ("The cellar.", ""),
        "walk.how-well": ("well", differs),  # it was the second of two, and is the first
        "walk.before-you-go.windows": ("Yes", ""),
        "plan.what-do-you-see": ("Bea", differs),
        "cover.home": ("Riverside", ""),
    }
    gone = {a.question.words: (a.question.activity, a.said.value) for a in left}
    assert gone == {
        "Before you go: Doors": ("Walk the doors", "Yes"),
        "What do you see? What is hot?": ("Look for heat", "The oven."),
        "Actions: Who": ("Look for heat", "Ada"),
    }


def test_a_lock_that_knows_the_questions_is_asked_before_any_words() -> None:
    known = asked(BEFORE, "1")
    lock = Lock(snapshot(BEFORE), "", "", "", asked=(known,))
    assert asked_then(lock, (asked(AFTER, "2"),), snapshot(AFTER)) == (known,)


FIRST = Path(__file__).with_name("first_workbook.pdf")  # as commit 9c89117 made it, filled in
FILLED = {
    "cover.agency-or-team": "Riverside",
    "policies.now": "Our policies say nothing about students.",
    "policies.rating": "often",
    "policies.checklist.names-and-dates": "Yes",
    "policies.actions.2.who": "Siân",
    "policies.actions.2.status": "Done",
    "whole-agency.learned": "Begin small.",
    "sign-off.1.name": "Ada",
}


@pytest.fixture(scope="module")
def first() -> Copy:
    """What the file says, with its tooltips."""
    document = read(FIRST.read_bytes())
    facts, told = facts_of(document).fields, dict[str, str]()
    for name, fact in facts.items():
        told[name] = fact.tooltips[0]
    said = tuple(
        Said(name, fact.value.removeprefix("/"))
        for name, fact in facts.items()
        if fact.value.strip(" /") not in ("", "Off")
    )
    assert len(said) == len(FILLED) and listed(raw(document.catalog, "Pages")) is not None
    edition = text(raw(document.info, "Keywords"))
    return Copy(Identity(edition=edition), said, frozenset(facts), told=told)


def with_book(text: str) -> Project:
    project = read_project(ROOT)
    name = "content/workbooks/practice-learning-managers.md"
    return replace(project, files={**project.files, name: text.encode()})


BOOK = (ROOT / "content/workbooks/practice-learning-managers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("told", [True, False], ids=["with tooltips", "without"])
def test_a_workbook_of_the_first_version_still_reads(first: Copy, told: bool) -> None:
    proof = Proof(read_project(ROOT))
    today = asked_today(proof)
    assert today
    copy = first if told else replace(first, told={})
    settled = settle(copy, all_asked(proof), today)
    assert {one.said.field: one.said.value for one in settled.answers} == FILLED
    assert not any(one.gone or one.asked_now for one in settled.answers)


def test_its_answers_follow_an_activity_that_moved(first: Copy) -> None:
    """A new activity stands before the first, and ticks in another order."""
    start, end = BOOK.index("### Hold our"), BOOK.index("## Medium term")
    own = BOOK[start:end]
    other = own.replace("Hold our policies up to the light\nId: policies", "Thank a student")
    other = other.replace("What do our practice learning policies say?", "How are they thanked?")
    ticks = [line for line in own.splitlines(keepends=True) if "(id: " in line]
    turned = own.replace("".join(ticks), "".join(reversed(ticks)))
    today = asked_today(Proof(with_book(BOOK[:start] + other + turned + BOOK[end:])))
    assert today
    settled = settle(first, [today], today)
    assert {one.said.field: one.said.value for one in settled.answers} == FILLED
    blind = settle(replace(first, told={}), [today], today)
    assert blind.unsure and len(blind.answers) == len(FILLED)

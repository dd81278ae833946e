"""What a laid out workbook asks: every field once, with its words, its places and a code."""

from __future__ import annotations

from msgspec import json
from msgspec.structs import replace

from deckgen.design.load import Design
from deckgen.geometry import Rect
from deckgen.layout.workbooks.asked import carried, identity_of, printed_code
from deckgen.layout.workbooks.workbook import asked_in, finished, set_workbook
from deckgen.model.answers import Asks, Option
from deckgen.model.deck import Deck
from deckgen.model.drawing import Field
from deckgen.model.text import words
from deckgen.model.workbook import Workbook
from tests.layout.made_up import design_of


def test_every_field_is_a_question_with_words_and_places(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    made = set_workbook(workbook, deck, design)
    asked = asked_in(made, deck)
    fields = [
        (n, m) for n, d in enumerate(made.drawings, 1) for m in d.marks() if isinstance(m, Field)
    ]
    assert {q.field for q in asked.questions} == {mark.name for _, mark in fields}
    spots = [(q.field, s.page, s.rect, s.value) for q in asked.questions for s in q.spots]
    assert sorted(spots, key=repr) == sorted(
        ((m.name, n, m.rect, m.value) for n, m in fields), key=repr
    )
    assert all(q.words and q.digest and q.told for q in asked.questions)
    known = {q.field: q for q in asked.questions}
    rating = known["immediate-1.rating"]
    assert rating.options[1] == Option("middle", "Middle") and rating.asks is Asks.OPTION
    tick = known["immediate-1.checklist.agreed"]
    assert (tick.asks, tick.words) == (Asks.TICK, "Before you finish: We agreed")
    assert tick.once == ("immediate-1.checklist.2",)
    cell = known["medium-term-1.actions.2.by-when"]
    assert (cell.asks, cell.row, cell.frame) == (Asks.DAY, 2, "Medium term")
    assert known["overview.longer-term.who"].frame == "Longer term"


def test_the_code_stands_for_words_and_places_and_for_no_team(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    asked = asked_in(set_workbook(workbook, deck, design), deck)
    large = asked_in(set_workbook(workbook, deck, design_of(large_print=True)), deck)
    own, questions = asked.identity, asked.questions
    assert len(own.code) == 6 and own.code.isdecimal() and own.pages == 13
    assert identity_of(replace(own, team="North", code=""), questions).code == own.code
    spot = questions[0].spots[0]
    moved = replace(spot, rect=Rect(spot.rect.x_pt + 0.2, *spot.rect.corners[1:2], 5, 5))
    others = {
        identity_of(own, (replace(questions[0], spots=(moved,)), *questions[1:])).code,
        identity_of(own, (replace(questions[0], digest="x"), *questions[1:])).code,
        identity_of(replace(own, edition="7 draft"), questions).code,
        large.identity.code,
    }
    assert len(others | {own.code}) == 5 and large.identity.large_print


def test_the_foot_of_each_page_has_the_code(deck: Deck, workbook: Workbook, design: Design) -> None:
    made = set_workbook(workbook, deck, design)
    code = printed_code(asked_in(made, deck).identity.code)
    for page in finished(made, deck)[0]:
        assert code in " ".join("".join(run.text for run in line.runs) for line in page.lines())


def test_other_words_are_another_fingerprint_and_the_same_are_not(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    def digests(book: Workbook) -> dict[str, str]:
        return json.decode(carried(asked_in(set_workbook(book, deck, design), deck)))["asked"]

    frame, *others = workbook.frames
    activity = frame.activities[0]
    now = replace(activity.blocks[0], hint=words("Think twice."))
    changed = replace(activity, title="Do it alone", blocks=(now, *activity.blocks[1:]))
    parts = tuple(
        replace(frame, activities=(changed,)) if part is frame else part for part in workbook.parts
    )
    old, new = digests(workbook), digests(replace(workbook, parts=parts))
    assert others and {name for name in old if old[name] != new[name]} == {"immediate-1.now"}

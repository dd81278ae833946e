"""Whatever moves in a workbook, an answer stays with its own question, or says that it can't."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.answers.settle import GONE, Settled, settle
from deckgen.model.answers import Copy, Identity, Said
from tests.answers.books import activity, asked, copy_of, old_copy, text_of, told_by

WALK, HEAT = activity("Walk the doors", "Which doors?"), activity("Look for heat", "What is hot?")
BEFORE = text_of({"Tonight": [WALK, HEAT], "This year": [activity("Plan", "Who?")]})
VALUES = {
    "walk-the-doors.what-do-you-see": "The cellar.",
    "walk-the-doors.how-well": "well",
    "walk-the-doors.before-you-go.windows": "Yes",
    "walk-the-doors.actions.2.who": "Ada",
    "look-for-heat.what-do-you-see": "The oven.",
    "plan.actions.1.state": "Done",
    "cover.home": "Riverside",
    "signed.day": "Monday",
}


def said(settled: Settled) -> dict[str, str]:
    """The answers by their fields, those that are gone left out."""
    return {one.said.field: one.said.value for one in settled.answers if not one.gone}


def now(settled: Settled) -> dict[str, str]:
    """Of which answers the words differ, and how."""
    return {one.said.field: one.asked_now for one in settled.answers if one.asked_now}


def test_an_activity_before_and_ticks_in_another_order_move_nothing() -> None:
    was = asked(BEFORE)
    moved = activity("Walk the doors", "Which doors?", ("Windows", "The cellar", "Doors"))
    frames = {"Tonight": [activity("Thank somebody"), HEAT], "This year": [moved], "Ever": [PLAN]}
    today = asked(text_of(frames, "Start, Team, Home"))
    settled = settle(copy_of(was, VALUES), [today, was], today)
    assert said(settled) == VALUES and now(settled) == {}
    fields = [question.field for question in today.questions]
    order = [fields.index(one.said.field) for one in settled.answers]
    assert order == sorted(order)


PLAN = activity("Plan", "Who?")


def test_other_words_of_a_question_are_told_of_every_answer_to_it() -> None:
    was = asked(BEFORE, "1")
    ticks, steps = ("Doors", "Windows"), ("Ill", "Well")
    walk = activity("Walk the doors", "Which doors stand open?", ticks, steps)
    text = text_of({"Tonight": [walk, HEAT], "This year": [PLAN]})
    today = asked(text, "2", draft=True)
    settled = settle(copy_of(was, VALUES), [today, was], today)
    assert said(settled) == VALUES
    changed = {"walk-the-doors.what-do-you-see", "walk-the-doors.how-well"}
    assert now(settled) == dict.fromkeys(changed, "asked differently in edition 1")
    words = {one.said.field: one.question.words for one in settled.answers}
    assert words["walk-the-doors.what-do-you-see"] == "What do you see? Which doors?"


def test_what_is_no_longer_asked_keeps_its_old_words() -> None:
    was = asked(BEFORE)
    gone = activity("Walk the doors", "Which doors?", ("Doors", "Something new"))
    today = asked(text_of({"Tonight": [gone], "This year": [PLAN]}))
    settled = settle(copy_of(was, VALUES), [today, was], today)
    left = {one.said.field: one.question.words for one in settled.answers if one.gone}
    assert left == {
        "walk-the-doors.before-you-go.windows": "Before you go: Windows",
        "look-for-heat.what-do-you-see": "What do you see? What is hot?",
    }
    assert all(one.asked_now == GONE for one in settled.answers if one.gone)
    assert len(settled.answers) == len(VALUES)


def test_an_option_of_other_words_is_said_and_never_another_option() -> None:
    was = asked(BEFORE)
    walk = activity("Walk the doors", "Which doors?", steps=("Badly", "Quite well"))
    today = asked(text_of({"Tonight": [walk, HEAT], "This year": [PLAN]}))
    settled = settle(copy_of(was, VALUES), [today, was], today)
    (one,) = [a for a in settled.answers if a.said.field == "walk-the-doors.how-well"]
    assert (one.said.value, one.shown) == ("well", "Well")
    assert one.asked_now and "“Well” can no longer be chosen" in one.said.note


def test_ids_that_are_given_later_lose_no_answer() -> None:
    was = asked(BEFORE)
    ticks = ("Doors (id: all-doors)", "Windows (id: panes)")
    walk = activity("Walk the doors\nId: walk", "Which doors?", ticks)
    today = asked(text_of({"Tonight": [walk, HEAT], "This year": [PLAN]}))
    settled = settle(copy_of(was, VALUES), [today], today)
    renamed = {name.replace("walk-the-doors", "walk"): value for name, value in VALUES.items()}
    renamed["walk.before-you-go.panes"] = renamed.pop("walk.before-you-go.windows")
    assert said(settled) == renamed and now(settled) == {}


def test_a_file_is_known_by_its_code_its_edition_or_its_names() -> None:
    first, today = asked(BEFORE, "1"), asked(BEFORE.replace("Which doors?", "Which?"), "2")
    whole = copy_of(first, VALUES)
    ways = (
        Copy(Identity(code=first.identity.code), whole.said, whole.fields),
        Copy(replace(whole.identity, code=""), whole.said, whole.fields),
        replace(whole, identity=Identity()),
    )
    for way in ways:
        settled = settle(way, [today, first], today)
        assert now(settled).keys() == {"walk-the-doors.what-do-you-see"}, way
    bare = settle(Copy(Identity(), whole.said, whole.fields), [today, first], today)
    notes = {one.said.field for one in bare.answers if one.said.note}
    assert said(bare) == VALUES and notes == {"walk-the-doors.what-do-you-see"}


def test_a_file_of_nobody_s_is_nobody_s() -> None:
    today = asked(BEFORE)
    fields = frozenset({"name", "address", "cover.home"})
    form = Copy(Identity(), (Said("name", "Ada"),), fields)
    assert settle(form, [today], today).was is None
    other = copy_of(
        asked(text_of({"Then": [activity("Bake")]}), deck="Bread"), {"bake.how-well": "well"}
    )
    named = replace(other, identity=replace(other.identity, workbook="bakers"))
    assert settle(named, [today], today).was is None


def test_of_several_workbooks_of_today_the_same_role_s_is_taken() -> None:
    mine, other = asked(BEFORE), asked(text_of({"Now": [activity("Bake")]}))
    other = replace(other, identity=replace(other.identity, workbook="bakers", code="1"))
    settled = settle(copy_of(mine, VALUES), [other, mine], [other, mine])
    assert settled.was and settled.was.identity.workbook == "wardens"
    assert said(settled) == VALUES
    alone = settle(copy_of(mine, VALUES), [other, mine], other)
    assert [one.asked_now for one in alone.answers] == [GONE] * len(VALUES)


NUMBERED = {**VALUES, "walk-the-doors.how-well": "2"}


def test_places_are_good_for_a_workbook_that_has_the_very_same_fields() -> None:
    today = asked(BEFORE)
    settled = settle(old_copy(today, NUMBERED), [today], today)
    assert said(settled) == VALUES and not settled.unsure


def test_places_alone_place_nothing_in_a_workbook_with_other_fields() -> None:
    was = asked(BEFORE)
    today = asked(text_of({"Tonight": [activity("Thank"), WALK, HEAT], "This year": [PLAN]}))
    settled = settle(old_copy(was, NUMBERED), [today], today)
    assert settled.unsure and len(settled.answers) == len(VALUES)
    assert all(one.gone and one.said.note for one in settled.answers)


def test_tooltips_say_which_question_a_place_was() -> None:
    was = told_by(asked(BEFORE))
    walk = activity("Walk the doors", "Which doors?", ("Windows", "Doors"))
    frames = {"Tonight": [activity("Thank", "Whom?"), walk, HEAT], "This year": [PLAN]}
    today = told_by(asked(text_of(frames)))
    tips = {q.once[-1] if q.once else q.field: q.told for q in was.questions}
    settled = settle(old_copy(was, NUMBERED, tips), [today], today)
    assert said(settled) == VALUES and now(settled) == {}


TITLES = st.lists(st.sampled_from(string.ascii_uppercase), unique=True, min_size=1, max_size=5)
TICKS = st.lists(st.sampled_from(["Doors", "Windows", "Ovens", "Taps"]), unique=True, min_size=1)


@st.composite
def workbooks(draw: st.DrawFn) -> str:
    """Activities in any order in any time frames, with their ticks in any order."""
    frames: dict[str, list[str]] = {"Now": [], "Later": []}
    for title in draw(TITLES):
        made = activity(f"Do {title}", f"What of {title}?", draw(TICKS))
        frames[draw(st.sampled_from(sorted(frames)))].append(made)
    return text_of({name: each for name, each in frames.items() if each})


@given(workbooks(), workbooks())
def test_any_change_of_places_moves_no_answer_to_another_question(old: str, new: str) -> None:
    was, today = asked(old, "1"), asked(new, "2")
    values = {q.field: q.options[-1].value if q.options else q.field for q in was.questions}
    for known in ([today, was], [today]):
        settled = settle(copy_of(was, values), known, today)
        assert len(settled.answers) == len(values)
        questions = {q.field: q for q in today.questions}
        for one in settled.answers:
            if not one.gone:
                question = questions[one.said.field]
                assert one.said.value in (one.said.field, *(o.value for o in question.options))
                mine = next(q for q in was.questions if q.field == one.said.field)
                assert (mine.words, mine.activity) == (question.words, question.activity)
            else:
                assert one.said.field not in questions


@given(workbooks(), workbooks())
def test_any_file_of_places_is_placed_by_its_tooltips_or_not_at_all(old: str, new: str) -> None:
    was, today = told_by(asked(old)), told_by(asked(new))
    values = {q.field: "1" if q.options and not q.row else q.field for q in was.questions}
    tips = {q.once[-1] if q.once else q.field: q.told for q in was.questions}
    for told in (tips, {}):
        settled = settle(old_copy(was, values, told), [today], today)
        same = {q.once[-1] if q.once else q.field for q in today.questions} == set(tips)
        assert settled.was is None or settled.unsure or told or same
        for one in settled.answers if told else ():
            if not one.gone and one.said.value.startswith("do-"):
                assert one.said.value == one.said.field or one.asked_now

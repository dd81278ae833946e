"""A table of answers in order: nothing twice, nothing lost, nothing under another team."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.model.answers import Answer, AnswerTable, Source, Verdict
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.reporting.asked import Field, Sort, roles_in
from deckgen.reporting.days import habits_of
from deckgen.reporting.findings import asked_of, find, is_of
from deckgen.reporting.found import Findings
from tests.reporting.made_up import answer, fields_of, source


def found(
    deck: Project,
    answers: list[Answer],
    sources: list[Source],
    expected: tuple[str, ...] = (),
) -> Findings:
    content = Proof(deck).read[0]
    assert content
    table = AnswerTable("D", tuple(answers), tuple(sources))
    return find(*asked_of(table, content.books)[::-1], habits_of("en-GB"), expected)


def first_row(deck: Project) -> tuple[Field, ...]:
    """The first row of actions: what, who, when, status."""
    rows: dict[str, list[Field]] = {}
    for field in fields_of(deck):
        if field.row:
            rows.setdefault(field.row, []).append(field)
    return next(tuple(fields) for fields in rows.values() if roles_in(fields))


def filled(of: Source, row: tuple[Field, ...], *values: str) -> list[Answer]:
    return [answer(of, f, value) for f, value in zip(row, values, strict=True) if value]


def test_an_action_has_its_person_day_and_status(deck: Project) -> None:
    of, row = source(1, "Heron"), first_row(deck)
    said = found(deck, filled(of, row, "Book a room", "Tom", "12/3/2027", "Started"), [of])
    (action,) = said.actions
    assert (action.what.words, action.who.words, str(action.day)) == (
        "Book a room",
        "Tom",
        "2027-03-12",
    )
    assert (action.status.words, action.state) == ("Started", 1)
    assert said.titles == ("Action", "Who", "By when", "Status")


def test_the_same_action_in_a_newer_workbook_is_one_with_its_status_before(deck: Project) -> None:
    new, old, row = (
        source(1, "Heron", edition="2"),
        source(2, "Heron", edition="1"),
        first_row(deck),
    )
    answers = [
        *filled(new, row, "Book  a ROOM", "Ann", "", "Done"),
        *filled(old, row, "Book a room", "Tom", "12/3/2027", "Started"),
    ]
    (action,) = found(deck, answers, [new, old]).actions
    assert (action.source, action.who.words, action.before) == (1, "Ann", "Started")


def test_another_action_in_the_same_row_is_kept_beside_it(deck: Project) -> None:
    old, new, row = source(1, "Heron"), source(2, "heron ", edition="2"), first_row(deck)
    answers = [*filled(old, row, "Book a room", "", "", ""), *filled(new, row, "Cook", "", "", "")]
    assert [a.what.words for a in found(deck, answers, [old, new]).actions] == [
        "Book a room",
        "Cook",
    ]


def test_two_teams_with_the_same_action_are_two(deck: Project) -> None:
    one, two, row = source(1, "Heron"), source(2, "Wren"), first_row(deck)
    answers = [*filled(one, row, "Cook", "", "", ""), *filled(two, row, "Cook", "", "", "")]
    assert [a.team.name for a in found(deck, answers, [one, two]).actions] == ["Heron", "Wren"]


def test_workbooks_without_a_team_are_of_nobody_together(deck: Project) -> None:
    one, two = source(1, "", file="a.pdf"), source(2, "", file="a.pdf")
    box = next(f for f in fields_of(deck) if f.sort is Sort.WORDS and not f.row)
    said = found(deck, [answer(one, box, "Yes"), answer(two, box, "No")], [one, two], ("Heron",))
    assert [t.name for t in said.teams.teams] == ["a.pdf #1", "a.pdf #2"]
    assert (said.teams.silent, said.teams.strange) == (("Heron",), ())
    assert said.teams.unnamed == ("a.pdf", "a.pdf")


def test_marks_stand_in_the_order_of_editions(deck: Project) -> None:
    new, old = source(1, "Heron", edition="10"), source(2, "Heron", edition="9")
    scale = next(f for f in fields_of(deck) if f.sort is Sort.RATING)
    answers = [
        answer(new, scale, scale.options[4].value),
        answer(old, scale, scale.options[1].words),
    ]
    (made,) = found(deck, answers, [new, old]).scales
    assert made.rated[0].marks == ((2, 1), (1, 4))
    assert made.rated[0].team.sure


def test_within_one_edition_the_order_is_not_sure(deck: Project) -> None:
    one, two = source(1, "Heron"), source(2, "Heron")
    assert not found(deck, [], [one, two]).teams.teams[0].sure


def test_a_mark_that_is_no_step_is_words_and_not_lost(deck: Project) -> None:
    of = source(1, "Heron")
    scale = next(f for f in fields_of(deck) if f.sort is Sort.RATING)
    said = found(deck, [answer(of, scale, "between 3 and 4")], [of])
    assert said.scales == ()
    assert said.groups[0].entries[0].said[0].words == "between 3 and 4"


def test_every_answer_is_somewhere(deck: Project, table: AnswerTable) -> None:
    said = found(deck, list(table.answers), list(table.sources))
    ratings = {f.name for f in fields_of(deck) if f.sort is Sort.RATING}
    shown = "\n".join(
        [f"{a.what.words} {a.who.words} {a.written.words} {a.status.words}" for a in said.actions]
        + [s.words for g in said.groups for e in g.entries for s in e.said]
        + [c.words for g in said.groups for _, row in g.rows for c in row]
    )
    for given in table.answers:
        if given.value and given.value != "Yes" and given.field not in ratings:
            assert given.value in shown, given


def test_an_answer_to_a_question_that_is_gone_stands_under_its_words(deck: Project) -> None:
    of = source(1, "Heron")
    gone = Field("old.box", Sort.WORDS, "What did we bake?", "Before", "Bread")
    said = found(deck, [answer(of, gone, "A loaf", asked_now="no longer asked")], [of])
    (group,) = said.groups
    assert (group.field.title, group.field.activity) == ("What did we bake?", "Bread")
    assert group.entries[0].said[0].asked_now == "no longer asked"


def test_two_values_of_one_field_are_both_shown(deck: Project) -> None:
    of = source(1, "Heron")
    box = next(f for f in fields_of(deck) if f.sort is Sort.WORDS and not f.row)
    said = found(deck, [answer(of, box, "Yes"), answer(of, box, "No")], [of])
    assert said.groups[0].entries[0].said[0].words == "Yes\nNo"


def test_the_same_words_in_a_newer_workbook_are_shown_once(deck: Project) -> None:
    old, new = source(1, "Heron"), source(2, "Heron", edition="2")
    box = next(f for f in fields_of(deck) if f.sort is Sort.WORDS and not f.row)
    said = found(deck, [answer(old, box, "Yes"), answer(new, box, "Yes")], [old, new])
    assert [entry.source for entry in said.groups[0].entries] == [2]


def test_what_is_rejected_is_told_and_counts_for_nobody(deck: Project) -> None:
    bad = source(1, "Heron", verdict=Verdict.REJECTED, reason="Cut off.")
    said = found(deck, [], [bad], ("Heron",))
    assert said.teams.teams == ()
    assert said.teams.silent == ("Heron",)
    assert said.to_review == (bad,)


def test_gaps_are_of_the_workbook_that_the_team_has(deck: Project) -> None:
    content = Proof(deck).read[0]
    assert content
    books = content.books
    own = fields_of(deck, books[1].key)
    last = next(f for f in reversed(own) if f.activity)
    for key in (books[1].key, ""):
        of = source(1, "Heron", workbook=key)
        (gap,) = found(deck, [answer(of, last, "x")], [of]).gaps
        assert gap.answered == 1
        assert gap.blocks == len({field.block for field in own})
        assert last.heading not in gap.nothing_in


def test_what_a_teams_own_workbook_lacks_is_no_gap(deck: Project) -> None:
    own = fields_of(deck)
    last = next(f for f in reversed(own) if f.activity)
    others = {f.block: f for f in own if f.activity and f.activity != last.activity}
    lacks = tuple(f.name for f in own if f.block in others)
    of = source(1, "Heron", unasked=lacks)
    (gap,) = found(deck, [answer(of, last, "x")], [of]).gaps
    assert gap.blocks == len({f.block for f in own} - others.keys())
    assert not {f.heading for f in others.values()} & set(gap.nothing_in)
    (whole,) = found(deck, [answer(of, last, "x")], [source(1, "Heron")]).gaps
    assert {f.heading for f in others.values()} <= set(whole.nothing_in)


def test_a_doubtful_option_is_said_in_words(deck: Project) -> None:
    of, scale = source(1, "Heron"), next(f for f in fields_of(deck) if f.sort is Sort.RATING)
    given = answer(of, scale, scale.options[1].value, note="Two marks.")
    assert found(deck, [given], [of]).doubts[0].value == scale.options[1].words


def test_answers_to_another_deck_are_known_as_such(deck: Project, table: AnswerTable) -> None:
    content = Proof(deck).read[0]
    assert content
    assert is_of(*asked_of(table, content.books))
    others = tuple(replace(a, field=f"x.{a.field}") for a in table.answers)
    foreign = replace(table, answers=others)
    assert not is_of(*asked_of(foreign, content.books))

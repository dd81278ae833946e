"""Which workbooks are known: today's, those of editions, and those that were made for teams."""

from __future__ import annotations

from deckgen.collecting.known import known_of
from deckgen.model.answers import Copy
from deckgen.project import read_project
from tests.conftest import ROOT

LIST = b"Team,Activities\nNorth,\nSouth,policies\nWest,policies\n"


def test_todays_workbooks_are_known_in_both_prints() -> None:
    known, problems = known_of(read_project(ROOT))
    assert known and not problems
    own = [(a.identity.workbook, a.identity.large_print) for a in known.asked]
    assert len(own) == len(set(own)) == 2 * len(known.todays) == 4
    assert len({q.field for q in known.questions}) == len(known.questions)
    assert known.edition == known.todays[0].identity.edition


def test_workbooks_of_a_list_of_teams_are_known() -> None:
    project = read_project(ROOT)
    usual, _ = known_of(project)
    known, problems = known_of(project, ("teams.csv", LIST))
    assert known and usual and not problems
    assert known.teams == {"1": "North", "2": "South", "3": "West"}
    (made,) = {a.identity.code for a in known.asked} - {a.identity.code for a in usual.asked}
    (choice,) = [a for a in known.asked if a.identity.code == made]
    starts = {question.field.partition(".")[0] for question in choice.questions}
    assert "policies" in starts and "whole-agency" not in starts
    assert known.todays == usual.todays


def test_what_a_teams_workbook_was_made_without_is_known() -> None:
    known, _ = known_of(read_project(ROOT), ("teams.csv", LIST))
    assert known
    own = known.asked[-1]
    whole = next(a for a in known.asked if a.identity.workbook == own.identity.workbook)
    lacks = {q.field for q in whole.questions} - {q.field for q in own.questions}
    on_screen = Copy(asked={q.field: q.digest for q in own.questions})
    page = {q.field: q.digest for q in own.questions if q.spots[0].page == 4}
    on_paper = Copy(identity=own.identity, asked=page)
    for copy, was in ((on_screen, whole), (on_paper, own)):
        assert set(known.unasked(copy, was)) == lacks
    assert known.unasked(Copy(), whole) == ()


def test_a_list_with_an_error_stops_everything() -> None:
    known, problems = known_of(read_project(ROOT), ("teams.csv", b"Team,Activities\nNorth,none\n"))
    assert known is None and [p.place.file for p in problems] == ["teams.csv"]

"""Lists, what they are understood as, and everything that is wrong with them."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from deckgen.answers.asked import asked_today
from deckgen.answers.table_record import written
from deckgen.model.answers import Answer, AnswerTable, Asks, How
from deckgen.options import Options
from deckgen.personal.choices import Choice
from deckgen.problem import Problem
from deckgen.project import Project
from deckgen.proof.proof import Proof
from tests.example_decks import deck as made_up
from tests.personal.lists import deck, listed, planned


def codes(found: list[Problem]) -> list[tuple[str, str]]:
    return [(p.code, p.place.spot) for p in found]


def test_a_list_of_everything() -> None:
    head = ("Date", "TEAM", "role", "Activities", "Facilitator", "Large print")
    rows = (
        ("2027-03-31", "Northside", "Fire wardens", "", "Ada Łukasz", "yes"),
        ("", "Southgate", "night-staff", "", "Siân", ""),
        ("31.3.2027", "Harbour", "", "Look for heat; Tonight 1", "", "no"),
    )
    (north, south, harbour), found = planned(listed(*rows, head=head))
    assert found == []
    assert north.choice == Choice("fire-wardens", (), True)
    assert [*north.values.values()] == ["31 March 2027", "Northside", "Ada Łukasz"]
    assert (south.file, south.number) == ("Southgate workbook.pdf", 2)
    assert south.choice == Choice("night-staff") and [*south.values.values()] == [
        *("Southgate", "Siân")
    ]
    assert len(harbour.choice.activities) == 2


def test_a_column_that_is_called_like_a_line_of_the_cover_fills_it() -> None:
    data = listed(("Team A", "Ward 7", "2027-01-02"), head=("Team", "fire warden:", "Start date"))
    ((wanted,), found) = planned(data)
    assert found == []
    assert [*wanted.values.values()] == ["Ward 7", "2027-01-02", "Team A"]


def test_all_that_is_wrong_is_said_at_once_in_its_place() -> None:
    head = ("Team", "Role", "Date", "Activities", "Large print", "Answers", "Facilitator")
    rows = (
        ("", "", "", "", "", "", ""),
        ("", "Fire wardens", "", "", "", "", ""),
        ("B", "Fire walkers", "", "", "", "", ""),
        ("C", "", "3/4/2027", "", "", "", ""),
        ("D", "", "", "Walk the doors; Look for heat", "", "", ""),
        ("E", "", "", "", "perhaps", "", ""),
        ("F", "", "", "", "", "none.json", ""),
        ("G 漢", "", "", "", "", "", ""),
        ("H", "", "", "", "", "", "A very long name " * 12),
        ("Twice", "", "", "", "", "", ""),
        ("twice", "", "", "", "", "", ""),
        ("a/b", "", "", "", "", "", ""),
        ("A:B", "", "", "", "", "", ""),
    )
    wanted, found = planned(listed(*rows, head=head))
    assert wanted == ()
    assert sorted(codes(found), key=lambda one: int(one[1].split()[1][1:])) == [
        ("table-cell", "cell B3"),
        ("table-cell", "cell B4"),
        ("table-cell", "cell C5"),
        ("table-cell", "cell D6"),
        ("table-cell", "cell E7"),
        ("answers-unreadable", "cell F8"),
        ("letter-missing", "cell A9"),
        ("text-too-long", "cell G10"),
        ("team-repeated", "cell A12"),
        ("file-name-taken", "cell A14"),
    ]
    said = {p.code: p.found for p in found}
    assert "漢" in said["letter-missing"]
    assert "cell A11" in said["team-repeated"] and "cell A13" in said["file-name-taken"]
    assert any("Look for heat" in p.todo or "Walk the ways out" in p.todo for p in found)


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        (("Group",), [("A",)], [("table-columns", "cell A1")] * 2),
        (("Team", "team"), [("A", "B")], [("table-columns", "cell B1")]),
        (("Team", ""), [("A", "B")], [("table-columns", "cell B2")]),
        (("Team",), [], [("table-columns", "")]),
        ((), [], [("table-columns", "")]),
    ],
)
def test_columns(
    head: tuple[str, ...], rows: list[tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    wanted, found = planned(listed(*rows, head=head))
    assert (wanted, codes(found)) == ((), expected)


def test_the_cover_may_have_no_line_for_somebody() -> None:
    project = deck()
    file = "content/workbooks/fire-wardens.md"
    text = project.files[file].replace(b"Building, Fire warden, Start date", b"Building")
    project = replace(project, files={**project.files, file: text})
    data = listed(("A", "Ada"), head=("Team", "Facilitator"))
    assert codes(planned(data, project=project)[1]) == [("table-cell", "cell B2")]
    assert planned(listed(("A",)), project=project)[1] == []


def test_names_of_files_and_roles_that_are_not_there() -> None:
    assert planned(listed(("A",)), name="{group}.pdf")[1][0].place.file == "--name"
    (found,) = planned(listed(("A",)), options=Options(role="nobody"))[1]
    assert (found.code, found.place.file) == ("selection-invalid", "--role")
    ((wanted,), _) = planned(listed(("A",)), options=Options(role="night-staff"))
    assert wanted.choice.role == "night-staff"


def table(**of: str) -> bytes:
    answers = tuple(
        Answer(
            *(1, "a.pdf", team, "", "1", "", "", "", 0, "All clear", How.TYPED, field),
        )
        for team, field in of.items()
    )
    return written(AnswerTable("Fire safety", answers, ()))


def test_answers_of_last_time() -> None:
    (first, *_), _ = planned(listed(("A",)))
    field = next(iter(first.values))
    files = {"all.json": table(A="tonight.x", B=field), "one.json": json.encode({field: "Y"})}
    rows = (("A", "all.json"), ("b", "all.json"), ("C", "one.json"), ("D", "one.json"))
    wanted, found = planned(listed(*rows, head=("Team", "Answers")), files=files)
    assert codes(found) == [("answer-left-over", "cell B2")] and "All clear" in found[0].found
    assert [w.values[field] for w in wanted] == ["A", "b", "C", "D"]  # the list is newer


def test_what_is_odd_about_a_table_is_named() -> None:
    today = asked_today(Proof(deck()), "")
    assert today
    own = next(q for q in today.questions if q.asks is Asks.LINES)
    answer = Answer(1, "a.pdf", "A", "", "1", "", "", own.words, 0, "Now", How.TYPED, own.field)
    later = replace(answer, file="b.pdf", value="Then")
    for answers, code, kept in (
        ((answer,), [], "Now"),
        ((replace(answer, question="Before?"),), ["answer-reworded"], "Now"),
        ((answer, later), ["answers-odd"], "Then"),
        ((answer, replace(answer, value="")), [], "Now"),  # handwriting that nobody has typed
    ):
        files = {"x.json": written(AnswerTable("Fire safety", answers, ()))}
        (wanted,), found = planned(listed(("A", "x.json"), head=("Team", "Answers")), files=files)
        assert codes(found) == [(one, "cell B2") for one in code]
        assert wanted.values[own.field] == kept


def test_a_spreadsheet_with_a_date() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ["Team", "Date"])
    sheet.write_string(1, 0, "Łódź")
    sheet.write_datetime(1, 1, datetime(2027, 3, 31), days)
    sheet.write_string(2, 0, "B")
    sheet.write_formula(2, 1, "=TODAY()")
    book.close()
    wanted, found = planned(out.getvalue(), file="teams.xlsx")
    assert (wanted, codes(found)) == ((), [("table-cell", "cell B3")])
    assert codes(planned(b"PK\x03\x04", file="teams.xlsx")[1]) == [("table-unreadable", "")]


def test_columns_in_the_deck_s_language() -> None:
    project = deck()
    text = project.files["content/deck.toml"].replace(b'"en-GB"', b'"de-DE"')
    project = replace(project, files={**project.files, "content/deck.toml": text})
    data = listed(("A", "Ja"), head=("Team", "Großdruck"))
    wanted, found = planned(data, project=project)
    assert not [p for p in found if p.place.file == "teams.csv"]
    assert not wanted or wanted[0].choice.large_print


@pytest.mark.parametrize(("language", "team"), [("he", "צוות הלילה"), ("ar", "فريق الليل")])
def test_a_deck_that_runs_from_right_to_left(language: str, team: str) -> None:
    project = rtl(language)
    ((wanted,), found) = planned(listed((team,), head=("Team",)), project=project)
    assert not [p for p in found if p.place.file == "teams.csv"]
    assert team in wanted.values.values() and wanted.file == f"{team} workbook.pdf"
    found = planned(listed(("漢字",)), project=project)[1]
    (lacking,) = [p for p in found if p.place.file == "teams.csv"]
    assert lacking.code == "letter-missing" and "字" in lacking.found


def rtl(language: str) -> Project:
    """A deck from right to left, with a workbook."""
    project = made_up({"he": "hebrew", "ar": "arabic"}[language])
    title = project.files["content/deck.toml"].decode().split('"')[1]
    book = f"# {title}\nRole: {title}\nCover fields: {title}\n\n## {title}\nWhen: {title}\n\n"
    book += f"### {title}\nId: one\nCards: A1\n\n#### {title}\nBox\nId: box\n"
    settings = b'workbook = "book"\n' + project.files["content/deck.toml"]
    files = {"content/deck.toml": settings, "content/workbooks/book.md": book.encode()}
    return replace(project, files={**project.files, **files})


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=4), max_size=6))
def test_any_table_is_a_list_or_has_problems(rows: list[list[str]]) -> None:
    wanted, found = planned(listed(*rows, head=("Team", "Role", "Date")))
    assert wanted or found
    assert all(p.place.file for p in found)

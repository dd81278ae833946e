"""The actions for other programs: no cell is a formula, and calendars know each action again."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from deckgen.reporting import files_of_actions
from deckgen.reporting.files_of_actions import NotInstalled, actions_csv, actions_ics, guarded
from deckgen.reporting.found import Action, Said
from deckgen.reporting.report import CSV, ICS, Made
from deckgen.reporting.teams import Team
from deckgen.wording.say import SAY_ENGLISH
from tests.reporting.made_up import source

STAMP = datetime(2026, 11, 23, tzinfo=UTC)


def action(
    what: str = "Cook", team: str = "Heron", day: date | None = None, **more: object
) -> Action:
    of = Team(team, (source(1, team),))
    said = {"who": Said("Tom"), "written": Said("soon"), "status": Said(), **more}
    return Action(of, 1, "plant.to-do.1", "Spring", "Trees", Said(what), day=day, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "|x", "＝1", "%0"])
def test_what_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_other_cells_stay() -> None:
    assert guarded("Cook = eat") == "Cook = eat"


def test_no_cell_of_the_table_is_a_formula() -> None:
    data = actions_csv(
        [action("=cmd|' /C calc'!A0", team="@SUM(A1)", who=Said("+44"))], SAY_ENGLISH
    )
    assert data.startswith("\ufeff".encode())
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_the_table_has_every_action(made: Made) -> None:
    rows = list(csv.DictReader(io.StringIO(made.files[CSV].decode("utf-8-sig"))))
    assert {"Heron", "Kingfisher", "Wren", "scan-0017.pdf"} == {row["Team"] for row in rows}
    assert any(row["Date"] == "2027-03-12" and row["As written"] == "12/3/2027" for row in rows)
    assert all(not row["Date"] for row in rows if row["As written"] in ("next week", "12 March"))


def test_the_calendar_has_whole_days_and_no_others(made: Made) -> None:
    events = Calendar.from_ical(made.files[ICS]).walk("VEVENT")
    rows = list(csv.DictReader(io.StringIO(made.files[CSV].decode("utf-8-sig"))))
    assert len(events) == sum(bool(row["Date"]) for row in rows) > 5
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        assert type(event["dtstart"].dt) is date
        assert (event["dtend"].dt - event["dtstart"].dt).days == 1


def ids(*actions: Action) -> list[str]:
    data = actions_ics(actions, "Trees", SAY_ENGLISH, STAMP)
    assert data
    return [str(event["uid"]) for event in Calendar.from_ical(data).walk("VEVENT")]


def test_an_id_stays_when_day_and_status_change_and_only_then() -> None:
    first, later = date(2027, 3, 12), date(2027, 5, 1)
    before = ids(action(day=first))
    assert ids(action(day=later, status=Said("Done"), who=Said("Ann"))) == before
    assert ids(action("Bake", day=first)) != before
    assert ids(action(team="Wren", day=first)) != before
    assert len(set(ids(action(day=first), action(day=first)))) == 2


def test_words_are_escaped_and_folded() -> None:
    said = "Cook, eat; and wash up\nthen END:VEVENT\r\nBEGIN:VALARM " * 4
    data = actions_ics([action(said, day=date(2027, 3, 12))], "Trees", SAY_ENGLISH, STAMP)
    assert data
    assert max(map(len, data.splitlines())) <= 75
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["summary"]) == " ".join(said.split())


def test_no_day_no_calendar() -> None:
    assert actions_ics([action()], "Trees", SAY_ENGLISH, STAMP) is None


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_of_actions, "find_spec", lambda _: None)
    with pytest.raises(NotInstalled, match=r"deckgen-cards\[report\]"):
        actions_ics([action(day=date(2027, 3, 12))], "Trees", SAY_ENGLISH, STAMP)

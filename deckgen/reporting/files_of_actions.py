"""The actions for other programs: a table with commas, and a calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec

from deckgen.model.text import plain
from deckgen.reporting.found import Action
from deckgen.reporting.teams import team_key
from deckgen.wording.say import Wording

# A spreadsheet takes what begins with one of these for a formula.
_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")


class NotInstalled(Exception):
    """The package that writes calendars is not there; says what to install."""


def actions_csv(actions: Iterable[Action], say: Wording) -> bytes:
    """All actions in UTF-8 with the mark by which spreadsheets know it, a row for each."""
    heads = (
        *(say("Team"), say("Workbook"), say("Time frame"), say("Activity"), say("Action")),
        *(say("Who"), say("Date"), say("As written"), say("Status"), say("Status before")),
        say("Other columns"),
    )
    handwriting = plain(say("Handwriting"))
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(guarded(plain(head)) for head in heads)
    for action in actions:
        cells = (
            action.team.name,
            _number(action),
            action.frame,
            action.activity,
            action.what.words or handwriting * bool(action.what.crop),
            action.who.words or handwriting * bool(action.who.crop),
            action.day.isoformat() if action.day else "",
            action.written.words or handwriting * bool(action.written.crop),
            action.status.words or handwriting * bool(action.status.crop),
            action.before,
            "; ".join(f"{title}: {said.words}" for title, said in action.beside),
        )
        writer.writerow(map(guarded, cells))
    return made.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


def _number(action: Action) -> str:
    """Which of its team's workbooks an action is in; "" if there is only one."""
    numbers = [source.number for source in action.team.sources]
    return f"{numbers.index(action.source) + 1}" if len(numbers) > 1 else ""


def needs_calendars() -> None:
    """Raise NotInstalled if calendars can't be written here."""
    if find_spec("icalendar") is None:
        needed = "Calendars need the package icalendar, which is not installed. Install it with"
        raise NotInstalled(f'{needed}: pip install "deckgen-cards[report]"')


def actions_ics(
    actions: Iterable[Action], deck: str, say: Wording, stamp: datetime
) -> bytes | None:
    """The actions that have a date, each as a whole day; None if there are none.

    The same action has the same id in every report, so that calendars renew it. Raises
    NotInstalled.
    """
    dated = sorted(
        (action for action in actions if action.day), key=lambda a: (a.day, a.team.name, a.row)
    )
    if not dated:
        return None
    needs_calendars()
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//deckgen//report//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", deck)
    seen: dict[str, int] = {}
    for action in dated:
        assert action.day
        event, name = Event(), _uid(action, deck)
        seen[name] = seen.get(name, 0) + 1
        event.add("uid", f"{name}-{seen[name]}@deckgen" if seen[name] > 1 else f"{name}@deckgen")
        event.add("dtstamp", stamp)
        event.add("dtstart", action.day)
        event.add("dtend", action.day + timedelta(days=1))
        event.add("summary", _line(action.what.words) or plain(say("Handwriting")))
        event.add("description", _described(action, say))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical(sorted=False)
    return made


def _line(text: str) -> str:
    return " ".join(text.split())


def _uid(action: Action, deck: str) -> str:
    """An id made of what is to be done, by which team, and where it stands: not of what may yet
    change in it.
    """
    said = (deck, team_key(action.team.name), action.row, _line(action.what.words).casefold())
    return sha256("\0".join(said).encode()).hexdigest()[:32]


def _described(action: Action, say: Wording) -> str:
    facts = (
        (plain(say("Team")), action.team.name),
        (plain(say("Who")), _line(action.who.words)),
        (plain(say("Status")), _line(action.status.words)),
        (plain(say("Activity")), action.activity or action.frame),
    )
    said = [f"{label}: {fact}" for label, fact in facts if fact]
    said += [f"{title}: {_line(beside.words)}" for title, beside in action.beside]
    return "\n".join(said)

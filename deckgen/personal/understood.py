"""What the rows of a list mean: whose workbook, which activities, which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from deckgen.model.text import word
from deckgen.model.workbook import Workbook
from deckgen.personal.choices import Choice
from deckgen.personal.days import read_day, written_day
from deckgen.personal.team_list import ACTIVITIES, DATE, LARGE, ROLE, TEAM, Row
from deckgen.problem import Found, Problem, one_of, problem
from deckgen.wording.say import Wording

_YES, _NO = word("Yes"), word("No")


class Team(Struct, frozen=True):
    """What a row says, once its words are understood; `day` as it is written on the cover."""

    row: Row
    choice: Choice
    day: str

    @property
    def name(self) -> str:
        """The team's name."""
        return self.row.said(TEAM)


class Understood(Struct, frozen=True):
    """Understands rows. `books` are there by the names of their files; `usual` if none is named."""

    say: Wording
    books: Mapping[str, Workbook]
    usual: str
    large_print: bool

    def team(self, row: Row) -> tuple[Team | None, list[Problem]]:
        """A row's team; None if there is an error."""
        found = Found()
        if not row.said(TEAM):
            said, todo = "This row names no team.", "Write its name, or take the row out."
            found.append(problem("table-cell", row.place, said, todo))
        book = found.take(self._book(row))
        day = found.take(self._day(row))
        large = found.take(self._large(row))
        keys = found.take(_activities(row, book)) if book else ()
        if found or book is None:
            return None, found
        written = written_day(day, self.say) if day else ""
        return Team(row, Choice(book.key, keys, large), written), []

    def _book(self, row: Row) -> tuple[Workbook | None, list[Problem]]:
        """By the name of its file, or the words of its role."""
        said = row.said(ROLE)
        names = {_plain(name): key for key in self.books for name in (key, self.books[key].role)}
        key = names.get(_plain(said)) or names.get(_plain(said).replace(" ", "-"), "")
        if not said:
            key = self.usual
        if key in self.books:
            return self.books[key], []
        told = f"There is no workbook for “{said}”." if said else "This row names no role."
        return None, [problem("table-cell", row.at(ROLE), told, one_of(said, self.books))]

    def _day(self, row: Row) -> tuple[date | None, list[Problem]]:
        said = row.said(DATE)
        day = read_day(said, self.say) if said else None
        if day or not said:
            return day, []
        todo = "Write it as 2027-03-31, or as 31 March 2027."
        told = f"“{said[:40]}” is no date, or could be one of two."
        return None, [problem("table-cell", row.at(DATE), told, todo)]

    def _large(self, row: Row) -> tuple[bool, list[Problem]]:
        said = row.said(LARGE)
        if not said:
            return self.large_print, []
        key = self.say.key_in(said, (_YES, _NO))
        if key:
            return key == _YES, []
        todo = "Write yes or no."
        told = f"“{said[:40]}” is neither yes nor no."
        return False, [problem("table-cell", row.at(LARGE), told, todo)]


def _activities(row: Row, book: Workbook) -> tuple[tuple[str, ...], list[Problem]]:
    """The chosen activities in the order of the workbook; () for all of them."""
    cell = row.cells.get(ACTIVITIES)
    if not cell:
        return (), []
    known: dict[str, str] = {}
    for frame, activity in book.activities:
        known[_plain(activity.key)] = known[_plain(activity.title)] = activity.key
        known[_plain(f"{frame.name} {activity.number}")] = activity.key
    found, chosen = Found(), set[str]()
    for said in _parts(cell.text, known):
        if key := known.get(_plain(said)):
            chosen.add(key)
            continue
        titles = {activity.title for _, activity in book.activities}
        told = f"“{book.title}” has no activity “{said[:60]}”."
        found.append(problem("table-cell", cell.place, told, one_of(said, titles)))
    keys = tuple(activity.key for _, activity in book.activities if activity.key in chosen)
    return () if len(keys) == len(book.activities) else keys, found


def _parts(cell: str, known: Mapping[str, str]) -> list[str]:
    """Names between semicolons or line ends, or else between commas, which titles have too."""
    parts = [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]
    if len(parts) > 1 or _plain(parts[0] if parts else "") in known:
        return parts
    return [part.strip() for part in cell.split(",") if part.strip()]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

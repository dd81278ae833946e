"""A list of teams → what stands in each team's file, and everything wrong with the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from deckgen.content.load import Content
from deckgen.model.workbook import Workbook
from deckgen.options import Options
from deckgen.personal.answers_before import Before
from deckgen.personal.choices import Choice, lay_out
from deckgen.personal.file_names import NAMES, clashes, safe_name, unknown_names
from deckgen.personal.filling import Filler
from deckgen.personal.team_list import ANSWERS, FACILITATOR, TEAM, Row, read_list
from deckgen.personal.understood import Team, Understood
from deckgen.problem import Found, Place, Problem, blocks, in_order, one_of, problem
from deckgen.project import Project
from deckgen.proof.proof import Proof

Given = Callable[[str], bytes]


class Wanted(Struct, frozen=True):
    """One team's workbook: the team's number in the list, its file, and answers by field."""

    number: int
    team: str
    file: str
    choice: Choice
    values: Mapping[str, str]


def plan_teams(
    project: Project, data: bytes, file: str, pattern: str, options: Options, given: Given
) -> tuple[tuple[Wanted, ...], list[Problem]]:
    """What is to be made of a list, in its order; nothing if there is an error.

    `given` reads a file that the list names, and raises CannotRead. Raises NotInstalled.
    """
    proof, found = Proof(project), Found(_pattern_problems(pattern))
    content = proof.read[0]
    if content is None or not content.books or not _usual(content, options.role):
        return (), in_order([*found, *lay_out(proof, options, Choice(options.role))[1]])
    labels = [label for book in content.books for label in book.cover_fields]
    rows = found.take(read_list(data, file, content.say, labels))
    books = {book.key: book for book in content.books}
    usual = _usual(content, options.role)
    understood = Understood(content.say, books, usual.key if usual else "", options.large_print)
    teams = [team for row in rows if (team := found.take(understood.team(row)))]
    found += _repeated(teams)
    fillers: dict[Choice, Filler] = {}
    for choice in sorted({team.choice for team in teams}):
        if laid := found.take(lay_out(proof, options, choice)):
            fillers[choice] = Filler(laid)
    before = Before(proof, given)
    known = [team for team in teams if team.choice in fillers]
    wanted = [
        found.take(_wanted(team, number, pattern, fillers[team.choice], before))
        for number, team in enumerate(known, 1)
    ]
    found += _clashing(wanted, known)
    return () if blocks(found) else tuple(wanted), in_order(found)


def _usual(content: Content, role: str) -> Workbook | None:
    """The workbook of teams that name no role."""
    return content.workbook_of(role) if role else content.workbook


def _pattern_problems(pattern: str) -> Iterator[Problem]:
    """What is wrong with the names that were asked for."""
    for name in unknown_names(pattern):
        said = f"Names of files can't have {{{name}}}."
        yield problem("selection-invalid", Place("--name"), said, one_of(name, NAMES))


def _wanted(
    team: Team, number: int, pattern: str, filler: Filler, before: Before
) -> tuple[Wanted, list[Problem]]:
    found, row, places = Found(), team.row, dict[str, Place]()
    values: dict[str, str] = {}
    if asked := row.said(ANSWERS):
        values |= found.take(before.of(team.name, asked, row.at(ANSWERS), filler.laid.asked))
        places |= dict.fromkeys(values, row.at(ANSWERS))
    for field, cell in found.take(filler.cover_of(row, team.day)).items():
        values[field], places[field] = cell.text, cell.place
    found += filler.faults(values, places)
    named = {
        "team": team.name,
        "number": str(number),
        "facilitator": row.said(FACILITATOR),
        "date": team.day,
        "role": team.choice.role,
    }
    file = safe_name(pattern, named)
    if not file:
        said = f"No name of a file can be made of “{team.name[:40]}”."
        todo = "Give the team a name with letters or digits, or use {number} in --name."
        found.append(problem("table-cell", row.at(TEAM), said, todo))
    return Wanted(number, team.name, file, team.choice, values), found


def _repeated(teams: Sequence[Team]) -> Iterator[Problem]:
    """Teams that are in the list twice with the same workbook."""
    first: dict[tuple[str, Choice], Row] = {}
    for team in teams:
        key = " ".join(team.name.split()).casefold(), team.choice
        known = first.setdefault(key, team.row)
        if known is not team.row:
            said = f"“{team.name[:60]}” is in the list already: {known.at(TEAM).spot}."
            todo = "Take one of the rows out, or give the teams names of their own."
            yield problem("team-repeated", team.row.at(TEAM), said, todo)


def _clashing(wanted: Sequence[Wanted], teams: Sequence[Team]) -> Iterator[Problem]:
    """Files that would have one name, on this system or another."""
    for known, at in clashes([item.file or f"\0{i}" for i, item in enumerate(wanted)]):
        first, row = teams[known], teams[at].row
        if wanted[known].choice == wanted[at].choice and _same(first.name, teams[at].name):
            continue  # which has been said
        said = f"“{wanted[at].file}” would also be the file of “{first.name[:60]}”"
        said += f" ({first.row.at(TEAM).spot}): some systems can't tell the names apart."
        todo = "Give one of the teams another name, or use {number} or {role} in --name."
        yield problem("file-name-taken", row.at(TEAM), said, todo)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()

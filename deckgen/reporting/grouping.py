"""One block of a workbook, and what all teams wrote there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckgen.model.answers import Answer
from deckgen.reporting.asked import Field, Sort
from deckgen.reporting.found import Entry, Given, Group, Said, said_in
from deckgen.reporting.teams import Team, Teams


def group_of(fields: Sequence[Field], teams: Teams, answers: Given) -> Iterator[Group]:
    """A block with its answers, if it has any; a rating only with marks that are no step of it."""
    first = fields[0]
    if first.row:
        rows = tuple(_rows(fields, teams, answers))
        if rows:
            columns = dict.fromkeys(field.column for field in fields)
            yield Group(first, columns=tuple(columns), rows=rows)
    elif first.sort is Sort.TICK:
        picked = [(f.column or f.title, tuple(_picked_by(f, None, teams, answers))) for f in fields]
        if any(who for _, who in picked):
            yield Group(first, picked=tuple(picked))
    elif first.sort is Sort.CHOICE and first.options:
        picked = [
            (option.words, tuple(_picked_by(first, number, teams, answers)))
            for number, option in enumerate(first.options)
        ]
        others = tuple(_entries(fields, teams, answers))
        if others or any(who for _, who in picked):
            yield Group(first, others, tuple(picked))
    else:
        entries = tuple(_entries(fields, teams, answers))
        if entries:
            yield Group(first, entries)


def _picked_by(field: Field, option: int | None, teams: Teams, answers: Given) -> Iterator[str]:
    """The teams that ticked a point, or chose an option, in their newest workbook that says."""
    for team in teams.teams:
        given = [
            answers[s.number][field.name] for s in team.sources if field.name in answers[s.number]
        ]
        if given and (option is None or field.option(given[-1].value) == option):
            yield team.name


def _entries(fields: Sequence[Field], teams: Teams, answers: Given) -> Iterator[Entry]:
    """What each workbook says; the same again in a newer one of its team is left out."""
    for team in teams.teams:
        yield from reversed(list(_of_team(team, fields, answers)))


def _of_team(team: Team, fields: Sequence[Field], answers: Given) -> Iterator[Entry]:
    """What a team says, its newest workbook first."""
    seen = set[tuple[Said, ...]]()
    for source in reversed(team.sources):
        given = answers[source.number]
        there = [(f, given[f.name]) for f in fields if f.name in given]
        said = tuple(
            _labelled(field, answer)
            for field, answer in there
            if not field.options or field.option(answer.value) is None
        )
        if said and said not in seen:
            seen.add(said)
            yield Entry(team, source.number, said)


def _labelled(field: Field, answer: Answer) -> Said:
    """An answer; in a block with several lines, such as a signature, behind what it is."""
    said = said_in(field, answer)
    label = f"{field.column}: " if field.column else ""
    return replace(said, words=(label + said.words).strip())


def _rows(
    fields: Sequence[Field], teams: Teams, answers: Given
) -> Iterator[tuple[str, tuple[Said, ...]]]:
    rows: dict[str, list[Field]] = {}
    for field in fields:
        rows.setdefault(field.row, []).append(field)
    for team in teams.teams:
        seen = set[tuple[Said, ...]]()
        for source in reversed(team.sources):
            given = answers[source.number]
            for columns in rows.values():
                cells = tuple(said_in(field, given.get(field.name)) for field in columns)
                if any(cells) and cells not in seen:
                    seen.add(cells)
                    yield team.called(source.number), cells

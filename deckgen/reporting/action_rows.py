"""The actions of a team, from the rows of its tables."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.model.answers import Answer
from deckgen.reporting.asked import Field, Roles, Sort
from deckgen.reporting.days import Habits, day_written
from deckgen.reporting.found import Action, Given, Said, said_in
from deckgen.reporting.teams import Team


def actions_of(
    team: Team,
    by_source: Given,
    rows: dict[str, tuple[Field, ...]],
    roles: dict[str, Roles],
    habits: Habits,
) -> list[Action]:
    """A team's actions. One that it wrote in the same row again is the same: the newer counts."""
    found: list[Action] = []
    for source in team.sources:
        answers = by_source[source.number]
        for row, role in roles.items():
            if not any(field.name in answers for field in rows[row]):
                continue
            made = _action(team, source.number, row, rows[row], role, answers, habits)
            same = next((a for a in found if a.row == row and _alike(a, made)), None)
            if same:
                found.remove(same)
                changed = same.status.words != made.status.words
                made = replace(made, before=same.status.words if changed else same.before)
            found.append(made)
    return found


def _alike(one: Action, other: Action) -> bool:
    first, second = (" ".join(a.what.words.split()).casefold() for a in (one, other))
    return bool(first) and first == second


def _action(
    team: Team,
    source: int,
    row: str,
    fields: tuple[Field, ...],
    role: Roles,
    answers: dict[str, Answer],
    habits: Habits,
) -> Action:
    said = {field.name: said_in(field, answers.get(field.name)) for field in fields}
    written, (status, state) = said[role.day], _status(fields, role, answers)
    used = {role.what, role.day, role.who, role.status}
    return Action(
        team=team,
        source=source,
        row=row,
        frame=fields[0].frame,
        activity=fields[0].activity,
        what=said[role.what],
        who=said.get(role.who, Said()),
        day=day_written(written.words, habits),
        written=written,
        status=status,
        state=state,
        beside=tuple(
            (field.column, said[field.name])
            for field in fields
            if field.name not in used and said[field.name]
        ),
    )


def _status(fields: tuple[Field, ...], role: Roles, answers: dict[str, Answer]) -> tuple[Said, int]:
    """How far an action is, and which of the options that is; -1 for none of them."""
    answer = answers.get(role.status)
    field = next((field for field in fields if field.name == role.status), None)
    if answer is None or field is None:
        return Said(), -1
    if field.sort is Sort.TICK:  # said by its title, as a tick has no words
        return Said(field.column or field.title), 0
    number = field.option(answer.value)
    return said_in(field, answer), -1 if number is None else number

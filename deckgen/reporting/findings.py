"""What a table of answers says, put in order: actions, ratings, answers, and who said nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from deckgen.model.answers import Answer, AnswerTable
from deckgen.model.workbook import Workbook
from deckgen.reporting.action_rows import actions_of
from deckgen.reporting.asked import Asked, Field, Roles, Sort, asked_in, roles_in
from deckgen.reporting.days import Habits
from deckgen.reporting.found import NO_PICTURE, Findings, Gap, Given, Group, Rated, Scale
from deckgen.reporting.grouping import group_of
from deckgen.reporting.teams import Team, Teams, teams_in


def asked_of(table: AnswerTable, books: Iterable[Workbook]) -> tuple[Asked, AnswerTable]:
    """What was asked: today's workbooks, and whatever the table has an answer to; and the table
    with the names that fields have there.
    """
    known = asked_in(books, table.questions)
    sources = {source.number: source.identity.workbook for source in table.sources}
    answers = []
    for answer in table.answers:
        where = answer.frame, answer.activity
        name = known.name_of(answer.field, sources.get(answer.source, ""), where)
        answers.append(answer if name == answer.field else replace(answer, field=name))
    gone = {a.field: _gone(a) for a in answers if a.field not in known.fields}
    fields = {**known.fields, **gone}
    return replace(known, fields=fields), replace(table, answers=tuple(answers))


def _gone(answer: Answer) -> Field:
    """A question that only its answer tells of."""
    title = f"{answer.question} ({answer.row})" if answer.row else answer.question
    name = answer.field
    return Field(name, Sort.WORDS, title, answer.frame, answer.activity, block=name)


def find(
    table: AnswerTable, asked: Asked, habits: Habits, expected: Sequence[str] = ()
) -> Findings:
    """Put all answers of a table in order. `expected` are the teams that should have answered."""
    teams = teams_in(table.sources, expected)
    by_source = _by_source(table.answers, teams)
    rows = asked.rows()
    roles = {row: found for row, fields in rows.items() if (found := roles_in(fields))}
    actions = [
        action
        for team in teams.teams
        for action in actions_of(team, by_source, rows, roles, habits)
    ]
    return Findings(
        table.deck,
        table.sources,
        teams,
        tuple(actions),
        tuple(_scales(teams, by_source, asked)),
        tuple(_groups(teams, by_source, asked, rows, roles)),
        tuple(_gap(team, by_source, asked) for team in teams.teams),
        tuple(
            _in_words(answer, asked.fields[answer.field]) for answer in table.answers if answer.note
        ),
        sum(len(answers) for answers in by_source.values()),
        _titles(asked, roles),
    )


def _by_source(answers: Iterable[Answer], teams: Teams) -> Given:
    """The answers of each workbook by field. A field that comes twice keeps both, in one."""
    found: Given = {s.number: {} for team in teams.teams for s in team.sources}
    for answer in answers:
        if answer.source not in found:
            continue
        if not answer.value.strip() and not answer.crop:  # handwriting, in a table without pictures
            answer = replace(answer, crop=NO_PICTURE)
        there = found[answer.source]
        before = there.get(answer.field)
        if before and before.value.strip() != answer.value.strip():
            joined = f"{before.value}\n{answer.value}".strip()
            answer = replace(answer, value=joined, crop=before.crop or answer.crop)
        there[answer.field] = answer
    return found


def _in_words(answer: Answer, field: Field) -> Answer:
    """An answer with the words of its option, and with its question in few words."""
    named = (field.title, field.row_title, field.column) if field.workbooks else (answer.question,)
    question = ": ".join(filter(None, dict.fromkeys(named)))
    return replace(answer, value=field.said(answer.value), question=question)


def _titles(asked: Asked, roles: dict[str, Roles]) -> tuple[str, ...]:
    """What the first table of actions calls its columns."""
    for found in roles.values():
        names = (found.what, found.who, found.day, found.status)
        return tuple(asked.fields[name].column if name else "" for name in names)
    return ()


def _scales(teams: Teams, by_source: Given, asked: Asked) -> Iterator[Scale]:
    for field in asked.fields.values():
        if field.sort is not Sort.RATING:
            continue
        rated = []
        for team in teams.teams:
            marks = []
            for source in team.sources:
                answer = by_source[source.number].get(field.name)
                step = field.option(answer.value) if answer else None
                if step is not None:
                    marks.append((source.number, step))
            if marks:
                rated.append(Rated(team, tuple(marks)))
        if rated:
            yield Scale(field, tuple(rated))


def _groups(
    teams: Teams,
    by_source: Given,
    asked: Asked,
    rows: dict[str, tuple[Field, ...]],
    roles: dict[str, Roles],
) -> Iterator[Group]:
    """What was written outside of actions and ratings, block by block."""
    blocks: dict[str, list[Field]] = {}
    for field in asked.fields.values():
        if field.row not in roles:
            blocks.setdefault(field.block, []).append(field)
    for fields in blocks.values():
        yield from group_of(fields, teams, by_source)


def _gap(team: Team, by_source: Given, asked: Asked) -> Gap:
    """What the newest workbook of a team leaves out, of what it asks; one answer in a block is
    enough.
    """
    source = team.sources[-1]
    given = by_source[source.number]
    book = source.identity.workbook or _likely(given, asked)
    blocks: dict[str, tuple[tuple[str, str], bool]] = {}
    for field in asked.fields.values():
        if book and field.workbooks and book not in field.workbooks:
            continue
        if field.name in source.unasked and field.name not in given:
            continue
        answered = field.name in given or blocks.get(field.block, (None, False))[1]
        blocks[field.block] = field.heading, answered
    headings: dict[tuple[str, str], bool] = {}
    for heading, answered in blocks.values():
        headings[heading] = headings.get(heading, False) or answered
    nothing = tuple(
        heading for heading, answered in headings.items() if not answered and any(heading)
    )
    done = sum(answered for _, answered in blocks.values())
    return Gap(team, done, len(blocks), nothing)


def _likely(given: Iterable[str], asked: Asked) -> str:
    """The workbook that asks most of what was answered; "" if none does."""
    known = [book for name in given for book in asked.fields[name].workbooks]
    return max(dict.fromkeys(known), key=known.count, default="")


def is_of(asked: Asked, table: AnswerTable) -> bool:
    """Whether the answers are to this deck's workbooks: one field that is known is enough."""
    there = {answer.field for answer in table.answers}
    return not there or any(asked.fields[name].workbooks for name in there)

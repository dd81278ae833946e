"""What teams wrote, question by question, the teams side by side."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.model.text import Text, words
from deckgen.reporting.asked import Field
from deckgen.reporting.document import Block, Cards, Cell, Grid, Heading, Para, cell
from deckgen.reporting.found import Entry, Findings, Group
from deckgen.reporting.telling import Teller


def answer_blocks(findings: Findings, tell: Teller) -> Iterator[Block]:
    """All groups under their time frame and activity; nothing if there is none."""
    if not findings.groups:
        return
    yield Heading(2, tell.say("What teams wrote"), "answers")
    heading: tuple[str, str] | None = None
    for group in sorted(findings.groups, key=lambda g: not any(g.field.heading)):
        field = group.field
        if field.heading != heading:
            heading = field.heading
            yield Heading(3, _heading(field, tell))
        if (any(heading) and field.title != heading[0]) or field.activity:
            yield Heading(4, words(field.title))
        yield from _group(group, tell)


def _heading(field: Field, tell: Teller) -> Text:
    said = ": ".join(dict.fromkeys(filter(None, field.heading)))
    return words(said) or tell.say("On the cover, and elsewhere")


def _group(group: Group, tell: Teller) -> Iterator[Block]:
    if group.rows:
        yield _table(group, tell)
    if group.picked:
        yield _picked(group, tell)
    if group.entries:
        yield Cards(tuple(_card(entry, group.field, tell) for entry in group.entries))


def _card(entry: Entry, field: Field, tell: Teller) -> Cell:
    name = entry.team.called(entry.source)
    alt = tell.of_team(field.title, name)
    said = tuple(part for one in entry.said for part in tell.said(one, alt))
    return (tell.bold(name), *said) if tell.teams or len(entry.team.sources) > 1 else said


def _picked(group: Group, tell: Teller) -> Grid:
    say, title = tell.say, words(group.field.title)
    rows = tuple(
        (
            cell(words(point)),
            cell(words(str(len(names)))),
            cell(words(", ".join(names))) or tuple(tell.quiet(say("nobody"))),
        )
        for point, names in group.picked
    )
    return Grid(title, (title, say("Count"), say("Teams")), rows, (46, 12, 42))


def _table(group: Group, tell: Teller) -> Grid:
    """A table that is none of actions: a row for each row that somebody wrote in."""
    field, say = group.field, tell.say
    rows = tuple(
        (
            *(((Para(words(team)),),) if tell.teams else ()),
            *(tell.said(said, tell.of_team(field.title, team)) for said in cells),
        )
        for team, cells in group.rows
    )
    heads = (*((say("Team"),) if tell.teams else ()), *map(words, group.columns))
    return Grid(words(field.title), heads, rows, (1.0,) * len(heads))

"""The actions in a report: by date, and by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from deckgen.model.text import Text, word, words
from deckgen.reporting.document import Block, Cell, Grid, Heading, Words
from deckgen.reporting.found import Action, Findings
from deckgen.reporting.telling import Teller
from deckgen.wording.say import Wording, listed

_USUAL = (word("Action"), word("Who"), word("By when"), word("Status"))


class _Column(Struct, frozen=True):
    title: Text
    share: float
    cell: Callable[[Action], Cell]


def action_blocks(findings: Findings, tell: Teller) -> Iterator[Block]:
    """Two tables of all actions; nothing if there are none."""
    actions, say = findings.actions, tell.say
    if not actions:
        return
    what, who, day, status = _columns(findings, tell)
    team = (_Column(say("Team"), 17, tell.team),) * tell.teams
    dated = sorted((a for a in actions if a.day), key=_by_day)
    undated = [a for a in actions if not a.day]
    yield Heading(2, say("Actions by date"), "by-date")
    yield Words(_counts(actions, say))
    shown = [c for c in (who, status) if c]
    if dated:
        yield _grid(say("Actions by date"), (day, what, *shown, *team), dated)
    if undated:
        yield Heading(3, say("No date that we could read"))
        unsure = say("Only what can mean one day is taken for a date. Nothing was guessed.")
        yield Words(unsure, "hint")
        yield _grid(say("Actions without a date"), (day, what, *shown, *team), undated)
    if who and any(a.who for a in actions):
        yield Heading(2, say("Actions by person"), "by-person")
        by_name = sorted(actions, key=lambda a: (not a.who.words, *_name(a), *_by_day(a)))
        rest = [c for c in (status,) if c]
        yield _grid(say("Actions by person"), (who, what, day, *rest, *team), by_name)


def _columns(findings: Findings, tell: Teller) -> tuple[_Column | None, ...]:
    """What, who, by when and how far, by the names that the deck has for them."""
    actions = findings.actions
    names = findings.titles or ("",) * 4
    titles = [words(name) or tell.say(usual) for name, usual in zip(names, _USUAL, strict=True)]
    return (
        _Column(titles[0], 36, tell.what),
        _Column(titles[1], 16, tell.who) if any(a.who for a in actions) else None,
        _Column(titles[2], 17, tell.day),
        _Column(titles[3], 15, tell.status) if any(a.status for a in actions) else None,
    )


def _grid(caption: Text, columns: Sequence[_Column | None], actions: Sequence[Action]) -> Grid:
    shown = [column for column in columns if column]
    rows = tuple(tuple(column.cell(action) for column in shown) for action in actions)
    heads = tuple(column.title for column in shown)
    return Grid(caption, heads, rows, tuple(column.share for column in shown))


def _by_day(action: Action) -> tuple[bool, str, str]:
    day = action.day.isoformat() if action.day else ""
    return not day, day, action.team.name.casefold()


def _name(action: Action) -> tuple[str, ...]:
    return (" ".join(action.who.words.split()).casefold(),)


def counted(actions: Sequence[Action], say: Wording) -> list[Text]:
    """How many actions are how far, in the order in which the deck offers it."""
    found: dict[str, list[int]] = {}
    for action in actions:
        if action.state >= 0:
            found.setdefault(action.status.words, []).append(action.state)
    known = sorted((min(states), name, len(states)) for name, states in found.items())
    parts = [words(f"{name}: {count}") for _, name, count in known]
    others = sum(bool(a.status) and a.state < 0 for a in actions)
    none = sum(not a.status for a in actions)
    parts += [say("something else: {count}", count=others)] * bool(others)
    return parts + [say("without a status: {count}", count=none)] * bool(none and parts)


def _counts(actions: Sequence[Action], say: Wording) -> Text:
    """How many actions there are, and how far they are."""
    total = say.many("{count} action", "{count} actions", len(actions))
    return listed((total, *counted(actions, say)), " · ")

"""What authors say about their changes: content/editions/2-changes.toml, and whether it will do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from msgspec import Meta

from deckgen.editions.ledger import CHANGES
from deckgen.model.change import Change, Declaration, Kind
from deckgen.problem import Found, Place, Problem, problem
from deckgen.settings import Settings, locate, read_settings
from deckgen.source import EDITIONS, read_source

_HEAD = """\
# What changes with edition {edition}, and why. Everything that "deckgen diff" finds needs an entry.
#
# what    the card's Id or the page's key; several go together if they have one reason
# kind    {kinds}
# reason  one sentence for the people who use the cards: why it was changed
"""


class _Entry(Settings, frozen=True):
    what: Annotated[tuple[str, ...], Meta(min_length=1)]
    kind: Kind
    reason: str


class ChangesFile(Settings, frozen=True):
    """The whole file."""

    changes: tuple[_Entry, ...] = ()


def changes_file(edition: str) -> str:
    """The project-relative name of the declarations for an edition."""
    return f"{EDITIONS}{edition}{CHANGES}"


def read_declarations(
    files: Mapping[str, bytes], edition: str
) -> tuple[tuple[Declaration, ...], list[Problem]]:
    """What was declared for an edition; nothing if there is no such file."""
    file = changes_file(edition)
    if file not in files:
        return (), []
    found, made = Found(), []
    text = found.take(read_source(files[file], file))
    read = found.take(read_settings(text, file, ChangesFile)) if text is not None else None
    for number, entry in enumerate(read.changes if read else ()):
        place = Place(file, *locate(text or "", ["changes", number, "what"]))
        made.append(Declaration(entry.what, entry.kind, " ".join(entry.reason.split()), place))
    return tuple(made), found


def judged(
    changes: Sequence[Change], declared: Sequence[Declaration], edition: str
) -> list[Problem]:
    """Changes that nobody has declared, and declarations that don't fit what was measured."""
    file = changes_file(edition)
    by_key: dict[str, Declaration] = {}
    found: list[Problem] = []
    known = {key for change in changes for key in (change.key, change.old_key)}
    for entry in declared:
        for key in entry.keys:
            if key in by_key:
                said, todo = f"“{key}” is declared a second time.", "Keep one of the entries."
                found.append(problem("change-repeated", entry.place, said, todo))
            elif key not in known:
                said = f"“{key}” has not changed, or is no card's Id and no page's key."
                todo = "Take it out; “deckgen diff” lists what changed."
                found.append(problem("change-unknown", entry.place, said, todo))
            by_key.setdefault(key, entry)
        if not entry.reason:
            said = f"No reason is given for {', '.join(entry.keys)}."
            todo = "Write one sentence for the people who use the cards."
            found.append(problem("change-undeclared", entry.place, said, todo))
    for change in changes:
        made = by_key.get(change.key) or by_key.get(change.old_key)
        if made is None:
            found += [] if change.follows else [_undeclared(change, file)]
        elif not may_be_called(change, made.kind):
            found.append(_understated(change, made))
    return found


def may_be_called(change: Change, kind: Kind) -> bool:
    """Whether what was measured allows a class. New and withdrawn are what they are."""
    fixed = (Kind.NEW, Kind.WITHDRAWN)
    if change.floor in fixed or kind in fixed:
        return kind is change.floor
    if kind is Kind.RENUMBERED and not change.moved:
        return False
    return kind.weight >= change.floor.weight


def declarations_text(
    changes: Sequence[Change], declared: Sequence[Declaration], edition: str
) -> str:
    """The file with an entry for every change: those that are there, then what is proposed."""
    kinds = ", ".join(kind.value for kind in Kind)
    names = {key: c.shown for c in changes for key in (c.key, c.old_key)}
    lines = [_HEAD.format(edition=edition, kinds=kinds).rstrip()]
    for entry in declared:
        lines += ["", *_entry(entry.keys, entry.kind, entry.reason, names)]
    return "\n".join(lines).rstrip() + "\n" + declarations_added(changes, declared)


def declarations_added(changes: Sequence[Change], declared: Sequence[Declaration]) -> str:
    """Entries for the changes that have none yet, to go behind others; empty if all have one."""
    names = {change.key: change.shown for change in changes}
    known = {key for entry in declared for key in entry.keys}
    groups: dict[tuple[Kind, str], list[str]] = {}
    for change in changes:
        if known.isdisjoint((change.key, change.old_key)) and not change.follows:
            # Cards that look different for one and the same reason are declared together.
            alone = "" if change.floor is Kind.LAYOUT else change.key
            groups.setdefault((change.floor, alone), []).append(change.key)
    entries = (_entry(together, kind, "", names) for (kind, _), together in groups.items())
    lines = [line for entry in entries for line in ("", *entry)]
    return "\n".join((*lines, "")) if lines else ""


def _entry(keys: Sequence[str], kind: Kind, reason: str, names: Mapping[str, str]) -> Iterable[str]:
    shown = [names.get(key, "has not changed") for key in keys]
    yield "[[changes]]"
    if len(keys) == 1:
        yield f"what = [{_string(keys[0])}]   # {shown[0]}"
    else:
        yield "what = ["
        yield from (f"  {_string(key)},   # {name}" for key, name in zip(keys, shown, strict=True))
        yield "]"
    yield f'kind = "{kind}"'
    yield f"reason = {_string(reason)}"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _undeclared(change: Change, file: str) -> Problem:
    why = "; ".join(change.why) or change.floor.meaning
    said = f"{change.shown}: nobody has said why it changed ({why[0].lower()}{why[1:]})."
    todo = (
        f"Add an entry for “{change.key}”, proposed as {change.floor}. "
        "“deckgen diff --declare” writes all entries for you."
    )
    return problem("change-undeclared", Place(file), said, todo)


def _understated(change: Change, entry: Declaration) -> Problem:
    why = "; ".join(change.why) or change.floor.meaning
    said = f"{change.shown} is called “{entry.kind}”, but was measured as “{change.floor}”: {why}."
    todo = f"Call it “{change.floor}”: {change.floor.meaning}."
    return problem("change-understated", entry.place, said, todo)

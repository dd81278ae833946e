"""What changed, as an entry of a changelog for the people who use the cards, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.control.differences import Difference
from deckgen.model.change import Change, Kind
from deckgen.model.edition import short_month
from deckgen.report import one_line

_HEADINGS = {
    Kind.NEW: "New",
    Kind.WITHDRAWN: "Withdrawn: please take these out",
    Kind.REVISED: "Says something else now",
    Kind.RENUMBERED: "Has another number",
    Kind.CORRECTION: "Slips put right",
    Kind.LAYOUT: "Looks different, says the same",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def changelog(difference: Difference) -> str:
    """The entry: classes in order of what readers have to know, each change with its reason."""
    snapshot = difference.new.snapshot
    lines = [f"## Edition {snapshot.edition}, {short_month(snapshot.issued)}", ""]
    lines += [f"What changed since {_plain(difference.old.name)}.", ""]
    told = [c for c in difference.changes if not c.follows or difference.declaration(c)]
    for kind, heading in _HEADINGS.items():
        changes = [c for c in told if _called(difference, c) is kind]
        if changes:
            lines += [f"### {heading}", "", *_entries(difference, changes), ""]
    if not told:
        lines += ["No card and no page has changed.", ""]
    return "\n".join(lines[:-1]) + "\n"


def _called(difference: Difference, change: Change) -> Kind:
    """What its author calls a change; else what was measured."""
    entry = difference.declaration(change)
    return entry.kind if entry and entry.kind.weight >= change.floor.weight else change.floor


def _entries(difference: Difference, changes: list[Change]) -> Iterator[str]:
    """A line for each reason, with all that was changed for it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        entry = difference.declaration(change)
        reason = entry.reason if entry else ""
        groups.setdefault((reason, "" if reason else change.key), []).append(_shown(change))
    for (reason, _), names in groups.items():
        yield f"- {', '.join(names)}{': ' + _plain(reason) if reason else ''}"


def _shown(change: Change) -> str:
    moved = f" (it was {_plain(change.old_code)})" if change.moved else ""
    return f"**{_plain(change.shown)}**{moved}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))

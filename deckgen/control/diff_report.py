"""Differences in words for a person at a terminal, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deckgen.control.differences import Difference, FactChange, Side
from deckgen.model.change import Change, Kind, WordChange
from deckgen.report import json_text, one_line, problem_record

_INDENT = "    "
_CONTEXT = 4  # words that are shown on either side of a change
_COLOURS = {"-": "31", "+": "32"}
_BRACKETS = {"-": "[-{}-]", "+": "{{+{}+}}", "=": "{}"}


def diff_text(difference: Difference, *, colour: bool = False) -> str:
    """Every change with its class, why, and the words that went and came; then a count."""
    title = f"What changed from {difference.old.name} to {difference.new.name}"
    if difference.old.name == difference.new.name:
        title = f"The deck beside {difference.old.name}"
    blocks = [[title]]
    for together in _grouped(difference.changes):
        blocks.append([_bold(_names(together), colour), *_told(difference, together, colour)])
    if difference.facts:
        blocks.append(["Also different", *(f"{_INDENT}{_fact(f)}" for f in difference.facts)])
    blocks.append(list(_summary(difference)))
    lines = ["\n".join(block) for block in blocks if block]
    return "\n\n".join(lines) + "\n"


def count_line(counts: dict[str, int]) -> str:
    """ "3 revised, 1 new, 19 unchanged"."""
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def shortened(words: WordChange) -> tuple[tuple[str, str], ...]:
    """The pieces of a change; of long stretches that stayed, only the words next to it."""
    last = len(words.pieces) - 1
    return tuple(
        (sign, _shorter(text, opens=at == 0, closes=at == last) if sign == "=" else text)
        for at, (sign, text) in enumerate(words.pieces)
    )


def _shorter(text: str, *, opens: bool, closes: bool) -> str:
    words = text.split()
    head, tail = (0 if opens else _CONTEXT), (0 if closes else _CONTEXT)
    if len(words) <= head + tail + 1:
        return text
    return " ".join([*words[:head], "…", *(words[-tail:] if tail else [])])


def _grouped(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Cards first, then pages; what only looks different, and for one reason, goes together."""
    groups: dict[object, list[Change]] = {}
    for change in sorted(changes, key=lambda change: change.subject != "card"):
        alike = change.floor is Kind.LAYOUT and change.subject == "card"
        groups.setdefault(change.why if alike else (change.subject, change.key), []).append(change)
    yield from groups.values()


def _names(together: Sequence[Change]) -> str:
    if len(together) == 1:
        return one_line(together[0].shown)
    return one_line(f"{len(together)} cards: {', '.join(change.code for change in together)}")


def _told(difference: Difference, together: Sequence[Change], colour: bool) -> Iterator[str]:
    """What is said below the name of a change, or of several that look alike."""
    change = together[0]
    yield f"{_INDENT}{change.floor}: {change.floor.meaning}"
    for why in change.why:
        yield f"{_INDENT}{one_line(why)}"
    title, old_title = change.name.partition(" ")[2], change.old_name.partition(" ")[2]
    if change.subject == "card" and title and old_title and title != old_title:
        yield f"{_INDENT}It was called “{one_line(old_title)}”"
    for words in change.words:
        marked = " ".join(_marked(sign, text, colour) for sign, text in shortened(words) if text)
        yield f"{_INDENT}{one_line(words.part)}: {marked}"
    reasons: dict[str, list[str]] = {}
    for each in together:
        entry = difference.declaration(each)
        said = f"{entry.kind}: {one_line(entry.reason) or 'no reason given'}" if entry else ""
        reasons.setdefault(said, []).append(each.code)
    for said, codes in reasons.items():
        whom = f" ({', '.join(codes)})" if len(reasons) > 1 else ""
        if said:
            yield f"{_INDENT}declared as {said}{whom}"
        elif difference.declares:
            yield f"{_INDENT}not declared yet{whom}"


def _marked(sign: str, text: str, colour: bool) -> str:
    shown = _BRACKETS[sign].format(one_line(text))
    return f"\x1b[{_COLOURS[sign]}m{shown}\x1b[0m" if colour and sign in _COLOURS else shown


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _fact(fact: FactChange) -> str:
    whom = f" ({fact.concerns})" if fact.concerns else ""
    return one_line(f"{fact.name}{whom}: {fact.old} → {fact.new}")


def _summary(difference: Difference) -> Iterator[str]:
    if not difference.differs:
        yield "Nothing has changed."
    yield f"Cards: {count_line(difference.counts('card'))}"
    yield f"Activities and pages: {count_line(difference.counts('page'))}"
    if not difference.drawn:
        side = difference.old if not difference.old.drawn else difference.new
        yield f"Only words were compared, as {side.name} can't be drawn: “deckgen check” there."
    if difference.undeclared:
        count = len(difference.undeclared)
        are = "1 change is" if count == 1 else f"{count} changes are"
        yield f"{are} not declared yet: “deckgen diff --declare” writes entries to fill in."


def diff_json(difference: Difference) -> str:
    """The whole difference as one object, for programs. Its keys stay as they are;
    docs/editions.md lists them.
    """
    return json_text(
        old=_side(difference.old),
        new=_side(difference.new),
        looks_compared=difference.drawn,
        cards=difference.counts("card"),
        pages=difference.counts("page"),
        changes=[_change(difference, change) for change in difference.changes],
        facts=[
            {"name": f.name, "concerns": f.concerns, "old": f.old, "new": f.new}
            for f in difference.facts
        ],
        undeclared=[change.key for change in difference.undeclared],
        problems=[problem_record(found) for found in difference.problems],
    )


def _side(side: Side) -> dict[str, str]:
    snapshot = side.snapshot
    return {
        "name": side.name,
        "title": snapshot.title,
        "edition": snapshot.edition,
        "issued": snapshot.issued.isoformat(),
        "review": snapshot.review.isoformat(),
    }


def _change(difference: Difference, change: Change) -> dict[str, Any]:
    entry = difference.declaration(change)
    return {
        "subject": change.subject,
        "key": change.key,
        "class": change.floor.value,
        "proposed": change.floor.value,
        "code": change.code,
        "old_code": change.old_code,
        "name": change.name,
        "old_name": change.old_name,
        "old_edition": change.old_edition,
        "why": list(change.why),
        "words": [
            {"part": words.part, "pieces": [{"sign": s, "text": t} for s, t in words.pieces]}
            for words in change.words
        ],
        "declared": {"class": entry.kind.value, "reason": entry.reason} if entry else None,
    }

"""Differences as JSON, for programs. Its keys stay as they are; docs/editions.md lists them."""

from __future__ import annotations

import json
from typing import Any

from deckgen.control.differences import Difference, Side
from deckgen.model.change import Change
from deckgen.report import problem_record


def diff_json(difference: Difference) -> str:
    """The whole difference as one object."""
    record = {
        "old": _side(difference.old),
        "new": _side(difference.new),
        "looks_compared": difference.drawn,
        "cards": difference.counts("card"),
        "pages": difference.counts("page"),
        "changes": [_change(difference, change) for change in difference.changes],
        "facts": [
            {"name": f.name, "concerns": f.concerns, "old": f.old, "new": f.new}
            for f in difference.facts
        ],
        "undeclared": [change.key for change in difference.undeclared],
        "problems": [problem_record(found) for found in difference.problems],
    }
    return json.dumps(record, indent=2) + "\n"


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
        "proposed": change.proposed.value,
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

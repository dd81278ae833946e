"""How a card lists the activities that lay it out: one by one, in rows, or by time frames alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

_NBSP = "\u00a0"
_SHORT = 20  # letters of a time frame's name that stay on one line


def uses_forms(uses: Sequence[str]) -> Iterator[str]:
    """Names such as "Now 1" in one text, and shorter forms of it, for cards with little room.

    "Now 1, Now 2, Now 4, Later 1"; "Now 1–2, 4, Later 1"; "Now, Later"; "Now …".
    """
    pairs = [(name, number) for name, _, number in (use.rpartition(" ") for use in uses)]
    yield ", ".join(_in_one(name, number) for name, number in pairs)
    named = [
        (name, [number for _, number in same]) for name, same in groupby(pairs, lambda p: p[0])
    ]
    yield ", ".join(_in_one(name, _rows([int(n) for n in numbers])) for name, numbers in named)
    yield ", ".join(name for name, _ in named)
    yield f"{named[0][0]}{_NBSP}…"


def _in_one(name: str, numbers: str) -> str:
    """A short name doesn't break, a long one not before its number."""
    return f"{name.replace(' ', _NBSP) if len(name) <= _SHORT else name}{_NBSP}{numbers}"


def _rows(numbers: Sequence[int]) -> str:
    """Numbers that follow each other as one row: "1–3, 5"."""
    rows = list[list[int]]()
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ", ".join(f"{row[0]}–{row[-1]}" if row[1:] else f"{row[0]}" for row in rows)

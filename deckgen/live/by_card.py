"""Which card a problem belongs to: the one whose heading stands above the problem's line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from msgspec import Struct

from deckgen.content.cards import card_headings
from deckgen.content.load import CARDS
from deckgen.problem import Place, Problem
from deckgen.source import read_source


class Heading(Struct, frozen=True):
    """Where a card begins. A heading of level 1 that begins none has no code."""

    place: Place
    code: str
    title: str


def headings_in(files: Mapping[str, bytes]) -> tuple[Heading, ...]:
    """The headings of all card files, even of those that can't be read without problems."""
    return tuple(
        Heading(Place(file, line), code, title)
        for file, data in files.items()
        if file.startswith(CARDS) and file.endswith(".md")
        for line, code, title in card_headings(_text(data, file), file)
    )


def _text(data: bytes, file: str) -> str:
    text, _ = read_source(data, file)
    return data.decode("utf-8", "replace") if text is None else text


def problems_by_card(
    problems: Iterable[Problem], headings: Iterable[Heading]
) -> tuple[dict[str, tuple[Problem, ...]], tuple[Problem, ...]]:
    """The problems of each card by its code, and those that belong to no card."""
    starts: dict[str, list[Heading]] = {}
    for heading in headings:
        starts.setdefault(heading.place.file, []).append(heading)
    cards: dict[str, tuple[Problem, ...]] = {}
    others: list[Problem] = []
    for problem in problems:
        above = starts.get(problem.place.file, [])
        at = bisect_right(above, problem.place.line, key=lambda heading: heading.place.line)
        code = above[at - 1].code if at else ""
        if code:
            cards[code] = (*cards.get(code, ()), problem)
        else:
            others.append(problem)
    return cards, tuple(others)

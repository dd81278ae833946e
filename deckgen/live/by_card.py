"""Which card a problem belongs to: the one whose heading stands above the problem's line.

And what the deck is without such cards: with their words as they were before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from deckgen.content.cards import card_headings
from deckgen.content.load import CARDS
from deckgen.problem import Place, Problem, blocks
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


def mended(
    files: Mapping[str, bytes], before: Mapping[str, bytes], problems: Iterable[Problem]
) -> tuple[dict[str, bytes], frozenset[str]] | None:
    """The files with each card that has errors as it was in those `before`, and which these are.

    None if there are other errors than those of cards that were there before.
    """
    wrong, others = problems_by_card([p for p in problems if blocks([p])], headings_in(files))
    was = {code: words for _, code, words in _pieces(before)}
    if others or not wrong or not wrong.keys() <= was.keys():
        return None
    texts: dict[str, str] = {}
    for file, code, words in _pieces(files):
        texts[file] = texts.get(file, "") + (was[code] if code in wrong else words)
    whole = {**files, **{file: text.encode("utf-8") for file, text in texts.items()}}
    return whole, frozenset(wrong)


def _pieces(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Card files cut before each heading of level 1: file, code if it has one, and the text."""
    starts: dict[str, list[tuple[int, str]]] = {}
    for heading in headings_in(files):
        starts.setdefault(heading.place.file, [(0, "")])
        starts[heading.place.file].append((heading.place.line - 1, heading.code))
    for file, cuts in starts.items():
        lines = _text(files[file], file).split("\n")
        ends = [*(line for line, _ in cuts[1:]), len(lines)]
        for (start, code), end in zip(cuts, ends, strict=True):
            yield file, code, "".join(f"{line}\n" for line in lines[start:end])

"""Where a person typed the letters that the fonts lack; what nobody typed is the fonts' fault."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from deckgen.content.deck import FILE as DECK
from deckgen.content.load import CARDS, WORKBOOKS
from deckgen.layout.setting.letters import MissingLetter
from deckgen.problem import Place, Problem, problem
from deckgen.source import as_typed, read_source

FONTS = "templates/fonts.toml"
# Words on a page come from the file of its place, and else from these, the likeliest first.
_ELSEWHERE = (DECK, WORKBOOKS, "content/")
# A letter by its name or number, in Markdown and in TOML.
_SPELT = re.compile(r"&\#?\w+;|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}")
_CARD = re.compile(r"\s*#(?!#)")


def letters_placed(found: Iterable[Problem], files: Mapping[str, bytes]) -> list[Problem]:
    """The same Problems, those about letters where they were typed, a Problem a place.

    Letters that are in no content file were written by deckgen itself.
    """
    placed: list[Problem] = []
    seen: set[tuple[Place, str]] = set()
    own = defaultdict[str, dict[str, None]](dict)
    texts = _Texts(files)
    for fault in found:
        if not isinstance(fault, MissingLetter):
            placed.append(fault)
            continue
        places = list(_typed(fault, texts))
        if not places:
            own[fault.font][fault.letter] = None
        new = [place for place in places if (place, fault.letter) not in seen]
        seen.update((place, fault.letter) for place in new)
        told = [problem(fault.code, place, fault.found, fault.todo) for place in new]
        placed += as_typed(told, files)
    return [*placed, *(_lacking(font, letters) for font, letters in own.items())]


class _Texts:
    """The lines of a project's texts, each file read when it is first asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.read: dict[str, list[str]] = {}

    def lines(self, file: str) -> list[str]:
        """The lines of a file; those of TOML that are comments are empty."""
        if file not in self.read:
            text = read_source(self.files[file], file)[0] or ""
            lines = text.split("\n")
            if file.endswith(".toml"):
                lines = ["" if line.lstrip().startswith("#") else line for line in lines]
            self.read[file] = lines
        return self.read[file]

    def elsewhere(self, file: str) -> Iterator[str]:
        """The other files that words may come from. A card's words are on no other page."""
        for folder in _ELSEWHERE:
            for name in sorted(self.files):
                cards = name.startswith(CARDS)
                if name.startswith(folder) and name.endswith((".md", ".toml")) and not cards:
                    yield from (name,) * (name != file)


def _typed(fault: MissingLetter, texts: _Texts) -> Iterator[Place]:
    """Where the letter was typed: in the words of its place, or in the first file that has it."""
    home = fault.place
    if home.file in texts.files:
        lines = texts.lines(home.file)
        start, end = max(home.line, 1), len(lines)
        if home.file.startswith(CARDS):
            below = enumerate(lines[start:], start=start)
            end = next((number for number, line in below if _CARD.match(line)), end)
        places = list(_spots(fault, home.file, lines, start, end))
        if places:
            yield from places
            return
    for file in texts.elsewhere(home.file):
        lines = texts.lines(file)
        if places := list(_spots(fault, file, lines, 1, len(lines))):
            yield from places
            return


def _spots(
    fault: MissingLetter, file: str, lines: list[str], start: int, end: int
) -> Iterator[Place]:
    """The places of the letter in some lines: in its word, or, if that was typed in another way,
    wherever it stands."""
    there = list(enumerate(lines[start - 1 : end], start=start))
    whole = [(n, line) for n, line in there if fault.letter in line or _SPELT.search(line)]
    in_word = re.compile(re.escape(fault.word))
    for number, line in whole:
        for match in in_word.finditer(line):
            for at in re.finditer(re.escape(fault.letter), match[0]):
                yield Place(file, number, match.start() + at.start() + 1)
    as_drawn = any(fault.word in line for _, line in whole)
    forms = _SPELT.pattern + ("" if as_drawn else f"|{re.escape(fault.letter)}")
    for number, line in whole:
        for match in re.finditer(forms, line):
            if _meant(match[0]) == fault.letter:
                yield Place(file, number, match.start() + 1)


def _meant(spelt: str) -> str:
    if spelt[0] == "\\":
        number = int(spelt[2:], 16)
        return chr(number) if number < 0x110000 else ""
    from html import unescape

    return unescape(spelt)


def _lacking(font: str, letters: Iterable[str]) -> Problem:
    named = ", ".join(f'"{letter}"' for letter in letters)
    said = f"The font {font} has no {named}, which deckgen or its templates write."
    todo = "Name another font here that has them."
    return problem("letter-missing", Place(FONTS), said, todo)

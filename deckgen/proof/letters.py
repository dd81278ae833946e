"""Where a person typed the letters that the fonts lack; what nobody typed is the fonts' fault."""

from __future__ import annotations

import re
from collections import defaultdict, deque
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
    """The same Problems, those about letters where they were typed.

    Letters that are in no content file were written by deckgen itself.
    """
    placed: list[Problem] = []
    typed: dict[tuple[Place, str], MissingLetter] = {}
    own = defaultdict[str, dict[str, None]](dict)
    texts = _Texts(files)
    for fault in found:
        if not isinstance(fault, MissingLetter):
            placed.append(fault)
            continue
        places = list(_typed(fault, texts))
        if not places:
            own[fault.font][fault.letter] = None
        for place in places:
            typed.setdefault((place, fault.letter), fault)
    stretches = as_typed(_in_stretches(typed, texts), files)
    return [*placed, *stretches, *(_lacking(font, letters) for font, letters in own.items())]


def _in_stretches(
    typed: Mapping[tuple[Place, str], MissingLetter], texts: _Texts
) -> Iterator[Problem]:
    """A Problem a letter; one for all of a word, or of words in a script that the fonts lack."""
    spots = deque(sorted(typed, key=lambda spot: spot[0]))
    while spots:
        place, letter = spots.popleft()
        fault, line, end = typed[place, letter], texts.lines(place.file)[place.line - 1], 0
        missing = fault.code == "letter-missing"
        while spots and missing and _goes_on(line, place, end, *spots[0]):
            end = spots.popleft()[0].column
        said = fault.found
        if end:
            stretch = line[place.column - 1 : end]
            said = f'The fonts have no letters for "{stretch[:60]}", used on {fault.used_on}.'
        yield problem(fault.code, place, said, fault.todo)


def _goes_on(line: str, first: Place, end: int, place: Place, letter: str) -> bool:
    """Whether a letter follows right behind a stretch; in words, behind a space or a comma too."""
    end = end or first.column
    if (place.file, place.line) != (first.file, first.line) or not line[
        place.column - 1 :
    ].startswith(letter):
        return False
    gap, before = line[end : place.column - 1], line[end - 1]
    return not gap or (before.isalpha() and letter.isalpha() and not any(map(str.isalnum, gap)))


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
        if not places and not home.file.startswith(CARDS):  # such as a title, at the foot of pages
            places = list(_spots(fault, home.file, lines, 1, end))
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
    as_drawn = False
    likely: list[tuple[int, str]] = []
    for number, line in enumerate(lines[start - 1 : end], start=start):
        if fault.word in line:
            as_drawn = True
            for match in re.finditer(re.escape(fault.word), line):
                for at in re.finditer(re.escape(fault.letter), match[0]):
                    yield Place(file, number, match.start() + at.start() + 1)
        if fault.letter in line or "&" in line or "\\" in line:
            likely.append((number, line))
    forms = _SPELT.pattern + ("" if as_drawn else f"|{re.escape(fault.letter)}")
    for number, line in likely:
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

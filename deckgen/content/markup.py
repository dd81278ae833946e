"""Signs inside a line of Markdown: found once, each at its place, and told from plain words.

Escapes, entities and addresses are taken as CommonMark 0.31 has them. What cards don't have
is a `Fault`. A sign that may as well be a part of the words, such as a $ before a price, is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from msgspec import Struct, field

from deckgen.letters import plainly, unbroken
from deckgen.source import forbidden

PAD = "\ufdd2"  # `source` lets it into no text


class Sort(Enum):
    """What a mark does to the words: stands for some, or begins (or ends) a stretch."""

    WORDS = "words"  # typed in another way: quotes in them are bent as in all others
    LITERAL = "literal"
    LANGUAGE = "language"
    LINK = "link"


class Mark(Struct, frozen=True):
    """What a hidden sign means: words, or the language or address of a stretch, "" at its end."""

    at: int
    sort: Sort
    value: str


class Fault(Struct, frozen=True):
    """Markup that can't be set: where it begins, what is wrong and what to do about it."""

    at: int
    said: str
    todo: str
    code: str = "markup-unknown"


class Scanned(Struct):
    """A text whose signs are hidden below as many `PAD`s, the signs in order, and faults."""

    hidden: str
    marks: list[Mark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_HINT = re.compile(r"[\\&`<\[~{}^$]|==|\+\+|-->|://|mailto:|:[a-z+-]|__|\*\*\*|\d\*|\*\d")
_SIGNS = (
    rf"(?P<escape>{_ESCAPED})"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<code>(?<!`)(?:`[^`]+`|``(?:[^`]|`(?!`))+``)(?!`))"
    r"|(?P<comment><!--(?:[^-]|-(?!->))*(?:-->)?|-->)"
    r"|(?P<angled><(?:(?:https?://|mailto:)[^<>\s]+|[^<>\s@:/]+@[^<>\s@]+)>)"
    r"|(?P<tag><(?P<name>[a-zA-Z]+)[^<>]*>(?:[^<>]*</(?P=name)\s*>)?|<[/?!]?[a-zA-Z][^<>]*>)"
    r"|(?P<picture>!\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\))"
    r"|(?P<cited>\[-?@[A-Za-z][^\[\]]*\])"
    r"|(?P<footnote>\[\^[^\[\]\s]+\]:?|\^\[[^\[\]]+\])"
    r"|(?P<link>\[(?P<words>[^\[\]]+)\]\((?P<to>[^()]*(?:\([^()]*\)[^()]*)*)\))"
    r"|(?P<reference>\[[^\[\]]+\]\[[^\[\]]*\]|!?\[\[[^\[\]]+\]\])"
    r"|(?P<language>\{(?P<tongue>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):\s*(?=[^{}\s])[^{}]+\})"
    r"|(?P<bracket>\{[^{}]*\}|[{}])"
    r"|(?P<bare>(?<!\w)(?:https?://|mailto:)(?=\w)[^\s<>{}\[\]\"“”|\\]+)"
    r"|(?P<struck>~~(?:[^~]+~~)?)"
    r"|(?P<blank>(?<![\w*_])(?:_{3,}|\*{3,})(?![\w*_])|_{4,}"
    r"|(?<=\d)\*{1,2}(?=\d)|(?<=\d)\*(?=[^\W_])|(?<=[^\W_])\*(?=\d))"
    r"|(?P<marked>(?<![=\w])==(?=[^=\s])[^=]{0,200}[^=\s]==(?![=\w]))"
    r"|(?P<inserted>(?<![+\w])\+\+(?=[^+\s])[^+]{0,200}[^+\s]\+\+(?![+\w]))"
    r"|(?P<low>(?<=\w)~[^~\s]{1,12}~)"
    r"|(?P<high>(?<=\w)\^[^\^\s]{1,12}\^)"
    r"|(?P<smile>(?<![\w:]):(?:[a-z][a-z0-9_+-]+|[+-]1):(?![\w:]))"
    r"|(?P<sums>\$\$[^$]+\$\$|(?<![\w$])\$(?=[^\s$])(?P<sum>[^$]{1,80})(?<!\s)\$(?![\w$]))"
)
_LETTER = r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])"
# A letter, arithmetic with letters or a command of TeX, but not the words between two prices.
_SUM = rf"(?=.*(?:[^\W\d]|[=<>^]))(?:{_LETTER}|[\d\s.,()+=<>/*-])+|.*(?:\\[a-z]|[_^]).*"
_TRAILING = r"(?:[.,;:!?'’*_~]|&[a-z]+;)+\Z"
_ADDRESS = r"(?i:https?://|mailto:)[^\s<>\"]+"
_LINES = "Write plain words, lists that start with “- ”, and **bold**."
_WHAT = {
    "code": ("Code in back-ticks", "Take the back-ticks out, or use quotation marks."),
    "comment": ("A comment", "Take it out."),
    "angled": ("A link", _LINES),
    "tag": ("An HTML tag", _LINES),
    "picture": ("A picture", _LINES),
    "cited": ("The key of a source", "Write who said it, and when."),
    "footnote": ("A footnote", "Write it in the sentence, or in brackets."),
    "link": ("A link", _LINES),
    "reference": ("A link", _LINES),
    "struck": ("Struck-out text", "Take it out, or take the ~~ out."),
    "marked": ("Highlighted text", "Take the == out, or write **bold**."),
    "inserted": ("Underlined text", "Take the ++ out, or write **bold**."),
    "low": ("A lowered letter", "Write it on the line, or as a small figure such as ₂."),
    "high": ("A raised letter", "Write it on the line, or as a small figure such as ²."),
    "smile": ("The name of an emoji", "Take it out."),
    "sums": ("A formula", "Write it in plain letters."),
}
_AS_IT_STANDS = " If it is meant as it stands, put a \\ before {}."


def shielded(line: str) -> str:
    """A line whose escaped signs are hidden, so that they begin nothing."""
    return re.sub(_ESCAPED, 2 * PAD, line) if "\\" in line else line


def scan(written: str, *, links: bool = False) -> Scanned:
    """Find the signs of a text. Without `links` addresses are words, and links Faults."""
    return _Scanner(written, links=links).scanned() if _HINT.search(written) else Scanned(written)


class _Scanner:
    """Goes through a text once; what is hidden keeps its length, so that all places stay."""

    def __init__(self, written: str, *, links: bool) -> None:
        self.written, self.links = written, links
        self.pieces: list[str] = []
        self.at = 0  # all before it is in `pieces`
        self.found = Scanned("")
        self.ends: list[tuple[int, int, Sort]] = []  # of stretches that are open, innermost last

    def scanned(self) -> Scanned:
        """The text, its signs and faults."""
        at, signs = 0, re.compile(_SIGNS)  # which few texts ask for
        while match := signs.search(self.written, at):
            while self.ends and self.ends[-1][0] <= match.start():
                self._end()
            if match.start() < self.at:  # it was the end of a stretch, or inside that
                at = self.at
                continue
            sign = next(name for name in _TAKEN if match[name] is not None)
            reaches_out = self.ends and match.end() > self.ends[-1][0]
            at = match.start() + 1 if reaches_out else _TAKEN[sign](self, match)
        while self.ends:
            self._end()
        self.pieces.append(self.written[self.at :])
        self.found.hidden = "".join(self.pieces)
        return self.found

    def _hide(self, start: int, end: int, *meaning: tuple[Sort, str]) -> int:
        """Hide a stretch below pads; `meaning` stands in its place."""
        self.pieces += [self.written[self.at : start], PAD * (end - start)]
        self.found.marks += [Mark(start, sort, value) for sort, value in meaning]
        self.at = end
        return end

    def _end(self) -> None:
        start, end, sort = self.ends.pop()
        self._hide(start, end, (sort, ""))

    def _begin(self, start: int, end: int, last: tuple[int, int], sort: Sort, value: str) -> int:
        self.ends.append((*last, sort))
        return self._hide(start, end, (sort, value))

    def _fault(self, match: re.Match[str], said: str, todo: str, code: str = "") -> int:
        """A Fault about a sign, which stays as it is."""
        more = {"code": code} if code else {}
        self.found.faults.append(Fault(match.start(), said, todo, **more))
        return self._literal(match)

    def _unknown(self, match: re.Match[str]) -> int:
        sign = next(name for name in _WHAT if match[name] is not None)
        what, todo = _WHAT[sign]
        todo += _AS_IT_STANDS.format(match[0][0]) if sign not in ("comment", "code") else ""
        return self._fault(match, f"{what} can't be set here: {match[0][:40]}", todo)

    def _literal(self, match: re.Match[str]) -> int:
        return self._hide(*match.span(), (Sort.LITERAL, match[0]))

    def _escape(self, match: re.Match[str]) -> int:
        return self._hide(*match.span(), (Sort.LITERAL, match[0][1:]))

    def _entity(self, match: re.Match[str]) -> int:
        from html import unescape
        from html.entities import html5

        if match[0][1] != "#" and match[0][1:] not in html5:
            return match.end()
        meant = unescape(match[0])
        for unfit in forbidden(f"-{meant}", "", 1) if meant else ():
            return self._fault(match, f"{unfit.found[:-1]}: {match[0]}", unfit.todo, unfit.code)
        if not meant:
            said = f"There is no letter of this number: {match[0]}"
            return self._fault(match, said, "Take it out.", "character-forbidden")
        return self._hide(*match.span(), (Sort.WORDS, plainly(meant, self.written)))

    def _language(self, match: re.Match[str]) -> int:
        words = match.end("tongue") + 1
        words += len(self.written[words : match.end()]) - len(
            self.written[words : match.end()].lstrip()
        )
        end = match.end() - 1
        last = len(self.written[words:end].rstrip()) + words, match.end()
        return self._begin(match.start(), words, last, Sort.LANGUAGE, match["tongue"])

    def _bracket(self, match: re.Match[str]) -> int:
        said = "Curly brackets are for words in another language, and these don't name one."
        todo = "Write {cy: bore da}: the language's code, a colon, and the words."
        return self._fault(match, said, todo)

    def _bare(self, match: re.Match[str]) -> int:
        address = re.sub(_TRAILING, "", match[0])
        while address.endswith(")") and address.count(")") > address.count("("):
            address = re.sub(_TRAILING, "", address[:-1])
        end = match.start() + len(address)
        return self._hide(match.start(), end, *self._linked(address, address))

    def _linked(self, address: str, shown: str) -> tuple[tuple[Sort, str], ...]:
        words = (Sort.LITERAL, shown)
        to = unbroken(address)
        return ((Sort.LINK, to), words, (Sort.LINK, "")) if self.links else (words,)

    def _angled(self, match: re.Match[str]) -> int:
        shown = match[0][1:-1]
        if not self.links:
            return self._unknown(match)
        to = shown if ":" in shown else f"mailto:{shown}"
        return self._hide(*match.span(), *self._linked(to, shown.removeprefix("mailto:")))

    def _link(self, match: re.Match[str]) -> int:
        if not self.links:
            return self._unknown(match)
        address = match["to"].strip().removeprefix("<").removesuffix(">")
        if not re.fullmatch(_ADDRESS, address):
            said = f"This link does not lead to an address: {match[0][:40]}"
            todo = (
                "Write [words](https://…) or [words](mailto:…), and nothing else in the brackets."
            )
            return self._fault(match, said, todo)
        last = match.end("words"), match.end()
        return self._begin(match.start(), match.start("words"), last, Sort.LINK, unbroken(address))

    def _sums(self, match: re.Match[str]) -> int:
        if match["sum"] and not re.fullmatch(_SUM, match["sum"]):
            return match.start() + 1
        return self._unknown(match)


_Taken = Callable[[_Scanner, re.Match[str]], int]
_TAKEN: dict[str, _Taken] = {
    **dict.fromkeys(_WHAT, _Scanner._unknown),
    "escape": _Scanner._escape,
    "entity": _Scanner._entity,
    "angled": _Scanner._angled,
    "link": _Scanner._link,
    "language": _Scanner._language,
    "bracket": _Scanner._bracket,
    "bare": _Scanner._bare,
    "blank": _Scanner._literal,
    "sums": _Scanner._sums,
}

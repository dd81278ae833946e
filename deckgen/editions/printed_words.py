"""How marks and stamps are worded on what was printed, as patterns to find them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache

from msgspec import Struct

from deckgen.content.deck import load_deck_settings
from deckgen.content.words import wording_in, wording_of
from deckgen.editions.fingerprint import CODE_LENGTH, CODE_LETTERS
from deckgen.model.lock import Ledger
from deckgen.model.text import plain, words
from deckgen.wording.names import AFTER_LABELS, INDEX_NAMES, LABELS, REVIEWS, STAMP
from deckgen.wording.say import SAY_ENGLISH, Month, Wording

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
_EDITION = r"(?:(?P<after>Draft after )(?:[Ee]dition |[Ee]d\. )?|Edition |Ed\. )"
_NUMBER = r"\d+(?:\.\d+)*"
_LABEL = rf"{_EDITION}(?P<number>{_NUMBER})(?P<draft> draft)?"
_DOT = r"\s*[·•‧∙⋅]\s*"
_YEAR = 2222  # of no month that is meant
_HOLE, _MONTHS = "\x00", "\x01"  # stand for what can be anything


class Printed(Struct, frozen=True, dict=True):
    """The words of marks in English, and in the other languages in which cards were printed."""

    others: tuple[Wording, ...] = ()

    @cached_property
    def _labels(self) -> list[tuple[str, str]]:
        """What editions are called: the key, and a pattern with a hole for the number."""
        said = ((key, plain(say(key, number=_HOLE))) for say in self.others for key in LABELS)
        labels = {(key, _spaced(label)) for key, label in said}
        return sorted(labels, key=lambda each: (-len(each[1]), each))

    @cached_property
    def _label(self) -> str:
        named = [
            pattern.replace(_HOLE, f"(?P<n{number}>{_NUMBER})")
            for number, (_, pattern) in enumerate(self._labels)
        ]
        return f"(?:{'|'.join((*named, _LABEL))})"

    @cached_property
    def _month(self) -> str:
        days = [Month(date(_YEAR, number, 15)) for number in range(1, 13)]
        said = {plain(say.given("{month}", month=day)) for say in self.others for day in days}
        months = [_spaced(month).replace(str(_YEAR), r"\d{4}") for month in sorted(said)]
        return f"(?:{'|'.join((_MONTH, *months))})"

    @cached_property
    def _review(self) -> str:
        said = {plain(say(key, month=_MONTHS)) for say in self.others for key in REVIEWS}
        named = (_spaced(text).replace(_MONTHS, self._month) for text in sorted(said))
        return f"(?:{'|'.join((rf'Review (?:by )?{self._month}', *named))})"

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """An edition, mostly with a check code behind it."""
        code = rf"{_DOT}(?P<code>[{CODE_LETTERS}]{{{CODE_LENGTH}}})\b"
        return re.compile(rf"(?<!\w){self._label}(?:{code}|(?=\s|$))")

    @cached_property
    def review(self) -> re.Pattern[str]:
        """The line of a face that says when the deck is looked at again."""
        return re.compile(rf"(?<!\w){self._review}(?!\w)")

    @cached_property
    def review_after(self) -> re.Pattern[str]:
        """The same right behind a mark."""
        return re.compile(rf"\s*{self.review.pattern}|{_DOT}{self._month}(?!\w)")

    @cached_property
    def review_before(self) -> re.Pattern[str]:
        """The same right before a mark."""
        return re.compile(rf"{self.review.pattern}\s*\Z")

    @cached_property
    def stamp(self) -> re.Pattern[str]:
        """What sheets and pages say at their foot, which begins with the edition."""
        ends = {rf"{_DOT}review by {self._month}"}
        for say in self.others:
            before, _, end = plain(say(STAMP, edition=words(_HOLE), month=_MONTHS)).partition(_HOLE)
            if not before:
                ends.add(r"\s*" + _spaced(end).replace(_MONTHS, self._month))
        return re.compile(rf"(?<!\w){self._label}(?:{'|'.join(sorted(ends))})(?!\w)")

    @cached_property
    def foot(self) -> re.Pattern[str]:
        """The whole line of such a stamp."""
        return re.compile(rf"^.*{self.stamp.pattern}.*$", re.MULTILINE)

    @cached_property
    def index(self) -> re.Pattern[str] | None:
        """What index cards are called, at the start of a line."""
        names = {_spaced(plain(say(INDEX_NAMES[0]))) for say in self.others}
        return re.compile(rf"(?m)^\s*(?:{'|'.join(sorted(names))})(?!\w)") if names else None

    def label(self, found: re.Match[str]) -> tuple[str, bool, bool]:
        """Of a label that was found: the edition's number, whether a draft, whether after it."""
        named = found.groupdict()
        for number, (key, _) in enumerate(self._labels):
            if named.get(f"n{number}"):
                after = key in AFTER_LABELS
                return named[f"n{number}"], after or "draft" in key, after
        after = bool(named["after"])
        return named["number"], after or bool(named["draft"]), after


def _spaced(text: str) -> str:
    """A pattern for a text, whatever spaces it has."""
    return r"\s+".join(map(re.escape, text.split()))


ENGLISH = Printed()


@lru_cache(maxsize=4)
def _printed(others: tuple[Wording, ...]) -> Printed:
    return Printed(others) if others else ENGLISH


def printed_in(files: Mapping[str, bytes], ledger: Ledger) -> Printed:
    """The words of a project's marks, today's and those of its editions."""
    return _printed(tuple(dict.fromkeys(_others(files, ledger))))


def _others(files: Mapping[str, bytes], ledger: Ledger) -> Iterable[Wording]:
    settings, text, _ = load_deck_settings(files)
    says = [wording_of(settings, text)[0]] if settings else []
    says += [wording_in(lock.snapshot.language) for lock in ledger.locks]
    return (say for say in says if say != SAY_ENGLISH)

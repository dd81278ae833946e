"""The faces of cards on a page, found in its text: each with the edition's mark that it shows."""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

from deckgen.editions.fingerprint import as_meant
from deckgen.editions.printed_words import ENGLISH, Printed
from deckgen.model.snapshot import INDEX_CODE

_LONGEST_REVIEW = 60
_HEADING = re.compile(r"[A-Z]{1,6}[1-9]\d{0,3}\b|Index(?: [2-9]\b| [1-9]\d\b)?\b")
_MOST_WORDS = 2000
# Where words were broken at the end of a line, and what the reader puts there.
_BREAKS = str.maketrans({"\ufffe": "-", "\u00ad": "", "\u00a0": " ", "\r": "\n"})


class FoundMark(Struct, frozen=True):
    """A mark as it was read: "Edition 2 draft · 7Q2M". `after` is a draft after that edition."""

    edition: str
    code: str = ""
    draft: bool = False
    after: bool = False

    @property
    def label(self) -> str:
        """How it is printed on large cards."""
        words = f"Draft after edition {self.edition}" if self.after else f"Edition {self.edition}"
        words += " draft" * (self.draft and not self.after)
        return f"{words} · {self.code}" if self.code else words


class PrintedFace(Struct, frozen=True, dict=True):
    """One side of a card: its page, its mark, and the text that stands before the mark.

    There are several readings of the text if the page has words that are turned; only one of
    them has the words of this face in their order.
    """

    page: int
    mark: FoundMark
    texts: tuple[str, ...]

    @cached_property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """The bare words, as they count, in each reading: those next to the mark, if there are
        more than any card has.
        """
        return tuple(as_meant(text)[-_MOST_WORDS:] for text in self.texts)

    @property
    def heading(self) -> str:
        """The card code on top of it, whatever it belongs to."""
        starts = (_HEADING.match(text.strip()) for text in self.texts)
        first = next(filter(None, starts), None) or _HEADING.search(self.texts[0])
        return first[0] if first else ""


def faces_on(page: int, *readings: str, printed: Printed = ENGLISH) -> list[PrintedFace]:
    """The faces of a page in the order in which they were drawn.

    A mark counts if the date of the review is beside it. Whatever stands between one mark and the
    next belongs to the next: marks come last on a face.
    """
    first, *others = (_faces(text, printed) for text in readings)
    marks = [mark for mark, _ in first]
    alike = [first, *(other for other in others if [mark for mark, _ in other] == marks)]
    return [
        PrintedFace(page, mark, tuple(faces[number][1] for faces in alike))
        for number, mark in enumerate(marks)
    ]


def _faces(text: str, printed: Printed) -> list[tuple[FoundMark, str]]:
    text = printed.foot.sub(" ", text.translate(_BREAKS))
    if printed.index:
        text = printed.index.sub(INDEX_CODE, text)
    marks = [found for found in printed.mark.finditer(text) if _on_face(text, found, printed)]
    faces, start = [], 0
    for found in marks:
        faces.append((_mark(found, printed), printed.review.sub(" ", text[start : found.start()])))
        start = found.end()
    return faces


def _on_face(text: str, found: re.Match[str], printed: Printed) -> bool:
    """Whether a mark is a face's: beside it is the date of its review.

    Lists of cards, such as a swap slip, name marks too, but no dates.
    """
    after = printed.review_after.match(text, found.end())
    before = text[max(0, found.start() - _LONGEST_REVIEW) : found.start()]
    if not (after or printed.review_before.search(before)):
        return False
    mark = _mark(found, printed)
    return bool(mark.code) or mark.draft


def stamps_on(text: str, printed: Printed = ENGLISH) -> frozenset[FoundMark]:
    """What sheets and pages say at their foot: "Edition 1 · review by Nov 2027"."""
    stamps = printed.stamp.finditer(text.translate(_BREAKS))
    return frozenset(_mark(found, printed) for found in stamps)


def mark_in(text: str, printed: Printed = ENGLISH) -> tuple[FoundMark, str] | None:
    """A mark that somebody typed, and the words beside it; None if it is none."""
    found = printed.mark.search(text)
    if not found:
        return None
    return _mark(found, printed), f"{text[: found.start()]} {text[found.end() :]}"


def _mark(found: re.Match[str], printed: Printed) -> FoundMark:
    number, draft, after = printed.label(found)
    return FoundMark(number, found.groupdict().get("code") or "", draft, after)

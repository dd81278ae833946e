"""An answer in its box: all of it in one of the sizes that a deck allows, or how it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining

from msgspec import Struct
from msgspec.structs import replace

from deckgen.design.fonts import UNSEEN
from deckgen.design.load import Design
from deckgen.layout.setting.lines import Setter, Type
from deckgen.layout.workbooks.answer_letters import (
    FACE,
    STRONG,
    Letters,
    breakable,
    last_of,
    letters_of,
)
from deckgen.model.drawing import Field, FieldKind, TextLine
from deckgen.model.text import Text, plain, word, words

_LEADING = 1.2
_PADDING_PT = 3.0
_ARROW_PT = 20.0  # of a drop-down list, at its right
_DESCENT = 0.22  # of the size: what a single line sits above the middle
_DEPTH = 0.25  # of the size: letters and the border below the last line
_STEP_PT = 1.0
_NOTE_SHARE = 0.6  # of a line, at most, for saying where its answer goes on
_LONGEST_WORD = 60
_NOTES = (word("continued on page {page}"), word("… page {page}"))


class Fitted(Struct, frozen=True):
    """An answer's lines in its box, and what of it had no room there."""

    lines: tuple[TextLine, ...]
    size_pt: float
    rest: str = ""


class Box:
    """A field that shows an answer: its lines, and the sizes that it may be set in."""

    def __init__(self, field: Field, design: Design, setter: Setter) -> None:
        self.field, self.setter, self.say = field, setter, design.say
        self.colour = design.palettes.neutral["ink"].srgb
        self.floor_pt = min(field.size_pt, design.sizing.smallest_pt)
        arrow = _ARROW_PT * (field.kind is FieldKind.CHOICE)
        self.width_pt = max(1.0, field.rect.width_pt - 2 * _PADDING_PT - arrow)

    def fitted(self, answer: str, page: int) -> Fitted:
        """The answer in the largest type in which all of it shows; else how it begins in the
        smallest, and that it goes on on a page.
        """
        several = self.field.kind is FieldKind.LINES
        answer = answer if several else " ".join(answer.splitlines())
        letters = letters_of(answer, self.setter.book)
        for size in self._sizes():
            if self._count(letters, size) <= self._room(size):
                return Fitted(self._set(letters, size), size)
        return self._begun(answer, self.floor_pt, page)

    def _sizes(self) -> Iterator[float]:
        size = self.field.size_pt
        while size > self.floor_pt:
            yield size
            size -= _STEP_PT
        yield self.floor_pt

    def _room(self, size_pt: float) -> int:
        """How many lines the box has."""
        if self.field.kind is not FieldKind.LINES:
            return 1
        below = self.field.rect.height_pt - _PADDING_PT - (1 + _DEPTH) * size_pt
        return 1 + max(0, int(below // (_LEADING * size_pt)))

    def _look(self, strong_face: str, size_pt: float) -> Type:
        return Type(FACE, strong_face, size_pt, _LEADING * size_pt, self.colour)

    def _texts(self, letters: Letters, look: Type, width_pt: float) -> Iterator[Text]:
        return (breakable(text, look, width_pt, self.setter) for text in letters.lines)

    def _count(self, letters: Letters, size_pt: float, width_pt: float = 0.0) -> int:
        look, width = self._look(letters.strong_face, size_pt), width_pt or self.width_pt
        texts = self._texts(letters, look, width)
        return sum(max(1, self.setter.count(text, look, width)) for text in texts)

    def _set(self, letters: Letters, size_pt: float) -> tuple[TextLine, ...]:
        """The lines of an answer from the top of the box, or in the middle if it has one only."""
        look, lines = self._look(letters.strong_face, size_pt), list[TextLine]()
        x, y = self.field.rect.x_pt + _PADDING_PT, self._first(size_pt)
        for text in self._texts(letters, look, self.width_pt):
            column = self.setter.column(text, look, x, y, self.width_pt) if plain(text) else ()
            lines += column
            y -= max(1, len(column)) * look.leading_pt
        return tuple(lines)

    def _first(self, size_pt: float) -> float:
        """The baseline of the first line."""
        rect = self.field.rect
        if self.field.kind is FieldKind.LINES:
            return rect.top_pt - _PADDING_PT - size_pt
        return rect.y_pt + (rect.height_pt - size_pt) / 2 + _DESCENT * size_pt

    def _begun(self, answer: str, size_pt: float, page: int) -> Fitted:
        """As much of the answer as fits beside or above a note of where it goes on."""
        look, room = self._look(STRONG, size_pt), self._room(size_pt)
        note, wide = self._note(look, page, alone=room > 1)
        if room > 1:
            lines, width = room - 1, self.width_pt
        else:
            lines, width = 1, self.width_pt - wide - size_pt / 2
        at = self._longest(answer, size_pt, lines, width) if width > 2 * size_pt else 0
        begun = letters_of(answer[:at].rstrip(), self.setter.book)
        shown = self._set(begun, size_pt)
        x, y = self.field.rect.x_pt + _PADDING_PT, self._first(size_pt)
        if room > 1:
            y -= self._count(begun, size_pt) * look.leading_pt * bool(begun.lines)
        elif shown:
            first = shown[0]
            end = first.x_pt + self.setter.book.width_pt(first.runs, size_pt) + size_pt / 2
            x = end if end + wide <= x + self.width_pt + 1 else x
        pinned = room == 1
        shown += self.setter.column(note, look, x, y, max(wide + 1, self.width_pt), pinned=pinned)
        return Fitted(shown, size_pt, answer[_word_start(answer, at) :].lstrip(" "))

    def _note(self, look: Type, page: int, *, alone: bool) -> tuple[Text, float]:
        """Where the answer goes on, in as many words as there is room for; and their width."""
        most = self.width_pt * (1.0 if alone else _NOTE_SHARE)
        notes = (*(self.say(key, page=page) for key in _NOTES), words(f"… {page}"))
        said = [tuple(replace(run, strong=True) for run in note) for note in notes]
        wide = [self.setter.width_pt(text, look) for text in said]
        at = next((i for i, width in enumerate(wide) if width <= most), -1)
        return said[at], wide[at]

    def _longest(self, answer: str, size_pt: float, lines: int, width_pt: float) -> int:
        """How many letters of an answer fit so many lines, to the end of a word if that is near."""

        def fits(count: int) -> bool:
            part = letters_of(answer[:count].rstrip(), self.setter.book)
            return self._count(part, size_pt, width_pt) <= lines

        end = at = last_of(fits, len(answer) - 1)
        while at and not (answer[at].isspace() or answer[at - 1].isspace()):
            at -= 1
        if at and fits(at):
            return at
        while end and (combining(answer[end]) or answer[end] in UNSEEN):
            end -= 1
        return end


def _word_start(answer: str, at: int) -> int:
    """Where to go on: a word that was cut is said again, unless it is no word by its length."""
    start = re.search(r"\S*\Z", answer[:at])
    end = re.compile(r"\S*").match(answer, at)
    assert start and end
    return start.start() if end.end() - start.start() <= _LONGEST_WORD else at

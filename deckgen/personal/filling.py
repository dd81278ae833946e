"""What stands in a team's workbook from the start: its cover, and what it answered last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from deckgen.design.settable import unsettable
from deckgen.interchange.incoming import Cell
from deckgen.layout.setting.lines import Setter, Type
from deckgen.layout.workbooks.answers import TICKED, answered
from deckgen.model.drawing import Field, FieldKind
from deckgen.personal.choices import LaidOut
from deckgen.personal.team_list import COLUMNS, DATE, FACILITATOR, TEAM, Row, plain_label
from deckgen.problem import Found, Place, Problem, problem

_FACE = "regular"
_PADDING_PT = 3.0
_STEP_PT = 0.5
_OTHER_FONT = "Write it another way, or name a font that has it in templates/fonts.toml."
_MOST_LETTERS = 12  # that a message names


class Filler:
    """Puts words into the fields of one workbook."""

    def __init__(self, laid: LaidOut) -> None:
        self.laid, book = laid, laid.design.book
        self._setter = Setter(book, laid.job.content.deck.language)
        self._face = _FACE if _FACE in book.faces else next(iter(book.faces))
        self._lines = {plain_label(label): field for label, field in laid.cover}

    def cover_of(self, row: Row, day: str) -> tuple[dict[str, Cell], list[Problem]]:
        """The cover's answers by field, with where they stand in the list.

        A column goes to the line that is called like it. Where no column is called like a line:
        the date goes to the line that has the word, the team to the first that is left, whoever
        leads it to the next.
        """
        found, said = Found(), dict[str, Cell]()
        others = [column for column in row.cells if column not in COLUMNS]
        free = [label for label in self._lines if label not in others]
        for column in others:
            if column in self._lines:
                said[self._lines[column]] = Cell(row.said(column), row.at(column))
            else:
                found.append(self._no_line(row.at(column)))
        dated = [label for label in free if any(word in label for word in self._called(DATE))]
        own = {plain for column in (TEAM, FACILITATOR, DATE) for plain in self._called(column)}
        rest = [label for label in free if label not in {*dated, *own}]
        for column in (DATE, TEAM, FACILITATOR):
            fit = [label for label in free if label in self._called(column)]
            fit += [label for label in (dated if column == DATE else rest) if label in free]
            value = day if column == DATE else row.said(column)
            if value and fit:
                said[self._lines[fit[0]]] = Cell(value, row.at(column))
            elif value and column != TEAM:  # which the file says elsewhere too
                found.append(self._no_line(row.at(column)))
            free = [label for label in free if label not in fit[:1]]
        return said, found

    def _called(self, column: str) -> set[str]:
        """What one of our columns may be called."""
        return {plain_label(column), plain_label(self.laid.job.said(column))}

    def _no_line(self, place: Place) -> Problem:
        labels = ", ".join(f"“{label}”" for label, _ in self.laid.cover) or "no lines"
        said = f"The cover of “{self.laid.book.title}” has no line for this. It has {labels}."
        todo = "Call the column like a line of the cover, or leave the cell empty."
        return problem("table-cell", place, said, todo)

    def filled(self, values: Mapping[str, str]) -> Iterator[Field]:
        """The fields with their answers, as far as they have one that they can take."""
        for name, value in values.items():
            for field in self.laid.fields.get(name, ()):
                if field.kind is FieldKind.LINE:
                    size_pt = self._size_pt(field, value) or self._smallest_pt
                    yield replace(field, value=value, size_pt=size_pt)
                elif self._takes(field, value):
                    yield answered(field, value, self._setter)

    def faults(self, values: Mapping[str, str], places: Mapping[str, Place]) -> Iterator[Problem]:
        """What can't be shown or taken, at the places of its fields in the list."""
        book = self.laid.design.book
        for name, value in values.items():
            place, fields = places[name], self.laid.fields.get(name, ())
            if lacking := sorted(book.missing(value, self._face)):
                letters = " ".join(lacking[:_MOST_LETTERS])
                said = f"The font has not all letters of “{value[:60]}”: {letters}"
                yield problem("letter-missing", place, said, _OTHER_FONT)
            for _, why in unsettable(value, book.faces[self._face])[:1]:
                said = f"“{value[:60]}” can't be set right: {why}."
                yield problem("letters-unsettable", place, said, _OTHER_FONT)
            if not any(self._takes(field, value) for field in fields):
                said = f"The workbook does not ask for “{name}”. The answer was: {value}"
                todo = "Copy it by hand to where it belongs."
                yield problem("answer-left-over", place, said, todo)
            elif fields[0].kind is FieldKind.LINE and not self._size_pt(fields[0], value):
                said = f"“{value[:80]}” is too long for its line in the workbook."
                yield problem("text-too-long", place, said, "Shorten it.")

    @staticmethod
    def _takes(field: Field, value: str) -> bool:
        """Whether a value is one that a field can have."""
        if field.kind is FieldKind.CHECK:
            return value == TICKED
        if field.kind is FieldKind.RADIO:
            return value == field.value
        return field.kind is not FieldKind.CHOICE or value in field.options

    @property
    def _smallest_pt(self) -> float:
        return self.laid.design.sizing.smallest_pt

    def _size_pt(self, field: Field, value: str) -> float:
        """The largest size in which a value fits its line; 0 if even the smallest is too large."""
        size_pt, room_pt = field.size_pt, field.rect.width_pt - 2 * _PADDING_PT
        while size_pt >= min(self._smallest_pt, field.size_pt):
            look = Type(self._face, self._face, size_pt, size_pt, "#000000")
            if self._setter.width_pt(value, look) <= room_pt:
                return size_pt
            size_pt -= _STEP_PT
        return 0.0

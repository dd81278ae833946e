"""What stands in a team's workbook from the start: its cover, and what it answered last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.interchange.incoming import Cell
from deckgen.layout.setting.lines import Setter
from deckgen.layout.workbooks.answer_fit import Box
from deckgen.layout.workbooks.answer_letters import letters_of, named
from deckgen.layout.workbooks.answers import TICKED, WRITTEN, answered
from deckgen.model.drawing import Field, FieldKind
from deckgen.personal.choices import LaidOut
from deckgen.personal.team_list import COLUMNS, DATE, FACILITATOR, TEAM, Row, plain_label
from deckgen.problem import Found, Place, Problem, problem

_OTHER_FONT = "Write it another way, or name a font that has it in templates/fonts.toml."


class Filler:
    """Puts words into the fields of one workbook."""

    def __init__(self, laid: LaidOut) -> None:
        self.laid = laid
        setter = Setter(laid.design.book, laid.job.content.deck.language)
        written = (f for fields in laid.fields.values() for f in fields if f.kind in WRITTEN)
        self._boxes = {field.name: Box(field, laid.design, setter) for field in written}
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

    def filled(self, values: Mapping[str, str]) -> tuple[tuple[Field, ...], bool]:
        """The fields with their answers, and whether their boxes have room for all of them."""
        fields, fits = list[Field](), True
        for name, value in self.taken(values).items():
            box = self._boxes.get(name)
            fitted = box.fitted(value, 0) if box else None
            fits = fits and not (fitted and fitted.rest)
            fields += [answered(field, value, fitted) for field in self.laid.fields[name]]
        return tuple(fields), fits

    def taken(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values that there is a field for, and which it can have."""
        fields = self.laid.fields
        return {n: v for n, v in values.items() if any(_takes(f, v) for f in fields.get(n, ()))}

    def faults(self, values: Mapping[str, str], places: Mapping[str, Place]) -> Iterator[Problem]:
        """What can't be shown or taken, at the places of its fields in the list.

        The words of a list can be changed, so they have to be right; what somebody has answered
        is shown as far as the fonts go, and goes on behind the last page if it is long.
        """
        covers, taken = {*self._lines.values()}, self.taken(values)
        for name, value in values.items():
            place = places[name]
            letters = letters_of(value, self.laid.design.book)
            if lacking := letters.lacking:
                said = f"The font has not all letters of “{value[:60]}”: {named(lacking)}."
                code = "letter-missing" if name in covers else "answer-letters"
                yield problem(code, place, said, _OTHER_FONT)
            for why in letters.unset[:1]:
                said = f"“{value[:60]}” can't be set right: {why}."
                code = "letters-unsettable" if name in covers else "answer-letters"
                yield problem(code, place, said, _OTHER_FONT)
            if name not in taken:
                said = f"The workbook does not ask for “{name}”. The answer was: {value}"
                todo = "Copy it by hand to where it belongs."
                yield problem("answer-left-over", place, said, todo)
            elif name in covers and self._boxes[name].fitted(value, 0).rest:
                said = f"“{value[:80]}” is too long for its line in the workbook."
                yield problem("text-too-long", place, said, "Shorten it.")


def _takes(field: Field, value: str) -> bool:
    """Whether a value is one that a field can have."""
    if field.kind is FieldKind.CHECK:
        return value == TICKED
    if field.kind is FieldKind.RADIO:
        return value == field.value
    return field.kind is not FieldKind.CHOICE or value in field.options

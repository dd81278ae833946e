"""Answers put into a workbook's fields, set so that all of each shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Mark
from deckgen.model.text import words

_SIZES_PT = (18.0, 16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_LEADING = 1.2
_PADDING_PT = 3.0
_FACE = "regular"
TICKED = "Yes"


def with_answers(
    drawings: Sequence[Drawing], answers: Mapping[str, str], setter: Setter
) -> tuple[Drawing, ...]:
    """The drawings with their fields filled in; `answers` by full field name.

    A ticked box has the answer "Yes", a group of radio buttons the value of the chosen one.
    """
    return tuple(
        replace(drawing, elements=tuple(_element(e, answers, setter) for e in drawing.elements))
        for drawing in drawings
    )


def _element(element: Element, answers: Mapping[str, str], setter: Setter) -> Element:
    kids: list[Element | Mark] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_element(kid, answers, setter))
        elif isinstance(kid, Field) and answers.get(kid.name):
            kids.append(answered(kid, answers[kid.name], setter))
        else:
            kids.append(kid)
    return replace(element, kids=tuple(kids))


def answered(field: Field, answer: str, setter: Setter) -> Field:
    """A field with its answer."""
    if field.kind is FieldKind.RADIO:
        return replace(field, chosen=answer == field.value)
    if field.kind is FieldKind.CHECK:
        return replace(field, value=TICKED if answer == TICKED else "")
    if field.kind is FieldKind.LINES:
        size, lines = _fitted(field, answer, setter)
        return replace(field, value=answer, size_pt=size, shown=lines)
    return replace(field, value=answer)


def _fitted(field: Field, answer: str, setter: Setter) -> tuple[float, tuple[str, ...]]:
    """The largest size in which the answer fits its box, and its lines; else the smallest."""
    lines: tuple[str, ...] = ()
    for size in (size for size in _SIZES_PT if size <= field.size_pt):
        lines = _lines(answer, size, field.rect.width_pt - 2 * _PADDING_PT, setter)
        if len(lines) * size * _LEADING + 2 * _PADDING_PT <= field.rect.height_pt:
            return size, lines
    return _SIZES_PT[-1], lines


def _lines(answer: str, size_pt: float, width_pt: float, setter: Setter) -> tuple[str, ...]:
    look = Type(_FACE, _FACE, size_pt, size_pt * _LEADING, "#000000")
    broken: list[str] = []
    for paragraph in answer.splitlines():
        set_lines = setter.lines(words(paragraph), look, width_pt) or ((),)
        broken += ["".join(run.text for run in line) for line in set_lines]
    return tuple(broken)

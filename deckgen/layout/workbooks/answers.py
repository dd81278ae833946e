"""Answers put into a workbook's fields, each shown to its end: in its box, or on a page behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.layout.setting.lines import Setter
from deckgen.layout.workbooks.answer_fit import Box, Fitted
from deckgen.layout.workbooks.answer_letters import letters_of, named
from deckgen.layout.workbooks.continued import Behind, Piece, pages_behind
from deckgen.layout.workbooks.workbook import SetWorkbook
from deckgen.model.drawing import Drawing, Element, Field, FieldKind, Mark
from deckgen.problem import Place, Problem, problem

TICKED = "Yes"
WRITTEN = (FieldKind.LINE, FieldKind.LINES, FieldKind.CHOICE)
_MOST_ROUNDS = 5


class Answered(Struct, frozen=True):
    """A workbook's pages with answers, further pages for what its boxes have no room for, and
    what could not be drawn as it was typed.
    """

    pages: tuple[Drawing, ...]
    problems: tuple[Problem, ...] = ()


def with_answers(made: SetWorkbook, answers: Mapping[str, str], file: str = "") -> Answered:
    """A workbook whose pages are finished, with its fields filled in; `answers` by field name.

    A ticked box has the answer "Yes", a group of radio buttons the value of the chosen one. What a
    box can't show in the smallest type that the deck allows goes on behind the last page. `file`
    is where the answers come from.
    """
    setter = Setter(made.design.book, made.deck.language)
    written = [(page, field) for page, field in _fields(made.drawings) if answers.get(field.name)]
    boxes = {field.name: Box(field, made.design, setter) for _, field in written}
    behind, first = Behind(), len(made.drawings) + 1
    # A box names the page on which it goes on; that may take other letters, but hardly ever does.
    for _ in range(_MOST_ROUNDS):
        starts = behind.begun
        fitted = {n: b.fitted(answers[n], starts.get(n, first)) for n, b in boxes.items()}
        behind = _behind(made, written, fitted)
        if behind.begun == starts:
            break

    def fill(field: Field) -> Field:
        return answered(field, answers.get(field.name, ""), fitted.get(field.name))

    pages = [_page(page, fill) for page in made.drawings]
    problems = [
        p
        for page, f in written
        for p in undrawn(f"“{f.tooltip}” on page {page.label}", answers[f.name], setter, file)
    ]
    return Answered((*pages, *behind.drawings), tuple(problems))


def _fields(pages: Sequence[Drawing]) -> Iterator[tuple[Drawing, Field]]:
    """Every field in which words are written, with its page."""
    for page in pages:
        for mark in page.marks():
            if isinstance(mark, Field) and mark.kind in WRITTEN:
                yield page, mark


def _behind(
    made: SetWorkbook, written: Sequence[tuple[Drawing, Field]], fitted: Mapping[str, Fitted]
) -> Behind:
    """The pages for what was left."""
    say = made.design.say
    pieces = []
    for page, field in written:
        if rest := fitted[field.name].rest:
            origin = say("Continued from page {page}", page=page.label)
            pieces.append(Piece(field.name, field.tooltip, rest, origin, page.name))
    return pages_behind(made, made.drawings, say("Longer answers"), pieces, "continued")


def _page(page: Drawing, fill: Callable[[Field], Field]) -> Drawing:
    return replace(page, elements=tuple(_element(element, fill) for element in page.elements))


def _element(element: Element, fill: Callable[[Field], Field]) -> Element:
    kids: list[Element | Mark] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_element(kid, fill))
        else:
            kids.append(fill(kid) if isinstance(kid, Field) else kid)
    return replace(element, kids=tuple(kids))


def answered(field: Field, answer: str, fitted: Fitted | None) -> Field:
    """A field with its answer, which was `fitted` if it is in words."""
    if not answer:
        return field
    if field.kind is FieldKind.RADIO:
        return replace(field, chosen=answer == field.value)
    if field.kind is FieldKind.CHECK:
        return replace(field, value=TICKED if answer == TICKED else "")
    assert fitted is not None, "every field with words was fitted"
    return replace(field, value=answer, shown=fitted.lines)


def undrawn(what: str, answer: str, setter: Setter, file: str) -> Iterator[Problem]:
    """A Problem for letters of an answer that no font has, and for those that can't be set."""
    letters = letters_of(answer, setter.book)
    where = f"The answer to {what}"
    todo = "The field keeps what was typed. To see it too, name a font as docs/letters.md says."
    if letters.lacking:
        found = f"{where} has letters that no font of the deck has, shown as “{letters.shown}”: "
        yield problem("answer-letters", Place(file), found + named(letters.lacking) + ".", todo)
    for why in letters.unset:
        yield problem("answer-letters", Place(file), f"{where} can't be set right: {why}.", todo)

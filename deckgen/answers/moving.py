"""Answers of a copy as a new file takes them, and a Problem for each that a person must look at."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.answers.settle import GONE, Placed, Settled
from deckgen.problem import Place, Problem, problem

_COPY = "Copy it by hand to where it belongs."
_LOOK = "Look at it in the old file, and set it right in the new one."


def moved(settled: Settled, file: str) -> tuple[dict[str, str], list[Problem]]:
    """The answers by today's fields, and what is to be said of them; no answers if the file is
    none of the project's, or nobody knows which questions they belong to.
    """
    if refused := unsettled(settled, file):
        return {}, refused
    answers = {one.said.field: one.said.value for one in settled.answers if fits(one)}
    return answers, list(_told(settled, Place(file)))


def unsettled(settled: Settled, file: str) -> list[Problem]:
    """Why nobody can say which questions the answers belong to; empty if it is known."""
    place = Place(file)
    if settled.was is None:
        found = "This is not this project's workbook: none of its fields has a place here."
        todo = "Go to the folder of the deck that it belongs to."
        return [problem("answers-foreign", place, found, todo)]
    if settled.unsure:
        found = (
            "This file was made by an older deckgen, which named boxes after their places, and the "
            "workbook has other questions now: nobody can say which of them its answers belong to."
        )
        todo = "Put the workbook's old text back and try again, or copy the answers by hand."
        return [problem("answers-unplaced", place, found, todo)]
    return []


def fits(one: Placed) -> bool:
    """Whether a box of today can hold an answer: one that is no longer to choose from can't."""
    return one.offered and not one.gone


def _told(settled: Settled, place: Place) -> Iterator[Problem]:
    for one in settled.answers:
        question = _named(one)
        if one.gone:
            why = "The workbook no longer asks" if one.asked_now == GONE else "No box has room for"
            found = f"{why} {question}. The answer was: {one.shown}"
            yield problem("answer-left-over", place, found, _COPY)
        elif not fits(one):
            found = f"{one.said.note} It answered {question}."
            yield problem("answer-left-over", place, found, _COPY)
        elif one.asked_now:
            found = f"{question}: {one.asked_now}. The answer is kept: {one.shown}"
            todo = "Read the question as it is now, and see whether the answer still fits."
            yield problem("answer-reworded", place, found, todo)
        if fits(one):
            yield from unsure(one, place)


def unsure(one: Placed, place: Place) -> Iterator[Problem]:
    """A Problem if a person must look whether an answer is the right one."""
    if one.said.note:
        others = f" It also says: “{'” / “'.join(one.said.others)}”." * bool(one.said.others)
        found = f"{_named(one)} is to be looked at: {one.said.note}.{others}"
        yield problem("answer-unsure", place, f"{found} Now it is: {one.shown}", _LOOK)


def _named(one: Placed) -> str:
    question = f"“{one.question.words}”"
    return question + f" in “{one.question.activity}”" * bool(one.question.activity)

"""What a team answered last time: a table of answers, or the workbook as it came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from deckgen.disk import CannotRead
from deckgen.model.answers import AnswerTable
from deckgen.problem import Place, Problem, problem
from deckgen.readback.answers import read_answers

Answers = Mapping[str, str]
_ONE = "Name a .json file of answers, or a workbook as it came back (.pdf)."


class Before:
    """Reads the files of answers that a list names, each once."""

    def __init__(self, given: Callable[[str], bytes]) -> None:
        self._given = given
        self._read: dict[str, tuple[Answers | AnswerTable, list[Problem]]] = {}

    def of(self, team: str, file: str, place: Place) -> tuple[Answers, list[Problem]]:
        """A team's answers by field."""
        if file not in self._read:
            self._read[file] = self._answers(file, place)
        answers, found = self._read[file]
        if isinstance(answers, AnswerTable):
            wanted = _plain(team)
            return {a.field: a.value for a in answers.answers if _plain(a.team) == wanted}, []
        return answers, found

    def _answers(self, file: str, place: Place) -> tuple[Answers | AnswerTable, list[Problem]]:
        try:
            data = self._given(file)
        except CannotRead as fault:
            said = f"“{file[:80]}” can't be read: {fault}"
            return {}, [problem("answers-unreadable", place, said, _ONE)]
        if data.lstrip()[:1] in (b"{", b"["):
            return _from_json(data, file, place)
        answers, found = read_answers(data, file)
        return answers or {}, found


def _from_json(data: bytes, file: str, place: Place) -> tuple[Answers | AnswerTable, list[Problem]]:
    """Answers by field, or the table of all that came back."""
    kinds: tuple[Any, ...] = (AnswerTable, dict[str, str])
    for kind in kinds:
        with suppress(ValueError, RecursionError):
            return msgspec.json.decode(data, type=kind), []
    said = f"“{file[:80]}” is no table of answers."
    return {}, [problem("answers-unreadable", place, said, _ONE)]


def _plain(team: str) -> str:
    return " ".join(team.split()).casefold()

"""What a team answered last time: a table of answers, or the workbook as it came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

import msgspec
from msgspec.structs import replace

from deckgen.answers.asked import all_asked
from deckgen.answers.moving import moved
from deckgen.answers.settle import settle
from deckgen.answers.table_record import read
from deckgen.answers.told import refusals, told
from deckgen.disk import CannotRead
from deckgen.model.answers import Answer, AnswerTable, Asked
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.proof.proof import Proof
from deckgen.readback.limits import Refused
from deckgen.readback.returned import read_returned

Answers = Mapping[str, str]
_ONE = "Name a .json file of answers, or a workbook as it came back (.pdf)."
_LOOK = "Read the question as it is now, and see whether the answer still fits."


class Before:
    """Reads the files of answers that a list names, each once, by a function that is `given`."""

    def __init__(self, proof: Proof, given: Callable[[str], bytes]) -> None:
        self._proof, self._given = proof, given
        self._tables: dict[str, tuple[Answers | AnswerTable | bytes, list[Problem]]] = {}

    def of(self, team: str, file: str, place: Place, today: Asked) -> tuple[Answers, list[Problem]]:
        """A team's answers by the fields of the workbook that it gets today."""
        if file not in self._tables:
            self._tables[file] = self._read(file, place)
        answers, found = self._tables[file]
        if isinstance(answers, AnswerTable):
            own = [a for a in answers.answers if _plain(a.team) == _plain(team) and a.value]
            return {a.field: a.value for a in own}, list(_of_table(own, file, place, today))
        if isinstance(answers, bytes):
            answers, found = self._returned(answers, file, today)
            found = [replace(p, place=place, found=f"{file}: {p.found}") for p in found]
        return answers, found

    def _read(self, file: str, place: Place) -> tuple[Answers | AnswerTable | bytes, list[Problem]]:
        try:
            data = self._given(file)
        except CannotRead as fault:
            said = f"“{file[:80]}” can't be read: {fault}"
            return {}, [problem("answers-unreadable", place, said, _ONE)]
        if data.lstrip()[:1] not in (b"{", b"["):
            return data, []
        with suppress(Refused):
            return read(data), []
        with suppress(ValueError, RecursionError):
            return msgspec.json.decode(data, type=dict[str, str]), []
        said = f"“{file[:80]}” is no table of answers."
        return {}, [problem("answers-unreadable", place, said, _ONE)]

    def _returned(self, data: bytes, file: str, today: Asked) -> tuple[Answers, list[Problem]]:
        """The answers of a workbook that came back, at today's questions."""
        returned = read_returned(data, file, asked=self._asked)
        found = refusals(returned, file)
        if blocks(found):
            return {}, found
        copy = max(returned.copies, key=lambda copy: len(copy.said))
        answers, more = moved(settle(copy, self._asked, today), file)
        return answers, [*found, *told(returned, file), *more]

    @cached_property
    def _asked(self) -> tuple[Asked, ...]:
        """All that was ever asked, for files of other editions."""
        return all_asked(self._proof)


def _of_table(own: list[Answer], file: str, place: Place, today: Asked) -> Iterator[Problem]:
    """What is to be said of a team's answers: of two to one question, the later is taken."""
    words = {question.field: question.words for question in today.questions}
    kept = {answer.field: answer for answer in own}
    for a in own:
        if a.value != kept[a.field].value:
            found = f"{file}: {a.file} has another answer to “{a.question}”, left out: {a.value}"
            yield problem("answers-odd", place, found, "Look which of them counts.")
    for a in kept.values():
        if a.question and a.question != words.get(a.field, a.question):
            found = f"{file}: “{a.question}” has other words now. The answer is kept: {a.value}"
            yield problem("answer-reworded", place, found, _LOOK)


def _plain(team: str) -> str:
    return " ".join(team.split()).casefold()

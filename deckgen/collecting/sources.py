"""Workbooks, as they come, to the rows of both sheets; who sent what twice is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.collecting.placing import Known, Placed, is_cover
from deckgen.collecting.verdicts import (
    Reason,
    called,
    in_words,
    notes,
    of_answers,
    of_copy,
    refusal,
    sentence,
    worst,
)
from deckgen.model.answers import (
    Answer,
    AnswerTable,
    Beside,
    Copy,
    How,
    Identity,
    Returned,
    Said,
    Source,
    Verdict,
)

_FOREIGN = "it is not a workbook of this deck", "Look whether the right file was sent."
_FEW = 5
_DAMAGED = re.compile("[\ue000-\uf8ff]")  # what Chrome makes of letters that it can't write


class _Taken(Struct):
    """A workbook that was taken in: `team` is "" if only its file's name tells it."""

    source: Source
    team: str
    values: frozenset[tuple[str, str]]
    reasons: list[Reason]


class Table:
    """Takes files in their order; `finished` is the table of all."""

    def __init__(self, known: Known) -> None:
        self.known, self.answers = known, list[Answer]()
        self._taken, self._names = list[_Taken](), dict[str, str]()

    def take(self, name: str, note: str, digest: str, returned: Returned) -> None:
        """Take in a file, by what it says."""
        if self.is_twin(name, note, digest):
            return
        for number, copy in enumerate(returned.copies):
            taken = self._copy(name, copy, returned, number)
            taken.reasons += notes(note)
        if not returned.copies:
            why, todo = returned.refused or _FOREIGN
            self._add(_nobody(name), [*refusal(why, todo), *notes(*returned.notes, note)])

    def is_twin(self, name: str, note: str, digest: str) -> bool:
        """Whether a file with the same bytes came before; then that is said of this one."""
        if digest not in self._names or not digest:
            self._names.setdefault(digest, name)
            return False
        twice = f"the very same file as {self._names[digest]}; it is counted once"
        self._add(_nobody(name), notes(twice, note))
        return True

    def take_pictures(self, names: Sequence[str], returned: Returned) -> None:
        """Take in what all files that show pages say together, and what each of them can't."""
        mute = {name: [n for n in returned.notes if n.startswith(f"{name}: ")] for name in names}
        gave = [name for name in names if not mute[name]]
        others = tuple(n for n in returned.notes if not any(n in said for said in mute.values()))
        if returned.refused and not returned.copies:
            gave, others = [], ()
            mute = {
                name: said or [f"{name}: {'. '.join(returned.refused)}"]
                for name, said in mute.items()
            }
        if gave:
            together = ", ".join(gave[:_FEW]) + f" and {len(gave) - _FEW} more" * (len(gave) > _FEW)
            self.take(together, "", "", replace(returned, notes=others, refused=None))
        for name, said in mute.items():
            if said:
                words = " ".join(words.removeprefix(f"{name}: ") for words in said)
                self._add(_nobody(name), refusal(words, ""))

    def _add(self, source: Source, reasons: list[Reason]) -> _Taken:
        numbered = replace(source, number=len(self._taken) + 1)
        self._taken.append(taken := _Taken(numbered, "", frozenset(), reasons))
        return taken

    def _copy(self, name: str, copy: Copy, returned: Returned, number: int) -> _Taken:
        first, placed = number == 0, self.known.placed(copy)
        if placed is None:
            return self._add(_nobody(name), refusal(*_FOREIGN))
        known_team = copy.identity.team or placed.team
        team = known_team or _stem(name) + f" ({number + 1})" * (len(returned.copies) > 1)
        who = team, placed.asked.role, placed.identity.edition
        source = Source(0, name, *who, Verdict.OK, "", identity=placed.identity)
        taken = self._add(source, [])
        order = {field: number for number, field in enumerate(placed.questions)}
        ordered = sorted(placed.said, key=lambda said: order.get(said.field, len(order)))
        answers = [self._answer(taken.source, placed, said) for said in ordered]
        taken.team, taken.values = known_team, frozenset((a.field, a.value) for a in answers)
        if self._is_there(taken):
            return taken
        beside = [_noted(taken.source, b) for b in returned.beside if first and b.words]
        self.answers += [*answers, *beside]
        taken.source = replace(taken.source, answers=len(answers) + len(beside))
        on_cover = sum(is_cover(answer.field) for answer in answers)
        taken.reasons += of_copy(copy, returned, first=first)
        taken.reasons += [*of_answers(answers, on_cover), *notes(*placed.notes)]
        return taken

    def _is_there(self, taken: _Taken) -> bool:
        """Whether the same answers of the same team were taken in; if others were, say so."""
        if not taken.team or not taken.values:
            return False
        for other in (o for o in self._taken[:-1] if o.values and _same_workbook(o, taken)):
            if other.values == taken.values:
                twice = f"the same answers as {other.source.file}; they are counted once"
                taken.reasons += notes(twice)
                taken.values = frozenset()
                return True
            fields = len({field for field, _ in other.values ^ taken.values})
            for one, its_other in ((taken, other), (other, taken)):
                there = f"The same team's workbook {its_other.source.file} has other answers"
                boxes = f"in {fields} box{'es' if fields > 1 else ''}"
                words = f"{there} {boxes}. Both are kept: decide which counts."
                one.reasons.append(Reason(Verdict.REVIEW, words))
        return False

    def _answer(self, source: Source, placed: Placed, said: Said) -> Answer:
        question = placed.questions.get(said.field)
        note = " ".join(filter(None, [said.note, *_doubts(said)]))
        return Answer(
            source=source.number,
            file=source.file,
            team=source.team,
            role=source.role,
            edition=source.edition,
            frame=question.frame if question else "",
            activity=question.activity if question else "",
            question=question.words if question else said.field,
            row=question.row if question else 0,
            value=placed.words(said),
            how=said.how,
            field=said.field,
            asked_now=placed.asked_now.get(said.field, ""),
            note=note,
            crop=said.crop,
        )

    def finished(self) -> AnswerTable:
        """All that was taken in, with verdicts."""
        sources = [
            replace(t.source, verdict=worst(t.reasons), reason=in_words(t.reasons))
            for t in self._taken
        ]
        return AnswerTable(
            self.known.deck, tuple(self.answers), tuple(sources), self.known.questions
        )


def _nobody(name: str) -> Source:
    return Source(0, name, "", "", "", Verdict.OK, "", identity=Identity())


def _who(source: Source) -> tuple[str, str, str]:
    return source.team, source.role, source.edition


def _same_workbook(one: _Taken, other: _Taken) -> bool:
    """Whether two are one team's copies of the same workbook of the same edition."""
    here, there = one.source.identity, other.source.identity
    same_book = (here.workbook, here.edition) == (there.workbook, there.edition)
    return same_book and _plain(one.team) == _plain(other.team)


def _plain(team: str) -> str:
    return " ".join(team.casefold().split())


def _stem(name: str) -> str:
    last = name.rpartition("/")[2]
    return last.rpartition(".")[0] or last


def _doubts(said: Said) -> Sequence[str]:
    doubts = [f"The file also says: {other}" for other in said.others]
    if _DAMAGED.search(said.value):
        doubts.append("A letter was damaged by the program that saved the file.")
    return doubts


def _noted(source: Source, beside: Beside) -> Answer:
    """Words that stand beside the boxes: nobody knows which question they answer."""
    at = source.number, source.file, *_who(source), "", "", sentence(called(beside)).rstrip("."), 0
    return Answer(*at, beside.words, How.TYPED, "", note="It stands beside the boxes.")

"""Workbooks, as they come, to the rows of both sheets; who sent what twice is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.answers.asked import Placed, Settled
from deckgen.collecting.known import Known
from deckgen.collecting.verdicts import (
    COVER,
    Reason,
    called,
    in_words,
    listed,
    notes,
    of_answers,
    of_beside,
    of_copy,
    of_others,
    refusal,
    sentence,
    to_look_at,
    worst,
)
from deckgen.model.answers import (
    Answer,
    AnswerTable,
    Asked,
    Asks,
    Beside,
    Copy,
    How,
    Identity,
    Question,
    Returned,
    Said,
    Source,
    Verdict,
)
from deckgen.readback.box_values import TICKED

_FOREIGN = "it is not a workbook of this deck", "Look whether the right file was sent."
BESIDE = "beside."  # what the names of rows begin with that are no answer to a question
_DAMAGED = re.compile("[\ue000-\uf8ff]")  # what Chrome makes of letters that it can't write


Confirm = Callable[[AnswerTable], AnswerTable]


class _Taken(Struct):
    """What was taken in. If it is a workbook whose answers are `counted`: `team` is "" if only its
    file's name tells it, `differ` has the same team's other files, and in how many boxes their
    answers differ. `looked_at` has the notes of answers, with their fields.
    """

    source: Source
    reasons: list[Reason]
    counted: bool = False
    team: str = ""
    values: frozenset[tuple[str, str, bytes]] = frozenset()
    differ: dict[str, int] = {}
    looked_at: frozenset[tuple[str, str]] = frozenset()


class Table:
    """Takes files in their order; `finished` is the table of all."""

    def __init__(self, known: Known) -> None:
        self.known, self.answers = known, list[Answer]()
        self._today = {question.field: question for question in known.questions}
        self._taken, self._names = list[_Taken](), dict[str, str]()
        self._by_team = dict[tuple[str, str, str], list[_Taken]]()

    def take(self, name: str, note: str, digest: str, returned: Returned) -> None:
        """Take in a file, by what it says."""
        if self.is_twin(name, note, digest):
            return
        for number, copy in enumerate(returned.copies):
            taken = self._copy(name, copy, returned, number)
            taken.reasons += notes(note)
        if not returned.copies:
            why, todo = returned.refused or _FOREIGN
            beside = of_beside([b for b in returned.beside if b.kind == "attachment"])
            self._add(_nobody(name), [*refusal(why, todo), *beside, *notes(*returned.notes, note)])

    def is_twin(self, name: str, note: str, digest: str) -> bool:
        """Whether a file with the same bytes came before; then that is said of this one."""
        if digest not in self._names or not digest:
            self._names.setdefault(digest, name)
            return False
        twice = f"the very same file as {self._names[digest]}; it is counted once"
        self._add(_nobody(name), notes(twice, note))
        return True

    def note(self, name: str, note: str, beside: Sequence[Beside] = ()) -> None:
        """Say something of a file whose answers come with those of others."""
        if note or beside:
            taken = self._add(_nobody(name), [*notes(note), *of_beside(beside)])
            self._note_words(taken, beside)

    def take_pictures(self, names: Sequence[str], returned: Returned) -> None:
        """Take in what all files that show pages say together, and what each of them can't.

        What is said of a file begins with its name, and ": " behind that if it gave nothing.
        """
        longest = sorted(names, key=len, reverse=True)
        own: dict[str, list[str]] = {name: [] for name in names}
        others = list[str]()
        for note in returned.notes:
            name = next((name for name in longest if note.startswith(name)), None)
            (own[name] if name else others).append(note)
        if returned.copies:
            gave = [n for n in names if not any(s.startswith(f"{n}: ") for s in own[n])]
            beside = tuple(b for b in returned.beside if b.kind != "page")  # these are in the notes
            said = replace(returned, notes=tuple(others), beside=beside, refused=None)
            self.take(listed(gave), "", "", said)
        for name, said_of_it in own.items():
            reasons = [_of_picture(name, note, bool(returned.copies)) for note in said_of_it]
            if not (reasons or returned.copies):
                reasons = refusal(*(returned.refused or _FOREIGN))
            if reasons:
                self._add(_nobody(name), reasons)

    def _add(self, source: Source, reasons: list[Reason]) -> _Taken:
        numbered = replace(source, number=len(self._taken) + 1)
        self._taken.append(taken := _Taken(numbered, reasons))
        return taken

    def _copy(self, name: str, copy: Copy, returned: Returned, number: int) -> _Taken:
        first, settled = number == 0, self.known.settled(copy)
        name = listed(copy.files) or name
        was = settled.was
        if was is None:
            return self._add(_nobody(name), refusal(*_FOREIGN))
        told_team = self.known.teams.get(copy.identity.team, copy.identity.team)
        told_team = told_team or _on_cover(settled, was)
        team = told_team or _stem(name) + f" ({number + 1})" * (len(returned.copies) > 1)
        own = copy.identity
        edition = own.edition or was.identity.edition
        identity = replace(was.identity, team=told_team if own.team else "", edition=edition)
        who = team, was.role, identity.edition
        lacks = self.known.unasked(copy, was)
        source = Source(0, name, *who, Verdict.OK, "", identity=identity, unasked=lacks)
        taken = self._add(source, [])
        given = (one for one in settled.answers if not _is_off(one))
        answers = [self._answer(taken.source, one) for one in given]
        taken.team, taken.values = told_team, frozenset((a.field, a.value, a.crop) for a in answers)
        taken.looked_at = frozenset((a.field, a.note) for a in answers if a.note)
        if twin := self._twin(taken):  # what only this one says is not to be lost
            answers = [a for a in answers if a.note and (a.field, a.note) not in twin.looked_at]
            taken.reasons += to_look_at(answers)
        taken.counted = twin is None
        self.answers += answers
        self._note_words(taken, returned.beside if first else ())
        taken.reasons += of_copy(copy, returned, first=first)
        taken.reasons += self._of_workbook(copy, settled, was)
        return taken

    def _note_words(self, taken: _Taken, beside: Sequence[Beside]) -> None:
        said = [one for one in beside if one.words]
        self.answers += [_noted(taken.source, b, n) for n, b in enumerate(said, 1)]

    def _of_workbook(self, copy: Copy, settled: Settled, was: Asked) -> list[Reason]:
        """What is to be said of which workbook it is."""
        weight = Verdict.REVIEW if settled.unsure else Verdict.NOTES
        reasons = [Reason(weight, sentence(note)) for note in settled.notes]
        if not (copy.identity.workbook or copy.identity.code):
            lost = "it does not say which workbook it is; by its boxes it is"
            reasons += notes(f"{lost} “{was.title}”")
        edition = copy.identity.edition or was.identity.edition
        if edition not in {one.identity.edition for one in self.known.asked}:
            reasons += notes(f"it is of edition {edition}, which is not known here")
        elif edition != self.known.edition:
            reasons += notes(f"it is of edition {edition}; today's is {self.known.edition}")
        return reasons

    def _twin(self, taken: _Taken) -> _Taken | None:
        """What has the same answers of the same team; if others were taken in, say so."""
        if not taken.team or not taken.values:
            return None
        own = taken.source.identity
        key = own.workbook, own.edition, " ".join(taken.team.casefold().split())
        others = self._by_team.setdefault(key, [])
        for other in others:
            if other.values == taken.values:
                twice = f"the same answers as {other.source.file}; they are counted once"
                taken.reasons += notes(twice)
                return other
        for other in others:
            boxes = len({field for field, _, _ in other.values ^ taken.values})
            taken.differ[other.source.file] = other.differ[taken.source.file] = boxes
        others.append(taken)
        return None

    def _answer(self, source: Source, placed: Placed) -> Answer:
        said, asked = placed.said, placed.question
        today = self._today.get(said.field, asked)
        same = not (placed.gone or placed.asked_now)
        offered = any(option.value == said.value for option in today.options)
        return Answer(
            source=source.number,
            file=source.file,
            team=source.team,
            role=source.role,
            edition=source.edition,
            frame=today.frame if same else asked.frame or today.frame,
            activity=today.activity if same else asked.activity or today.activity,
            question=asked.words or today.words or said.field,
            row=asked.row or today.row,
            value=said.value if offered else placed.shown,
            how=said.how,
            field=said.field,
            asked_now=placed.asked_now,
            note=" ".join(map(sentence, filter(None, [said.note, *_doubts(said, asked)]))),
            crop=said.crop,
        )

    def finished(self, confirm: Confirm | None = None) -> AnswerTable:
        """All that was taken in, with verdicts. `confirm` gives the table with what people said of
        answers that were in doubt.
        """
        table = self._table(self.answers)
        return self._table(confirm(table).answers) if confirm else table

    def _table(self, answers: Sequence[Answer]) -> AnswerTable:
        own: dict[int, list[Answer]] = {taken.source.number: [] for taken in self._taken}
        for answer in answers:
            own[answer.source].append(answer)
        sources = []
        for taken in self._taken:
            there = own[taken.source.number]
            asked = [answer for answer in there if not answer.field.startswith(BESIDE)]
            reasons = [*of_others(taken.differ), *taken.reasons]
            reasons += of_answers(asked) if taken.counted else []
            verdict, reason = worst(reasons), in_words(reasons)
            said = replace(taken.source, verdict=verdict, reason=reason, answers=len(there))
            sources.append(said)
        questions = self.known.questions
        return AnswerTable(self.known.deck, tuple(answers), tuple(sources), questions)


def _is_off(placed: Placed) -> bool:
    """Whether it is a tick or a group of circles of which programs say that nothing is marked."""
    return placed.question.asks in (Asks.TICK, Asks.OPTION) and placed.said.value == "Off"


def _of_picture(name: str, note: str, others_gave: bool) -> Reason:
    """What is said of a file, or of one of its pages, without its name."""
    rest = note.removeprefix(name)
    nothing = rest.startswith(": ")
    words = rest[2:] if nothing or rest.startswith(", ") else f"It{rest}"
    gave = others_gave and not nothing
    return Reason(Verdict.REVIEW if gave else Verdict.REJECTED, sentence(words))


def _on_cover(settled: Settled, was: Asked) -> str:
    """What stands in the first line of the cover: who worked with the workbook."""
    first = next((q.field for q in was.questions if q.field.startswith(COVER)), "")
    return next((p.said.value for p in settled.answers if p.question.field == first), "")


def _nobody(name: str) -> Source:
    return Source(0, name, "", "", "", Verdict.OK, "", identity=Identity())


def _who(source: Source) -> tuple[str, str, str]:
    return source.team, source.role, source.edition


def _stem(name: str) -> str:
    last = name.rpartition("/")[2]
    return last.rpartition(".")[0] or last


def _doubts(said: Said, asked: Question) -> Sequence[str]:
    doubts = [f"The file also says: {other}" for other in said.others]
    if asked.asks is Asks.TICK and said.value not in ("", TICKED):
        doubts.append(f"It is to be ticked or not, and set to “{said.value}”.")
    if _DAMAGED.search(said.value):
        doubts.append("A letter was damaged by the program that saved the file.")
    return doubts


def _noted(source: Source, beside: Beside, number: int) -> Answer:
    """Words that stand beside the boxes: nobody knows which question they answer."""
    at = source.number, source.file, *_who(source), "", "", sentence(called(beside)).rstrip("."), 0
    field, note = f"{BESIDE}{number}", "It stands beside the boxes."
    return Answer(*at, beside.words, How.TYPED, field, note=note)

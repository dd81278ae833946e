"""Which workbook a copy is, and which of today's questions each of its answers belongs to.

This is the only place that knows how names of old editions become those of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.answers.new_names import renamed
from deckgen.answers.older import CHANGED, asked_by_tooltips, placed, tail
from deckgen.model.answers import Asked, Asks, Copy, Kept, Question, Said

GONE = "no longer asked"
HELD = "kept behind the workbook"
_OURS = 0.5  # the share of a file's fields that must have names of a workbook
_UNSURE = (
    "The workbook has other questions now than when this file was made, and the file does not say "
    "which it was asked. Look whether this answers the question that you want it for."
)
_WHICH = "This question has had other words, and the file does not say which it was asked."


class Placed(Struct, frozen=True):
    """An answer with its question, as it was asked then.

    The field of what was `said` is today's; the one that it had, if the question is `gone`. A
    value is today's option, unless it is no longer `offered`. `asked_now` says how today's words
    differ; `shown` is the answer as people read it. `edition` is that of then.
    """

    said: Said
    question: Question
    asked_now: str = ""
    gone: bool = False
    offered: bool = True
    edition: str = ""

    @property
    def shown(self) -> str:
        """An option's words; any other answer as it is."""
        words = {option.value: option.words for option in self.question.options}
        return words.get(self.said.value, self.said.value)


class Settled(Struct, frozen=True):
    """A copy whose answers have found their questions: in today's order, then those that are gone.

    `was` is the workbook as it was handed out; None if it is none of these. If `unsure`, nobody
    can say which questions the answers belong to, and each has a note.
    """

    was: Asked | None
    answers: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()
    unsure: bool = False


def settle(copy: Copy, asked: Sequence[Asked], today: Asked | Sequence[Asked]) -> Settled:
    """Find the workbook that a copy is among all that were `asked`, and its answers' questions.

    `today` is the workbook that answers go to, or all of today's, of which that of the same role
    is taken.
    """
    todays = (today,) if isinstance(today, Asked) else tuple(today)
    was = _which(copy, asked)
    if was is None:
        return Settled(None)
    key = was.identity.workbook
    now = next((one for one in todays if one.identity.workbook == key), None)
    if now and _by_places(copy, was):
        known = _older(copy, [a for a in asked if a.identity.workbook == key], now)
        if known is None:
            return Settled(was, tuple(_unplaced(copy)), (_UNSURE,), unsure=True)
        return Settled(known, tuple(_in_order(_answers(copy, known, now, _names(known)), now)))
    was = _as_carried(copy, was, asked)
    names = {question.field: question for question in was.questions}
    placed = _answers(_doubted(copy, was, asked), was, now, names)
    return Settled(was, tuple(_in_order((*placed, *_kept(copy)), now)))


def _which(copy: Copy, asked: Sequence[Asked]) -> Asked | None:
    """The workbook that a copy is: by its code, else by what it says, its questions' words, and
    their names.
    """
    own = copy.identity
    named = [one for one in asked if own.workbook in ("", one.identity.workbook)]
    for one in named:
        if own.code and own.code == one.identity.code:
            return one
    likely = [(_overlap(copy, one), one) for one in named or asked]
    likely = [pair for pair in likely if _plausible(copy, *pair)]
    # The first of those that are alike: today's, then the newest edition's.
    best = max(likely, key=lambda pair: (*_said_to_be(copy, pair[1]), pair[0]), default=None)
    return best[1] if best else None


def _plausible(copy: Copy, overlap: tuple[int, int], one: Asked) -> bool:
    """Whether a copy says that it is of this deck, or else has mostly its questions."""
    own, there = copy.identity, one.identity
    if own.workbook and (own.workbook, own.deck) == (there.workbook, there.deck):
        return True
    same, fields = overlap
    enough = not copy.asked or same >= _OURS * len(copy.asked)
    return enough and fields >= max(1, _OURS * len(copy.fields))


def _said_to_be(copy: Copy, one: Asked) -> tuple[bool, bool]:
    return _edition(copy, one), copy.identity.large_print == one.identity.large_print


def _edition(copy: Copy, one: Asked) -> bool:
    return bool(copy.identity.edition) and copy.identity.edition == one.identity.edition


def _overlap(copy: Copy, one: Asked) -> tuple[int, int]:
    """How many questions have the copy's words, and how many of its fields have their names."""
    digests = {question.field: question.digest for question in one.questions}
    same = sum(digests.get(field) == digest for field, digest in copy.asked.items())
    return same, len(copy.fields & {*digests, *_once(one)})


def _once(one: Asked) -> set[str]:
    return {name for question in one.questions for name in question.once}


def _by_places(copy: Copy, was: Asked) -> bool:
    """Whether a file is of the time when names were places."""
    unnamed = not (copy.asked or copy.identity.code)
    return unnamed and bool(copy.fields & (_once(was) - _fields(was)))


def _older(copy: Copy, asked: Iterable[Asked], today: Asked) -> Asked | None:
    """The workbook of a file whose names are places: as a lock of its edition says, if its tooltips
    say the same, else as these do, or as it is today if it has the very same fields. None if
    nobody knows.
    """
    told = asked_by_tooltips(copy.told, today)
    locked = [one for one in asked if one != today and not any(q.told for q in one.questions)]
    fitting = [one for one in locked if copy.fields <= _once(one) | _fields(one)]
    exact = [one for one in fitting if _edition(copy, one)] or fitting
    if told:
        ways = {_start(_way(told, said.field)) for said in copy.said}
        known = (o for o in exact if {_start(_way(o, said.field)) for said in copy.said} == ways)
        edition = copy.identity.edition
        return next(known, replace(told, identity=replace(told.identity, edition=edition)))
    if {placed(question) for question in today.questions} == copy.fields:
        exact = exact or [today]
    every = {tuple(_way(one, said.field) for said in copy.said) for one in exact}
    return exact[0] if len(every) == 1 else None


def _start(field: str) -> str:
    """An activity's or a part's name, in that of a field."""
    return field.partition(".")[0]


def _fields(one: Asked) -> set[str]:
    return {question.field for question in one.questions}


def _way(one: Asked, field: str) -> str:
    question = _names(one).get(field)
    return question.field if question else ""


def _unplaced(copy: Copy) -> Iterator[Placed]:
    for said in copy.said:
        told = copy.told.get(said.field, said.field)
        note = f"{said.note} {_UNSURE}".strip()
        question = Question(said.field, Asks.LINES, told)
        yield Placed(replace(said, note=note), question, gone=True)


def _as_carried(copy: Copy, was: Asked, asked: Iterable[Asked]) -> Asked:
    """The workbook with the fingerprints that the file carries, and the words that belong to them,
    where any edition has them.
    """
    if not copy.asked:
        return was
    known = {q.digest: q for one in asked for q in one.questions}
    own = {question.field: question for question in was.questions}
    made = dict[str, Question]()
    for field, digest in copy.asked.items():
        usual = own.get(field) or Question(field, Asks.LINES, field)
        if usual.digest != digest:
            words = known.get(digest)
            usual = replace(usual, digest=digest)
            if words is None and field in copy.told:
                usual = replace(usual, words=tail(copy.told[field]))
            elif words:
                usual = replace(usual, words=words.words, options=words.options, asks=words.asks)
        made[field] = usual
    identity = replace(copy.identity, workbook=was.identity.workbook)
    return replace(was, identity=identity, questions=tuple(made.values()))


def _names(one: Asked) -> dict[str, Question]:
    """Questions by the names that they have, and by those that they had."""
    had = {name: question for question in reversed(one.questions) for name in question.once}
    return had | {question.field: question for question in one.questions}


def _doubted(copy: Copy, was: Asked, asked: Iterable[Asked]) -> Copy:
    """The copy; if it names no edition, answers are noted whose words were others once."""
    if copy.asked or copy.identity.code or _edition(copy, was):
        return copy
    prints = dict[str, set[str]]()
    for one in asked:
        for question in one.questions if one.identity.workbook == was.identity.workbook else ():
            prints.setdefault(question.field, set()).add(question.digest)
    said = (
        replace(one, note=f"{one.note} {_WHICH}".strip())
        if len(prints.get(one.field, ())) > 1
        else one
        for one in copy.said
    )
    return replace(copy, said=tuple(said))


def _answers(
    copy: Copy, was: Asked, now: Asked | None, names: Mapping[str, Question]
) -> Iterator[Placed]:
    today = {q.field: q for q in now.questions} if now else {}
    others = renamed(was, now) if now else {}
    edition = was.identity.edition
    kept = {(one.field, one.value): one for one in copy.kept if not one.gone}
    for said in copy.said:
        once = kept.get((said.field, said.value))
        then = names.get(said.field) or Question(said.field, Asks.LINES, said.field)
        field = then.field if then.field in today else others.get(then.field, "")
        question = today.get(field)
        said = _chosen(said, then, counted=said.field != then.field)
        if question is None:
            then, known = _as_kept(then, once, edition)
            yield Placed(said, then, GONE, gone=True, edition=known)
            continue
        said, then = _offered(replace(said, field=field), then, question)
        differs = CHANGED in (then.digest, question.digest) or (
            then.digest and then.digest != question.digest
        )
        then, known = _as_kept(then, once, edition)
        where = f"asked differently in edition {known}" if known else "asked differently before"
        options = {"", *(option.value for option in question.options)}
        offered = question.asks is not Asks.OPTION or said.value in options
        where *= bool(differs or once)
        yield Placed(said, then, where, offered=offered, edition=known)


def _as_kept(then: Question, once: Kept | None, edition: str) -> tuple[Question, str]:
    """A question and its edition; as it was first asked, if the answer is from even before."""
    if once is None:
        return then, edition
    return replace(then, words=once.question, activity=once.activity), once.edition


def _kept(copy: Copy) -> Iterator[Placed]:
    """What stands on pages behind a copy: answers to what it did not ask any more itself."""
    for one in copy.kept:
        if one.gone:
            asked = Question(one.field, Asks.LINES, one.question, "", one.activity, one.row)
            now = HELD if one.field.endswith("?") else GONE
            yield Placed(Said(one.field, one.value), asked, now, gone=True, edition=one.edition)


def _chosen(said: Said, then: Question, *, counted: bool) -> Said:
    """An option that had a number once goes by its name."""
    values = [option.value for option in then.options]
    if counted and said.value.isdecimal() and 0 < int(said.value[:9]) <= len(values):
        return replace(said, value=values[int(said.value[:9]) - 1])
    return said


def _offered(said: Said, then: Question, now: Question) -> tuple[Said, Question]:
    """The answer as one of today's options; one that is no longer offered is noted."""
    known = {"", *(option.value for option in now.options)}
    if now.asks is not Asks.OPTION or said.value in known:
        return said, then
    words = {option.value: option.words for option in then.options}.get(said.value, said.value)
    same = [option.value for option in now.options if option.words == words]
    if same:
        return replace(said, value=same[0]), replace(then, options=now.options)
    note = f"{said.note} “{words}” can no longer be chosen.".strip()
    return replace(said, note=note), then


def _in_order(answers: Iterable[Placed], now: Asked | None) -> list[Placed]:
    """In the order of today's questions; what is gone comes last, as it came."""
    order = {q.field: n for n, q in enumerate(now.questions)} if now else {}
    last = len(order)
    return sorted(answers, key=lambda one: last if one.gone else order[one.said.field])

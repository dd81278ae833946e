"""Questions that have another name now, because an Id was given, changed or taken away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deckgen.answers.older import CHANGED
from deckgen.content.workbook_blocks import slug
from deckgen.model.answers import Asked, Question

_Groups = Mapping[str, Sequence[Question]]


def renamed(was: Asked, now: Asked) -> dict[str, str]:
    """Today's fields by those of then, for questions that are the same beyond doubt.

    An activity is the same if it has the title that it had, or if all its questions have the very
    same words; a question in it, if its own name or its words are the same.
    """
    then, today = _grouped(was.questions), _grouped(now.questions)
    activities = {start: start for start in then.keys() & today.keys()}
    activities |= _unambiguous(_moved(then, today))
    named = dict[str, str]()
    for old, new in activities.items():
        named |= _within(then[old], today[new])
    return named


def _grouped(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """By what their names begin with: an activity or a part."""
    groups = defaultdict[str, list[Question]](list)
    for question in questions:
        groups[_halves(question)[0]].append(question)
    return groups


def _moved(then: _Groups, today: _Groups) -> Iterator[tuple[str, str]]:
    """Activities whose name is gone, each with those that may be the same."""
    came = [start for start in today if start not in then]
    told = Counter(words for groups in (then, today) for g in groups.values() for words in _said(g))
    for old in then:
        for new in came if old not in today else ():
            titles = {q.activity for q in today[new]} - {""}
            same = titles & {q.activity for q in then[old]} or old in map(slug, titles)
            words = _said(then[old])
            own = any(told[word] == 2 for word in words)  # here and there, and nowhere else
            if same or (own and words == _said(today[new])):
                yield old, new


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    known = list(pairs)
    olds, news = Counter(old for old, _ in known), Counter(new for _, new in known)
    return {old: new for old, new in known if olds[old] == news[new] == 1}


def _within(then: Sequence[Question], today: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Fields of one activity that have another name, each with today's."""
    by_name = {_halves(q)[1]: q for q in today}
    kept = {_halves(q)[1] for q in then}
    by_words = defaultdict[tuple[str, int], list[Question]](list)
    for question in today:
        if _halves(question)[1] not in kept:
            by_words[question.digest, question.row].append(question)
    counts = Counter((q.digest, q.row) for q in then if _halves(q)[1] not in by_name)
    for question in then:
        name, words = _halves(question)[1], (question.digest, question.row)
        if name in by_name:
            yield question.field, by_name[name].field
        elif len(by_words[words]) == counts[words] == 1 and words[0] not in ("", CHANGED):
            yield question.field, by_words[words][0].field


def _halves(question: Question) -> tuple[str, str]:
    start, _, rest = question.field.partition(".")
    return start, rest


def _said(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset(question.digest for question in questions)

"""What becomes of a workbook that came back, and why, in words for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from deckgen.model.answers import Answer, Beside, Copy, How, Returned, Verdict

_ORDER = list(Verdict)
COVER = "cover."  # what the names of fields on the cover begin with
_FEW, _LONGEST = 5, 60
_ALL_KEPT = "All are kept: decide which one counts."
_CALLED = {
    "comment": "a comment",
    "text": "words typed beside the boxes",
    "ink": "a drawing",
    "stamp": "a stamp",
    "drawn": "something written or drawn into the page",
    "attachment": "an attached file",
    "page": "a page that was put in",
    "link": "a link",
}


class Reason(Struct, frozen=True):
    """A sentence, and how much it weighs."""

    verdict: Verdict
    words: str


def worst(reasons: Iterable[Reason]) -> Verdict:
    """The verdict that all reasons together come to."""
    return max((reason.verdict for reason in reasons), key=_ORDER.index, default=Verdict.OK)


def in_words(reasons: Iterable[Reason]) -> str:
    """All reasons, those first that weigh most, each once."""
    ordered = sorted(reasons, key=lambda r: -_ORDER.index(r.verdict))
    return " ".join(dict.fromkeys(reason.words for reason in ordered))


def sentence(clause: str) -> str:
    """A clause as a sentence."""
    words = clause.strip()
    end = "" if words.rstrip("”").endswith((".", "!", "?", "…")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def refusal(why: str, todo: str) -> list[Reason]:
    """A file that gave no answers at all."""
    words = " ".join(sentence(clause) for clause in (why, todo) if clause)
    return [Reason(Verdict.REJECTED, words)]


def notes(*said: str) -> list[Reason]:
    """What is good to know."""
    return [Reason(Verdict.NOTES, sentence(words)) for words in said if words]


def of_answers(answers: Sequence[Answer]) -> list[Reason]:
    """What is to be said of a workbook's answers."""
    if all(answer.field.startswith(COVER) for answer in answers):
        only = "Nothing but the cover was filled in." if answers else "Nothing was filled in."
        asks = f"{only} Ask whether the right file was sent, and whether it was saved."
        reasons = [Reason(Verdict.REVIEW, asks)]
    else:
        reasons = []
    reasons += to_look_at(answers)
    if any(answer.how is How.READ for answer in answers):
        reasons += notes("Answers were read off the pages, by their places")
    if any(answer.how is How.CONFIRMED for answer in answers):
        reasons += notes("A person has looked at answers that were in doubt")
    changed = Counter(answer.asked_now for answer in answers if answer.asked_now)
    reasons += notes(*(f"{_counted(n, 'answer')}: {words}" for words, n in changed.items()))
    return reasons


def to_look_at(answers: Sequence[Answer]) -> list[Reason]:
    """That some answers are in doubt; nothing if none is."""
    doubtful = [a for a in answers if a.note or (a.crop and not a.value)]
    review = f"Look at {_counted(len(doubtful), 'answer')}: {_questions(doubtful)}."
    return [Reason(Verdict.REVIEW, review)][: len(doubtful)]


def of_copy(copy: Copy, returned: Returned, *, first: bool) -> list[Reason]:
    """What its reader says of a workbook; what is said of the whole file goes to its `first`."""
    reasons = notes(*copy.notes, *(returned.notes if first else ()))
    if copy.missing:
        pages = ", ".join(map(str, copy.missing))
        reasons.append(Reason(Verdict.REVIEW, f"Pages are missing: {pages}."))
    return reasons + (of_beside(returned.beside) if first else [])


def of_others(differ: Mapping[str, int]) -> list[Reason]:
    """What is to be said if a team's other files, by name, have other answers in so many boxes."""
    if not differ:
        return []
    keeps = "Both are kept: decide which counts." if len(differ) == 1 else _ALL_KEPT
    files, boxes = listed(differ), _counted(max(differ.values()), "box", "boxes")
    where = f"in {boxes}" if len(differ) == 1 else f"in up to {boxes}"
    return [Reason(Verdict.REVIEW, f"The same team has other answers {where} of {files}. {keeps}")]


def listed(names: Collection[str]) -> str:
    """The first few of some names, and how many more there are."""
    few = ", ".join(list(names)[:_FEW])
    return few + f" and {len(names) - _FEW} more" * (len(names) > _FEW)


def of_beside(beside: Sequence[Beside]) -> list[Reason]:
    """What stands beside the boxes. A link says nothing; anything else may be an answer."""
    counts = Counter(map(called, beside))
    linked = all(one.kind == "link" for one in beside)
    named = [name + (f" ({count} times)" if count > 1 else "") for name, count in counts.items()]
    if not named:
        return []
    more = ", …" * (len(named) > _FEW)
    words = f"Beside the boxes there is: {', '.join(named[:_FEW])}{more}."
    return [Reason(Verdict.NOTES if linked else Verdict.REVIEW, words)]


def called(beside: Beside) -> str:
    """What something beside the boxes is called, and where it is."""
    where = f" on page {beside.page}" if beside.page else ""
    return f"{_CALLED.get(beside.kind, beside.kind)}{where}"


def _questions(answers: Sequence[Answer]) -> str:
    named = list(dict.fromkeys(f"“{_short(a.question or a.field)}”" for a in answers))
    return ", ".join(named[:_FEW]) + " and others" * (len(named) > _FEW)


def _short(question: str) -> str:
    words = question.partition(". ")[0].removesuffix(".")  # without its hint
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _counted(count: int, noun: str, several: str = "") -> str:
    return f"{count} {noun if count == 1 else several or f'{noun}s'}"

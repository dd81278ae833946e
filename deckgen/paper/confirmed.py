"""What people said on review pages, read back into the table of answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.answers import Answer, AnswerTable, Asks, How, Source, Verdict
from deckgen.paper.doubts import TICKED
from deckgen.paper.review import digest_of, doubtful, key_of
from deckgen.problem import Place, Problem, problem

_MOST_BYTES = 50 << 20
_LOOKED_AT = "a person looked at what was in doubt"


class Said(Struct, frozen=True):
    """What somebody said of one answer. `unread`: that it can't be told."""

    key: str
    value: str = ""
    unread: bool = False


class Review(Struct, frozen=True):
    """A file that a review page saved."""

    deckgen: str
    version: int
    table: str
    answers: tuple[Said, ...]
    part: str = ""
    by: str = ""


def confirmed(
    table: AnswerTable, files: Sequence[tuple[str, bytes]]
) -> tuple[AnswerTable, list[Problem]]:
    """The table with what people said on its review pages, given as file names and bytes.

    What two people read differently stays in doubt, with both readings in its note. A file that is
    no review, or of another table, changes nothing and is a problem.
    """
    problems: list[Problem] = []
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    answers = {key_of(one): one for one in table.answers}
    digest = digest_of(table)
    for name, data in files:
        review = _read(data)
        if review is None:
            found = "This is not a file that a review page saved."
            todo = "Give the file review.json that “Save the file” on the page has made."
            problems.append(problem("review-unreadable", Place(name), found, todo))
        elif review.table != digest:
            found = "This file was saved by the review page of other answers."
            todo = "Give the answers that the page was made from, or make a new page of these."
            problems.append(problem("review-other", Place(name), found, todo))
        else:
            for one in review.answers:
                if one.key in answers and not one.unread and _is_possible(table, one):
                    before = answers[one.key]
                    if before.how is How.CONFIRMED:
                        said[one.key][before.value].append("the table")
                    said[one.key][one.value].append(review.by or name)
    for key, readings in said.items():
        if len(readings) > 1:
            found = f"{answers[key].question}: {_both(readings)}"
            todo = "Agree on one reading, and let one of the two save the page again."
            place = Place(answers[key].file)
            problems.append(problem("review-conflict", place, found, todo))
    changed = tuple(_with(one, said.get(key_of(one), {})) for one in table.answers)
    after = replace(table, answers=tuple(one for one in changed if not _is_gone(one)))
    return replace(after, sources=tuple(_source(s, table, after) for s in table.sources)), problems


def _read(data: bytes) -> Review | None:
    if len(data) > _MOST_BYTES:
        return None
    try:
        review = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Review)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return None
    return review if (review.deckgen, review.version) == ("review", 1) else None


def _is_possible(table: AnswerTable, said: Said) -> bool:
    """Whether a question can have an answer: files come from elsewhere."""
    field = said.key.partition("/")[2]
    question = next((q for q in table.questions if q.field == field), None)
    if question is None or not said.value:
        return True
    if question.asks is Asks.TICK:
        return said.value == TICKED
    boxes = any(spot.value for spot in question.spots)
    return not boxes or said.value in {option.value for option in question.options}


def _both(readings: dict[str, list[str]]) -> str:
    said = [
        f"{', '.join(dict.fromkeys(people))} read “{value}”"
        for value, people in sorted(readings.items())
    ]
    return f"{'; '.join(said)}."


def _with(answer: Answer, readings: dict[str, list[str]]) -> Answer:
    """An answer as people read it; in doubt if they don't agree."""
    if not readings:
        return answer
    if len(readings) > 1:
        return replace(answer, how=How.READ, note=f"Read differently: {_both(readings)}")
    return replace(answer, value=next(iter(readings)), how=How.CONFIRMED, note="")


def _is_gone(answer: Answer) -> bool:
    """Whether a person saw that there is no answer at all: such rows are not in a table."""
    return answer.how is How.CONFIRMED and not answer.value


def _source(source: Source, before: AnswerTable, after: AnswerTable) -> Source:
    """A workbook with its verdict once all that was in doubt has been looked at."""
    answers = sum(one.source == source.number for one in after.answers)
    was = any(one.source == source.number for one in doubtful(before))
    still = any(one.source == source.number for one in doubtful(after))
    if source.verdict is not Verdict.REVIEW or still or not was:
        return replace(source, answers=answers)
    reason = "; ".join(filter(None, (source.reason, _LOOKED_AT)))
    return replace(source, verdict=Verdict.NOTES, reason=reason, answers=answers)

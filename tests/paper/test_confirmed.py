"""What people said on review pages comes into the table, and nothing else does."""

from __future__ import annotations

import pytest

from deckgen.model.answers import AnswerTable, How, Verdict
from deckgen.paper.confirmed import confirmed
from deckgen.paper.review import doubtful, key_of
from tests.paper.tables import review, table

ALL_OF_ONE = {"1/a.now": "We talk", "1/a.done": "Yes", "1/a.today": "never"}


def by_key(of: AnswerTable) -> dict[str, tuple[str, How, str]]:
    return {key_of(one): (one.value, one.how, one.note) for one in of.answers}


def test_what_is_said_is_kept_as_confirmed() -> None:
    after, problems = confirmed(table(), [("review.json", review("Ada", ALL_OF_ONE))])
    assert problems == []
    assert by_key(after)["1/a.now"] == ("We talk", How.CONFIRMED, "")
    assert by_key(after)["1/a.today"] == ("never", How.CONFIRMED, "")
    assert by_key(after)["2/a.now"] == by_key(table())["2/a.now"]  # nobody said anything of it
    assert [s.verdict for s in after.sources] == [Verdict.NOTES, Verdict.REVIEW]


def test_an_answer_that_is_none_is_no_row() -> None:
    after, _ = confirmed(table(), [("review.json", review("Ada", {"2/a.done": ""}))])
    assert "2/a.done" not in by_key(after)
    assert after.sources[1].answers == 3


def test_what_nobody_could_tell_stays_in_doubt() -> None:
    after, problems = confirmed(table(), [("review.json", review("Ada", {"1/a.now": None}))])
    assert (after.answers, problems) == (table().answers, [])


def test_two_people_share_the_work() -> None:
    mine, yours = review("Ada", ALL_OF_ONE), review("Bo", {"2/a.now": "x", "2/a.done": "Yes"})
    together, _ = confirmed(table(), [("1.json", mine), ("2.json", yours)])
    first, _ = confirmed(table(), [("1.json", mine)])
    one_by_one, problems = confirmed(first, [("2.json", yours)])
    assert (together, problems) == (one_by_one, [])
    assert [key_of(one) for one in doubtful(together)] == ["2/a.met"]


@pytest.mark.parametrize("at_once", [True, False])
def test_who_read_differently_is_named(at_once: bool) -> None:
    files = [
        ("1.json", review("Ada", {"1/a.now": "tea"})),
        ("2.json", review("Bo", {"1/a.now": "ten"})),
    ]
    if at_once:
        after, problems = confirmed(table(), files)
    else:
        after, problems = confirmed(confirmed(table(), files[:1])[0], files[1:])
    assert [p.code for p in problems] == ["review-conflict"]
    assert "“tea”" in problems[0].found and "Bo read “ten”" in problems[0].found
    assert "1/a.now" in [key_of(one) for one in doubtful(after)]


def test_both_may_say_the_same() -> None:
    files = [(n, review(n, {"1/a.now": "tea"})) for n in ("Ada", "Bo")]
    assert confirmed(table(), files)[1] == []


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"deckgen":"review"', b"[" * 9999]
)
def test_a_file_that_is_no_review_is_said_to_be_none(data: bytes) -> None:
    after, problems = confirmed(table(), [("x.json", data)])
    assert (after, [p.code for p in problems]) == (table(), ["review-unreadable"])


def test_a_review_of_other_answers_changes_nothing() -> None:
    other = AnswerTable("Made up", (), table().sources[:1])
    data = review("Ada", ALL_OF_ONE, other)
    after, problems = confirmed(table(), [("x.json", data)])
    assert (after, [p.code for p in problems]) == (table(), ["review-other"])


def test_what_can_not_be_an_answer_is_none() -> None:
    strange = review("Ada", {"1/a.today": "a lot", "1/a.done": "maybe", "9/none": "x"})
    assert confirmed(table(), [("x.json", strange)])[0].answers == table().answers

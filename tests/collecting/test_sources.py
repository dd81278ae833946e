"""What becomes of workbooks that came back: verdicts in words, and nothing counted twice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.collecting.known import Known
from deckgen.collecting.sources import Table
from deckgen.model.answers import (
    AnswerTable,
    Asks,
    Beside,
    Copy,
    How,
    Question,
    Returned,
    Said,
    Source,
    Verdict,
)
from tests.collecting.made_up import ASKED, BOOK, KNOWN, QUESTIONS, copy, returned

OK, NOTES, REVIEW, REJECTED = Verdict


def table(*files: tuple[str, Returned], notes: str = "") -> AnswerTable:
    made = Table(KNOWN)
    for name, one in files:
        made.take(name, notes, name.partition("!")[2], one)
    return made.finished()


def only(one: Returned, notes: str = "") -> Source:
    (source,) = table(("a.pdf", one), notes=notes).sources
    return source


def test_an_answer_stands_with_its_question() -> None:
    said = copy("A", rise__now="Now.", rise__status="begun", rise__actions__1__who="Jo")
    made = table(("in/a.pdf", returned(said)))
    assert [(a.question, a.row, a.value, a.how) for a in made.answers] == [
        ("What we do now", 0, "Now.", How.TYPED),
        ("Status", 0, "begun", How.TYPED),
        ("Our actions: Who", 1, "Jo", How.TYPED),
    ]
    first = made.answers[0]
    assert (first.file, first.team, first.role, first.edition) == ("in/a.pdf", "A", "Bakers", "2")
    assert (first.frame, first.activity, first.field) == ("Tonight", "Let it rise", "rise.now")
    (source,) = made.sources
    assert (source.number, source.verdict, source.reason, source.answers) == (1, OK, "", 3)
    assert (made.deck, made.questions) == ("Baking", QUESTIONS)


def test_answers_are_in_the_order_of_questions() -> None:
    said = copy("A", gone="x", rise__check__heard="Yes", cover__home="H", rise__now="Now.")
    fields = [a.field for a in table(("a.pdf", returned(said))).answers]
    assert fields == ["cover.home", "rise.now", "rise.check.heard", "gone"]


@pytest.mark.parametrize(
    ("said", "team"),
    [
        (copy("Known", cover__home="Typed", rise__now="x"), "Known"),
        (copy(cover__home="Typed", rise__now="x"), "Typed"),
        (copy(rise__now="x"), "Team C"),
    ],
)
def test_the_team_is_found(said: Copy, team: str) -> None:
    assert table(("in/Team C.pdf", returned(said))).sources[0].team == team


@pytest.mark.parametrize(
    ("one", "verdict", "reason"),
    [
        (returned(copy("A")), REVIEW, "Nothing was filled in."),
        (returned(copy(cover__home="A")), REVIEW, "Nothing but the cover was filled in."),
        (Returned(refused=("it is cut", "Get it again.")), REJECTED, "It is cut. Get it again."),
        (returned(Copy()), REJECTED, "It is not a workbook of this deck."),
        (Returned(), REJECTED, "It is not a workbook of this deck."),
        (returned(copy("A", rise__now="x"), notes=("it was mended",)), NOTES, "It was mended."),
        (returned(copy("A", rise__now="x", gone="y")), NOTES, "1 answer: no longer asked."),
        (
            returned(replace(copy("A", rise__now="x"), missing=(3, 4))),
            REVIEW,
            "Pages are missing: 3, 4.",
        ),
        (
            returned(copy("A", rise__now="x"), beside=(Beside("ink", 2), Beside("ink", 2))),
            REVIEW,
            "Beside the boxes there is: a drawing on page 2 (2 times).",
        ),
        (
            returned(copy("A", rise__now="x"), beside=(Beside("link", 1),)),
            NOTES,
            "Beside the boxes there is: a link on page 1.",
        ),
        (
            returned(replace(copy("A"), said=(Said("rise.now", "x", How.READ),))),
            NOTES,
            "Answers were read off the pages",
        ),
        (
            returned(replace(copy("A"), said=(Said("rise.now", "", How.READ, crop=b"x"),))),
            REVIEW,
            "Look at 1 answer: “What we do now”.",
        ),
        (
            returned(replace(copy("A"), said=(Said("rise.now", "x", others=("y",), note="two"),))),
            REVIEW,
            "Look at 1 answer: “What we do now”.",
        ),
    ],
)
def test_each_verdict_has_its_reason(one: Returned, verdict: Verdict, reason: str) -> None:
    source = only(one)
    assert source.verdict == verdict and reason in source.reason, source.reason


def test_what_weighs_most_is_said_first() -> None:
    said = replace(copy("A", rise__now="x", gone="y"), missing=(2,), notes=("it is odd",))
    source = only(returned(said), "Its name leads elsewhere.")
    assert source.verdict is REVIEW
    assert source.reason.split(".")[0] == "Pages are missing: 2"
    assert "It is odd." in source.reason and "Its name leads elsewhere." in source.reason


def test_two_answers_in_one_box_are_both_shown() -> None:
    said = Said("rise.now", "x", others=("y", "z"))
    (answer,) = table(("a.pdf", returned(replace(copy("A"), said=(said,))))).answers
    assert answer.value == "x" and "y" in answer.note and "z" in answer.note


def test_letters_that_chrome_damaged_are_told() -> None:
    (answer,) = table(("a.pdf", returned(copy("A", rise__now="well \uf600")))).answers
    assert "damaged" in answer.note and answer.value == "well \uf600"


def test_words_beside_the_boxes_are_rows_too() -> None:
    beside = (Beside("comment", 3, "Call me"), Beside("ink", 2), Beside("page", 4, "More"))
    made = table(("a.pdf", returned(copy("A", rise__now="x"), beside=beside)))
    assert [(a.question, a.value, bool(a.note)) for a in made.answers[1:]] == [
        ("A comment on page 3", "Call me", True),
        ("A page that was put in on page 4", "More", True),
    ]
    assert made.sources[0].answers == 3


def test_the_very_same_file_is_counted_once() -> None:
    one = returned(copy("A", rise__now="x"))
    made = table(
        ("a.pdf!1", one), ("b.pdf!1", one), ("c.pdf!2", Returned()), ("d.pdf!2", Returned())
    )
    assert [s.verdict for s in made.sources] == [OK, NOTES, REJECTED, NOTES]
    assert "very same file as a.pdf!1" in made.sources[1].reason
    assert len(made.answers) == 1 and [s.answers for s in made.sources] == [1, 0, 0, 0]


def test_the_same_answers_of_a_team_are_counted_once() -> None:
    one = returned(copy("A", rise__now="x"))
    made = table(("a.pdf!1", one), ("b.pdf!2", one))
    assert [s.verdict for s in made.sources] == [OK, NOTES] and len(made.answers) == 1
    unnamed = returned(copy(rise__now="x"))
    assert len(table(("a.pdf!1", unnamed), ("b.pdf!2", unnamed)).answers) == 2


def test_other_answers_of_a_team_are_both_kept() -> None:
    one, two = copy("A", rise__now="x", rise__status="begun"), copy(" a ", rise__now="y")
    made = table(("a.pdf!1", returned(one)), ("b.pdf!2", returned(two)))
    assert [s.verdict for s in made.sources] == [REVIEW, REVIEW]
    assert "other answers in 2 boxes of b.pdf!2. Both are kept" in made.sources[0].reason
    assert "other answers in 2 boxes of a.pdf!1. Both are kept" in made.sources[1].reason
    assert len(made.answers) == 3
    later = replace(two, identity=replace(two.identity, edition="3", code=""))
    assert table(("a.pdf!1", returned(one)), ("b.pdf!2", returned(later))).sources[0].verdict is OK


def test_many_other_answers_of_a_team_are_told_in_one_sentence() -> None:
    copies = [copy("A", rise__now=f"{n}") for n in range(9)]
    made = table(*((f"{n}.pdf", returned(one)) for n, one in enumerate(copies)))
    told = "other answers in up to 1 box of 1.pdf, 2.pdf, 3.pdf, 4.pdf, 5.pdf and 3 more. All are"
    assert told in made.sources[0].reason


def test_two_copies_in_a_file_are_two_workbooks() -> None:
    both = returned(copy("A", rise__now="x"), copy(rise__now="y"), beside=(Beside("ink", 1),))
    made = table(("both.pdf", both))
    assert [(s.number, s.team, s.answers) for s in made.sources] == [
        (1, "A", 1),
        (2, "both (2)", 1),
    ]
    assert [a.source for a in made.answers] == [1, 2]
    assert [s.verdict for s in made.sources] == [REVIEW, OK]


def test_pictures_are_read_together() -> None:
    made = Table(KNOWN)
    told = ("b.jpg: it is dark. Again.", "Odd.", "c.jpg, page 2 is upside down.", "a.jpg is torn.")
    beside = (Beside("page", 2, "c.jpg, page 2 is upside down"),)
    said = returned(copy("1", rise__now="x"), copy("2"), notes=told, beside=beside)
    made.take_pictures(["a.jpg", "b.jpg", "c.jpg"], said)
    sources = made.finished().sources
    assert [(s.file, s.team, s.verdict) for s in sources] == [
        ("a.jpg, c.jpg", "1", NOTES),
        ("a.jpg, c.jpg", "2", REVIEW),
        ("a.jpg", "", REVIEW),
        ("b.jpg", "", REJECTED),
        ("c.jpg", "", REVIEW),
    ]
    assert [s.reason for s in sources if s.number != 2] == [
        *("Odd.", "It is torn.", "It is dark. Again.", "Page 2 is upside down."),
    ]


def test_pictures_that_nobody_can_read_are_all_named() -> None:
    made = Table(KNOWN)
    assert not made.is_twin("a.jpg", "", "1") and made.is_twin("b.jpg", "", "1")
    made.take_pictures(["a.jpg", "c.jpg"], Returned(refused=("it is dark", "Again.")))
    sources = made.finished().sources
    assert [(s.file, s.verdict) for s in sources] == [
        *(("b.jpg", NOTES), ("a.jpg", REJECTED), ("c.jpg", REJECTED)),
    ]
    assert sources[1].reason == "It is dark. Again."


def test_pictures_of_other_things_are_rejected() -> None:
    made = Table(KNOWN)
    told = ("a.jpg has no corner codes.",)
    made.take_pictures(["a.jpg", "b.jpg"], Returned(notes=told, beside=(Beside("page", 1, "x"),)))
    sources = made.finished().sources
    assert [s.verdict for s in sources] == [REJECTED, REJECTED]
    assert sources[0].reason == "It has no corner codes."
    assert sources[1].reason.startswith("It is not a workbook of this deck.")


def edited(one: Copy, **identity: str) -> Copy:
    return replace(one, identity=replace(one.identity, **identity))


OLD = replace(
    ASKED,
    identity=replace(BOOK, edition="1", code="111111"),
    questions=(
        replace(QUESTIONS[1], digest="old", words="What we did"),
        Question("rise.gone", Asks.LINES, "What is gone", "Tonight", "Let it rise"),
    ),
)
WITH_OLD = Known("Baking", (ASKED, OLD), (ASKED,))


def test_answers_of_an_older_edition_say_so() -> None:
    made = Table(WITH_OLD)
    said = edited(copy("A", "1", rise__now="x", rise__gone="y"), code="111111")
    made.take("a.pdf", "", "", returned(said))
    table = made.finished()
    assert [(a.question, a.asked_now) for a in table.answers] == [
        ("What we did", "asked differently in edition 1"),
        ("What is gone", "no longer asked"),
    ]
    (source,) = table.sources
    assert (source.edition, source.verdict) == ("1", NOTES)
    assert "1 answer: asked differently in edition 1." in source.reason
    assert "It is of edition 1; today's is 2." in source.reason


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ({"edition": "7", "code": ""}, "It is of edition 7, which is not known here."),
        (
            {"edition": "", "code": "", "workbook": ""},
            "It does not say which workbook it is; by its boxes it is “Let it rise”.",
        ),
    ],
)
def test_an_identity_that_is_lost_or_unknown_is_told(identity: dict[str, str], words: str) -> None:
    source = only(returned(edited(copy("A", rise__now="x"), **identity)))
    assert (source.verdict, words in source.reason) == (NOTES, True), source.reason


def test_handwriting_that_nobody_typed_is_never_the_same() -> None:
    def penned(crop: bytes) -> Returned:
        said = Said("rise.now", "", How.READ, note="Handwriting.", crop=crop)
        return returned(replace(copy("1"), said=(said,)))

    made = table(("a.jpg!1", penned(b"one")), ("b.jpg!2", penned(b"two")))
    assert len(made.answers) == 2 and "other answers in 1 box" in made.sources[0].reason


def test_what_a_person_confirmed_changes_the_verdict() -> None:
    made = Table(KNOWN)
    said = Said("rise.now", "", How.READ, note="Handwriting.", crop=b"x")
    made.take("a.jpg", "", "", returned(replace(copy("1"), said=(said,))))
    made.take("b.jpg", "", "", returned(replace(copy("2"), said=(said,), missing=(2,))))

    def confirm(before: AnswerTable) -> AnswerTable:
        assert [s.verdict for s in before.sources] == [REVIEW, REVIEW]
        done = (replace(a, value="Now.", how=How.CONFIRMED, note="") for a in before.answers)
        return replace(before, answers=tuple(done))

    after = made.finished(confirm)
    assert [s.verdict for s in after.sources] == [NOTES, REVIEW]
    assert after.sources[0].reason == "A person has looked at answers that were in doubt."
    assert [a.value for a in after.answers] == ["Now.", "Now."]


def test_a_number_on_paper_is_a_team_of_the_list() -> None:
    made = Table(replace(KNOWN, teams={"2": "South"}))
    made.take("a.jpg", "", "", returned(copy("2", rise__now="x")))
    made.take("b.jpg", "", "", returned(copy("7", rise__now="x")))
    assert [s.team for s in made.finished().sources] == ["South", "7"]


def test_what_is_not_marked_is_no_answer() -> None:
    said = copy("A", rise__now="Off", rise__status="Off", rise__check__heard="Off")
    (answer,) = table(("a.xfdf", returned(said))).answers
    assert (answer.field, answer.value) == ("rise.now", "Off")


def test_what_only_a_twin_says_is_not_lost() -> None:
    plain = returned(copy("A", rise__now="x"))
    noted = returned(copy("A", rise__now="x"), beside=(Beside("comment", 2, "Wait!"),))
    doubted = Said("rise.now", "x", others=("y",), note="two")
    other = returned(replace(copy("A"), said=(doubted,)))
    made = table(("a.pdf", plain), ("b.pdf", noted), ("c.pdf", other), ("d.pdf", plain))
    assert [source.verdict for source in made.sources] == [OK, REVIEW, REVIEW, NOTES]
    assert "a comment on page 2" in made.sources[1].reason
    assert "Look at 1 answer" in made.sources[2].reason
    assert [(a.file, a.value) for a in made.answers] == [
        ("a.pdf", "x"),
        ("b.pdf", "Wait!"),
        ("c.pdf", "x"),
    ]
    assert "y" in made.answers[2].note


def test_files_within_a_refused_file_are_named() -> None:
    source = only(Returned(beside=(Beside("attachment", 0, "Team A.pdf"),)))
    assert source.verdict is REJECTED and "an attached file" in source.reason


@pytest.mark.parametrize("value", ["On", "No"])
def test_a_tick_that_is_set_to_something_else_is_looked_at(value: str) -> None:
    source = only(returned(copy("A", rise__check__heard=value)))
    assert source.verdict is REVIEW and "Look at 1 answer" in source.reason
    assert only(returned(copy("A", rise__check__heard="Yes"))).verdict is OK

"""Flattened copies are read by their places; every answer is to be looked at."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.geometry import Rect
from deckgen.model.answers import Asked, Asks, How, Identity, Option, Question, Spot
from deckgen.model.drawing import Field, FieldKind
from deckgen.pdf.write import write_pages
from deckgen.readback.flattened import READ_OFF, read_flattened, workbook_like
from deckgen.readback.limits import Refused
from deckgen.readback.page_words import looked_at, page_words
from tests.pdf.pdfium_form import PdfiumForm
from tests.readback import odd_files as odd

KINDS = {
    FieldKind.LINE: Asks.LINE,
    FieldKind.LINES: Asks.LINES,
    FieldKind.CHOICE: Asks.OPTION,
    FieldKind.CHECK: Asks.TICK,
    FieldKind.RADIO: Asks.OPTION,
}
LONG = "Words that go on for longer than one line has room, so they break."
TYPED = {
    "immediate-1.who": "Siân Ŵyn",
    "immediate-1.now": f"{LONG}\nThen a second paragraph.",
    "immediate-1.actions.1.status": "Done",
    "immediate-1.check.1": "Yes",
    "immediate-1.rating": "2",
}


@pytest.fixture(scope="module")
def asked(workbook) -> Asked:
    found: dict[str, Question] = {}
    for number, page in enumerate(workbook, 1):
        for mark in page.marks():
            if isinstance(mark, Field):
                spot = Spot(number, mark.rect, mark.value if mark.kind is FieldKind.RADIO else "")
                options = tuple(Option(f"kept-{words}", words) for words in mark.options)
                new = Question(mark.name, KINDS[mark.kind], "", options=options)
                new = replace(new, activity=f"Activity {mark.name.partition('.')[0]}")
                old = found.get(mark.name, new)
                found[mark.name] = replace(old, spots=(*old.spots, spot))
    return Asked(Identity(code="123456", pages=2), "", "", tuple(found.values()))


@pytest.fixture(scope="module")
def blank(workbook, info, book) -> bytes:
    return write_pages(workbook, info, book)


@pytest.fixture(scope="module")
def filled(blank) -> bytes:
    with PdfiumForm(blank) as form:
        form.fill(
            0,
            {
                "immediate-1.who": TYPED["immediate-1.who"],
                "immediate-1.now": TYPED["immediate-1.now"].replace("\n", "\r"),
                "immediate-1.actions.1.status": form.options(
                    0, "immediate-1.actions.1.status"
                ).index("Done"),
                "immediate-1.check.1": 1,
                "immediate-1.rating#2": 1,
            },
        )
        return form.saved()


@pytest.mark.parametrize("flatten", [odd.flattened, odd.baked])
def test_answers_are_read_by_their_places(filled, asked, flatten):
    copy = read_flattened(flatten(filled), asked)
    found = {said.field: said.value for said in copy.said}
    assert found == TYPED | {"immediate-1.actions.1.status": "kept-Done"}
    assert all(said.how is How.READ and READ_OFF in said.note for said in copy.said)
    assert copy.identity == asked.identity and not copy.missing and not copy.notes
    assert len(copy.fields) == 10


@pytest.mark.parametrize("flatten", [odd.flattened, odd.baked])
def test_a_blank_copy_has_no_answers(blank, asked, flatten):
    assert read_flattened(flatten(blank), asked).said == ()


def test_what_is_not_clear_is_said(filled, asked):
    data = odd.flattened(filled)
    both = asked.questions[-1].spots
    marked = next(q for q in asked.questions if q.field == "immediate-1.rating").spots
    twice = tuple(replace(spot, rect=marked[1].rect, page=1) for spot in both)
    questions = (replace(asked.questions[-1], spots=twice),)
    (said,) = read_flattened(data, replace(asked, questions=questions)).said
    assert said.value == "" and set(said.others) == {"1", "2"} and "more than one" in said.note
    status = next(q for q in asked.questions if q.field.endswith("1.actions.1.status"))
    none = replace(status, options=(Option("x", "Something else"),))
    (said,) = read_flattened(data, replace(asked, questions=(none,))).said
    assert said.value == "Done" and "none of the answers" in said.note


def test_pages_that_are_missing_and_scans_are_named(filled, asked):
    late = replace(asked.questions[0], spots=(replace(asked.questions[0].spots[0], page=3),))
    copy = read_flattened(odd.flattened(filled), replace(asked, questions=(late,)))
    assert copy.missing == (3,) and "Pages of the workbook" in copy.notes[0]
    copy = read_flattened(odd.scanned(filled), replace(asked, identity=Identity(pages=9)))
    assert len(copy.notes) == 2 and "no words" in copy.notes[0]


def test_the_workbook_is_known_by_its_code_or_its_words(filled, asked):
    words = page_words(odd.flattened(filled))
    others = [q.field.replace("immediate", "later") for q in asked.questions]
    other = replace(
        asked,
        identity=Identity(code="654321"),
        questions=tuple(
            replace(q, field=name, activity=f"Session {name}")
            for q, name in zip(asked.questions, others, strict=True)
        ),
    )
    assert workbook_like(words, [other, asked]) == asked
    assert workbook_like(words, [other]) is None
    foot = replace(words[0][0], words="654-321", box=(10.0, 10.0, 40.0, 18.0))
    assert workbook_like(tuple((*page, foot) for page in words), [asked, other]) == other


def test_words_and_ink_of_a_place(filled):
    data = odd.flattened(filled)
    words, ink = looked_at(data, [(0, Rect(60, 160, 20, 20)), (0, Rect(20, 160, 20, 20))])
    assert "Siân" in [word.words for word in words[0]] and len(words) == 2
    assert ink[0] > 0.2 > ink[1]
    assert looked_at(filled, [(7, Rect(0, 0, 9, 9))])[1] == [0.0]
    with pytest.raises(Refused, match="not a PDF"):
        page_words(b"x")
    with pytest.raises(Refused, match="password"):
        page_words(odd.sealed("secret")(filled))
    assert page_words(odd.sealed("secret")(filled), "secret") == page_words(filled)

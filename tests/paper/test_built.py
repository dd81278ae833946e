"""Pages of workbooks that deckgen builds: what is asked of them is where it is on paper."""

from __future__ import annotations

import random
from functools import cache

import pytest

from deckgen.answers.asked import asked_today
from deckgen.model.answers import Asked, Asks
from deckgen.options import Options
from deckgen.paper.doubts import HANDWRITING
from deckgen.paper.reading import read_pictures
from deckgen.pdf.write import write_pages
from deckgen.products.job import Job
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.paper.built_book import Book
from tests.paper.cameras import CAMERAS
from tests.paper.measuring import boxes, is_box, saved
from tests.paper.pens import mark, write


@cache
def built(large_print: bool = False) -> tuple[Book, Asked]:
    proof = Proof(read_project(ROOT))
    job = Job(proof, Options(large_print=large_print))
    data = write_pages(job.pages(), job.book_info(), job.design.book)
    return Book(data), asked_today(proof, job.content.workbook.key, large_print=large_print)


@pytest.mark.parametrize("large_print", [False, True])
def test_what_is_asked_is_where_the_file_has_it(large_print: bool) -> None:
    book, asked = built(large_print)
    assert book.asked.identity.code == asked.identity.code
    there = {
        (q.field, s.page, s.value): s.rect.corners for q in book.asked.questions for s in q.spots
    }
    told = {(q.field, s.page, s.value): s.rect.corners for q in asked.questions for s in q.spots}
    assert there.keys() == told.keys()
    for spot, corners in told.items():
        assert corners == pytest.approx(there[spot], abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("camera", ["grey 75 dpi", "black-white 150 dpi", "phone 2000, curl 3 mm"])
def test_an_unfilled_page_reads_as_empty(camera: str) -> None:
    book, asked = built()
    rng = random.Random(7)
    pages = [
        (f"{n}.jpg", saved(CAMERAS[camera](book.blank(n), rng)))
        for n in range(1, asked.identity.pages + 1)
    ]
    (copy,) = read_pictures(pages, (asked,)).copies
    assert (copy.said, copy.missing, copy.identity.code) == ((), (), asked.identity.code)


@pytest.mark.slow
def test_marks_and_writing_come_back_under_their_questions() -> None:
    book, asked = built()
    rng, pages, meant = random.Random(11), [], dict[str, str]()
    for number in range(1, asked.identity.pages + 1):
        page = book.blank(number)
        for question, spot in boxes(asked, number):
            if question.asks is Asks.OPTION and not spot.value:
                continue  # a list has an arrow in its box
            if not is_box(question, spot):
                meant[question.field] = ""
                write(page, spot.rect, rng, 2)
            elif question.asks is Asks.TICK or spot == question.spots[2]:
                meant[question.field] = spot.value or "Yes"
                mark(page, spot.rect, "cross", rng)
        pages.append((f"{number}.jpg", saved(CAMERAS["grey 150 dpi"](page, rng))))
    returned = read_pictures(pages, (asked,))
    (copy,) = returned.copies
    assert (returned.notes, copy.missing) == ((), ())
    assert {one.field: one.value for one in copy.said} == meant
    assert {one.note for one in copy.said if not one.value} == {HANDWRITING}
    assert not any(one.note for one in copy.said if one.value)

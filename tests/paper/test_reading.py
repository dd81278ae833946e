"""Pages on paper, through files as they come back: nothing lost, nothing taken for another."""

from __future__ import annotations

import random
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from deckgen.geometry import Size, mm
from deckgen.model.answers import Asks, Copy, How, Returned
from deckgen.paper import reading
from deckgen.paper.doubts import BLACKENED, HANDWRITING, NONE_MARKED, SEVERAL_MARKED
from deckgen.paper.reading import read_pictures
from tests.paper.cameras import CAMERAS, jpeg, phone, scan
from tests.paper.measuring import boxes, count, is_box, row, saved
from tests.paper.pens import ORDINARY, WEAK, mark, write
from tests.paper.stand_in import CODE, asked, blank

BOOK = asked()


def filled(number: int, team: str | None = "", seed: int = 0) -> Image.Image:
    """A page with writing in every field, and marks in the first option and half the boxes."""
    rng, page = random.Random(seed * 100 + number), blank(BOOK, number, team)
    for question, spot in boxes(BOOK, number):
        if not is_box(question, spot):
            write(page, spot.rect, rng)
        elif spot == question.spots[0] and (question.asks is Asks.OPTION or rng.random() < 0.5):
            mark(page, spot.rect, "tick", rng)
    return page


def pdf(pages: list[Image.Image], dpi: int = 150) -> bytes:
    out = BytesIO()
    small = [p.resize((p.width * dpi // 300, p.height * dpi // 300)) for p in pages]
    small[0].save(out, "PDF", save_all=True, append_images=small[1:], resolution=dpi)
    return out.getvalue()


@cache
def read_pages(*which: tuple[int, str | None, int]) -> Returned:
    return read_pictures([("scan.pdf", pdf([filled(*one) for one in which]))], (BOOK,))


def values(copy: Copy) -> dict[str, str]:
    return {one.field: one.value for one in copy.said}


def test_a_workbook_that_was_scanned() -> None:
    returned = read_pages(*((n, "7", 1) for n in (1, 2, 3, 4)))
    (copy,) = returned.copies
    assert (returned.notes, returned.beside, returned.refused) == ((), (), None)
    assert (copy.identity.code, copy.identity.team, copy.missing) == (CODE, "7", ())
    assert copy.fields == {q.field for q in BOOK.questions} == copy.asked.keys()
    said = {one.field: one for one in copy.said}
    assert said["first.today"].value == "not-yet" and not said["first.today"].note
    assert said["first.now"].note == HANDWRITING and said["first.now"].value == ""
    assert Image.open(BytesIO(said["first.now"].crop)).width > 100
    assert {one.how for one in copy.said} == {How.READ}


def test_pages_of_several_teams_in_any_order() -> None:
    pages = [(n, team, int(team)) for n in (3, 1, 4, 2) for team in ("2", "11", "3")]
    pages.remove((4, "11", 11))
    copies = {c.identity.team: c for c in read_pages(*pages).copies}
    assert {team: copy.missing for team, copy in copies.items()} == {"2": (), "11": (4,), "3": ()}
    alone = read_pages(*((n, "2", 2) for n in (1, 2, 3, 4))).copies[0]
    assert values(copies["2"]) == values(alone)


def test_without_teams_a_copy_begins_when_a_page_comes_again() -> None:
    pages = [(n, "", seed) for seed in (1, 2) for n in (1, 2, 3, 4)]
    first, second = read_pages(*pages).copies
    assert first.missing == second.missing == ()
    assert values(second) == values(read_pages(*pages[4:]).copies[0])
    assert "order" in first.notes[-1]


def test_a_sheet_that_was_scanned_twice_counts_once() -> None:
    pages = [(n, "", 1) for n in (1, 2, 3)]
    twice = read_pages(*pages, (3, "", 1), (4, "", 1))
    (copy,) = twice.copies
    assert "Page 3 came twice" in copy.notes[0]
    assert copy.said == read_pages(*pages, (4, "", 1)).copies[0].said


def test_a_page_whose_code_is_torn_off_goes_with_those_around_it() -> None:
    pages = [(1, "5", 1), (2, None, 1), (3, "5", 1), (4, "5", 1)]
    (copy,) = read_pages(*pages).copies
    assert copy.identity.team == "5" and copy.missing == ()
    assert "Page 2 had no team number" in copy.notes[0]


def test_three_corners_are_enough_and_two_are_said_to_be_too_few() -> None:
    page = filled(3, "4")
    page.paste(255, (0, 0, 400, 400))
    assert read_pictures([("a.png", saved(page))], (BOOK,)).copies[0].missing == (1, 2, 4)
    page.paste(255, (2000, 3000, 2480, 3508))
    returned = read_pictures([("a.png", saved(page))], (BOOK,))
    assert returned.copies == () and "page 3 of the workbook" in returned.notes[0]
    assert returned.beside[0].kind == "page"


def test_what_is_no_page_is_named() -> None:
    other = blank(asked("999111"), 2)
    paper = Image.new("L", (2480, 3508), 255)
    letter = paper.copy()
    write(letter, BOOK.questions[3].spots[0].rect, random.Random(1), 9)
    returned = read_pictures([("x.pdf", pdf([filled(2), paper, letter, other]))], (BOOK,))
    assert len(returned.copies) == 1
    words = "\n".join(returned.notes)
    assert "x.pdf, page 3 has no corner codes" in words
    assert "x.pdf, page 4 (page 2 of the workbook) has the code 999-111" in words
    assert "1 blank page left out" in words
    assert [b.page for b in returned.beside] == [3, 4]


def test_an_unfilled_workbook_is_empty() -> None:
    cameras = ("grey 75 dpi", "black-white 150 dpi", "phone 2000, curl 3 mm", "copy of a copy")
    for camera in cameras:
        files = [
            (f"{n}.jpg", saved(CAMERAS[camera](blank(BOOK, n, "3"), random.Random(n))))
            for n in (1, 2, 3, 4)
        ]
        (copy,) = read_pictures(files, (BOOK,)).copies
        assert (camera, copy.said, copy.missing) == (camera, (), ())


def test_doubts() -> None:
    page, rng = blank(BOOK, 4, "1"), random.Random(2)
    by_field = {q.field: q for q in BOOK.questions}
    for spot in by_field["second.colour"].spots[1:3]:
        mark(page, spot.rect, "cross", rng)
    rect = by_field["second.done.2"].spots[0].rect
    for _ in range(3):
        mark(page, rect, "fill", rng)
    (copy,) = read_pictures([("a.jpg", jpeg(scan(page, rng, 150)))], (BOOK,)).copies
    colour, done = copy.said
    assert (colour.value, colour.others, colour.note) == ("", ("green", "blue"), SEVERAL_MARKED)
    assert (done.field, done.note, done.crop[:4]) == ("second.done.2", BLACKENED, b"\x89PNG")


def test_a_question_without_a_mark_on_a_page_that_was_filled_in() -> None:
    page = blank(BOOK, 2, "1")
    write(page, BOOK.questions[3].spots[0].rect, random.Random(3))
    (copy,) = read_pictures([("a.jpg", jpeg(page))], (BOOK,)).copies
    assert [one.note for one in copy.said] == [HANDWRITING, NONE_MARKED]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_lie_as_they_like(turn: int) -> None:
    picture = phone(filled(3, "9"), random.Random(turn), 2000, 2).rotate(turn, expand=True)
    (copy,) = read_pictures([("a.jpg", jpeg(picture))], (BOOK,)).copies
    upright = read_pictures([("a.png", saved(filled(3, "9")))], (BOOK,)).copies[0]
    assert [one.field for one in copy.said] == [one.field for one in upright.said]


def test_two_pages_in_one_picture() -> None:
    both = Image.new("L", (2480 * 2, 3508), 255)
    for place, number in enumerate((2, 3)):
        both.paste(filled(number, "9"), (2480 * place, 0))
    (copy,) = read_pictures([("a.jpg", jpeg(both.resize((3400, 2405))))], (BOOK,)).copies
    assert copy.missing == (1, 4)


def test_a_tiff_of_several_pages_and_one_of_other_paper() -> None:
    out = BytesIO()
    pages = [filled(n, "2").resize((1240, 1754)).convert("1") for n in (1, 2, 3, 4)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    (copy,) = read_pictures([("a.tif", out.getvalue())], (BOOK,)).copies
    assert copy.missing == () and "black and white" in copy.notes[0]
    wrong = asked(size=Size(mm(330), mm(297)))
    returned = read_pictures([("a.jpg", jpeg(filled(2)))], (wrong,))
    assert returned.copies == () and "folded or curled" in returned.notes[0]


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
BAD = {
    "heic": HEIC,
    "cut.jpg": jpeg(Image.new("L", (900, 900), 90))[:2000],
    "bomb.png": b"",
    "empty": b"",
    "text": b"hello",
    "cut.pdf": b"%PDF-1.7\n1 0 obj",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_takes_no_other_along(name: str) -> None:
    data = BAD[name]
    if name == "bomb.png":
        out = BytesIO()
        Image.new("1", (40_000, 40_000)).save(out, "PNG")
        data = out.getvalue()
    good = ("good.jpg", jpeg(filled(2).resize((1240, 1754))))
    returned = read_pictures([(name, data), good], (BOOK,))
    assert len(returned.copies) == 1 and returned.refused is None
    assert len(returned.notes) == 1 and returned.notes[0].startswith(name)
    alone = read_pictures([(name, data)], (BOOK,))
    assert alone.copies == () and (alone.refused or alone.notes)


def test_heic_has_a_hint() -> None:
    returned = read_pictures([("a.heic", HEIC)], (BOOK,))
    assert returned.refused and "JPEG" in returned.refused[1]


def test_a_file_that_takes_too_long_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMITS", reading.Limits(megabytes=400, seconds=0.01))
    monkeypatch.setattr(reading, "_SECONDS_A_MEGABYTE", 0)
    returned = read_pictures([("a.jpg", jpeg(filled(2))), ("b.jpg", jpeg(filled(3)))], (BOOK,))
    assert returned.copies == () and len(returned.notes) == 2
    assert returned.refused and "seconds" in returned.refused[0]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    returned = read_pictures([("a.jpg", b"")], (BOOK,))
    assert returned.refused and "deckgen-cards[paper]" in returned.refused[1]


@pytest.mark.slow
@pytest.mark.parametrize("camera", CAMERAS)
def test_the_table_holds(camera: str) -> None:
    """A small part of the table in docs/paper.md, with another seed."""
    one = count(camera, BOOK, lambda n, team: blank(BOOK, n, team), 4, 411, (2, 3, 4))
    ordinary, weak = one.of(ORDINARY), one.of(WEAK)
    assert (one.lost, ordinary[1]) == (0, 0), row(one)
    assert weak[1] == 0 or "black" in camera, row(one)
    assert one.written[1] <= ("black" in camera) and one.written[2] == 0, row(one)

"""The codes of workbook pages: read back from pictures, with nothing in their way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import product

import pypdfium2 as pdfium
import pytest
import segno
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from deckgen.design.fonts import FontBook
from deckgen.geometry import Rect, mm
from deckgen.layout.faces.qr import Modules
from deckgen.layout.setting.shapes import filled, line, rectangle, stroked
from deckgen.layout.workbooks.corner_codes import corner_number, corner_rects, page_words
from deckgen.layout.workbooks.data_matrix import MOST, data_matrix
from deckgen.layout.workbooks.page_qr import MOST_LETTERS, page_qr
from deckgen.layout.workbooks.pen import for_pen
from deckgen.layout.workbooks.workbook import finished, set_workbook, with_feet
from deckgen.model.deck import Deck
from deckgen.model.drawing import (
    Drawing,
    Element,
    Field,
    FieldKind,
    Mark,
    Role,
    Shape,
    TextLine,
    TextRun,
)
from deckgen.model.text import words
from deckgen.model.workbook import Choice, Column, Rating, Table, Workbook
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_pages
from tests.conftest import ROOT
from tests.content.test_workbook_blocks import ALL
from tests.layout.made_up import HERE, activity, design_of, part
from tests.layout.test_workbook_blocks import book_of, framed, real_deck

CODE = "467392"
LOOKS = {
    "A4": {},
    "A4 large": {"large_print": True},
    "A4 low ink": {"ink_saver": True},
    "Letter": {"stock": "letter"},
    "Letter large": {"stock": "letter", "large_print": True},
}
BOOKS = {
    "shipped": lambda: book_of(_shipped("content/workbooks/practice-learning-managers.md")),
    "wardens": lambda: book_of(_shipped("examples/fire-safety/content/workbooks/fire-wardens.md")),
    "all blocks": lambda: book_of(ALL.read_text(encoding="utf-8")),
    "two frames": lambda: book_of(framed(2, activities=3)),
    "6 frames": lambda: book_of(framed(6, "A time frame with a long name")),
    "tables": lambda: with_tables(book_of(framed(1))),
}
QUIET_PT = mm(1.0)  # a module
CLEAR_PT = mm(3.0)
_DEPTH, _HEIGHT = 0.22, 0.75  # of letters below and above the baseline, in sizes
Box = tuple[float, float, float, float]


def _shipped(name: str) -> str:
    """A workbook that ships; the cards of an example are of another deck."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.sub(r"\nCards: .*", "", text) if name.startswith("examples") else text


def with_tables(book: Workbook) -> Workbook:
    """With tables of few and of many columns to tick, and long and short ratings and choices."""
    blocks = [
        Table(
            id=f"ticks-{count}-{rows}",
            title="Ticks",
            columns=(
                Column("what", "What", "wide"),
                *(Column(f"c{n}", "Is it so?" if n % 2 else "I", "tick") for n in range(count)),
            ),
            rows=rows,
            each="Row",
        )
        for count, rows in ((1, 1), (3, 8), (7, 2), (11, 3))
    ]
    rated = [
        Rating(
            id=f"rated-{n}",
            title="Rate",
            steps=("No",) * n,
            ids=tuple(map(str, range(n))),
            hint=words("Mark.") * (n % 2),
        )
        for n in (2, 5, 7, 12)
    ]
    options = words("One " * 40), words("Two"), words("3")
    chosen = Choice(id="chosen", title="", options=options, ids=("one", "two", "three"))
    return replace(book, parts=(*book.parts, part("ticks", "Ticks", *blocks, *rated, chosen)))


@cache
def pages_of(book: str, look: str, language: str = "en-GB") -> tuple[Drawing, ...]:
    deck = replace(real_deck(), language=language)
    made = set_workbook(BOOKS[book](), deck, design_of(**LOOKS[look]))
    assert finished(made, deck)[1] == []
    return with_feet(made.drawings, made, deck, CODE)


ALL_PAGES = [*product(BOOKS, LOOKS, ["en-GB"]), *product(BOOKS, ("A4", "A4 large"), ["ar"])]


# The encoders.


def pictured(rows: Modules, side: int = 4, quiet: int = 4) -> Image.Image:
    small = Image.new("L", (len(rows) + 2 * quiet,) * 2, 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            small.putpixel((x + quiet, y + quiet), 0 if dark else 255)
    return small.resize((small.width * side,) * 2, Image.Resampling.NEAREST)


@pytest.mark.parametrize("number", [0, 7, 1030, 99_999, 100_000, 123_456, 990_099, MOST])
def test_six_digits_are_read_back(number: int) -> None:
    (read,) = zxingcpp.read_barcodes(pictured(data_matrix(number)))
    assert (read.format, read.text) == (zxingcpp.BarcodeFormat.DataMatrix, f"{number:06}")


def test_a_code_is_read_with_two_words_of_it_lost() -> None:
    rows = [list(row) for row in data_matrix(123_456)]
    for row, column in ((1, 3), (8, 6)):
        rows[row][column] ^= True
    (read,) = zxingcpp.read_barcodes(pictured(tuple(map(tuple, rows))))
    assert read.text == "123456"


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_more_digits_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="six digits"):
        data_matrix(number)


@pytest.mark.parametrize(
    "said", ["DG1 467392 1", "A" * 20, "B" * 21, "DG1 467392 12 TEAM 7:", "$" * MOST_LETTERS]
)
def test_the_page_code_is_what_a_library_makes(said: str) -> None:
    made = segno.make_qr(said, error="m", mask=3, boost_error=False)
    assert page_qr(said) == tuple(tuple(map(bool, row)) for row in made.matrix)
    (read,) = zxingcpp.read_barcodes(pictured(page_qr(said)))
    assert read.text == said


@pytest.mark.parametrize("said", ["small", "Ä", "A" * (MOST_LETTERS + 1)])
def test_other_letters_and_more_of_them_are_refused(said: str) -> None:
    with pytest.raises(ValueError):
        page_qr(said)


def test_any_three_corners_say_page_and_code() -> None:
    for page in (1, 2, 250):
        numbers = [corner_number("012987", page, corner) for corner in range(4)]
        assert [number // 1000 // 250 for number in numbers] == [0, 1, 2, 3]
        assert {number // 1000 % 250 + 1 for number in numbers} == {page}
        for left_out in range(4):
            assert {n % 1000 for n in numbers if n != numbers[left_out]} == {12, 987}
    assert corner_number(CODE, 251, 0) == corner_number(CODE, 1, 0)


def test_a_long_team_is_cut_before_the_code_is_too_small() -> None:
    assert page_words(CODE, 3) == f"DG1 {CODE} 3"
    page_qr(page_words(CODE, 1234, "A" * 60))


# Pages as they are printed.


def read_back(page: pdfium.PdfPage, dpi: int) -> dict[str, tuple[float, float]]:
    """What is read on a page, and where its middle is: as shares of width and height."""
    image = page.render(scale=dpi / 72).to_pil()
    found = {}
    for code in zxingcpp.read_barcodes(image):
        spot = code.position
        corners = (spot.top_left, spot.top_right, spot.bottom_right, spot.bottom_left)
        x, y = (sum(getattr(c, axis) for c in corners) / 4 for axis in "xy")
        found[code.text] = (x / image.width, y / image.height)
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("book", ["shipped", "wardens"])
def test_all_codes_of_all_pages_are_read(book: str, look: str) -> None:
    pages = pages_of(book, look)
    info = DocumentInfo("A", "B", "C", "en-GB", datetime(2026, 1, 2, tzinfo=UTC), "1")
    data = write_pages(pages, info, design_of(**LOOKS[look]).book)
    with pdfium.PdfDocument(data) as file:
        for number, (page, drawing) in enumerate(zip(file, pages, strict=True), start=1):
            said = [f"{corner_number(CODE, number, corner):06}" for corner in range(4)]
            for dpi in (75, 100, 150):
                found = read_back(page, dpi)
                assert set(found) == {*said, f"DG1 {CODE} {number}"}, (number, dpi)
                for text, rect in zip(said, corner_rects(drawing.size), strict=True):
                    x = (rect.x_pt + rect.right_pt) / 2 / drawing.size.width_pt
                    y = 1 - (rect.y_pt + rect.top_pt) / 2 / drawing.size.height_pt
                    assert found[text] == pytest.approx((x, y), abs=0.004)


def test_the_codes_are_the_last_thing_and_nobody_hears_them() -> None:
    for page in pages_of("shipped", "A4"):
        *_, foot, corners = page.elements
        assert foot.role is corners.role is Role.ARTIFACT
        assert foot.stamp and corners.stamp
        shown = "".join(
            run.text for mark in foot.marks() if isinstance(mark, TextLine) for run in mark.runs
        )
        assert f"{CODE[:3]}-{CODE[3:]}" in shown


# What stands where.


def box_of(mark: Mark, book: FontBook) -> Box:
    """Left, bottom, right, top of what a mark draws, at most."""
    if isinstance(mark, TextLine):
        right = mark.x_pt + book.width_pt(mark.runs, mark.size_pt)
        low, high = mark.y_pt - _DEPTH * mark.size_pt, mark.y_pt + _HEIGHT * mark.size_pt
        return mark.x_pt, low, right, high
    if isinstance(mark, Shape):
        points = [p for segment in mark.path for p in _points(segment)]
        xs, ys = zip(*points, strict=True)
        half = mark.width_pt / 2
        return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half
    return (mark.frame if hasattr(mark, "frame") else mark.rect).corners


def _points(segment: tuple) -> Iterator[tuple[float, float]]:
    if segment[0] == "re":
        _, x, y, width, height = segment
        yield from ((x, y), (x + width, y + height))
    else:
        yield from zip(segment[1::2], segment[2::2], strict=True)


def meet(one: Box, other: Box) -> bool:
    beside = one[0] >= other[2] - 0.01 or one[2] <= other[0] + 0.01
    return not beside and one[1] < other[3] - 0.01 and one[3] > other[1] + 0.01


def holds(outer: Box, inner: Box) -> bool:
    return all(o <= i + 0.01 for o, i in zip(outer[:2], inner[:2], strict=True)) and all(
        o >= i - 0.01 for o, i in zip(outer[2:], inner[2:], strict=True)
    )


def is_code(mark: Mark) -> bool:
    return isinstance(mark, Shape) and mark.path[0][0] == "re"


def in_the_way(page: Drawing, book: FontBook) -> list[Mark]:
    """What stands on a code's white, or on the code."""
    marks = list(page.marks())
    places = [rect.corners for rect in corner_rects(page.size)]
    codes = [box_of(mark, book) for mark in marks if is_code(mark)]
    assert len(codes) == 5 and all(any(holds(c, p) for c in codes) for p in places)
    found = []
    for code in codes:
        white = Rect(code[0], code[1], code[2] - code[0], code[3] - code[1]).grown(QUIET_PT).corners
        above = marks
        for at, mark in enumerate(marks):  # what a picture has under the white does no harm
            if (
                isinstance(mark, Shape)
                and mark.fill == "#FFFFFF"
                and holds(box_of(mark, book), white)
            ):
                above = marks[at + 1 :]
        found += [m for m in above if not is_code(m) and meet(box_of(m, book), white)]
    return found


def crowded(page: Drawing, book: FontBook) -> list[tuple[Field, Mark]]:
    """What stands in a box or circle, or nearer to it than 3 mm."""
    marks = [(mark, box_of(mark, book)) for mark in page.marks()]
    found = []
    for field, box in marks:
        if not isinstance(field, Field) or field.kind not in (FieldKind.CHECK, FieldKind.RADIO):
            continue
        around = field.rect.grown(CLEAR_PT).corners
        for mark, other in marks:
            border = isinstance(mark, Shape) and holds(field.rect.grown(1).corners, other)
            ground = isinstance(mark, Shape) and holds(other, around)
            if mark is not field and meet(other, around) and not border and not ground:
                found.append((field, mark))
        frames = [m for m, other in marks if isinstance(m, Shape) and meet(other, box) and m.stroke]
        assert any(frame.fill == "#FFFFFF" for frame in frames), "a box has a border and is white"
    return found


@pytest.mark.parametrize(("book", "look", "language"), ALL_PAGES)
def test_nothing_is_in_the_way_of_a_code(book: str, look: str, language: str) -> None:
    fonts = design_of(**LOOKS[look]).book
    for page in pages_of(book, look, language):
        assert in_the_way(page, fonts) == [], page.name
        assert in_the_way(for_pen(page), fonts) == [], page.name


@pytest.mark.parametrize(("book", "look", "language"), ALL_PAGES)
def test_boxes_and_circles_are_empty_and_have_room(book: str, look: str, language: str) -> None:
    fonts = design_of(**LOOKS[look]).book
    for page in pages_of(book, look, language):
        assert crowded(page, fonts) == [], page.name


def test_what_is_in_the_way_is_found() -> None:
    page, fonts = pages_of("shipped", "A4")[3], design_of().book
    width = page.size.width_pt
    for mark in (
        TextLine(mm(22.5), mm(15), 12, "#000000", (TextRun("a", "regular"),)),
        stroked(line(mm(20), page.size.height_pt - mm(22.6), width, 700), "#000000", 1),
        filled(rectangle(Rect(width / 2, mm(11), 3, 3)), "#FFFFFF"),
    ):
        begun = replace(page, elements=(Element(Role.ARTIFACT, (mark,)), *page.elements))
        assert set(in_the_way(begun, fonts)) == {mark}


def test_what_crowds_a_circle_is_found() -> None:
    page, fonts = pages_of("shipped", "A4")[3], design_of().book
    field = next(m for m in page.marks() if isinstance(m, Field) and m.kind is FieldKind.RADIO)
    x, y = field.rect.x_pt, field.rect.y_pt
    for mark in (
        TextLine(x + 8, y + 8, 12, "#000000", (TextRun("1", "bold"),)),
        stroked(line(x - 20, y + 5, x - 4, y + 5), "#000000", 1),
    ):
        begun = replace(page, elements=(Element(Role.ARTIFACT, (mark,)), *page.elements))
        assert crowded(begun, fonts) == [(field, mark)]


# What is said of it.


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("book", ["shipped", "wardens", "all blocks", "tables"])
def test_how_to_mark_is_said_once(book: str, look: str) -> None:
    said = [line for page in pages_of(book, look) for line in page.lines()]
    begun = [line for line in said if line.runs and line.runs[0].text.startswith("With a pen")]
    assert len(begun) == 1


def test_how_to_mark_is_not_said_where_nothing_is_marked(deck: Deck) -> None:
    frame = activity("immediate", "A1")
    for blocks, said in ((frame.blocks, True), (frame.blocks[:2], False)):
        book = book_of(framed(1))
        own = replace(book.parts[1], activities=(replace(frame, blocks=blocks),))
        parts = (book.parts[0], own)
        pages, _ = finished(set_workbook(replace(book, parts=parts), deck, design_of()), deck)
        shown = "".join(run.text for page in pages for line in page.lines() for run in line.runs)
        assert ("With a pen" in shown) == said


def test_a_long_title_moves_the_page_code_aside(deck: Deck, workbook: Workbook) -> None:
    """It has up to three lines with what is below it; more are a Problem."""
    spots = []
    for count in (1, 3, 6, 60):
        long = replace(workbook, title="Growing together " * count, place=HERE)
        made = replace(set_workbook(workbook, deck, design_of()), workbook=long)
        problems = finished(made, deck)[1]
        pages = with_feet(made.drawings, made, deck, CODE)
        code = next(m for m in pages[1].marks() if is_code(m))
        spots.append(code.path[0][1] / pages[1].size.width_pt)
        assert [p.code for p in problems][:1] == ["text-too-long"] * (count == 60), count
        if count < 60:
            assert in_the_way(pages[1], design_of().book) == []
    assert spots[0] == spots[1] < 0.5 < spots[2]

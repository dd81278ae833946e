"""Long answers, typed in an engine: how small they get, and whether their end can be seen."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from PIL import ImageChops

from deckgen.geometry import Rect, Size
from deckgen.model.drawing import Bookmark, Drawing, Element, Field, FieldKind, Role
from deckgen.pdf.write import write_pages
from tests.engines.engine import SCALE, Answer
from tests.engines.matrix import LENGTHS, LONG_BOXES, PAGE
from tests.engines.test_letters import INFO
from tests.engines.test_matrix import engine
from tests.pdf.conftest import form_element, line, load_book

pytestmark = pytest.mark.slow

SENTENCE = "We will ask each new person what they would change in the first week. "
ENDS = ("MMM", "lll")  # what shows of one and not of the other is the end
GAP = 10


def text(letters: int, end: str) -> str:
    return (SENTENCE * (letters // len(SENTENCE) + 1))[: letters - 4].rstrip() + f" {end}"


def places() -> tuple[Size, list[tuple[str, Rect, str]]]:
    """A page, and its boxes: by name, with what is typed into them."""
    found, y = list[tuple[str, Rect, str]](), 20.0
    for kind, letters in LENGTHS:
        width, height = LONG_BOXES[kind]
        for end in ENDS:
            name = f"box.{kind.split()[-1]}-{letters}-{end}"
            found.append((name, Rect(20, y, width, height), text(letters, end)))
            y += height + GAP
    return Size(520, y + 40), found


@cache
def measured(name: str) -> dict[tuple[str, int], tuple[float, bool]]:
    """By box and length: the size of the letters in points, and whether the end is seen."""
    page, boxes = places()
    elements = [Element(Role.H1, (line("Lengths", 20, page.height_pt - 20),))]
    for key, rect, _ in boxes:
        elements.append(form_element(Field(FieldKind.LINES, key, key, rect, 12, 20)))
    drawing = Drawing("a", "1", page, 0, tuple(elements), bookmarks=(Bookmark("Lengths", 0),))
    able = engine(name)
    blank = write_pages([drawing], INFO, load_book())
    filled = able.fill(blank, [Answer(0, key, "lines", said) for key, _, said in boxes])
    picture = able.pictures(filled, [0])[0]
    with pikepdf.open(BytesIO(filled)) as document:
        looks = [widget.AP.N.read_bytes() for widget in document.pages[0].Annots]
    found = {}
    for i, case in enumerate(LENGTHS):
        one, other = (
            picture.crop(
                tuple(
                    round(SCALE * v)
                    for v in (
                        r.x_pt,
                        page.height_pt - r.top_pt,
                        r.right_pt,
                        page.height_pt - r.y_pt,
                    )
                )
            )
            for _, r, _ in boxes[2 * i : 2 * i + 2]
        )
        differs = ImageChops.difference(one, other).point(lambda grey: 255 * (grey > 40))
        size = min(float(s) for s in re.findall(rb"\s([\d.]+)\s+Tf", looks[2 * i]))
        found[case] = size, differs.histogram()[255] > 6
    return found


# pdf.js, into which a minute is typed, was measured with the same function by hand.
@pytest.mark.parametrize("name", ["pdfium (Chrome, Edge)", "poppler (Evince, Okular)", "MuPDF"])
def test_long_answers_are_as_documented(name: str) -> None:
    assert measured(name) == {case: LENGTHS[case][name] for case in LENGTHS}


def test_what_was_measured_is_in_the_documentation() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| {kind} | {letters:,} |" in page for kind, letters in LENGTHS)

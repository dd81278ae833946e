"""Letters that are not of Western Europe: typed in one engine, read and seen in the other three."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageChops

from deckgen.geometry import Rect, Size
from deckgen.model.drawing import Bookmark, Drawing, Element, Field, FieldKind, Role
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_pages
from tests.engines.engine import SCALE, Answer
from tests.engines.matrix import FAR_LETTERS, far_letters
from tests.engines.test_matrix import engine, reader, saver
from tests.pdf.conftest import form_element, line, load_book
from tests.shared import Shared

pytestmark = pytest.mark.slow

INFO = DocumentInfo("Letters", "A", "B", "en-GB", datetime(2026, 3, 2, tzinfo=UTC), "Edition 1")
WIDE, HIGH, COLUMNS = 40, 26, 12
# Of the ink, less may differ: pdf.js puts letters between dots.
SHARE, SHARE_BETWEEN = 0.04, 0.3
BESIDE = "i"  # stands before each letter, which it is never kerned with
DARK = 140  # of 255


@cache
def letters() -> str:
    """Every letter of the face that no Western European code has; marks without a letter apart."""
    return far_letters(load_book().faces["regular"].letters)


def boxes() -> tuple[Size, list[Rect]]:
    """A page with a box for each letter."""
    rows = -(-len(letters()) // COLUMNS)
    page = Size(COLUMNS * WIDE + 40, rows * HIGH + 60)
    places = ((i % COLUMNS, rows - 1 - i // COLUMNS) for i in range(len(letters())))
    return page, [Rect(20 + x * WIDE, 20 + y * HIGH, WIDE - 4, HIGH - 4) for x, y in places]


def form(values: Sequence[str] = ()) -> bytes:
    """A file of boxes, empty or with the letters as we draw them ourselves."""
    page, places = boxes()
    elements = [Element(Role.H1, (line("Letters", 20, page.height_pt - 20),))]
    for i, rect in enumerate(places):
        value = values[i] if values else ""
        field = Field(FieldKind.LINE, f"box.x{i}", f"Letter {i}", rect, 14, value=value)
        elements.append(form_element(field))
    drawing = Drawing("a", "1", page, 0, tuple(elements), bookmarks=(Bookmark("Letters", 0),))
    return write_pages([drawing], INFO, load_book())


class Typed:
    """What engines make of the letters, each asked once."""

    def __init__(self, shared: Shared) -> None:
        self.once = shared.value

    def filled(self, saver: str) -> bytes:
        if not saver:
            return form([f"{BESIDE}{letter}" for letter in letters()])
        answers = [Answer(0, f"box.x{i}", "line", f"{BESIDE}{c}") for i, c in enumerate(letters())]
        return self._asked(saver, "filled", lambda e: e.fill(form(), answers))

    def read(self, saver: str, reader: str) -> dict[str, str]:
        read = self._asked(reader, f"{saver} read", lambda e: e.read(self.filled(saver)))
        return {c: read.get(f"box.x{i}", "") for i, c in enumerate(letters())}

    def pictures(self, saver: str, reader: str) -> dict[str, Image.Image]:
        name = f"{saver} pictures"
        page, places = boxes()
        whole = self._asked(reader, name, lambda e: e.pictures(self.filled(saver), [0])[0])
        areas = ((r.x_pt, page.height_pt - r.top_pt, r.right_pt, page.height_pt - r.y_pt)
                 for r in places)  # fmt: skip
        cut = [whole.crop(tuple(round(SCALE * v) for v in area)) for area in areas]
        return dict(zip(letters(), cut, strict=True))

    def _asked(self, who: str, what: str, ask: Callable[[Any], Any]) -> Any:
        able = engine(who)
        return self.once(f"letters {who} {what}".replace(" ", "-"), lambda: ask(able))


@pytest.fixture(scope="module")
def typed(shared: Shared) -> Typed:
    return Typed(shared)


def ink(picture: Image.Image) -> Image.Image:
    """The part with ink; of one column and row if there is none."""
    area = picture.point(lambda grey: 255 * (grey < DARK)).getbbox()
    return picture.crop(area or (0, 0, 1, 1))


def alike(one: Image.Image, other: Image.Image, share: float = SHARE) -> bool:
    """Whether two pictures show the same, within a dot to each side."""
    one, other = ink(one), ink(other)
    if abs(one.width - other.width) > 2 or abs(one.height - other.height) > 2:
        return False
    size = max(one.width, other.width) + 2, max(one.height, other.height) + 2
    wanted, black = _on(size, one, 1, 1), sum(255 - v for v in one.tobytes())
    off = (
        sum(ImageChops.difference(wanted, _on(size, other, x, y)).tobytes())
        for x in range(3)
        for y in range(3)
    )
    return min(off) < share * black


def _on(size: tuple[int, int], picture: Image.Image, x: int, y: int) -> Image.Image:
    paper = Image.new("L", size, 255)
    paper.paste(picture, (x, y))
    return paper


@saver
@reader
def test_letters_are_the_same_everywhere(typed: Typed, saver: str, reader: str) -> None:
    wrong = {c for c, value in typed.read(saver, reader).items() if value != f"{BESIDE}{c}"}
    assert wrong == set(FAR_LETTERS.get(("read", saver, reader), ""))


@saver
@reader
def test_letters_are_seen_in_the_workbooks_own_font(typed: Typed, saver: str, reader: str) -> None:
    ours, theirs = typed.pictures("", reader), typed.pictures(saver, reader)
    if (
        saver == "MuPDF"
    ):  # it draws in a font of its own: there is something behind the i, or nothing
        alone = min(ink(picture).width for picture in theirs.values())
        wrong = {c for c, picture in theirs.items() if ink(picture).width <= alone + 1}
        wrong |= {c for c, picture in theirs.items() if c != "∙" and alike(theirs["∙"], picture)}
    else:
        share = SHARE_BETWEEN if reader == "pdf.js (Firefox)" else SHARE
        wrong = {c for c, picture in theirs.items() if not alike(ours[c], picture, share)}
    assert wrong == set(FAR_LETTERS.get(("seen", saver, reader), ""))


def test_another_letter_is_noticed(typed: Typed) -> None:
    ours = typed.pictures("", "pdfium (Chrome, Edge)")
    assert alike(ours["ș"], ours["ș"])
    assert not alike(ours["ș"], ours["ş"])
    assert not alike(ours["Ē"], ours["Ė"])

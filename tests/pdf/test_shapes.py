"""Shapes that come again are drawn once, and look as if they had been drawn where they are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from math import tau

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from deckgen.geometry import Matrix, Rect, Size
from deckgen.layout.faces.tiles import tile_path
from deckgen.layout.setting.shapes import circle, mapped, rectangle, rounded, turned
from deckgen.model.drawing import Clip, Drawing, Element, Role, Shape
from deckgen.pdf.objects import Indirect
from deckgen.pdf.paint import Painter, painter_for
from deckgen.pdf.shapes import Shapes, segments
from deckgen.pdf.write import write_pages
from deckgen.readback.check import file_faults

KINDS = ("quarter", "half", "leaf", "disc")
MIRROR = Matrix(a=-1.0)


def eight_ways(kind: str) -> list[Matrix]:
    return [turned(90.0 * i).then(m) for i in range(4) for m in (Matrix(), MIRROR)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_tile_is_one_form_however_it_is_turned_or_mirrored(kind):
    shapes = Shapes()
    for i, way in enumerate(eight_ways(kind)):
        place = way.then(Matrix(e=31.7 * i, f=100 / 3))
        code, name = shapes.place(mapped(tile_path(kind, 27.3, outline=False), place), "f", 0)
        assert code.endswith(f" cm /{name} Do")
    assert len(shapes.forms) == 1


def test_other_sizes_paint_and_pens_are_other_forms():
    shapes = Shapes()
    for radius, paint, width in ((9, "f", 0), (9.1, "f", 0), (9, "S", 0), (9, "S", 2), (9, "B", 2)):
        shapes.place(circle(5, 5, radius), paint, width)
    assert len(shapes.forms) == 5


@pytest.mark.parametrize(
    "path",
    [
        rectangle(Rect(0, 0, 9, 9)),
        rounded(Rect(0, 0, 40, 9), 4),
        circle(0, 0, 9)[:-1],
        (("m", 0.0, 0.0), ("l", 5.0, 5.0)),
    ],
)
def test_boxes_lines_and_open_curves_are_drawn_where_they_are(path):
    shapes = Shapes()
    assert shapes.place(path, "f", 0) == (segments(path) + "\nf", "")
    assert shapes.forms == {}


def found_at(code: str, form: Indirect) -> list[float]:
    """The coordinates of a form's path where a code puts it."""
    matrix = Matrix(*map(float, code.split()[:6]))
    operators = zlib.decompress(form.stream).decode().split()
    numbers = [float(v) for v in operators if v[-1].isdigit()]
    return [v for x, y in batched(numbers) for v in matrix.apply(x, y)]


def batched(values: list[float]) -> Iterator[tuple[float, float]]:
    return zip(values[0::2], values[1::2], strict=True)


PLACES = st.floats(-2000, 2000, allow_nan=False)
NEAR = st.floats(-300, 300, allow_nan=False)
CURVES = st.lists(st.tuples(*[NEAR] * 6), min_size=1, max_size=4)


@given(PLACES, PLACES, CURVES)
def test_a_form_in_its_place_is_the_path_to_a_hundredth_of_a_point(x, y, curves):
    placed = [("c", *(v + (y if i % 2 else x) for i, v in enumerate(c))) for c in curves]
    path = (("m", x, y), *placed, ("h",))
    shapes = Shapes()
    code, name = shapes.place(path, "f", 0)
    wanted = [v for segment in path for v in segment[1:]]
    assert found_at(code, shapes.forms[name]) == pytest.approx(wanted, abs=0.006)
    box, stream = shapes.forms[name]["BBox"], zlib.decompress(shapes.forms[name].stream)
    points = [(float(a), float(b)) for a, b in batched(re.findall(rb"-?[\d.]+", stream))]
    assert all(box[0] < a < box[2] and box[1] < b < box[3] for a, b in points)


def drawn(shapes: list[Shape]) -> Drawing:
    return Drawing("a", "a", Size(300, 300), 0, (Element(Role.ARTIFACT, tuple(shapes)),))


def many() -> list[Shape]:
    """Tiles of every kind in every position, filled, outlined, both, dashed; and clipped."""
    made: list[Shape | Clip] = []
    for row, kind in enumerate(KINDS):
        path = tile_path(kind, 30, outline=False)
        for column, way in enumerate(eight_ways(kind)):
            placed = mapped(path, way.then(Matrix(e=20 + 35.37 * column, f=20 + 37.13 * row)))
            pen = {"stroke": "#AA2211", "width_pt": 1.5 + row} if column % 3 else {}
            fill = None if column % 3 == 1 else "#225577"
            made.append(Shape(placed, fill=fill, dash_pt=(5.0, 2.0) if column == 4 else (), **pen))
            high = mapped(placed, Matrix(f=150))
            made.append(Clip(Rect(35.37 * column, 150, 30, 140), (Shape(high, fill="#118833"),)))
    return made


def picture(data: bytes):
    document = pdfium.PdfDocument(data)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    return image


def largest_difference(one: bytes, other: bytes) -> int:
    return max(top for _, top in ImageChops.difference(picture(one), picture(other)).getextrema())


def without_forms(monkeypatch) -> None:
    monkeypatch.setattr(
        Shapes, "place", lambda _, path, paint, __: (segments(path) + "\n" + paint, "")
    )


def test_what_is_seen_is_the_same_as_without_forms(info, monkeypatch):
    from tests.pdf.conftest import load_book

    with_forms = write_pages([drawn(many())], info, load_book())
    without_forms(monkeypatch)
    plain = write_pages([drawn(many())], info, load_book())
    assert b"/s." not in plain
    assert largest_difference(with_forms, plain) <= 8
    moved = [Shape(mapped(s.path, Matrix(e=0.3)), s.fill) for s in many() if isinstance(s, Shape)]
    assert largest_difference(write_pages([drawn(moved)], info, load_book()), plain) > 40


def test_a_face_has_the_same_operators_whatever_was_painted_before(info, book):
    from tests.pdf.conftest import load_book

    drawing = drawn(many())
    fresh = Painter(load_book())
    used = painter_for(book)
    used.paint(drawn([Shape(circle(1, 2, 3 + tau), fill="#000000")]))
    assert used.paint(drawing).code == fresh.paint(drawing).code
    assert used.paint(drawing).shapes == fresh.paint(drawing).shapes


def test_a_page_names_its_shapes_and_they_are_in_the_file_once(info, book):
    data = write_pages([drawn(many()), drawn(many())], info, book)
    assert file_faults(data) == []
    with pikepdf.open(BytesIO(data)) as document:
        code = document.pages[0].Contents.read_bytes()
        names = set(re.findall(rb"/(s\.\w+) Do", code))
        forms = document.pages[0].Resources.XObject
        assert {n.decode() for n in names} == {name[1:] for name in dict(forms)}
        assert document.pages[1].Resources.objgen == document.pages[0].Resources.objgen
    assert len(names) < code.count(b" Do") / 3

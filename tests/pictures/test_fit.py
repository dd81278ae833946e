"""A picture fills its frame around its focus, is never stretched, and sharp or said not to be."""

from __future__ import annotations

import pytest

from deckgen.geometry import Rect, mm
from deckgen.model.picture import PictureFile
from deckgen.pictures.dots import wanted
from deckgen.pictures.fit import fitted, sharpness_problems
from deckgen.problem import Place, Severity

HERE = Place("content/cards/K.md", 7, 1)
WIDE = PictureFile("wide.jpg", "JPEG", (4000, 2000), b"wide")
TALL = PictureFile("tall.jpg", "JPEG", (1000, 4000), b"tall")
DRAWN = PictureFile("drawn.svg", "SVG", (40, 20), b"drawn")
SQUARE, BANNER = Rect(0, 0, 100, 100), Rect(-9, 5, 300, 50)


@pytest.mark.parametrize("file", [WIDE, TALL, DRAWN])
@pytest.mark.parametrize("frame", [SQUARE, BANNER, Rect(0, 0, 33, 77.7)])
@pytest.mark.parametrize("focus", [(50, 50), (0, 0), (100, 100), (30, 20)])
def test_the_part_that_is_shown_has_the_frame_s_shape(
    file: PictureFile, frame: Rect, focus: tuple[float, float]
) -> None:
    picture = fitted(file, frame, focus)
    across, down = picture.dots
    assert across / down == pytest.approx(frame.width_pt / frame.height_pt)
    left, top, right, bottom = picture.crop
    assert 0 <= left < right <= 100.0001 and 0 <= top < bottom <= 100.0001
    assert (right - left) > 99.99 or (bottom - top) > 99.99  # as much of it as can be


@pytest.mark.parametrize(
    ("focus", "crop"),
    [
        ((50, 50), (25, 0, 75, 100)),
        ((0, 50), (0, 0, 50, 100)),
        ((30, 90), (5, 0, 55, 100)),
        ((99, 1), (50, 0, 100, 100)),
    ],
)
def test_the_focus_stays_in_the_frame(
    focus: tuple[float, float], crop: tuple[float, float, float, float]
) -> None:
    assert fitted(WIDE, SQUARE, focus).crop == pytest.approx(crop)


def test_dots_an_inch_are_those_of_the_part_that_is_shown() -> None:
    inch = Rect(0, 0, 72, 72)
    assert fitted(WIDE, inch).ppi == pytest.approx(2000)
    assert fitted(TALL, inch).ppi == pytest.approx(1000)
    assert fitted(WIDE, Rect(0, 0, 144, 72)).ppi == pytest.approx(2000)


def test_a_sharp_picture_is_no_problem() -> None:
    assert sharpness_problems(fitted(WIDE, Rect(0, 0, 720, 720)), HERE, "K7 front") == []
    assert sharpness_problems(fitted(DRAWN, Rect(0, 0, 7200, 720)), HERE, "K7 front") == []


def test_fewer_than_200_dots_an_inch_are_a_warning() -> None:
    (found,) = sharpness_problems(fitted(WIDE, Rect(0, 0, 721, 721)), HERE, "K7 front")
    assert (found.code, found.severity, found.place) == ("picture-coarse", Severity.WARNING, HERE)
    assert "K7 front" in found.found and "wide.jpg" in found.found
    assert sharpness_problems(fitted(WIDE, Rect(0, 0, 1439, 1439)), HERE, "")[0].code == found.code


def test_fewer_than_100_are_an_error_that_says_how_large_it_can_be() -> None:
    (found,) = sharpness_problems(fitted(WIDE, Rect(0, 0, mm(600), mm(600))), HERE, "K7 front")
    assert (found.code, found.severity) == ("picture-too-coarse", Severity.ERROR)
    assert "508 × 508 mm at most" in found.found  # 2,000 dots at 100 an inch
    assert "4724 × 4724 dots" in found.todo
    fits = fitted(WIDE, Rect(0, 0, mm(508), mm(508)))
    assert [p.code for p in sharpness_problems(fits, HERE, "")] == ["picture-coarse"]


def test_only_as_many_dots_are_kept_as_are_printed() -> None:
    inch = fitted(WIDE, Rect(0, 0, 72, 72))
    assert wanted(inch, 300).size == (300, 300)
    assert wanted(inch, 300).box == (1000, 0, 3000, 2000)
    large = fitted(WIDE, Rect(0, 0, 720, 720))
    assert wanted(large, 300).size == (2000, 2000)  # it has no more
    assert wanted(large, 300) == wanted(fitted(WIDE, Rect(9, 9, 800, 800)), 300)
    assert wanted(fitted(DRAWN, Rect(0, 0, 144, 72)), 450).size == (900, 450)


def test_pictures_are_equal_by_their_bytes() -> None:
    same = PictureFile("other name.jpg", "JPEG", (4000, 2000), b"wide")
    assert same == WIDE and hash(same) == hash(WIDE)
    assert WIDE != TALL
    assert fitted(WIDE, SQUARE) == fitted(same, SQUARE) != fitted(WIDE, SQUARE, (1, 1))
    assert PictureFile("wide.jpg", "JPEG", (4000, 2000), b"wide", b"inks") != WIDE

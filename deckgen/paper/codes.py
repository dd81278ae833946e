"""The codes on a page: which page of which workbook it is, whose, and where it lies.

Each corner has a Data Matrix of 10 mm, 12 mm in from the paper's edges. Its six digits are
((corner * 250) + (page - 1) % 250) * 1000 + half of the workbook's code: the first three digits
in the corners 0 and 3, the last three in 1 and 2. At the foot a QR code says
"DG1 <code> <page> <team>".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from msgspec import Struct
from PIL import Image, ImageFilter

from deckgen.paper.plane import Plane, Points, homography, mapped

SIDE_MM, IN_MM = 10.0, 12.0
PAGES = 250  # more than so many, and the numbers begin anew
_PAGE_CODE = re.compile(r"DG1 (\d{6}) (\d{1,4}) ?([A-Z0-9 ]{0,24})")
_FOOT_MM = 24.0  # how far from the middle of the foot, and above it, the page code is looked for
_WORST_MM = 1.5  # by which corners may miss their places, on paper that isn't flat
_FINE, _COARSE = 1300, 2600  # long sides in dots


class Corners(Struct, frozen=True):
    """What the corners of one page say: its number and code, and their places in the picture."""

    page: int
    code: str
    places: dict[int, Points]


class PageCode(Struct, frozen=True):
    """What the code at the foot says."""

    code: str
    page: int
    team: str


class Codes(Struct, frozen=True):
    """All codes in a picture. `clash`: there are two of the same page in it."""

    pages: tuple[Corners, ...] = ()
    feet: tuple[PageCode, ...] = ()
    few: tuple[Corners, ...] = ()
    clash: bool = False


def find_codes(picture: Image.Image) -> Codes:
    """The codes in a picture; if a page has fewer than three corners, looked for harder."""
    found: dict[str, Points] = {}
    feet: set[PageCode] = set()
    codes = Codes()
    for tried, factor in _tries(picture):
        _look(tried, factor, found, feet)
        codes = _sorted(found, feet)
        if codes.clash or (codes.pages and not codes.few):
            break
    return codes


def _tries(picture: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The picture as it is, then larger, sharper or smaller; and by what factor."""
    grey = picture.convert("L")
    yield grey, 1.0
    if max(grey.size) < _COARSE:
        larger = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield larger, 2.0
        yield larger.filter(ImageFilter.UnsharpMask(3, 200, 0)), 2.0
    if max(grey.size) > _FINE:
        yield grey.filter(ImageFilter.GaussianBlur(1.2)), 1.0
        yield grey.reduce(2), 0.5
    yield grey.filter(ImageFilter.MinFilter(3)), 1.0
    yield grey.filter(ImageFilter.MaxFilter(3)), 1.0


def _look(
    picture: Image.Image, factor: float, found: dict[str, Points], feet: set[PageCode]
) -> None:
    import zxingcpp

    kinds: Any = zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode
    seen: set[str] = set()
    for code in zxingcpp.read_barcodes(np.asarray(picture), formats=kinds, try_invert=False):
        if said := page_code(code.text):
            feet.add(said)
        if not re.fullmatch(r"\d{6}", code.text):
            continue
        place = code.position
        ends = place.top_left, place.top_right, place.bottom_right, place.bottom_left
        points = [(end.x / factor, end.y / factor) for end in ends]
        if code.text in seen and not _same_place(found[code.text], points):
            found[code.text + "again"] = points
        seen.add(code.text)
        found.setdefault(code.text, points)


def _same_place(one: Points, other: Points) -> bool:
    side = abs(one[1][0] - one[0][0]) + abs(one[1][1] - one[0][1])
    return abs(one[0][0] - other[0][0]) + abs(one[0][1] - other[0][1]) < side


def page_code(words: str) -> PageCode | None:
    """What the words of a code at the foot mean; None if it is another code."""
    said = _PAGE_CODE.fullmatch(words.strip())
    return PageCode(said[1], int(said[2]), said[3].strip()) if said else None


def _sorted(found: dict[str, Points], feet: set[PageCode]) -> Codes:
    """Corners by page; a page has at least three of one code."""
    clash = any(text.endswith("again") for text in found)
    pages: dict[int, dict[int, tuple[str, Points]]] = defaultdict(dict)
    for text, points in found.items():
        place, half = divmod(int(text.removesuffix("again")), 1000)
        corner, page = divmod(place, PAGES)
        if corner > 3:
            continue
        clash |= pages[page + 1].get(corner, (f"{half:03}",))[0] != f"{half:03}"
        pages[page + 1][corner] = f"{half:03}", points
    whole: list[Corners] = []
    few: list[Corners] = []
    for page, corners in sorted(pages.items()):
        first = {half for corner, (half, _) in corners.items() if corner in (0, 3)}
        last = {half for corner, (half, _) in corners.items() if corner in (1, 2)}
        clash |= len(first) > 1 or len(last) > 1
        code = "".join(sorted(first)[:1] + sorted(last)[:1]) if first and last else ""
        one = Corners(page, code, {corner: points for corner, (_, points) in corners.items()})
        (whole if len(corners) > 2 else few).append(one)
    by_page = tuple(sorted(feet, key=lambda foot: (foot.page, foot.code, foot.team)))
    return Codes(tuple(whole), by_page, tuple(few), clash)


def place_of(corners: Corners, wide_mm: float, high_mm: float) -> tuple[Any, float]:
    """The map from a page's millimetres to the picture's dots, and by how much corners miss it."""
    there: Points = []
    here: Points = []
    for corner, points in sorted(corners.places.items()):
        there += corner_points(corner, wide_mm, high_mm)
        here += points
    map_ = homography(there, here)
    off = np.linalg.norm(mapped(map_, there) - np.array(here), axis=1)
    side = np.mean([np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in _sides(corners)])
    return map_, float(np.sqrt((off**2).mean()) / max(1e-6, side) * SIDE_MM)


def fits(off_mm: float) -> bool:
    """Whether corners lie where they should."""
    return off_mm < _WORST_MM


def _sides(corners: Corners) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for points in corners.places.values():
        yield from zip(points, points[1:] + points[:1], strict=True)


def corner_points(corner: int, wide_mm: float, high_mm: float) -> Points:
    """A corner code's own corners on paper, from its upper left one clockwise."""
    x = IN_MM if corner % 2 == 0 else wide_mm - IN_MM - SIDE_MM
    y = IN_MM if corner < 2 else high_mm - IN_MM - SIDE_MM
    return [(x, y), (x + SIDE_MM, y), (x + SIDE_MM, y + SIDE_MM), (x, y + SIDE_MM)]


def foot_code(plane: Plane, wide_mm: float, high_mm: float) -> PageCode | None:
    """The page code looked for where it should stand."""
    import zxingcpp

    kind: Any = zxingcpp.BarcodeFormat.QRCode
    middle = wide_mm / 2
    box = middle - _FOOT_MM, high_mm - 2 * _FOOT_MM, middle + _FOOT_MM, high_mm
    for per_mm in (10.0, 16.0):
        piece = plane.piece(*box, per_mm=per_mm)
        for dots in (piece, piece.filter(ImageFilter.UnsharpMask(per_mm / 3, 400, 0))):
            for code in zxingcpp.read_barcodes(np.asarray(dots), formats=kind):
                if said := page_code(code.text):
                    return said
    return None

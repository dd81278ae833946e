"""Reads finished sheets back and measures how far each back lies from its front."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader

from deckgen.geometry import PT_PER_MM

_DO = re.compile(rb"q\s+((?:[-\d.]+\s+){6})cm\s+/(\S+)\s+Do\s+Q")


@dataclass(frozen=True)
class Placed:
    """A face as the file places it: its matrix, and its trim size in points."""

    name: str
    matrix: tuple[float, ...]
    width: float
    height: float

    def corner(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


def placed_faces(data: bytes, card_mm: tuple[float, float]) -> list[list[Placed]]:
    """Every page's faces, parsed from its content stream."""
    width, height = (v * PT_PER_MM for v in card_mm)
    pages = []
    for page in PdfReader(io.BytesIO(data)).pages:
        content = page.get_contents().get_data()
        faces = []
        for numbers, name in _DO.findall(content):
            matrix = tuple(float(v) for v in numbers.split())
            faces.append(Placed(name.decode(), matrix, width, height))
        pages.append(faces)
    return pages


def code_of(name: str) -> str:
    """The card's code in an XObject's name such as FormXob.K7-front."""
    return re.split(r"[.]", name)[-1].removesuffix("-front").removesuffix("-back")


def worst_offset_mm(data: bytes, card_mm: tuple[float, float], turn: str) -> float:
    """The largest distance between a back's corner and the front corner it must lie behind.

    A card is turned like a page: its left edge on the front is the right edge of the back.
    `turn` is the edge of the paper, "single" for all fronts before all backs, or "fold".
    """
    reader = PdfReader(io.BytesIO(data))
    sheet_width = float(reader.pages[0].mediabox.width)
    sheet_height = float(reader.pages[0].mediabox.height)
    upright = sheet_height >= sheet_width
    worst = 0.0
    for fronts, backs in _pairs(placed_faces(data, card_mm), turn):
        behind = {code_of(face.name): face for face in backs}
        assert {code_of(f.name) for f in fronts} == set(behind)
        for front in fronts:
            back = behind[code_of(front.name)]
            for x, y in ((0, 0), (front.width, 0), (0, front.height), (front.width, front.height)):
                fx, fy = front.corner(x, y)
                bx, by = back.corner(front.width - x, y)
                if turn == "fold":
                    through = _folded(fronts, behind, bx, by)
                elif (turn != "short") == upright:
                    through = (sheet_width - bx, by)
                else:
                    through = (bx, sheet_height - by)
                off = ((through[0] - fx) ** 2 + (through[1] - fy) ** 2) ** 0.5
                worst = max(worst, off / PT_PER_MM)
    return worst


def _pairs(pages: list[list[Placed]], turn: str) -> list[tuple[list[Placed], list[Placed]]]:
    """The fronts and the backs of each sheet."""
    if turn == "fold":
        return [
            tuple([f for f in page if f.name.endswith(side)] for side in ("-front", "-back"))
            for page in pages
        ]  # type: ignore[misc]
    if turn == "single":
        half = len(pages) // 2
        return list(zip(pages[:half], pages[half:], strict=True))
    return list(zip(pages[::2], pages[1::2], strict=True))


def _folded(
    fronts: list[Placed], behind: dict[str, Placed], x: float, y: float
) -> tuple[float, float]:
    """Where a point comes when the sheet is folded midway between the first card's two faces."""
    front, back = fronts[0], behind[code_of(fronts[0].name)]
    fx, fy = front.corner(front.width / 2, front.height / 2)
    bx, by = back.corner(back.width / 2, back.height / 2)
    if abs(fy - by) < abs(fx - bx):
        return fx + bx - x, y
    return x, fy + by - y

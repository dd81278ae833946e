"""The codes by which a page that comes back on paper is known, and straightened.

Each corner has a Data Matrix of its own: any three say where the page lies, which one it is, and
of which workbook. The page code at the foot says it in one, for phones.
"""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.geometry import Rect, Size, mm
from deckgen.layout.faces.qr import Modules, dark_runs
from deckgen.layout.setting.shapes import filled, rectangle
from deckgen.layout.workbooks.data_matrix import data_matrix
from deckgen.layout.workbooks.page_qr import MOST_LETTERS, page_qr
from deckgen.model.drawing import Drawing, Element, Mark, Role, Shape

# Measured: 10 mm are found at 75 dots an inch, 8 mm are not; printers and scanners lose what
# stands nearer to the edge.
CODE_MM = 10.0
INSET_MM = 12.0  # from the paper's edges to the code
QUIET_MM = 1.5  # of white around it
CLEAR_MM = 23.5  # from the upper and lower edge to where a page's own things may begin
PAGE_CODE_MM = 12.0
PAGE_CODE_QUIET_MM = 2.3
_INK, _WHITE = "#000000", "#FFFFFF"
_PAGES = 250  # that a corner can count; in a longer workbook it begins anew


def corner_rects(size: Size) -> tuple[Rect, Rect, Rect, Rect]:
    """Where the codes stand: top left, top right, bottom left, bottom right."""
    side, near = mm(CODE_MM), mm(INSET_MM)
    far, top = size.width_pt - near - side, size.height_pt - near - side
    return (
        Rect(near, top, side, side),
        Rect(far, top, side, side),
        Rect(near, near, side, side),
        Rect(far, near, side, side),
    )


def corner_number(code: str, page: int, corner: int) -> int:
    """What a corner says: its number, the page (from 1), and a half of the workbook's code.

    Corners that lie across from each other have the same half, so any three have both.
    """
    half = code[:3] if corner in (0, 3) else code[3:]
    return (corner * _PAGES + (page - 1) % _PAGES) * 1000 + int(half)


def page_words(code: str, page: int, team: str = "") -> str:
    """What the page code says; `team` in capitals and digits."""
    return f"DG1 {code} {page} {team}".strip()[:MOST_LETTERS]


def page_code(box: Rect, code: str, page: int, team: str = "") -> Shape:
    """The page code in a square."""
    return _drawn(page_qr(page_words(code, page, team)), box)


def without_page_code(drawing: Drawing) -> tuple[Drawing, Rect | None]:
    """A page without its page code, which is another in each team's copy, and where it stands."""
    spot, elements = None, list[Element]()
    for element in drawing.elements:
        codes = [kid for kid in element.kids if element.stamp and _is_page_code(kid)]
        if codes:
            spot = _box(codes[0])
            element = replace(element, kids=tuple(kid for kid in element.kids if kid not in codes))
        elements.append(element)
    return replace(drawing, elements=tuple(elements)), spot


def _is_page_code(mark: Element | Mark) -> bool:
    is_code = isinstance(mark, Shape) and mark.path[0][0] == "re"
    return is_code and abs(_box(mark).width_pt - mm(PAGE_CODE_MM)) < 0.01


def _box(mark: Element | Mark) -> Rect:
    """What a code takes up: its patterns reach to all of its sides."""
    assert isinstance(mark, Shape)
    lefts, bottoms, widths, heights = zip(*(s[1:] for s in mark.path), strict=True)
    right = max(x + w for x, w in zip(lefts, widths, strict=True))
    top = max(y + h for y, h in zip(bottoms, heights, strict=True))
    return Rect(min(lefts), min(bottoms), right - min(lefts), top - min(bottoms))


def with_corner_codes(drawing: Drawing, code: str, page: int) -> Drawing:
    """A page with a code in each corner, on white if there is a picture. Nobody hears them."""
    marks = list[Mark]()
    for corner, rect in enumerate(corner_rects(drawing.size)):
        if page == 1 and corner < 2:
            marks.append(filled(rectangle(rect.grown(mm(QUIET_MM))), _WHITE))
        marks.append(_drawn(data_matrix(corner_number(code, page, corner)), rect))
    codes = Element(Role.ARTIFACT, tuple(marks), stamp=True)
    return replace(drawing, elements=(*drawing.elements, codes))


def _drawn(rows: Modules, box: Rect) -> Shape:
    """A code as one shape. Rectangles take a third of the bytes that four sides of each take."""
    path = (("re", r.x_pt, r.y_pt, r.width_pt, r.height_pt) for r in dark_runs(rows, box))
    return filled(tuple(path), _INK)

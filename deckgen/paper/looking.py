"""Looking at the pages of files; done in a process of its own (see `readback/limits`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from deckgen.geometry import to_mm
from deckgen.model.answers import Asked
from deckgen.paper.codes import (
    PAGES,
    Codes,
    Corners,
    PageCode,
    find_codes,
    fits,
    foot_code,
    place_of,
)
from deckgen.paper.page_answers import Answers, answers_of
from deckgen.paper.plane import Plane
from deckgen.paper.seen import Job, Seen
from deckgen.paper.unpacked import page_pictures

_PAPERS_MM = ((210.0, 297.0), (215.9, 279.4), (148.0, 210.0), (297.0, 420.0), (215.9, 355.6))
_BLANK_CELLS, _CELL_DARK, _EDGE = 15, 0.2, 0.06
_FROM_A_LIST = "If it was made from a list of teams, name that list with --teams."
_TWO_LEVELS = 0.997  # so much of a picture is nearly black or nearly white


def look(data: bytes, begin: int) -> Iterator[Any]:
    """Each page of some files (see `packed`) as it is seen; a page 0 behind the last of each file.

    Raises nearly anything.
    """
    job = msgspec.json.decode(data[:begin], type=Job)
    for number, size in enumerate(job.sizes):
        ended = Seen(number, 0)
        try:
            for place, picture in enumerate(page_pictures(data[begin : begin + size]), start=1):
                for seen in _of_picture(number, place, picture, job.asked):
                    yield msgspec.to_builtins(seen)
        except Exception as fault:  # one file of several must not take the others along
            why = getattr(fault, "why", "it is damaged, or not complete")
            ended = Seen(number, 0, trouble=why, todo=getattr(fault, "todo", ""))
        yield msgspec.to_builtins(ended)
        begin += size


def _of_picture(
    file: int, place: int, picture: Image.Image | None, asked: tuple[Asked, ...]
) -> Iterator[Seen]:
    if picture is None:
        yield Seen(file, place, trouble="is damaged and can't be drawn")
        return
    two_levels = _has_two_levels(picture)
    grey = picture.convert("L")
    codes = find_codes(grey)
    if codes.clash:
        yield Seen(file, place, trouble="shows two sheets of the same page: take one at a time")
        return
    for corners in codes.pages:
        yield _of_page(Seen(file, place, two_levels=two_levels), grey, corners, codes, asked)
    if codes.pages:
        return
    if codes.few or codes.feet:
        code, page = _named(codes)
        why = "has fewer than three corner codes that can be read: scan it anew, flat and whole"
        yield Seen(file, place, code, page, trouble=why)
    elif _is_blank(grey):
        yield Seen(file, place, is_blank=True)
    else:
        why = "has no corner codes: it was printed before there were any, or is no workbook page"
        yield Seen(file, place, trouble=why)


def _named(codes: Codes) -> tuple[str, int]:
    """The code and number of a page of which too little was read."""
    if codes.feet:
        return codes.feet[0].code, codes.feet[0].page
    return codes.few[0].code, codes.few[0].page


def _of_page(
    seen: Seen, grey: Image.Image, corners: Corners, codes: Codes, asked: tuple[Asked, ...]
) -> Seen:
    """A page whose corners were found."""
    foot = _foot_of(corners, codes.feet)
    seen = msgspec.structs.replace(seen, code=corners.code, page=corners.page)
    book = next((a for a in asked if a.identity.code == corners.code), None)
    if book is None:
        why = f"has the code {spoken(corners.code)}, which no workbook or edition of this deck has"
        return msgspec.structs.replace(seen, trouble=why, todo=_FROM_A_LIST)
    (wide, high), (map_, off) = _fitted(corners, book)
    if not fits(off):
        why = "is folded or curled too much: scan it anew, flat"
        return msgspec.structs.replace(seen, trouble=why)
    plane = Plane(grey, map_)
    if foot is None and (found := foot_code(plane, wide, high)):
        foot = _foot_of(corners, (found,))
    page, team = (foot.page, foot.team) if foot else (corners.page, None)
    if page > book.identity.pages > 0:
        why = f"says that it is page {page}, and that workbook has {book.identity.pages}"
        return msgspec.structs.replace(seen, trouble=why)
    answers: Answers = answers_of(plane, book, page, high, seen.two_levels)
    return msgspec.structs.replace(
        seen,
        page=page,
        team=team,
        said=answers.said,
        fields=answers.fields,
        prints=answers.prints,
        pages=book.identity.pages,
    )


def spoken(code: str) -> str:
    """A code as it is printed."""
    return f"{code[:3]}-{code[3:]}"


def _foot_of(corners: Corners, feet: tuple[PageCode, ...]) -> PageCode | None:
    """The page code that belongs to corners."""
    return next(
        (f for f in feet if f.code == corners.code and (f.page - corners.page) % PAGES == 0), None
    )


def _fitted(corners: Corners, book: Asked) -> tuple[tuple[float, float], tuple[Any, float]]:
    """The paper's size in millimetres (that which fits, if it isn't known) and the map onto it."""
    sizes: tuple[tuple[float, float], ...] = _PAPERS_MM
    if book.size is not None:
        sizes = ((to_mm(book.size.width_pt), to_mm(book.size.height_pt)),)
    ways = [(size, place_of(corners, *size)) for size in sizes]
    return min(ways, key=lambda way: way[1][1])


def _has_two_levels(picture: Image.Image) -> bool:
    """Whether a scanner made everything black or white: thin pencil is lost in such pictures."""
    if picture.mode == "1":
        return True
    counts = picture.convert("L").histogram()
    ends = sum(counts[:12]) + sum(counts[-12:])
    return ends > _TWO_LEVELS * sum(counts)


def _is_blank(grey: Image.Image) -> bool:
    """Whether there is nothing on a page but dust: it is looked at in cells of about 1 mm."""
    cells = grey.resize((210, max(1, round(210 * grey.height / grey.width))), Image.Resampling.BOX)
    dots = np.asarray(cells, np.float32)
    high, wide = dots.shape
    down, across = round(high * _EDGE), round(wide * _EDGE)
    inside = dots[down : high - down, across : wide - across]
    if not inside.size:
        return True
    paper = float(np.quantile(inside, 0.8))
    dark = (paper - inside) / max(1.0, paper) > _CELL_DARK
    return int(dark.sum()) < _BLANK_CELLS

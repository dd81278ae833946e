"""The words on pages and where they stand, and how much ink is in a place: by pdfium.

All of it is done by another process (see `limits`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct

from deckgen.geometry import Rect
from deckgen.readback.limits import PROTECTED, Limits, Refused, in_child

LIMITS = Limits(megabytes=20, seconds=30)
MOST_PAGES, MOST_LETTERS = 500, 50_000
_PASSWORD_FAULTS = (4, 5)  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY
_WRONG = "it is protected by a password", "Give its password, or ask for a copy without one."
_FOOT_PT, _LONGEST_FOOT = 60.0, 1000
_SCALE, _DARK = 3.0, 140  # pixels a point; of 255, what counts as ink


class Word(Struct, frozen=True, gc=False):
    """A word and the box around it, in points from the page's lower left corner."""

    words: str
    box: tuple[float, float, float, float]

    def within(self, rect: Rect) -> bool:
        """Whether its middle lies in a rectangle."""
        x, y = (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2
        return rect.x_pt <= x <= rect.right_pt and rect.y_pt <= y <= rect.top_pt


Words = tuple[tuple[Word, ...], ...]


def page_words(data: bytes, password: str = "") -> Words:
    """The words of each page in the order in which they were drawn. Raises Refused."""
    return looked_at(data, (), password)[0]


def looked_at(
    data: bytes, places: Sequence[tuple[int, Rect]], password: str = ""
) -> tuple[Words, list[float]]:
    """The words of each page, and how much of each place is dark (0 to 1). Raises Refused.

    Pages of places count from 0; a place on no page is not dark.
    """
    given = [(page, *rect.corners) for page, rect in places]
    lines, ended = in_child("page_words:looks", data, given, password, limits=LIMITS)
    if not lines or ended:
        raise Refused(ended or "it is damaged", "Get it again from where it came from.")
    words = tuple(tuple(Word(*word) for word in line["words"]) for line in lines[:-1])
    return words, lines[-1]["ink"]


def unlocked(data: bytes, password: str = "") -> bytes:
    """A file without its protection. Raises Refused if it needs another password.

    A file that only keeps people from changing it opens without one. pdfium knows all the ways
    of protecting files by passwords; those by certificates are left to the next reader's refusal.
    """
    if b"/Encrypt" not in data:
        return data
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_REMOVE_SECURITY, FPDF_GetSecurityHandlerRevision

    try:
        document = pdfium.PdfDocument(data, password=password or None)
    except pdfium.PdfiumError as fault:
        if fault.err_code == _PASSWORD_FAULTS[0]:
            raise Refused(*_WRONG) from fault
        if fault.err_code == _PASSWORD_FAULTS[1]:
            raise Refused(*PROTECTED) from fault
        return data
    if FPDF_GetSecurityHandlerRevision(document.raw) < 0:
        return data
    out = BytesIO()
    document.save(out, flags=FPDF_REMOVE_SECURITY)
    return out.getvalue()


def looks(
    data: bytes, places: Sequence[Sequence[float]], password: str
) -> Iterator[dict[str, Any]]:
    """Each page's words; then how dark the places are. Raises nearly anything."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(unlocked(data, password))
    document.init_forms()
    ink = [0.0] * len(places)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        yield {"words": [(word.words, word.box) for word in _words(page)]}
        here = [i for i, place in enumerate(places) if place[0] == number]
        if here:
            picture = page.render(scale=_SCALE, grayscale=True, may_draw_forms=True).to_pil()
            for i in here:
                ink[i] = _darkness(picture, places[i][1:])
        page.close()
    yield {"ink": ink}


def _darkness(picture: Any, corners: Sequence[float]) -> float:
    left, bottom, right, top = (_SCALE * v for v in corners)
    height = picture.height
    box = round(left), round(height - top), round(right), round(height - bottom)
    cut: list[int] = picture.crop(box).convert("L").histogram()
    return sum(cut[:_DARK]) / max(1, sum(cut))


def texts_of(data: bytes) -> Iterator[tuple[str, str]]:
    """The text of each page, and what stands at its foot."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text = page.get_textpage()
        count = min(max(text.count_chars(), 0), MOST_LETTERS)
        foot = text.get_text_bounded(top=_FOOT_PT) if count else ""
        yield (text.get_text_range(0, count) if count else ""), foot[:_LONGEST_FOOT]
        text.close()
        page.close()


def _words(page: Any) -> Iterator[Word]:
    """A page's words, letter by letter."""
    from ctypes import byref, c_double

    from pypdfium2.raw import FPDFText_GetCharBox, FPDFText_GetUnicode

    text, sides = page.get_textpage(), tuple(c_double() for _ in range(4))
    left, right, bottom, top = sides
    letters, box = "", [9e9, 9e9, -9e9, -9e9]
    for place in range(min(text.count_chars(), MOST_LETTERS)):
        letter = chr(FPDFText_GetUnicode(text, place) % 0x110000)
        if not letter.isspace() and letter != "\0":
            FPDFText_GetCharBox(text, place, *map(byref, sides))
            letters += letter
            low, high = (left.value, bottom.value), (right.value, top.value)
            box = [*map(min, box[:2], low), *map(max, box[2:], high)]
        elif letters:
            yield Word(_whole(letters), (box[0], box[1], box[2], box[3]))
            letters, box = "", [9e9, 9e9, -9e9, -9e9]
    if letters:
        yield Word(_whole(letters), (box[0], box[1], box[2], box[3]))
    text.close()


def _whole(letters: str) -> str:
    """Letters beyond U+FFFF come in two halves."""
    return letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

"""A workbook that deckgen built, as a thing to fill in: its blank pages in dots, and what it asks.

What is asked is taken from the fields of the file, so that nothing of how it was laid out is used.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader

from deckgen.geometry import Rect, Size
from deckgen.model.answers import Asked, Asks, Identity, Option, Question, Spot
from deckgen.paper.codes import find_codes
from tests.paper.pens import DPI

_KINDS = {"/Btn": Asks.TICK, "/Ch": Asks.OPTION, "/Tx": Asks.LINES}


class Book:
    """A file of pages to fill in."""

    def __init__(self, data: bytes) -> None:
        self._document = pdfium.PdfDocument(data)
        self._document.init_forms()
        self._reader = PdfReader(BytesIO(data))
        self._blanks: dict[int, Image.Image] = {}

    def blank(self, number: int, _team: str = "") -> Image.Image:
        """A page as a printer prints it, in grey."""
        if number not in self._blanks:
            drawn = self._document[number - 1].render(scale=DPI / 72, may_draw_forms=True)
            self._blanks[number] = drawn.to_pil().convert("L")
        return self._blanks[number].copy()

    @cached_property
    def asked(self) -> Asked:
        pages = self._reader.pages
        code = find_codes(self.blank(len(pages))).pages[0].code
        spots: dict[tuple[str, Asks], list[Spot]] = defaultdict(list)
        for number, page in enumerate(pages, start=1):
            for widget in (note.get_object() for note in page.get("/Annots") or ()):
                if widget.get("/Subtype") == "/Widget" and not int(widget.get("/F", 0)) & 2:
                    name, kind, value = _field(widget)
                    x0, y0, x1, y1 = (float(n) for n in widget["/Rect"])
                    spots[name, kind].append(Spot(number, Rect(x0, y0, x1 - x0, y1 - y0), value))
        box = pages[0].mediabox
        size = Size(float(box.width), float(box.height))
        identity = Identity("Built", "built", "1", "en", code=code, pages=len(pages))
        return Asked(identity, "Built", "", tuple(_question(*s) for s in spots.items()), size)


def _field(widget: Any) -> tuple[str, Asks, str]:
    names, node, kind = [], widget, None
    while node is not None:
        if "/T" in node:
            names.append(str(node["/T"]))
        kind = kind or node.get("/FT")
        node = node["/Parent"].get_object() if "/Parent" in node else None
    flags = int(
        widget.get("/Ff", 0) or (widget["/Parent"].get("/Ff", 0) if "/Parent" in widget else 0)
    )
    radio = kind == "/Btn" and flags & (1 << 15)
    value = next((s[1:] for s in widget["/AP"]["/N"] if s != "/Off"), "") if radio else ""
    return ".".join(reversed(names)), Asks.OPTION if radio else _KINDS[str(kind)], value


def _question(key: tuple[str, Asks], spots: list[Spot]) -> Question:
    options = tuple(Option(spot.value, spot.value) for spot in spots if spot.value)
    return Question(key[0], key[1], key[0], options=options, digest=key[0], spots=tuple(spots))

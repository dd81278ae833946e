"""Pictures of single faces and sheets as PNG, drawn when somebody looks at them.

A picture's name says all that it shows, so it is known before the picture is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from threading import Lock

import pypdfium2 as pdfium
from msgspec import Struct
from msgspec.msgpack import Encoder
from PIL import Image

from deckgen.design.fonts import FontBook
from deckgen.design.vision import NORMAL, SIGHTS
from deckgen.model.drawing import Drawing
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.paint import painter_for
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.preview import as_seen
from deckgen.sheets.sheet import SheetSide

FACE_DPI, SHEET_DPI = 144, 110
_MOST_BYTES = 64_000_000  # of pictures that are kept: about 800 faces
_SAVES = 8  # pages that are open may still ask for the pictures of so many saves
_QUICK = 3  # how hard PNG tries to be small: harder gains nothing on flat colours
_ENCODER = Encoder(enc_hook=repr)  # of a person's picture, which its digest stands for


class Subject(Struct, frozen=True):
    """What there can be a picture of. `info` goes into the file that it is drawn from."""

    shown: Drawing | SheetSide
    book: FontBook
    info: DocumentInfo

    @property
    def dpi(self) -> int:
        """Dots an inch."""
        return FACE_DPI if isinstance(self.shown, Drawing) else SHEET_DPI

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in dots, as pdfium rounds them."""
        size, scale = self.shown.size, self.dpi / 72
        return math.ceil(size.width_pt * scale), math.ceil(size.height_pt * scale)

    @property
    def name(self) -> str:
        """Fingerprint of all that can be seen: the same letters in other fonts are another."""
        fonts = sorted((name, face.digest) for name, face in self.book.faces.items())
        return sha256(_ENCODER.encode((self.shown, fonts, self.dpi))).hexdigest()

    def draw(self) -> Image.Image:
        """The picture."""
        if isinstance(self.shown, Drawing):
            data = write_pages([self.shown], self.info, self.book)
        else:
            data = write_sheets([self.shown], self.info, self.book)
        painter_for(self.book).forget()
        document = pdfium.PdfDocument(data)
        try:
            image: Image.Image = document[0].render(scale=self.dpi / 72).to_pil()
            return image.convert("RGB")
        finally:
            document.close()


class Studio:
    """Draws what is asked for, one at a time, and keeps the latest pictures, as many as fit."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._offers: tuple[Mapping[str, Subject], ...] = ()  # the latest first
        self._kept: dict[tuple[str, str], bytes] = {}  # the one that was asked for last is last
        self._one = Lock()  # pdfium does one thing at a time

    def offer(self, subjects: Mapping[str, Subject]) -> None:
        """What may be asked for from now on, by name."""
        self._offers = (subjects, *self._offers[: _SAVES - 1])

    def close(self) -> None:
        """Wait for what is being drawn, and draw nothing more: pdfium ends with the program."""
        with self._one:
            self._offers = ()

    def picture(self, name: str, sight: str) -> bytes | None:
        """A PNG as a sight of SIGHTS sees it; None if nothing of that name is offered."""
        with self._one:
            subject = next((offer[name] for offer in self._offers if name in offer), None)
            if subject is None or sight not in SIGHTS:
                return None
            png = self._kept.pop((name, sight), None) or self._drawn(name, sight, subject)
            self._kept[name, sight] = png
            size = sum(map(len, self._kept.values()))
            while size > self._most_bytes and len(self._kept) > 1:
                size -= len(self._kept.pop(next(iter(self._kept))))
            return png

    def _drawn(self, name: str, sight: str, subject: Subject) -> bytes:
        if sight == NORMAL:
            return _png(subject.draw())
        usual = self._kept.get((name, NORMAL))
        with Image.open(BytesIO(usual)) if usual else subject.draw() as image:
            return _png(as_seen(image, sight))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=_QUICK)
    return out.getvalue()

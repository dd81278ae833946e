"""The look of A4 pages: the workbook, and the cover and instructions of the pack."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from deckgen.design.stock import Extent, Length
from deckgen.design.theme import TypeStyle
from deckgen.settings import Settings

# Lines for a pen stand 5 to 15 mm apart.
Pitch = Annotated[float, Meta(ge=5, le=15)]


class PaperLook(Settings, frozen=True):
    """Margins in millimetres, type in points."""

    page: Extent
    margin: Length
    top: Length
    footer: Length
    writing_pitch: Pitch
    styles: dict[str, TypeStyle]

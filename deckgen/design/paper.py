"""The look of pages: the workbook, and the cover and instructions of the pack."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from deckgen.design.stock import Extent, Length, OfficePaper
from deckgen.design.theme import TypeStyle
from deckgen.settings import Settings

# Lines for a pen stand 5 to 15 mm apart.
Pitch = Annotated[float, Meta(ge=5, le=15)]


class PaperLook(Settings, frozen=True):
    """Margins in millimetres, type in points. A stock may have pages of another size."""

    page: Extent
    margin: Length
    top: Length
    footer: Length
    writing_pitch: Pitch
    styles: dict[str, TypeStyle]


def on_pages(paper: PaperLook, pages: OfficePaper) -> PaperLook:
    """The look on pages of another size."""
    names = ("margin", "top", "footer")
    margins = {name: getattr(pages, name) for name in names if getattr(pages, name) is not None}
    return replace(paper, page=Extent(pages.width, pages.height), **margins)

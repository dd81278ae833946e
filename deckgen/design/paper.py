"""The look of A4 pages: the workbook, and the cover and instructions of the pack."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from deckgen.design.stock import Extent
from deckgen.design.theme import TypeStyle


class PaperLook(BaseModel):
    """Margins in millimetres, type in points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: Extent
    margin: float
    top: float
    footer: float
    writing_pitch: float
    styles: dict[str, TypeStyle]

"""The look of A4 pages: the workbook, and the cover and instructions of the pack."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from deckgen.design.stock import Extent, Length
from deckgen.design.theme import TypeStyle

# Lines for a pen stand 5 to 15 mm apart.
Pitch = Annotated[float, Field(ge=5, le=15)]


class PaperLook(BaseModel):
    """Margins in millimetres, type in points."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    page: Extent
    margin: Length
    top: Length
    footer: Length
    writing_pitch: Pitch
    styles: dict[str, TypeStyle]

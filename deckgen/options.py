"""The choices for one build: looks, sheets, selection, print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from deckgen.sheets.imposition import Plan


class Look(Struct, frozen=True):
    """How faces and pages look; None leaves a choice to content/deck.toml.

    `size` is the print shop's trade size; "" for the stock's cards. `page_mm` are pages of another
    size than the stock's, width and height in millimetres.
    """

    theme: str | None = None
    stock: str | None = None
    ink_saver: bool = False
    large_print: bool = False
    qr: bool = False
    size: str = ""
    page_mm: tuple[float, float] | None = None


class Given(Struct, frozen=True):
    """A file that somebody named: its name as they wrote it, and its bytes."""

    name: str
    data: bytes


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """Choices for one build; None leaves a choice to content/deck.toml.

    Without a `size` the print shop's cards are A6 and pictures those of the stock. `trimmed`
    pictures have no bleed. Without a `booklet_paper` a booklet is folded of the paper of the pages.
    """

    theme: str | None = None
    stock: str | None = None
    ink_saver: bool = False
    large_print: bool = False
    qr: bool = False
    turn: str = ""
    printer: str = ""
    order: str = "rows"
    copies: int = 1
    corner_mm: float = 0.0
    hole_mm: float = 0.0
    cards: str = ""
    time_frame: str = ""
    role: str = ""
    size: str = ""
    standard: str = "x-4"
    page_order: str = "front-back"
    booklet_paper: str = ""
    faces_dpi: int = 300
    faces_format: Literal["png", "tiff", "tiff-cmyk"] = "png"
    trimmed: bool = False
    before: tuple[Given, ...] = ()
    after: tuple[Given, ...] = ()

    @property
    def print_size(self) -> str:
        """The trade size of the print shop's file."""
        return self.size or "a6"

    @property
    def selects(self) -> bool:
        """Whether only some cards are wanted on the sheets."""
        return bool(self.cards or self.time_frame or self.role)

    @property
    def look(self) -> Look:
        """The choices that decide how faces and pages look."""
        return Look(self.theme, self.stock, self.ink_saver, self.large_print, self.qr)

    @property
    def plan(self) -> Plan:
        """How the cards are put on sheets. Loads layout: choices alone must cost nothing."""
        from deckgen.sheets.imposition import Order, Plan, Turn

        return Plan(
            Turn(self.turn or Turn.LONG),
            Order(self.order),
            self.copies,
            self.printer,
            self.corner_mm,
            self.hole_mm,
        )

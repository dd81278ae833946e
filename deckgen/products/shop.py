"""The print shop's file, checked by its own preflight, and the ticket that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Drawing
from deckgen.options import Options
from deckgen.products.gate import BuildFault, refuse_file_faults
from deckgen.products.shop_layout import PressLayout


def render_press(layout: PressLayout, options: Options, issued: datetime) -> tuple[bytes, bytes]:
    """The print shop's file, which has passed its own preflight, and the ticket."""
    from deckgen.pdf.metadata import DocumentInfo
    from deckgen.pdf.press import Standard, write_press
    from deckgen.pdf.write import write_pages
    from deckgen.preflight.check import preflight

    deck = layout.content.deck
    size = layout.press.settings.sizes[options.size].name
    info = DocumentInfo(
        title=f"{deck.title}: cards for the print shop, {size}",
        author=deck.publisher,
        subject=deck.subtitle,
        language=deck.language,
        issued=issued,
        edition=deck.edition.number,
    )
    design = layout.design
    data = write_press(
        in_page_order(layout.cards, options.page_order),
        info,
        design.book,
        design.palettes,
        layout.press,
        Standard(options.standard),
    )
    result = preflight(data)
    if not result.passed:
        said = "; ".join(f"{f.rule.key}: {f.found}" for f in result.findings[:5])
        raise BuildFault(f"the print file failed its preflight: {said}")
    about = replace(info, title=f"{info.title}: ticket")
    ticket = write_pages(layout.ticket, about, design.book)
    refuse_file_faults("ticket", ticket)
    return data, ticket


def in_page_order(cards: Sequence[CardFaces], order: str) -> list[Drawing]:
    """Faces as shops want them: "front-back", "back-front", or "fronts-backs" (all, then all)."""
    fronts, backs = [card.front for card in cards], [card.back for card in cards]
    if order == "fronts-backs":
        return [*fronts, *backs]
    pairs = zip(fronts, backs, strict=True)
    return [face for pair in pairs for face in (pair if order == "front-back" else pair[::-1])]

"""The first two pages of the pack: its cover, and how to print it."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Spacer, Table

from benchmarks.idiomatic.looks import Looks
from benchmarks.idiomatic.pages import PAGE_WIDTH, PLAIN, WIDTH, Drawn, Pages


def make_guide(name: str, deck: dict[str, Any], book: dict[str, Any], looks: Looks) -> None:
    """The pack's cover, and how to print it."""
    pages = Pages(deck, book, looks, deck["title"])
    cards, sheets = len(deck["cards"]) + 1, -(-(len(deck["cards"]) + 1) // 4)
    order = ", ".join(section["span"] for section in deck["sections"])
    steps = [
        ("Load the paper", "A4 paper, heavy if you have it: 160 to 250 g/m² makes good cards."),
        ("Set the printer", "Actual size or 100 %. Both sides. Turn on the long edge. Colour."),
        (
            "Print one sheet first",
            "Pages 3 and 4. Its ruler must be 100 mm long. Hold the sheet to the light: the backs "
            "must lie behind the fronts.",
        ),
        ("Print the rest", f"Cards are pages 3 to {2 + 2 * sheets}. The workbook follows."),
        ("Cut the cards", "Follow the small marks at the edges, as in the drawing below."),
        ("Sort them", f"Put the cards in this order: {order}, Index."),
    ]
    lead = (
        f"This file prints in one go, on both sides of the paper. You get {sheets} sheets with "
        f"{cards} cards, then the workbook."
    )
    cuts = [
        "<b>Cut 1:</b> down the middle, between the columns.",
        "<b>Cut 2:</b> across the middle, between the rows.",
        "<b>Then:</b> trim each of 4 pieces along its marks, four edges.",
        "<b>In all:</b> 18 cuts for a stack of sheets.",
    ]
    note = "A cut that is half a millimetre off does no harm: colour runs over every edge."
    words = [pages.text(cut, "body", spaceAfter=8) for cut in cuts] + [pages.text(note, "hint")]
    plan = Table([[cutting_plan(looks), words]], colWidths=[150, WIDTH - 150], style=PLAIN)
    contents = f"{cards - 1} cards, an index card and a workbook: {book['title']}"
    story = [
        Spacer(1, PAGE_WIDTH * 5 / 6 - 6),
        pages.text(deck["title"], "display", spaceAfter=8),
        pages.text(deck["subtitle"], "subtitle", spaceAfter=12),
        pages.text(contents, "body"),
        PageBreak(),
        pages.heading("How to print this pack"),
        pages.text(lead, "lead"),
        pages.steps(steps),
        Spacer(1, 16),
        pages.heading("Where to cut", "h2"),
        plan,
    ]
    pages.write(name, story, "pack", deck["publisher"])


def cutting_plan(looks: Looks) -> Drawn:
    """A small sheet with its cards and the two cuts between them."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(looks.colours["rule"])
        canvas.roundRect(0, 0, 105, 148, 2)
        canvas.setStrokeColor(looks.colours["teal_mid"])
        for x in (4, 53.5):
            for y in (4, 74.5):
                canvas.roundRect(x, y, 47.5, 68.5, 1)
        canvas.setStrokeColor(looks.colours["ink"])
        canvas.setDash(3, 3)
        canvas.lines([(52.5, -6, 52.5, 154), (-6, 73.5, 111, 73.5)])
        canvas.setFillColor(looks.colours["ink"])
        canvas.setFont("Bold", 13)
        canvas.drawString(57, 150, "1")
        canvas.drawString(115, 69, "2")

    return Drawn(105, 160, draw)

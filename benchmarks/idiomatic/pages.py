"""What the pages of the workbook and of the guide share."""

from __future__ import annotations

from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from benchmarks.idiomatic.looks import Looks, draw_tiles

PAGE_WIDTH, PAGE_HEIGHT = A4
WIDTH = PAGE_WIDTH - 40 * mm
PLAIN = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
SHARES = (0.25, 0.5, 1.0)  # of a clock, for the three time frames
ROUND = ("ROUNDEDCORNERS", [8, 8, 8, 8])


class Drawn(Flowable):
    """A drawing of a fixed size, by a function of the canvas."""

    def __init__(self, width: float, height: float, draw: Any) -> None:
        super().__init__()
        self.width, self.height, self.picture = width, height, draw

    def draw(self) -> None:
        self.picture(self.canv)


class Pages:
    """What the pages of one file share."""

    def __init__(
        self, deck: dict[str, Any], book: dict[str, Any], looks: Looks, title: str
    ) -> None:
        self.deck, self.book, self.looks, self.title = deck, book, looks, title
        self.stamp = f"{deck['edition']} · review by {deck['review']}"
        self.palettes = {section["prefix"]: section["palette"] for section in deck["sections"]}

    def text(self, words: str, style: str, **changes: Any) -> Paragraph:
        looks = self.looks
        return Paragraph(words, looks.style(style, **changes) if changes else looks.styles[style])

    def heading(self, title: str, style: str = "h1", key: str = "") -> Paragraph:
        anchor = f'<a name="{key}"/>' if key else ""
        return self.text(anchor + title, style, spaceAfter=6)

    def points(self, points: list[str]) -> list[Paragraph]:
        style = self.looks.style("body", leftIndent=16, bulletIndent=2, spaceBefore=6)
        return [Paragraph(words, style, bulletText="•") for words in points]

    def disc(self, share: float, radius: float = 13) -> Drawn:
        """A clock that says how long a time frame is."""

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(self.looks.colours["amber"])
            canvas.setStrokeColor(self.looks.colours["teal"])
            canvas.setLineWidth(1.4)
            box = (0, 0, 2 * radius, 2 * radius)
            canvas.wedge(*box, 90, -359.9 * share, stroke=0, fill=1)
            canvas.circle(radius, radius, radius, stroke=1, fill=0)

        return Drawn(2 * radius, 2 * radius, draw)

    def steps(self, steps: list[tuple[str, str]]) -> Table:
        """Numbered steps, two a row."""

        def number(n: int) -> Drawn:
            def draw(canvas: Canvas) -> None:
                canvas.setFillColor(self.looks.colours["teal"])
                canvas.circle(15, 15, 15, stroke=0, fill=1)
                canvas.setFillColor(self.looks.colours["white"])
                canvas.setFont("Bold", 16)
                canvas.drawCentredString(15, 9.4, str(n))

            return Drawn(30, 30, draw)

        cells = [
            (number(n), [self.text(title, "h3"), self.text(words, "body")])
            for n, (title, words) in enumerate(steps, start=1)
        ]
        rows = [[*cells[at], *cells[at + 1]] for at in range(0, len(cells), 2)]
        half = WIDTH / 2
        return Table(rows, colWidths=[42, half - 42] * 2, style=PLAIN, spaceBefore=12)

    def panel(self, rows: list[Any], widths: list[float], colour: str = "teal_tint") -> Table:
        style = [
            ("BACKGROUND", (0, 0), (-1, -1), self.looks.colours[colour]),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ROUND,
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ]
        return Table(rows, colWidths=widths, style=style, spaceBefore=10, spaceAfter=6)

    def cover(self, canvas: Canvas, seed: str, right: str) -> None:
        side = PAGE_WIDTH / 6
        canvas.saveState()
        canvas.translate(0, PAGE_HEIGHT - 5 * side)
        grounds = [self.looks.palettes[name] for name in self.palettes.values()]
        draw_tiles(canvas, seed, range(5), range(6), side, grounds)
        canvas.restoreState()
        self.foot_line(canvas, self.stamp, "", right)

    def foot(self, canvas: Canvas, document: Any) -> None:
        self.foot_line(canvas, self.title, self.stamp, str(document.page))

    def foot_line(self, canvas: Canvas, left: str, middle: str, right: str) -> None:
        canvas.setFillColor(self.looks.colours["quiet"])
        canvas.setFont("Regular", 12)
        canvas.drawString(20 * mm, 12 * mm, left)
        canvas.drawCentredString(PAGE_WIDTH / 2, 12 * mm, middle)
        canvas.setFillColor(self.looks.colours["teal"])
        canvas.setFont("Bold", 13)
        canvas.drawRightString(PAGE_WIDTH - 20 * mm, 12 * mm, right)

    def write(self, name: str, story: list[Any], seed: str, right: str) -> None:
        document = SimpleDocTemplate(
            name,
            pagesize=A4,
            leftMargin=20 * mm - 6,
            rightMargin=20 * mm - 6,
            topMargin=20 * mm - 6,
            bottomMargin=18 * mm,
            title=self.title,
            author=self.deck["publisher"],
        )

        def first(canvas: Canvas, _: Any) -> None:
            self.cover(canvas, seed, right)

        document.build(story, onFirstPage=first, onLaterPages=self.foot)

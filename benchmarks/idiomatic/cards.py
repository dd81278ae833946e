"""The cards on A4 sheets, four a side, backs behind their fronts."""

from __future__ import annotations

from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepInFrame,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from benchmarks.idiomatic.looks import Looks, draw_chips, draw_icon, draw_tiles

WIDTH, HEIGHT, BLEED, MARGIN = 95 * mm, 137 * mm, 1.5 * mm, 8 * mm
LEFTS = (8 * mm, 107 * mm)
BOTTOMS = (149 * mm, 8 * mm)
INNER = WIDTH - 2 * MARGIN


class Ground(Flowable):
    """What lies behind the words of one face; takes no room."""

    def __init__(self, deck: dict[str, Any], card: dict[str, Any], looks: Looks) -> None:
        super().__init__()
        self.deck, self.card, self.looks = deck, card, looks
        self.palette = looks.palettes[card["palette"]]

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.translate(-MARGIN, -HEIGHT)
        self.canv.saveState()
        path = self.canv.beginPath()
        path.rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)
        self.canv.clipPath(path, stroke=0, fill=0)
        self.face(self.canv)
        self.canv.restoreState()

    def face(self, canvas: Canvas) -> None:
        raise NotImplementedError

    def lines(self, canvas: Canvas, y: float, *texts: str) -> None:
        """Small lines from a height downwards."""
        canvas.setFont("Regular", 12)
        canvas.setFillColor(self.looks.colours["quiet"])
        for number, text in enumerate(texts):
            canvas.drawString(MARGIN, y - number * 5.6 * mm, text)


class Front(Ground):
    def face(self, canvas: Canvas) -> None:
        card, palette, side = self.card, self.palette, WIDTH / 5
        canvas.bookmarkPage(card["code"])
        canvas.addOutlineEntry(f"{card['code']} {card['title']}", card["code"])
        canvas.saveState()
        canvas.translate(0, HEIGHT - 4 * side)
        grounds = [self.looks.palettes[name] for name in card["grounds"]]
        draw_tiles(canvas, card["code"], range(5), range(-1, 6), side, grounds)
        canvas.restoreState()
        canvas.setFillColor(self.looks.colours["white"])
        width = canvas.stringWidth(card["code"], "ExtraBold", 44) + 2 * MARGIN
        canvas.roundRect(-BLEED, 55 * mm, width, 23 * mm, 3 * mm, stroke=0, fill=1)
        canvas.rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, 61 * mm + BLEED, stroke=0, fill=1)
        canvas.setFillColor(palette["deep"])
        canvas.setFont("ExtraBold", 44)
        canvas.drawString(MARGIN, 65.8 * mm, card["code"])
        self.foot(canvas)

    def foot(self, canvas: Canvas) -> None:
        card, palette = self.card, self.palette
        if card["printed_as"]:
            self.lines(canvas, 33.5 * mm, f"Printed as {card['printed_as']} in older packs")
        if card["chips"]:
            self.lines(canvas, 26.3 * mm, "Goes with")
            x = MARGIN + canvas.stringWidth("Goes with ", "Regular", 12) + 4
            draw_chips(canvas, self.looks, card["chips"], x, 26.3 * mm, 12)
        draw_icon(canvas, self.looks.icons[card["icon"]], MARGIN, 16.5 * mm, 7.2 * mm, palette)
        canvas.setFillColor(palette["deep"])
        canvas.setFont("SemiBold", 13)
        canvas.drawString(MARGIN + 9 * mm, 18.4 * mm, card["section_name"])
        stamp = f"{self.deck['edition']} · {card['mark']}"
        self.lines(canvas, 11.4 * mm, stamp, f"Review by {self.deck['review']}")
        for number in range(card["pips"]):
            canvas.setFillColor(palette["mid"] if number else palette["count"])
            canvas.circle(WIDTH - MARGIN - number * 2.6 * mm, 7.2 * mm, 0.8 * mm, stroke=0, fill=1)


class Back(Ground):
    def face(self, canvas: Canvas) -> None:
        canvas.setFillColor(self.palette["tint"])
        canvas.rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, stroke=0, fill=1)
        if self.card["uses"]:
            canvas.setFont("Medium", 12)
            canvas.setFillColor(self.palette["deep"])
            canvas.drawString(MARGIN, 10.6 * mm, f"Workbook: {self.card['uses']}")
        self.lines(canvas, 5 * mm, f"{self.deck['edition']} · {self.card['mark']}")
        canvas.drawRightString(WIDTH - MARGIN, 5 * mm, f"Review by {self.deck['review']}")


def front(deck: dict[str, Any], card: dict[str, Any], looks: Looks) -> list[Any]:
    title = Paragraph(card["title"], looks.styles["card_title"])
    return [Front(deck, card, looks), Spacer(1, 77 * mm), KeepInFrame(INNER, 24 * mm, [title])]


def back(deck: dict[str, Any], card: dict[str, Any], looks: Looks) -> list[Any]:
    palette = looks.palettes[card["palette"]]
    code = looks.style(
        "back_title", fontName="ExtraBold", fontSize=21, leading=23, textColor=palette["deep"]
    )
    head = Table(
        [[Paragraph(card["code"], code), Paragraph(card["title"], looks.styles["back_title"])]],
        colWidths=[stringWidth(card["code"], "ExtraBold", 21) + 10, None],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LINEBELOW", (0, 0), (-1, -1), 1, palette["mid"]),
        ],
    )
    body: list[Any] = [head, Spacer(1, 2 * mm)]
    if card["lead"]:
        lead = looks.style("point", fontName="Medium", textColor=palette["deep"])
        body.append(Paragraph(card["lead"], lead))
    point = looks.style(
        "point", leftIndent=15, bulletIndent=2, spaceBefore=4, bulletColor=palette["mid"]
    )
    body += [Paragraph(words, point, bulletText="•") for words in card["points"]]
    body += [Spacer(1, 4 * mm), panel(card, looks)]
    room = HEIGHT - 24 * mm
    return [Back(deck, card, looks), Spacer(1, 7 * mm), KeepInFrame(INNER, room, body)]


def panel(card: dict[str, Any], looks: Looks) -> Table:
    """Questions on white; on the index card, the sections in their colours."""
    palette, white = looks.palettes[card["palette"]], looks.colours["white"]
    style: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, -1), white),
        ("ROUNDEDCORNERS", [6, 6, 6, 6]),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    title = Paragraph(card["talk_title"], looks.style("back_title", textColor=palette["deep"]))
    if "sections" not in card:
        rows = [[title], *([Paragraph(q, looks.styles["question"])] for q in card["talk"])]
        return Table(rows, colWidths=[INNER], style=style)
    rows = [[title, ""]]
    style.append(("SPAN", (0, 0), (1, 0)))
    for number, section in enumerate(card["sections"], start=1):
        colours = looks.palettes[section["palette"]]
        words = looks.style("back_title", fontSize=12, textColor=colours["on_band"])
        rows.append([Paragraph(section["span"], words), section["name"]])
        style += [
            ("BACKGROUND", (0, number), (0, number), colours["band"]),
            ("FONT", (1, number), (1, number), "Regular", 11),
        ]
    return Table(rows, colWidths=[33 * mm, INNER - 33 * mm], style=style)


def all_cards(deck: dict[str, Any]) -> list[dict[str, Any]]:
    """The cards with what they get from their sections, and the index card."""
    sections = {section["prefix"]: section for section in deck["sections"]}
    palettes = {c["code"]: sections[c["section"]]["palette"] for c in deck["cards"]}
    cards = []
    for card in deck["cards"]:
        section = sections[card["section"]]
        digits = card["code"].removeprefix(section["prefix"])
        more = {
            "palette": section["palette"],
            "grounds": [section["palette"]],
            "icon": section["icon"],
            "section_name": section["name"],
            "chips": [(code, palettes[code]) for code in card["see_also"] if code in palettes],
            "pips": int(digits),
            "talk_title": "Talk about it",
        }
        cards.append(card | more)
    index = {
        "code": "Index",
        "title": deck["title"],
        "printed_as": "",
        "mark": "MGVJ",
        "lead": "",
        "uses": "",
        "points": deck["how_to_use"],
        "palette": "teal",
        "grounds": [section["palette"] for section in deck["sections"]],
        "icon": "cards",
        "section_name": "How to use these cards",
        "chips": [],
        "pips": 0,
        "talk_title": "Cards in force",
        "sections": deck["sections"],
    }
    return [*cards, index]


def sheet_marks(deck: dict[str, Any], codes: list[str], total: int) -> Any:
    """What is drawn around the cards of each sheet side: a line of data, a ruler, crop marks."""

    def draw(canvas: Canvas, document: Any) -> None:
        number = (document.page + 1) // 2
        side = "front" if document.page % 2 else "back"
        here = ", ".join(codes[4 * number - 4 : 4 * number])
        canvas.saveState()
        canvas.setFont("Medium", 7)
        stamp = f"{deck['edition']} · review by {deck['review']}"
        canvas.drawString(
            10 * mm, 288 * mm, f"Sheet {number} of {total} · {side} · {stamp} · {here}"
        )
        canvas.drawRightString(196 * mm, 288 * mm, "Turn the paper on its long edge")
        canvas.drawString(110 * mm, 290.2 * mm, "100 mm at actual size")
        canvas.setLineWidth(0.35)
        canvas.line(8 * mm, 290.7 * mm, 108 * mm, 290.7 * mm)
        for tick in range(0, 101, 5):
            high = 0.7 if tick % 10 else 1.2
            canvas.line((8 + tick) * mm, 290.7 * mm, (8 + tick) * mm, (290.7 + high) * mm)
        for x in (x for left in LEFTS for x in (left, left + WIDTH)):
            canvas.line(x, 5 * mm, x, 6.5 * mm)
            canvas.line(x, 287.5 * mm, x, 289.5 * mm)
        for y in (y for bottom in BOTTOMS for y in (bottom, bottom + HEIGHT)):
            canvas.line(5 * mm, y, 6.5 * mm, y)
            canvas.line(203.5 * mm, y, 205 * mm, y)
        canvas.restoreState()

    return draw


def make_sheets(name: str, deck: dict[str, Any], looks: Looks) -> None:
    """Fronts, then their backs with the columns swapped, sheet after sheet."""
    cards = all_cards(deck)
    sheets = [cards[at : at + 4] for at in range(0, len(cards), 4)]
    on_page = sheet_marks(deck, [card["code"] for card in cards], len(sheets))

    def frames(lefts: tuple[float, ...]) -> list[Frame]:
        pads = {"leftPadding": MARGIN, "rightPadding": MARGIN, "topPadding": 0, "bottomPadding": 0}
        return [Frame(x, y, WIDTH, HEIGHT, **pads) for y in BOTTOMS for x in lefts]

    document = BaseDocTemplate(name, pagesize=A4, title=deck["title"], author=deck["publisher"])
    document.addPageTemplates(
        [
            PageTemplate("fronts", frames(LEFTS), onPage=on_page),
            PageTemplate("backs", frames(LEFTS[::-1]), onPage=on_page),
        ]
    )
    story: list[Any] = []
    for sheet in sheets:
        for face, following in ((front, "backs"), (back, "fronts")):
            story.append(NextPageTemplate(following))
            for card in sheet:
                story += [*face(deck, card, looks), FrameBreak()]
            story += [FrameBreak()] * (4 - len(sheet))
    document.build(story)

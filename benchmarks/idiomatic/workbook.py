"""The workbook, and the first two pages of the pack."""

from __future__ import annotations

from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from benchmarks.idiomatic.fields import PITCH, Choice, Field, Line, Steps, Tick, WritingBox
from benchmarks.idiomatic.looks import Looks, draw_chips, draw_icon, draw_tiles

PAGE_WIDTH, PAGE_HEIGHT = A4
WIDTH = PAGE_WIDTH - 40 * mm
COLUMNS = [0.42 * WIDTH, 0.18 * WIDTH, 0.17 * WIDTH, 0.23 * WIDTH]
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


def make_workbook(name: str, deck: dict[str, Any], book: dict[str, Any], looks: Looks) -> None:
    """Twelve pages for this deck."""
    pages = Pages(deck, book, looks, book["title"])
    story = [*cover(pages), PageBreak(), *how_to(pages), PageBreak(), *frames(pages), PageBreak()]
    for index, frame in enumerate(book["frames"]):
        for number, activity in enumerate(frame["activities"], start=1):
            story += [*talk(pages, index, number, activity), PageBreak()]
            story += [*actions(pages, index, number, activity), PageBreak()]
    story += [*overview(pages), PageBreak(), *sign_off(pages), PageBreak(), *formats(pages)]
    pages.write(name, story, "workbook", f"Use with the {len(deck['cards'])} cards")


def cover(pages: Pages) -> list[Any]:
    looks, book = pages.looks, pages.book
    rows = [
        [pages.text(label, "label"), Line(looks, f"cover_{n}", f"Cover: {label}", WIDTH - 180, 22)]
        for n, label in enumerate(book["cover_fields"], start=1)
    ]
    below = Spacer(1, PAGE_WIDTH * 5 / 6 - 6)
    titles = [
        pages.text(book["title"], "display", spaceAfter=8),
        pages.text(book["subtitle"], "subtitle"),
    ]
    return [below, *titles, Spacer(1, 12), Table(rows, colWidths=[175, WIDTH - 175], style=PLAIN)]


def how_to(pages: Pages) -> list[Any]:
    page = pages.book["pages"]["How to use this workbook"]
    steps = [split_bold(point) for point in page["points"]]
    more = pages.book["more"]
    return [
        pages.heading("How to use this workbook"),
        pages.text(page["lead"], "lead"),
        pages.steps(steps),
        Spacer(1, 12),
        pages.heading("The colours of the cards", "h2"),
        section_table(pages),
        Spacer(1, 16),
        pages.heading(more["title"], "h2"),
        *pages.points(more["points"]),
    ]


def split_bold(point: str) -> tuple[str, str]:
    title, _, words = point.removeprefix("<b>").partition("</b> ")
    return title.rstrip("."), words


def section_table(pages: Pages) -> Table:
    """The sections as coloured tiles with their icons, two a row."""
    cells: list[Any] = []
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 8),
    ]
    for at, section in enumerate(pages.deck["sections"]):
        palette = pages.looks.palettes[section["palette"]]
        ink = {"textColor": palette["on_band"]}
        icon = pages.looks.icons[section["icon"]]
        colours = palette | {"deep": palette["on_band"]}

        def draw(canvas: Canvas, icon: Any = icon, colours: Any = colours) -> None:
            draw_icon(canvas, icon, 0, 0, 22, colours)

        words = [
            pages.text(section["span"], "strong", **ink),
            pages.text(section["name"], "small", **ink),
        ]
        cells += [Drawn(22, 22, draw), words]
        row, column = divmod(at, 2)
        place = ((2 * column, row), (2 * column + 1, row))
        style.append(("BACKGROUND", *place, palette["band"]))
    rows = [cells[at : at + 4] for at in range(0, len(cells), 4)]
    return Table(rows, colWidths=[36, WIDTH / 2 - 36] * 2, style=style)


def frames(pages: Pages) -> list[Any]:
    page = pages.book["pages"]["The three time frames"]
    story: list[Any] = [pages.heading("The three time frames"), pages.text(page["lead"], "lead")]
    first = 4
    for index, frame in enumerate(pages.book["frames"]):
        words = [
            pages.text(frame["name"], "h2"),
            pages.text(capital(frame["when"]), "strong"),
            pages.text(frame["meaning"], "body"),
        ]
        for number, activity in enumerate(frame["activities"], start=1):
            link = f"<u>Activity {number}: {activity['title']}, page {first}</u>"
            words.append(pages.text(f'<a href="#{key_of(index, number)}">{link}</a>', "strong"))
            first += 2
        disc = pages.disc(SHARES[index], 27)
        story.append(pages.panel([[disc, words]], [78, WIDTH - 66]))
    return [*story, Spacer(1, 10), *pages.points(page["points"])]


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


def key_of(index: int, number: int) -> str:
    return f"frame_{index + 1}_activity_{number}"


def rail(pages: Pages, index: int) -> Drawn:
    """Where on the way an activity is, above a rule, and a thumb tab at the edge."""
    colours, names = pages.looks.colours, [frame["name"] for frame in pages.book["frames"]]

    def draw(canvas: Canvas) -> None:
        x = 0.0
        for number, name in enumerate(names):
            here = number == index
            face, colour = ("Bold", "teal") if here else ("Regular", "quiet")
            canvas.setStrokeColor(colours[colour])
            canvas.setFillColor(colours["amber" if here else "white"])
            canvas.circle(x + 7, 14, 6.5, stroke=1, fill=1)
            canvas.setFillColor(colours[colour])
            canvas.setFont(face, 13)
            canvas.drawString(x + 18, 10, name)
            x += 18 + canvas.stringWidth(name, face, 13) + 10
            if number < len(names) - 1:
                canvas.line(x, 14, x + 20, 14)
                x += 30
        canvas.setStrokeColor(colours["teal"])
        canvas.setLineWidth(1.5)
        canvas.line(0, 0, WIDTH, 0)
        canvas.setFillColor(colours["teal"])
        canvas.roundRect(WIDTH + 20 * mm - 14, -180 - 100 * index, 40, 90, 5, stroke=0, fill=1)

    return Drawn(WIDTH, 30, draw)


def head(pages: Pages, index: int, number: int, more: str = "") -> list[Any]:
    frame = pages.book["frames"][index]["name"]
    eyebrow = pages.text(f"{frame} · Activity {number}{more}", "eyebrow", spaceBefore=24)
    return [rail(pages, index), eyebrow]


def talk(pages: Pages, index: int, number: int, activity: dict[str, Any]) -> list[Any]:
    looks, key = pages.looks, key_of(index, number)
    frame = pages.book["frames"][index]["name"]
    said = f"{frame}, activity {number}: "
    goal = pages.text(f"<b>Goal:</b> {activity['goal']}", "goal")
    story = [
        *head(pages, index, number),
        pages.heading(activity["title"], key=key),
        pages.panel([[goal]], [WIDTH + 12], "amber_tint"),
        cards_to_lay_out(pages, activity),
    ]
    for name, title in (("now", "What we do now"), ("change", "What we could change")):
        box = WritingBox(
            looks, f"{key}_{name}", f"{said}{title}. {activity[name]}", WIDTH, 3.6 * PITCH
        )
        story += [pages.heading(title, "h2"), pages.text(activity[name], "hint"), Spacer(1, 8), box]
        story.append(Spacer(1, 16))
    title = "Where are we today?"
    steps = Steps(looks, f"{key}_rating", said + title, WIDTH, 52, steps=activity["steps"])
    return [*story, pages.heading(title, "h2"), pages.text(activity["rating"], "hint"), steps]


def cards_to_lay_out(pages: Pages, activity: dict[str, Any]) -> Table:
    chips = [
        (code, pages.palettes[code.rstrip("0123456789").split("–")[0].rstrip("0123456789")])
        for code in spread(activity["cards"])
    ]
    columns = 4 if len(chips) < 5 else 3
    lines = [chips[at : at + columns] for at in range(0, len(chips), columns)]

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            draw_chips(canvas, pages.looks, line, 0, 28 * (len(lines) - number) - 22, 13)

    row = [
        pages.text("Cards to lay out", "strong"),
        Drawn(WIDTH - 290, 28 * len(lines), draw),
        pages.text(activity["time"], "hint", alignment=2),
    ]
    rows = [row]
    if activity["printed_as"]:
        codes = activity["cards"][0].replace("–", " to ")
        note = f"Older packs print {codes} as {activity['printed_as']}."
        rows.append(["", pages.text(note, "small"), ""])
    return Table(rows, colWidths=[115, WIDTH - 270, 155], style=PLAIN, spaceAfter=10)


def spread(spans: list[str]) -> list[str]:
    """The one span of four cards as codes; where there are many, spans stay."""
    if len(spans) > 1:
        return spans
    first, last = spans[0].split("–")
    prefix = first.rstrip("0123456789")
    start, end = int(first.removeprefix(prefix)), int(last.removeprefix(prefix))
    return [f"{prefix}{n}" for n in range(start, end + 1)]


def actions(pages: Pages, index: int, number: int, activity: dict[str, Any]) -> list[Any]:
    looks, key = pages.looks, key_of(index, number)
    said = f"{pages.book['frames'][index]['name']}, activity {number}"
    learned = WritingBox(
        looks,
        f"{key}_learned",
        f"{said}: One thing we learned. {activity['learned']}",
        WIDTH,
        5 * PITCH,
    )
    ticks = [
        [
            Tick(looks, f"{key}_check_{n}", f"{said}: Before you finish: {words}", 17, 17),
            pages.text(words, "body"),
        ]
        for n, words in enumerate(activity["checklist"], start=1)
    ]
    return [
        *head(pages, index, number, ", continued"),
        pages.heading("Our actions", "h2"),
        pages.text(activity["actions"], "hint", spaceAfter=8),
        action_table(pages, key, said, activity["statuses"]),
        Spacer(1, 20),
        pages.heading("Before you finish", "h2"),
        Table(ticks, colWidths=[27, WIDTH - 27], style=PLAIN),
        Spacer(1, 14),
        pages.heading("One thing we learned", "h2"),
        pages.text(activity["learned"], "hint", spaceAfter=8),
        learned,
    ]


def action_table(pages: Pages, key: str, said: str, statuses: list[str]) -> Table:
    looks, colours = pages.looks, pages.looks.colours
    titles = ("Action", "Who", "By when", "Status")
    rows: list[Any] = [[pages.text(title, "head") for title in titles]]
    for n in range(1, 5):
        row: list[Field] = []
        for title, width in zip(titles, COLUMNS, strict=True):
            named = (looks, f"{key}_action_{n}_{title}", f"{said}, action {n}: {title.lower()}")
            if title == "Status":
                row.append(Choice(*named, width - 10, 26, options=statuses))
            else:
                row.append(WritingBox(*named, width - 8, 2 * PITCH - 4, bare=True))
        rows.append(row)
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), colours["teal"]),
        ("ROUNDEDCORNERS", [5, 5, 5, 5]),
        ("LINEBELOW", (0, 1), (-1, -2), 1, colours["rule"]),
        ("LINEAFTER", (0, 1), (-2, -1), 1, colours["hair"]),
        ("BOX", (0, 0), (-1, -1), 1, colours["rule"]),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    return Table(rows, colWidths=COLUMNS, rowHeights=[26] + [2 * PITCH + 2] * 4, style=style)


def overview(pages: Pages) -> list[Any]:
    looks, title = pages.looks, "All three on one page"
    story = [pages.heading(title), pages.text(pages.book["pages"][title]["lead"], "lead")]
    half = WIDTH / 2
    for index, frame in enumerate(pages.book["frames"]):
        key, name = f"overview_{index + 1}", frame["name"]
        change = WritingBox(
            looks,
            f"{key}_change",
            f"{name}: the one change that matters most",
            WIDTH - 20,
            2 * PITCH,
            bare=True,
        )
        top = Table(
            [
                [
                    pages.disc(SHARES[index]),
                    pages.text(name, "h2"),
                    pages.text(frame["when"], "hint", alignment=2),
                ]
            ],
            colWidths=[38, half - 38, half - 20],
            style=[*PLAIN, ("BACKGROUND", (0, 0), (-1, -1), looks.colours["teal_tint"])],
        )
        foot = Table(
            [
                [
                    pages.text("Who leads", "label"),
                    Line(looks, f"{key}_who", f"{name}: who leads", 140, 22),
                    pages.text("By when", "label"),
                    Line(looks, f"{key}_when", f"{name}: by when", 140, 22),
                ]
            ],
            colWidths=[70, half - 80, 70, half - 80],
            style=PLAIN,
        )
        label = pages.text("The one change that matters most", "label")
        style = [("BOX", (0, 0), (-1, -1), 1.2, looks.colours["teal_mid"]), ROUND]
        rows = [[top], [label], [change], [foot]]
        story.append(Table(rows, colWidths=[WIDTH], style=style, spaceBefore=12))
    return story


def sign_off(pages: Pages) -> list[Any]:
    looks, page = pages.looks, pages.book["pages"]["Sign off"]
    story: list[Any] = [pages.heading("Sign off"), pages.text(page["lead"], "lead")]
    parts = (("Name", "Role"), ("Signed", "Date"))
    half = WIDTH / 2 - 60
    for number, signer in enumerate(("Who leads this work", "Manager who agrees"), start=1):
        rows: list[Any] = [[pages.text(signer, "panel"), "", "", ""]]
        for row in parts:
            cells: list[Any] = []
            for part in row:
                said = f"Sign off, {signer.lower()}: {part.lower()}"
                line = Line(looks, f"sign_{number}_{part}", said, half - 20, 22)
                cells += [pages.text(part, "label"), line]
            rows.append(cells)
        table = pages.panel(rows, [60, half, 60, half])
        table.setStyle([("SPAN", (0, 0), (-1, 0))])
        story.append(table)
    title = "What we will tell the people who took part"
    box = WritingBox(looks, "sign_message", f"Sign off: {title}", WIDTH, 5 * PITCH)
    return [*story, Spacer(1, 14), pages.heading(title, "h2"), box, *pages.points(page["points"])]


def formats(pages: Pages) -> list[Any]:
    deck, page = pages.deck, pages.book["pages"]["Other formats"]
    facts = (
        ("Ask:", deck["contact"]),
        ("Published by:", deck["publisher"]),
        ("This is:", f"{deck['title']}, {deck['edition'].lower()}"),
        ("Issued:", deck["issued"]),
        ("To be reviewed by:", deck["reviewed"]),
    )
    rows = [[pages.text(name, "strong"), pages.text(fact, "body")] for name, fact in facts]
    story = [pages.heading("Other formats"), pages.text(page["lead"], "lead")]
    return [*story, *pages.points(page["points"]), pages.panel(rows, [150, WIDTH - 138])]


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

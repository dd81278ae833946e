"""The workbook: cover, introduction, activities, and the last pages."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Spacer, Table

from benchmarks.idiomatic.activities import actions, key_of, talk
from benchmarks.idiomatic.fields import PITCH, Line, WritingBox
from benchmarks.idiomatic.looks import Looks, draw_icon
from benchmarks.idiomatic.pages import PAGE_WIDTH, PLAIN, ROUND, SHARES, WIDTH, Drawn, Pages


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

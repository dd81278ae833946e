"""An activity over two pages: talk and write, then agree on actions."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Spacer, Table

from benchmarks.idiomatic.fields import PITCH, Choice, Field, Steps, Tick, WritingBox
from benchmarks.idiomatic.looks import draw_chips
from benchmarks.idiomatic.pages import PLAIN, WIDTH, Drawn, Pages

COLUMNS = [0.42 * WIDTH, 0.18 * WIDTH, 0.17 * WIDTH, 0.23 * WIDTH]


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

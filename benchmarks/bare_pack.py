"""What the same four files cost with reportlab and pypdf alone: the yardstick for deckgen.

    python -m benchmarks.bare_pack MARKS.json OUTPUT_FOLDER [sheets]

It draws marks that record_marks.py has written down. No content files, no layout, no tags, no
kerning, no checks, no safe writing: just the canvas calls that a careful script would make.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pypdf import PdfWriter
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent.parent / "fonts"


def draw(canvas: Canvas, calls: list[Any]) -> None:
    """Perform recorded calls in order."""
    for kind, *rest in calls:
        DRAW[kind](canvas, *rest)


def draw_text(canvas: Canvas, x: float, y: float, size: float, colour: str, runs: Any) -> None:
    text = canvas.beginText(x, y)
    text.setFillColor(HexColor(colour))
    for face, words in runs:
        text.setFont(face, size)
        text.textOut(words)
    canvas.drawText(text)


def draw_path(canvas: Canvas, path: list[Any], look: list[Any]) -> None:
    fill, stroke, width, round_ends = look
    shape = canvas.beginPath()
    for operator, *numbers in path:
        if operator == "m":
            shape.moveTo(*numbers)
        elif operator == "l":
            shape.lineTo(*numbers)
        elif operator == "c":
            shape.curveTo(*numbers)
        else:
            shape.close()
    if fill:
        canvas.setFillColor(HexColor(fill))
    if stroke:
        canvas.setStrokeColor(HexColor(stroke))
        canvas.setLineWidth(width)
        canvas.setLineCap(1 if round_ends else 0)
    canvas.drawPath(shape, stroke=1 if stroke else 0, fill=1 if fill else 0)


def draw_clip(canvas: Canvas, box: list[float], calls: list[Any]) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(box[0], box[1], box[2] - box[0], box[3] - box[1])
    canvas.clipPath(path, stroke=0)
    draw(canvas, calls)
    canvas.restoreState()


def draw_field(
    canvas: Canvas,
    kind: str,
    name: str,
    tooltip: str,
    box: list[float],
    options: list[str],
    value: str,
) -> None:
    x, y, width, height = box
    form = canvas.acroForm
    look = {"name": name, "tooltip": tooltip, "x": x, "y": y, "borderWidth": 0}
    if kind == "check":
        form.checkbox(size=width, **look)
    elif kind == "radio":
        form.radio(value=value, size=width, **look)
    elif kind == "choice":
        values = [" ", *options]
        form.choice(value=" ", options=values, width=width, height=height, **look)
    else:
        flags = "multiline" if kind == "lines" else ""
        form.textfield(width=width, height=height, fieldFlags=flags, **look)


DRAW = {"text": draw_text, "path": draw_path, "clip": draw_clip, "field": draw_field}


def write_pages(path: Path, pages: list[Any]) -> None:
    """One file of plain pages."""
    canvas = Canvas(str(path))
    for page in pages:
        canvas.setPageSize(page["size"])
        canvas.bookmarkPage(page["label"])
        canvas.addOutlineEntry(page["label"], page["label"])
        for matrix, box, calls in page.get("faces", ()):
            canvas.saveState()
            canvas.transform(*matrix)
            draw_clip(canvas, box, calls)
            canvas.restoreState()
        draw(canvas, page["calls"])
        canvas.showPage()
    canvas.save()


def main(marks: Path, output: Path, only_sheets: bool = False) -> None:
    """Write deck-sheets, deck-screen, workbook and the pack that joins them; or sheets alone."""
    recorded = json.loads(marks.read_text(encoding="utf-8"))
    for role, file in recorded["fonts"].items():
        pdfmetrics.registerFont(TTFont(role, str(FONTS / file)))
    output.mkdir(parents=True, exist_ok=True)
    if only_sheets:
        write_pages(output / "deck-sheets.pdf", recorded["sheets"])
        return
    names = {"sheets": "deck-sheets-a4", "screen": "deck-screen", "workbook": "workbook"}
    for key, name in (*names.items(), ("guide", "guide")):
        write_pages(output / f"{name}.pdf", recorded[key])
    pack = PdfWriter()
    for name in ("guide", "deck-sheets-a4", "workbook"):
        pack.append(output / f"{name}.pdf", outline_item=name)
    pack.write(output / "pack.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] == ["sheets"])

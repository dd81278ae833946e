"""Draw the pictures of the README from the finished files in output/.

.venv/bin/python docs/pictures/draw.py
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
GROUND = "#DDE2E6"
GAP = 18


def pages(name: str, labels: list[str], height: int) -> list[Image.Image]:
    """Pages of a file by their page labels, scaled to a height in pixels."""
    document = pdfium.PdfDocument(ROOT / "output" / name)
    document.init_forms()
    by_label = {document.get_page_label(i): i for i in range(len(document))}
    drawn = []
    for label in labels:
        page = document[by_label[label]]
        scale = height / page.get_height()
        drawn.append(page.render(scale=scale, may_draw_forms=True).to_pil())
    document.close()
    return drawn


def row(images: list[Image.Image]) -> Image.Image:
    """Images side by side on a ground."""
    width = sum(image.width + GAP for image in images) + GAP
    strip = Image.new("RGB", (width, images[0].height + 2 * GAP), GROUND)
    x = GAP
    for image in images:
        strip.paste(image, (x, GAP))
        x += image.width + GAP
    return strip


def stacked(strips: list[Image.Image]) -> Image.Image:
    """Strips of one width, one below the other."""
    width = max(strip.width for strip in strips)
    fitted = [s.resize((width, round(s.height * width / s.width))) for s in strips]
    board = Image.new("RGB", (width, sum(s.height for s in fitted)), GROUND)
    y = 0
    for strip in fitted:
        board.paste(strip, (0, y))
        y += strip.height
    return board


def main() -> None:
    """Write pack.png beside this file."""
    cards = ["KC2 front", "KC2 back", "K7 front", "K7 back", "ISUC1 front", "R1 back"]
    first = row(pages("deck-screen.pdf", cards, 420))
    sheet = pages("deck-sheets-a4.pdf", ["Sheet 2 front"], 560)
    paper = pages("workbook.pdf", ["1", "3", "4", "5"], 560)
    board = stacked([first, row(sheet + paper)])
    board.save(Path(__file__).with_name("pack.png"), optimize=True)


if __name__ == "__main__":
    main()

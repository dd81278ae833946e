"""What pictures cost: 60 photographs, a card face each, in the files that show them.

The photographs are made up (noise of all sizes, as nature has it), 4,000 × 3,000 dots. A row runs
in a process of its own; CPU seconds, peak memory and bytes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from subprocess import PIPE, run

from PIL import Image, ImageChops

from deckgen.design.fonts import Face, FontBook
from deckgen.design.load_palettes import load_palettes
from deckgen.design.load_press import load_press
from deckgen.geometry import Matrix, Rect, Size, mm
from deckgen.model.drawing import Drawing, Element, Role
from deckgen.model.picture import PictureFile
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.press import Standard, write_press
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.pictures.fit import fitted
from deckgen.pictures.library import FOLDER, picture_named, pictures_in
from deckgen.preflight.check import preflight
from deckgen.problem import Place
from deckgen.project import read_project
from deckgen.readback.check import file_faults
from deckgen.sheets.sheet import Placement, SheetSide

COUNT, SIZE = 60, (4000, 3000)
BLEED = mm(3)
CARD = Size(mm(105), mm(148))
ROWS = ("read", "check", "screen", "sheets", "print")


def photograph(seed: int) -> bytes:
    """Like a photograph: much in large things, less in small ones, a little noise everywhere."""
    image = Image.new("RGB", SIZE, (128, 128, 128))
    for step in (400, 100, 25, 6, 2):
        small = [Image.effect_noise((SIZE[0] // step, SIZE[1] // step), 45) for _ in "RGB"]
        layer = Image.merge("RGB", small).resize(SIZE, Image.Resampling.BICUBIC)
        image = ImageChops.add(image, layer, 1, -128)
    out = BytesIO()
    image.save(out, "JPEG", quality=88, comment=str(seed))
    return out.getvalue()


def make(folder: Path) -> None:
    """A project with 60 pictures; five are made up, the others differ from them in a note only."""
    pictures = folder / FOLDER
    pictures.mkdir(parents=True)
    (folder / "content" / "deck.toml").write_bytes(b"")
    few = [photograph(seed) for seed in range(5)]
    for n in range(COUNT):
        note = b"\xff\xfe\0\4%02d" % n  # a comment of a JPEG
        data = few[n % 5]
        (pictures / f"{n:02}.jpg").write_bytes(data[:2] + note + data[2:])


def faces(files: dict[str, bytes]) -> list[Drawing]:
    """A face with each picture all over it."""
    frame = Rect(0, 0, CARD.width_pt, CARD.height_pt).grown(BLEED)
    made = []
    for name in pictures_in(files):
        file, found = picture_named(files, name, Place("cards.md", 1))
        assert isinstance(file, PictureFile) and not found
        figure = Element(Role.FIGURE, (fitted(file, frame),), alt="A made-up landscape")
        made.append(Drawing(name, name, CARD, BLEED, (figure,)))
    return made


def sides(drawings: list[Drawing]) -> list[SheetSide]:
    """Four to a sheet of A4."""
    places = [(mm(x), mm(y)) for y in (152, 1) for x in (0, 105)]
    paper = Size(mm(210), mm(297))
    return [
        SheetSide(
            f"Sheet {i // 4 + 1}",
            paper,
            tuple(
                Placement(face, Matrix(e=x, f=y), 0.0)
                for face, (x, y) in zip(drawings[i : i + 4], places, strict=False)
            ),
            (),
        )
        for i in range(0, len(drawings), 4)
    ]


def work(row: str, folder: Path) -> int:
    """Does what a row is about; gives the size of the file that comes of it."""
    files = dict(read_project(folder).files)
    if row == "read":
        return sum(len(data) for name, data in files.items() if name.startswith(FOLDER))
    drawings = faces(files)
    info = DocumentInfo("P", "A", "S", "en", datetime(2026, 1, 1, tzinfo=UTC), "1")
    if row == "check":
        return 0
    font = next(name for name in files if name.endswith("400Regular.ttf"))
    book = FontBook({"regular": Face("regular", font, files[font])})
    if row == "print":
        found = load_press(files, "a6")[0]
        palettes = load_palettes(files, [])
        assert found and palettes
        data = write_press(drawings, info, book, palettes, found[0], Standard.X1A)
        assert {f.rule.key for f in preflight(data).findings} == set()
        return len(data)
    if row == "screen":
        data = write_pages(drawings, info, book)
    else:
        data = write_sheets(sides(drawings), info, book, drawings)
    assert file_faults(data) == []
    return len(data)


def main() -> None:
    """Prints a table; with a row's name and a folder, does that row."""
    if len(sys.argv) > 1:
        size = work(sys.argv[1], Path(sys.argv[2]))
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        seconds = sum(one.ru_utime + one.ru_stime for one in used)
        print(f"{seconds:.1f} {used[0].ru_maxrss / 1000:.0f} {size / 1e6:.1f}")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "deck"
        make(folder)
        print("row     CPU s  seconds  peak MB  MB")
        for row in ROWS:
            start = time.monotonic()
            words = [sys.executable, "-m", "benchmarks.pictures", row, str(folder)]
            done = run(words, stdout=PIPE, check=True, text=True)
            seconds, peak, size = done.stdout.split()
            print(f"{row:7} {seconds:>5}  {time.monotonic() - start:7.1f}  {peak:>7}  {size}")


if __name__ == "__main__":
    main()

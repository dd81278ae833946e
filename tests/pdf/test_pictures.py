"""Pictures in finished files: right, once, no larger than needed, and in inks for the press."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pdf_oxide
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageMath

from deckgen.design.load_palettes import load_palettes
from deckgen.design.load_press import load_press
from deckgen.design.palette import Palettes
from deckgen.design.press import Press
from deckgen.editions.fingerprint import face_prints
from deckgen.geometry import Matrix, Rect, Size
from deckgen.model.drawing import Drawing, Element, Role, Shape
from deckgen.model.picture import MIDDLE, PictureFile
from deckgen.pdf.paint import painter_for
from deckgen.pdf.press import Standard, write_press
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.pictures.fit import fitted
from deckgen.pictures.library import picture_named
from deckgen.preflight.check import preflight
from deckgen.problem import Place
from deckgen.project import read_project
from deckgen.readback.check import file_faults, pack_losses
from deckgen.readback.join import Part, join
from deckgen.sheets.sheet import Placement, SheetSide
from deckgen.source import PICTURES
from tests.accessible.verapdf import failed_rules, why_not
from tests.pdf.conftest import line
from tests.pictures.made import BLUE, GREEN, RED, held, jpeg, png, quarters, see_through, svg

ROOT = Path(__file__).resolve().parents[2]
TRIM, BLEED = Size(200, 280), 8.5
FULL = Rect(0, 0, 200, 280).grown(BLEED)
PALE = "#CFE3F2"
# Where the middle of each quarter of a full frame is, in parts of the page.
SPOTS = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))


def file_of(data: bytes, name: str = "a.jpg") -> PictureFile:
    file, found = picture_named({PICTURES + name: data}, name, Place("x", 1))
    assert file and found == []
    return file


def photograph(width: int = 900, height: int = 1200, dark: bool = False) -> bytes:
    """Noise, large and small, as a photograph has it."""
    bands = []
    for _ in "RGB":
        rough = Image.effect_noise((width // 30, height // 30), 90).resize((width, height))
        bands.append(ImageChops.add(rough, Image.effect_noise((width, height), 25), 2))
    image = Image.merge("RGB", bands)
    return jpeg(image.point([v // 4 for v in range(256)] * 3) if dark else image, quality=90)


def face(
    file: PictureFile,
    *frames: Rect,
    focus: tuple[float, float] = MIDDLE,
    alt: str = "A picture",
    name: str = "K1-front",
) -> Drawing:
    """A face with a picture in frames."""
    marks = [fitted(file, frame, focus) for frame in frames or (FULL,)]
    role = Role.FIGURE if alt else Role.ARTIFACT
    heading = Element(Role.H1, (line("K1", 20, 140),))
    figures = tuple(Element(role, (mark,), alt=alt) for mark in marks)
    return Drawing(name, name, TRIM, BLEED, (heading, *figures))


def images(data: bytes) -> list[Any]:
    """Every image of a file (and no mask), as pikepdf has them."""
    document = pikepdf.open(BytesIO(data))
    found = [o for o in document.objects if isinstance(o, pikepdf.Stream)]
    shown = [o for o in found if o.get("/Subtype") == "/Image" and not o.get("/ImageMask")]
    return [(document, one) for one in shown]


def drawn(data: bytes, page: int = 0) -> Image.Image:
    document = pdfium.PdfDocument(data)
    image = document[page].render(scale=1).to_pil().convert("RGB")
    document.close()
    return image


def near(image: Image.Image, at: tuple[float, float], colour: tuple[int, ...], by: int) -> bool:
    got = image.getpixel((int(at[0] * image.width), int(at[1] * image.height)))
    return max(abs(a - b) for a, b in zip(got, colour, strict=True)) <= by  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def press() -> tuple[Press, Palettes]:
    files = read_project(ROOT).files
    found, palettes = load_press(files, "a6")[0], load_palettes(files, [])
    assert found and palettes
    return found[0], palettes


@pytest.fixture
def printed(book, info, press):
    def write(faces: Sequence[Drawing], standard: Standard = Standard.X1A) -> bytes:
        return write_press(faces, info, book, press[1], press[0], standard)

    return write


SOURCES = {
    "a JPEG": jpeg(quarters(600, 800)),
    "a PNG": png(quarters(600, 800)),
    "an SVG": svg(),
    "a picture that was held otherwise": held(6),
}


@pytest.mark.parametrize("source", SOURCES)
def test_a_picture_is_drawn_upright_in_its_frame(book, info, source: str) -> None:
    frame = Rect(20, 40, 96, 64) if "held" in source else FULL
    data = write_pages([face(file_of(SOURCES[source]), frame)], info, book)
    assert file_faults(data) == []
    page = drawn(data)
    if frame is FULL:
        assert all(
            near(page, at, want, 14) for at, want in zip(SPOTS[:3], (RED, GREEN, BLUE), strict=True)
        )
    else:
        assert near(page, (44 / 200, 1 - 88 / 280), RED, 14)
        assert near(page, (44 / 200, 1 - 56 / 280), BLUE, 14)
        assert near(page, (10 / 200, 0.5), (255, 255, 255), 0)


def test_the_focus_decides_what_is_seen(book, info) -> None:
    wide = file_of(png(quarters(1600, 800)))
    strip = Rect(0, 0, 60, 280)
    left = drawn(write_pages([face(wide, strip, focus=(0, 50))], info, book))
    right = drawn(write_pages([face(wide, strip, focus=(100, 50))], info, book))
    assert near(left, (0.15, 0.2), RED, 2) and near(right, (0.15, 0.2), GREEN, 2)


def test_a_picture_is_embedded_once_however_often_it_is_shown(book, info, printed) -> None:
    file = file_of(photograph())
    frames = (Rect(0, 0, 90, 120), Rect(100, 0, 90, 120), Rect(0, 140, 90, 120))
    faces = [face(file, *frames), face(file, *frames, name="K1-back")]
    for data in (write_pages(faces, info, book), printed(faces)):
        assert len(images(data)) == 1
    other = [*faces, face(file, *frames, focus=(0, 0), name="K2-front")]
    assert len(images(write_pages(other, info, book))) == 1  # all of it is shown, in any focus
    square = [*faces, face(file, Rect(0, 0, 90, 90), name="K2-front")]
    assert len(images(write_pages(square, info, book))) == 2


def test_dots_that_nobody_sees_are_left_out(book, info, printed) -> None:
    faces = [face(file_of(photograph(1800, 2400)), Rect(0, 0, 72, 96))]
    for data in (write_pages(faces, info, book), printed(faces)):
        ((_, image),) = images(data)
        assert (image.Width, image.Height) == (300, 400)
        assert image.Filter == "/DCTDecode"
    few = [face(file_of(photograph(150, 200)), Rect(0, 0, 72, 96))]
    ((_, image),) = images(write_pages(few, info, book))
    assert (image.Width, image.Height) == (150, 200)


def test_a_graphic_loses_nothing(book, info) -> None:
    image = quarters(200, 280)
    ((_, made),) = images(
        write_pages([face(file_of(png(image)), Rect(0, 0, 200, 280))], info, book)
    )
    assert made.ColorSpace[0] == "/Indexed"
    assert pikepdf.PdfImage(made).as_pil_image().convert("RGB").tobytes() == image.tobytes()
    many = Image.linear_gradient("L").resize((200, 280))
    many = Image.merge(
        "RGB", (many, many.point(lambda v: v // 2), quarters(200, 280).getchannel(0))
    )
    ((_, made),) = images(write_pages([face(file_of(png(many)), Rect(0, 0, 200, 280))], info, book))
    assert made.ColorSpace == "/DeviceRGB" and made.Filter == "/FlateDecode"
    assert pikepdf.PdfImage(made).as_pil_image().tobytes() == many.tobytes()


def test_greys_stay_black_ink_alone(book, info, printed) -> None:
    faces = [face(file_of(png(quarters(200, 280).convert("L").convert("RGB"))))]
    for data in (write_pages(faces, info, book), printed(faces)):
        ((_, image),) = images(data)
        assert image.ColorSpace == "/DeviceGray"


@pytest.mark.parametrize("standard", Standard)
def test_the_press_gets_inks_and_nothing_transparent(
    printed, tmp_path: Path, standard: Standard
) -> None:
    sources = [photograph(), png(see_through().resize((700, 960))), svg(), jpeg(quarters(700, 960))]
    faces = [face(file_of(data), name=f"K{i}-front") for i, data in enumerate(sources)]
    data = printed(faces, standard)
    assert preflight(data).findings == ()
    assert b"/SMask" not in data
    for _, image in images(data):
        space = image.ColorSpace
        assert (space[1] if isinstance(space, pikepdf.Array) else space) == "/DeviceCMYK"
    path = tmp_path / "press.pdf"
    path.write_bytes(data)
    level = {Standard.X4: "4", Standard.X1A: "1a_2001"}[standard]
    assert pdf_oxide.PdfDocument(str(path)).validate_pdf_x(level)["valid"]
    upright = drawn(data, 3)
    assert all(
        near(upright, at, want, 60) for at, want in zip(SPOTS[:3], (RED, GREEN, BLUE), strict=True)
    )


def test_no_dot_has_more_ink_than_the_press_takes(printed, press) -> None:
    """Not even in the darkest noise, once it has been packed and unpacked."""
    data = printed([face(file_of(photograph(dark=True)))])
    ((_, image),) = images(data)
    raw = Image.open(BytesIO(image.read_raw_bytes()))
    assert list(image.Decode) == [1, 0] * 4 and raw.mode == "CMYK"
    inks = dict(zip("cmyk", raw.split(), strict=True))
    total = ImageMath.lambda_eval(lambda a: a["c"] + a["m"] + a["y"] + a["k"], **inks)
    most = total.getextrema()[1] / 2.55
    assert 240 < most <= press[0].settings.ink_limit


def test_what_is_not_there_shows_what_lies_below(book, info, printed) -> None:
    ground = Shape(
        (("m", -9, -9), ("l", 220, -9), ("l", 220, 300), ("l", -9, 300), ("h",)), fill=PALE
    )
    mark = fitted(file_of(png(see_through().resize((600, 840)))), FULL, ground=PALE)
    parts = (Element(Role.ARTIFACT, (ground,)), Element(Role.FIGURE, (mark,), alt="Squares"))
    page = drawn(write_pages([Drawing("K1", "K1", TRIM, BLEED, parts)], info, book))
    assert near(page, SPOTS[3], (0xCF, 0xE3, 0xF2), 0) and near(page, SPOTS[0], RED, 4)


def test_the_same_again_is_the_same_bytes(info) -> None:
    from tests.pdf.conftest import load_book

    def written() -> bytes:
        files = [file_of(data) for data in SOURCES.values()]
        return write_pages([face(f, name=f"K{i}") for i, f in enumerate(files)], info, load_book())

    assert written() == written()


def test_sheets_hold_each_picture_once(book, info) -> None:
    faces = [face(file_of(photograph(seed)), name=f"K{seed}") for seed in (800, 900)]
    places = [Placement(f, Matrix(e=220.0 * i), 0.0) for i, f in enumerate((*faces, faces[0]))]
    sides = [SheetSide("Sheet 1", Size(700, 300), tuple(places), ())]
    data = write_sheets(sides, info, book, faces)
    assert file_faults(data) == []
    assert len(images(data)) == 2


def test_a_page_takes_only_its_own_pictures_along(book, info) -> None:
    faces = [face(file_of(photograph(side)), name=f"K{side}") for side in (600, 700, 800)]
    with pikepdf.open(BytesIO(write_pages(faces, info, book))) as document:
        assert [len(page.Resources.XObject) for page in document.pages] == [1, 1, 1]


def test_a_pack_keeps_pictures_and_holds_them_once(book, info) -> None:
    one = write_pages([face(file_of(photograph()))], info, book)
    two = write_pages([face(file_of(photograph()), name="K9")], info, book)
    same = write_pages([face(file_of(SOURCES["a JPEG"]))], info, book)
    parts = [Part("One", one), Part("Two", two), Part("Again", one), Part("Same", same)]
    pack = join(parts, info)
    assert pack_losses(parts, pack) == []
    assert len(images(pack.data)) == len({bytes(i.read_raw_bytes()) for _, i in images(pack.data)})
    lost = re.sub(rb"/p\.\w{12}", lambda m: b"/q" + m[0][2:], pack.data)
    assert file_faults(lost) or lost == pack.data


def test_a_picture_is_a_figure_or_decoration(book, info) -> None:
    file = file_of(SOURCES["a JPEG"])
    with pikepdf.open(BytesIO(write_pages([face(file)], info, book))) as document:
        figures = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        (figure,) = [o for o in figures if o.get("/S") == "/Figure"]
        assert str(figure.Alt) == "A picture"
        assert [float(v) for v in figure.A.BBox] == list(FULL.corners)
    plain = write_pages([face(file, alt="")], info, book)
    assert b"/Figure" not in plain and file_faults(plain) == []


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_files_with_pictures_conform_to_pdf_ua(book, info, tmp_path: Path) -> None:
    sources = [*SOURCES.values(), png(see_through()), photograph()]
    faces = [face(file_of(data), name=f"K{i}") for i, data in enumerate(sources)]
    faces.append(face(file_of(sources[0]), alt="", name="K9"))
    path = tmp_path / "pictures.pdf"
    path.write_bytes(write_pages(faces, info, book))
    assert failed_rules([path])[path] == {}


def test_another_picture_crop_or_ground_is_another_look(book) -> None:
    file, other = file_of(SOURCES["a JPEG"]), file_of(SOURCES["a PNG"])
    frame = Rect(0, 0, 90, 90)
    usual = face(file, frame)
    prints = {face_prints([usual], {"regular": "1"})}
    for changed in (face(other, frame), face(file, frame, focus=(0, 0)), face(file, FULL)):
        prints.add(face_prints([changed], {"regular": "1"}))
    on_pale = Element(Role.FIGURE, (fitted(file, frame, ground=PALE),), alt="A picture")
    pale = Drawing("K1-front", "K1-front", TRIM, BLEED, (usual.elements[0], on_pale))
    prints.add(face_prints([pale], {"regular": "1"}))
    assert len(prints) == 5
    renamed = PictureFile("other.jpg", file.kind, (file.width, file.height), file.data)
    assert face_prints([face(renamed, frame)], {"regular": "1"}) in prints


def test_a_program_that_goes_on_lets_go_of_pictures(book, info) -> None:
    write_pages([face(file_of(SOURCES["a JPEG"]))], info, book)
    pictures = painter_for(book).pictures
    assert vars(pictures)["_made"]
    painter_for(book).forget()
    assert not vars(pictures)["_made"]

"""The print shop's file: pages, boxes and inks; and what keeps it from being made."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image

from deckgen.building.build import build_files
from deckgen.editions.looks import _other_looks
from deckgen.geometry import mm
from deckgen.options import Options
from deckgen.preflight.check import preflight
from deckgen.problem import Problem
from deckgen.products.job import Job
from deckgen.project import Project, read_project
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults
from tests.kinds import in_full

ROOT = Path(__file__).resolve().parents[2]
PT = 72 / 25.4
SIZES = {
    "a5": (148, 210),
    "a6": (105, 148),
    "a7": (74, 105),
    "poker": (63.5, 88.9),
    "bridge": (57.15, 88.9),
    "tarot": (70, 120),
    "business": (85, 55),
}
BLACK = b"0 0 0 1 k"


def built(tmp_path: Path, project: Project, options: Options) -> bytes:
    result = build_files(project, ["print"], options, output=tmp_path)
    assert result.problems == ()
    return result.outputs[0].read_bytes()


def with_few_words(project: Project) -> Project:
    """The deck with a word or two in each place, for cards that hold no more."""
    project = in_full(project)
    files = {k: v for k, v in project.files.items() if k != "content/references.toml"}
    for name, data in project.files.items():
        if name.startswith("content/cards/"):
            text = data.decode()
            text = re.sub(r"(?m)^(# \w+) .*$", r"\1 Ask", text)
            text = re.sub(r"(?m)^(See also|Printed as):.*\n", "", text)
            text = re.sub(r"(?m)^- .*$", "- Why?", text)
            short = r"# \1 Ask\n\2\nAsk.\n\n- Now\n\n"
            text = re.sub(r"(?ms)^# (\w+) Ask\n(Id: .*?\n).*?(?=^## )", short, text)
            files[name] = text.encode()
    deck = files["content/deck.toml"].decode()
    deck = re.sub(r"(?ms)^how_to_use = \[.*?^\]", 'how_to_use = ["Ask."]', deck)
    files["content/deck.toml"] = re.sub(r"(?m)^title = .*", 'title = "Ask"', deck).encode()
    return replace(project, files=files)


@pytest.mark.parametrize("size", ["a5", "a6"])
@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_a_page_is_a_card_with_three_millimetres_of_bleed(
    tmp_path: Path, size: str, theme: str
) -> None:
    data = built(tmp_path, read_project(ROOT), Options(size=size, theme=theme))
    width, height = SIZES[size]
    with pikepdf.open(BytesIO(data)) as document:
        assert len(document.pages) == 48
        for page in document.pages:
            left, bottom, right, top = (float(v) for v in page.TrimBox)
            assert (left / PT, bottom / PT) == pytest.approx((3, 3), abs=0.001)
            assert (right - left) / PT == pytest.approx(width, abs=0.001)
            assert (top - bottom) / PT == pytest.approx(height, abs=0.001)
            assert list(page.BleedBox) == list(page.MediaBox)
            outer = [float(v) for v in page.MediaBox]
            assert outer[2] / PT == pytest.approx(width + 6, abs=0.001)


def test_colour_reaches_the_end_of_the_bleed(tmp_path: Path) -> None:
    """Every outermost pixel of a back is coloured: its ground runs off the sheet."""
    data = built(tmp_path, read_project(ROOT), Options(cards="KC1"))
    document = pdfium.PdfDocument(data)
    image = document[1].render(scale=1).to_pil().convert("RGB")
    document.close()
    edge = [(x, y) for x in range(image.width) for y in (0, image.height - 1)]
    edge += [(x, y) for y in range(image.height) for x in (0, image.width - 1)]
    assert all(image.getpixel(at) != (255, 255, 255) for at in edge)


def with_bleed(bleed: bytes) -> Project:
    return changed("templates/press.toml", b"bleed = 3 ", b"bleed = " + bleed + b" ")


@pytest.mark.parametrize("theme", ["gallery", "masthead", "pocket", "wide"])
@pytest.mark.parametrize(("bleed", "wanted_pt"), [(b"3.175", 9.0), (b"5", 14.173), (b"6", 17.008)])
def test_the_bleed_that_is_asked_for_is_drawn(
    tmp_path: Path, bleed: bytes, wanted_pt: float, theme: str
) -> None:
    size = {"pocket": "poker", "wide": "business"}.get(theme, "a6")
    options = Options(size=size, theme=theme, cards="K1, Index")
    files = build_files(
        with_few_words(with_bleed(bleed)), ["print"], options, output=tmp_path
    ).outputs
    data = files[0].read_bytes()
    assert preflight(data).passed
    with pikepdf.open(BytesIO(data)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(v) for v in page.TrimBox)
            for box in (page.MediaBox, page.BleedBox):
                around = [float(v) for v in box]
                gaps = left - around[0], bottom - around[1], around[2] - right, around[3] - top
                assert gaps == pytest.approx([wanted_pt] * 4, abs=0.001)
    usual = build_files(
        with_few_words(read_project(ROOT)), ["print"], options, output=tmp_path / "usual"
    ).outputs[0]
    colour_goes_on(rendered(data), rendered(usual.read_bytes()), wanted_pt)
    ticket = pdfium.PdfDocument(files[1])
    assert f"{float(bleed):g} mm on every side" in ticket[0].get_textpage().get_text_range()
    ticket.close()


def rendered(data: bytes) -> list[Image.Image]:
    """Its pages, four dots a point."""
    document = pdfium.PdfDocument(data)
    images = [page.render(scale=4).to_pil().convert("RGB") for page in document]
    document.close()
    return images


def colour_goes_on(wider: list[Image.Image], usual: list[Image.Image], bleed_pt: float) -> None:
    """Where colour reaches the end of the usual bleed, it goes on to the end of the wider one."""
    for new, old in zip(wider, usual, strict=True):
        out = round((bleed_pt - mm(3)) * 4)
        assert abs(new.width - old.width - 2 * out) <= 2
        white = (255, 255, 255)
        for y in range(8, old.height - 8, 7):
            for old_x, new_x in ((2, 2), (old.width - 3, new.width - 3)):
                if old.getpixel((old_x, y)) != white:
                    assert new.getpixel((new_x, y + out)) != white
        for x in range(8, old.width - 8, 7):
            if old.getpixel((x, 2)) != white:
                assert new.getpixel((x + out, 2)) != white


@pytest.mark.parametrize("bleed", [b"2.9", b"6.1", b'"3"', b"-3"])
def test_a_bleed_that_no_shop_takes_is_refused(bleed: bytes) -> None:
    problems = print_problems(with_bleed(bleed), Options())
    assert [(p.code, p.place.file) for p in problems] == [
        ("setting-invalid", "templates/press.toml")
    ]


def test_another_bleed_is_no_other_look() -> None:
    """Cards are the same once they are cut: none of them becomes a draft for it."""

    def fact(project: Project) -> str:
        return dict(_other_looks(project.files))["print shop files"]

    usual = fact(read_project(ROOT))
    assert fact(with_bleed(b"5")) == usual
    assert fact(changed("templates/press.toml", b"width = 105", b"width = 104")) != usual


def test_colours_are_the_palettes_inks_and_words_are_black(tmp_path: Path) -> None:
    data = built(tmp_path, read_project(ROOT), Options(cards="KC1"))
    with pikepdf.open(BytesIO(data)) as document:
        codes = [page.Contents.read_bytes() for page in document.pages]
    assert all(not re.search(rb"(?<!\S)(?:rg|RG|g|G)(?!\S)", code) for code in codes)
    assert b"\n0.28 0 0.46 0 k" in codes[0]  # the light green of the band
    words = re.findall(rb"BT\n(.*?)\n", codes[1])
    assert words.count(BLACK) > 5
    assert not any(b"gs" in code.split() for code in codes)  # so nothing overprints


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("front-back", ["front", "back", "front", "back"]),
        ("back-front", ["back", "front", "back", "front"]),
        ("fronts-backs", ["front", "front", "back", "back"]),
    ],
)
def test_pages_come_in_the_order_of_the_shop(tmp_path: Path, order: str, names: list[str]) -> None:
    data = built(tmp_path, read_project(ROOT), Options(cards="KC1-2", page_order=order))
    document = pdfium.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert ["back" if "Talk about it" in text else "front" for text in texts] == names


@pytest.mark.parametrize("size", ["a7", "poker", "bridge", "tarot", "business"])
def test_a_size_that_cannot_hold_the_words_names_the_cards(size: str) -> None:
    problems = print_problems(in_full(read_project(ROOT)), Options(size=size))
    assert {p.code for p in problems} == {"text-too-long"}
    assert len(problems) >= 20


@pytest.mark.parametrize("size", ["a7", "poker", "bridge", "tarot", "business"])
def test_few_words_fit_small_cards(tmp_path: Path, size: str) -> None:
    data = built(tmp_path, with_few_words(read_project(ROOT)), Options(size=size, cards="K1-3"))
    with pikepdf.open(BytesIO(data)) as document:
        left, _, right, _ = (float(v) for v in document.pages[0].TrimBox)
    assert (right - left) / PT == pytest.approx(SIZES[size][0], abs=0.001)


def test_the_ticket_says_what_the_shop_asks(tmp_path: Path) -> None:
    options = Options(size="a6", copies=50, page_order="back-front")
    made = build_files(read_project(ROOT), ["print"], options, output=tmp_path).outputs
    assert [p.name for p in made] == ["deck-print-a6-x-4.pdf", "deck-print-a6-x-4-ticket.pdf"]
    document = pdfium.PdfDocument(made[1])
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    for said in ("105 × 148 mm", "50 decks of 24 cards", "back, front", "PDF/X-4", "FOGRA39"):
        assert said in text
    assert file_faults(made[1].read_bytes()) == []


def print_problems(project: Project, options: Options) -> list[Problem]:
    return Job(Proof(project), options).problems("print")


def changed(file: str, old: bytes, new: bytes) -> Project:
    project = read_project(ROOT)
    assert old in project.files[file]
    return replace(project, files={**project.files, file: project.files[file].replace(old, new)})


def test_a_profile_of_a_screen_is_refused() -> None:
    project = changed("templates/FOGRA39L_coated.icc", b"prtrCMYK", b"mntrRGB ")
    assert [p.code for p in print_problems(project, Options())] == ["profile-unusable"]


def test_a_colour_with_too_much_ink_is_refused() -> None:
    old, new = b"cmyk = [5, 55, 100, 60]", b"cmyk = [95, 95, 100, 60]"
    problems = print_problems(changed("templates/palette.toml", old, new), Options())
    assert [p.code for p in problems] == ["ink-too-much"]
    assert "350 %" in problems[0].found


def test_an_unknown_size_names_the_known_ones() -> None:
    problems = print_problems(read_project(ROOT), Options(size="a9"))
    assert [p.code for p in problems] == ["template-unknown"]
    assert "poker" in problems[0].todo


def test_the_same_again_is_the_same_bytes(tmp_path: Path) -> None:
    one = built(tmp_path / "one", read_project(ROOT), Options())
    assert built(tmp_path / "two", read_project(ROOT), Options()) == one

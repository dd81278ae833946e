"""Every odd or hostile file ends as the right picture, or as a Problem at its place."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path
from subprocess import run

import pytest
from PIL import Image

from deckgen.geometry import Rect
from deckgen.model.picture import PictureFile
from deckgen.pictures.dots import Dots, dots_of, wanted
from deckgen.pictures.fit import fitted
from deckgen.pictures.library import picture_named
from deckgen.problem import Place, Problem, Severity
from deckgen.source import PICTURES
from tests.pictures import made
from tests.pictures.made import (
    BLUE,
    GREEN,
    NS,
    QUARTERS,
    RED,
    SIDE,
    WHITE,
    held,
    jpeg,
    moving,
    png,
    png_of,
    quarters,
    saved,
    svg,
    tiff,
    webp,
)

ROOT = Path(__file__).resolve().parents[2]
HERE = Place("content/cards/K.md", 7, 1)
PRESS = (ROOT / "templates" / "FOGRA39L_coated.icc").read_bytes()
GREYS = tuple((v, v, v) for v in (0, 78, 156, 255))
ROUGH, NEAR = 40, 14  # how far off a colour may be, of 255

# What is shown: the name of the file, its bytes, what its quarters look like, how near.
RIGHT: dict[str, tuple[str, bytes, tuple[tuple[int, ...], ...], int]] = {
    "a PNG": ("a.png", png(), QUARTERS, 0),
    "a PNG with a palette": ("a.png", png(quarters().quantize(8)), QUARTERS, 2),
    "a palette with transparency": ("a.png", png(made.see_through().quantize(8)), QUARTERS, 2),
    "a PNG of one bit": (
        "a.png",
        png(quarters().convert("1", dither=Image.Dither.NONE)),
        ((0,) * 3, (0,) * 3, (0,) * 3, WHITE),
        0,
    ),
    "a grey PNG of 16 bits": ("a.png", png(made.grey16()), GREYS, 1),
    "a PNG of 16 bits a colour": ("a.png", made.sixteen_bits(), QUARTERS, 1),
    "a PNG in seven passes": ("a.png", made.interlaced(), QUARTERS, 0),
    "a PNG with transparency": ("a.png", png(made.see_through()), QUARTERS, 1),
    "a PNG with one colour that is not there": (
        "a.png",
        png(quarters(), transparency=BLUE),
        (RED, GREEN, WHITE, WHITE),
        0,
    ),
    "a grey PNG with transparency": (
        "a.png",
        png(made.see_through("LA")),
        ((87,) * 3, (110,) * 3, (70,) * 3, WHITE),
        2,
    ),
    "a PNG called .jpg": ("a.jpg", png(), QUARTERS, 0),
    "a JPEG": ("a.jpg", jpeg(), QUARTERS, NEAR),
    "a JPEG called .png": ("a.png", jpeg(), QUARTERS, NEAR),
    "a JPEG called .svg": ("a.svg", jpeg(), QUARTERS, NEAR),
    "a progressive JPEG": ("a.jpg", jpeg(progressive=True), QUARTERS, NEAR),
    "a grey JPEG": (
        "a.jpeg",
        jpeg(quarters().convert("L")),
        ((87,) * 3, (110,) * 3, (70,) * 3, WHITE),
        NEAR,
    ),
    "a JPEG of inks, as Adobe writes it": ("a.jpg", jpeg(quarters().convert("CMYK")), QUARTERS, 80),
    "a JPEG of inks, not as Adobe": ("a.jpg", made.plain_inks(), QUARTERS, 80),
    **{f"a camera held in way {way}": ("a.jpg", held(way), QUARTERS, NEAR) for way in range(1, 9)},
    **{
        f"a {name} turned in way {way}": (f"a.{name}", held(way, encode), QUARTERS, NEAR)
        for name, encode in (("png", png), ("tif", tiff), ("webp", webp))
        for way in (6, 8)
    },
    "a profile in which red is green": (
        "a.png",
        png(icc_profile=made.exchanged()),
        (GREEN, RED, BLUE, WHITE),
        120,
    ),
    "a JPEG with rubbish behind it": ("a.jpg", jpeg() + b"\0" * 5000 + b"rubbish", QUARTERS, NEAR),
    "a JPEG with rubbish for EXIF": (
        "a.jpg",
        jpeg(exif=b"Exif\0\0II*\0" + b"\xff" * 60_000),
        QUARTERS,
        NEAR,
    ),
    "a JPEG with an EXIF that leads round in circles": (
        "a.jpg",
        jpeg(exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"),
        QUARTERS,
        NEAR,
    ),
    "a PNG with a long text": ("a.png", made.with_words(500_000), QUARTERS, 0),
    "a WebP": ("a.webp", webp(quality=95), QUARTERS, 30),
    "a WebP without loss": ("a.webp", webp(made.see_through(), lossless=True), QUARTERS, 1),
    "a TIFF": ("a.tif", tiff(), QUARTERS, 0),
    "a packed TIFF": ("a.tiff", tiff(compression="tiff_lzw"), QUARTERS, 0),
    "a TIFF of 16 bits": ("a.tiff", tiff(made.grey16()), GREYS, 1),
    "a TIFF of inks": ("a.tif", tiff(quarters().convert("CMYK")), QUARTERS, 80),
    "a TIFF in Lab": (
        "a.tif",
        tiff(Image.new("LAB", (SIDE, SIDE), (255, 128, 128))),
        (WHITE,) * 4,
        3,
    ),
    "an SVG": ("a.svg", svg(), QUARTERS, 1),
    "an SVG in UTF-16": ("a.svg", svg().decode().encode("utf-16"), QUARTERS, 1),
    "an SVG called .png": ("a.png", svg(before="<?xml version='1.0'?>\n<!-- x -->\n"), QUARTERS, 1),
    "an SVG in millimetres": (
        "a.svg",
        svg(head=f'{NS} width="32mm" height="3.2cm" viewBox="0 0 64 64"'),
        QUARTERS,
        1,
    ),
    "an SVG that uses itself": ("a.svg", svg('<g id="a"><use href="#a"/></g>'), QUARTERS, 1),
    "one dot": ("a.png", png(Image.new("RGB", (1, 1), RED)), (RED,) * 4, 0),
}

# Shown, and something is said of it: the name of the file, its bytes.
SAID: dict[str, tuple[str, bytes]] = {
    "a PNG that moves": ("a.png", moving("PNG")),
    "a WebP that moves": ("a.webp", moving("WEBP")),
    "a TIFF of three pages": ("a.tif", moving("TIFF")),
    "an SVG that moves": (
        "a.svg",
        svg('<rect><animate attributeName="x" from="0" to="9"/></rect>'),
    ),
    "a broken profile": ("a.jpg", jpeg(icc_profile=b"\0" * 5000)),
    "a profile cut off": ("a.jpg", jpeg(icc_profile=made.exchanged()[:300])),
    "the profile of a press": ("a.jpg", jpeg(icc_profile=PRESS)),
    "a huge profile": ("a.jpg", jpeg(icc_profile=made.exchanged() + b"\0" * (5 << 20))),
}

_CUT = 3000
_BIG = Image.effect_noise((300, 300), 90).convert("RGB")
# Refused: the bytes, and what is said.
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "only zeros": (b"\0" * 5000, "empty"),
    "words": (b"This is no picture.", "no picture"),
    "a web page": (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
    "a GIF": (saved(quarters(), "GIF"), "GIF"),
    "a BMP": (saved(quarters(), "BMP"), "BMP"),
    "a HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "HEIC"),
    "an AVIF": (b"\0\0\0\x18ftypavif" + b"\0" * 99, "AVIF"),
    "a film": (b"\0\0\0\x18ftypisom" + b"\0" * 99, "film"),
    "a Photoshop file": (b"8BPS\0\x01" + b"\0" * 99, "Photoshop"),
    "a JPEG 2000": (saved(quarters(), "JPEG2000"), "JPEG 2000"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "a packed SVG": (b"\x1f\x8b\x08\0" + b"\0" * 20, "packed"),
    "a pointer of git": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "pointer"),
    "a JPEG cut off": (jpeg(_BIG)[:_CUT], "cut off"),
    "a progressive JPEG cut off": (jpeg(_BIG, progressive=True)[:_CUT], "cut off"),
    "only the head of a JPEG": (jpeg()[:200], "cut off"),
    "a PNG cut off": (png(_BIG)[:_CUT], "cut off"),
    "a WebP cut off": (webp(_BIG)[:_CUT], "damaged"),
    "a TIFF cut off": (tiff(_BIG)[:_CUT], ""),
    "a PNG with a wrong checksum": (png()[:45] + b"\x55" + png()[46:], "damaged"),
    "a PNG without width": (png_of(0, 9, 8, 2, b""), "damaged"),
    "a JPEG without height": (made.resized(jpeg(), 64, 0), ""),
    "a PNG of 40,000 dots a side": (png_of(40_000, 40_000, 1, 0, b"\0"), "40,000 × 40,000"),
    "a long PNG": (png_of(40_000, 2, 1, 0, b"\0"), "40,000 × 2"),
    "a PNG of two thousand million dots": (png_of(2**31 - 1, 1, 8, 2, b""), "2,147,483,647"),
    "a JPEG of 65,000 dots a side": (made.resized(jpeg(), 65_000, 65_000), "65,000"),
    "a WebP of 16 million dots a side": (made.webp_of(1 << 24, 1 << 24), "16,777,216"),
    "a TIFF of 100,000 dots a side": (made.tiff_of(100_000, 100_000), "100,000"),
    "a TIFF with huge tiles": (
        made.tiff_of(64, 64, t322=1 << 24, t323=1 << 24, t324=8, t325=1),
        "",
    ),
    "a TIFF with broken numbers": (tiff(Image.new("F", (9, 9), 0.5)), "unusual"),
    "a TIFF of 32 bits": (tiff(Image.new("I", (9, 9), 70_000)), "unusual"),
    "a PNG with a text bomb": (made.with_notes("zTXt", 100 << 20), "too much text"),
    "a PNG with a profile bomb": (made.with_notes("iCCP", 100 << 20), "too much text"),
    "a JPEG of a thousand layers": (made.with_scans(1000), "too many layers"),
    "an SVG that names a web address": (
        svg('<image href="http://example.org/a.png" width="9" height="9"/>'),
        "outside",
    ),
    "an SVG that names a file": (svg('<image xlink:href="file:///etc/passwd"/>'), "outside"),
    "an SVG that uses another file": (svg('<use href="other.svg#a"/>'), "outside"),
    "an SVG with a fill from elsewhere, in pieces": (
        svg("<style>rect{fill:ur<![CDATA[l(http://a.org/b)]]>}</style>"),
        "outside",
    ),
    "an SVG in an SVG": (
        svg('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
        "another SVG",
    ),
    "an SVG with a style sheet from elsewhere": (
        svg("<style>@import url(http://example.org/a.css);</style>"),
        "outside",
    ),
    "an SVG with a fill from elsewhere": (svg('<rect fill="url(b.svg#a)"/>'), "outside"),
    "an SVG with entities": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "entities",
    ),
    "an SVG with a thousand million laughs": (
        svg(
            "&j;",
            before="<!DOCTYPE svg ["
            + "".join(
                f'<!ENTITY {b} "{f"&{a};" * 10}">'
                for a, b in zip("abcdefghi", "bcdefghij", strict=True)
            )
            + "]>",
        ),
        "entities",
    ),
    "an SVG with a script": (svg("<script>alert(1)</script>"), "script"),
    "an SVG that acts when it is loaded": (svg('<g onload="alert(1)"/>'), "script"),
    "an SVG with words": (svg("<text>Hello</text>"), "words in it"),
    "an SVG with a web page in it": (svg("<foreignObject><p>a</p></foreignObject>"), "words in it"),
    "an SVG of ten thousand million shapes": (svg(made.uses()), "can't be drawn"),
    "an SVG without a size": (svg(head=NS), "how large"),
    "an SVG of no size": (svg(head=f'{NS} viewBox="0 0 0 0"'), "how large"),
    "an SVG cut off": (svg()[:-20], "can't be read as SVG"),
    "an SVG without its name space": (svg(head='viewBox="0 0 9 9"'), "can't be read as SVG"),
    "an SVG in a web page": (b"<html><svg></svg></html>", "can't be read as SVG"),
    "an SVG in parts in parts": (svg("<g>" * 300 + "</g>" * 300), "too deep"),
    "a long and narrow SVG": (svg(head=f'{NS} viewBox="0 0 1 9999"'), "narrow"),
    "an SVG of 9 MB": (svg(" " * (9 << 20)), "larger than 8 MB"),
}


@cache
def named(name: str, data: bytes) -> tuple[PictureFile | None, list[Problem]]:
    return picture_named({PICTURES + name: data, "templates/p.icc": PRESS}, name, HERE)


def dots(file: PictureFile, width: float = 40, height: float = 40) -> Dots:
    picture = fitted(file, Rect(0, 0, width, height))
    return dots_of(picture, wanted(picture, 300))


def seen(shown: Dots) -> list[tuple[int, ...]]:
    """The colours in the middle of each quarter."""
    image = shown.image.convert("RGB")
    spots = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    return [image.getpixel((int(x * image.width), int(y * image.height))) for x, y in spots]  # type: ignore[misc]


def test_there_are_enough_of_them() -> None:
    assert len(RIGHT) + len(SAID) + len(REFUSED) >= 100


@pytest.mark.parametrize("case", RIGHT)
def test_what_can_be_shown_looks_right(case: str) -> None:
    name, data, colours, near = RIGHT[case]
    file, found = named(name, data)
    assert file and found == []
    for got, want in zip(seen(dots(file)), colours, strict=True):
        assert max(abs(a - b) for a, b in zip(got, want, strict=True)) <= near, (got, want)


@pytest.mark.parametrize("case", SAID)
def test_what_is_not_shown_whole_is_shown_and_said(case: str) -> None:
    name, data = SAID[case]
    file, found = named(name, data)
    assert file
    assert [(p.code, p.place) for p in found] == [("picture-simplified", Place(PICTURES + name))]
    assert found[0].severity is Severity.WARNING
    for got, want in zip(seen(dots(file)), QUARTERS, strict=True):
        assert max(abs(a - b) for a, b in zip(got, want, strict=True)) <= ROUGH


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_shown_is_refused_where_it_lies(case: str) -> None:
    data, said = REFUSED[case]
    start = time.process_time()
    file, found = named("a.jpg", data)
    assert time.process_time() - start < 3
    assert file is None
    assert [(p.code, p.place) for p in found] == [("picture-unusable", Place(f"{PICTURES}a.jpg"))]
    assert said in found[0].found
    assert found[0].todo


def test_hostile_files_take_little_memory() -> None:
    """All of them, one after the other, in a process that has half a gigabyte."""
    words = [sys.executable, "-W", "error", "-c", _ALL]
    done = run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{len(REFUSED)}\n", "")


_ALL = """
import resource
from tests.pictures.test_odd_pictures import REFUSED, named
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
print(sum(named("a.png", data)[0] is None for data, _ in REFUSED.values()))
"""


def test_the_picture_is_turned_before_it_is_measured() -> None:
    for way in range(1, 9):
        file, _ = named("a.jpg", held(way))
        assert file
        assert (file.width, file.height) == (96, 64)


def test_inks_are_seen_by_the_press_s_profile_if_they_have_none() -> None:
    data = jpeg(Image.new("CMYK", (SIDE, SIDE), (255, 0, 0, 0)))
    file, _ = named("a.jpg", data)
    assert file and file.inks == PRESS
    cyan = seen(dots(file))[0]
    assert cyan[0] < 60 and 120 < cyan[1] < 190 and cyan[2] > 200  # not the #00FFFF of a screen


def test_what_is_not_there_shows_the_ground_and_is_masked() -> None:
    file, _ = named("a.png", png(made.see_through()))
    assert file
    picture = fitted(file, Rect(0, 0, 20, 20), ground="#FFCC00")
    shown = dots_of(picture, wanted(picture, 300))
    assert seen(shown)[3] == (255, 204, 0)
    assert shown.mask
    assert [shown.mask.getpixel(at) for at in ((9, 9), (60, 60))] == [0, 255]


def test_a_picture_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from deckgen.pictures import library

    data = png(Image.new("RGB", (7, 7), (1, 2, 3)))
    files = {f"{PICTURES}once.png": data, f"{PICTURES}again.png": bytes(data)}
    assert picture_named(files, "once.png", HERE)[0]
    monkeypatch.setattr(library, "look", None)
    assert picture_named(files, "again.png", HERE)[0]

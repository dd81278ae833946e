"""Fonts of every sort: used as they are, in the right weight, or refused with what helps."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from deckgen.design.font_files import font_fault, weights_of
from deckgen.design.fonts import Face, FontBook
from deckgen.design.load_fonts import load_fonts
from deckgen.design.outlines import some, whole
from deckgen.problem import Problem, Severity
from tests.design import made_fonts as made

FONTS = "templates/fonts.toml"

GOOD: dict[str, Callable[[], bytes]] = {
    "TrueType": made.boxes,
    "CFF": made.postscript,
    "variable, thin by default": made.variable,
    "variable, regular by default": lambda: made.variable(300, 400, 700),
    "variable with CFF2": made.variable_postscript,
    "codes of format 12 alone": made.only_wide_codes,
    "codes of old Macs alone": made.for_old_macs,
    "no table OS/2": lambda: made.without("OS/2"),
    "a wrong checksum": lambda: made.with_bytes("glyf", 0, b"\0\1"),
    "16384 units an em": lambda: made.boxes(upem=16384),
    "a licence to print": lambda: made.rights(0x0004),
    "restricted and editable": lambda: made.rights(0x000A),
    "a name with brackets": lambda: made.named("Bo(xe)s é"),
    "no name for programs": lambda: made.named(""),
    "rules that join letters": made.joining,
}
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "WOFF": (made.for_the_web, "Use the .ttf or .otf file of that font."),
    "WOFF2": (lambda: b"wOF2" + made.boxes()[4:], "Use the .ttf or .otf file of that font."),
    "a collection": (made.collection, "the one that is meant"),
    "pictures alone": (made.pictures_only, "a font with outlines"),
    "signs in place of letters": (made.symbols, "a font that has letters"),
    "no letters": (made.no_letters, "get it anew"),
    "a broken cmap": (lambda: made.with_bytes("cmap", 4, b"\xff" * 30), "get it anew"),
    "a licence that forbids": (lambda: made.rights(0x0002), "Open Font License"),
    "embedded whole alone": (lambda: made.rights(0x0108), "Open Font License"),
    "embedded as pictures alone": (lambda: made.rights(0x0208), "Open Font License"),
    "no cmap": (lambda: made.without("cmap"), "use another font"),
    "no widths": (lambda: made.without("hmtx"), "use another font"),
    "no names": (lambda: made.without("name"), "use another font"),
    "no outlines": (lambda: made.without("glyf"), "get it anew"),
    "no shapes": (lambda: made.with_bytes("maxp", 4, b"\0\0"), "get it anew"),
    "more shapes than places": (lambda: made.with_bytes("maxp", 4, b"\xff\0"), "get it anew"),
    "65535 units an em": (lambda: made.with_bytes("head", 18, b"\xff\xff"), "get it anew"),
    "no units an em": (lambda: made.with_bytes("head", 18, b"\0\0"), "get it anew"),
    "outlines outside": (lambda: made.with_bytes("loca", 8, b"\xff" * 4), "get it anew"),
    "more widths than shapes": (lambda: made.with_bytes("hhea", 34, b"\x7f\xff"), "get it anew"),
    "another head": (lambda: made.with_bytes("head", 12, b"abcd"), "get it anew"),
    "cut off": (lambda: made.boxes()[:-400], "get it anew"),
    "half a directory": (lambda: made.boxes()[:60], "get it anew"),
    "nothing": (lambda: b"", "get it anew"),
    "text": (lambda: b"not a font at all", "get it anew"),
}


def loaded(fonts: str, **files: bytes) -> tuple[FontBook | None, list[Problem]]:
    found: list[Problem] = []
    given = {f"fonts/{name}.ttf": data for name, data in files.items()}
    return load_fonts({FONTS: fonts.encode(), **given}, found), found


def in_all_roles(file: str = "x.ttf") -> str:
    return f'regular = "{file}"\nmedium = "regular"\nbold = "regular"\n'


@pytest.mark.parametrize("name", GOOD)
def test_a_font_that_can_be_embedded_is(name: str) -> None:
    data = GOOD[name]()
    assert font_fault(data) is None
    book, found = loaded(in_all_roles(), x=data)
    assert book and not found
    face = book.faces["regular"]
    for part in (whole(face), some(face, [1, 2, 36])[0]):
        font = TTFont(BytesIO(part))
        assert "glyf" in font and "fvar" not in font and "CFF " not in font
    wide = TTFont(BytesIO(whole(face)))
    advance = wide["hmtx"][wide["cmap"].tables[0].cmap[ord("A")]][0] / wide["head"].unitsPerEm
    assert advance == pytest.approx(face.shape("A").width_em, abs=0.002)


@pytest.mark.parametrize("name", BAD)
def test_a_font_that_cannot_be_embedded_is_said_with_what_helps(name: str) -> None:
    make, todo = BAD[name]
    book, found = loaded(in_all_roles(), x=make())
    assert book is None
    assert [(p.code, p.place.file) for p in found] == [("font-unusable", "fonts/x.ttf")]
    assert todo in found[0].todo


def test_no_shuffled_bytes_of_a_font_are_more_than_a_problem() -> None:
    data = made.boxes()
    for at in range(0, len(data), 61):
        broken = data[:at] + bytes(b ^ 0xFF for b in data[at : at + 16]) + data[at + 16 :]
        if font_fault(broken) is None:
            Face("regular", "x.ttf", broken).shape("Words")


def test_a_role_of_a_variable_font_has_the_weight_of_its_name() -> None:
    lines = [f'{r} = "x.ttf"' for r in ("regular", "medium", "semibold", "bold", "extrabold")]
    book, found = loaded("\n".join(lines), x=made.variable())
    assert book and not found
    assert [book.faces[r].weight for r in book.faces] == [400, 500, 600, 700, 800]
    widths = [book.faces[r].shape("A").width_em for r in book.faces]
    assert widths == sorted(set(widths))  # never thin everywhere
    drawn = {whole(face) for face in book.faces.values()}
    assert len(drawn) == len({face.digest for face in book.faces.values()}) == 5


def test_a_weight_can_be_asked_for() -> None:
    fonts = 'regular = "x.ttf"\nmedium = {file = "x.ttf", weight = 450}\nbold = "x.ttf"\n'
    book, found = loaded(fonts, x=made.variable())
    assert book and not found
    assert book.faces["medium"].weight == 450


def test_a_weight_that_the_font_has_not_is_the_nearest() -> None:
    book, found = loaded(
        in_all_roles() + 'heavy = {file = "x.ttf", weight = 1000}', x=made.variable(300, 400, 700)
    )
    assert book and not found
    assert book.faces["heavy"].weight == 700
    assert weights_of(made.variable(300, 400, 700)) == (300, 700)


def test_one_weight_cannot_be_chosen_from() -> None:
    fonts = in_all_roles() + 'heavy = {file = "x.ttf", weight = 800}'
    _, found = loaded(fonts, x=made.boxes())
    assert [(p.code, p.place.line) for p in found] == [("setting-invalid", 4)]


def test_roles_that_look_the_same_are_noticed_once() -> None:
    fonts = 'regular = "x.ttf"\nmedium = "x.ttf"\nbold = "x.ttf"\nheavy = "y.ttf"'
    book, found = loaded(fonts, x=made.boxes(), y=made.postscript())
    assert book is not None
    assert [(p.code, p.severity, p.place.line) for p in found] == [
        ("fonts-alike", Severity.WARNING, 2)
    ]
    assert "regular, medium and bold" in found[0].found


def test_a_variable_font_whose_heaviest_two_roles_meet_is_noticed() -> None:
    fonts = 'regular = "x.ttf"\nmedium = "x.ttf"\nbold = "x.ttf"\nextrabold = "x.ttf"'
    _, found = loaded(fonts, x=made.variable(300, 400, 700))
    assert [p.code for p in found] == ["fonts-alike"]
    assert "bold and extrabold" in found[0].found


def test_a_role_may_look_like_another_knowingly() -> None:
    book, found = loaded(in_all_roles(), x=made.boxes())
    assert book and not found
    assert book.faces["bold"] is book.faces["regular"]


def test_a_role_like_one_that_is_like_another_is_refused() -> None:
    book, found = loaded('regular = "x.ttf"\nmedium = "bold"\nbold = "regular"', x=made.boxes())
    assert book is None
    assert [(p.code, p.place.line) for p in found] == [("template-invalid", 2)]


def test_a_large_font_of_postscript_outlines_is_not_drawn_anew_for_a_few_letters() -> None:
    many = made.LATIN + "".join(map(chr, range(0x4E00, 0x4E00 + 5000)))
    face = Face("regular", "x.otf", made.postscript(many))
    start = time.process_time()
    assert len(TTFont(BytesIO(whole(face))).getGlyphOrder()) < 200
    assert len(TTFont(BytesIO(some(face, [200, 300])[0])).getGlyphOrder()) == 3
    assert time.process_time() - start < 2


@pytest.mark.parametrize("make", [made.postscript, made.variable])
def test_a_font_that_breaks_when_it_is_taken_apart_is_refused(make: Callable[[], bytes]) -> None:
    data, refused = make(), 0
    for at in range(300, len(data), 97):
        broken = data[:at] + bytes(b ^ 0xFF for b in data[at : at + 40]) + data[at + 40 :]
        book, found = loaded(in_all_roles(), x=broken)
        assert (book is None) == [p.code for p in found].count("font-unusable")
        refused += book is None
    assert refused > 5

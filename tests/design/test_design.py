"""Templates: the project's own are sound, and each fault in one is a located Problem."""

from __future__ import annotations

import re

import pytest

from deckgen.colour import contrast, mix
from deckgen.design.load import load_design
from deckgen.problem import Problem
from tests.layout.made_up import design_of, look_files


def problems_with(file: str, old: str, new: str, theme: str = "gallery") -> list[Problem]:
    """The problems when one template has one change."""
    files = look_files()
    text = files[file].decode()
    assert old in text
    files[file] = text.replace(old, new, 1).encode()
    design, found = load_design(files, theme, "a4", ink_saver=False)
    assert design is None
    return found


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_the_shipped_templates_have_no_faults(theme: str) -> None:
    assert design_of(theme).theme.name.lower() == theme


def test_contrast_agrees_with_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


def test_a_pale_heading_colour_is_refused() -> None:
    found = problems_with("templates/palette.toml", '"#435532"', '"#93A582"')
    assert {p.code for p in found} == {"contrast-low"}
    assert any("deep on tint" in p.found and "7 to 1" in p.found for p in found)


def test_a_grid_that_leaves_the_sheet_is_refused() -> None:
    found = problems_with("templates/stocks/a4.toml", "width = 95", "width = 99")
    assert [p.code for p in found] == ["stock-invalid"]


@pytest.mark.parametrize(("bleed", "drawn"), [("1.5", 3.0), ("2", 3.0), ("5", 5.0), ("6", 6.0)])
def test_as_much_bleed_is_drawn_as_sheets_show(bleed: str, drawn: float) -> None:
    files, file = look_files(), "templates/stocks/a4-a6.toml"
    stock = re.sub(r"(?m)^gutter_x = .*", "gutter_x = 12", files[file].decode())
    files[file] = re.sub(r"(?m)^bleed = [0-9.]+", f"bleed = {bleed}", stock).encode()
    design, found = load_design(files, "gallery", "a4-a6", ink_saver=False)
    assert design and not found
    assert design.bleed_mm == drawn


def test_a_bleed_that_runs_into_the_neighbour_is_refused() -> None:
    found = problems_with("templates/stocks/a4.toml", "bleed = 1.5", "bleed = 2.5")
    assert any("gutter" in p.found for p in found)


def test_a_misspelt_setting_is_located() -> None:
    found = problems_with("templates/themes/gallery.toml", "margin = 8", "margins = 8")
    assert any(p.place.line > 0 and "margins" in p.found for p in found)


def test_an_unknown_theme_names_the_known_ones() -> None:
    design, found = load_design(look_files(), "galery", "a4", ink_saver=False)
    assert design is None
    assert "gallery" in found[0].todo


def test_a_missing_font_is_named() -> None:
    files = look_files()
    del files["fonts/AtkinsonHyperlegibleNext_700Bold.ttf"]
    design, found = load_design(files, "gallery", "a4", ink_saver=False)
    assert design is None
    assert [p.code for p in found] == ["file-missing"]
    assert found[0].place.file == "templates/fonts.toml" and found[0].place.line > 1


def test_a_font_of_other_capitals_and_a_weight_in_words() -> None:
    name, look = "templates/fonts.toml", look_files()
    look[name] = look[name].replace(b"_700Bold", b"_700bold")
    _, found = load_design(look, "gallery", "a4", ink_saver=False)
    assert [p.todo for p in found] == ["Write AtkinsonHyperlegibleNext_700Bold.ttf."]
    look[name] = b'regular = {file = "AtkinsonHyperlegibleNext_400Regular.ttf", weight = "bold"}'
    _, found = load_design(look, "gallery", "a4", ink_saver=False)
    wanted = "Write a whole number, without quotation marks."
    assert [(p.code, p.todo) for p in found] == [("setting-invalid", wanted)]


def test_a_font_that_is_none_is_refused() -> None:
    files = look_files()
    files["fonts/AtkinsonHyperlegibleNext_700Bold.ttf"] = b"not a font"
    design, found = load_design(files, "gallery", "a4", ink_saver=False)
    assert design is None
    assert [p.code for p in found] == ["font-unusable"]


def test_half_a_font_is_refused() -> None:
    files = look_files()
    name = "fonts/AtkinsonHyperlegibleNext_400Regular.ttf"
    files[name] = files[name][: len(files[name]) // 2]
    design, found = load_design(files, "gallery", "a4", ink_saver=False)
    assert design is None
    assert [(p.code, p.place.file) for p in found] == [("font-unusable", name)]


def test_an_icon_that_cannot_be_drawn_is_refused() -> None:
    found = problems_with("templates/icons.toml", "M9 7.6 L15 7.6", "M9 7.6 L15")
    assert [p.code for p in found] == ["icon-invalid"]


GALLERY = "templates/themes/gallery.toml"
BACK_HEADING = """[[back]]
part = "back_heading"
at = [8, 14.4]
rule = 17.3
"""
FORMS = 'text = ["{edition} · {code}", "{short} · {code}"]'
FRONT_EDITION = f"""[[front]]
part = "edition"
at = [8, -11.4]
{FORMS}
"""
FRONT_REVIEW = """[[front]]
part = "review"
at = [8, -5.8]
text = ["Review by {month}"]
"""
BACK_EDITION = """[[back]]
part = "edition"
at = [8, -5]
text = ["{edition} · {code}", "{short} · {code}", "{short}", "{shorter}"]
room = 36.4
"""
BACK_REVIEW = """[[back]]
part = "review"
at = [-8, -5]
text = ["Review by {month}"]
"""
BROKEN = {
    "a style that is missing": (GALLERY, "point = {", "pointer = {", "point"),
    "a face that no font plays": (GALLERY, 'face = "semibold"', 'face = "slim"', "slim"),
    "a colour that no palette has": (GALLERY, 'colour = "quiet"', 'colour = "loud"', "loud"),
    "a ground that no palette has": (GALLERY, 'colour = "tint"', 'colour = "tinted"', "tinted"),
    "type below twelve points": (GALLERY, "size = 13, colour", "size = 9, colour", "12 points"),
    "a size class below twelve": (GALLERY, "[12, 16.5]", "[11, 15]", "12 points"),
    "a part that is none": (GALLERY, 'part = "pips"', 'part = "pipes"', "part"),
    "a part of another name": (GALLERY, 'part = "uses"', 'part = "used"', "no part called"),
    "too few numbers": (GALLERY, "code = [8, 71.2]", "code = [8]", "too few values"),
    "a font for nothing": ("templates/fonts.toml", "regular =", "normal =", "regular"),
    "no number": (GALLERY, "[12, 16.5]", "[nan, nan]", "nan"),
    "no heading": (GALLERY, BACK_HEADING, "", "back_heading"),
    "no edition on the front": (GALLERY, FRONT_EDITION, "", "edition on the front"),
    "no review on the front": (GALLERY, FRONT_REVIEW, "", "date of review on the front"),
    "no edition on the back": (GALLERY, BACK_EDITION, "", "edition on the back"),
    "no review on the back": (GALLERY, BACK_REVIEW, "", "date of review on the back"),
    "no check code": (GALLERY, FORMS, 'text = ["{edition}"]', "check code is not on the front"),
    "a name that no mark has": (GALLERY, "· {code}", "· {coda}", "{edition}, {month}"),
    "half a brace": (GALLERY, "· {code}", "· {code", "between braces"),
    "no edition in words": (GALLERY, FORMS, 'text = ["{code}"]', "{shorter}"),
    "no forms": (GALLERY, FORMS, "text = []", "text"),
    "no month": (GALLERY, "Review by {month}", "Review soon", "{month}"),
    "residue in an icon": ("templates/icons.toml", "M9 7.6 L15 7.6", "M9 7.6 Q15 7.6", "M, L"),
    "half a line in an icon": ("templates/icons.toml", "L15 7.6", "L15 L1 2", "L needs 2 numbers"),
    "a number too many": ("templates/icons.toml", "L15 7.6", "L15 7.6 1", "a letter M, L"),
    "no paper": ("templates/stocks/a4.toml", 'paper = "a4"', 'paper = "/"', "paper"),
    "ink that is paper": ("templates/palette.toml", '"#1B242B"', '"#FFFFFF"', "ink on white"),
    "no rows": (GALLERY, "rows = 4", "rows = 0", "rows"),
    "a page style": ("templates/workbook.toml", "hint = {", "hints = {", "hint"),
    "a colour in words": ("templates/palette.toml", '"#C9DEA5"', '"green"', "green"),
    "too much ink": ("templates/palette.toml", "[28, 0, 46, 0]", "[280, 0, 46, 0]", "280"),
    "no columns on a sheet": ("templates/stocks/a4.toml", "columns = 2", "columns = 0", "columns"),
    "a card of no width": ("templates/stocks/a4.toml", "width = 95", "width = -5", "width"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_template_is_refused_with_words_that_help(name: str) -> None:
    file, old, new, said = BROKEN[name]
    found = problems_with(file, old, new)
    assert any(said in f"{p.found} {p.todo}" and p.place.file == file for p in found), found

"""Stock files of other people's making: what can't be printed is refused, at its line."""

from __future__ import annotations

import pytest

from deckgen.design.load import load_design
from deckgen.design.stock import Stock, stock_problems
from deckgen.design.template import read_template
from tests.layout.made_up import look_files

FILE = "templates/stocks/a4.toml"
A4 = look_files()[FILE].decode()


def refused(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The problems of a changed file: code, the line they point at, what was found."""
    text = A4
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    files = {**look_files(), FILE: text.encode()}
    design, problems = load_design(files, "gallery", "a4", ink_saver=False)
    assert (design is None) == bool(problems)
    assert all(p.place.file == FILE and p.todo for p in problems)
    lines = text.split("\n")
    return [(p.code, lines[p.place.line - 1].strip()[:16], p.found) for p in problems]


def test_the_file_as_it_is() -> None:
    assert refused() == []


GRIDS = {
    "a card too wide": ([("width = 95", "width = 105")], "columns = 2", "leave the sheet"),
    "a card too high": ([("height = 137", "height = 160")], "rows = 2", "leave the sheet"),
    "too many columns": ([("columns = 2", "columns = 3")], "columns = 3", "leave the sheet"),
    "a sheet too small": (
        [("width = 210", "width = 100")],
        "columns = 2",
        "leave the sheet",
    ),
    "too far left": ([("left = 8", "left = 2")], "left = 2", "nearer to the edge"),
    "too far right": ([("left = 8", "left = 12")], "columns = 2", "on the right"),
    "too far up": ([("top = 11", "top = 5")], "top = 5", "nearer to the edge"),
    "no room for the ruler": ([("top = 11", "top = 9")], "top = 9", "no room above"),
    "bleed on the neighbour": (
        [("bleed = 1.5", "bleed = 2.5")],
        "gutter_x = 4",
        "neighbour's half",
    ),
    "colour that overlaps": ([("gutter_y = 4", "gutter_y = 0")], "gutter_y = 0", "neighbour"),
    "a printer that reaches less": ([("margin = 5", "margin = 7")], "left = 8", "nearer"),
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_that_cannot_be_printed_is_refused_at_its_line(name: str) -> None:
    changes, line, said = GRIDS[name]
    found = refused(*changes)
    assert {code for code, _, _ in found} == {"stock-invalid"}
    assert any(at.startswith(line[:16]) and said in text for _, at, text in found), found


VALUES = {
    "a gutter below nothing": ("gutter_x = 4", "gutter_x = -4", "setting-invalid"),
    "no columns": ("columns = 2", "columns = 0", "setting-invalid"),
    "half a row": ("rows = 2", "rows = 2.5", "setting-invalid"),
    "a card of no width": ("width = 95", "width = 0", "setting-invalid"),
    "a length without end": ("left = 8", "left = inf", "setting-invalid"),
    "no number at all": ("left = 8", "left = nan", "setting-invalid"),
    "a length in words": ("left = 8", 'left = "8 mm"', "setting-invalid"),
    "thousands of cards": ("columns = 2", "columns = 9999", "setting-invalid"),
    "a setting of another name": ("gutter_x = 4", "guter_x = 4", "setting-unknown"),
    "a comma for a point": ("bleed = 1.5", "bleed = 1,5", "settings-syntax"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_makes_no_sense_is_refused_at_its_line(name: str) -> None:
    old, new, code = VALUES[name]
    found = refused((old, new))
    assert any(c == code and at.startswith(new[:16]) for c, at, _ in found), found


def test_gutters_that_are_nowhere_do_not_matter() -> None:
    """One row of cards has no gutter between rows."""
    assert refused(("rows = 2", "rows = 1"), ("gutter_y = 4", "gutter_y = 0")) == []


def test_a_stock_that_names_what_is_not_there_is_told_at_that_line() -> None:
    files = {**look_files(), FILE: A4.replace('"a4-large"', '"gone"').encode()}
    _, problems = load_design(files, "gallery", "a4", ink_saver=False, large_print=True)
    line = next(n for n, text in enumerate(A4.split("\n"), 1) if text.startswith("large_print"))
    assert [(p.code, p.place.line) for p in problems] == [("template-unknown", line)]


def test_every_stock_that_comes_with_it_is_sound() -> None:
    files = look_files()
    for file in (name for name in files if name.startswith("templates/stocks/")):
        stock = read_template(files, file, Stock, [])
        assert stock is not None and stock_problems(stock, file, files) == []

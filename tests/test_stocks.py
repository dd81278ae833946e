"""The list of stocks: what is sound is shown, what is not is a located problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.colour_report import colour_table
from deckgen.design.stock import Stock
from deckgen.model.drawing import TextLine
from deckgen.options import Options
from deckgen.problem import Place, problem
from deckgen.project import read_project
from deckgen.sheets.marks import SlugLine, sheet_marks
from deckgen.stocks import list_stocks, stocks_text
from tests.laid_out import lay_out
from tests.layout.made_up import design_of
from tests.pdf.test_press import with_few_words
from tests.sheets.duplex import worst_offset_mm
from tests.sheets.test_imposition import STOCKS

ROOT = Path(__file__).resolve().parent.parent


def test_every_stock_is_listed_with_its_sheets() -> None:
    entries, problems = list_stocks(read_project(ROOT))
    assert problems == []
    sheets = {entry.name: entry.sheets for entry in entries}
    assert sheets == {
        **{"a3": 3, "a4": 6, "a4-large": 24, "letter": 6, "letter-large": 24, "sra3": 3},
        **{"a4-a6": 12, "a4-a7": 6, "a4-poker": 3, "a4-bridge": 3, "a4-tarot": 6},
        **{"a4-business": 3, "a4-perforated": 3},
    }


def test_the_drawing_has_a_box_for_each_card() -> None:
    entries, _ = list_stocks(read_project(ROOT))
    text = stocks_text([entry for entry in entries if entry.name == "a3"])
    assert text.count("┬") == 3 and text.count("├") == 1
    assert "95 × 137 mm, 8 a sheet" in text and "3 sheets for this deck" in text


def test_a_grid_that_leaves_the_sheet_is_told_and_left_out() -> None:
    project = read_project(ROOT)
    name = "templates/stocks/a3.toml"
    wrong = project.files[name].replace(b"left = 14", b"left = 40")
    entries, problems = list_stocks(replace(project, files={**project.files, name: wrong}))
    assert "a3" not in {entry.name for entry in entries}
    assert [(p.code, p.place.file) for p in problems] == [("stock-invalid", name)]


def test_what_could_not_be_read_is_told() -> None:
    project = read_project(ROOT)
    closed = problem("file-unreadable", Place("templates/stocks/a3.toml"), "Closed.", "Open it.")
    hinted = problem("file-ignored", Place("content/x.doc"), "Not read.", "Move it.")
    unread = replace(project, problems=(closed, hinted))
    assert list_stocks(unread)[1] == [closed]
    assert colour_table(unread) == ("", [hinted, closed])


def test_the_command_shows_them() -> None:
    done = CliRunner().invoke(cli, ["stocks", "--project", str(ROOT)], standalone_mode=False)
    assert done.return_value == 0
    assert "sra3: SRA3, eight A6 cards" in done.output


@pytest.mark.slow
@pytest.mark.parametrize("stock", [name for name in STOCKS if not name.endswith("-large")])
def test_a_deck_with_few_words_is_built_on_every_stock(stock: str, tmp_path: Path) -> None:
    """Whole files, with the look that the stock names, and backs behind fronts in them."""
    project = with_few_words(read_project(ROOT))
    options = Options(stock=stock, theme=None if "a4-" in stock else "gallery")
    result = build_files(project, ["sheets", "pack"], options, output=tmp_path)
    assert result.problems == () and len(result.outputs) == 2
    entry = next(entry for entry in list_stocks(project)[0] if entry.name == stock)
    size = (entry.stock.card.width, entry.stock.card.height)
    assert worst_offset_mm(result.outputs[0].read_bytes(), size, "long") < 0.1


def guide_of(stock: str) -> str:
    layout, problems = lay_out(with_few_words(read_project(ROOT)), Options(stock=stock))
    assert layout is not None, problems
    lines = (mark for page in layout.guide for mark in page.marks() if isinstance(mark, TextLine))
    return " ".join(run.text for line in lines for run in line.runs)


def test_the_printing_guide_knows_how_cards_leave_the_sheet() -> None:
    assert "Break out" in guide_of("a4-perforated") and "Where to cut" in guide_of("a4-a7")
    assert "one cut parts two of them" in guide_of("a4-business")
    assert "colour runs over every edge" in guide_of("a4-poker")


def test_a_perforated_sheet_has_no_marks_to_cut_at() -> None:
    stock = design_of("wide", stock="a4-perforated").stock
    book = design_of().book
    slug = SlugLine(1, 1, "front", "Edition 1", "K1", "long")
    marks = [
        len(list(sheet_marks(s, slug, book, mirrored=False)[0].marks()))
        for s in (stock, cut(stock))
    ]
    assert marks[0] < marks[1]


def cut(stock: Stock) -> Stock:
    return replace(stock, perforated=False)


def test_a_stock_names_the_look_for_its_cards() -> None:
    project = with_few_words(read_project(ROOT))
    named, _ = lay_out(project, Options(stock="a4-poker"))
    asked, _ = lay_out(project, Options(stock="a4-poker", theme="wide"))
    assert named is not None and named.design.theme.name == "Pocket"
    assert asked is None or asked.design.theme.name == "Wide"

"""The paper that is chosen reaches every page, and nothing is lost on it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen import Options, build_files, read_project
from deckgen.geometry import mm
from deckgen.model.drawing import TextLine
from deckgen.options import Look
from deckgen.products.booklet import SHEETS_MM
from deckgen.products.calibration import calibration_page
from deckgen.products.job import Job
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults, read_facts
from tests.conftest import ROOT
from tests.sheets.test_imposition import STOCKS

LETTER, A4 = (612.0, 792.0), (595.3, 841.9)
PARTS = ["sheets", "workbook", "pack"]


def sizes(path: Path) -> set[tuple[float, float]]:
    with pikepdf.open(path) as document:
        boxes = [[float(v) for v in page.MediaBox] for page in document.pages]
    return {(round(box[2] - box[0], 1), round(box[3] - box[1], 1)) for box in boxes}


@pytest.mark.parametrize("large_print", [False, True], ids=["usual", "large print"])
def test_a_letter_pack_is_letter_throughout(tmp_path: Path, large_print: bool) -> None:
    options = Options(stock="letter", large_print=large_print)
    result = build_files(read_project(ROOT), PARTS, options, output=tmp_path)
    assert result.problems == () and len(result.outputs) == 3
    for path in result.outputs:
        assert sizes(path) == {LETTER}
        assert file_faults(path.read_bytes()) == []


def test_a_letter_workbook_has_the_boxes_of_any_other(tmp_path: Path) -> None:
    names = []
    for stock in ("a4", "letter"):
        options = Options(stock=stock)
        made = build_files(read_project(ROOT), ["workbook"], options, output=tmp_path / stock)
        names.append(set(read_facts(made.outputs[0].read_bytes()).fields))
    assert names[0] == names[1] != set()


def test_what_deck_toml_says_counts_as_well(tmp_path: Path) -> None:
    """Also for the page that goes to a printer, and the ticket for the print shop."""
    project = read_project(ROOT)
    deck = project.files["content/deck.toml"].replace(b'stock = "a4"', b'stock = "letter"')
    project = replace(project, files={**project.files, "content/deck.toml": deck})
    made = build_files(project, ["workbook", "print"], output=tmp_path).outputs
    assert sizes(made[0]) == sizes(made[2]) == {LETTER}
    page, problems = calibration_page(project, Options(), tmp_path)
    assert page and not problems
    assert sizes(page) == {LETTER}


@pytest.mark.parametrize("stock", [name for name in STOCKS if not name.startswith("letter")])
def test_other_stocks_keep_the_paper_of_the_office(stock: str) -> None:
    design, problems = Proof(read_project(ROOT)).design(Look(stock=stock))
    assert design and not problems
    assert (design.paper.page.width, design.paper.page.height) == (210, 297)


@pytest.mark.parametrize("stock", STOCKS)
def test_the_cutting_plan_is_on_the_page_that_speaks_of_it(stock: str) -> None:
    """Beside a wide sheet, as beside an upright one, the words have room."""
    proof = Proof(read_project(ROOT))
    for turn in ("long", "single", *["fold"] * (not stock.endswith("-large"))):
        job = Job(proof, Options(stock=stock, turn=turn))
        assert [page.name for page in job.guide] == ["pack-cover", "pack-printing"]


@pytest.mark.parametrize(("stock", "own"), [("a4", 0), ("a4-a6", 0), ("letter", 0), ("sra3", 1)])
def test_a_pack_on_two_sizes_of_paper_is_not_said_to_print_in_one_go(stock: str, own: int) -> None:
    said = guide_words(Job(Proof(read_project(ROOT)), Options(stock=stock)))
    assert ("in one go" in said) == (not own)
    assert ("Then print the workbook, on paper of its own size." in said) == bool(own)


def guide_words(job: Job) -> str:
    marks = (mark for page in job.guide for mark in page.marks())
    return " ".join(run.text for m in marks if isinstance(m, TextLine) for run in m.runs)


def smallest_pt(job: Job) -> float:
    marks = (mark for page in job.pages() for mark in page.marks())
    return min(mark.size_pt for mark in marks if isinstance(mark, TextLine))


@pytest.mark.parametrize(
    ("stock", "paper", "name"),
    [
        ("a4", "", "a4"),
        ("letter", "", "letter"),
        ("letter", "tabloid", "tabloid"),
        ("letter", "a4", "a4"),
        ("a4", "letter", "letter"),
    ],
)
def test_a_booklet_is_folded_of_the_paper_of_its_pages(
    tmp_path: Path, stock: str, paper: str, name: str
) -> None:
    options = Options(stock=stock, booklet_paper=paper)
    (made,) = build_files(read_project(ROOT), ["booklet"], options, output=tmp_path).outputs
    assert made.name == f"workbook-booklet-{name}.pdf"
    assert file_faults(made.read_bytes()) == []
    wide, high = (round(mm(side), 1) for side in SHEETS_MM[name])
    assert sizes(made) == {(wide, high)}
    with pikepdf.open(made) as document:
        scales = {
            float(step.operands[0])
            for page in document.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "cm"
        }
    (scale,) = scales
    from deckgen.products.booklet import _seen

    assert smallest_pt(_seen(Job(Proof(read_project(ROOT)), options))) * scale >= 12 - 0.001


def test_a_stock_may_have_pages_of_its_own(tmp_path: Path) -> None:
    project, file = read_project(ROOT), "templates/stocks/a3.toml"
    stock = b"page = { width = 200, height = 280, margin = 15 }\n" + project.files[file]
    project = replace(project, files={**project.files, file: stock})
    options = Options(stock="a3")
    made = build_files(project, ["workbook"], options, output=tmp_path).outputs
    assert sizes(made[0]) == {(566.9, 793.7)}

"""Calibration: what a printer does wrong is measured from its page, and taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.building.check import check
from deckgen.cli import cli
from deckgen.design.printer import PrinterProfile
from deckgen.design.stock import Stock
from deckgen.geometry import Matrix, mm, moved, to_mm
from deckgen.layout.papers.calibration import lay_out_calibration
from deckgen.model.drawing import Drawing, Shape
from deckgen.options import Options
from deckgen.pdf.write import write_sheets
from deckgen.products.calibration import calibration_page, save_printer
from deckgen.project import Project, read_project
from deckgen.readback.check import read_facts
from deckgen.sheets.imposition import Plan, Turn, impose, mirror_sheet
from deckgen.sheets.registration import Readings, corrected, displacement, profile_of, stations_mm
from deckgen.sheets.sheet import SheetSide
from tests.layout.made_up import design_of
from tests.sheets.duplex import worst_offset_mm
from tests.sheets.test_imposition import STOCKS, cards, info

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 2)
SQUARE = Readings((0, 0), (0, 0), 0)
TURNS = [Turn.LONG, Turn.SHORT, Turn.SINGLE]


def profile(stock: Stock, turn: Turn, **errors: float) -> PrinterProfile:
    sheet = (stock.sheet.width, stock.sheet.height)
    return PrinterProfile(name="office", measured=TODAY, turn=turn.value, sheet_mm=sheet, **errors)  # type: ignore[arg-type]


ERRORS = [
    {"x_mm": 0.8},
    {"x_mm": -0.4, "y_mm": 1.1},
    {"rotation_deg": 0.4},
    {"x_percent": 0.3, "y_percent": -0.2},
    {"x_mm": 0.5, "y_mm": -0.7, "rotation_deg": -0.25, "x_percent": 0.1, "y_percent": 0.2},
]


def printed(sides: tuple[SheetSide, ...], does: Matrix) -> tuple[SheetSide, ...]:
    """What comes out of a printer that does this to every back, in the back's own points."""
    return tuple(
        replace(
            side,
            placements=tuple(
                replace(p, matrix=p.matrix.then(does) if side.label.endswith("back") else p.matrix)
                for p in side.placements
            ),
        )
        for side in sides
    )


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("errors", ERRORS)
def test_with_its_profile_a_printers_backs_lie_behind_the_fronts(
    stock: str, turn: Turn, errors: dict[str, float]
) -> None:
    design = design_of(stock=stock)
    a_sheet = design.stock.per_sheet
    faces = cards(a_sheet + max(1, a_sheet // 3), design)  # a full sheet and a partly empty one
    sides = impose(faces, design.stock, Plan(turn), "Edition 7", design.book)
    known = profile(design.stock, turn, **errors)
    mirror = mirror_sheet(design.stock, turn)
    does = mirror.then(displacement(known, design.stock)).then(mirror)
    size = (design.stock.card.width, design.stock.card.height)

    def worst(made: tuple[SheetSide, ...]) -> float:
        data = write_sheets(printed(made, does), info("long"), design.book)
        return worst_offset_mm(data, size, turn.value)

    assert worst(sides) > 0.15
    assert worst(corrected(sides, known, design.stock)) < 0.1


def seen_at(station: tuple[float, float], does: Matrix) -> tuple[float, float]:
    """What a person reads where a back's line should be at a station."""
    x, y = does.apply(mm(station[0]), mm(station[1]))
    return to_mm(x) - station[0], to_mm(y) - station[1]


@pytest.mark.parametrize("stock", ["a4", "a3", "a4-a6", "letter"])
@pytest.mark.parametrize("errors", ERRORS)
def test_readings_tell_shift_rotation_and_stretch(stock: str, errors: dict[str, float]) -> None:
    paper = design_of(stock=stock).stock
    known = profile(paper, Turn.LONG, **errors)
    does = displacement(known, paper)
    top, bottom, side = (seen_at(station, does) for station in stations_mm(paper))
    found = profile_of("office", "long", Readings(top, bottom, side[0], 4.0), paper, TODAY)
    for name in ("x_mm", "y_mm", "x_percent", "y_percent"):
        assert getattr(found, name) == pytest.approx(getattr(known, name), abs=0.02)
    assert found.rotation_deg == pytest.approx(known.rotation_deg, abs=0.005)
    assert found.margin_mm == 4.0


def test_without_the_side_the_width_is_left_alone() -> None:
    paper = design_of().stock
    known = profile(paper, Turn.LONG, x_mm=0.5, rotation_deg=0.2)
    top, bottom, _ = (seen_at(s, displacement(known, paper)) for s in stations_mm(paper))
    found = profile_of("office", "long", Readings(top, bottom), paper, TODAY)
    assert found.x_percent == 0 and found.x_mm == pytest.approx(0.5, abs=0.02)


def upright(drawing: Drawing, level_pt: float) -> list[float]:
    """Where short upright lines stand on a level, in points from the left."""
    found = []
    for mark in drawing.marks():
        if isinstance(mark, Shape) and len(mark.path) == 2:
            (_, x0, y0), (_, x1, y1) = mark.path
            low, high = sorted((float(y0), float(y1)))
            if abs(float(x0) - float(x1)) < 0.01 and low - 1 < level_pt < high + 1:
                found.append(float(x0))
    return sorted({round(x, 3) for x in found})


@pytest.mark.parametrize("off_mm", [0.0, 0.3, -1.2])
def test_the_lines_that_meet_name_the_shift(off_mm: float) -> None:
    """Reads the page as a person does: the pair of lines that comes nearest."""
    design = design_of()
    mirror = mirror_sheet(design.stock, Turn.LONG)
    front, back = lay_out_calibration(design, stations_mm(design.stock), mirror)
    (middle, level), *_ = (tuple(map(mm, station)) for station in stations_mm(design.stock))
    shine = [mirror.then(moved(mm(off_mm), 0)).apply(x, 0)[0] for x in upright(back, level)]
    _, line = min((abs(a - b), a) for a in upright(front, level) for b in shine)
    assert to_mm(line - middle) / 2 / 10 == pytest.approx(off_mm, abs=0.001)


@pytest.fixture
def project(deck_folder: Path) -> Project:
    return read_project(deck_folder)


def test_the_page_is_a_sound_file(project: Project, tmp_path: Path) -> None:
    path, problems = calibration_page(project, Options(), tmp_path)
    assert problems == [] and path is not None
    facts = read_facts(path.read_bytes())
    assert [page.label for page in facts.pages] == ["Front", "Back"]
    assert facts.tags["Figure"] == 4 and facts.tags["LI"] == 5


def test_a_saved_profile_is_used_and_named(project: Project) -> None:
    path, _ = save_printer(
        project, Options(), "office", Readings((0.4, 0.1), (0.4, 0.1), 0.4), TODAY
    )
    assert path is not None and "x_mm = 0.400" in path.read_text(encoding="utf-8")
    again = read_project(project.folder)
    plain = build_files(again, ["sheets"]).outputs[0]
    made = build_files(again, ["sheets"], Options(printer="office")).outputs[0]
    assert (plain.name, made.name) == ("deck-sheets-a4.pdf", "deck-sheets-a4-for-office.pdf")
    assert worst_offset_mm(plain.read_bytes(), (95, 137), "long") < 0.1
    off = worst_offset_mm(made.read_bytes(), (95, 137), "long")
    assert off == pytest.approx((0.4**2 + 0.1**2) ** 0.5, abs=0.01)


def test_a_profile_for_another_turn_is_refused(project: Project) -> None:
    save_printer(project, Options(turn="short"), "office", SQUARE, TODAY)
    again = read_project(project.folder)
    assert check(again, Options(printer="office")) == []
    wrong = check(again, Options(printer="office", turn="long"))
    assert [p.code for p in wrong] == ["printer-otherwise"]
    unknown = check(again, Options(printer="home"))
    assert [p.code for p in unknown] == ["template-unknown"] and "office" in unknown[0].todo


def test_the_command_asks_for_the_readings(project: Project) -> None:
    words = ["calibrate", "--project", str(project.folder), "--printer", "office"]
    done = CliRunner().invoke(
        cli, words, input="0.2\n-0.1\n0.2\n-0.1\n0.2\n4\n", standalone_mode=False
    )
    assert done.return_value == 0, done.output
    assert (project.folder / "printers" / "office.toml").exists()
    wrong = CliRunner().invoke(cli, [*words[:-1], "../x"], input="0\n0\n0\n0\n0\n4\n")
    assert wrong.exit_code == 2 and "can't be a printer's name" in wrong.output


@pytest.mark.parametrize(("name", "off_mm"), [("../x", 0), ("", 0), ("office\n", 0), ("ok", 30)])
def test_what_no_profile_can_hold(name: str, off_mm: float) -> None:
    readings = Readings((off_mm, 0), (off_mm, 0), 0)
    with pytest.raises(ValueError):
        profile_of(name, "long", readings, design_of().stock, TODAY)
    assert profile_of("office", "long", SQUARE, design_of().stock, TODAY).x_mm == 0


def test_another_paper_than_it_was_measured_on_is_refused(project: Project) -> None:
    save_printer(project, Options(turn="long"), "office", SQUARE, TODAY)
    again = read_project(project.folder)
    assert check(again, Options(printer="office", stock="a4-large")) == []  # the same paper
    wrong = check(again, Options(printer="office", stock="a3"))
    assert [p.code for p in wrong] == ["printer-otherwise"] and "420 × 297" in wrong[0].found
    lying = check(again, Options(printer="office", stock="a4-a6"))
    assert [p.code for p in lying] == ["printer-otherwise"] and "297 × 210" in lying[0].found


def test_cards_in_the_edge_that_stays_white_are_refused(project: Project) -> None:
    wide = Readings((0, 0), (0, 0), 0, margin_mm=6.5)
    save_printer(project, Options(turn="long"), "office", wide, TODAY)
    again = read_project(project.folder)
    assert check(again, Options(printer="office")) == []
    save_printer(project, Options(turn="long"), "office", replace(wide, margin_mm=8), TODAY)
    wrong = check(read_project(project.folder), Options(printer="office"))
    assert [p.code for p in wrong] == ["printer-otherwise"] and "6.5 mm" in wrong[0].found

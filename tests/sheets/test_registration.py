"""Calibration: what a printer does wrong is measured from its page, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import cos, radians, sin
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen.arrange import Options, check
from deckgen.build import Target, build_files
from deckgen.calibrate import calibration_page, save_printer
from deckgen.cli import cli
from deckgen.design.printer import PrinterProfile
from deckgen.geometry import Matrix, mm, moved, to_mm
from deckgen.layout.calibration import lay_out_calibration
from deckgen.model.drawing import Drawing, Shape
from deckgen.pdf.readback import read_facts
from deckgen.pdf.write import write_sheets
from deckgen.project import Project, read_project
from deckgen.sheets.imposition import Plan, Turn, impose, mirror_sheet
from deckgen.sheets.registration import corrected, displacement, profile_of, stations_mm
from deckgen.sheets.sheet import SheetSide
from tests.layout.made_up import design_of
from tests.sheets.duplex import worst_offset_mm
from tests.sheets.test_imposition import cards, info

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 2)
TURNS = [Turn.LONG, Turn.SHORT, Turn.SINGLE]


def profile(turn: Turn, **errors: float) -> PrinterProfile:
    return PrinterProfile(name="office", measured=TODAY, turn=turn.value, **errors)  # type: ignore[arg-type]


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


@pytest.mark.parametrize("stock", ["a4", "a3", "letter"])
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("errors", ERRORS)
def test_with_its_profile_a_printers_backs_lie_behind_the_fronts(
    stock: str, turn: Turn, errors: dict[str, float]
) -> None:
    design = design_of(stock=stock)
    sides = impose(cards(7, design), design.stock, Plan(turn), "Edition 7", design.book)
    known = profile(turn, **errors)
    mirror = mirror_sheet(design.stock, turn)
    does = mirror.then(displacement(known, design.stock)).then(mirror)
    size = (design.stock.card.width, design.stock.card.height)

    def worst(made: tuple[SheetSide, ...]) -> float:
        data = write_sheets(printed(made, does), info("long"), design.book)
        return worst_offset_mm(data, size, turn.value)

    assert worst(sides) > 0.15
    assert worst(corrected(sides, known, design.stock)) < 0.1


def test_two_readings_tell_shift_rotation_and_height() -> None:
    stock = design_of().stock
    angle, x, y = radians(0.2), 0.3, -0.4
    readings = []
    for station in stations_mm(stock):
        left, up = station[0] - stock.sheet.width / 2, station[1] - stock.sheet.height / 2
        up *= 1.001
        seen = left * cos(angle) - up * sin(angle) + x, left * sin(angle) + up * cos(angle) + y
        readings.append((seen[0] - left, seen[1] - (station[1] - stock.sheet.height / 2)))
    found = profile_of("office", "long", *readings, stock, TODAY)
    assert found.x_mm == pytest.approx(x, abs=0.01)
    assert found.y_mm == pytest.approx(y, abs=0.01)
    assert found.rotation_deg == pytest.approx(0.2, abs=0.005)
    assert found.y_percent == pytest.approx(0.1, abs=0.005)


def upright(drawing: Drawing) -> list[float]:
    """Where short upright lines stand, in points from the left."""
    found = []
    for mark in drawing.marks():
        if isinstance(mark, Shape) and len(mark.path) == 2:
            (_, x0, y0), (_, x1, y1) = mark.path
            if abs(float(x0) - float(x1)) < 0.01 and abs(float(y0) - float(y1)) < mm(9):
                found.append(float(x0))
    return sorted({round(x, 3) for x in found})


@pytest.mark.parametrize("off_mm", [0.0, 0.3, -1.2])
def test_the_lines_that_meet_name_the_shift(off_mm: float) -> None:
    """Reads the page as a person does: the pair of lines that comes nearest."""
    design = design_of()
    mirror = mirror_sheet(design.stock, Turn.LONG)
    front, back = lay_out_calibration(design, stations_mm(design.stock), mirror)
    middle = mm(design.stock.sheet.width / 2)
    shine = [mirror.then(moved(mm(off_mm), 0)).apply(x, 0)[0] for x in upright(back)]
    _, line = min((abs(a - b), a) for a in upright(front) for b in shine)
    assert to_mm(line - middle) / 2 / 10 == pytest.approx(off_mm, abs=0.001)


@pytest.fixture
def project(deck_folder: Path) -> Project:
    return read_project(deck_folder)


def test_the_page_is_a_sound_file(project: Project, tmp_path: Path) -> None:
    path, problems = calibration_page(project, Options(), tmp_path)
    assert problems == [] and path is not None
    facts = read_facts(path.read_bytes())
    assert [page.label for page in facts.pages] == ["Front", "Back"]
    assert facts.tags["Figure"] == 2 and facts.tags["LI"] == 4


def test_a_saved_profile_is_used_and_named(project: Project) -> None:
    path, _ = save_printer(project, Options(), "office", (0.4, 0.1), (0.4, 0.1), TODAY)
    assert path is not None and "x_mm = 0.400" in path.read_text(encoding="utf-8")
    again = read_project(project.folder)
    plain = build_files(again, [Target.SHEETS]).outputs[0]
    made = build_files(again, [Target.SHEETS], Options(printer="office")).outputs[0]
    assert (plain.name, made.name) == ("deck-sheets-a4.pdf", "deck-sheets-a4-for-office.pdf")
    assert worst_offset_mm(plain.read_bytes(), (95, 137), "long") < 0.1
    off = worst_offset_mm(made.read_bytes(), (95, 137), "long")
    assert off == pytest.approx((0.4**2 + 0.1**2) ** 0.5, abs=0.01)


def test_a_profile_for_another_turn_is_refused(project: Project) -> None:
    save_printer(project, Options(turn="short"), "office", (0, 0), (0, 0), TODAY)
    again = read_project(project.folder)
    assert check(again, Options(printer="office")) == []
    wrong = check(again, Options(printer="office", turn="long"))
    assert [p.code for p in wrong] == ["printer-otherwise"]
    unknown = check(again, Options(printer="home"))
    assert [p.code for p in unknown] == ["template-unknown"] and "office" in unknown[0].todo


def test_the_command_asks_for_the_readings(project: Project) -> None:
    words = ["calibrate", "--project", str(project.folder), "--printer", "office"]
    done = CliRunner().invoke(cli, words, input="0.2\n-0.1\n0.2\n-0.1\n", standalone_mode=False)
    assert done.return_value == 0, done.output
    assert (project.folder / "printers" / "office.toml").exists()
    wrong = CliRunner().invoke(cli, [*words[:-1], "../x"], input="0\n0\n0\n0\n")
    assert wrong.exit_code == 2 and "can't be a printer's name" in wrong.output

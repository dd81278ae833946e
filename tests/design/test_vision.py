"""Distances agree with the standard's test data, and colours that are too alike are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.building.check import check
from deckgen.colour_report import colour_table
from deckgen.design.vision import GREY, SIGHTS, distance, distances, lab, simulated
from deckgen.options import Options
from deckgen.project import read_project
from tests.layout.made_up import design_of

ROOT = Path(__file__).resolve().parents[2]
PALETTE = "templates/palette.toml"

# Sharma, Wu and Dalal (2005), "The CIEDE2000 color-difference formula", table 1.
KNOWN = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (50, 3.2592, 0.335), 1.0),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "apart"), KNOWN)
def test_distances_are_those_of_the_standard(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert distance(one, other) == pytest.approx(apart, abs=1e-4)
    assert distance(other, one) == pytest.approx(apart, abs=1e-4)


def test_white_and_grey_look_the_same_to_everybody() -> None:
    for sight in SIGHTS:
        assert simulated((1, 1, 1), sight) == pytest.approx((1, 1, 1), abs=0.002)
        assert simulated((0.5, 0.5, 0.5), sight) == pytest.approx((0.5, 0.5, 0.5), abs=0.002)
    assert lab((1, 1, 1)) == pytest.approx((100, 0, 0), abs=0.01)


def test_red_and_green_meet_for_those_who_cannot_see_red() -> None:
    red, green = (0.8, 0.4, 0.3), (0.47, 0.5, 0.3)
    usual = distance(lab(red), lab(green))
    seen = distance(*(lab(simulated(c, "protan")) for c in (red, green)))
    assert seen < usual / 2


def test_the_palette_keeps_its_sections_apart() -> None:
    palettes = design_of().palettes
    keys = ("light-green", "blue-grey", "mauve", "pink", "grey-green", "brown")
    worst = {
        sight: min(p.distance for p in distances(palettes, keys) if p.sight == sight)
        for sight in SIGHTS
    }
    assert min(v for k, v in worst.items() if k != GREY) >= 9
    assert worst[GREY] >= 8


def test_two_sections_that_look_alike_are_refused() -> None:
    project = read_project(ROOT)
    text = project.files[PALETTE].decode()
    alike = text.replace('srgb = "#F4ABBA"', 'srgb = "#C2A6D0"', 1)
    assert alike != text
    wrong = replace(project, files={**project.files, PALETTE: alike.encode()})
    found = [p for p in check(wrong, Options()) if p.code == "colours-alike"]
    assert [p.place.file for p in found] == [PALETTE]
    assert '"mauve" and "pink"' in found[0].found
    assert "colours-alike" in [p.code for p in colour_table(wrong)[1]]


def test_the_table_names_every_section() -> None:
    table, problems = colour_table(read_project(ROOT))
    assert problems == []
    assert "blue-grey    40 15 10 35    100 %" in table
    assert table.splitlines()[0].split()[-7:] == [*SIGHTS, "press", "off"]
    offs = [float(line.split()[-1]) for line in table.splitlines()[1:7]]
    assert max(offs) < 3


def test_inks_that_do_not_match_the_screen_are_told() -> None:
    project = read_project(ROOT)
    text = project.files[PALETTE].decode()
    wrong = text.replace("cmyk = [32, 42, 0, 0]", "cmyk = [42, 32, 0, 0]", 1).encode()
    assert wrong != text.encode()
    _, problems = colour_table(replace(project, files={**project.files, PALETTE: wrong}))
    assert {p.code for p in problems} == {"halves-differ"}
    assert "mauve" in problems[0].found and "band" in problems[0].found

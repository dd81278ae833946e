"""Contact sheets: every page is on them, guides lie on the cut, and eyes differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from deckgen.cli import cli
from deckgen.design.vision import simulated
from deckgen.options import Options
from deckgen.preview import View, as_seen, guides_for, preview
from deckgen.project import read_project
from deckgen.sheets.imposition import impose
from deckgen.sheets.sheet import Placement
from tests.laid_out import lay_out

ROOT = Path(__file__).resolve().parent.parent


def made(folder: Path, name: str, view: View, **options: str) -> Image.Image:
    paths, problems = preview(read_project(ROOT), [name], Options(**options), view, folder)  # type: ignore[arg-type]
    assert problems == [] and len(paths) == 1
    return Image.open(paths[0]).convert("RGB")


def test_a_contact_sheet_has_room_for_every_page(tmp_path: Path) -> None:
    image = made(tmp_path, "cards", View(dpi=36, columns=8))
    wide, high = round(95 / 25.4 * 36), round(137 / 25.4 * 36)
    assert abs(image.width - (8 * (wide + 16) + 16)) <= 8
    assert abs(image.height - (6 * (high + 16) + 16)) <= 6


def test_twice_the_dots_make_twice_the_picture(tmp_path: Path) -> None:
    coarse = made(tmp_path, "cards", View(dpi=50, columns=2), cards="K1")
    fine = made(tmp_path, "cards", View(dpi=100, columns=2), cards="K1")
    gaps = 3 * 16  # around and between two pictures; they don't grow
    assert (fine.width - gaps) / (coarse.width - gaps) == pytest.approx(2, abs=0.02)


@pytest.mark.parametrize("view", ["cards", "sheets"])
def test_guides_show_trim_bleed_and_safe_area(tmp_path: Path, view: str) -> None:
    plain = made(tmp_path, view, View(dpi=72), cards="K1")
    guided = made(tmp_path, view, View(dpi=72, guides=True), cards="K1")
    colours = {colour for _, colour in guided.getcolors(1 << 20) or []}
    before = {colour for _, colour in plain.getcolors(1 << 20) or []}
    bleed = {(210, 0, 40)} if view == "sheets" else set()  # a card by itself has none
    assert {(0, 90, 200), (0, 140, 60)} | bleed <= colours - before


@pytest.mark.parametrize(
    ("stock", "turn", "page"),
    [
        ("a3", "long", 1),
        ("a4", "short", 1),
        ("a4", "single", 6),
        ("a4", "long", 1),
        ("a4", "fold", 0),
    ],
)
def test_guides_lie_on_the_cut_of_backs_too(stock: str, turn: str, page: int) -> None:
    """A grid that is not in the middle of its sheet: its back's cuts are elsewhere."""
    layout, problems = lay_out(read_project(ROOT), Options(stock=stock, turn=turn))
    assert layout is not None and problems == []
    plan, paper = layout.plan, layout.design.stock
    sides = impose(layout.chosen(), paper, plan, "Edition 7", layout.design.book)
    placed = {
        tuple(round(v) for v in sorted(p.matrix.apply(*at)[axis] for at in corners_of(p)))
        for p in sides[page].placements
        for axis in (0, 1)
    }
    guides = guides_for("sheets", layout)(page, 0, 0)
    shown = {
        pair
        for colour, (left, bottom, right, top) in guides
        if colour == (0, 90, 200)
        for pair in ((round(left), round(right)), (round(bottom), round(top)))
    }
    assert placed == shown


def corners_of(placement: Placement) -> list[tuple[float, float]]:
    size = placement.face.size
    return [(0, 0), (size.width_pt, size.height_pt)]


@pytest.mark.parametrize("sight", ["protan", "deutan", "tritan", "grey"])
def test_every_sight_is_as_measured(sight: str) -> None:
    """Of a strong red, green and blue: what the colour gate computes is what is shown."""
    for rgb in ((200, 60, 40), (30, 160, 70), (40, 70, 190)):
        seen = as_seen(Image.new("RGB", (1, 1), rgb), sight).getpixel((0, 0))
        wanted = simulated(tuple(v / 255 for v in rgb), sight)  # type: ignore[arg-type]
        assert isinstance(seen, tuple) and seen != rgb
        assert all(abs(a - 255 * b) <= 9 for a, b in zip(seen, wanted, strict=True))


def test_guides_lie_on_the_cut(tmp_path: Path) -> None:
    image = made(tmp_path, "sheets", View(dpi=72, columns=1, guides=True))
    x, y = 16 + round(8 / 25.4 * 72), 16 + round((11 + 60) / 25.4 * 72)
    near = [image.getpixel((x + dx, y)) for dx in (-1, 0, 1)]
    assert (0, 90, 200) in near


def test_a_picture_is_seen_as_others_see_it(tmp_path: Path) -> None:
    usual = made(tmp_path, "cards", View(dpi=30), cards="K1")
    other = made(tmp_path, "cards", View(dpi=30, sight="deutan"), cards="K1")
    assert usual.size == other.size and usual.tobytes() != other.tobytes()
    assert (tmp_path / "preview-cards-deutan.png").exists()
    red = Image.new("RGB", (1, 1), (200, 60, 40))
    wanted = simulated((200 / 255, 60 / 255, 40 / 255), "deutan")
    seen = as_seen(red, "deutan").getpixel((0, 0))
    assert isinstance(seen, tuple)
    assert all(abs(a - 255 * b) <= 3 for a, b in zip(seen, wanted, strict=True))


def test_grey_is_grey(tmp_path: Path) -> None:
    image = made(tmp_path, "cards", View(dpi=30, sight="grey"), cards="K1")
    card = image.crop((16, 16, image.width - 16, image.height - 16)).getcolors(1 << 16) or []
    greys = sum(count for count, (r, g, b) in card if max(r, g, b) - min(r, g, b) <= 3)  # type: ignore[misc]
    assert greys > 0.9 * sum(count for count, _ in card)


def test_the_command_writes_pictures(tmp_path: Path) -> None:
    words = ["preview", "cards", "--dpi", "20", "--project", str(ROOT), "--output", str(tmp_path)]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert done.return_value == 0, done.output
    assert (tmp_path / "preview-cards.png").exists()

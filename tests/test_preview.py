"""Contact sheets: every page is on them, guides lie on the cut, and eyes differ."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from deckgen.cli import cli
from deckgen.design.vision import simulated
from deckgen.options import Options
from deckgen.preview import View, as_seen, preview
from deckgen.project import read_project

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

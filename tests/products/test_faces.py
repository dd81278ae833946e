"""Pictures of single faces: their size, their bleed, and what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from deckgen import Options, build_files, read_project
from tests.conftest import ROOT

CARD_MM, BLEED_MM = (95.0, 137.0), 3.0


@pytest.mark.parametrize("dpi", [300, 600])
def test_a_picture_has_the_size_of_the_face_with_its_bleed(tmp_path: Path, dpi: int) -> None:
    options = Options(cards="K1*3, Index", faces_dpi=dpi)
    made = build_files(read_project(ROOT), ["faces"], options, output=tmp_path).outputs
    assert [path.name for path in made] == [
        f"face-{code}-{side}-{dpi}dpi.png" for code in ("K1", "Index") for side in ("front", "back")
    ]
    wanted = tuple(round((length + 2 * BLEED_MM) / 25.4 * dpi) for length in CARD_MM)
    for path in made:
        with Image.open(path) as image:
            assert all(abs(a - b) <= 1 for a, b in zip(image.size, wanted, strict=True))
            assert round(image.info["dpi"][0]) == dpi
            assert image.mode == "RGB"


def test_colour_runs_out_to_the_edge_of_the_bleed(tmp_path: Path) -> None:
    front = build_files(
        read_project(ROOT), ["faces"], Options(cards="K1"), output=tmp_path
    ).outputs[0]
    with Image.open(front) as image:
        wide = image.width
        corner, inside = image.getpixel((2, 2)), image.getpixel((wide // 2, 2))
    assert corner != (255, 255, 255)
    assert inside != (255, 255, 255)


def test_large_print_and_sizes_have_names_of_their_own(tmp_path: Path) -> None:
    names = set()
    for options in (
        Options(cards="K1"),
        Options(cards="K1", large_print=True),
        Options(cards="K1", faces_dpi=600),
    ):
        made = build_files(read_project(ROOT), ["faces"], options, output=tmp_path).outputs
        names |= {path.name for path in made}
    assert len(names) == 6

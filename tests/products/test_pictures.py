"""A picture on every card goes through every product, and counts as part of the look."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from deckgen.building.build import build_files
from deckgen.geometry import Rect
from deckgen.layout.faces import card
from deckgen.layout.faces.face import Face
from deckgen.model.drawing import Element, Role
from deckgen.model.picture import PictureFile
from deckgen.options import Options
from deckgen.pictures import dots
from deckgen.pictures.fit import fitted
from deckgen.pictures.library import picture_named
from deckgen.preflight.check import preflight
from deckgen.problem import Place
from deckgen.project import Project, read_project
from deckgen.proof.proof import OWN, Proof
from deckgen.source import PICTURES
from tests.pictures.made import jpeg, quarters

ROOT = Path(__file__).resolve().parents[2]


def picture(side: int = 1200, flipped: bool = False) -> PictureFile:
    image = quarters(side, side * 4 // 3)
    data = jpeg(image.transpose(Image.Transpose.ROTATE_180) if flipped else image)
    file, found = picture_named({f"{PICTURES}a.jpg": data}, "a.jpg", Place("x", 1))
    assert file and not found
    return file


@pytest.fixture
def on_all(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a picture behind all that stands on a card."""

    def put(file: PictureFile) -> None:
        def drawn(face: Face, part: Any) -> tuple[Element, ...]:
            whole = Rect(0, 0, face.size.width_pt, face.size.height_pt).grown(face.bleed_pt)
            return (Element(Role.FIGURE, (fitted(file, whole),), alt="Four squares"),)

        monkeypatch.setattr(card, "_DRAW", {**card._DRAW, "fill": drawn})

    return put


def images(path: Path) -> int:
    with pikepdf.open(path) as document:
        shown = [o for o in document.objects if isinstance(o, pikepdf.Stream)]
        return sum(o.get("/Subtype") == "/Image" for o in shown)


def test_every_product_shows_it_and_unpacks_it_once(
    on_all: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_all(picture())
    unpacked, real = Counter[bool](), dots.dots_of

    def counted(*given: Any) -> dots.Dots:
        unpacked[True] += 1
        return real(*given)

    monkeypatch.setattr(dots, "dots_of", counted)
    wanted = ["sheets", "screen", "pack"]
    made = build_files(read_project(ROOT), wanted, Options(), output=tmp_path).outputs
    assert [images(path) for path in made] == [1, 1, 1]
    assert unpacked.total() == 1


@pytest.mark.parametrize("standard", ["x-4", "x-1a"])
def test_the_print_shop_gets_it_in_inks(on_all: Any, tmp_path: Path, standard: str) -> None:
    on_all(picture())
    options = Options(standard=standard, cards="KC1-2")
    made = build_files(read_project(ROOT), ["print"], options, output=tmp_path).outputs
    assert images(made[0]) == 1
    assert preflight(made[0].read_bytes()).findings == ()


def test_a_coarse_picture_is_printed_all_the_same(on_all: Any, tmp_path: Path) -> None:
    """It was a warning where it stands; but whoever looks at the file is told."""
    on_all(picture(600))
    options = Options(cards="KC1-2")
    made = build_files(read_project(ROOT), ["print"], options, output=tmp_path).outputs
    assert {f.rule.key for f in preflight(made[0].read_bytes()).findings} == {"PICTURES"}


def test_a_face_as_a_picture_has_it(on_all: Any, tmp_path: Path) -> None:
    on_all(picture())
    options = Options(cards="KC1", faces_dpi=300)
    made = build_files(read_project(ROOT), ["faces"], options, output=tmp_path).outputs
    with Image.open(BytesIO(made[1].read_bytes())) as face:  # the back
        colours = face.convert("RGB").getcolors(face.width * face.height) or []
    red = sum(n for n, (r, g, b) in colours if r > 200 and max(g, b) < 60)  # type: ignore[misc]
    assert red > 10_000


def looks(project: Project) -> dict[str, tuple[str, str]]:
    """The fingerprint of each card, and what is known of its pictures."""
    state = Proof(project).drawn
    assert state
    snapshot = state.snapshot
    facts = {
        c.code: [f.value for f in snapshot.facts_of(c.code) if "pict" in f.name]
        for c in snapshot.cards
    }
    return {c.code: (c.look, "".join(facts[c.code])) for c in snapshot.cards}


def test_another_picture_is_another_look_and_a_deck_without_any_has_its_own(on_all: Any) -> None:
    project = read_project(ROOT)
    without = looks(project)
    assert {fact for _, fact in without.values()} == {""}
    on_all(picture())
    one = looks(replace(project))
    on_all(picture())
    assert looks(replace(project)) == one
    on_all(picture(flipped=True))
    other = looks(replace(project))
    for code in one:
        assert len({without[code], one[code], other[code]}) == 3
        assert one[code][1] and one[code][1] != other[code][1]
    assert Proof(project).cards(OWN)[0]

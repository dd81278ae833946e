"""Pictures of single faces: their size, their bleed, their colours, and what they are called."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms, ImageColor

from deckgen import Options, build_files, read_project
from deckgen.disk import checksum, waiting
from deckgen.products.faces import file_names
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.pdf.test_press import SIZES, with_few_words

CARD_MM, BLEED_MM = (95.0, 137.0), 3.0
WHITE = (255, 255, 255)
BAND, BAND_INKS = "#C9DEA5", (28, 0, 46, 0)  # of the section KC


def pictures(folder: Path, options: Options, project: Project | None = None) -> list[Path]:
    result = build_files(project or read_project(ROOT), ["faces"], options, output=folder)
    assert result.problems == ()
    return list(result.outputs)


def dots(length_mm: float, dpi: int) -> int:
    return round(length_mm / 25.4 * dpi)


def edge(image: Image.Image) -> set[object]:
    """The colours of the outermost dots."""
    width, height = image.size
    across = [(x, y) for x in range(width) for y in (0, height - 1)]
    return {
        image.getpixel(at)
        for at in across + [(x, y) for x in (0, width - 1) for y in range(height)]
    }


@pytest.mark.parametrize("dpi", [300, 600])
@pytest.mark.parametrize("kind", ["png", "tiff", "tiff-cmyk"])
@pytest.mark.parametrize("trimmed", [False, True])
def test_a_picture_has_the_size_of_the_face_to_the_dot(
    tmp_path: Path, dpi: int, kind: str, trimmed: bool
) -> None:
    options = Options(cards="K1*3", faces_dpi=dpi, faces_format=kind, trimmed=trimmed)  # type: ignore[arg-type]
    bleed = 0.0 if trimmed else BLEED_MM
    for path in pictures(tmp_path, options):
        with Image.open(path) as image:
            assert image.size == tuple(dots(side + 2 * bleed, dpi) for side in CARD_MM)
            assert image.format == ("PNG" if kind == "png" else "TIFF")
            assert image.mode == ("CMYK" if kind == "tiff-cmyk" else "RGB")
            assert [round(float(d), 1) for d in image.info["dpi"]] == [dpi, dpi]


@pytest.mark.parametrize("size", SIZES)
def test_every_trade_size_comes_to_the_dot_with_the_bleed_of_the_press(
    tmp_path: Path, size: str
) -> None:
    project = with_few_words(read_project(ROOT))
    file = "templates/press.toml"
    press = project.files[file].replace(b"bleed = 3 ", b"bleed = 3.175 ")
    project = replace(project, files={**project.files, file: press})
    made = pictures(tmp_path, Options(cards="K1", size=size), project)
    assert [path.name for path in made] == [f"K1-front-{size}.png", f"K1-back-{size}.png"]
    for path in made:
        with Image.open(path) as image:
            assert image.size == tuple(dots(side + 2 * 3.175, 300) for side in SIZES[size])
    with Image.open(made[1]) as back:
        assert WHITE not in edge(back)  # the ground runs out to the last dot


def test_names_say_what_is_not_as_usual_and_never_meet(tmp_path: Path) -> None:
    few = with_few_words(read_project(ROOT))
    names = [
        path.name
        for options in (
            Options(cards="K1"),
            Options(cards="K1", large_print=True),
            Options(cards="K1", faces_dpi=600),
            Options(cards="K1", trimmed=True),
            Options(cards="K1", size="a7"),
            Options(cards="K1", faces_format="tiff"),
            Options(cards="K1", faces_format="tiff-cmyk"),
            Options(cards="K1", size="a7", trimmed=True, faces_format="tiff-cmyk", faces_dpi=600),
        )
        for path in pictures(tmp_path, options, few)
    ]
    assert names[:2] == ["K1-front.png", "K1-back.png"]
    assert names[-1] == "K1-back-a7-no-bleed-600dpi-cmyk.tif"
    assert len({name.lower() for name in names}) == len(names) == 16


def test_every_card_has_a_name_that_every_system_can_store() -> None:
    """Also where a section is called as index cards are."""
    project = read_project(ROOT)
    renamed = {
        name.replace("ISUC", "INDEX"): data.replace(b"ISUC", b"INDEX")
        for name, data in project.files.items()
    }
    job = Job(Proof(replace(project, files=renamed)), Options())
    assert job.problems("faces") == []
    names = file_names(job)
    assert {"INDEX1-front.png", "Index-front.png"} <= set(names)
    assert len({name.lower() for name in names}) == len(names) == 48
    assert all(name.replace("-", "").replace(".", "").isalnum() for name in names)


def test_screen_colours_are_those_of_the_palette_and_carry_their_profile(tmp_path: Path) -> None:
    front = pictures(tmp_path, Options(cards="KC1"))[0]
    data = front.read_bytes()
    assert b"iCCP" in data[:100]
    with Image.open(BytesIO(data)) as image:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        colours = {colour for _, colour in image.getcolors(1 << 24) or []}
        assert ImageColor.getrgb(BAND) in colours


def test_inks_are_those_of_the_palette_words_are_black_alone(tmp_path: Path) -> None:
    front, back = pictures(tmp_path, Options(cards="KC1", faces_format="tiff-cmyk"))
    with Image.open(front) as image:
        assert (
            image.info["icc_profile"] == read_project(ROOT).files["templates/FOGRA39L_coated.icc"]
        )
        inks = [255 * ink / 100 for ink in BAND_INKS]
        colours = [colour for _, colour in image.getcolors(1 << 24) or []]
        assert any(all(abs(a - b) <= 1 for a, b in zip(c, inks, strict=True)) for c in colours)
    with Image.open(back) as image:
        colours = [colour for _, colour in image.getcolors(1 << 24) or []]
        assert (0, 0, 0, 255) in colours
        assert max(map(sum, colours)) <= 3 * 255  # the most ink that the press takes


@pytest.mark.parametrize("kind", ["png", "tiff", "tiff-cmyk"])
def test_the_same_again_is_the_same_bytes(tmp_path: Path, kind: str) -> None:
    options = Options(cards="K1", faces_format=kind)  # type: ignore[arg-type]
    one, two = ([p.read_bytes() for p in pictures(tmp_path / n, options)] for n in ("one", "two"))
    assert one == two


def test_pictures_wait_on_the_disk_and_in_one_file() -> None:
    """However many there are: no system lets a program have thousands of files open."""
    given = [bytes([n % 251]) * (n % 7) for n in range(5000)]
    made = waiting(iter(given))
    assert [bytes(data) for data in made] == given
    assert [checksum(data) for data in made[:9]] == [checksum(data) for data in given[:9]]
    assert not any(isinstance(data, bytes) for data in made)


def test_a_press_whose_profile_is_none_holds_up_its_inks_only() -> None:
    project = read_project(ROOT)
    file = "templates/FOGRA39L_coated.icc"
    broken = replace(project, files={**project.files, file: b"no profile"})
    for kind, codes in (("png", []), ("tiff-cmyk", ["profile-unusable"])):
        job = Job(Proof(broken), Options(faces_format=kind))  # type: ignore[arg-type]
        assert [p.code for p in job.problems("faces")] == codes

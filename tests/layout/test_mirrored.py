"""A deck that runs from right to left is set the other way round, and no other deck is."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageOps

from deckgen import build_files
from deckgen.design.fonts import FontBook
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Clip, Drawing, Shape
from deckgen.options import Options
from deckgen.project import Project, read_project
from tests.conftest import ROOT
from tests.laid_out import lay_out

LOOKS = [Options(theme=theme, qr=qr) for theme in ("gallery", "masthead") for qr in (False, True)]
LOOKS += [Options(theme="pocket", stock="a4-poker"), Options(theme="wide", stock="a4-business")]


def in_language(language: str) -> Project:
    project = read_project(ROOT / "examples" / "team-days")
    toml = project.files["content/deck.toml"].decode()
    toml = toml.replace('language = "en-GB"', f'language = "{language}"')
    return replace(project, files={**project.files, "content/deck.toml": toml.encode()})


def faces(language: str, options: Options) -> list[CardFaces]:
    layout, problems = lay_out(in_language(language), options)
    assert layout is not None and {p.code for p in problems} <= {"words-english"}
    return list(layout.cards)


def lines(drawing: Drawing, book: FontBook) -> list[tuple[str, float, float]]:
    """Words, and where they begin and end; a space at their end is none."""
    found = []
    for line in drawing.lines():
        *most, last = line.runs
        runs = (*most, replace(last, text=last.text.rstrip()))
        end = line.x_pt + book.width_pt(runs, line.size_pt)
        found.append(("".join(run.text for run in runs), line.x_pt, end))
    return found


@pytest.mark.parametrize("options", LOOKS, ids=str)
def test_what_begins_at_the_left_begins_at_the_right(options: Options) -> None:
    layout, _ = lay_out(in_language("en"), options)
    assert layout is not None
    book = layout.proof.design(layout.look)[0].book
    for plain, other in zip(layout.cards, faces("he", options), strict=True):
        here, there = lines(plain.front, book), lines(other.front, book)
        assert [said for said, _, _ in here] == [said for said, _, _ in there]
        width = plain.front.size.width_pt
        turned = [x for _, left, right in here for x in (width - right, width - left)]
        assert [x for _, left, right in there for x in (left, right)] == pytest.approx(
            turned, abs=1
        )
        assert here != there


def test_other_languages_stay() -> None:
    welsh, english, hebrew = (
        [
            [(line.x_pt, line.y_pt) for line in card.front.lines()]
            for card in faces(language, Options())
        ]
        for language in ("cy", "en", "he")
    )
    assert welsh == english != hebrew


def reads_from_the_left(page: Image.Image) -> bool:
    (code,) = zxingcpp.read_barcodes(page)
    return bool(code.position.top_left.x < code.position.top_right.x)


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_qr_codes_are_moved_and_not_mirrored(theme: str, tmp_path: Path) -> None:
    places = []
    for language in ("en", "he"):
        options = Options(theme=theme, qr=True)
        folder = tmp_path / language
        (path,) = build_files(in_language(language), ["screen"], options, output=folder).outputs
        with pdfium.PdfDocument(path) as document:
            page = document[0].render(scale=3).to_pil()
        (code,) = zxingcpp.read_barcodes(page)
        assert code.text.startswith("DG1:W1:1:")
        assert reads_from_the_left(page) and not reads_from_the_left(ImageOps.mirror(page))
        places.append(code.position.top_left.x / page.width)
    assert places[0] > 0.6 and places[1] < 0.3


@pytest.mark.parametrize("kind", ["section", "watermark"])
def test_icons_are_moved_and_not_mirrored(kind: str) -> None:
    theme = "masthead" if kind == "watermark" else "gallery"
    icons = []
    for language in ("en", "he"):
        front = faces(language, Options(theme=theme))[-1 if kind == "watermark" else 0].front
        shapes = [m for m in front.marks() if isinstance(m, Shape)]
        clips = [m for m in front.marks() if isinstance(m, Clip)]
        icons.append(clips[0].shapes if kind == "watermark" else shapes)
    moved = []
    for one, other in zip(*icons, strict=True):
        pairs = zip(one.path, other.path, strict=True)
        steps = {round(float(a[1]) - float(b[1]), 3) for a, b in pairs if len(a) > 1}
        moved.append(len(steps) == 1 and steps != {0.0})
    assert all(moved) if kind == "watermark" else any(moved) and not all(moved)

"""Engines × kinds of field × texts: typed in one engine, read and seen in the other three."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pikepdf
import pytest
from PIL import Image, ImageChops

from deckgen.building.build import build_files
from deckgen.project import read_project
from tests.engines.engine import SCALE, Answer, Engine, plain
from tests.engines.matrix import (
    ANSWERS,
    ENGINES,
    PAGE,
    PAGES,
    UNUSUAL,
    VERSIONS,
    WRITTEN,
    limited,
    viewers_page,
)
from tests.shared import Shared

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
RADIO = ("Radio buttons", "the fourth of five")
CHANGED = 60  # of 255: what counts as another grey

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The real workbook."""
    made = build_files(read_project(ROOT), ["workbook"], output=tmp_path_factory.mktemp("blank"))
    return made.outputs[0].read_bytes()


class Results:
    """What each engine saved and shows, each asked only once, whichever worker wants to know."""

    def __init__(self, blank: bytes, shared: Shared) -> None:
        self.blank = blank
        self.shared = shared

    def file(self, saver: str) -> bytes:
        return self.filled(saver) if saver else self.blank

    def filled(self, saver: str) -> bytes:
        return self._once(saver, "filled", lambda e: e.fill(self.blank, list(ANSWERS.values())))

    def read(self, saver: str, reader: str) -> Mapping[str, str]:
        name = f"{saver} read"
        return self._once(reader, name, lambda e: e.read(self.file(saver)))

    def pictures(self, saver: str, reader: str) -> Mapping[int, Image.Image]:
        name = f"{saver} pictures"
        return self._once(reader, name, lambda e: e.pictures(self.file(saver), PAGES))

    def _once(self, who: str, what: str, ask: Callable[[Engine], T]) -> T:
        able = engine(who)
        name = re.sub(r"\W+", "-", f"engines {who} {what}")
        return self.shared.value(name, lambda: ask(able))


@pytest.fixture(scope="module")
def results(blank: bytes, shared: Shared) -> Results:
    return Results(blank, shared)


def engine(name: str) -> Engine:
    """By name; skips the test if it can't run here."""
    found = next(e for e in ENGINES if e.name == name)
    why = found.why_not()
    if why:
        pytest.skip(f"{name}: {why}")
    return found


NAMES = [e.name for e in ENGINES]
saver = pytest.mark.parametrize("saver", NAMES)
reader = pytest.mark.parametrize("reader", NAMES)


def widget(document: pikepdf.Pdf, answer: Answer) -> Any:
    """The widget that an answer went into; of radio buttons the one with its value."""
    for found in document.pages[answer.page].Annots:
        names, node = [], found
        while node is not None:
            names += [str(node.T)] if "/T" in node else []
            node = node.get("/Parent")
        if ".".join(reversed(names)) == answer.name and (
            answer.kind != "radio" or f"/{answer.value}" in found.AP.N
        ):
            return found
    raise AssertionError(answer.name)


def area(blank: bytes, answer: Answer) -> tuple[int, int, int, int]:
    """A field's place in a picture: left, top, right, bottom."""
    with pikepdf.open(BytesIO(blank)) as document:
        left, bottom, right, top = (float(v) for v in widget(document, answer).Rect)
        height = float(document.pages[answer.page].MediaBox[3])
    return tuple(round(SCALE * v) for v in (left, height - top, right, height - bottom))  # type: ignore[return-value]


def changed(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where two pictures differ clearly."""
    return ImageChops.difference(one, other).point(lambda grey: 255 * (grey > CHANGED))


def count(mask: Image.Image) -> int:
    return mask.histogram()[255]


@saver
@reader
def test_answers_are_the_same_everywhere(results: Results, saver: str, reader: str) -> None:
    read = results.read(saver, reader)
    found = {key: plain(read.get(answer.name, "")) for key, answer in ANSWERS.items()}
    assert found == {key: answer.value for key, answer in ANSWERS.items()}


@saver
@reader
def test_answers_are_seen(results: Results, saver: str, reader: str) -> None:
    before, after = results.pictures("", reader), results.pictures(saver, reader)
    for key, answer in ANSWERS.items():
        box = area(results.blank, answer)
        old, new = before[answer.page].crop(box), after[answer.page].crop(box)
        # A pen's dotted lines are fainter than letters: nothing as dark may come or stay.
        dark = count(new.point(lambda grey: 255 * (grey < 110)))
        shown = count(changed(old, new)) > 40 and dark > 40
        assert shown is not limited(saver, "shown", key, reader), (answer.name, dark)


@saver
@reader
def test_nothing_else_changes(results: Results, saver: str, reader: str) -> None:
    before, after = results.pictures("", reader), results.pictures(saver, reader)
    for page in PAGES:
        mask = changed(before[page], after[page])
        for answer in ANSWERS.values():
            if answer.page == page:
                mask.paste(0, area(results.blank, answer))
        here = ANSWERS[RADIO].page == page
        known = here and limited(saver, "others", RADIO, reader)
        assert (count(mask) > 20) is known, (page, mask.getbbox())


def own_font(document: pikepdf.Pdf, answer: Answer) -> bool:
    """Whether an answer is drawn in the form's own font, which is in the file."""
    look = widget(document, answer).AP.N
    used = re.findall(rb"/(\S+)\s+[\d.]+\s+Tf", look.read_bytes())
    own = str(next(iter(document.Root.AcroForm.DR.Font.values())).BaseFont)
    fonts = [look.Resources.Font[f"/{name.decode()}"] for name in used]
    return bool(fonts) and all(
        str(font.BaseFont) == own and "/FontFile2" in descriptor(font) for font in fonts
    )


def descriptor(font: Any) -> Any:
    """A font's descriptor, which a composite font has in its part."""
    return (font.DescendantFonts[0] if "/DescendantFonts" in font else font).get(
        "/FontDescriptor", {}
    )


@saver
def test_answers_are_in_the_forms_own_letters(results: Results, saver: str) -> None:
    with pikepdf.open(BytesIO(results.filled(saver))) as document:
        for key, answer in ANSWERS.items():
            if answer.kind in WRITTEN:
                known = limited(saver, "font", key)
                assert own_font(document, answer) is not known, answer.name


@saver
@reader
def test_marks_are_in_the_middle(results: Results, saver: str, reader: str) -> None:
    before, after = results.pictures("", reader), results.pictures(saver, reader)
    for answer in ANSWERS.values():
        if answer.kind in ("check", "radio"):
            box = area(results.blank, answer)
            mask = changed(before[answer.page].crop(box), after[answer.page].crop(box))
            assert off_centre_pt(mask) <= 0.75, answer.name


def off_centre_pt(mask: Image.Image) -> float:
    """How far what is white lies from the middle, in points, by the worse direction."""
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    off = (left + right - mask.width) / 2, (top + bottom - mask.height) / 2
    return max(map(abs, off)) / SCALE


def test_a_mark_off_the_middle_is_noticed() -> None:
    mask = Image.new("L", (34, 34))
    mask.paste(255, (7, 7, 27, 27))
    assert off_centre_pt(mask) == 0
    assert off_centre_pt(ImageChops.offset(mask, 3, 0)) > 0.75


@reader
def test_a_blank_box_has_lines_to_write_on_and_a_filled_one_none(
    results: Results, reader: str
) -> None:
    saver = "pdfium (Chrome, Edge)"
    for key in (("Several lines", "two paragraphs"), ("Several lines", UNUSUAL)):
        box = area(results.blank, ANSWERS[key])
        page = ANSWERS[key].page
        lines = [ruled(results.pictures(who, reader)[page].crop(box)) for who in ("", saver)]
        assert lines[0] >= 3
        assert lines[1] == 0


def ruled(box: Image.Image) -> int:
    """How many dotted lines run from side to side."""
    found, before = 0, False
    for y in range(box.height):
        row = box.crop((0, y, box.width, y + 1)).tobytes()
        thirds = [row[i : i + len(row) // 8] for i in range(0, len(row) - 7, len(row) // 8)]
        now = all(min(part) < 225 for part in thirds[1:7])
        found += now and not before
        before = now
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_versions_are_those_of_the_documentation(name: str) -> None:
    version = engine(name).version()
    if version != VERSIONS[name]:
        pytest.skip(f"{name} is {version} here; {VERSIONS[name]} was measured")


def test_the_page_of_viewers_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == viewers_page() + "\n"

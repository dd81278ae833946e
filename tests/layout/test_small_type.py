"""A deck that allows smaller type than everybody can read: how small, and who is told."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from msgspec.structs import replace

from deckgen import Options, build_files, read_project
from deckgen.building.check import check
from deckgen.colour import contrast
from deckgen.content.load import load_content
from deckgen.design.load import Measures, load_design
from deckgen.editions.looks import changed_looks, facts_of_look
from deckgen.layout.faces.small_type import ONE_INK_PT, in_one_ink
from deckgen.model.deck import SMALLEST_PT
from deckgen.model.drawing import Element, Role, TextLine, TextRun
from deckgen.model.snapshot import SMALLEST_TYPE, LookFact
from deckgen.problem import Problem, blocks
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.editions.made_up import snapshot
from tests.kinds import in_full
from tests.layout.made_up import look_files


def allowing(points: str, project: Project | None = None) -> Project:
    project = project or read_project(ROOT)
    file = "content/deck.toml"
    deck = f"smallest_type = {points}\n".encode() + project.files[file]
    return replace(project, files={**project.files, file: deck})


def errors(project: Project, options: Options, product: str = "print") -> list[Problem]:
    found = Job(Proof(project), options).problems(product)
    return [p for p in found if blocks([p])]


def letter_sizes(path: Path) -> set[float]:
    """Of all letters in a file, as a viewer finds them."""
    document, found = pdfium.PdfDocument(path), set()
    for page in document:
        text = page.get_textpage()
        for n in range(text.count_chars()):
            if pdfium_c.FPDFText_GetUnicode(text, n) > 32:
                found.add(round(pdfium_c.FPDFText_GetFontSize(text, n), 2))
    document.close()
    return found


def too_long() -> Project:
    """The deck with a card whose words fit at ten points, but not at twelve."""
    project, file = read_project(ROOT), "content/cards/K.md"
    more = b"- Ask early, while plans can still move, and ask all who will have to live with it"
    old = next(s for s in project.files[file].split(b"\n") if s.startswith(b"- Ask early"))
    cards = project.files[file].replace(old, b"\n".join([more] * 3))
    return replace(project, files={**project.files, file: cards})


def test_a_deck_that_is_too_long_at_twelve_points_is_built_at_ten(tmp_path: Path) -> None:
    project = too_long()
    assert [p.code for p in errors(project, Options())] == ["text-too-long"]
    made = build_files(allowing("10", project), ["print"], output=tmp_path)
    assert [p.code for p in made.problems] == ["type-small"]
    sizes = letter_sizes(made.outputs[0])
    assert 10 <= min(sizes) < 12


@pytest.mark.parametrize(("size", "points"), [("tarot", 8), ("a7", 8), ("poker", 7), ("bridge", 7)])
def test_small_cards_are_built_with_all_their_words(tmp_path: Path, size: str, points: int) -> None:
    """And a print shop's check finds nothing: very small type is in one ink."""
    full = in_full(read_project(ROOT))
    assert errors(full, Options(size=size))
    deck = allowing(f"{points}", full)
    made = build_files(deck, ["print"], Options(size=size), output=tmp_path)
    assert [p.code for p in made.problems] == ["type-small"]
    assert min(letter_sizes(made.outputs[0])) >= points
    ticket = pdfium.PdfDocument(made.outputs[1])
    text = re.sub(r"\s+", " ", ticket[0].get_textpage().get_text_range())
    ticket.close()
    assert "Smallest letters" in text and f"{points} points" in text


def test_words_that_fit_stay_as_large_as_they_are(tmp_path: Path) -> None:
    """A floor that nobody needs changes no letter."""
    options = Options(size="a6")
    usual = build_files(read_project(ROOT), ["print"], options, output=tmp_path / "usual").outputs
    lower = build_files(allowing("9"), ["print"], options, output=tmp_path / "lower").outputs
    assert usual[0].read_bytes() == lower[0].read_bytes()


def test_it_is_said_once_and_twelve_points_need_no_word() -> None:
    found = check(allowing("10"), Options())
    assert [(p.code, str(p.place)) for p in found] == [("type-small", "content/deck.toml:1:1")]
    assert "10 points" in found[0].found and "12" in found[0].found
    assert check(allowing("12"), Options()) == []


@pytest.mark.parametrize("points", ["6.9", "0", "-10", "13", '"small"', "nan"])
def test_what_is_no_such_size_is_refused(points: str) -> None:
    content, found = load_content(allowing(points).files)
    assert content is None
    assert [p.code for p in found] == ["setting-invalid"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[12, 16.5]]", "[9.5, 13]]"),
        ('note = { face = "regular", size = 12', 'note = { face = "regular", size = 9.5'),
    ],
)
def test_a_theme_that_goes_below_the_floor_is_refused(old: str, new: str) -> None:
    files, theme = look_files(), "templates/themes/gallery.toml"
    files[theme] = files[theme].decode().replace(old, new).encode()
    assert new.encode() in files[theme]
    for points, codes in ((10.0, ["template-invalid"]), (9.0, [])):
        measures = Measures(smallest_pt=points)
        _, found = load_design(files, "gallery", "a4", ink_saver=False, measures=measures)
        assert [p.code for p in found] == codes


def test_large_print_has_its_own_floor() -> None:
    measures = Measures(smallest_pt=7)
    design, _ = load_design(
        look_files(), "gallery", "a4", ink_saver=False, large_print=True, measures=measures
    )
    assert design
    assert min(size for size, _ in design.theme.size_classes) == 18


def test_further_classes_go_down_to_the_floor_with_their_leading() -> None:
    measures = Measures(smallest_pt=9.5)
    design, _ = load_design(look_files(), "gallery", "a4", ink_saver=False, measures=measures)
    assert design
    classes = design.theme.size_classes
    assert [size for size, _ in classes] == [14, 13, 12, 11, 10, 9.5]
    assert all(abs(leading / size - 16.5 / 12) < 1e-9 for size, leading in classes[2:])


def test_the_lock_has_it_and_an_old_one_means_twelve() -> None:
    drawn = Proof(allowing("9")).drawn
    assert drawn
    assert LookFact(SMALLEST_TYPE, "", "9 pt") in drawn.snapshot.looks
    usual = Proof(read_project(ROOT)).drawn
    assert usual
    assert SMALLEST_TYPE not in {fact.name for fact in usual.snapshot.looks}
    names = facts_of_look("gallery", "a4", press=False)
    assert changed_looks(usual.snapshot, drawn.snapshot, names) == [SMALLEST_TYPE]
    assert changed_looks(drawn.snapshot, usual.snapshot, names) == [SMALLEST_TYPE]
    assert changed_looks(usual.snapshot, usual.snapshot, names) == []
    assert snapshot().known_looks == ()  # where no look is known, nothing is


def test_very_small_type_is_black_or_white() -> None:
    design, _ = load_design(look_files(), "gallery", "a4", ink_saver=False)
    assert design
    palettes = design.palettes
    for palette in palettes.sections.values():
        for token, ground in (("on_band", "band"), ("deep", "tint")):
            inked = Element(
                Role.P,
                tuple(
                    TextLine(0, 0, size, palette.srgb(token), (TextRun("a", "bold"),))
                    for size in (ONE_INK_PT, SMALLEST_PT)
                ),
            )
            (made,) = in_one_ink((inked,), palettes)
            small, usual = made.marks()
            assert isinstance(small, TextLine) and isinstance(usual, TextLine)
            assert usual.colour == palette.srgb(token)
            assert sum(ink > 0 for ink in palettes.pair(small.colour).cmyk) < 2
            assert contrast(small.colour, palette.srgb(ground)) >= 4.5

"""Whole projects in other letters and fonts: every file is made, sound, and fit for the shop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from msgspec import Struct

from deckgen.building.build import build_files
from deckgen.options import Options
from deckgen.preflight.check import preflight
from deckgen.problem import Problem
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults
from tests.accessible.verapdf import failed_rules, why_not
from tests.design import made_fonts as made
from tests.problems.test_samples import TODAY, mini_files

ROOT = Path(__file__).resolve().parents[2]
PROFILE = "templates/FOGRA39L_coated.icc"
CHINESE = "团队成员一起思考时才会真正学习，单靠个人的能力并不能组成一支有能力的团队。"
ARABIC = "\u0628\u0646\u0628 \u0646\u0644\u0627 \u0628\u0628\u0628"
HEBREW = "שלום עולם, זה עובד 12 (טוב)"
ALIKE = 'medium = "regular"\nsemibold = "regular"\nbold = "regular"\nextrabold = "regular"\n'
WEIGHTS = "".join(f'{r} = "x.ttf"\n' for r in ("medium", "semibold", "bold", "extrabold"))


class Letters(Struct, frozen=True):
    """A deck's words and the font that sets them."""

    language: str
    title: str
    lead: str
    font: Callable[[], bytes]
    roles: str = ALIKE


def german() -> bytes:
    """A font with the letters of deckgen's own words in German."""
    return made.boxes(made.LATIN + "ÄÖÜäöüß")


DECKS = {
    "marks": Letters("en", "m\u0302n\u0304", "Say m\u0302 and n\u0304\u0302 to all.", made.marked),
    "Hebrew": Letters("he", "שלום", HEBREW, made.joining),
    "Arabic": Letters("ar", "\u0628\u0646", ARABIC, made.joining),
    "Chinese": Letters("zh", "团队", CHINESE, lambda: made.boxes(made.LATIN + CHINESE)),
    "Chinese in CFF": Letters("zh", "团队", CHINESE, lambda: made.postscript(made.LATIN + CHINESE)),
    "soft hyphens": Letters("de", "Teig", "Teig\u00adruhe\u00adzeiten " * 6, german),
    "PostScript": Letters("en", "Dough", "Flour and water make dough.", made.postscript),
    "weights": Letters("en", "Dough", "Flour and water.", made.variable, WEIGHTS),
    "CFF2": Letters("en", "Dough", "Flour and water.", made.variable_postscript),
}


def project_of(letters: Letters) -> Project:
    """The small project in other letters."""
    files = {k: v for k, v in mini_files().items() if not k.startswith("fonts/")}
    files["fonts/x.ttf"] = letters.font()
    files[PROFILE] = (ROOT / PROFILE).read_bytes()
    files["templates/fonts.toml"] = ('regular = "x.ttf"\n' + letters.roles).encode()
    deck = files["content/deck.toml"].decode()
    deck = deck.replace('"en-GB"', f'"{letters.language}"')
    files["content/deck.toml"] = deck.replace("Bread", letters.title).encode()
    cards = files["content/cards/D.md"].decode()
    cards = cards.replace("Let it rise", letters.title).replace("Time does the work", letters.lead)
    files["content/cards/D.md"] = cards.replace("- Keep it warm", f"- {letters.lead}").encode()
    return Project(ROOT, files, (), today=TODAY)


def problems_of(project: Project) -> list[Problem]:
    return Job(Proof(project), Options()).problems("screen")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("letters")


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_in_these_letters_is_built_and_sound(name: str, folder: Path) -> None:
    result = build_files(
        project_of(DECKS[name]),
        ["screen", "sheets", "pack"],
        output=folder / name.replace(" ", "-"),
    )
    assert {p.code for p in result.problems} <= {"fonts-alike", "words-english"}
    assert len(result.outputs) == 3
    for path in result.outputs:
        assert file_faults(path.read_bytes()) == []


@pytest.mark.parametrize("standard", ["x-4", "x-1a"])
@pytest.mark.parametrize("name", ["marks", "Hebrew", "Chinese in CFF", "weights"])
def test_the_shop_can_print_these_letters(name: str, standard: str, folder: Path) -> None:
    options, target = Options(standard=standard), folder / f"{name}-{standard}"
    result = build_files(project_of(DECKS[name]), ["print"], options, output=target)
    asked = {"x-4": "PDF/X-4", "x-1a": "PDF/X-1a:2003"}[standard]
    told = preflight(result.outputs[0].read_bytes(), asked)
    assert told.passed, told.findings


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_files_in_these_letters_conform_to_pdf_ua(folder: Path) -> None:
    made_files = [
        path
        for name, letters in DECKS.items()
        for path in build_files(
            project_of(letters), ["screen", "pack"], output=folder / f"ua-{name.replace(' ', '-')}"
        ).outputs
    ]
    assert {path: rules for path, rules in failed_rules(made_files).items() if rules} == {}


def test_chinese_is_found_as_it_is_written(folder: Path) -> None:
    (path,) = build_files(project_of(DECKS["Chinese"]), ["screen"], output=folder / "c").outputs
    pages = pypdfium2.PdfDocument(path.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert CHINESE in text.replace("\r\n", "")


def test_letters_without_a_place_stop_the_cards_where_they_stand() -> None:
    files = dict(project_of(DECKS["marks"]).files)
    cards = files["content/cards/D.md"].decode().replace("Flour", "x\u0302lour")
    files["content/cards/D.md"] = cards.encode()
    found = problems_of(Project(ROOT, files, (), today=TODAY))
    assert {p.code for p in found} == {"letters-unsettable"}
    assert {p.place.file for p in found} == {"content/cards/D.md"}


def loaded_after_a_build(out: Path) -> set[str]:
    script = (
        "import sys; from deckgen import build_files, read_project; from pathlib import Path;"
        "build_files(read_project(Path(sys.argv[1])), output=Path(sys.argv[2]));"
        "print(*sys.modules)"
    )
    words = [sys.executable, "-c", script, str(ROOT), str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_a_build_in_plain_latin_loads_no_library_for_other_letters(tmp_path: Path) -> None:
    assert not loaded_after_a_build(tmp_path) & {"icu4py", "pyphen", "bidi", "fontTools"}


@pytest.mark.parametrize("upem", [1000, 880])
@pytest.mark.parametrize("language", ["en", "he"])
def test_in_wide_letters_numbers_of_steps_and_marks_keep_clear(language: str, upem: int) -> None:
    font = made.boxes(made.LATIN + made.HEBREW, upem=upem)
    files = dict(project_of(Letters(language, "Dough", "Flour.", lambda: font)).files)
    steps = "".join(f"{n}. One\n" for n in range(1, 6))
    files["content/cards/D.md"] = f"# D1 Dough\nId: dough\nKind: text\n\nFlour.\n\n{steps}".encode()
    deck = files["content/deck.toml"].replace(b"cards = 2", b"cards = 1")
    files["content/deck.toml"] = deck.replace(b'workbook = "bakers"\n', b"")
    files = {k: v for k, v in files.items() if "workbooks" not in k and "references" not in k}
    files["content/cards/OV.md"] = files["content/cards/OV.md"].replace(b"Heat makes", b"It makes")
    found = problems_of(Project(ROOT, files, (), today=TODAY))
    assert {p.code for p in found} <= {"fonts-alike", "words-english"}, found

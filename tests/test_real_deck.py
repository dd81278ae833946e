"""The deck that comes with deckgen, built for real: what a person gets in their hands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter

from deckgen.building.build import build_files
from deckgen.building.check import check
from deckgen.model.drawing import TextLine
from deckgen.options import Options
from deckgen.project import read_project
from deckgen.readback.check import read_facts
from tests.kinds import all_words
from tests.laid_out import lay_out
from tests.pdf.pdfium_form import PdfiumForm
from tests.sheets.duplex import code_of, placed_faces, worst_offset_mm

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("deck-sheets-a4.pdf", "deck-screen.pdf", "workbook.pdf", "pack.pdf")
SECTIONS = {"KC": 4, "K": 12, "ISUC": 1, "IFLW": 1, "IPM": 3, "R": 2}
CODES = [f"{prefix}{n}" for prefix, count in SECTIONS.items() for n in range(1, count + 1)]
CARD_MM = (95.0, 137.0)
HARD_WORDS = "Ŵyn, tŷ, Łódź, café – ‘ie’ €5"


@pytest.mark.parametrize("stock", ["a4", "letter", "a4-a6"])
@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_every_front_has_room_for_a_qr_code(theme: str, stock: str) -> None:
    assert check(read_project(ROOT), Options(theme=theme, stock=stock, qr=True)) == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The four files by name."""
    folder = tmp_path_factory.mktemp("real")
    result = build_files(read_project(ROOT), output=folder)
    assert not result.problems
    return {path.name: path.read_bytes() for path in result.outputs}


def test_no_day_enters_the_files(built: dict[str, bytes], tmp_path: Path) -> None:
    late = read_project(ROOT, today=date(2031, 1, 1))
    result = build_files(late, output=tmp_path)
    assert {p.code for p in result.problems} == {"review-due", "reference-unchecked"}
    assert {path.name: path.read_bytes() for path in result.outputs} == built


def test_four_files_with_all_pages(built: dict[str, bytes]) -> None:
    assert sorted(built) == sorted(NAMES)
    pages = {name: len(PdfReader(BytesIO(data)).pages) for name, data in built.items()}
    assert pages == {
        "deck-sheets-a4.pdf": 12,
        "deck-screen.pdf": 48,
        "workbook.pdf": 12,
        "pack.pdf": 2 + 12 + 12,
    }


@pytest.mark.parametrize("turn", ["long", "short"])
def test_every_back_lies_behind_its_front(turn: str, tmp_path: Path) -> None:
    result = build_files(read_project(ROOT), ["sheets"], Options(turn=turn), output=tmp_path)  # type: ignore[list-item]
    data = result.outputs[0].read_bytes()
    assert worst_offset_mm(data, CARD_MM, turn) < 0.1


def test_cut_and_laid_down_in_order_the_cards_are_the_deck(built: dict[str, bytes]) -> None:
    fronts = placed_faces(built["deck-sheets-a4.pdf"], CARD_MM)[::2]
    cut = []
    for sheet in fronts:
        row_by_row = sorted(sheet, key=lambda face: (-face.corner(0, 0)[1], face.corner(0, 0)[0]))
        cut += [code_of(face.name) for face in row_by_row]
    assert cut == [*CODES, "Index"]


def test_labels_and_bookmarks_of_the_reading_file(built: dict[str, bytes]) -> None:
    facts = read_facts(built["deck-screen.pdf"])
    labels = [page.label for page in facts.pages]
    assert labels[:3] == ["KC1 front", "KC1 back", "KC2 front"]
    assert labels.index("K7 front") == 20
    sections = [title for title, depth, _ in facts.outline if depth == 0]
    assert sections[0] == "Key characteristics" and len(sections) == len(SECTIONS) + 1


def words_of_content() -> Iterator[tuple[int, list[str]]]:
    """Page numbers of the reading file and the sentences they must show, in reading order."""
    layout, _ = lay_out(read_project(ROOT), Options())
    assert layout is not None
    for i, card in enumerate(layout.content.deck.cards):
        yield 2 * i, [str(card.code), card.title]
        yield (
            2 * i + 1,
            all_words(card),
        )


def in_order(text: str, sentences: list[str]) -> bool:
    """True if the sentences stand in the text one after the other."""
    flat, at = "".join(text.split()), 0
    for sentence in sentences:
        wanted = "".join(sentence.split())
        at = flat.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted)
    return True


def test_pdfium_reads_every_card_in_order(built: dict[str, bytes]) -> None:
    document = pdfium.PdfDocument(built["deck-screen.pdf"])
    for number, sentences in words_of_content():
        text = document[number].get_textpage().get_text_range()
        assert in_order(text, sentences), (number, text)
    document.close()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_poppler_reads_every_card_in_order(built: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "screen.pdf"
    file.write_bytes(built["deck-screen.pdf"])
    done = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True
    )
    pages = done.stdout.split("\f")
    for number, sentences in words_of_content():
        assert in_order(pages[number], sentences), (number, pages[number])


def test_words_in_the_wrong_order_are_noticed() -> None:
    assert in_order("Ask early. Wait.", ["Ask early.", "Wait."])
    assert not in_order("Ask early. Wait.", ["Wait.", "Ask early."])


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_nothing_wrong(built: dict[str, bytes], name: str, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(built[name])) as document:
        assert document.check_pdf_syntax() == []
    if shutil.which("qpdf"):
        file = tmp_path / name
        file.write_bytes(built[name])
        done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_another_folder_locale_and_time_zone_give_the_same_bytes(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    project = tmp_path / "a folder with ŵ"
    for part in ("content", "templates", "fonts"):
        shutil.copytree(ROOT / part, project / part)
    env = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "12345",
        "RL_pageCompression": "0",
        "PYTHONPATH": str(ROOT),
    }
    env.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "deckgen", "build"]
    subprocess.run(command, cwd=project, env=env, check=True, capture_output=True)
    for name, data in built.items():
        assert (project / "output" / name).read_bytes() == data, name


def answers(data: bytes) -> dict[str, tuple[str, int]]:
    """An answer for every text field of the workbook, and its page."""
    facts = read_facts(data)
    return {
        name: (f"{HARD_WORDS} {name}", fact.pages[0])
        for name, fact in facts.fields.items()
        if fact.kind == "text"
    }


def test_pdfium_fills_the_whole_workbook(built: dict[str, bytes]) -> None:
    given = answers(built["workbook.pdf"])
    assert len(given) > 50
    with PdfiumForm(built["workbook.pdf"]) as form:
        for page in range(12):
            here = {name: text for name, (text, at) in given.items() if at == page}
            clicks: dict[str, str | int] = {
                f"policies.checklist.{n}": 1 for n in ("names-and-dates", "policy") if page == 4
            }
            choices: dict[str, str | int] = {"policies.actions.2.status": 3} if page == 4 else {}
            radio: dict[str, str | int] = {"policies.rating#4": 1} if page == 3 else {}
            form.fill(page, {**here, **clicks, **choices, **radio})
        saved = form.saved()
    fields = read_facts(saved).fields
    for name, (text, _) in given.items():
        assert fields[name].value == text, name
    assert fields["policies.checklist.names-and-dates"].value == "/Yes"
    assert fields["policies.checklist.student-heard"].value == "/Off"
    assert fields["policies.actions.2.status"].value == "Done"
    assert fields["policies.rating"].value == "/often"


def test_pypdf_fills_the_whole_workbook(built: dict[str, bytes]) -> None:
    given = answers(built["workbook.pdf"])
    writer = PdfWriter(clone_from=BytesIO(built["workbook.pdf"]))
    values = {name: text for name, (text, _) in given.items()}
    values |= {
        "policies.checklist.names-and-dates": "/Yes",
        "service-users.actions.1.status": "Started",
    }
    writer.update_page_form_field_values(None, values, auto_regenerate=False)  # type: ignore[arg-type]
    out = BytesIO()
    writer.write(out)
    fields = read_facts(out.getvalue()).fields
    assert {name: fields[name].value for name in values} == values


def test_the_pack_can_be_filled_like_the_workbook(built: dict[str, bytes]) -> None:
    pack, workbook = (read_facts(built[name]).fields for name in ("pack.pdf", "workbook.pdf"))
    assert pack.keys() == workbook.keys()
    with PdfiumForm(built["pack.pdf"]) as form:
        form.fill(2 + 12 + 3, {"policies.now": HARD_WORDS})
        saved = form.saved()
    assert read_facts(saved).fields["policies.now"].value == HARD_WORDS


def test_no_field_holds_a_sample_answer(built: dict[str, bytes]) -> None:
    for name, field in read_facts(built["workbook.pdf"]).fields.items():
        empty = field.value.strip() in ("", "/Off")
        assert empty == (name != "deckgen.workbook"), name  # which says what the file is


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
@pytest.mark.parametrize("ink_saver", [False, True])
@pytest.mark.parametrize("large_print", [False, True])
def test_the_words_fit_every_look(theme: str, ink_saver: bool, large_print: bool) -> None:
    options = Options(theme=theme, ink_saver=ink_saver, large_print=large_print)
    layout, problems = lay_out(read_project(ROOT), options)
    assert problems == []
    assert layout is not None
    for card in layout.cards:
        for face in (card.front, card.back):
            for mark in face.marks():
                smallest = 18 if large_print else 12
                assert not isinstance(mark, TextLine) or mark.size_pt >= smallest


def test_older_packs_codes_are_shown(built: dict[str, bytes]) -> None:
    document = pdfium.PdfDocument(built["workbook.pdf"])
    text = document[3].get_textpage().get_text_range()
    assert "KC1 to KC4 as K1–4" in text.replace("\r\n", " ")
    document.close()


def test_status_choices_are_those_of_the_content(built: dict[str, bytes]) -> None:
    facts = read_facts(built["workbook.pdf"])
    options = [o.strip() for o in facts.fields["policies.actions.1.status"].options]
    assert options == ["", "Not started", "Started", "Done", "Stopped"]


@pytest.mark.parametrize("stock", ["a3", "letter", "sra3"])
@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_the_words_fit_every_stock(stock: str, theme: str) -> None:
    assert check(read_project(ROOT), Options(stock=stock, theme=theme)) == []

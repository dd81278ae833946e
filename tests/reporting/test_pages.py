"""The PDF: tagged and whole, every word of it on its pages, however long or odd the answers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from deckgen.layout.setting.safe import safe_problems
from deckgen.model.answers import AnswerTable, Source
from deckgen.model.drawing import Drawing
from deckgen.problem import Place
from deckgen.project import Project
from deckgen.proof.proof import OWN, Proof
from deckgen.reporting import report
from deckgen.reporting.asked import Field, Sort
from deckgen.reporting.report import HTML, PDF, Made, make_report
from tests.accessible.verapdf import failed_rules, why_not
from tests.example_decks import from_the_right
from tests.reporting.made_up import answer, fields_of, filled, handwriting, source


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Drawing]:
    """The pages of the reports that a test makes."""
    drawn: list[Drawing] = []
    real = report.report_pages

    def noted(*given: Any) -> tuple[Drawing, ...]:
        drawn[:] = real(*given)
        return tuple(drawn)

    monkeypatch.setattr(report, "report_pages", noted)
    return drawn


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(pdf)).pages)


def box_of(deck: Project, number: int = 0) -> Field:
    return [f for f in fields_of(deck) if f.sort is Sort.WORDS and not f.row][number]


def of_one_box(deck: Project, *values: str) -> AnswerTable:
    """So many teams, each with an answer to the same question."""
    sources = [source(n, f"Team {n}") for n in range(1, len(values) + 1)]
    box = box_of(deck)
    answers = [answer(of, box, value) for of, value in zip(sources, values, strict=True)]
    return AnswerTable("D", tuple(answers), tuple(sources))


def misplaced(deck: Project, drawings: list[Drawing]) -> list[str]:
    """Words that run out of their page, or lie on others."""
    design = Proof(deck).design(OWN)[0]
    assert design
    places = [Place("answers")] * len(drawings)
    return [p.found for p in safe_problems(drawings, places, design.book)]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            waiting += [item.K] if "/K" in item else []


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_it_is_pdf_ua(deck: Project, made: Made, tmp_path: Path) -> None:
    files = {"sample": made, "none": make_report(deck, AnswerTable("D", (), ()), (PDF,))}
    files["odd"] = make_report(deck, odd_table(deck), (PDF,))
    paths = []
    for name, each in files.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(each.files[PDF])
    assert failed_rules(paths) == {path: {} for path in paths}


def test_its_tables_pictures_and_bookmarks_are_there(made: Made) -> None:
    with pikepdf.open(BytesIO(made.files[PDF])) as pdf:
        found = list(elements(pdf))
        kinds = Counter(str(item.S) for item in found)
        figures = [item for item in found if item.S == "/Figure"]
        assert kinds["/Table"] > 8 and kinds["/TH"] > 30 and kinds["/LBody"] > 10
        assert all(str(item.Alt) for item in figures)
        said = {str(item.Alt) for item in figures}
        assert any(re.match("From “.*”, step . to “.*”, step . of 5|From", alt) for alt in said)
        assert any(alt.startswith("Handwriting of scan-0017.pdf") for alt in said)
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert [str(item.title) for item in top.children][:3] == [
                "Look at these first",
                "Actions by date",
                "Actions by person",
            ]
        assert str(pdf.docinfo.Title) == "Report on the workbooks: Learning organisations"


def test_the_same_table_gives_the_same_bytes(deck: Project, table: AnswerTable, made: Made) -> None:
    again = make_report(deck, table, expected=("Heron", "Kingfisher", "Wren", "Magpie"))
    assert dict(again.files) == dict(made.files)


def test_every_answer_is_in_both(made: Made, table: AnswerTable) -> None:
    pdf = text_of(made.files[PDF])
    page = " ".join(re.sub("<[^>]+>", " ", made.files[HTML].decode()).split())
    for given in table.answers:
        for line in given.value.split("\n"):
            if len(line) > 12:
                words = line.split()[:4]
                assert " ".join(words) in pdf, line
                assert " ".join(words) in page, line


def odd_table(deck: Project) -> AnswerTable:
    """What nobody foresaw, everywhere."""
    sources = (source(1, "A" * 90), source(2, "Team 😀 中文"), source(3, "مرحبا"))
    words = ("x" * 3000, "中文答案 😀 नमस्ते e\u0323\u0302", "Very long. " * 900)
    fields = [f for f in fields_of(deck) if f.sort is not Sort.RATING][:14]
    answers = [
        answer(of, field, said) for of, said in zip(sources, words, strict=True) for field in fields
    ]
    tall, damaged = handwriting(2, (60, 2800)), b"\x89PNG\r\n\x1a\nbroken"
    crops = [handwriting(1, (2400, 1800)), tall, damaged]
    extra = [f for f in fields_of(deck) if f not in fields][:3]
    answers += [answer(sources[0], f, "", crop=c) for f, c in zip(extra, crops, strict=True)]
    return AnswerTable("D", tuple(answers), sources)


def test_no_word_runs_out_of_its_column(deck: Project, drawings: list[Drawing]) -> None:
    odd = replace(odd_table(deck))
    make_report(deck, odd, (PDF,), expected=("B" * 200,))
    assert misplaced(deck, drawings) == []


def test_words_out_of_their_column_would_be_found(
    deck: Project, drawings: list[Drawing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deckgen.reporting.flowing.breakable", lambda _page, text, *_: text)
    make_report(deck, odd_table(deck), (PDF,))
    assert misplaced(deck, drawings)


def test_letters_that_the_fonts_lack_are_named(deck: Project) -> None:
    made = make_report(deck, of_one_box(deck, "中文 is here 😀"), (PDF, HTML))
    (said,) = made.problems
    assert said.code == "report-letters"
    text = text_of(made.files[PDF])
    assert "[U+4E2D U+6587] is here [grinning face]" in text
    assert "U+4E2D cjk unified ideograph-4e2d" in text
    assert "中文 is here 😀" in made.files[HTML].decode()


def test_letters_that_the_fonts_have_are_drawn(deck: Project) -> None:
    said = "Łódź, Brâncuși, Šibenik, ŵyn, €5"
    made = make_report(deck, of_one_box(deck, said), (PDF,))
    assert made.problems == ()
    assert said in text_of(made.files[PDF])


def test_a_very_long_answer_flows_on(deck: Project, drawings: list[Drawing]) -> None:
    said = " ".join(f"word{n}" for n in range(6000))
    made = make_report(deck, of_one_box(deck, said, "short"), (PDF,))
    assert len(drawings) > 8
    text = text_of(made.files[PDF])
    assert all(f"word{n}" in text for n in range(0, 6000, 37))
    assert misplaced(deck, drawings) == []


@pytest.mark.slow
def test_a_thousand_answers_to_a_question(deck: Project, drawings: list[Drawing]) -> None:
    said = [f"Answer number {n}. " + "More words. " * (n % 23) for n in range(1000)]
    made = make_report(deck, of_one_box(deck, *said), (PDF,))
    found = set(map(int, re.findall(r"Answer number (\d+)", text_of(made.files[PDF]))))
    assert found == set(range(1000))
    assert misplaced(deck, drawings) == []
    assert few_gaps(drawings)


def few_gaps(drawings: list[Drawing]) -> bool:
    """Whether no page but the last and the one before a new part is half empty."""
    lowest = [min(line.y_pt for line in page.lines() if line.y_pt > 60) for page in drawings]
    return sum(y > 420 for y in lowest[:-1]) <= 1


def test_no_page_is_half_empty(deck: Project, table: AnswerTable, drawings: list[Drawing]) -> None:
    make_report(deck, table, (PDF,))
    assert few_gaps(drawings)


def test_no_heading_is_the_last_thing_on_a_page(
    deck: Project, table: AnswerTable, drawings: list[Drawing]
) -> None:
    make_report(deck, table, (PDF,))
    for page in drawings:
        read = [e for e in page.elements if e.role != "Artifact"]
        assert not re.match("H[1-4]", read[-1].role), page.label
        heads = [n for n, e in enumerate(read) if re.match("H[1-4]", e.role)]
        below = read[heads[-1] + 1 :] if heads else read
        assert any(e.role in ("Table", "L") for e in below), page.label


def test_no_answers_are_said_to_be_none(deck: Project) -> None:
    rejected = replace(source(1, ""), file="cat.jpg", verdict="rejected", reason="A cat.")
    made = make_report(deck, AnswerTable("D", (), (rejected,)), expected=("Heron",))
    text = text_of(made.files[PDF])
    assert "There are no answers" in text
    assert "cat.jpg" in text and "A cat." in text and "Heron" in text
    assert [p.code for p in made.problems] == ["answers-none"]


def test_one_team_is_not_named_on_each_line(deck: Project) -> None:
    of = source(1, "Heron")
    made = make_report(
        deck, AnswerTable("D", tuple(filled(fields_of(deck), of, 1)), (of,)), (HTML,)
    )
    heads = re.findall(r'<th scope="col">([^<]+)', made.files[HTML].decode())
    assert heads[:4] == ["By when", "Action", "Who", "Status"]


def test_in_german_its_words_are_german(deck: Project, table: AnswerTable) -> None:
    toml = deck.files["content/deck.toml"].replace(b'"en-GB"', b'"de-DE"')
    german = replace(deck, files={**deck.files, "content/deck.toml": toml})
    text = make_report(german, table, (HTML,)).files[HTML].decode()
    assert 'lang="de-DE"' in text
    assert "Vorhaben nach Datum" in text and "12. März 2027" in text
    assert 'lang="en"' not in text  # which marks words that nobody has translated


WORKBOOK = """# كتاب العمل
Role: الفريق

## الآن
When: هذا الشهر

نبدأ بما نستطيع.

### نتكلم بصراحة
Goal: نجد شيئًا واحدًا نغيّره.
Cards: A1
Time: ساعة

#### أفعالنا
Table: الفعل, من, متى (date), الحال (choice)
Each row: فعل
Rows: 2
Id: actions
Statuses: لم يبدأ, تمّ

#### أين نحن اليوم؟
Rating
Id: rating
- ليس بعد
- دائمًا
"""


def test_from_right_to_left_the_first_column_is_at_the_right(drawings: list[Drawing]) -> None:
    deck = from_the_right("ar")
    toml = deck.files["content/deck.toml"].replace(b"[edition]", b'workbook = "w"\n[edition]', 1)
    if b"workbook" not in toml:
        toml = b'workbook = "w"\n' + toml
    files = {"content/deck.toml": toml, "content/workbooks/w.md": WORKBOOK.encode()}
    deck = replace(deck, files={**deck.files, **files})
    sources: list[Source] = [source(1, "البومة"), source(2, "الصقر")]
    answers = [
        answer(of, f, f.options[0].value if f.options else "نعم")
        for of in sources
        for f in fields_of(deck, "w")
    ]
    made = make_report(deck, AnswerTable("D", tuple(answers), tuple(sources)))
    assert [p.code for p in made.problems] == []
    assert 'dir="rtl"' in made.files[HTML].decode()
    heads = [
        line
        for page in drawings
        for line in page.lines()
        if line.colour == "#FFFFFF" and "متى" in line.runs[0].text
    ]
    assert heads[0].x_pt > 400
    assert misplaced(deck, drawings) == []

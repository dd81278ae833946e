"""Answers in their boxes: every letter in some sign, every word in the box or on a page behind."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen.design.fonts import Face, FontBook
from deckgen.layout.workbooks.answer_letters import last_of, letters_of
from deckgen.layout.workbooks.answers import Answered, with_answers
from deckgen.layout.workbooks.workbook import SetWorkbook
from deckgen.model.drawing import Drawing, Field, FieldKind, Link, TextLine
from deckgen.model.text import Text, plain
from deckgen.options import Options
from deckgen.pdf.write import write_pages
from deckgen.problem import blocks
from deckgen.products.job import Job
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults
from tests.conftest import ROOT
from tests.content.test_workbook_blocks import ALL
from tests.design.made_fonts import boxes
from tests.example_decks import from_the_right
from tests.layout.made_up import design_of, lay_out_workbook
from tests.layout.test_workbook_blocks import LOOKS, book_of, real_deck

WORDS = "We will ask each new person what they would change in the first week and write it down."
NOTES = ("continued on page", "… page", "…")
FONTS = ROOT / "fonts"


@cache
def made(look: str = "usual") -> SetWorkbook:
    """A workbook with every sort of block, finished."""
    book, design = book_of(ALL.read_text(encoding="utf-8")), design_of(**LOOKS[look])
    pages, problems = lay_out_workbook(book, real_deck(), design)
    assert problems == []
    return SetWorkbook(book, design, real_deck(), pages, ())


def written(look: str = "usual") -> dict[str, Field]:
    """The fields that words go into, by name."""
    kinds = (FieldKind.LINE, FieldKind.LINES, FieldKind.CHOICE)
    marks = (mark for page in made(look).drawings for mark in page.marks())
    return {mark.name: mark for mark in marks if isinstance(mark, Field) and mark.kind in kinds}


def fields(answered: Answered) -> dict[str, Field]:
    marks = (mark for page in answered.pages for mark in page.marks())
    return {mark.name: mark for mark in marks if isinstance(mark, Field)}


def said(lines: tuple[TextLine, ...] | list[TextLine]) -> str:
    """The words of set lines, as they were before they were broken."""
    texts = ("".join(run.text for run in line.runs) + " " * (not line.goes_on) for line in lines)
    return " ".join("".join(texts).replace("\u00ad", "").split())


def box_words(field: Field) -> tuple[str, str]:
    """The words of a field, and its note of where they go on."""
    note = [line for line in field.shown if line.runs[0].face == "bold"]
    return said([line for line in field.shown if line not in note]), said(note)


def behind(answered: Answered, look: str) -> tuple[Drawing, ...]:
    return answered.pages[len(made(look).drawings) :]


@pytest.fixture(scope="module")
def book() -> FontBook:
    return design_of().book


def texts(lines: tuple[Text, ...]) -> list[str]:
    return [plain(line) for line in lines]


def test_what_draws_nothing_draws_nothing(book: FontBook) -> None:
    letters = letters_of("one\ttwo\x01\ufffe soft\u00adhyphen\nB \u202eC", book)
    assert texts(letters.lines)[1] == "B C"
    assert texts(letters.lines)[0].startswith("one two")
    assert letters.lacking == ("\ufffe",)
    shown = letters_of("of\ufb01ce non\u2011breaking a\u200db \u2028 ’", book)
    assert shown.lacking == () and shown.unset == ()


def test_letters_of_no_font_are_another_sign_and_named(book: FontBook) -> None:
    letters = letters_of("Иван ok? 我 👩\u200d⚕️ \ud83d", book)
    assert set(letters.lacking) == set("Иван我👩⚕\ud83d")
    assert letters.shown in book.faces["regular"].letters and letters.shown != "?"
    assert plain(letters.lines[0]).count("?") == 1
    assert letters.shown * 4 in plain(letters.lines[0])


def test_every_letter_of_the_face_is_itself(book: FontBook) -> None:
    own = "".join(sorted(c for c in book.faces["regular"].letters if c.isprintable()))
    letters = letters_of(own, book)
    assert letters.lacking == ()
    assert "?" in own and plain(letters.lines[0]).count("?") == 1


def test_another_face_stands_in() -> None:
    data = (FONTS / "AtkinsonHyperlegibleNext_400Regular.ttf").read_bytes()
    few = Face("regular", "few.ttf", boxes("abc "))
    whole = Face("semibold", "whole.ttf", data)
    book = FontBook({"regular": few, "bold": few, "semibold": whole})
    letters = letters_of("abx cу", book)
    assert letters.strong_face == "semibold" and letters.lacking == ("у",)
    assert [run.text for run in letters.lines[0] if run.strong] == ["x"]


@pytest.mark.parametrize("look", ["usual", "large print"])
def test_short_answers_stay_in_their_boxes(look: str) -> None:
    names = written(look)
    answered = with_answers(made(look), dict.fromkeys(names, "Yes, me"))
    assert answered.pages and not behind(answered, look) and not answered.problems
    for name, field in names.items():
        now = fields(answered)[name]
        assert (now.value, box_words(now)) == ("Yes, me", ("Yes, me", ""))
        assert now.shown[0].size_pt == field.size_pt


@pytest.mark.parametrize("look", ["usual", "large print"])
@pytest.mark.parametrize("times", [3, 15, 80])
def test_no_word_of_a_long_answer_is_lost(look: str, times: int) -> None:
    """In the box and behind it stands what was typed, in no smaller type than is allowed."""
    names = list(written(look))[:: 1 if times < 10 else 4]
    answers = {n: f"{i}. {' '.join([WORDS] * times)}\nTHE END" for i, n in enumerate(names)}
    answered = with_answers(made(look), answers)
    smallest = design_of(**LOOKS[look]).sizing.smallest_pt
    pages = behind(answered, look)
    marks = (m for page in pages for e in page.elements if not e.stamp for m in e.marks())
    lines = [mark for mark in marks if isinstance(mark, TextLine)]
    told = said([line for line in lines if line.runs[0].face == "regular"])
    assert min(line.size_pt for line in lines) >= smallest
    for name, field in fields(answered).items():
        if name not in answers:
            continue
        begun, note = box_words(field)
        assert field.value == answers[name]
        assert min(line.size_pt for line in field.shown) >= min(smallest, field.size_pt)
        whole = " ".join(answers[name].split())
        if not note:
            assert begun == whole
            continue
        assert note.startswith(NOTES) and whole.startswith(begun)
        rest = whole[len(begun) :].strip()
        assert rest in told or whole[whole[: len(begun)].rfind(" ") + 1 :] in told, name
        label = re.findall(r"\d+", note)[-1]
        page = next(page for page in pages if page.label == label)
        assert said([*page.lines()]).find(field.tooltip) >= 0


@pytest.mark.parametrize("look", ["usual", "large print"])
def test_nothing_is_set_beside_its_box_or_below_it(look: str) -> None:
    answers = dict.fromkeys(written(look), " ".join([WORDS] * 9) + " " + "W" * 300)
    answered = with_answers(made(look), answers)
    book = design_of().book
    for name, field in fields(answered).items():
        if name not in answers:
            continue
        box = field.rect
        for line in field.shown:
            end = line.x_pt + book.width_pt(line.runs, line.size_pt)
            assert box.x_pt <= line.x_pt and end <= box.right_pt + 0.01, (name, line)
            assert line.y_pt - 0.24 * line.size_pt >= box.y_pt, (name, line)
    floor = min(line.y_pt for line in answered.pages[-1].lines())
    for page in behind(answered, look):
        for line in page.lines():
            end = line.x_pt + book.width_pt(line.runs, line.size_pt)
            assert end <= page.size.width_pt - 50 and line.y_pt >= floor


def test_pages_behind_are_numbered_named_and_marked() -> None:
    long = " ".join([WORDS] * 150)
    names = [name for name, f in written().items() if f.kind is FieldKind.LINES][:2]
    answered = with_answers(made(), dict.fromkeys(names, long))
    before, pages = made().drawings, behind(answered, "usual")
    assert len(pages) > 2
    count = len(before) + len(pages)
    assert [page.label for page in answered.pages] == [str(n) for n in range(1, count + 1)]
    assert len({page.name for page in answered.pages}) == count
    asked = [fields(answered)[name].tooltip for name in names]
    marks = [mark.title for page in pages for mark in page.bookmarks]
    assert marks == ["Longer answers", *asked]
    links = [mark for page in pages for mark in page.marks() if isinstance(mark, Link)]
    by_name = {f"#{page.name}": page.label for page in before}
    assert [link.contents for link in links] == [
        f"Continued from page {by_name[link.target]}" for link in links
    ]
    assert len({page.groups for page in pages}) == 1


def test_a_part_that_has_the_name_of_these_pages_keeps_it() -> None:
    taken = replace(made().drawings[-1], name="workbook-continued-2")
    book = replace(made(), drawings=(*made().drawings[:-1], taken))
    answered = with_answers(book, dict.fromkeys(written(), " ".join([WORDS] * 90)))
    assert len({page.name for page in answered.pages}) == len(answered.pages)


def test_a_word_that_was_cut_is_said_again() -> None:
    name = next(n for n, f in written().items() if f.kind is FieldKind.LINE)
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    answered = with_answers(made(), {name: f"{word[:50]} and {word}"})
    begun, _ = box_words(fields(answered)[name])
    told = said(behind(answered, "usual")[0].lines())
    assert begun and word[:50].startswith(begun) and word[:50] in told.replace(" ", "")


def test_letters_that_are_not_drawn_are_problems_with_their_place() -> None:
    name = next(iter(written()))
    answered = with_answers(made(), {name: "Иван"}, "team.pdf")
    (problem,) = answered.problems
    assert (problem.code, problem.place.file) == ("answer-letters", "team.pdf")
    assert "“И” (cyrillic capital letter i)" in problem.found and "page 1" in problem.found
    assert fields(answered)[name].value == "Иван"


@pytest.mark.parametrize("most", [0, 1, 2, 7, 100])
def test_the_last_that_fits_is_found(most: int) -> None:
    for limit in (0, 1, 2, 3, 6, 7, 63, 99, 100, 200):
        assert last_of(lambda n, limit=limit: n <= limit, most) == min(limit, most)  # type: ignore[misc]


HEBREW = """# לומדים
Role: צוות
Cover fields: שם

## היום
Id: today
When: השבוע

### פעילות
Goal: מטרה

#### מה עכשיו?
Id: now
Box: large
"""


@pytest.fixture(scope="module")
def hebrew() -> Job:
    project = from_the_right("he")
    toml = project.files["content/deck.toml"].replace(b"[edition]", b'workbook = "w"\n[edition]')
    mine = {"content/deck.toml": toml, "content/workbooks/w.md": HEBREW.encode()}
    return Job(Proof(replace(project, files={**project.files, **mine})), Options())


def test_answers_from_right_to_left_begin_at_the_right(hebrew: Job) -> None:
    assert not blocks(hebrew.problems("workbook"))
    content, design, pages = hebrew.content, hebrew.design, hebrew.pages()
    names = [m.name for page in pages for m in page.marks() if isinstance(m, Field)]
    now, us = next(n for n in names if n.endswith(".now")), names[0]
    answer = "נשאל כל אדם חדש בצוות מה היה משנה ב־2025 (ABC) ונכתוב זאת. " * 120
    book = SetWorkbook(content.workbook, design, content.deck, pages, ())
    answered = with_answers(book, {now: answer, us: "צוות א׳"})
    assert answered.problems == () and len(answered.pages) > len(pages)
    for field in fields(answered).values():
        for line in [line for line in field.shown if line.runs[0].face == "regular"]:
            end = line.x_pt + design.book.width_pt(line.runs, line.size_pt)
            assert line.rtl and field.rect.right_pt - end < 4
    data = write_pages(answered.pages, hebrew.info("ל"), design.book)
    assert file_faults(data) == []
    with pikepdf.open(BytesIO(data)) as document:
        typed = [a for a in document.pages[0].Annots if "/DA" in a]
        assert typed and all(int(a.Q) == 2 for a in typed)


def test_answers_from_left_to_right_begin_at_the_left(hebrew: Job) -> None:
    pages = with_answers(made(), {"cover.1": "Us"}).pages
    info = replace(hebrew.info("A"), language="en-GB")
    data = write_pages(pages, info, design_of().book)
    with pikepdf.open(BytesIO(data)) as document:
        assert all("/Q" not in a for a in document.pages[0].Annots)

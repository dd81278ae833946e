"""Blocks of a workbook on their pages: each field once, and nothing over an edge."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from msgspec.structs import replace

from deckgen.content.known_headings import load_known_headings
from deckgen.content.load import load_content
from deckgen.content.workbook import read_workbook
from deckgen.layout.setting.page import Page
from deckgen.layout.workbooks.frame_sign import frame_disc
from deckgen.layout.workbooks.pen import for_pen
from deckgen.layout.workbooks.workbook import finished, in_edition, set_workbook
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Field, FieldKind, Link, Shape, TextLine
from deckgen.model.workbook import Workbook
from deckgen.problem import Problem
from tests.conftest import ROOT
from tests.content.test_workbook_blocks import ALL
from tests.layout.made_up import design_of, lay_out_workbook, look_files

LOOKS = {
    "usual": {},
    "large print": {"large_print": True},
    "low ink": {"ink_saver": True},
}
KNOWN = load_known_headings(look_files())[0]
ACTIVITY = """
### Activity {n}
Id: {start}-{n}
Goal: Find one thing.
Cards: K5
Time: About 60 minutes

#### What do you see?
Box: large

Look.

#### Who does what?
Table: What, Who, By when (date), Status (choice: Open, Done)
New page

#### To tick
Checklist
- Everyone was heard (id: heard)
"""


@cache
def real_deck() -> Deck:
    paths = (p for p in (ROOT / "content").rglob("*.*") if "editions" not in p.parts)
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    content, _ = load_content(files)
    assert content is not None
    return content.deck


def book_of(text: str) -> Workbook:
    book, found = read_workbook(text, "content/workbooks/a.md", "a", KNOWN)
    assert found == []
    return book


def drawn(text: str, look: str = "usual") -> tuple[tuple[Drawing, ...], list[Problem]]:
    return lay_out_workbook(book_of(text), real_deck(), design_of(**LOOKS[look]))


def fields_of(pages: tuple[Drawing, ...]) -> list[Field]:
    return [mark for page in pages for mark in page.marks() if isinstance(mark, Field)]


def words_of(page: Drawing) -> str:
    return " ".join("".join(run.text for run in line.runs).strip() for line in page.lines())


def framed(count: int, name: str = "Stage", activities: int = 1) -> str:
    frames = ""
    for n in range(1, count + 1):
        start = f"{name} {n}".lower().replace(" ", "-")
        each = "".join(ACTIVITY.format(n=a, start=start) for a in range(1, activities + 1))
        frames += f"## {name} {n}\nWhen: in {n} weeks\n\nIt means.\n{each}\n"
    after = "## Sum\nSummary: What matters, Who (id: who), By when\n"
    before = "# Book\nRole: People\n\n## Frames\nTime frames\nPoints: last\n\nRead.\n\n- A point"
    return f"{before}\n\n{frames}{after}"


@pytest.mark.parametrize("look", LOOKS)
def test_all_blocks_twice(look: str) -> None:
    text = ALL.read_text(encoding="utf-8")
    pages, problems = drawn(text, look)
    assert problems == []
    fields = fields_of(pages)
    cover = {f"cover.{key}" for key in book_of(text).cover_ids}
    wanted = {name for name, _ in book_of(text).field_names()} | cover
    assert {field.name for field in fields} == wanted
    single = [f.name for f in fields if f.kind is not FieldKind.RADIO]
    assert len(single) == len(set(single))
    said = [field.tooltip for field in fields]
    assert len(said) == len(set(said)) and all(len(words.split()) > 1 for words in said)
    assert_inside(pages, look)


def assert_inside(pages: tuple[Drawing, ...], look: str) -> None:
    """No field over the foot, beside the margins or on another one."""
    design = design_of(**LOOKS[look])
    made = Page(design, None)  # type: ignore[arg-type]
    assert len({page.name for page in pages}) == len(pages)
    for page in pages:
        rects = [mark.rect for mark in page.marks() if isinstance(mark, Field)]
        for rect in rects:
            assert rect.y_pt >= made.floor - 0.01, page.name
            assert made.left - 0.01 <= rect.x_pt and rect.right_pt <= made.right + 0.01, page.name
        for i, one in enumerate(rects):
            for other in rects[i + 1 :]:
                beside = one.right_pt <= other.x_pt + 0.01 or other.right_pt <= one.x_pt + 0.01
                below = one.top_pt <= other.y_pt + 0.01 or other.top_pt <= one.y_pt + 0.01
                assert beside or below, (page.name, one, other)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 12, 60])
def test_any_number_of_activities(count: int, look: str) -> None:
    pages, problems = drawn(framed(3, activities=count), look)
    assert problems == []
    links = [mark for page in pages for mark in page.marks() if isinstance(mark, Link)]
    assert len(links) == 3 * count
    begins = {page.name: page.label for page in pages}
    assert all(link.contents.endswith(f"page {begins[link.target[1:]]}") for link in links)
    assert_inside(pages, look)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 12])
def test_a_point_goes_on_whole(count: int) -> None:
    """The words of the deck that ships, with more activities in one of its time frames."""
    text = (ROOT / "content/workbooks/practice-learning-managers.md").read_text(encoding="utf-8")
    start = text.index("\n## Medium term")
    more = "".join(ACTIVITY.format(n=n, start="more") for n in range(2, count + 1))
    pages, problems = drawn(text[:start] + more + text[start:])
    assert problems == []
    told = [words_of(page) for page in pages if page.name.startswith("workbook-frames")]
    for begin, end in (("Agency", "a council or a trust."), ("Older packs:", "light green ones.")):
        assert [begin in page for page in told] == [end in page for page in told]
        assert sum(begin in page for page in told) == 1


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["Stage", "By the end of the next financial year and the one"])
@pytest.mark.parametrize("count", [1, 2, 4, 5, 6])
def test_any_number_of_time_frames(count: int, name: str, look: str) -> None:
    pages, problems = drawn(framed(count, name), look)
    assert problems == []
    assert_inside(pages, look)
    tabs = []
    for n in range(1, count + 1):
        page = next(
            page
            for page in pages
            if page.name.startswith(f"workbook-{name.lower().replace(' ', '-')}-{n}-1")
        )
        shapes = [m for m in page.marks() if isinstance(m, Shape)]
        beyond = [
            s
            for s in shapes
            if any(
                isinstance(v, float) and v > page.size.width_pt
                for segment in s.path
                for v in segment[1::2]
            )
        ]
        ys = [float(v) for segment in beyond[0].path for v in segment[2::2]]
        tabs.append((min(ys), max(ys)))
        assert f"{name} {n}" in words_of(page)
    assert all(low > 0 for low, _ in tabs)
    assert all(
        after[1] < before[0] + 91 and after[1] < before[1] for before, after in pairwise(tabs)
    )


def test_signs_of_time_frames_fill_up() -> None:
    for count in range(1, 7):
        signs = [frame_disc(0, 0, 10, n, count, "#111111", "#222222")[1].path for n in range(count)]
        assert len(set(signs)) == count
        whole = frame_disc(0, 0, 10, count - 1, count, "#111111", "#222222")
        assert whole[1].path == whole[0].path


def test_many_rows_go_on_below_another_head() -> None:
    text = "# B\nRole: R\n\n## P\nTable: What, Who\nRows: 40\n"
    pages, problems = drawn(text)
    assert problems == []
    told = [words_of(page) for page in pages if page.name.startswith("workbook-p")]
    assert len(told) > 2 and all("What Who" in page for page in told)
    assert len([f for f in fields_of(pages) if f.name.startswith("p.")]) == 80


def test_a_table_of_many_columns_is_a_list() -> None:
    wide = "# B\nRole: R\n\n## P\nTable: A, B, C, D, E, F, G\nRows: 2\n"
    names = "Responsibilities, Acknowledgements, Representatives, Recommendations, Qualifications"
    for text, as_list in ((wide, False), (wide.replace("A, B, C, D, E", names), True)):
        pages, problems = drawn(text)
        assert problems == []
        assert ("Row 1" in words_of(pages[-1])) == as_list


@pytest.mark.parametrize(
    ("above", "levels"), [("## Rows", {"H2", "H3"}), ("## Part\n\n### Rows", {"H2", "H3", "H4"})]
)
def test_headings_of_a_listed_table_leave_out_no_level(above: str, levels: set[str]) -> None:
    columns = ", ".join(f"Column {n}" for n in range(12))
    pages, _ = drawn(f"# Book\nRole: r\n\n{above}\nTable: {columns}\nRows: 2\n")
    roles = {e.role for page in pages for e in page.elements}
    assert levels <= roles and ("H4" in roles) == ("H4" in levels)


def test_a_choice_is_as_wide_as_its_words() -> None:
    text = "# B\nRole: R\n\n## P\nTable: A, S (choice: Open, {})\nRows: 2\n"
    for words, fits in (
        ("Done", True),
        ("Put off until the next meeting of all", True),
        ("x" * 90, False),
    ):
        pages, problems = drawn(text.format(words))
        assert [p.code for p in problems] == ["text-too-long"] * (not fits)
        assert not fits or words in fields_of(pages)[-1].options


def test_a_long_choice_takes_room_from_other_columns() -> None:
    text = framed(1).replace("Open, Done", "Open, Waiting for an answer")
    for states, tables in ((text, True), (text.replace("an answer", "an answer " * 4), False)):
        pages, problems = drawn(states)
        assert problems == []
        fields = {f.name.rpartition(".")[2]: f for f in fields_of(pages) if ".1." in f.name}
        said = [words_of(page) for page in pages if page.name.endswith("-actions")]
        assert ("Row 1" in said[0]) != tables
        assert fields["status"].rect.width_pt > 24 + 5 * len("Waiting for an answer")


def test_a_long_time_wraps() -> None:
    long = "twenty minutes or more, if the doors are many and the corridors are long and dark"
    for cards in ("Cards: K5\n", ""):
        text = framed(1).replace("Cards: K5\n", cards).replace("About 60 minutes", long)
        for look in LOOKS:
            pages, problems = drawn(text, look)
            assert problems == []
            design = design_of(**LOOKS[look])
            right = Page(design, None).right  # type: ignore[arg-type]
            talk = next(page for page in pages if page.name == "workbook-stage-1-1-talk")
            assert long.split()[-1] in words_of(talk)
            for line in talk.lines():
                assert line.x_pt + design.book.width_pt(line.runs, line.size_pt) <= right + 0.5


def test_long_labels_stand_above_their_lines() -> None:
    label = "The day on which we began to work with these cards in our home"
    text = f"# B\nRole: R\nCover fields: {label}, Home\n\n## P\nSignature: {label}, Name\n"
    for look in LOOKS:
        pages, problems = drawn(text, look)
        assert problems == []
        assert all(field.rect.width_pt > 60 for field in fields_of(pages))


def test_words_behind_boxes_stay_on_their_page() -> None:
    text = framed(1).replace(
        "#### Who does", "#### From the fire service\n- Ask for a visit\n\n#### Who does"
    )
    pages, problems = drawn(text)
    assert problems == []
    (talk,) = [page for page in pages if page.name.startswith("workbook-stage-1-1-talk")]
    assert "Ask for a visit" in words_of(talk)


def test_for_pens_every_box_and_line_stays() -> None:
    pages, _ = drawn(ALL.read_text(encoding="utf-8"), "large print")
    for page in pages:
        pen = for_pen(page)
        assert not any(isinstance(mark, Field | Link) for mark in pen.marks())
        lines = [m for m in page.marks() if isinstance(m, Field) and m.kind is FieldKind.LINES]
        more = sum(isinstance(m, Shape) for m in pen.marks()) - sum(
            isinstance(m, Shape) for m in page.marks()
        )
        assert more >= len(lines)
        assert [m for m in pen.marks() if isinstance(m, TextLine)] == page.lines()


def test_two_parts_never_share_the_name_of_a_page() -> None:
    long = "\n".join(f"- {'Many words. ' * 30}" for _ in range(12))
    pages, _ = drawn(f"# B\nRole: R\n\n## Visit\n\n{long}\n\n## Visit 2\n\nHere.\n")
    names = [page.name for page in pages]
    assert len(names) > 3 and len(set(names)) == len(names)
    assert names[-1].startswith("workbook-visit-2")


def test_what_tells_the_edition_may_stand_anywhere() -> None:
    deck, design = real_deck(), design_of()
    first = "# B\nRole: R\n\n## About\nAbout\n\n" + framed(1).partition("\n\n")[2]
    made = set_workbook(book_of(first), deck, design)
    later = replace(deck, edition=replace(deck.edition, number="12", issued=date(2030, 1, 2)))
    assert in_edition(made, deck) is made
    pages, problems = finished(made, later)
    assert problems == []
    assert "edition 12" in words_of(pages[1]) and "2 January 2030" in words_of(pages[1])
    plain = set_workbook(book_of(framed(1)), deck, design)
    assert in_edition(plain, later) is plain


def test_a_table_with_no_room_names_its_place() -> None:
    text = "# B\nRole: R\n\n## P\nTable: A, S (choice: " + "very " * 30 + ")\n"
    (problem,) = drawn(text)[1]
    assert (problem.code, problem.place.line) == ("text-too-long", 4)

"""New streams in finished files: the same bytes as written anew, or a refusal."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from deckgen.model.drawing import Bookmark, Drawing, Element, Group, Role, TextLine, TextRun
from deckgen.pdf import patch
from deckgen.pdf.paint import painter_for
from deckgen.pdf.patch import Change, Objects, Unlike, patched
from deckgen.readback.check import file_faults
from deckgen.pdf.skeleton import skeleton_of
from deckgen.pdf.write import write_pages, write_sheets
from tests.pdf.conftest import PAGE, box, bullets, line


def with_words(drawing: Drawing, old: str, new: str) -> Drawing:
    """A Drawing with other words somewhere in its lines."""

    def changed(kid):
        if isinstance(kid, Element):
            return replace(kid, kids=tuple(map(changed, kid.kids)))
        if isinstance(kid, TextLine):
            return replace(
                kid, runs=tuple(replace(r, text=r.text.replace(old, new)) for r in kid.runs)
            )
        return kid

    return replace(drawing, elements=tuple(map(changed, drawing.elements)))


def code_of(drawing, book):
    return painter_for(book).paint(drawing).code


def change_of(before, after, book):
    digest = hashlib.sha256(code_of(before, book)).hexdigest()
    return Change(digest, code_of(after, book))


@pytest.fixture(scope="module")
def pages(faces, info, book):
    return write_pages(faces, info, book)


@pytest.fixture(scope="module")
def other(faces):
    """The first face with another letter in its first word."""
    text = next(m for m in faces[0].marks() if isinstance(m, TextLine)).runs[0].text
    made = with_words(faces[0], text, text[::-1])
    assert made != faces[0]
    return made


def test_a_file_taken_apart_and_put_together_is_itself(pages, sides, info, book):
    for data in (pages, write_sheets(sides, info, book)):
        assert Objects.of(data).to_bytes() == data


def test_a_page_is_changed_as_if_it_had_been_written_so(pages, faces, other, info, book):
    old = Objects.of(pages)
    made = patched(old, {old.page_content(0): change_of(faces[0], other, book)})
    assert made == write_pages([other, *faces[1:]], info, book)
    assert made != pages
    assert file_faults(made) == []


def test_a_face_on_a_sheet_is_found_by_its_name(sides, faces, other, info, book):
    data = write_sheets(sides, info, book)
    old = Objects.of(data)
    number = old.form(faces[0].name)
    made = patched(old, {number: change_of(faces[0], other, book)})
    assert Objects.of(made).stream(number) == code_of(other, book)
    assert old.form("nothing") == 0


@pytest.mark.parametrize("at", [0, 30, 2000, -700, -40, -3])
def test_a_damaged_file_is_refused(pages, at):
    damaged = bytearray(pages)
    damaged[at] ^= 1
    with pytest.raises(Unlike):
        Objects.of(bytes(damaged))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"startxref\n0\n%%EOF\n"])
def test_what_is_no_file_is_refused(data):
    with pytest.raises(Unlike):
        Objects.of(data)


def test_a_stream_that_says_something_else_is_refused(pages, faces, other, book):
    old = Objects.of(pages)
    with pytest.raises(Unlike, match="something else"):
        patched(old, {old.page_content(1): change_of(faces[0], other, book)})
    with pytest.raises(Unlike, match="not a packed stream"):
        patched(old, {1: change_of(faces[0], other, book)})


@pytest.mark.parametrize("wrong", [b"0 0 m 9 9 l S", b"EMC", b"/P <</MCID 99>> BDC\nEMC"])
def test_a_stream_in_which_a_check_would_see_something_else_is_refused(pages, faces, book, wrong):
    old = Objects.of(pages)
    change = change_of(faces[0], faces[0], book)
    bad = Change(change.before, change.after + b"\n" + wrong)
    with pytest.raises(Unlike, match="tagged in another way"):
        patched(old, {old.page_content(0): bad})


def test_the_proof_finds_what_should_not_have_changed(pages, faces, other, book):
    old = Objects.of(pages)
    number = old.page_content(0)
    changes = {number: change_of(faces[0], other, book)}
    new = Objects.of(patched(old, changes))
    patch._prove(old, new, changes)
    for bad in (
        old.bodies[number - 1],
        new.bodies[number - 1].replace(b"/Length", b"/Odd /Length"),
    ):
        with pytest.raises(Unlike, match="not what it should be"):
            bodies = (*new.bodies[: number - 1], bad, *new.bodies[number:])
            patch._prove(old, replace(new, bodies=bodies), changes)
    with pytest.raises(Unlike, match="changed and should not"):
        patch._prove(old, new, {})
    with pytest.raises(Unlike, match="other objects"):
        patch._prove(old, replace(new, bodies=new.bodies[:-1]), changes)


PLAIN = Drawing(
    "one",
    "1",
    PAGE,
    0.0,
    (
        Element(Role.P, (line("Some words", 20, 300),)),
        bullets("one", "two", y=200),
        Element(Role.FIGURE, (box(1, 2, 3, 4),), alt="a box"),
    ),
)


def element(at: int, **changes: object) -> Drawing:
    elements = list(PLAIN.elements)
    elements[at] = replace(elements[at], **changes)
    return replace(PLAIN, elements=tuple(elements))


DIFFERENT = {
    "name": replace(PLAIN, name="two"),
    "label": replace(PLAIN, label="2"),
    "bookmark": replace(PLAIN, bookmarks=(Bookmark("x", 0),)),
    "group": replace(PLAIN, groups=(Group("x", "x"),)),
    "role": element(0, role=Role.H1),
    "language": element(0, language="cy"),
    "description": element(2, alt="two boxes"),
    "figure": element(2, kids=(box(1, 2, 3, 5),)),
    "a letter": element(0, kids=(line("Some ŵords", 20, 300),)),
    "a face": element(0, kids=(line("Some words", 20, 300, face="bold"),)),
    "one element less": replace(PLAIN, elements=PLAIN.elements[:2]),
    "numbered": element(1, kids=(Element(Role.ITEM, (Element(Role.LABEL, (line("1", 9, 9),)),)),)),
}


def skeleton(drawing, book):
    painter = painter_for(book)
    return skeleton_of(drawing, painter.paint(drawing), painter.coding)


@pytest.mark.parametrize("kind", DIFFERENT)
def test_a_skeleton_has_all_that_is_not_in_the_stream(kind, book):
    assert skeleton(DIFFERENT[kind], book) != skeleton(PLAIN, book)


def test_a_skeleton_does_not_depend_on_words(book):
    runs = (TextRun("Other words", "regular"),)
    same = element(0, kids=(replace(line("", 20, 290), runs=runs),))
    assert skeleton(same, book) == skeleton(PLAIN, book)

"""Files that are damaged, or made to do harm, are that file's problem: in words, in time."""

from __future__ import annotations

import os
import random
import zlib
from io import BytesIO

import pikepdf
import pytest
from click.testing import CliRunner

from deckgen.cli import cli
from deckgen.disk import CannotRead, read_given
from deckgen.exit_codes import ExitCode
from deckgen.model.answers import Asked, Asks, Identity, Question
from deckgen.pdf.write import write_pages
from deckgen.readback.foreign import cleaned
from deckgen.readback.limits import MENDED, Limits, Refused, guarded, in_child, one_from_child
from deckgen.readback.returned import FLATTENED, FOREIGN, read_returned
from deckgen.readback.returned_file import said
from tests.conftest import ROOT
from tests.pdf.pdfium_form import PdfiumForm
from tests.readback.conftest import edited

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
ANSWERS = {"immediate-1.who": "Siân", "immediate-1.check.1": "Yes"}
MUTATIONS, IN_CHILD = 60, 6


def a_pdf(*objects, catalog=b"", trailer=b""):
    """A file of these objects, the catalog first; number 2 is the tree of pages, 3 the page."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    bodies = [b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog, TREE, PAGE, *objects]
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows)
    end = b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + table + end % (size, trailer, len(out)))


def a_stream(data, entries=b"/Filter/FlateDecode"):
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


NAMES = "a", "a.b", "b", "a." * 35 + "b"
ASKED = Asked(Identity(), "", "", tuple(Question(name, Asks.LINE, "") for name in NAMES))
FIELD = b"<</FT/Tx/T(a)/V 5 0 R>>"
FORM = b"/AcroForm<</Fields[4 0 R]>>"


def many_fields():
    fields = b"".join(b"<</FT/Tx/T(%d)>>" % n for n in range(300_000))
    return a_pdf(b"<</T(a)/Kids[%b]>>" % fields, catalog=FORM)


def doubling():
    kids = [b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (n, n) for n in range(5, 40)]
    return a_pdf(*kids, b"<</FT/Tx/T(b)/V(x)>>", catalog=FORM)


def bomb():
    packed = zlib.compress(zlib.compress(bytes(1 << 27), 9), 9)
    value = a_stream(packed, b"/Filter[/FlateDecode/FlateDecode]")
    return a_pdf(FIELD, value, catalog=FORM)


def sealed():
    """Protected for a certificate."""
    return a_pdf(
        b"<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/Length 128/Recipients[<30>]>>",
        trailer=b"/Encrypt 4 0 R/ID[<00><00>]",
    )


HARMFUL = {
    "sealed": (sealed, "protected"),
    "bomb": (bomb, ""),
    "many fields": (many_fields, "more than 20000 fields"),
    "nested": (lambda: a_pdf(b"[" * 50_000 + b"]" * 50_000, catalog=b"/X 4 0 R"), "damaged"),
    "nested in sight": (lambda: a_pdf(catalog=b"/X" + b"[" * 50_000 + b"]" * 50_000), "damaged"),
    "no PDF": (lambda: b"GIF89a" * 99, "not a PDF"),
    "empty": (lambda: b"", "empty"),
    "cut": (lambda: a_pdf(FIELD, b"(x)", catalog=FORM)[:-20], "its end is missing"),
    "no catalog": (lambda: a_pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R"), "damaged"),
    "too large": (lambda: b"%PDF-1.7" + bytes(21 << 20), "larger than 20 MB"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harm_is_refused_in_words(name):
    make, why = HARMFUL[name]
    data = make()
    returned = read_returned(data, "x.pdf")
    assert returned.copies == () and returned.refused
    assert why in returned.refused[0] and returned.refused[1]


@pytest.mark.parametrize(
    "data",
    [
        a_pdf(b"<</T(a)/Kids[4 0 R 5 0 R]>>", b"<</T(b)/FT/Tx/V(x)/Parent 4 0 R>>", catalog=FORM),
        a_pdf(b"<</T(a)/Parent 4 0 R/FT/Tx/V(x)>>", catalog=FORM),
        doubling(),
        a_pdf(b"<</T(a)/FT/Tx/V(x)>>", catalog=FORM).replace(b"[3 0 R]", b"[2 0 R]"),
        a_pdf(b"<</T(a)/FT/Tx/V(x)>>", catalog=FORM).replace(b"/Parent 2", b"/Parent 3"),
        a_pdf(FIELD, a_stream(b"x", b""), catalog=FORM),
        a_pdf(FIELD, a_stream(zlib.compress(b"x"), b"/Filter/Fl"), catalog=FORM),
        a_pdf(FIELD, a_stream(b"78>", b"/Filter[/AHx]"), catalog=FORM),
        a_pdf(
            FIELD,
            a_stream(zlib.compress(zlib.compress(b"x")), b"/Filter[/FlateDecode/Fl]"),
            catalog=FORM,
        ),
    ],
)
def test_circles_and_odd_ways_of_writing_are_read(data):
    returned = read_returned(data, "x.pdf", asked=[ASKED])
    (copy,) = returned.copies
    assert {one.value for one in copy.said} == {"x"}


def test_a_file_without_fields_is_not_an_empty_workbook():
    assert read_returned(a_pdf(), "x.pdf").refused == FLATTENED
    assert read_returned(a_pdf(FIELD, b"(x)", catalog=FORM), "x.pdf").refused == FOREIGN


def test_a_blank_form_of_another_is_not_this_workbook(tmp_path):
    (tmp_path / "x.pdf").write_bytes(a_pdf(b"<</T(a)/FT/Tx>>", catalog=FORM))
    assert refresh(tmp_path / "x.pdf") == ExitCode.CONTENT


def refresh(path):
    words = ["refresh", str(path), "--project", str(ROOT)]
    return CliRunner().invoke(cli, words, standalone_mode=False).return_value


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    pipe, large = tmp_path / "pipe.pdf", tmp_path / "large.pdf"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
        assert refresh(pipe) == ExitCode.CONTENT
    with large.open("wb") as file:
        file.truncate(3 << 30)  # takes no room on the disk
    assert refresh(large) == ExitCode.CONTENT
    with pytest.raises(CannotRead, match="larger than 20 MB"):
        read_given(large, 20)
    with pytest.raises(CannotRead, match="not an ordinary file"):
        read_given(tmp_path, 20)
    (tmp_path / "small").write_bytes(b"x")
    assert read_given(tmp_path / "small", 20) == b"x"


def test_limits_of_time_and_memory_hold():
    slow = a_pdf(*[b"<</T(a)>>"] * 200_000)
    for data in (slow, many_fields()):
        with pytest.raises(Refused, match="took more than"):
            one_from_child("returned_file:said", data, limits=Limits(seconds=0.2))
    with pytest.raises(Refused, match=r"too much memory|damaged"):
        one_from_child("returned_file:said", bomb(), limits=Limits(memory_megabytes=64))


def test_what_was_said_before_the_end_is_kept():
    lines, ended = in_child("page_texts:texts", a_pdf(), 9, 9, 9, limits=Limits())
    assert lines == [{"pages": 1}, {"texts": [""]}] and ended == ""


def test_any_exception_is_a_refusal_and_names_itself_below():
    for fault in (RecursionError(), MemoryError(), ZeroDivisionError(), OSError(1, "x")):

        def fails(data, fault=fault):
            raise fault

        with pytest.raises(Refused) as caught:
            guarded(fails, b"")
        assert caught.value.__cause__ is fault and caught.value.why and caught.value.todo


@pytest.fixture(scope="module")
def filled(workbook, info, book):
    with PdfiumForm(write_pages(workbook, info, book)) as form:
        form.fill(0, {"immediate-1.who": "Siân", "immediate-1.check.1": 1})
        return form.saved()


def answers_of(found):
    return {entry["name"]: entry["value"] for entry in found["entries"] if entry["value"]}


def spoilt(data, chance):
    """A file with a few bytes changed, taken out, put in or moved."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(made)), chance.choice((1, 2, 8, 200))
        how = chance.randrange(5)
        if how == 0:
            made[at : at + size] = chance.randbytes(min(size, len(made) - at))
        elif how == 1:
            del made[at : at + size]
        elif how == 2:
            made[at:at] = chance.randbytes(size)
        elif how == 3:
            made[at:at] = made[chance.randrange(len(made)) :][:size]
        else:
            digit = [i for i in range(at, min(at + 500, len(made))) if 48 <= made[i] <= 57]
            for i in digit[:size]:
                made[i] = chance.randint(48, 57)
    return bytes(made)


def test_a_spoilt_file_gives_answers_or_a_reason(filled):
    chance, right, mended, refused = random.Random(7), 0, 0, 0
    whole = edited(filled, lambda document: None)  # all in one section, as other viewers save
    for data in (filled, whole, uncompressed(filled)):
        assert answers_of(next(said(data))) == ANSWERS
        for _ in range(MUTATIONS):
            data_now = spoilt(data, chance)
            try:
                found = guarded(lambda d: next(said(d)), data_now)
            except Refused as refusal:
                refused += 1
                assert refusal.why and refusal.todo
                continue
            answers = answers_of(found)
            right += answers.items() >= ANSWERS.items()
            mended += found["mended"]
            # An answer may be lost with its bytes; never in silence.
            assert found["mended"] or found["notes"] or answers.keys() >= ANSWERS.keys()
    assert right > 50 and mended > 50 and refused > 5


def test_a_file_that_was_mended_says_so(filled):
    start = filled.rindex(b"startxref")
    returned = read_returned(filled[:start] + b"startxref\n7\n%%EOF\n", "x.pdf")
    assert returned.notes == (MENDED[0],) and returned.copies[0].said
    assert read_returned(filled, "x.pdf").notes == ()


def uncompressed(data):
    """The words of every object in sight, so that spoiling meets them too."""
    with pikepdf.open(BytesIO(data)) as document:
        out = BytesIO()
        document.save(out, compress_streams=False, qdf=True)
    return out.getvalue()


def test_spoilt_files_in_the_child_and_as_parts(filled):
    chance = random.Random(11)
    for _ in range(IN_CHILD):
        returned = read_returned(spoilt(filled, chance), "x.pdf")
        assert returned.copies or returned.refused
    for _ in range(MUTATIONS):
        try:
            made = guarded(lambda d: next(cleaned(d)), spoilt(filled, chance))
        except Refused as refusal:
            assert refusal.why
        else:
            assert made["pdf"]

"""Files that are made to do harm, or spoilt by chance, never crash, hang or seem to be blank."""

from __future__ import annotations

import random
import time
import warnings
import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from deckgen.pdf.write import write_pages
from deckgen.readback import returned
from deckgen.readback.limits import guarded, in_child
from deckgen.readback.returned import read_returned
from deckgen.readback.returned_file import said
from tests.readback import odd_files as odd
from tests.readback.test_limits import a_pdf, a_stream
from tests.readback.test_returned import ANSWERS

FORM = b"/AcroForm<</Fields[4 0 R]>>"
WIDGET = b"<</Subtype/Widget/FT/Tx/T(%d)/Rect[0 0 9 9]/V(x)>>"
ROUNDS, IN_CHILD = 150, 4


def value(stream: bytes) -> bytes:
    return a_pdf(b"<</FT/Tx/T(cover.1)/V 5 0 R>>", stream, catalog=FORM)


def packed(count: int, times: int = 1) -> bytes:
    data = bytes(count)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def on_page(count: int) -> bytes:
    kids = b"".join(WIDGET % n for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[%b]>>" % kids
    return a_pdf().replace(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", page)


def comments(count: int) -> bytes:
    notes = b"<</Subtype/Text/Contents(x)/Rect[0 0 9 9]>>" * count
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[%b]>>" % notes
    data = a_pdf(b"<</FT/Tx/T(cover.1)/V(x)>>", catalog=FORM)
    return data.replace(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", page)


def pages_within_pages() -> bytes:
    knots = [b"<</Type/Pages/Count 9/Kids[%d 0 R %d 0 R]>>" % (n, n) for n in range(5, 36)]
    return a_pdf(*knots, b"<</Type/Page>>").replace(b"/Kids[3 0 R]", b"/Kids[4 0 R]")


def inherited_value() -> bytes:
    """One long value that thousands of fields have."""
    kids = b"".join(b"<</T(%d)/FT/Tx/Parent 4 0 R>>" % n for n in range(9000))
    top = b"<</T(cover)/V(%b)/Kids[%b]>>" % (b"x" * 500_000, kids)
    return a_pdf(top, catalog=FORM)


def letters_without_end() -> bytes:
    rows = b"1 beginbfrange <0000> <FFFF> <0000> endbfrange " * 20_000
    font = b"<</Subtype/Type0/ToUnicode 7 0 R>>"
    look = b"/Resources<</Font<</F 6 0 R>>>>"
    return a_pdf(
        b"<</FT/Tx/Subtype/Widget/T(cover.1)/Rect[0 0 9 9]/AP<</N 5 0 R>>>>",
        a_stream(b"BT /F 9 Tf <0041> Tj ET", look),
        font,
        a_stream(zlib.compress(rows)),
        catalog=FORM,
    ).replace(b"/MediaBox[0 0 99 99]", b"/MediaBox[0 0 99 99]/Annots[4 0 R]")


# What becomes of each: words of the reason for which it is refused, or None where it is read.
HARM = {
    "512 MB in a value": (lambda: value(a_stream(packed(1 << 29))), None),
    "packed six times": (
        lambda: value(a_stream(packed(1 << 28, 3), b"/Filter[" + b"/FlateDecode" * 3 + b"]")),
        None,
    ),
    "64 filters": (lambda: value(a_stream(b"x", b"/Filter[" + b"/AHx" * 64 + b"]")), None),
    "a length of 10^11": (
        lambda: value(b"<</Length 100000000000>>stream\nx\nendstream"),
        "",
    ),
    "300,000 fields in the form": (
        lambda: a_pdf(
            b"<</T(a)/Kids[%b]>>" % b"".join(b"<</FT/Tx/T(%d)>>" % n for n in range(300_000)),
            catalog=FORM,
        ),
        "more than 20000 fields",
    ),
    "300,000 boxes on a page": (lambda: on_page(300_000), ""),
    "15,000 boxes on a page": (lambda: on_page(15_000), "none of its fields"),
    "9,000 fields with one long value": (inherited_value, "20000000 letters"),
    "20,000 comments": (lambda: comments(20_000), None),
    "pages within pages": (pages_within_pages, ""),
    "a font of endless letters": (letters_without_end, None),
    "one value of 19 MB": (lambda: value(b"(" + b"a" * (19 << 20) + b")"), None),
    "a size of 4 * 10^9": (
        lambda: a_pdf(b"<</FT/Tx/T(cover.1)/V(x)>>", catalog=FORM).replace(
            b"/Size 5", b"/Size 4000000000"
        ),
        None,
    ),
    "a table that leads back": (
        lambda: a_pdf(b"<</FT/Tx/T(cover.1)/V(x)>>", catalog=FORM, trailer=b"/Prev 9"),
        None,
    ),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_ends_in_words_and_in_time(name):
    make, why = HARM[name]
    data, start = make(), time.monotonic()
    found = read_returned(data, "x.pdf")
    assert time.monotonic() - start < returned.LIMITS.seconds + 5
    if why is None:
        assert found.refused is None and found.copies
    else:
        assert found.refused and why in found.refused[0] and found.refused[1]


@pytest.fixture(scope="module")
def filled(workbook, info, book) -> bytes:
    return odd.filled(write_pages(workbook, info, book), ANSWERS)


def test_the_other_process_is_ended_when_its_time_or_memory_is_over(filled, monkeypatch):
    monkeypatch.setattr(returned, "LIMITS", returned.Limits(seconds=0.001))
    returned._heard.cache_clear()
    refused = read_returned(filled, "x.pdf").refused
    assert refused and "took more than" in refused[0]
    monkeypatch.setattr(returned, "LIMITS", returned.Limits(memory_megabytes=20))
    returned._heard.cache_clear()
    refused = read_returned(filled, "x.pdf").refused
    assert refused and refused[1]
    returned._heard.cache_clear()


def test_answers_stay_where_only_the_words_of_pages_cannot_be_read(filled, monkeypatch):
    """pdfium can end the other process; the answers were said before."""
    first = in_child("returned_file:said", filled, "", limits=returned.LIMITS)[0][:1]
    monkeypatch.setattr(returned, "in_child", lambda *_, **__: (first, "it fell over"))
    returned._heard.cache_clear()
    found = read_returned(filled, "x.pdf")
    assert {one.field: one.value for one in found.copies[0].said} == ANSWERS
    assert found.notes == ("The words on its pages could not be read: it fell over.",)
    returned._heard.cache_clear()


def odd_value(chance: random.Random, things: list[pikepdf.Object]) -> object:
    """Something that has no business where it is put."""
    return chance.choice(
        (
            *(0, -1, 1e38, True, None, String("x"), String(b"\xfe\xff\xd8"), Name("/Off")),
            *(Name("/"), Array([]), Array([1, String("a")]), Dictionary(), String("\0")),
            *(chance.choice(things) for _ in range(6)),
        )
    )


def muddled(data: bytes, chance: random.Random) -> bytes:
    """A file some of whose objects hold what they should not."""
    with pikepdf.open(BytesIO(data)) as document, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf's own, about the very faults that are wanted
        things = [o for o in document.objects if isinstance(o, pikepdf.Dictionary | Array)]
        for _ in range(chance.randint(1, 4)):
            thing = chance.choice(things)
            if isinstance(thing, Array):
                if len(thing):
                    thing[chance.randrange(len(thing))] = odd_value(chance, things) or 0
            elif keys := sorted(thing.keys() - {"/Type"}):
                key, new = chance.choice(keys), odd_value(chance, things)
                if new is None:
                    del thing[key]
                else:
                    thing[key] = new
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def test_muddled_files_give_answers_or_a_reason(filled):
    """What is wrong in one place must not take the answers of others along."""
    chance, right, elsewhere, lost = random.Random(13), 0, 0, 0
    for _ in range(ROUNDS):
        try:
            data = muddled(filled, chance)
        except (RuntimeError, pikepdf.PdfError, ValueError):
            continue  # pikepdf itself can't write it
        lines = guarded(lambda d: list(said(d)), data)
        found = returned._returned(returned.convert({**lines[0], **lines[-1]}, returned._Heard), ())
        values = {one.field: one.value for copy in found.copies for one in copy.said}
        right += values.items() >= ANSWERS.items()
        elsewhere += set(values.values()) >= set(ANSWERS.values())
        lost += found.refused is not None
    # A few are under other names, as the names were muddled; or the value itself was.
    assert right > 0.85 * ROUNDS and elsewhere > 0.92 * ROUNDS and not lost


def test_muddled_files_in_the_other_process(filled):
    chance = random.Random(17)
    for _ in range(IN_CHILD):
        found = read_returned(muddled(filled, chance), "x.pdf")
        assert found.refused or found.copies

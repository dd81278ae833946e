"""The quick reader gives what pypdf gives, object by object, and leaves it what is odd."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from deckgen.pdf.objects import Indirect
from deckgen.pdf.write import write_pages, write_sheets
from deckgen.readback.join import Part, join
from deckgen.readback.parsed import parsed
from deckgen.readback.reading import misplaced, quick


def in_full(document):
    """All objects by number, with numbers in place of references, and types beside values."""
    numbers = {made: number for number, made in document.objects.items()}

    def plain(value):
        if isinstance(value, Indirect):
            return "object", numbers[value]
        if isinstance(value, dict):
            return {str(key): plain(v) for key, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return type(value).__name__, value

    return {n: (plain(made.value), made.stream) for n, made in document.objects.items()}


def saved(data, **how):
    with pikepdf.open(BytesIO(data)) as document:
        document.Root.Odd = pikepdf.Array(
            [
                pikepdf.String("a\\(b) \r\n\t\\"),
                pikepdf.String("Tŷ – ŵ"),
                b"\xe9\x00",
                0.25,
                -3,
                True,
            ]
        )
        document.Root.Odd.append(pikepdf.Dictionary({"/A#B c": None, "/é": pikepdf.Name("/x(y")}))
        out = BytesIO()
        document.save(out, **how)
    return out.getvalue()


@pytest.fixture(scope="module")
def files(workbook, faces, sides, info, book):
    pages, sheets = write_pages(workbook, info, book), write_sheets(sides, info, book)
    whole = join([Part("Cards", sheets), Part("Workbook", pages)], info).data
    modes = pikepdf.ObjectStreamMode
    return {
        "pages": pages,
        "sheets": sheets,
        "faces": write_pages(faces, info, book),
        "pack": whole,
        "resaved": saved(whole, object_stream_mode=modes.disable),
        "object streams": saved(whole, object_stream_mode=modes.generate),
    }


@pytest.mark.parametrize("name", ["pages", "sheets", "faces", "pack", "resaved", "object streams"])
def test_every_object_is_the_same(name, files):
    document = quick(files[name])
    assert document is not None
    known = parsed(files[name])
    found, wanted = in_full(document), in_full(known)
    assert {n: found[n] for n in wanted} == wanted
    assert len(wanted) > 50
    assert [p.value["Contents"].stream for p in document.pages] == [
        p.value["Contents"].stream for p in known.pages
    ]
    assert misplaced(files[name]) == 0


def broken(data, old, new):
    assert old in data
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: b"",
        lambda d: d[: len(d) // 2],
        lambda d: broken(d, b"/Root 1 0 R", b"/Root 9999 0 R"),
        lambda d: broken(d, b"/Type /Catalog", b"/Type /Type /Catalog"),
        lambda d: broken(d, b"/Length ", b"/Length 1"),
        lambda d: broken(d, b"endobj", b"endobi"),
        lambda d: broken(d, b"[ 0 0 298 420 ]", b"[ 0 0 298 420 >"),
        lambda d: broken(d, b"/Size", b"/Prev 9 /Size"),
        lambda d: broken(d, b" 00000 n", b" 00001 n"),
        lambda d: broken(d, b"/Type /Catalog", b"/X " + b"[" * 150 + b"]" * 150),
        lambda d: saved(
            d, encryption=pikepdf.Encryption(owner="o", user="", R=4, aes=False, metadata=False)
        ),
    ],
)
def test_what_is_odd_is_left_alone(spoil, files):
    data = spoil(files["resaved"])
    assert data != files["resaved"]
    document = quick(data)
    assert document is None or in_full(document) == in_full(parsed(data))


def test_an_object_that_is_not_where_it_should_be(files):
    data = files["resaved"]
    at = data.index(b"\n7 0 obj")
    assert misplaced(data[:at] + b"\n8 0 obj" + data[at + 8 :]) == 1
    assert misplaced(data[:-30]) == -1

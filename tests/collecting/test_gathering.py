"""Many files become one table, the same whatever reads them; a bad one stops nobody."""

from __future__ import annotations

import io
import time
from pathlib import Path
from zipfile import ZipFile

import pymupdf
import pytest

from deckgen.answers import table_record
from deckgen.collecting import gathering
from deckgen.collecting.gathering import gathered
from deckgen.collecting.kinds import Sort, sort_of
from deckgen.model.answers import Asked, Returned, Verdict
from tests.collecting.made_up import KNOWN, copy, exported

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten workbooks, and among them what is none."""
    top = tmp_path / "returned"
    top.mkdir()
    for number in range(10):
        data = exported(f"Team {number}", rise__now=f"=We {number} (really)", rise__status="done")
        (top / f"{number}.fdf").write_bytes(data)
    (top / "3.bad.fdf").write_bytes(b"%FDF-1.2 nonsense")
    (top / "empty.pdf").write_bytes(b"")
    (top / "page.pdf").write_bytes(b"<!DOCTYPE html><html>Not found</html>")
    with ZipFile(top / "more.zip", "w") as made:
        made.writestr("z.fdf", exported("Team Z", rise__now="Zipped"))
        made.writestr("copy.fdf", (top / "1.fdf").read_bytes())
    return top


def test_one_bad_file_never_stops_the_rest(folder: Path) -> None:
    heard = list[tuple[int, int, str]]()
    table = gathered(KNOWN, [folder], progress=lambda *said: heard.append(said))
    verdicts = {s.file.removeprefix("returned/"): s.verdict for s in table.sources}
    assert verdicts == {
        **{f"{n}.fdf": Verdict.OK for n in range(10)},
        **dict.fromkeys(("3.bad.fdf", "empty.pdf", "page.pdf"), Verdict.REJECTED),
        **{"more.zip/z.fdf": Verdict.OK, "more.zip/copy.fdf": Verdict.NOTES},
    }
    assert list(verdicts)[3:6] == ["3.bad.fdf", "3.fdf", "4.fdf"]
    assert len(table.answers) == 21
    assert table.answers[0].value == "=We 0 (really)" and table.answers[1].value == "done"
    assert heard[0] == (0, 15, "returned/0.fdf") and heard[-1] == (15, 15, "")


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_table_is_the_same_whatever_reads_it(
    folder: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(data: bytes, name: str, _asked: tuple[Asked, ...], _password: str) -> Returned:
        time.sleep(0.02 if "0" in name or "3" in name else 0)
        return Returned((copy(name[-5:], rise__now=name),))

    monkeypatch.setattr(gathering, "read_any", slowly)
    made = table_record.written(gathered(KNOWN, [folder], workers=workers))
    assert made == table_record.written(gathered(KNOWN, [folder], workers=1))


def test_few_files_are_in_memory_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ahead = 0, list[int]()

    def read(_data: bytes, name: str, *_rest: object) -> Returned:
        nonlocal begun
        begun += 1
        return Returned()

    monkeypatch.setattr(gathering, "read_any", read)
    gathered(KNOWN, [folder], workers=2, progress=lambda n, *_: ahead.append(begun - n))
    assert len(ahead) == 16 and max(ahead) <= 5


def packed(name: str) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr(name, b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sort"),
    [
        (b"%PDF-1.7", "a", Sort.PDF),
        (b"Content-Type: application/pdf\n\n%PDF-1.7", "a.eml", Sort.PDF),
        (b"%FDF-1.2", "a.pdf", Sort.FORM_DATA),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<xfdf/>", "a", Sort.FORM_DATA),
        ('<?xml version="1.0"?><xfdf/>'.encode("utf-16"), "a", Sort.FORM_DATA),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", Sort.PICTURE),
        (b"\xff\xd8\xff\xe0", "a", Sort.PICTURE),
        (b"II*\0", "a", Sort.PICTURE),
        (b"", "a.pdf", "it is empty"),
        (b"From: a@b.example\nSubject: x", "a", "it is a mail"),
        (OLE, "a.msg", "it is a mail"),
        (OLE, "a.doc", "it is a file of an office program"),
        (OLE, "a", "it is a file of an office program"),
        (b"{\\rtf1", "a", "it is a file of an office program"),
        (packed("word/document.xml"), "a.docx", "it is a file of an office program"),
        (b"<!doctype HTML><p>", "a.pdf", "it is a web page"),
        (b"\0\0\0\x18ftypheic", "a.heic", "it is a picture of a kind"),
        (b"RIFF0000WEBP", "a.webp", "it is a picture of a kind"),
        (b"GIF89a", "a", "it is a GIF picture"),
        (b"Rar!", "a", "it is a RAR archive"),
        (b"7z\xbc\xaf", "a", "it is a 7z archive"),
        (b"\x1f\x8b", "a", "it is a packed file"),
        (b"hello", "a.txt", "it is none of the kinds of file"),
    ],
)
def test_files_are_told_apart(data: bytes, name: str, sort: Sort | str) -> None:
    found = sort_of(data, name)
    if isinstance(sort, Sort):
        assert found is sort
    else:
        assert isinstance(found, tuple)
        assert found[0].startswith(sort) and found[1].endswith(".")


def test_what_hangs_on_a_scan_is_named(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 60, 80)))
        page.add_text_annot((30, 30), "A comment")
        document.save(tmp_path / "scan.pdf")
    table = gathered(KNOWN, [tmp_path / "scan.pdf"], workers=1)
    assert "a comment on page 1" in table.sources[0].reason
    assert [answer.value for answer in table.answers] == ["A comment"]
    assert {source.verdict for source in table.sources} == {Verdict.REVIEW, Verdict.REJECTED}

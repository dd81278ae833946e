"""Files, folders and archives: all of them are gone through, and nothing leads astray."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from deckgen.collecting import archive, intake
from deckgen.collecting.intake import Given, given_files
from deckgen.readback.limits import Refused


def zipped(members: dict[str, bytes], way: int = ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", way) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return buffer.getvalue()


def names(*paths: Path) -> list[str]:
    return [given.name for given in given_files(paths)]


def loaded(given: Given) -> bytes | str:
    try:
        return given.load()
    except Refused as refusal:
        assert refusal.todo.endswith(".")
        return refusal.why


def all_of(*paths: Path) -> dict[str, bytes | str]:
    found = list(given_files(paths))
    assert len({given.name for given in found}) == len(found)
    return {given.name: loaded(given) for given in found}


def test_lists_of_what_was_handed_out_are_no_returns(tmp_path: Path) -> None:
    for name in ("workbooks.json", "workbooks.2-of-3.json", "workbooks.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert list(all_of(tmp_path)) == [f"{tmp_path.name}/workbooks.txt"]


def test_folders_are_gone_through_in_order(tmp_path: Path) -> None:
    top = tmp_path / "returned"
    for name in ("b.pdf", "A.pdf", "sub/c.pdf", "sub/deep/d.pdf", ".DS_Store", "._A.pdf", "e.pdf"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(name.encode())
    assert all_of(top) == {
        "returned/A.pdf": b"A.pdf",
        "returned/b.pdf": b"b.pdf",
        "returned/e.pdf": b"e.pdf",
        "returned/sub/c.pdf": b"sub/c.pdf",
        "returned/sub/deep/d.pdf": b"sub/deep/d.pdf",
    }
    left = [top / "A.pdf", top / "sub" / ".." / "b.pdf"]
    assert next(g.name for g in given_files([top], left)) == "returned/e.pdf"


def test_paths_are_called_as_they_were_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"x")
    assert names(Path("in/a.pdf"), tmp_path / "in" / "a.pdf") == ["in/a.pdf", "a.pdf"]


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "a.pdf").symlink_to("b.pdf")
    (tmp_path / "b.pdf").symlink_to("a.pdf")
    (tmp_path / "gone.pdf").symlink_to("nowhere.pdf")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "good.pdf").write_bytes(b"good")
    (tmp_path / "link.pdf").symlink_to("good.pdf")
    found = all_of(tmp_path, tmp_path / "missing.pdf")
    told = {name.rpartition("/")[2]: said for name, said in found.items()}
    assert told["good.pdf"] == told["link.pdf"] == b"good"
    assert told["pipe.pdf"] == told["gone.pdf"] == "it is not an ordinary file"
    assert told["loop"] == "it is a link to a folder, which is not followed"
    assert told["missing.pdf"] == "there is no such file"
    assert set(map(type, (told["a.pdf"], told["b.pdf"]))) == {str}


def test_files_may_vanish_or_be_closed_to_us(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    (given,) = given_files([tmp_path])
    path.unlink()
    assert loaded(given) == "there is no such file"


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write everywhere")
def test_files_that_may_not_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "a.pdf").chmod(0)
    (said,) = all_of(tmp_path).values()
    assert "Permission denied" in str(said)


def test_odd_names_can_be_written_down(tmp_path: Path) -> None:
    for name in (b"new\nline.pdf", b"latin-\xe9.pdf", "turned\u202efdp.pdf".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    found = [name.rpartition("/")[2] for name in names(tmp_path)]
    assert sorted(found) == ["latin-?.pdf", "new�line.pdf", "turned�fdp.pdf"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert [*all_of(tmp_path).values()] == ["it is a folder without files"]


def test_folders_within_folders_end_somewhere(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "a.pdf").write_bytes(b"x")
    assert [*all_of(tmp_path).values()] == ["it lies too many folders deep"]


def test_too_many_files_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (tmp_path / f"{number}.pdf").write_bytes(b"x")
    monkeypatch.setattr(intake, "MOST_FILES", 3)
    said = [*all_of(tmp_path).values()]
    assert said[:3] == [b"x"] * 3 and "more than 3 files" in str(said[3])


def test_archives_are_read_and_archives_in_them(tmp_path: Path) -> None:
    inner = zipped({"c.pdf": b"c", "third.zip": zipped({"d.pdf": b"d"})})
    members = {"b/a.pdf": b"a", "in.zip": inner, "__MACOSX/b/._a.pdf": b"no", "b/": b""}
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(members))
    assert all_of(path) == {
        "all.zip/b/a.pdf": b"a",
        "all.zip/in.zip/c.pdf": b"c",
        "all.zip/in.zip/third.zip": "it is an archive in an archive in an archive",
    }


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    odd = ["../../slip.pdf", "/etc/slip.pdf", "C:\\slip.pdf", "a\\..\\slip.pdf", "line\nslip.pdf"]
    path = tmp_path / "in" / "slips.zip"
    path.parent.mkdir()
    path.write_bytes(zipped(dict.fromkeys([*odd, "fine.pdf"], b"x")))
    found = list(given_files([path]))
    assert [loaded(given) for given in found] == [b"x"] * 6
    assert [bool(given.note) for given in found] == [True] * 5 + [False]
    assert all(given.name.isprintable() for given in found)
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "slips.zip"]


def encrypted(data: bytes) -> bytes:
    """An archive whose entries say that they are encrypted."""
    made = bytearray(data)
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.find(head) + at] |= 1
    return bytes(made)


def linked() -> bytes:
    entry = ZipInfo("link.pdf")
    entry.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def wrong_sum(data: bytes) -> bytes:
    return data.replace(b"some words", b"other word")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"big.pdf": bytes(101 << 20)}), "it is larger than 100 MB"),
        (encrypted(zipped({"a.pdf": b"x"})), "it is protected by a password"),
        (linked(), "it is a link, not a file"),
        (zipped({"a.pdf": b"x" * 999}, ZIP_BZIP2), "it is packed in a way that is not known"),
        (wrong_sum(zipped({"a.pdf": b"some words"}, 0)), "it is damaged, or not complete"),
        (zipped({"word/document.xml": b"", "[Content_Types].xml": b""}), "it is a file of an off"),
        (zipped({}), "it is an archive without files"),
        (zipped({"a.pdf": b"x" * 999})[:-30], "it is damaged, or not complete"),
        (b"PK\x03\x04" + bytes(50), "it is damaged, or not complete"),
        (b"PK\x05\x06" + b"\xff" * 18, "it holds more than 5,000 files"),
        (zipped({f"{n}.pdf": b"" for n in range(5001)}), "it holds more than 5,000 files"),
    ],
)
def test_archives_made_to_do_harm(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (found,) = all_of(path).values()
    assert str(found).startswith(said)


def test_a_list_that_is_longer_than_it_says_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.pdf": b"x"}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 5 << 20)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert [*all_of(path).values()] == ["it holds more than 5,000 files"]


def test_an_archive_that_unpacks_to_too_much_is_read_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_UNPACKED_MB", 2)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{n}.pdf": bytes(1 << 20) for n in range(4)}))
    said = all_of(path)
    assert [len(s) for s in said.values()][:2] == [1 << 20] * 2
    assert "unpacks to more than 2 MB" in str(said["a.zip/2.pdf"]) and len(said) == 3


def test_few_archives_are_open_at_a_time(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.zip").write_bytes(zipped({"a.pdf": b"%d" % number}))
    assert [*all_of(tmp_path).values()] == [b"%d" % n for n in range(10)]
    assert archive.opened.cache_info().currsize <= 4


@pytest.mark.parametrize("members", [{"folder/": b""}, {"__MACOSX/._a.pdf": b"x"}, {}])
def test_an_archive_with_nothing_to_read_is_named(
    tmp_path: Path, members: dict[str, bytes]
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(members))
    assert all_of(path) == {"a.zip": "it is an archive without files"}

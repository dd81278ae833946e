"""Finished files are set against the editions: each finding beside a file that has it."""

from __future__ import annotations

import io
import json
import shutil
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.cli import cli
from deckgen.control import audit as auditing
from deckgen.control.audit import FileAudit, audit_files
from deckgen.control.audit_report import audit_text
from deckgen.control.reissue import reissue
from deckgen.editions.held_cards import HeldCard, held_cards
from deckgen.editions.ledger import ledger_of
from deckgen.editions.printed_faces import faces_on
from deckgen.editions.printed_versions import Status, Version, all_versions
from deckgen.exit_codes import ExitCode
from deckgen.options import Options
from deckgen.project import Project, read_project
from deckgen.readback.page_texts import Limits, PageTexts, page_texts
from tests.conftest import ROOT
from tests.control.three_editions import edit, number, story
from tests.shared import Shared

REVISED = {"KC2", "K2", "K3", "K11", "IFLW1", "R1"}


@pytest.fixture(scope="module")
def folder(shared: Shared) -> Path:
    return story(shared)


@pytest.fixture(scope="module")
def project(folder: Path) -> Project:
    return read_project(folder)


def one(project: Project, path: Path, limits: Limits | None = None) -> FileAudit:
    result, problems = audit_files(project, [path], limits)
    assert result and not problems
    return result.files[0]


def of(file: FileAudit, status: Status) -> list[HeldCard]:
    return [card for card in file.cards if card.status is status]


def table(project: Project, *paths: Path) -> str:
    result, _ = audit_files(project, paths)
    assert result
    return audit_text(result)


def saved(document: pymupdf.Document, path: Path) -> Path:
    document.save(path)
    return path


@pytest.mark.parametrize("name", ["deck-sheets-a4", "deck-screen", "pack", "deck-print-a6-x-4"])
def test_every_kind_of_file_of_an_old_edition(folder: Path, project: Project, name: str) -> None:
    file = one(project, folder / f"built/1/{name}.pdf")
    assert [index.edition for index in file.indexes] == ["1"]
    assert {c.code for c in of(file, Status.SUPERSEDED)} == {*REVISED, "K5", "K6", "Index"}
    assert [c.code for c in of(file, Status.WITHDRAWN)] == ["R2"]
    assert len(of(file, Status.CURRENT)) == 14
    assert not of(file, Status.DOUBTFUL) and not of(file, Status.UNKNOWN)
    assert [card.code for card in file.missing] == ["IPM4"]
    assert {card.copies for card in file.cards} == {1}
    assert file.readable and not file.current


def test_the_table_says_what_a_manager_needs(folder: Path, project: Project) -> None:
    lines = table(project, folder / "built/1/deck-sheets-a4.pdf").splitlines()
    index = project.files["content/editions/1.toml"].decode().split('code = "')[1][:4]
    assert lines[0].endswith(
        f"deck-sheets-a4.pdf: edition 1 of “Learning organisations” (index card {index}), "
        "now superseded by edition 3"
    )
    for line in (
        "  out of date   K3 Working across borders: edition 1, now edition 3 "
        "(revised: The law changed.; revised: The law changed.)",
        "  out of date   K6 Learn from mistakes: edition 1, now K5, edition 2 "
        "(renumbered as K5: It belongs before new ideas.)",
        "  withdrawn     R2 Read on in social care: in edition 2: The books are out of print.",
        "  missing       IPM4 Time to think (new in edition 2)",
        "  current       14 cards",
        "→ deckgen reissue --since 1 makes the cards that you need.",
    ):
        assert line in lines


def test_a_pack_of_the_latest_edition_is_in_order(folder: Path, project: Project) -> None:
    file = one(project, folder / "built/3/pack.pdf")
    assert file.current and file.readable and not file.missing
    assert Counter(card.status for card in file.cards) == {Status.CURRENT: 24}
    assert [(p.mark.label, p.status, p.pages) for p in file.pages] == [
        ("Edition 3", Status.CURRENT, 14)
    ]


def test_workbooks_say_their_edition(folder: Path, project: Project) -> None:
    old, new = (one(project, folder / f"built/{n}/workbook.pdf") for n in "13")
    assert [p.status for p in old.pages] == [Status.SUPERSEDED] and not old.current
    assert [p.status for p in new.pages] == [Status.CURRENT] and new.current
    assert not old.cards and not old.missing
    text = table(project, folder / "built/1/workbook.pdf")
    assert "12 pages without cards, “Edition 1”, now superseded by edition 3" in text


def test_a_skipped_edition_is_told_from_the_one_before(folder: Path, project: Project) -> None:
    file = one(project, folder / "built/2/deck-screen.pdf")
    assert [c.code for c in of(file, Status.SUPERSEDED)] == ["K3", "Index"]
    assert not file.missing and len(of(file, Status.CURRENT)) == 22


def test_a_draft(folder: Path, project: Project) -> None:
    file = one(project, folder / "built/4/deck-sheets-a4.pdf")
    assert [c.code for c in of(file, Status.DRAFT)] == ["K4", "Index"]
    assert [card.code for card in file.missing] == ["K4"]
    text = table(project, folder / "built/4/deck-sheets-a4.pdf")
    assert "a draft, “Edition 4 draft · " in text.splitlines()[0]
    assert "it was never issued (pages 3, 4)" in text


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_sheets_put_two_on_a_page_by_mupdf(
    folder: Path, project: Project, tmp_path: Path, turned: int
) -> None:
    plain = folder / "built/1/deck-sheets-a4.pdf"
    source, out = pymupdf.open(plain), pymupdf.open()
    for first in range(0, len(source), 2):
        page = out.new_page(width=842, height=842)
        page.show_pdf_page(pymupdf.Rect(0, 0, 842, 421), source, first)
        page.show_pdf_page(pymupdf.Rect(0, 421, 842, 842), source, first + 1, rotate=turned)
    assert same_cards(one(project, saved(out, tmp_path / "two-up.pdf")), one(project, plain))


def test_pages_that_are_turned(folder: Path, project: Project, tmp_path: Path) -> None:
    plain = folder / "built/1/deck-sheets-a4.pdf"
    source = pymupdf.open(plain)
    for page in source:
        page.set_rotation(90 * (1 + page.number % 3))
    assert same_cards(one(project, saved(source, tmp_path / "turned.pdf")), one(project, plain))


def test_cards_put_four_on_a_page_by_qpdf(folder: Path, project: Project, tmp_path: Path) -> None:
    plain = folder / "built/1/deck-print-a6-x-4.pdf"
    with pikepdf.open(plain) as source, pikepdf.new() as out:
        for first in range(0, len(source.pages), 4):
            page = out.add_blank_page(page_size=(800, 1000))
            for n, card in enumerate(list(source.pages)[first : first + 4]):
                left, bottom = 400 * (n % 2), 500 * (n // 2)
                box = pikepdf.Rectangle(left, bottom, left + 380, bottom + 480)
                page.add_overlay(card, box)
        out.save(tmp_path / "four-up.pdf")
    assert same_cards(one(project, tmp_path / "four-up.pdf"), one(project, plain))


def same_cards(file: FileAudit, other: FileAudit) -> bool:
    def seen(audit: FileAudit) -> set[tuple[str, str, Status, int]]:
        return {(c.code, c.mark.label, c.status, c.copies) for c in audit.cards}

    return seen(file) == seen(other) and file.missing == other.missing


@pytest.mark.parametrize(
    "options",
    [Options(turn="fold"), Options(stock="a3"), Options(theme="masthead"), Options(qr=True)],
    ids=["fold", "a3", "masthead", "qr"],
)
def test_sheets_however_they_are_laid_out(
    folder: Path, project: Project, tmp_path: Path, options: Options
) -> None:
    built = build_files(project, ["sheets"], options, output=tmp_path)
    file = one(project, built.outputs[0])
    assert len(of(file, Status.CURRENT)) == 22
    assert [c.code for c in of(file, Status.DRAFT)] == ["K4", "Index"]
    assert len(file.cards) == 24 and {c.copies for c in file.cards} == {1}


def test_some_pages_only(folder: Path, project: Project, tmp_path: Path) -> None:
    source = pymupdf.open(folder / "built/1/deck-screen.pdf")
    source.select([0, 1, 8])  # both sides of KC1, the front of K1
    file = one(project, saved(source, tmp_path / "some.pdf"))
    assert [c.code for c in file.cards] == ["KC1", "K1"] and file.current
    assert len(file.missing) == 21
    text = table(project, tmp_path / "some.pdf")
    assert "2 cards, and no index card" in text
    assert "missing       21 cards: KC2, KC3, KC4, K2" in text


def test_a_supplement_holds_what_it_puts_in_and_not_what_it_names(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder / "content", tmp_path / "content")
    edit(tmp_path, "cards/K.md", ("in a sentence", "in one plain sentence"))
    number(tmp_path, "3")
    project = read_project(tmp_path)
    paths, _, problems = reissue(project, "1", Options(), ())
    supplement = next(path for path in paths if path.name == "supplement.pdf")
    file = one(project, supplement)
    assert file.current and file.readable, problems
    assert {c.code for c in file.cards} == {*REVISED, "K5", "K6", "IPM4", "Index"}
    assert [(p.mark.label, p.status) for p in file.pages] == [("Edition 3", Status.CURRENT)]


def test_two_editions_in_one_file(folder: Path, project: Project, tmp_path: Path) -> None:
    merged = pymupdf.open(folder / "built/1/deck-screen.pdf")
    merged.insert_pdf(pymupdf.open(folder / "built/2/deck-screen.pdf"))
    file = one(project, saved(merged, tmp_path / "both.pdf"))
    assert [index.edition for index in file.indexes] == ["1", "2"]
    third = [(c.mark.edition, c.status) for c in file.cards if c.code == "K3"]
    assert third == [("1", Status.SUPERSEDED), ("2", Status.SUPERSEDED)]
    assert {c.copies for c in of(file, Status.CURRENT)} == {1, 2}
    text = table(project, tmp_path / "both.pdf")
    assert "doubled       2 times: KC1, KC3, KC4, K1" in text


def test_a_card_with_other_words_is_doubtful(
    folder: Path, project: Project, tmp_path: Path
) -> None:
    file = one(project, tampered_pages(folder / "built/2/deck-screen.pdf", tmp_path))
    lacks = "it lacks “Try it with one team for one month”"  # what is new is drawn last of all
    assert [(c.code, c.doubts) for c in of(file, Status.DOUBTFUL)] == [("K6", (lacks,))]


def tampered_pages(plain: Path, tmp_path: Path) -> Path:
    """One line of K6 is whited out, and other words are written over it."""
    document = pymupdf.open(plain)
    for page in document:
        for spot in page.search_for("Try it with one team for one month"):
            page.add_redact_annot(spot, "Try it with two teams for ten months", fontsize=6)
            page.apply_redactions()
    return saved(document, tmp_path / "tampered.pdf")


def test_words_that_are_nearly_those_of_the_card(project: Project) -> None:
    versions = all_versions(ledger_of(project.files)[0])
    card = next(v for v in versions if v.id == "new-ideas" and v.edition == "2")
    points = [
        "Try it with one team for three months",
        "Decide first how you will know it works",
        "Keep what helps and drop what does not",
        "Thank people for tries that failed",
    ]
    text = "\n".join([f"K6 {card.title}", *points, f"Ed. 2 · {card.check} · Nov 2028"])
    held = held_cards(faces_on(1, text), versions)
    assert [(c.status, c.doubts) for c in held] == [
        (
            Status.DOUBTFUL,
            (
                "it says “try it with one team for three months” in place of "
                "“Try it with one team for one month”",
            ),
        )
    ]
    text = text.replace("three months", "one\nmonth")
    assert [c.doubts for c in held_cards(faces_on(1, text), versions)] == [()]


def test_a_mark_under_another_card_is_doubtful(folder: Path, project: Project) -> None:
    versions = all_versions(ledger_of(project.files)[0])
    third, first = (next(v for v in versions if v.code == code) for code in ("K3", "K1"))
    text = f"K1\n{first.title}\nKnowledge\nEdition 3 · {third.check}\nReview by Nov 2028\n"
    held = held_cards(faces_on(1, text), versions)
    assert [(c.status, c.code) for c in held] == [(Status.DOUBTFUL, "K3")]
    assert "but it is headed K1 Feedback that changes things" in held[0].doubts[0]
    right = text.replace("K1", "K3").replace(first.title, third.title)
    assert [c.status for c in held_cards(faces_on(1, right), versions)] == [Status.CURRENT]
    nameless = text.replace("K1", "").replace(first.title, "")
    assert [c.status for c in held_cards(faces_on(1, nameless), versions)] == [Status.CURRENT]


def test_one_check_code_for_two_cards_goes_by_the_heading() -> None:
    day = date(2026, 1, 1)
    one_card = Version("a", "K1", "Apples", "1", "AAAA", day, day)
    other = replace(one_card, id="b", code="K2", title="Bread")
    text = "K2 Bread\nEdition 1 · AAAA\nReview by Jan 2027"
    assert [c.version for c in held_cards(faces_on(1, text), [one_card, other])] == [other]
    text = "?\nEdition 1 · AAAA\nReview by Jan 2027"
    assert [c.status for c in held_cards(faces_on(1, text), [one_card, other])] == [Status.DOUBTFUL]


def test_a_drafts_back_without_a_code_belongs_to_its_front() -> None:
    front = "K1\nApples\nGoes with K2\nDraft after ed. 1 · AAAA\nReview by Jan 2027\n"
    back = "K1 Apples\nDraft after 1 Review by Jan 2027\n"
    alone = "K2 Bread\nDraft after 1 Review by Jan 2027\n"
    held = held_cards(faces_on(1, front + back + alone), [])
    assert [(c.code, c.mark.code, c.status, c.copies) for c in held] == [
        ("K1", "AAAA", Status.DRAFT, 1),
        ("K2", "", Status.DRAFT, 1),
    ]


def test_another_deck_is_unknown(project: Project, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/problems/mini/content", tmp_path / "content")
    built = build_files(read_project(tmp_path), ["screen"])
    file = one(project, built.outputs[0])
    assert {c.status for c in file.cards} == {Status.UNKNOWN} and not file.current
    assert {c.code for c in file.cards} == {"D1", "D2", "OV1", "Index"}
    text = table(project, built.outputs[0])
    assert "4 cards that no edition of this deck has had" in text
    assert audit_text(audit_files(read_project(tmp_path), built.outputs)[0]).endswith(  # type: ignore[arg-type]
        "No edition was issued yet, so there is nothing to compare files with.\n"
    )


def test_a_file_of_something_else(project: Project, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Minutes of the meeting: K3 was read, edition 2.")
    path = saved(document, tmp_path / "minutes.pdf")
    file = one(project, path)
    assert file.readable and not file.current and not file.cards
    assert "no card of “Learning organisations” was found on its 1 page" in table(project, path)


def test_pictures_of_cards_have_no_words(folder: Path, project: Project, tmp_path: Path) -> None:
    source, out = pymupdf.open(folder / "built/2/deck-screen.pdf"), pymupdf.open()
    image = source[0].get_pixmap(dpi=50)
    out.new_page().insert_image(pymupdf.Rect(0, 0, 200, 300), pixmap=image)
    file = one(project, saved(out, tmp_path / "scan.pdf"))
    assert "only pictures or outlines" in file.refused


def simple_pdf(*objects: bytes) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for place, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (place, body))
    table_at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % at for at in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table_at)
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), entries, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources %b>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"


def zipped(megabytes: int) -> bytes:
    pack = zlib.compressobj(9)
    return b"".join(pack.compress(b" " * (1 << 20)) for _ in range(megabytes)) + pack.flush()


DRAWN = PAGE % b"<</XObject<</A 5 0 R>>>>", stream(b"/A Do")


def bomb() -> bytes:
    packed = stream(zipped(1500), b"/Filter/FlateDecode")
    return simple_pdf(CATALOG, PAGES, PAGE % b"<<>>", packed)


def loop() -> bytes:
    return simple_pdf(CATALOG, PAGES, *DRAWN, stream(b"/A Do /A Do", FORM % 5))


def doubling() -> bytes:
    forms = [stream(b"/A Do /A Do", FORM % (6 + n)) for n in range(40)]
    last = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return simple_pdf(CATALOG, PAGES, *DRAWN, *forms, last)


@pytest.mark.slow
@pytest.mark.parametrize("made", [bomb, loop, doubling])
def test_files_that_are_made_to_do_harm(made: Callable[[], bytes]) -> None:
    read = page_texts(made(), Limits(seconds=10))
    assert read.refused or "only 0 of its 1 pages were read" in read.cut


def test_a_thousand_brackets_do_no_harm() -> None:
    deep = b"<</Type/Catalog/Pages 2 0 R/X %b>>" % (b"[" * 50_000 + b"]" * 50_000)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    assert page_texts(simple_pdf(deep, PAGES, page)).refused == ""


def test_more_pages_than_are_read(project: Project, tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(10_000))
    tree = b"<</Type/Pages/Kids[%b]/Count 10000>>" % kids
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    path = tmp_path / "long.pdf"
    path.write_bytes(simple_pdf(CATALOG, tree, *[page] * 10_000))
    file = one(project, path)
    assert file.cut == "only the first 2000 of its 10000 pages were read"
    assert "not all read  only the first 2000" in table(project, path)


def test_more_letters_than_are_read(folder: Path) -> None:
    data = (folder / "built/2/deck-screen.pdf").read_bytes()
    assert "more than 50 letters were not read" in page_texts(data, Limits(letters_a_page=50)).cut
    few = page_texts(data, Limits(letters=1000))
    assert few.texts and "it has more than 1000 letters" in few.cut
    late = page_texts(data, Limits(seconds=0.01))
    assert "it took more than 0.01" in late.refused + late.cut
    assert page_texts(data + b" " * (1 << 20), Limits(megabytes=1)).refused == (
        "it is larger than 1 MB"
    )
    assert page_texts(data) == PageTexts(page_texts(data).texts, 46 + 2)


def test_more_faces_than_are_looked_at(
    folder: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "MOST_FACES", 10)
    file = one(project, folder / "built/2/deck-screen.pdf")
    assert len(file.cards) == 5 and "only its first 10 faces" in file.cut


def spoilt(data: bytes) -> dict[str, tuple[bytes, str]]:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return {
        "encrypted": (locked.getvalue(), "it is protected by a password"),
        "half": (data[: len(data) // 2], "it is damaged"),
        "html": (b"<html>Sign in to download</html>", "it is not a PDF file"),
        "empty": (b"", "it is empty"),
        "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50, "it is damaged"),
    }


def test_files_that_cant_be_read_are_named_and_the_others_are_audited(
    folder: Path, tmp_path: Path
) -> None:
    good = folder / "built/3/pack.pdf"
    cases = spoilt(good.read_bytes())
    for name, (data, _) in cases.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    names = [str(tmp_path / f"{name}.pdf") for name in cases]
    code, text = run(folder, *names, str(good))
    assert code == ExitCode.NOT_MET
    for name, (_, why) in cases.items():
        assert f"{name}.pdf could not be read: {why}" in text
    assert "pack.pdf: edition 3 of “Learning organisations”" in text


def test_a_file_that_only_its_owner_may_change_is_read(folder: Path, tmp_path: Path) -> None:
    with pikepdf.open(folder / "built/3/pack.pdf") as document:
        document.save(tmp_path / "p.pdf", encryption=pikepdf.Encryption(user="", owner="secret"))
    assert run(folder, str(tmp_path / "p.pdf"))[0] == ExitCode.DONE


def test_a_file_without_its_end_is_not_trusted(folder: Path) -> None:
    data = (folder / "built/2/deck-screen.pdf").read_bytes()
    end = data.rindex(b"startxref")
    read = page_texts(data[:end])
    assert read.refused or "its end is missing" in read.cut


def run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        cli, ["audit", "--project", str(folder), *words], standalone_mode=False
    )
    return result.return_value, result.output


def test_exit_codes_and_json(folder: Path) -> None:
    new, old = (str(folder / f"built/{n}/pack.pdf") for n in "31")
    assert run(folder, new)[0] == ExitCode.DONE
    code, text = run(folder, new, old, "--json")
    assert code == ExitCode.DIFFERENCES
    record: dict[str, Any] = json.loads(text)
    assert [file["current"] for file in record["files"]] == [True, False]
    cards = {card["code"]: card for card in record["files"][1]["cards"]}
    assert cards["K3"]["status"] == "superseded" and cards["K3"]["pages"] == [5, 6]
    assert [step["edition"] for step in cards["K3"]["version"]["steps"]] == ["2", "3"]
    assert [card["code"] for card in record["files"][1]["missing"]] == ["IPM4"]


def test_a_broken_lock_is_a_problem(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "content", tmp_path / "content")
    lock = tmp_path / "content/editions/1.toml"
    lock.write_text(lock.read_text("utf-8") + "\n# hm", encoding="utf-8")
    code, _ = run(tmp_path, str(folder / "built/3/pack.pdf"))
    assert code == ExitCode.CONTENT
    code, text = run(tmp_path, "--json", str(folder / "built/3/pack.pdf"))
    assert code == ExitCode.CONTENT
    assert json.loads(text)["problems"][0]["code"] == "edition-broken"

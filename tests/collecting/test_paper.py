"""Scans and pictures of pages among other files: put together, and each file accounted for."""

from __future__ import annotations

import random
from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("zxingcpp")
pytest.importorskip("numpy")

from msgspec.structs import replace

from deckgen.collecting.gathering import gathered
from deckgen.collecting.known import Known
from deckgen.model.answers import How, Verdict
from tests.paper.cameras import jpeg
from tests.paper.pens import mark
from tests.paper.stand_in import asked, blank


def test_pages_of_two_teams_become_two_workbooks(tmp_path: Path) -> None:
    book, rng, ticked = asked(), random.Random(3), {"1": "second.done.1", "2": "second.done.2"}
    for team, field in ticked.items():
        for number in (1, 2, 3, 4):
            page = blank(book, number, team)
            for question in book.questions:
                for spot in question.spots:
                    if question.field == field and spot.page == number:
                        mark(page, spot.rect, "cross", rng)
            if (team, number) != ("2", 3):
                (tmp_path / f"{number}-{team}.jpg").write_bytes(jpeg(page.convert("L")))
    (tmp_path / "again.jpg").write_bytes((tmp_path / "1-1.jpg").read_bytes())
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with ZipFile(tmp_path / "z.zip", "w") as made:
        made.writestr("../dark.png", b"\x89PNG\r\n\x1a\n nor here")
    table = gathered(Known("Made up", (book,), (book,)), [tmp_path])
    top = tmp_path.name
    said = [a for a in table.answers if a.value]
    assert [(a.team, a.field, a.value, a.how) for a in said] == [
        *(("1", ticked["1"], "Yes", How.READ), ("2", ticked["2"], "Yes", How.READ)),
    ]
    sources = {s.file.replace(f"{top}/", ""): s for s in table.sources if "z.zip" not in s.file}
    told = [s.verdict for s in table.sources if "z.zip" in s.file]
    assert told == [Verdict.NOTES, Verdict.REJECTED]
    assert {name: s.verdict for name, s in sources.items()} == {
        "again.jpg": Verdict.NOTES,
        "1-1.jpg, 2-1.jpg, 3-1.jpg, 4-1.jpg": Verdict.REVIEW,  # of its options none is marked
        "1-2.jpg, 2-2.jpg, 4-2.jpg": Verdict.REVIEW,
        "x.png": Verdict.REJECTED,
    }
    assert "Pages are missing: 3." in sources["1-2.jpg, 2-2.jpg, 4-2.jpg"].reason


def test_a_page_of_a_list_that_was_not_named_says_to_name_it(tmp_path: Path) -> None:
    book = asked()
    (tmp_path / "a.jpg").write_bytes(jpeg(blank(book, 2, "1").convert("L")))
    other = replace(book, identity=replace(book.identity, code="000001"))
    for known, names_it in ((other, True), (book, False)):
        (source,) = gathered(Known("Made up", (known,), (known,)), [tmp_path]).sources
        assert ("--teams" in source.reason) is names_it

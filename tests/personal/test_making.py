"""Teams' workbooks are whole workbooks, and differ only where they are to."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from msgspec import json
from msgspec.structs import replace

from deckgen.geometry import Rect
from deckgen.layout.workbooks.corner_codes import page_words
from deckgen.layout.workbooks.page_qr import page_qr
from deckgen.options import Options
from deckgen.personal.build_all import build_all
from deckgen.personal.choices import Choice, lay_out
from deckgen.personal.making import Template
from deckgen.personal.page_codes import page_code_of
from deckgen.personal.planning import Wanted
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults, read_facts
from deckgen.readback.returned import read_returned
from tests.engines.engine import SCALE
from tests.engines.matrix import ENGINES
from tests.engines.pdfium import Pdfium
from tests.personal.lists import deck, listed, planned
from tests.personal.test_planning import rtl

EVERYTHING = {
    "text": "Łódź, ćma",
    "lines": "First the stairs.\nThen the cellar.",
    "choice": "Agreed",
    "check": "Yes",
    "radio": "2",
}


@pytest.fixture(scope="module")
def project() -> Project:
    return deck()


@pytest.fixture(scope="module")
def usual(project: Project) -> Template:
    return template(project, Choice("fire-wardens"))


def template(project: Project, choice: Choice) -> Template:
    laid, found = lay_out(Proof(project), Options(), choice)
    assert laid, found
    return Template(laid)


def answers_in(data: bytes) -> dict[str, str]:
    """What a file says, by field."""
    (copy,) = read_returned(data, "x.pdf").copies
    return {said.field: said.value for said in copy.said}


def wanted(values: dict[str, str] | None = None, number: int = 7, team: str = "Nørth") -> Wanted:
    return Wanted(number, team, "x.pdf", Choice("fire-wardens"), values or {})


def of_each_kind(made: Template) -> dict[str, str]:
    """An answer in a field of each kind, by name."""
    found: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for name, fields in made.laid.fields.items():
        kind = "text" if fields[0].kind == "line" else str(fields[0].kind)
        if kind not in kinds and kind in EVERYTHING:
            value = fields[1].value if kind == "radio" else EVERYTHING[kind]
            kinds[kind], found[name] = name, value
    assert kinds.keys() == EVERYTHING.keys()
    return found


def named(made: Template, name: str) -> bool:
    """Whether a field has circles, which engines call by name or by number."""
    return made.laid.fields[name][0].kind == "radio"


def test_what_is_entered_is_there_in_every_engine(usual: Template) -> None:
    values = of_each_kind(usual)
    data = usual.copy(wanted(values))
    assert answers_in(data) == values
    for engine in ENGINES:
        if engine.why_not():
            continue
        read = {name: value.replace("\r", "\n") for name, value in engine.read(data).items()}
        asked = {n: v for n, v in values.items() if not named(usual, n)}
        assert {name: read[name] for name in asked} == asked, engine.name


def test_what_is_entered_is_seen(usual: Template) -> None:
    line = usual.laid.cover[0][1]
    rect, height = usual.laid.fields[line][0].rect, usual.laid.pages[0].size.height_pt
    corners = rect.x_pt, height - rect.top_pt, rect.right_pt, height - rect.y_pt

    def dark(data: bytes) -> int:
        picture = Pdfium().pictures(data, [0])[0].convert("L")
        return sum(picture.crop(tuple(round(SCALE * v) for v in corners)).histogram()[:128])

    assert dark(usual.copy(wanted({line: "WWWWWWWW"}))) > 100 + dark(usual.copy(wanted()))


def test_copies_are_as_good_as_files_that_were_built_by_themselves(usual: Template) -> None:
    empty, full = usual.copy(wanted()), usual.copy(wanted(of_each_kind(usual), 123456))
    assert file_faults(empty) == file_faults(full) == []
    before, after = read_facts(empty), read_facts(full)
    assert before.fields.keys() == after.fields.keys()
    for page, other in zip(before.pages, after.pages, strict=True):
        assert replace(page, content=0) == replace(other, content=0)
        assert page.content != other.content  # the code
    for data in (empty, full):
        assert data.count(b"%%EOF") == data.count(b"startxref") == 1
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert not pdf.check_pdf_syntax() and "/Prev" not in pdf.trailer
            assert pdf.trailer.ID[0] == pdf.trailer.ID[1]
            assert reached(pdf) == len(pdf.objects) - sum(unnamed(o) for o in pdf.objects)


def unnamed(made: Any) -> bool:
    """What readers take for the file's own parts: streams of objects, and of their places."""
    kind = made.get("/Type") if isinstance(made, pikepdf.Stream | pikepdf.Dictionary) else None
    return kind in ("/ObjStm", "/XRef")


def reached(pdf: pikepdf.Pdf) -> int:
    """How many objects the trailer leads to."""
    seen, waiting = set[tuple[int, int]](), [pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Object):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for _, value in thing.items()]
        elif isinstance(thing, pikepdf.Array):
            waiting += [*thing]
    return len(seen)


def test_a_file_says_whose_it_is(usual: Template) -> None:
    with pikepdf.open(io.BytesIO(usual.copy(wanted(team="A & <B>")))) as pdf:
        assert str(pdf.docinfo.Title).endswith(": A & <B>")
        with pdf.open_metadata() as told:
            assert told["dc:title"] == str(pdf.docinfo.Title)


def test_page_codes_are_read_and_name_page_and_team(usual: Template) -> None:
    data, code = usual.copy(wanted(number=123)), usual.laid.code
    for page, picture in Pdfium().pictures(data, [0, 3]).items():
        read = [c.text for c in zxingcpp.read_barcodes(picture) if c.text.startswith("DG1")]
        assert read == [f"DG1 {code} {page + 1} 123"]


@pytest.mark.parametrize("number", [0, 5, 17, 100, 98765, 199999])
@pytest.mark.parametrize("page", [1, 9, 10, 250])
def test_page_codes_by_what_changes_are_the_very_codes(page: int, number: int) -> None:
    rows = page_qr(page_words("012345", page, str(number)))
    made = page_code_of(Rect(0, 0, 1, 1), "012345", page, number)
    assert f"{made.bits:0{made.side**2}b}" == "".join("01"[dark] for row in rows for dark in row)


def test_chosen_activities_have_their_pages_and_no_others(project: Project) -> None:
    book = Proof(project).read[0].workbook  # type: ignore[union-attr]
    keep = book.frames[1].activities[0]
    made = template(project, Choice("fire-wardens", (keep.key,)))
    assert [a.key for _, a in made.laid.book.activities] == [keep.key]
    fields = {*made.laid.fields}
    whole = template(project, Choice("fire-wardens")).laid
    assert fields < {*whole.fields} and len(made.laid.pages) < len(whole.pages)
    assert any(name.startswith(f"{keep.key}.") for name in fields)
    assert made.laid.code != whole.code
    assert file_faults(made.copy(wanted())) == []


@pytest.mark.parametrize(("language", "team"), [("he", "צוות הלילה"), ("ar", "فريق الليل")])
def test_names_that_run_from_right_to_left(language: str, team: str, tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_bytes(listed((team,)))
    done = build_all(rtl(language), tmp_path / "teams.csv", tmp_path / "out")
    data = (tmp_path / "out" / f"{team} workbook.pdf").read_bytes()
    assert done.manifest and file_faults(data) == []
    assert team in answers_in(data).values()


def test_answers_that_their_boxes_have_no_room_for_go_on_behind(usual: Template) -> None:
    name = next(n for n, (f, *_) in usual.laid.fields.items() if f.kind == "lines")
    said = " ".join(f"{n}. Mind the stairs." for n in range(400))
    data = usual.copy(wanted({name: said}, number=55))
    assert answers_in(data) == {name: said} and file_faults(data) == []
    last = len(read_facts(data).pages) - 1
    assert last >= len(usual.laid.pages)
    (picture,) = Pdfium().pictures(data, [last]).values()
    read = [c.text for c in zxingcpp.read_barcodes(picture) if c.text.startswith("DG1")]
    assert read == [f"DG1 {usual.laid.code} {last + 1} 55"]


def test_a_file_carries_its_identity(usual: Template) -> None:
    data = usual.copy(wanted(team="Łódź “1”"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (hidden,) = (f for f in pdf.Root.AcroForm.Fields if f.T == "deckgen")
        said = json.decode(str(hidden.Kids[0].V))
        packet = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert (said["team"], said["code"]) == ("Łódź “1”", usual.laid.code)
    assert said["asked"].keys() == usual.laid.fields.keys()
    assert json.decode(packet.partition("<deckgen:workbook>")[2].partition("</")[0]) == said


def test_letters_that_were_not_foreseen_are_in_the_copy_alone(project: Project) -> None:
    line = (laid := template(project, Choice("fire-wardens")).laid).cover[0][1]
    foreseen = Template(laid, ["ŁÓDŹ", "ŵ"])
    for made, most in ((Template(laid), 20_000), (foreseen, 100)):
        plain, rare = (made.copy(wanted({line: name})) for name in ("Lodz", "ŁÓDŹ ŵ"))
        assert made.copy(wanted({line: "Lodz"})) == plain
        assert len(plain) < len(rare) < len(plain) + most
        assert file_faults(rare) == []


def test_a_workbook_that_came_back_fills_the_next_one(usual: Template, project: Project) -> None:
    before = of_each_kind(usual)
    back = usual.copy(wanted({**before, usual.laid.cover[0][1]: "Last year"}))
    rows = (("A", "back.pdf", ""), ("B", "back.pdf", "Look for heat"), ("C", "cut.pdf", ""))
    data = listed(*rows, head=("Team", "Answers", "Activities"))
    files = {"back.pdf": back, "cut.pdf": back[:-4000]}
    found = planned(data, project=project, files=files)[1]
    assert {p.place.spot for p in found} >= {"cell B4"} and all("pdf:" in p.found for p in found)
    (whole, part), found = planned(
        data.replace(b"C,cut.pdf,\r\n", b""), project=project, files=files
    )
    assert whole.values == {**before, usual.laid.cover[0][1]: "A"}
    assert {p.place.spot for p in found} == {"cell B3"}  # of activities that B doesn't do
    assert part.values.items() < {**whole.values, usual.laid.cover[0][1]: "B"}.items()


def test_a_copy_costs_a_small_part_of_a_build(project: Project) -> None:
    """It is a fiftieth; twice as much is allowed for what else a computer does meanwhile."""
    start = time.process_time()
    made = template(project, Choice("fire-wardens"))
    made.copy(wanted(number=1))
    built, line = time.process_time() - start, made.laid.cover[0][1]
    start = time.process_time()
    for number in range(100, 200):
        made.copy(wanted({line: f"Team {number}"}, number))
    assert (time.process_time() - start) / 100 < 0.04 * built

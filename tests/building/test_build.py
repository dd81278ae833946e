"""The pipeline from end to end, with a small deck made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.building import build
from deckgen.building.build import build_files
from deckgen.building.check import check
from deckgen.content.load import Content
from deckgen.disk import CannotWrite
from deckgen.model.deck import Deck
from deckgen.model.workbook import Workbook
from deckgen.options import Options
from deckgen.problem import Place, problem
from deckgen.products.gate import BuildFault
from deckgen.products.job import Job
from deckgen.products.table import BY_NAME
from deckgen.project import Project, read_project
from deckgen.proof import read
from deckgen.proof.proof import Proof
from deckgen.readback import check as readback
from deckgen.readback import join as joining
from deckgen.readback.check import read_facts
from tests.conftest import ROOT
from tests.layout.made_up import card, deck, deck_of, workbook

__all__ = ["deck", "workbook"]

HERE = Place("content/deck.toml", 3, 1)
LONG_NAMES = {"deck-sheets-a4.pdf", "deck-screen.pdf", "workbook.pdf", "pack.pdf"}


@pytest.fixture
def project(
    tmp_path: Path, deck: Deck, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project whose words are the made-up ones and whose looks are the built-in ones."""
    content = Content(
        deck=deck,
        workbook=workbook,
        theme="gallery",
        stock="a4",
        theme_place=HERE,
        stock_place=HERE,
    )
    monkeypatch.setattr(read, "load_content", lambda _files: (content, []))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "content").mkdir()
    return read_project(tmp_path)


def info_of(path: Path) -> dict[str, str]:
    from pypdf import PdfReader

    return {str(key): str(value) for key, value in (PdfReader(path).metadata or {}).items()}


def test_everything_is_built_and_whole(project: Project) -> None:
    steps: list[str] = []
    result = build_files(project, progress=steps.append)
    assert {path.name for path in result.outputs} == LONG_NAMES
    assert {p.name for p in (project.folder / "output").glob("*.pdf")} == LONG_NAMES
    assert steps[0] == "Reading and laying out"
    assert steps[-1] == "Saving"
    facts = {path.name: read_facts(path.read_bytes()) for path in result.outputs}
    assert len(facts["deck-sheets-a4.pdf"].pages) == 4  # five cards with the index, four a sheet
    assert len(facts["deck-screen.pdf"].pages) == 10
    assert facts["pack.pdf"].fields.keys() == facts["workbook.pdf"].fields.keys()
    assert info_of(project.folder / "output" / "pack.pdf")["/Title"] == "Fruit: cards and workbook"


def test_the_same_again_is_the_same_bytes_and_carries_the_editions_date(
    project: Project, tmp_path: Path
) -> None:
    first = build_files(project, output=tmp_path / "one").outputs
    second = build_files(project, output=tmp_path / "two").outputs
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert all("20260102" in info_of(path)["/CreationDate"] for path in first)


def test_source_date_epoch_is_the_date_of_everything(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    told = read_project(project.folder)
    assert told.issued == datetime(1970, 1, 2, tzinfo=UTC)
    for path in build_files(told).outputs:
        dates = {v for k, v in info_of(path).items() if k.endswith("Date")}
        assert all(date.startswith("D:19700102") for date in dates), path


@pytest.mark.parametrize("target", build.USUAL)
def test_one_target_writes_one_file(project: Project, target: str) -> None:
    result = build_files(project, [target])
    assert len(result.outputs) == 1
    assert result.outputs[0].read_bytes().startswith(b"%PDF")
    assert [p.name for p in (project.folder / "output").glob("*.pdf")] == [result.outputs[0].name]


@pytest.mark.parametrize("turn", ["long", "short"])
def test_options_reach_the_files(project: Project, turn: str) -> None:
    options = Options(theme="masthead", ink_saver=True, turn=turn)
    path = build_files(project, ["sheets"], options).outputs[0]
    assert f"{turn} edge" in text_of(path)


def test_large_print_is_a_set_of_its_own(project: Project) -> None:
    usual = build_files(project).outputs
    large = build_files(project, options=Options(large_print=True)).outputs
    assert [p.name for p in large] == [p.stem + "-large-print.pdf" for p in usual]
    assert all(path.exists() for path in usual)
    assert all(info_of(path)["/Title"].endswith(" (large print)") for path in large)


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_problems_of_every_step_come_together(
    project: Project, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "content" / "words.docx").write_bytes(b"")
    long = deck_of(card("A1", points=60), card("A2"), card("B1", points=60))
    odd = problem("encoding-guessed", Place("content/a.md"), "Guessed.", "Look.")
    content = Content(
        deck=long,
        workbook=workbook,
        theme="gallery",
        stock="a4",
        theme_place=HERE,
        stock_place=HERE,
    )
    monkeypatch.setattr(read, "load_content", lambda _files: (content, [odd]))
    found = check(read_project(project.folder))
    codes = [p.code for p in found]
    assert "file-ignored" in codes
    assert "encoding-guessed" in codes
    assert codes.count("text-too-long") >= 2
    assert [p.place for p in found] == sorted(p.place for p in found)
    result = build_files(read_project(project.folder))
    assert result.outputs == ()
    assert list(result.problems) == found
    assert not (project.folder / "output").exists()


@pytest.mark.parametrize("options", [Options(theme="none"), Options(stock="none")])
def test_a_look_that_is_not_there(project: Project, options: Options) -> None:
    assert [p.code for p in check(project, options)] == ["template-unknown"]


def test_content_that_cannot_be_read_ends_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = problem("file-missing", Place("content/deck.toml"), "Missing.", "Put it back.")
    monkeypatch.setattr(read, "load_content", lambda _files: (None, [fault]))
    assert check(project) == [fault]


def test_warnings_do_not_stop_a_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.folder / "content" / "words.docx").write_bytes(b"")
    result = build_files(read_project(project.folder), ["screen"])
    assert len(result.outputs) == 1
    assert [p.code for p in result.problems] == ["file-ignored"]


def test_a_file_with_faults_is_never_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readback, "file_faults", lambda _data: ["page 3 has no tags"])
    with pytest.raises(BuildFault, match="page 3 has no tags"):
        build_files(project, ["screen"])
    assert list((project.folder / "output").glob("*.pdf")) == []


def test_a_pack_that_lost_something_is_never_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = joining.join
    monkeypatch.setattr(joining, "join", lambda parts, info: real(parts[:-1], info))
    with pytest.raises(BuildFault, match="the pack lost"):
        build_files(project, ["pack"])
    assert list((project.folder / "output").glob("*.pdf")) == []


def test_a_filled_workbook_stops_the_build_before_the_work(project: Project) -> None:
    (project.folder / "output").mkdir()
    (project.folder / "output" / "workbook.pdf").write_bytes(b"filled in")
    steps: list[str] = []
    with pytest.raises(CannotWrite):
        build_files(project, progress=steps.append)
    assert steps == ["Reading and laying out"]
    build_files(project, ["screen"])
    assert len(build_files(project, force=True).outputs) == len(LONG_NAMES)


@pytest.mark.parametrize("paper", ["../../x", "A4 Plain", "a4"])
def test_a_stock_cannot_choose_where_files_go(
    project: Project, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(Proof(project), Options())
    stock = replace(job.design.stock, paper=paper)
    monkeypatch.setattr(Job, "design", replace(job.design, stock=stock))
    (name,) = BY_NAME["sheets"].maker.file_names(job)
    assert name in {"deck-sheets-x.pdf", "deck-sheets-a4-plain.pdf", "deck-sheets-a4.pdf"}


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (Options(), "deck-sheets-a4.pdf"),
        (Options(turn="short"), "deck-sheets-a4.pdf"),
        (Options(turn="single"), "deck-sheets-a4-single.pdf"),
        (Options(turn="fold", cards="K1"), "deck-sheets-a4-fold-selection.pdf"),
    ],
)
def test_sheets_for_one_side_do_not_replace_the_usual_ones(
    tmp_path: Path, options: Options, name: str
) -> None:
    result = build_files(read_project(ROOT), ["sheets"], options, output=tmp_path)
    assert [path.name for path in result.outputs] == [name]

"""A product is held up by the problems of what it shows, and by no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from deckgen import build_files, check
from deckgen.answers.refresh import refresh_workbook
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.products.table import BY_NAME
from deckgen.project import Project, read_project
from tests.conftest import ROOT
from tests.pdf.test_press import with_few_words

TOO_LONG = b"\n- Take your time, and then some more, and read it all once again in peace." * 12
OTHER = "content/workbooks/social-care-teams.md"


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(ROOT)


def with_more(project: Project, file: str, after: bytes, more: bytes) -> Project:
    old = project.files[file]
    assert old.count(after) >= 1
    return replace(project, files={**project.files, file: old.replace(after, after + more, 1)})


@pytest.fixture(scope="module")
def overfull(project: Project) -> Project:
    """A project of which one card is many lines too long."""
    first = next(
        line for line in project.files["content/cards/K.md"].split(b"\n") if line[:2] == b"- "
    )
    return with_more(project, "content/cards/K.md", first, TOO_LONG)


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def test_a_card_that_is_too_long_stops_what_shows_it(overfull: Project, tmp_path: Path) -> None:
    assert codes(check(overfull)) == {"text-too-long"}
    for target in ("sheets", "screen", "pack", "print", "faces"):
        result = build_files(overfull, [target], output=tmp_path)
        assert result.outputs == (), target
        assert "text-too-long" in codes(list(result.problems)), target


def test_it_does_not_stop_the_workbook_nor_the_answers(overfull: Project, tmp_path: Path) -> None:
    (made,) = build_files(overfull, ["workbook"], output=tmp_path).outputs
    assert PdfReader(made).get_fields()
    assert build_files(overfull, ["booklet"], output=tmp_path).outputs
    data, problems = refresh_workbook(overfull, made.read_bytes(), "filled.pdf")
    assert data is not None, problems


@pytest.mark.parametrize(
    "spoilt", [b"# K1 ", b"## Talk about it"], ids=["a card without a code", "a part that is gone"]
)
def test_nor_does_a_card_that_cannot_be_read(
    project: Project, tmp_path: Path, spoilt: bytes
) -> None:
    text = project.files["content/cards/K.md"]
    assert spoilt in text
    files = {**project.files, "content/cards/K.md": text.replace(spoilt, b"## ", 1)}
    broken = replace(project, files=files)
    assert check(broken)
    assert build_files(broken, ["sheets"], output=tmp_path).outputs == ()
    assert len(build_files(broken, ["workbook"], output=tmp_path).outputs) == 1


def test_another_roles_workbook_stops_only_its_own(project: Project, tmp_path: Path) -> None:
    broken = with_more(project, OTHER, b"Cards: ", b"K99, ")
    assert codes(check(broken)) == {"reference-dead"}
    assert len(build_files(broken, ["workbook", "screen"], output=tmp_path).outputs) == 2
    for role in ("social-care-teams", "Social care teams"):
        result = build_files(broken, ["workbook"], Options(role=role), output=tmp_path)
        assert result.outputs == ()
        assert codes(list(result.problems)) == {"reference-dead"}


def test_a_look_that_is_not_used_stops_nothing(project: Project, tmp_path: Path) -> None:
    """Cards of this size have a theme of their own."""
    files = {**project.files, "templates/themes/gallery.toml": b"not a theme"}
    broken = with_few_words(replace(project, files=files))
    assert build_files(broken, ["sheets"], output=tmp_path).outputs == ()
    options = Options(size="a7", cards="K1-3")
    assert len(build_files(broken, ["print"], options, output=tmp_path).outputs) == 2


@pytest.mark.parametrize("bleed", [b"0", b"6.1", b'"3mm"', b"nan", b"true"])
def test_check_reads_the_settings_of_the_press(project: Project, bleed: bytes) -> None:
    file = "templates/press.toml"
    changed = re.sub(rb"(?m)^bleed = .*$", b"bleed = " + bleed, project.files[file])
    (found,) = check(replace(project, files={**project.files, file: changed}))
    assert (found.code, found.place.file) == ("setting-invalid", file) and found.place.line > 1


@pytest.mark.parametrize("name", BY_NAME)
def test_every_row_of_the_table_has_its_file(name: str) -> None:
    maker = BY_NAME[name].maker
    assert maker.needs and maker.file_names and maker.draw and BY_NAME[name].summary


def without_workbook(project: Project) -> Project:
    """The project with cards alone, and nothing said on how to use them."""
    files = {name: data for name, data in project.files.items() if "/workbooks/" not in name}
    text = files["content/deck.toml"].decode()
    for setting in (r"workbook = .*\n", r"how_to_use = \[[^]]*\]\n"):
        text, times = re.subn(setting, "", text)
        assert times == 1
    return replace(project, files={**files, "content/deck.toml": text.encode()})


def test_a_deck_may_do_without_a_workbook(project: Project, tmp_path: Path) -> None:
    alone = without_workbook(project)
    assert check(alone) == []
    made = build_files(alone, output=tmp_path).outputs
    assert [path.name for path in made] == ["deck-sheets-a4.pdf", "deck-screen.pdf", "pack.pdf"]
    pack = PdfReader(tmp_path / "pack.pdf")
    assert "workbook" not in "".join(pack.pages[n].extract_text().lower() for n in (0, 1))
    assert not pack.get_fields()
    assert len(build_files(alone, ["print", "faces"], Options(cards="K1"), output=tmp_path).outputs)


@pytest.mark.parametrize("target", ["workbook", "booklet"])
def test_and_says_so_if_one_is_asked_for(project: Project, tmp_path: Path, target: str) -> None:
    alone = without_workbook(project)
    (problem,) = build_files(alone, [target], output=tmp_path).problems
    assert (problem.code, problem.place.file) == ("file-missing", "content/deck.toml")
    for options in (Options(role="nobody"), Options(time_frame="soon")):
        found = build_files(alone, ["sheets"], options, output=tmp_path).problems
        assert codes(list(found)) == {"selection-invalid"}


@pytest.mark.parametrize("setting", ["publisher", "title"])
def test_words_of_the_deck_that_are_too_long_are_told_at_their_line(
    project: Project, setting: str
) -> None:
    file, long = (
        "content/deck.toml",
        b"Riverside Care and Support Partnership of Shropshire and " * 2,
    )
    old = rb'(?m)^(%s = ").*"$' % setting.encode()
    changed = re.sub(old, rb"\g<1>%s of Wrekin" % long + b'"', project.files[file], count=1)
    found = check(replace(project, files={**project.files, file: changed}))
    line = changed[: changed.index(long)].count(b"\n") + 1
    places = {(p.place.file, p.place.line) for p in found if p.code == "text-too-long"}
    assert places == {(file, line)}

"""People's own PDFs before and after what is in the pack."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from deckgen import Options, build_files, build_what_changed, read_project
from deckgen.cli.group import cli
from deckgen.exit_codes import ExitCode
from deckgen.options import Given
from tests.conftest import ROOT


def letter(words: str = "Dear team") -> bytes:
    """One page that no tags explain, with a bookmark and a field."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595.28, 841.89), invariant=1)
    canvas.drawString(72, 700, words)
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("The letter", "top")
    canvas.acroForm.textfield(name="answer by", x=72, y=600)
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file that keeps to PDF/UA: another role's workbook."""
    options, folder = Options(role="social-care-teams"), tmp_path_factory.mktemp("tagged")
    (made,) = build_files(read_project(ROOT), ["workbook"], options, output=folder).outputs
    return made.read_bytes()


def pack(folder: Path, **added: tuple[Given, ...]) -> tuple[Path, set[str]]:
    result = build_files(read_project(ROOT), ["pack"], Options(**added), output=folder)
    (made,) = result.outputs
    return made, {problem.code for problem in result.problems}


def titles(outline: list[object]) -> list[str]:
    return [entry["/Title"] for entry in outline if not isinstance(entry, list)]  # type: ignore[index]


def test_what_is_added_keeps_its_fields_bookmarks_and_words(tmp_path: Path, tagged: bytes) -> None:
    plain, _ = pack(tmp_path)
    made, codes = pack(
        tmp_path,
        before=(Given("a/Letter.pdf", letter()),),
        after=(Given("Map of services.pdf", tagged),),
    )
    assert made.name == "pack-with-letter-map-of-services.pdf"
    assert codes == {"part-untagged"}
    reader, alone = PdfReader(made), PdfReader(BytesIO(tagged))
    assert "Dear team" in reader.pages[0].extract_text()
    usual = len(PdfReader(plain).pages)
    blank = 1 + usual % 2  # each part starts on an odd page
    assert len(reader.pages) == 1 + usual + blank + len(alone.pages)
    assert "answer by" in (reader.get_fields() or {})
    fields = len(alone.get_fields() or {})
    assert sum(name.startswith("part-5.") for name in reader.get_fields() or {}) >= fields
    assert len(titles(reader.outline)) == 5
    assert reader.page_labels[2:5] == PdfReader(plain).page_labels[:3]


@pytest.mark.parametrize("sound", [True, False])
def test_only_a_pack_of_tagged_parts_claims_to_be_accessible(
    tmp_path: Path, tagged: bytes, sound: bool
) -> None:
    made, codes = pack(tmp_path, after=(Given("more.pdf", tagged if sound else letter()),))
    with pikepdf.open(made) as document, document.open_metadata() as about:
        assert ("pdfuaid:part" in about) is sound
    assert ("part-untagged" in codes) is not sound


def test_a_file_that_cannot_be_read_stops_the_pack(tmp_path: Path) -> None:
    options = Options(before=(Given("notes.pdf", b"only words"),))
    result = build_files(read_project(ROOT), ["pack"], options, output=tmp_path)
    assert result.outputs == ()
    assert [p.code for p in result.problems] == ["part-unreadable"]
    assert len(build_files(read_project(ROOT), ["sheets"], options, output=tmp_path).outputs) == 1


def test_other_bytes_of_an_added_file_are_another_build(tmp_path: Path) -> None:
    project = read_project(ROOT)

    def again(words: str) -> bool:
        options = Options(before=(Given("letter.pdf", letter(words)),))
        return build_what_changed(project, ["pack"], options, output=tmp_path).unchanged

    assert [again("One"), again("One"), again("Two")] == [False, True, False]


def test_the_command_takes_them_for_the_pack_alone(tmp_path: Path) -> None:
    mine = tmp_path / "letter.pdf"
    mine.write_bytes(letter())
    where = ["--project", str(ROOT), "--output", str(tmp_path / "out")]
    run = CliRunner().invoke
    assert run(cli, ["build", "sheets", "--before", str(mine), *where]).exit_code == ExitCode.USAGE
    done = run(cli, ["build", "pack", "--before", str(mine), *where], standalone_mode=False)
    assert done.return_value == ExitCode.DONE, done.output
    assert [p.name for p in (tmp_path / "out").glob("*.pdf")] == ["pack-with-letter.pdf"]

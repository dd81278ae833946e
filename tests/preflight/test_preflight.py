"""Our files pass every requirement; files with one fault fail the right one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pdf_oxide
import pikepdf
import pytest
from click.testing import CliRunner

from deckgen.cli import cli
from deckgen.exit_codes import ExitCode
from deckgen.preflight.check import NoPdf, preflight
from deckgen.preflight.report import as_table
from deckgen.preflight.rules import RULES, X1A, X4
from tests.preflight.conftest import STANDARDS, broken
from tests.preflight.mutants import COMMON, ONLY_X1A, ONLY_X4
from tests.preflight.sound import OVER, SOUND


def failed(data: bytes, standard: str) -> set[str]:
    return {finding.rule.key for finding in preflight(data, standard).findings}


@pytest.mark.parametrize("standard", STANDARDS)
def test_our_own_files_meet_every_requirement(files: dict[str, Path], standard: str) -> None:
    result = preflight(files[standard].read_bytes())
    assert (result.standard, result.claimed, result.findings) == (standard, standard, ())
    assert len(result.rules) > 30


@pytest.mark.parametrize("standard", STANDARDS)
def test_saving_a_file_again_breaks_nothing(files: dict[str, Path], standard: str) -> None:
    data = broken(files[standard].read_bytes(), lambda document: None)
    assert failed(data, standard) == set()


CASES = [
    (standard, name)
    for standard, own in ((X4, ONLY_X4), (X1A, ONLY_X1A))
    for name in (*COMMON, *own)
]
ALL = {X4: {**COMMON, **ONLY_X4}, X1A: {**COMMON, **ONLY_X1A}}


def test_there_are_more_than_fifty_mutants_and_every_rule_has_one() -> None:
    assert len({**COMMON, **ONLY_X4, **ONLY_X1A}) > 60
    caught = {
        rule for mutants in ALL.values() for _, said in mutants.values() for rule in said.split()
    }
    elsewhere = {"VERSION", "XREF", "ID", "ENCRYPTION", "PACKING"}  # the tests below
    assert caught | elsewhere == {rule.key for rule in RULES}


@pytest.mark.parametrize(("standard", "name"), CASES)
def test_a_mutant_is_caught_by_the_right_rule(
    files: dict[str, Path], standard: str, name: str
) -> None:
    spoil, rule = ALL[standard][name]
    data = broken(files[standard].read_bytes(), spoil)
    assert failed(data, standard) == set(rule.split())


@pytest.mark.parametrize("name", OVER)
def test_ink_is_added_up_only_where_paint_lies_over_paint(
    files: dict[str, Path], name: str
) -> None:
    for standard, file in files.items():
        assert failed(broken(file.read_bytes(), OVER[name]), standard) == {"OVERPRINT"}


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("kind", SOUND)
def test_what_is_allowed_is_not_told(files: dict[str, Path], standard: str, kind: str) -> None:
    """Ways in which other programs write what the standard allows."""
    if kind in ("both", standard):
        for name, change in SOUND[kind].items():
            data = broken(files[standard].read_bytes(), change)
            assert (name, failed(data, standard)) == (name, set())


def test_packed_objects_are_looked_at_too(files: dict[str, Path]) -> None:
    """PDF/X-4 allows object streams: what acts must not hide in one."""
    packed = pikepdf.ObjectStreamMode.generate
    data = broken(files[X4].read_bytes(), lambda document: None, object_stream_mode=packed)
    assert failed(data, X4) == set()
    spoil, rule = COMMON["a link that leads out"]
    assert failed(broken(files[X4].read_bytes(), spoil, object_stream_mode=packed), X4) == {rule}


def test_an_older_kind_is_checked_by_its_nearest_kin(files: dict[str, Path]) -> None:
    def older(document: pikepdf.Pdf) -> None:
        document.docinfo["/GTS_PDFXVersion"] = pikepdf.String("PDF/X-1:2001")

    result = preflight(broken(files[X1A].read_bytes(), older))
    assert result.standard == X1A and {f.rule.key for f in result.findings} == {"CLAIM"}


def test_a_newer_version_is_caught(files: dict[str, Path]) -> None:
    data = files[X4].read_bytes().replace(b"%PDF-1.6", b"%PDF-1.7", 1)
    assert failed(data, X4) == {"VERSION"}
    data = files[X1A].read_bytes().replace(b"%PDF-1.4", b"%PDF-1.5", 1)
    assert failed(data, X1A) == {"VERSION"}


def test_packed_objects_are_caught(files: dict[str, Path]) -> None:
    packed = pikepdf.ObjectStreamMode.generate
    data = broken(files[X1A].read_bytes(), lambda document: None, object_stream_mode=packed)
    assert "XREF" in failed(data, X1A)


def test_a_lost_identifier_is_caught(files: dict[str, Path]) -> None:
    data = re.sub(rb"/ID\s*\[.*?\]", b"", files[X4].read_bytes(), flags=re.DOTALL)
    assert failed(data, X4) == {"ID"}


@pytest.mark.parametrize("kind", [4, 6])
def test_a_protected_file_is_caught(files: dict[str, Path], kind: int) -> None:
    """By a key of 128 bits or of 256, which pypdf doesn't open by itself."""
    key = pikepdf.Encryption(owner="o", user="u" if kind == 6 else "", R=kind)  # type: ignore[arg-type]
    data = broken(files[X4].read_bytes(), lambda document: None, encryption=key)
    assert failed(data, X4) == {"ENCRYPTION"}
    table = as_table(preflight(data, X4))
    assert "pass" not in table and "could not be looked at" in table and "none" not in table


@pytest.mark.parametrize("name", ["LZWDecode", "JPXDecode"])
def test_forbidden_packing_is_caught(files: dict[str, Path], name: str) -> None:
    def spoil(document: pikepdf.Pdf) -> None:
        made = pikepdf.Stream(document, b"\x80\x0b\x60\x50")
        made.Filter = pikepdf.Name(f"/{name}")
        document.Root.Extra = document.make_indirect(made)

    assert failed(broken(files[X1A].read_bytes(), spoil), X1A) == {"PACKING"}
    assert ("PACKING" in failed(broken(files[X4].read_bytes(), spoil), X4)) is (name != "JPXDecode")


def test_a_file_that_is_no_pdf_is_told_so() -> None:
    with pytest.raises(NoPdf):
        preflight(b"<html>Not found</html>")


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler's pdfinfo is not installed")
@pytest.mark.parametrize("standard", STANDARDS)
def test_poppler_agrees(files: dict[str, Path], standard: str) -> None:
    """A second reader names the same standard, boxes and fonts."""
    done = subprocess.run(
        ["pdfinfo", "-box", files[standard]], capture_output=True, text=True, check=True
    )
    assert re.search(rf"PDF subtype:\s+{re.escape(standard)}", done.stdout)
    trim = re.search(r"TrimBox:\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)", done.stdout)
    assert trim is not None
    left, bottom, right, top = map(float, trim.groups())
    assert (right - left) / 72 * 25.4 == pytest.approx(105, abs=0.01)
    assert (top - bottom) / 72 * 25.4 == pytest.approx(148, abs=0.01)
    assert left / 72 * 25.4 == pytest.approx(3, abs=0.01)
    fonts = subprocess.run(["pdffonts", files[standard]], capture_output=True, text=True)
    rows = fonts.stdout.splitlines()[2:]
    assert rows and all(row.split()[-5:-4] == ["yes"] for row in rows)


@pytest.mark.parametrize(("standard", "level"), [(X4, "4"), (X1A, "1a_2001")])
def test_another_validator_agrees(
    files: dict[str, Path], standard: str, level: str, tmp_path: Path
) -> None:
    """It checks less than ours, and what it finds in a broken file, ours finds too."""
    verdict = pdf_oxide.PdfDocument(str(files[standard])).validate_pdf_x(level)
    assert verdict["valid"] and verdict["errors"] == []
    for name in ("no output intent", "no condition", "no trim", "a script"):
        spoilt = tmp_path / "spoilt.pdf"
        spoilt.write_bytes(broken(files[standard].read_bytes(), COMMON[name][0]))
        assert not pdf_oxide.PdfDocument(str(spoilt)).validate_pdf_x(level)["valid"]
        assert failed(spoilt.read_bytes(), standard)


def test_the_command_says_pass_and_fail(files: dict[str, Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["preflight", str(files[X4])], standalone_mode=False)
    assert done.return_value == ExitCode.DONE
    assert " met, " in done.output and "FAIL" not in done.output
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(broken(files[X4].read_bytes(), COMMON["no title"][0]))
    done = CliRunner().invoke(cli, ["preflight", "--json", str(bad)], standalone_mode=False)
    assert done.return_value == ExitCode.NOT_MET
    (file,) = json.loads(done.output)["files"]
    assert [r["key"] for r in file["requirements"] if r["passed"] is False] == ["INFO"]


UNREADABLE = {
    b"": "it is empty",
    b"<html>Not found</html>": "does not begin as a PDF",
    b"%PDF-1.6": "its end is missing",
    b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF": "it is damaged",
}


@pytest.mark.parametrize("data", UNREADABLE)
def test_an_unreadable_file_is_told_and_the_others_are_looked_at(
    files: dict[str, Path], tmp_path: Path, data: bytes
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(data)
    done = CliRunner().invoke(cli, ["preflight", str(bad), str(files[X4])], standalone_mode=False)
    assert done.return_value == ExitCode.NOT_MET and done.exception is None
    assert "bad.pdf can't be read as a PDF" in done.stderr and UNREADABLE[data] in done.stderr
    assert done.stderr.count("\n") == 1
    assert " met, " in done.stdout


def refused_by_the_command(path: Path) -> str:
    """Why the command doesn't look at a file, which it tells people and programs alike."""
    done = CliRunner().invoke(cli, ["preflight", "--json", str(path)], standalone_mode=False)
    assert done.return_value == ExitCode.NOT_MET and done.exception is None
    (file,) = json.loads(done.stdout)["files"]
    assert file["file"] == str(path) and file["passed"] is False
    assert file["refused"] in done.stderr
    return str(file["refused"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "not an ordinary file" in refused_by_the_command(tmp_path / "pipe.pdf")


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(3 << 30)  # which takes no room on the disk
    assert "larger than 1000 MB" in refused_by_the_command(huge)


def test_a_file_that_is_no_pdf_is_in_the_data_too(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    assert "empty" in refused_by_the_command(bad)

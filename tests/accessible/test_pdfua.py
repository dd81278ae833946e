"""Every file of every look conforms to PDF/UA-1 (ISO 14289-1), and broken ones are caught."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.options import Options
from deckgen.products.calibration import calibration_page
from deckgen.project import Project, read_project
from deckgen.readback.check import file_faults
from tests.accessible.verapdf import failed_rules, why_not

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs"),
]

LOOKS = {
    "gallery": Options(),
    "masthead": Options(theme="masthead", turn="short"),
    "saver": Options(ink_saver=True),
    "coded": Options(qr=True),
    "large": Options(large_print=True),
    "letter": Options(stock="letter"),
    "large letter": Options(stock="letter", large_print=True),
    "large masthead": Options(theme="masthead", large_print=True, turn="short"),
}


def with_welsh(project: Project) -> Project:
    """The project with a few words of Welsh on a card."""
    file = "content/cards/K.md"
    text = project.files[file].decode()
    assert "- Ask early," in text
    text = text.replace("- Ask early,", "- Ask {cy: **yn** syth},", 1)
    return replace(project, files={**project.files, file: text.encode()})


def in_polish(project: Project) -> Project:
    """The project in a language that has no catalogue."""
    file = "content/deck.toml"
    text = project.files[file].replace(b'language = "en-GB"', b'language = "pl"')
    return replace(project, files={**project.files, file: text})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The four files in each look."""
    project, made = with_welsh(read_project(ROOT)), []
    for name, options in LOOKS.items():
        folder = tmp_path_factory.mktemp(name)
        made += build_files(project, options=options, output=folder).outputs
    book = (ROOT / "tests/content/all_blocks.md").read_bytes()
    blocks = {**project.files, "content/workbooks/practice-learning-managers.md": book}
    for look in (Options(), Options(large_print=True)):
        folder = tmp_path_factory.mktemp("blocks")
        made += build_files(
            replace(project, files=blocks), ["workbook", "booklet"], look, output=folder
        ).outputs
    folder = tmp_path_factory.mktemp("other")
    targets = ["booklet", "print"]
    made += build_files(project, targets, output=folder).outputs
    made += build_files(
        project, ["sheets"], Options(turn="fold", order="stack", copies=2), output=folder
    ).outputs
    folder = tmp_path_factory.mktemp("polish")  # what is added is English, and tagged so
    made += build_files(in_polish(project), options=Options(qr=True), output=folder).outputs
    page, _ = calibration_page(project, Options(), folder)
    assert page is not None
    return [path for path in (*made, page) if "-x-4.pdf" not in path.name]


def test_every_file_conforms(files: list[Path]) -> None:
    # Those in Polish; booklet, ticket, folded sheets, calibration; workbooks of all blocks.
    assert len(files) == 4 * len(LOOKS) + 12
    assert {str(path): rules for path, rules in failed_rules(files).items() if rules} == {}


def structure(document: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    """The elements of a role."""
    return [
        found
        for found in document.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == role and "/P" in found
    ]


def unname_a_field(document: pikepdf.Pdf) -> None:
    widget = document.pages[0].Annots[0]
    del widget["/TU"]
    for form in structure(document, "/Form"):
        if "/Alt" in form:
            del form["/Alt"]


def skip_a_heading(document: pikepdf.Pdf) -> None:
    for heading in structure(document, "/H2"):
        heading["/S"] = pikepdf.Name("/H4")


def drop_a_font(document: pikepdf.Pdf) -> None:
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary) and "/FontFile2" in found:
            del found["/FontFile2"]


def untag_a_page(document: pikepdf.Pdf) -> None:
    page = document.pages[1]
    page.Contents = document.make_stream(
        page.Contents.read_bytes().replace(b"BDC", b"BMC", 0).replace(b"/Artifact BMC", b"q")
        .replace(b"EMC", b"Q", 1)
    )  # fmt: skip


def drop_a_tag(document: pikepdf.Pdf) -> None:
    """A paragraph's element goes; its words stay, marked as if they were tagged."""
    paragraph = next(p for p in structure(document, "/P") if "/K" in p)
    parent = paragraph.P
    parent.K = pikepdf.Array([kid for kid in parent.K if kid.objgen != paragraph.objgen])
    for owners in pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree).values():
        for k in range(len(owners) if isinstance(owners, pikepdf.Array) else 0):
            if owners[k] is not None and owners[k].objgen == paragraph.objgen:
                owners[k] = None


def forget_the_title(document: pikepdf.Pdf) -> None:
    del document.Root["/ViewerPreferences"]


# How each is broken, the validator's rule, and what our own check says if it looks for that.
BREAKS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "a field without a name": (unname_a_field, "7.18.1-3", "has no tooltip"),
    "a heading level skipped": (skip_a_heading, "7.4.2-1", "a heading of level 4 follows"),
    "a font not embedded": (drop_a_font, "7.21.4.1-1", "is not in the file"),
    "content neither tagged nor artifact": (
        untag_a_page,
        "7.1-3",
        "neither tagged nor an artifact",
    ),
    "a tag removed": (drop_a_tag, "7.1-3", "belong to no element"),
    "the title not shown": (forget_the_title, "7.1-10", ""),
}


def test_broken_files_are_caught(files: list[Path], tmp_path: Path) -> None:
    workbook = next(path for path in files if path.name == "workbook.pdf")
    broken = {}
    for name, (spoil, _, _) in BREAKS.items():
        with pikepdf.open(workbook) as document:
            spoil(document)
            broken[name] = tmp_path / f"{len(broken)}.pdf"
            document.save(broken[name])
    failed = failed_rules(broken.values())
    for name, (_, rule, words) in BREAKS.items():
        assert rule in failed[broken[name]], (name, failed[broken[name]])
        faults = file_faults(broken[name].read_bytes())
        assert not words or any(words in fault for fault in faults), (name, faults)

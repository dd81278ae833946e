"""The examples, and larger decks, built as people build them and looked at by other readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen import Options, build_files, check, read_project
from deckgen.content.load import Content, load_content
from deckgen.preflight.check import preflight
from deckgen.problem import Problem
from deckgen.project import Project
from deckgen.starter import USUAL, new_project, starters
from tests.accessible.verapdf import failed_rules, why_not
from tests.example_decks import EXAMPLES, NAMES, deck
from tests.layout.made_up import design_of
from tests.shared import Shared
from tests.sheets.duplex import placed_faces, worst_offset_mm

SIZES = {"flash-cards": "poker", "team-days": "bridge", "poker": "poker", "vocabulary": "tarot"}
Files = dict[str, bytes]


def content_of(project: Project) -> Content:
    content, problems = load_content(project.files)
    assert content is not None and told_of(problems) <= {"words-english"}
    return content


def told_of(problems: Iterable[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def made(project: Project, size: str, folder: Path) -> Files:
    """Everything that can be built of a project, in a folder."""
    book = ["workbook"] if b"\nworkbook = " in project.files["content/deck.toml"] else []
    targets = ["sheets", "screen", *book, "pack", "print"]
    result = build_files(project, targets, Options(size=size), output=folder)
    assert told_of(result.problems) <= {"words-english"}
    return {path.name: path.read_bytes() for path in result.outputs}


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def built(name: str, shared: Shared) -> Path:
    """A folder with the files of a deck."""
    size = SIZES.get(name, "a6")
    return shared.folder(f"example-{name}", lambda folder: made(deck(name), size, folder))


def pdfs(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def test_there_is_nothing_to_complain_of(name: str, built: Path) -> None:
    some_in_english = name in ("arabic", "hebrew")  # deckgen's own words, for which it has none
    assert told_of(check(deck(name))) == ({"words-english"} if some_in_english else set())
    assert ("workbook.pdf" in pdfs(built)) == (name == "fire-safety")
    assert len(pdfs(built)) == (6 if name == "fire-safety" else 5)


# What a second reader sees: every mark tagged, every picture in words, a heading for every card.


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """The elements of a file, in order."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += reversed(list(found))
        elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
            yield found
            waiting += [found.K] if "/K" in found else []


def untagged(document: pikepdf.Pdf) -> list[str]:
    """Where a file shows something that is neither in an element nor said to be nothing."""
    owners = dict(pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree).items())
    streams = [(f"page {n}", page.obj) for n, page in enumerate(document.pages, start=1)]
    streams += [
        ("a form", found)
        for found in document.objects
        if isinstance(found, pikepdf.Stream) and "/StructParents" in found
    ]
    faults = []
    for where, stream in streams:
        own = owners.get(int(stream.get("/StructParents", -1)), [])
        depth, showing = 0, 0
        for operands, operator in pikepdf.parse_content_stream(stream):
            sign = str(operator)
            if sign in ("BDC", "BMC"):
                number = operands[1].get("/MCID", -1) if sign == "BDC" else -1
                if number >= 0 and (number >= len(own) or own[number] is None):
                    faults.append(f"{where}: {number} belongs to no element")
                depth += 1
            elif sign == "EMC":
                depth -= 1
            elif sign in ("Tj", "TJ", "f", "f*", "S", "B", "sh") and not depth:
                showing += 1
        faults += [f"{where}: {showing} marks outside of all"] if showing else []
    return faults


def told(document: pikepdf.Pdf) -> list[str]:
    """What is said of the pictures."""
    return [str(e.get("/Alt", "")) for e in elements(document) if e.S == "/Figure"]


def test_a_second_reader_finds_every_card_and_picture(name: str, built: Path) -> None:
    cards = content_of(deck(name)).deck
    shown = [picture.alt for card in cards.cards for picture in card.pictures]
    for file, data in pdfs(built).items():
        if "x-4.pdf" in file:
            continue
        with pikepdf.open(BytesIO(data)) as document:
            assert document.Root.MarkInfo.Marked and document.Root.Lang == cards.language
            assert untagged(document) == []
            roles = Counter(str(e.S) for e in elements(document))
            if file in ("deck-screen.pdf", "deck-sheets-a4.pdf", "deck-sheets-a4-poker.pdf"):
                assert told(document) == shown
                assert roles["/H1"] + roles["/H2"] >= len(cards.cards)
            if file == "deck-screen.pdf":
                assert len(document.pages) >= 2 * len(cards.cards) + 2


def forget_the_words(document: pikepdf.Pdf) -> None:
    del next(e for e in elements(document) if e.S == "/Figure")["/Alt"]


def forget_an_owner(document: pikepdf.Pdf) -> None:
    owners = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    next(own for own in owners.values() if isinstance(own, pikepdf.Array))[0] = None


def mark_nothing(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(b"0 0 9 9 re f")


@pytest.mark.parametrize("spoil", [forget_the_words, forget_an_owner, mark_nothing])
def test_a_second_reader_finds_what_is_missing(
    shared: Shared, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    name = "flash-cards"
    folder = shared.folder(f"example-{name}", lambda f: made(deck(name), SIZES[name], f))
    with pikepdf.open(folder / "deck-screen.pdf") as document:
        before = told(document), untagged(document)
        spoil(document)
        assert (told(document), untagged(document)) != before


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_pdf_ua_is_kept(built: Path) -> None:
    """What breaks it is caught: tests/accessible/test_pdfua.py."""
    files = [path for path in built.glob("*.pdf") if "-x-4.pdf" not in path.name]
    assert {str(path): rules for path, rules in failed_rules(files).items() if rules} == {}


def test_a_print_shop_can_take_it(built: Path) -> None:
    """What it can't take is caught: tests/preflight."""
    (file,) = built.glob("deck-print-*-x-4.pdf")
    assert preflight(file.read_bytes()).passed


def test_backs_lie_behind_their_fronts(name: str, built: Path) -> None:
    (file,) = built.glob("deck-sheets-*.pdf")
    data, content = file.read_bytes(), content_of(deck(name))
    card = design_of(stock=content.stock).stock.card
    size = card.width, card.height
    assert sum(map(len, placed_faces(data, size))) >= 2 * len(content.deck.cards)
    assert worst_offset_mm(data, size, "long") < 0.01
    assert worst_offset_mm(data, size, "short") > 1  # turned the wrong way, they don't


def test_two_builds_are_the_same(name: str, built: Path, tmp_path: Path) -> None:
    project, size = deck(name), SIZES.get(name, "a6")
    assert made(project, size, tmp_path / "again") == pdfs(built)


def test_another_word_is_another_file(tmp_path: Path) -> None:
    project = deck("blank")
    file = "content/cards/M.md"
    other = project.files[file].replace(b"The first point", b"The last point")
    changed = replace(project, files={**project.files, file: other})
    first, second = (made(p, "a6", tmp_path / str(n)) for n, p in enumerate((project, changed)))
    assert first.keys() == second.keys()
    assert all(first[name] != second[name] for name in first if "ticket" not in name)


def test_what_is_too_long_for_small_cards_may_be_said_in_short(tmp_path: Path) -> None:
    project, file = deck("blank"), "content/cards/M.md"
    long = project.files[file].replace(b"- The first point", b"- The first point\n" * 15)
    project = replace(project, files={**project.files, file: long})
    for size, told in (("bridge", True), ("tarot", True), ("a6", False)):
        found = build_files(project, ["print"], Options(size=size), output=tmp_path).problems
        assert told_of(found) == {"text-too-long"}
        assert all(("## In short" in problem.todo) == told for problem in found)


# deckgen new --from


def test_every_example_can_be_begun_with(tmp_path: Path) -> None:
    assert starters() == (USUAL, *sorted(folder.name for folder in EXAMPLES.iterdir()))
    for name in starters():
        new_project(tmp_path / name, name)
        own = read_project(tmp_path / name)
        assert check(own) == []
        if name != USUAL:
            assert own.files == deck(name).files


def test_what_is_not_there_is_not_begun_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from deckgen.__main__ import run

    assert run(["new", str(tmp_path / "mine"), "--from", "nonsense"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in starters()) and not list(tmp_path.iterdir())

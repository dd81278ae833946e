"""Nothing that deckgen prints by itself goes past the catalogue.

The deck's own words and those of its [words] have vowels of their own; a word with plain ones is
one that the catalogue does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from deckgen.building.build import build_files
from deckgen.control.audit import audit_files
from deckgen.control.identify import identify
from deckgen.control.reissue import reissue
from deckgen.editions.printed_versions import Status
from deckgen.model.change import Kind
from deckgen.options import Options
from deckgen.problem import blocks
from deckgen.products.calibration import calibration_page
from deckgen.products.job import Job
from deckgen.proof.proof import Proof
from tests.wording.orchard import Orchard, disguised_words, ours
from tests.wording.strings import beside_pages, on_pages, titles

# Words that are right as they are.
NAMES = {"deckgen", "mixing", "rising"}  # the program; Ids of cards
_WORD = re.compile(r"[A-Za-zÀ-ÿŸ]+")


def leaks(texts: Iterable[str], allowed: Iterable[str] = ()) -> set[str]:
    """Words with a plain vowel, or without any, that are no codes or abbreviations."""
    found = {word for text in texts for word in _WORD.findall(text)}
    fine = {*NAMES, *allowed}
    return {w for w in found - fine if re.search("[aeiouyAEIOUY]", w) and not w.isupper()}


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("orchard"), disguised_words())


def built(deck: Orchard, folder: Path, target: str, **options: object) -> list[bytes]:
    made = build_files(deck.project(), [target], Options(**options), output=folder)  # type: ignore[arg-type]
    assert not blocks(made.problems), made.problems
    return [path.read_bytes() for path in made.outputs]


def test_the_deck_has_no_problems_and_no_word_is_missing(orchard: Orchard) -> None:
    proof = Proof(orchard.project())
    assert [p for p in proof.read[1] if p.code.startswith("words")] == []


def test_english_words_would_be_found(tmp_path: Path) -> None:
    words = disguised_words()
    words["Goes with"] = ("Goes with",)
    (data,) = built(Orchard(tmp_path / "deck", words), tmp_path, "screen")
    assert leaks(on_pages(data)) == {"Goes", "with"}


@pytest.mark.parametrize("theme", ["gallery", "masthead", "pocket", "wide"])
def test_cards(orchard: Orchard, tmp_path: Path, theme: str) -> None:
    stock = {"pocket": "a4-poker", "wide": "a4-business"}.get(theme, "a4")
    qr = theme != "wide"  # that has no room for it
    if theme == "wide":  # the smallest cards
        orchard = Orchard(tmp_path / "deck", disguised_words())
        orchard.edit("content/cards/D.md", "- Wåít å líttlé\n", "")
        orchard.edit("content/cards/D.md", "- Høw løng dø ýøú wåít?", "- Whý?")
    (data,) = built(orchard, tmp_path, "screen", theme=theme, stock=stock, qr=qr)
    assert leaks(on_pages(data)) == set()
    assert leaks(beside_pages(data)) == set()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"turn": "short", "copies": 2},
        {"turn": "single", "order": "stack"},
        {"turn": "fold"},
        {"large_print": True},
    ],
)
def test_sheets_and_guide(orchard: Orchard, tmp_path: Path, options: dict[str, object]) -> None:
    (data,) = built(orchard, tmp_path, "sheets", **options)
    assert leaks(on_pages(data)) == set()
    assert leaks(beside_pages(data)) == set()
    (pack,) = built(orchard, tmp_path, "pack", **options)
    job = Job(Proof(orchard.project()), Options(**options))  # type: ignore[arg-type]
    assert leaks(on_pages(pack, 0, len(job.guide))) == set()
    assert leaks(titles(pack)) == set()
    figures = [e.alt for page in job.guide for e in page.elements if e.alt]
    assert figures and leaks(figures) == set()


def test_the_print_shops_ticket(orchard: Orchard, tmp_path: Path) -> None:
    data, ticket = built(orchard, tmp_path, "print", size="a6")
    assert leaks(on_pages(data)) == set()
    assert leaks(on_pages(ticket), {"PDF"}) == set()
    assert leaks(beside_pages(ticket)) == set()


@pytest.mark.parametrize("options", [{}, {"large_print": True}])
def test_the_workbook(orchard: Orchard, tmp_path: Path, options: dict[str, object]) -> None:
    (data,) = built(orchard, tmp_path, "workbook", **options)
    assert leaks(on_pages(data)) == set()
    assert leaks(beside_pages(data)) == set()


def test_english_words_of_the_workbook_would_be_found(tmp_path: Path) -> None:
    words = disguised_words()
    words["Cards to lay out"] = ("Cards to lay out",)
    words["Signed"] = ("Signed",)
    (data,) = built(Orchard(tmp_path / "deck", words), tmp_path, "workbook")
    assert leaks(on_pages(data)) == {"Cards", "to", "lay", "out", "Signed"}
    assert leaks(beside_pages(data)) == {"Signed"}


def test_the_booklets_title(orchard: Orchard, tmp_path: Path) -> None:
    (data,) = built(orchard, tmp_path, "booklet")
    assert leaks(on_pages(data)) == set() and leaks(titles(data)) == set()


def test_the_calibration_page(orchard: Orchard, tmp_path: Path) -> None:
    path, problems = calibration_page(orchard.project(), Options(), tmp_path)
    assert path is not None and not blocks(problems)
    data = path.read_bytes()
    assert leaks(on_pages(data)) == set()
    assert leaks(beside_pages(data)) == set()


def changed(folder: Path, words: dict[str, tuple[str, ...]]) -> Orchard:
    """The deck after an edition: a card says something else, one looks otherwise, one is new."""
    deck = Orchard(folder, words)
    deck.number("1", 2026)
    deck.issue("1")
    cards = "content/cards/D.md"
    deck.edit(cards, "Kéép ít wårm", "Kéép ít cøld")
    path = deck.folder / cards
    text = path.read_text(encoding="utf-8")
    third = text[text.index("# D2") :].replace("# D2", "# D3").replace("rising", "rust")
    path.write_text(f"{text}\n{third}", encoding="utf-8")
    deck.edit("content/deck.toml", "cards = 2", "cards = 3")
    deck.edit("content/deck.toml", 'palette = "pink"', 'palette = "mauve"')
    deck.number("2", 2027)
    deck.declare(dict.fromkeys(deck.changes(), "Ít wås tímé."))
    deck.issue("2")
    return deck


def test_the_slip_and_what_changed(tmp_path: Path) -> None:
    deck = changed(tmp_path / "deck", disguised_words())
    paths, _, problems = reissue(
        deck.project(), "1", leave_out=(Kind.LAYOUT,), output=tmp_path / "out"
    )
    assert not blocks(problems), problems
    files = {path.name: path.read_bytes() for path in paths}
    slip = files["swap-slip.pdf"]
    assert leaks(on_pages(slip)) == set() and leaks(beside_pages(slip)) == set()
    assert leaks(on_pages(files["supplement-sheets.pdf"])) == set()
    assert leaks(titles(files["supplement.pdf"])) == set()
    # What lay in people's hands is still found, by its words and by its check codes.
    audit, _ = audit_files(deck.project(), [path for path in paths if "sheets" in path.name])
    assert audit is not None
    assert {card.status for card in audit.files[0].cards} == {Status.CURRENT}


def test_printed_cards_are_recognised(tmp_path: Path) -> None:
    deck = changed(tmp_path / "deck", disguised_words())
    made = build_files(deck.project(), ["screen", "sheets"], output=tmp_path)
    audit, _ = audit_files(deck.project(), list(made.outputs))
    assert audit is not None
    for file in audit.files:
        assert [card.status for card in file.cards] == [Status.CURRENT] * 5
        assert not file.missing and {card.code for card in file.cards} >= {"D1", "Index"}
    mark = next(card.mark for card in audit.files[0].cards if card.code == "D1")
    typed = f"D1 {ours('Edition')} {mark.edition} · {mark.code}"
    answer, _ = identify(deck.project(), typed)
    assert answer is not None and answer.current

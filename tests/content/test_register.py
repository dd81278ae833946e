"""The register of references: every fault at its line, and warnings when a day has come."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from deckgen.building.check import check
from deckgen.content.ageing import overdue
from deckgen.content.load import load_content
from deckgen.model.deck import Deck
from deckgen.model.text import plain
from deckgen.problem import Problem, Severity, blocks
from deckgen.project import Project, read_project
from tests.conftest import ROOT
from tests.kinds import texts
from tests.problems.test_samples import TODAY, mini_files

FILE = "content/references.toml"
ENTRY = """
[[references]]
card = "D1"
entry = "Weigh both"
owner = "The baker"
checked = 2026-01-02
"""


def problems_with(register: str) -> list[tuple[str, int]]:
    files = {**mini_files(), FILE: register.encode()}
    return [(p.code, p.place.line) for p in load_content(files)[1] if p.place.file == FILE]


def deck_with(months: int, checked: str) -> Deck:
    text = f"review_months = {months}\n" + ENTRY.replace("2026-01-02", checked)
    content, _ = load_content({**mini_files(), FILE: text.encode()})
    assert content is not None
    return content.deck


def test_every_reference_of_the_real_deck_is_looked_after() -> None:
    content, problems = load_content(read_project(ROOT).files)
    assert content is not None and problems == []
    deck = content.deck
    registered = [(str(entry.card), entry.entry) for entry in deck.references]
    cards = [card for card in deck.cards if card.code.prefix == "R"]
    printed = [(str(card.code), plain(point)) for card in cards for point in texts(card, "points")]
    assert len(registered) == len(printed) == 8
    for (code, entry), (on_card, point) in zip(registered, printed, strict=True):
        assert code == on_card and point.startswith(entry)


def test_without_the_file_nothing_is_said() -> None:
    files = mini_files()
    del files[FILE]
    content, problems = load_content(files)
    assert content is not None and problems == []
    assert content.deck.references == ()
    assert overdue(content.deck, content.deck.edition.review) == []


@pytest.mark.parametrize("text", ["", "# Nobody yet.\n", "review_months = 6\n"])
def test_a_file_without_entries_is_one_that_will_be_filled(text: str) -> None:
    assert problems_with(text) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[[references]]", "review_months = 0\n[[references]]", "setting-invalid", 2),
        ("[[references]]", "review_months = 1.5\n[[references]]", "setting-invalid", 2),
        ("[[references]]", "review_month = 6\n[[references]]", "setting-unknown", 2),
        ('"D1"', '"first"', "setting-invalid", 3),
        ('"D1"', '"D9"', "reference-unmatched", 4),
        ("Weigh both", "Weigh bo", "reference-unmatched", 4),
        ("Weigh both", "weigh both", "reference-unmatched", 4),
        ("Weigh both", " ", "setting-invalid", 4),
        ("owner", "oner", "setting-unknown", 5),
        ('owner = "The baker"\n', "", "setting-missing", 2),
        ("2026-01-02", '"2026-01-02"', "setting-invalid", 6),
        ("2026-01-02", "2026-01-02T10:00:00", "setting-invalid", 6),
        ("2026-01-02", "2026-13-02", "settings-syntax", 6),
        ("checked", "checked =", "settings-syntax", 6),
    ],
)
def test_a_fault_is_located(old: str, new: str, code: str, line: int) -> None:
    assert old in ENTRY
    assert (code, line) in problems_with(ENTRY.replace(old, new))


def test_an_entry_that_fits_two_points_is_too_short() -> None:
    files = mini_files()
    files["content/cards/D.md"] = files["content/cards/D.md"].replace(b"Wait a", b"Weigh a")
    files[FILE] = ENTRY.replace("Weigh both", "Weigh").encode()
    found = [p for p in load_content(files)[1] if p.code == "reference-unmatched"]
    assert [p.found for p in found] == ["2 points of D1 begin with “Weigh”."]


def test_quotation_marks_and_bold_are_no_hindrance() -> None:
    files = mini_files()
    point = b"**Weigh**  both"
    for written, entry in ((point, "Weigh both"), (b'"Weigh" it', '\\"Weigh\\" it')):
        cards = mini_files()["content/cards/D.md"].replace(b"Weigh both", written)
        files["content/cards/D.md"] = cards
        files[FILE] = ENTRY.replace("Weigh both", entry).encode()
        assert [p.code for p in load_content(files)[1]] == ["reference-unregistered"]


@pytest.mark.parametrize(
    ("months", "checked", "last"),
    [
        (12, "2026-01-02", date(2027, 1, 2)),
        (1, "2025-12-31", date(2026, 1, 31)),
        (1, "2026-01-31", date(2026, 2, 28)),
        (12, "2024-02-29", date(2025, 2, 28)),
        (120, "9999-12-31", date.max),
    ],
)
def test_how_long_a_check_holds(months: int, checked: str, last: date) -> None:
    assert deck_with(months, checked).references[0].holds_until == last


def codes_on(deck: Deck, today: date) -> list[str]:
    return [p.code for p in overdue(deck, today)]


def test_the_day_after_a_check_has_run_out() -> None:
    deck = deck_with(6, "2026-01-02")
    assert codes_on(deck, date(2026, 7, 2)) == []
    assert codes_on(deck, date(2026, 7, 3)) == ["reference-unchecked"]
    said = overdue(deck, date(2026, 7, 3))[0]
    assert (said.place.file, said.place.line) == (FILE, 7)
    assert (
        said.found == "Weigh both on D1 was last checked on 2 January 2026, more than 6 months ago."
    )
    assert said.todo == "Ask The baker to check it, then write the new date."


def test_a_check_may_be_as_late_as_today_and_as_the_day_of_issue() -> None:
    deck = deck_with(12, "2026-03-04")
    assert codes_on(deck, date(2026, 3, 4)) == []
    assert codes_on(deck, date(2026, 3, 3)) == ["reference-checked-early"]
    issued = replace(deck, edition=replace(deck.edition, issued=date(2026, 3, 4)))
    assert codes_on(issued, date(1970, 1, 2)) == []


def test_the_review_of_an_edition() -> None:
    deck = deck_with(24, "2026-01-02")
    assert codes_on(deck, deck.edition.review) == []
    assert codes_on(deck, date(2027, 1, 3)) == ["review-due"]


def late(today: date | None) -> list[Problem]:
    return check(Project(ROOT, mini_files(), (), today=today))


def test_no_day_stops_a_build() -> None:
    assert late(TODAY) == late(None) == []
    for today in (date.min, date.max):
        assert not blocks(late(today))
    assert {p.severity for p in late(date.max)} == {Severity.WARNING}
    assert [p.code for p in late(date.max)] == ["review-due", "reference-unchecked"]

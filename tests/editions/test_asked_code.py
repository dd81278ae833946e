"""What people type or scan, and which printed versions it may mean."""

from __future__ import annotations

import pytest

from deckgen.editions.asked_code import MOST_LETTERS, Asked, as_check, as_code, asked, near
from deckgen.editions.printed_versions import all_versions
from deckgen.model.lock import Ledger
from tests.editions.three import of, three

LEDGER = three()
CHECK = of(LEDGER, "1", "teams").check


def meant(text: str, edition: str = "") -> list[tuple[str, str]]:
    """Editions and ids of the versions that fit."""
    question = asked(text, edition, LEDGER)
    assert question, text
    return [(v.edition, v.id) for v in all_versions(LEDGER) if question.fits(v)]


@pytest.mark.parametrize(
    "text",
    [
        CHECK,
        CHECK.lower(),
        f"{CHECK[:2]}-{CHECK[2:]}",
        f"  K2   {CHECK} ",
        f"k02 {CHECK}",
        f"DG1:K2:1:{CHECK}",
        f"dg1:k2:1:{CHECK}".upper(),
        f"Edition 1 · {CHECK}",
        f"K2 · Edition 1 · {CHECK}",
    ],
)
def test_every_way_to_name_a_printed_card(text: str) -> None:
    assert meant(text) == [("1", "teams")]


def test_a_cards_number_alone_means_every_card_that_had_it() -> None:
    assert meant("K2") == [("3", "time"), ("1", "teams")]
    assert asked("K2", "edition 3", LEDGER) == Asked(("K2",), "3")
    assert asked("K2", CHECK.lower(), LEDGER) == Asked(("K2", CHECK))


def test_letters_that_are_taken_for_digits() -> None:
    assert as_check("oiL-0") == "0110"
    assert (as_code("k007"), as_code("IPM1"), as_code("index")) == ("K7", "IPM1", "INDEX")


def test_a_draft_says_so() -> None:
    assert asked(f"DG1:K2:4-DRAFT:{CHECK}", "", LEDGER) == Asked(("K2", CHECK), "4", True, False)
    assert asked(f"DG1:K2:3+DRAFT:{CHECK}", "", LEDGER) == Asked(("K2", CHECK), "3", True, True)
    after = asked(f"K2 Draft after edition 3 · {CHECK}", "", LEDGER)
    assert after == Asked(("K2", CHECK), "3", True, True)


@pytest.mark.parametrize(
    "text", ["", " ", "hello", "K2 nonsense", "K0", "!!!!", "K" * MOST_LETTERS]
)
def test_what_is_no_code(text: str) -> None:
    assert asked(text, "", LEDGER) is None


def test_a_code_with_one_wrong_letter_is_near() -> None:
    other = "A" if CHECK[0] != "A" else "B"
    versions = all_versions(LEDGER)
    assert CHECK in {v.check for v in near(other + CHECK[1:], versions)}
    assert CHECK not in {v.check for v in near(CHECK, versions)}
    assert near("ABC", versions) == [] == near(CHECK, all_versions(Ledger()))


def test_nothing_asked_fits_nothing() -> None:
    assert not any(Asked(()).fits(v) for v in all_versions(LEDGER))

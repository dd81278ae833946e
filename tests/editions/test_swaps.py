"""What people with an old deck take out, put in and may leave."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.editions.swaps import swaps_since
from deckgen.model.change import Declaration, Kind
from deckgen.model.lock import Ledger
from deckgen.model.swap import Swaps
from tests.editions.made_up import page
from tests.editions.three import HERE, three

LEDGER = three()


def swaps(since: str, ledger: Ledger = LEDGER, **more: object) -> Swaps:
    old, latest = ledger.lock(since), ledger.latest
    assert old and latest
    return swaps_since(old, latest.snapshot, latest.code, ledger, **more)  # type: ignore[arg-type]


def told(found: Swaps) -> list[tuple[str, str, Kind, str]]:
    """Taken out, put in, kind and reason."""
    return [
        (s.old.code if s.old else "", s.new.code if s.new else "", s.kind, s.reason)
        for s in found.swaps
    ]


def test_from_the_first_edition_to_the_third() -> None:
    found = swaps("1")
    assert told(found) == [
        ("K1", "K1", Kind.REVISED, "Late is better."),
        ("K3", "K2", Kind.RENUMBERED, "It follows K1."),
        ("K2", "", Kind.WITHDRAWN, ""),
    ]
    assert (found.since, found.edition, found.cards, found.same) == ("1", "3", 2, ())
    assert found.put_in == ("K1", "K2") and found.share == 1
    assert [s.behind for s in found.swaps] == ["", "K1", ""]


def test_a_card_whose_faces_are_proven_the_same_stays() -> None:
    found = swaps("2")
    assert found.same == ("K1",)
    assert found.put_in == ("K2",)
    assert swaps("3").swaps == () and swaps("3").same == ("K1", "K2")


def test_a_card_without_a_drawn_face_is_never_proven_the_same() -> None:
    latest = LEDGER.latest
    assert latest
    blind = replace(
        latest.snapshot, cards=tuple(replace(c, face="") for c in latest.snapshot.cards)
    )
    found = swaps_since(latest, blind, latest.code, LEDGER)
    assert found.same == () and {s.kind for s in found.swaps} == {Kind.LAYOUT}


def test_what_matters_little_may_stay_and_what_matters_may_not() -> None:
    latest = LEDGER.latest
    assert latest
    cards = tuple(replace(c, face="other", look="other") for c in latest.snapshot.cards)
    drawn = replace(latest.snapshot, cards=cards)
    left = swaps_since(latest, drawn, latest.code, LEDGER, leave_out=(Kind.LAYOUT,))
    assert left.swaps == () and len(left.may_stay) == 2
    asked = swaps("1", leave_out=(Kind.REVISED, Kind.RENUMBERED, Kind.WITHDRAWN))
    assert asked.may_stay == () and len(asked.swaps) == 3


def test_a_draft_s_declaration_counts_too_and_the_gravest_kind_wins() -> None:
    latest = LEDGER.latest
    assert latest
    cards = tuple(replace(c, face="other", look="other") for c in latest.snapshot.cards)
    draft = replace(latest.snapshot, cards=cards, edition="4")
    entry = Declaration(("time",), Kind.REVISED, "Another picture", HERE)
    found = swaps_since(latest, draft, "XXXX", LEDGER, (entry,))
    assert told(found)[1] == ("K2", "K2", Kind.REVISED, "Another picture.")


def test_pages_that_changed_are_named() -> None:
    latest = LEDGER.latest
    assert latest
    more = replace(latest.snapshot, pages=(page(),))
    found = swaps_since(latest, more, latest.code, LEDGER)
    assert [(p.name, p.kind) for p in found.pages] == [("Immediate 1", Kind.NEW)]
    assert swaps("1").pages == ()

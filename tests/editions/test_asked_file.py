"""Locks keep what workbooks asked, in few bytes; older ones are read as they were."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from deckgen.editions.asked_file import rounded
from deckgen.editions.lockfile import lock_file, lock_text, read_lock
from deckgen.model.lock import Lock
from deckgen.options import Look
from deckgen.project import read_project
from deckgen.proof.proof import Proof
from tests.conftest import ROOT
from tests.editions.drawn_by_hand import drawn

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> Lock:
    read, found = read_lock((GOLDEN / name).read_text(encoding="utf-8"), lock_file("1"))
    assert read, found
    return read


def of_the_deck() -> Lock:
    """The lock of a small snapshot with the workbooks of the deck that ships, in both looks."""
    proof = Proof(read_project(ROOT))
    keys = [book.key for book in proof.read[0].books] if proof.read[0] else []
    looks = (Look(), Look(large_print=True))
    asked = [proof.asked(key, look) for key in keys for look in looks]
    own = {"deck": drawn().title, "edition": drawn().edition, "language": drawn().language}
    made = (rounded(replace(a, identity=replace(a.identity, **own))) for a in asked if a)
    return replace(golden("2.lock.toml"), asked=tuple(made))


def test_what_workbooks_ask_reads_back_in_every_look() -> None:
    lock = of_the_deck()
    text = lock_text(lock)
    again, found = read_lock(text, lock_file("1"))
    assert again and not found and again.asked == lock.asked
    assert lock_text(again) == text and "\nformat = 3\n" in text
    assert [a.identity.large_print for a in again.asked] == [False, True, False, True]
    assert all(q.spots and q.digest and q.words for a in again.asked for q in a.questions)
    assert len(text) - len(lock_text(golden("2.lock.toml"))) < 20_000 * 2  # bytes a workbook


def test_older_formats_have_no_workbooks_and_stay_as_they_are() -> None:
    for name in ("1.lock.toml", "2.lock.toml"):
        assert golden(name).asked == ()
    text = (GOLDEN / "2.lock.toml").read_text(encoding="utf-8")
    assert lock_text(golden("2.lock.toml")) == text


def test_a_spot_that_was_changed_breaks_the_seal() -> None:
    text = lock_text(of_the_deck())
    changed = text.replace('"1 227.4', '"1 228.4', 1)
    assert changed != text
    read, found = read_lock(changed, lock_file("1"))
    assert read is None and [p.code for p in found] == ["edition-broken"]

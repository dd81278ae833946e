"""A lock that was written before is still that of the very same deck.

`golden/1.lock.toml` is what an earlier deckgen wrote of `drawn()`, and `2.lock.toml` what this
one writes. If this fails, every deck that
was issued looks changed to its people: don't write the file anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.editions import compare as module
from deckgen.editions.compare import compare
from deckgen.editions.lockfile import lock_file, lock_text, read_lock
from deckgen.model.change import Kind
from deckgen.model.lock import Lock
from tests.editions.drawn_by_hand import drawn
from tests.editions.made_up import card, snapshot

GOLDEN = Path(__file__).parent / "golden"
TEXT = (GOLDEN / "1.lock.toml").read_text(encoding="utf-8")


@pytest.fixture
def lock() -> Lock:
    read, found = read_lock(TEXT, lock_file("1"))
    assert read, found
    return read


def test_the_fingerprints_of_an_older_lock_are_those_of_today(lock: Lock) -> None:
    assert lock.snapshot == drawn()
    assert compare(lock.snapshot, drawn()) == ()
    again, found = read_lock(lock_text(lock), lock_file("1"))
    assert again == replace(lock, seal=again.seal if again else ""), found
    assert lock_text(lock) == (GOLDEN / "2.lock.toml").read_text(encoding="utf-8")


def test_a_shape_that_moved_is_told_from_it(lock: Lock) -> None:
    assert compare(lock.snapshot, drawn(x_pt=0.0004)) == ()  # less than what counts
    changes = compare(lock.snapshot, drawn(x_pt=0.001))
    assert [(c.subject, c.floor) for c in changes] == [("card", Kind.LAYOUT), ("page", Kind.LAYOUT)]


def test_words_that_are_the_same_are_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card costs next to nothing if nothing of it changed."""
    weighed = []
    real = module.meaning_print
    monkeypatch.setattr(module, "meaning_print", lambda c: (weighed.append(c.id), real(c))[1])
    old = [card(f"id-{n}", f"K{n}", title=f"Title {n}") for n in range(1, 100)]
    assert compare(snapshot(*old), snapshot(*old)) == () and weighed == []
    new = [*old[:-1], card("id-99", "K99", title="Other words")]
    assert [c.key for c in compare(snapshot(*old), snapshot(*new))] == ["id-99"]
    assert weighed == ["id-99", "id-99"]

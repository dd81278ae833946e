from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from deckgen.editions.ledger import ledger_of, reused_ids
from deckgen.editions.lockfile import edition_order, lock_file, lock_text, read_lock, seal_of
from deckgen.editions.printed_versions import all_versions
from deckgen.model.change import Declaration, Kind, Withdrawn
from deckgen.model.lock import Lock
from deckgen.model.snapshot import LookFact
from deckgen.problem import Place, Problem
from deckgen.source import largest_bytes, read_source
from tests.editions.made_up import card, page, snapshot
from tests.layout.made_up import card as deck_card
from tests.layout.made_up import deck_of

# What people write, what other programs leave, and what would end a string or a line.
ODD = (
    "She said \"no\" \\ 'yes' \\n # [sealed]",
    "**Don’t** – {cy: bore da}",
    "tab\tnew\nline",
    "\u200bzero\u00adwidth\u00a0space\u2028line\x7f\x1b[31m",
    "e\u0301 \u2126 decomposed, and 🂡",
    "\ufeffmark \u202eright to left",
    "",
)


def lock(edition: str = "1", before: Lock | None = None, words: str = "Ask early") -> Lock:
    made = Lock(
        snapshot(
            card(points=(words, *ODD), questions=(), printed_as=ODD[0], edition="1", look="f00"),
            card(
                "teams", "K2", edition=edition, check="7Q2M", goes_with=("K1",), links=("feedback",)
            ),
            edition=edition,
            pages=(page(**{"how to use": ODD, "é": ("x",), "empty": ()}),),
            looks=(LookFact("theme", "", ODD[0]),),
        ),
        *("EX0K", "Jo “J” Green\\", "Alex"),
        parent=before.edition if before else "",
        parent_seal=before.seal if before else "",
        changes=(Declaration(("feedback", "w/a"), Kind.REVISED, ODD[0], Place("x")),),
        withdrawn=(Withdrawn("old", "K9", ODD[1], edition, ODD[0]),),
    )
    read, found = read_lock(lock_text(made), lock_file(edition))
    assert read, found
    return read


def text_of(made: Lock) -> str:
    return lock_text(made)


def chain(count: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    before = None
    for number in range(1, count + 1):
        before = lock(str(number), before)
        files[lock_file(str(number))] = text_of(before).encode()
    return files


def broken(files: dict[str, bytes]) -> list[Problem]:
    return [found for found in ledger_of(files)[1] if found.code == "edition-broken"]


def test_a_lock_reads_back_letter_by_letter() -> None:
    made = lock()
    text, found = read_source(lock_text(made).encode(), "1.toml")
    assert found == []
    assert text == lock_text(made)
    again, found = read_lock(text, lock_file("1"))
    assert found == []
    assert again == replace(made, changes=again.changes if again else ())
    assert again is not None
    assert again.changes[0].reason == ODD[0]
    assert again.snapshot.cards[0].parts[2].texts == ("Ask early", *ODD)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\n\n",
        lambda data: data.decode().encode("utf-16"),
    ],
    ids=["CRLF", "mark", "no last line end", "more line ends", "UTF-16"],
)
def test_what_editors_and_git_do_to_line_ends_breaks_nothing(
    spoil: Callable[[bytes], bytes],
) -> None:
    files = {name: spoil(data) for name, data in chain(3).items()}
    ledger, found = ledger_of(files)
    assert found == []
    assert [each.edition for each in ledger.locks] == ["1", "2", "3"]


MUTANTS: dict[str, Callable[[str], str]] = {
    "a word": lambda text: text.replace("Ask early", "Ask late"),
    "a capital": lambda text: text.replace("Ask early", "ask early"),
    "an owner": lambda text: text.replace('owner = "Jo', 'owner = "Mo'),
    "a date": lambda text: text.replace("2026-01-02", "2026-01-03"),
    "a fingerprint": lambda text: text.replace('look = "f00"', 'look = "f01"'),
    "a withdrawn card": lambda text: text.replace('id = "old"', 'id = "new"'),
    "a comment": lambda text: text.replace("change nothing here", "change anything"),
    "a table behind the seal": lambda text: (
        text + '[[withdrawn]]\nid = "x"\ncode = ""\ntitle = ""\nreason = ""\n'
    ),
    "a comment behind the seal": lambda text: text + "# see above\n",
    "the seal": lambda text: re.sub(
        r'seal = "(.)', lambda m: f'seal = "{"0" if m[1] != "0" else "1"}', text[::1]
    ),
    "no seal": lambda text: text.partition("\n[sealed]")[0],
    "a conflict of versions": lambda text: text.replace("format = 2", "<<<<<<< HEAD\nformat = 2"),
    "half of it": lambda text: text[: len(text) // 2],
    "nothing left": lambda text: "",
    "another format": lambda text: text.replace("format = 2", "format = 99"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("edition", ["1", "2", "3"])
def test_a_lock_that_somebody_changed_is_found(mutant: str, edition: str) -> None:
    files = chain(3)
    text = files[lock_file(edition)].decode()
    assert MUTANTS[mutant](text) != text
    files[lock_file(edition)] = MUTANTS[mutant](text).encode()
    assert any(found.place.file == lock_file(edition) for found in broken(files)), ledger_of(files)[
        1
    ]


def test_a_lock_of_a_newer_deckgen_is_said_to_be_one() -> None:
    files = {lock_file("1"): chain(1)[lock_file("1")].replace(b"format = 2", b"format = 99")}
    assert "newer deckgen" in broken(files)[0].found


@pytest.mark.parametrize("edition", ["1", "2"])
def test_a_lock_that_was_sealed_anew_no_longer_fits_the_next(edition: str) -> None:
    files = chain(3)
    text = files[lock_file(edition)].decode().partition("\n[sealed]")[0]
    text = text.replace('approver = "Alex"', 'approver = "Sam"')
    files[lock_file(edition)] = f'{text}\n[sealed]\nseal = "{seal_of(text)}"\n'.encode()
    assert [found.place.file for found in broken(files)] == [lock_file(edition)]


@pytest.mark.parametrize("edition", ["1", "2"])
def test_a_lock_that_is_lost_is_missed(edition: str) -> None:
    files = chain(3)
    del files[lock_file(edition)]
    (found,) = broken(files)
    assert found.found == f"The edition before this one is missing: {lock_file(edition)}."


def test_a_lock_that_starts_again_is_found() -> None:
    files = chain(1) | {lock_file("2"): text_of(lock("2")).encode()}
    (found,) = broken(files)
    assert "doesn't follow it" in found.found


def test_a_lock_under_another_name_is_found() -> None:
    files = chain(2)
    files["content/editions/one.toml"] = files.pop(lock_file("1"))
    assert "content/editions/1.toml" in broken(files)[0].todo
    files = chain(2)
    files["content/editions/2 (copy).toml"] = files[lock_file("2")]
    assert broken(files)[0].todo == "Take this copy out of the project."


def test_other_files_there_are_not_read_and_said_to_be_so() -> None:
    files = chain(1) | {
        "content/editions/notes.toml": b"x = 1",
        "content/editions/2-changes.toml": b"{",
    }
    ledger, found = ledger_of(files)
    assert ledger.latest
    assert [(p.code, p.place.file) for p in found] == [
        ("file-ignored", "content/editions/notes.toml")
    ]


def test_editions_follow_each_other_as_people_count() -> None:
    order = ["1", "1.1", "2", "9", "10", "10.1", "11"]
    assert sorted(["11", "10.1", "10", "9", "2", "1.1", "1"], key=edition_order) == order
    ledger, found = ledger_of(chain(11))
    assert found == []
    assert ledger.latest
    assert ledger.latest.edition == "11"


def test_every_printed_card_is_listed_once() -> None:
    ledger, _ = ledger_of(chain(2))
    assert [(made.edition, made.id) for made in all_versions(ledger) if not made.is_index] == [
        ("2", "teams"),
        ("1", "feedback"),
        ("1", "teams"),
    ]


def test_the_id_of_a_withdrawn_card_is_not_used_again() -> None:
    ledger, _ = ledger_of(chain(1))
    cards = (replace(deck_card("A1"), id="old"), deck_card("A2"))
    (found,) = reused_ids(deck_of(*cards), ledger)
    assert found.code == "id-withdrawn"
    assert "withdrawn in edition 1" in found.found


def test_dates_are_dates_in_the_file() -> None:
    assert f"issued = {date(2026, 1, 2)}\n" in lock_text(lock())


@pytest.mark.slow
def test_a_lock_of_ten_thousand_cards_reads_back() -> None:
    cards = [card(f"card-{n}", f"K{n}", points=ODD, edition="1") for n in range(10_000)]
    made = replace(lock(), snapshot=snapshot(*cards))
    data = lock_text(made).encode()
    assert 1024 * 1024 < len(data) < largest_bytes(lock_file("1"))
    ledger, found = ledger_of({lock_file("1"): data})
    assert found == [] and ledger.latest is not None
    assert ledger.latest.snapshot == made.snapshot

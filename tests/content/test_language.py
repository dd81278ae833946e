"""Headings and labels may be written in the deck's language as well as in English."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.content.cards import LABELS, read_cards
from deckgen.content.words import wording_in
from deckgen.content.workbook import LABELS as BOOK_LABELS
from deckgen.content.workbook import read_workbook
from deckgen.model.deck import Card, Section
from deckgen.model.text import Run, Worded, plain
from deckgen.model.workbook import Part, Signature, Table, TimeFrame, Workbook
from deckgen.problem import Place, Problem
from deckgen.wording.catalogue import all_keys
from deckgen.wording.say import SAY_ENGLISH, Wording
from tests.content.test_known_headings import KNOWN
from tests.kinds import KINDS
from tests.wording.test_catalogue import FILES

GERMAN = wording_in("de-DE")
SECTION = Section("F", "Feuer", "pink", "key", 1, Place("content/deck.toml", 9, 1))
CARD = """# F1 Türen
{Id}: tueren
{See also}: F2
{Printed as}: 7
{Kind}: talk

Ein Satz.

- Ein Punkt

## {Talk about it}
- Was?
- Wer?

## {In short}
Kurz.

### {Talk about it}
- Und?
"""
BOOK = """# Heft
{Role}: Wachen
{Cover fields}: Haus

## Heute
{When}: vor dem Ende

### Rundgang
Id: rundgang
{Goal}: Türen finden.
{Cards}: F1
{Time}: 20 Minuten

#### Was sehen wir?
{Box}: large

#### Was tun wir?
{Table}: Was, Wer, Bis wann (date), Stand (choice)
{Statuses}: Offen, Fertig
{Each row}: Aufgabe
{New page}

## Unterschriften
{Signature}
"""
# What people type: words of Polish, and others that are not in Latin letters.
POLISH = {"See also": "Zobacz też", "Id": "Identyfikator", "Talk about it": "Porozmawiajcie o tym"}
HINDI = {"See also": "यह भी देखें", "Id": "पहचान", "Talk about it": "इस पर बात करें"}
ARABIC = {"See also": "انظر أيضًا", "Id": "المعرّف", "Talk about it": "تحدثوا عنه"}


def own(language: str, words: dict[str, str]) -> Wording:
    """A deck's wording with words of its own."""
    return wording_in(language, {key: (said,) for key, said in words.items()})


def written(text: str, words: dict[str, str]) -> str:
    """A file with some of its headings and labels in other words."""
    for key in all_keys():
        text = text.replace(f"{{{key}}}", words.get(key, key))
    return text


def cards_of(text: str, say: Wording) -> tuple[list[Card], list[Problem]]:
    return read_cards(text, "content/cards/F.md", SECTION, replace(KINDS, say=say))


def book_of(text: str, say: Wording) -> tuple[Workbook, list[Problem]]:
    return read_workbook(text, "content/workbooks/a.md", "a", None, say)


IN_GERMAN = {key: forms[0] for key, forms in GERMAN.entries}


@pytest.mark.parametrize(
    ("language", "words"),
    [("de-DE", IN_GERMAN), ("pl", POLISH), ("hi", HINDI), ("ar", ARABIC), ("en-GB", POLISH)],
)
def test_a_card_is_the_same_in_the_decks_language(language: str, words: dict[str, str]) -> None:
    usual, found = cards_of(written(CARD, {}), SAY_ENGLISH)
    assert found == [] and usual[0].short and usual[0].printed_as
    say = own(language, words)
    assert cards_of(written(CARD, words), say) == (usual, [])
    assert cards_of(written(CARD, {}), say) == (usual, [])  # and English is known everywhere


def test_another_language_is_not_known() -> None:
    _, found = cards_of(written(CARD, IN_GERMAN), SAY_ENGLISH)
    assert {"heading-unknown", "label-unknown"} <= {p.code for p in found}


def test_problems_name_headings_and_labels_as_people_write_them() -> None:
    text = "# F1 Türen\nSieh auch: F2\n\nEin Satz.\n\n- Ein Punkt\n\n## Zum Gesprach\n- Was?\n"
    found = {p.code: f"{p.found} {p.todo}" for p in cards_of(text, GERMAN)[1]}
    assert "“Zum Gespräch”" in found["part-empty"]
    assert "Zum Gespräch" in found["heading-unknown"]
    assert "Siehe auch:" in found["label-unknown"]


def test_a_label_far_down_and_one_without_a_colon_are_found_in_any_language() -> None:
    text = written(CARD, IN_GERMAN)
    far = text.replace("Ein Satz.", "Ein Satz.\n\nSiehe auch: F2")
    assert "label-misplaced" in {p.code for p in cards_of(far, GERMAN)[1]}
    bare = text.replace("Siehe auch: F2", "Siehe auch F2")
    assert "label-unknown" in {p.code for p in cards_of(bare, GERMAN)[1]}


def test_a_workbook_is_the_same_in_german_but_for_what_it_leaves_to_deckgen() -> None:
    usual, found = book_of(written(BOOK, {}), SAY_ENGLISH)
    german, faults = book_of(written(BOOK, IN_GERMAN), GERMAN)
    assert found == faults == []
    assert german.parts[0] == usual.parts[0] and german.cover_fields == usual.cover_fields
    assert tuple(german.field_names())[-1][0] == tuple(usual.field_names())[-1][0]
    assert signed(usual) == ["Name", "Role", "Signed", "Date"]
    assert signed(german) == ["Name", "Rolle", "Unterschrift", "Datum"]
    assert book_of(written(BOOK, {}), GERMAN) == (german, [])
    assert book_of(written(BOOK, IN_GERMAN), SAY_ENGLISH)[1] != []


def signed(book: Workbook) -> list[Worded]:
    """The lines of the last part, which is a panel to sign in."""
    part = book.parts[-1]
    assert isinstance(part, Part) and isinstance(part.blocks[0], Signature)
    return [line.title for line in part.blocks[0].lines]


def test_what_templates_and_deckgen_say_stays_tagged_until_it_is_translated() -> None:
    say = own("qaa", {})
    text = "# B\nRole: R\n\n## T\nWhen: w\n\n### A\nId: a\nCards: F1\n\n"
    text += "#### Our actions\nStatuses: X, Y\n\n#### Mine\nTable: Who, Row\n\n## Sign off\nHere.\n"
    book, found = read_workbook(text, "a.md", "a", KNOWN, say)
    assert found == []
    frame, last = book.parts
    assert isinstance(frame, TimeFrame) and isinstance(last, Part)
    given, mine = frame.activities[0].blocks
    assert isinstance(given, Table) and isinstance(mine, Table)
    english = [(Run(t, language="en"),) for t in ("Action", "Who", "By when", "Status")]
    assert [column.title for column in given.columns] == english
    assert given.each == english[0] and given.title == "Our actions"
    assert [column.title for column in mine.columns] == ["Who", "Row"]  # the person's own
    assert mine.each == (Run("Row", language="en"),)
    assert {block.title for block in last.blocks} > {(Run("Manager who agrees", language="en"),)}
    assert [column.id for column in given.columns] == ["what", "who", "by-when", "status"]


def confused(say: Wording, keys: Iterable[str]) -> list[str]:
    """Labels whose name is taken for that of another one."""
    return [key for key in sorted(keys) if say.key_in(plain(say(key)), sorted(keys)) != key]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_two_labels_of_a_catalogue_have_one_name(file: Path) -> None:
    say = wording_in(file.stem)
    assert confused(say, LABELS) == confused(say, BOOK_LABELS) == []


def test_two_labels_of_one_name_would_be_found() -> None:
    assert confused(own("de", {"Id": "Art"}), LABELS) == ["Id"]
    assert confused(own("de", {"Id": "Kind"}), LABELS) == ["Id"]

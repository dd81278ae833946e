"""What is nearly right is named as what it was meant for, and nothing else is said of it."""

from __future__ import annotations

import pytest

from deckgen.content.cards import read_cards
from deckgen.content.load import load_content
from deckgen.model.deck import Section
from deckgen.problem import Place, Problem
from deckgen.project import Project
from deckgen.proof.read import content_of
from tests.kinds import KINDS
from tests.problems.test_samples import ROOT, TODAY, mini_files

SECTION = Section("P", "Prevent", "blue-grey", "book", 2, Place("content/deck.toml"))
CARD = """# P{n} Title {n}
Id: title-{n}
See also: P1

Lead of P1 and P2.

- Point

## Talk about it
- Why?
- When?

"""
TWO = CARD.format(n=1) + CARD.format(n=2)


def read(text: str) -> tuple[list[str], list[Problem]]:
    cards, found = read_cards(text, "content/cards/P.md", SECTION, KINDS)
    return [f"{card.code} {card.title}" for card in cards], found


@pytest.mark.parametrize(
    ("written", "code", "todo"),
    [
        ("P2 Title 2", "text-stray", "Write: # P2 Title 2"),
        ("  **P2 – Title 2**", "text-stray", "Write: # P2 – Title 2"),
        ("## P2 Title 2", "heading-unknown", "Write one: # P2 Title 2"),
        ("###P2: Title 2", "heading-unknown", "Write one: # P2: Title 2"),
    ],
)
def test_a_card_without_its_own_sign(written: str, code: str, todo: str) -> None:
    text = TWO.replace("# P2 Title 2", written)
    cards, found = read(text)
    assert cards == ["P1 Title 1", "P2 Title 2"]
    at = text[: text.index(written.strip())].count("\n") + 1
    assert [(p.code, p.place.line, p.todo) for p in found] == [(code, at, todo)]
    alone = TWO.replace("# P2 Title 2\nId: title-2\nSee also: P1", "P2 Title 2")
    assert [p.code for p in read(alone)[1]] == ["text-stray"]


@pytest.mark.parametrize(
    "lead",
    ["P2 goes with this.", "P1 and P2 go together", "P9 Days without fire\nare many.", "K2 Other"],
)
def test_words_that_begin_with_a_code_are_words(lead: str) -> None:
    cards, found = read(TWO.replace("Lead of P1 and P2.", lead, 1))
    assert (cards, found) == (["P1 Title 1", "P2 Title 2"], [])


def named(*names: tuple[str, str]) -> list[Problem]:
    """The problems of the small project with files renamed; what is not read is said so."""
    files, ignored = mini_files(), []
    for old, new in names:
        data = files.pop(old)
        if new.endswith((".md", ".toml")):
            files[new] = data
        else:
            ignored.append(Problem("file-ignored", Place(new), "Not read.", "Rename it."))
    return content_of(Project(ROOT, files, tuple(ignored), today=TODAY))[1]


@pytest.mark.parametrize(
    ("there", "todo"),
    [
        ("content/cards/D.md.txt", "Rename that to D.md."),
        ("content/cards/d.txt", "Rename that to D.md."),
        ("content/cards/D.docx", "Save that as plain text under the name D.md."),
    ],
)
def test_a_file_of_nearly_the_name_is_linked_to_the_one_that_is_missing(
    there: str, todo: str
) -> None:
    found = [p for p in named(("content/cards/D.md", there)) if p.code.startswith("file-")]
    assert [(p.code, p.place.file) for p in found] == [("file-missing", "content/cards/D.md")]
    assert there.rpartition("/")[2] in found[0].found and todo in found[0].todo


def test_a_workbook_of_nearly_the_name() -> None:
    found = named(("content/workbooks/bakers.md", "content/workbooks/Bakers.md"))
    assert [p.todo for p in found if p.code == "file-missing"] == ["Rename Bakers.md to bakers.md."]


@pytest.mark.parametrize("prefix", ["CON", "PRN", "AUX", "NUL"])
def test_no_section_has_a_name_that_windows_cannot_store(prefix: str) -> None:
    files = mini_files()
    deck = files["content/deck.toml"].replace(b'prefix = "D"', f'prefix = "{prefix}"'.encode())
    content, found = load_content({**files, "content/deck.toml": deck})
    assert content is None
    assert [(p.code, p.place.line > 1) for p in found] == [("setting-invalid", True)]
    assert f"{prefix}.md" in found[0].todo and f"{prefix}X" in found[0].todo


def test_markup_in_the_words_of_the_deck_is_reported_where_it_stands() -> None:
    files = mini_files()
    text = files["content/deck.toml"].decode()
    at = text[: text.index("how_to_use")].count("\n") + 1
    start = text.index("how_to_use")
    first = text[start:].split('"')[1]
    files["content/deck.toml"] = text.replace(first, f"Read *all* {first}", 1).encode()
    _, found = load_content(files)
    (fault,) = found
    line = files["content/deck.toml"].decode().split("\n")[fault.place.line - 1]
    assert fault.code == "markup-unknown" and fault.place.line >= at
    assert line[fault.place.column - 1 :].startswith("*all*")

"""Whatever stands in a settings file or a file of cards, reading it gives problems, never a crash.

The texts are our own with pieces cut, doubled, swapped or replaced by what parsers stumble over.
Hypothesis makes them from a fixed seed, so that each run tries the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.content import inline as inline_module
from deckgen.content.cards import read_cards
from deckgen.content.deck import DeckSettings
from deckgen.content.ids import id_problems
from deckgen.content.register import RegisterSettings
from deckgen.content.workbook import read_workbook
from deckgen.design.icons import IconFile
from deckgen.design.load_palettes import PaletteFile
from deckgen.design.stock import Stock
from deckgen.design.theme import Theme
from deckgen.editions.declarations import ChangesFile
from deckgen.editions.lockfile import lock_text, read_lock
from deckgen.model.deck import Section
from deckgen.model.text import Text
from deckgen.problem import LONGEST, Place, Problem, blocks
from deckgen.project import read_project
from deckgen.settings import read_settings
from deckgen.source import read_source
from tests.conftest import ROOT
from tests.editions.test_lockfile import lock
from tests.kinds import KINDS
from tests.problems.test_samples import mini_files
from tests.test_schemas import CHANGES

BOUNDED = settings(
    max_examples=60, derandomize=True, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip

ODD = [
    *("nan", "-inf", "1e999", "9" * 5000, "0x" + "F" * 5000, "0o7", "1_0", "00", "-0", "+1"),
    *("[" * 900, "{a=" * 300, "]]", "}", '"""', "'''", '"', "'", "=", "#", "\\", "\n", "\r\n"),
    *("0000-01-01", "9999-99-99", "2026-01-02T25:00:00Z", "12:00", "true", "[]", "{}", '""'),
    *("\\ud800", "\\U0010ffff", "\\u0000", "\\x", "\0", "\u202e", "\u0301", "\U0001f600", "é"),
    *("a.b.c = 1\n", "[sections]\n", "[[edition]]\n", "[a.b]\n", '"" = 1\n', "." * 300, "a." * 300),
    *(
        "**",
        "*",
        "_",
        "- ",
        "# ",
        "## ",
        "K1–K999999",
        "Id: ",
        "{cy: ",
        "}",
        "<b>",
        "[x](y)",
        "| |",
    ),
]


def mutations(text: str) -> st.SearchStrategy[str]:
    """The text with up to four stretches replaced."""
    at = st.integers(0, len(text))
    piece = st.one_of(st.sampled_from(ODD), st.text(max_size=8), at.map(lambda n: text[n : n + 40]))
    return st.lists(st.tuples(at, st.integers(0, 60), piece), min_size=1, max_size=4).map(
        lambda changes: mutated(text, changes)
    )


def mutated(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    return text


def assert_placed(found: list[Problem], text: str, file: str) -> None:
    """Each fault has a line that is there, and words for people."""
    for fault in found:
        assert fault.place.file == file and 0 <= fault.place.line <= text.count("\n") + 1
        assert fault.found and fault.todo and len(fault.found) <= LONGEST
        for jargon in ("msgspec", "Struct", "object at", "Expected `", "<class", "$."):
            assert jargon not in fault.found + fault.todo


FILES = {**read_project(ROOT).files, "content/deck.toml": mini_files()["content/deck.toml"]}
SETTINGS = {
    "content/deck.toml": DeckSettings,
    "content/references.toml": RegisterSettings,
    "templates/themes/pocket.toml": Theme,
    "templates/stocks/a4.toml": Stock,
    "templates/palette.toml": PaletteFile,
    "templates/icons.toml": dict[str, IconFile],
    "2-changes.toml": ChangesFile,
}
FILES["2-changes.toml"] = CHANGES.encode()


@pytest.mark.parametrize("file", SETTINGS)
@given(data=st.data())
@BOUNDED
def test_settings(file: str, data: st.DataObject) -> None:
    text = data.draw(mutations(FILES[file].decode()))
    value, found = read_settings(text, file, SETTINGS[file])
    assert (value is None) == bool(found)
    assert_placed(found, text, file)


LOCK = lock_text(lock())


@given(mutations(LOCK))
@BOUNDED
def test_locks(text: str) -> None:
    file = "content/editions/1.toml"
    decoded, found = read_source(text.encode("utf-8", "surrogatepass"), file)
    if decoded is not None:
        made, found = read_lock(decoded, file)
        assert (made is None) == blocks(found)
        assert made is None or decoded.split() == LOCK.split()  # or nothing was changed
    assert_placed(found, text, file)


@given(st.binary(max_size=60), st.integers(0, 500))
@BOUNDED
def test_bytes(odd: bytes, at: int) -> None:
    raw = FILES["content/deck.toml"]
    text, found = read_source(raw[:at] + odd + raw[at:], "content/deck.toml")
    assert text is not None or blocks(found)


SECTION = Section("D", "Dough", "blue-grey", "book", 2, Place("content/deck.toml"))


@given(mutations(mini_files()["content/cards/D.md"].decode()))
@BOUNDED
def test_cards(text: str) -> None:
    cards, found = read_cards(text, "content/cards/D.md", SECTION, KINDS)
    assert_placed([*found, *id_problems(cards)], text, "content/cards/D.md")


@given(mutations(mini_files()["content/workbooks/bakers.md"].decode()))
@BOUNDED
def test_workbooks(text: str) -> None:
    _, found = read_workbook(text, "content/workbooks/bakers.md", "bakers")
    assert_placed(found, text, "content/workbooks/bakers.md")


PIECES = ["**", "*", "_", "__", " ", "a", "b.", ",", "(", ")", "é", "—", "“", "\u00a0", "½", "!"]
PIECES += ["**a**", " **b** ", "1", "  ", "{cy: ", "}", '"', "'", "\\", "`", "\ufdd0"]


def set_as(written: str, pieces: Sequence[inline_module.Piece]) -> Text:
    return inline_module._merged(inline_module._runs(written, pieces, ()))


def by_the_library(written: str) -> Text:
    return set_as(written, inline_module._parsed(written)[0])


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(BOUNDED, max_examples=400)
def test_bold_is_what_commonmark_has(written: str) -> None:
    """The short way that most words take gives the same as the library."""
    short = set_as(written, inline_module._pieces(written)[0])
    assert short == by_the_library(written)


def test_bold_beside_every_sort_of_letter() -> None:
    """All rows of up to six of the pieces that the rules of CommonMark tell apart."""
    for length in range(7):
        for pieces in product(("**", " ", "a", ".", "("), repeat=length):
            written = "".join(pieces)
            short = set_as(written, inline_module._pieces(written)[0])
            assert short == by_the_library(written), written


def test_most_words_take_the_short_way() -> None:
    """Else the tests above would compare the library with itself."""
    certain = inline_module._CERTAIN.fullmatch
    assert certain("Say **no** early, **now** (or **never**).") and not certain("4*5 **is** 20")
    assert not certain("a**b**c") and not certain("**a") and not certain("** a**")


MEBIBYTE = 1024 * 1024
LONG = ["[", "{a=", "a.", '"', "9", "x=1\n", "[[sections]]\n", "# ", "\n", "é"]


@pytest.mark.parametrize("piece", LONG)
def test_a_megabyte_of_one_thing(piece: str) -> None:
    text = piece * (MEBIBYTE // len(piece))
    for start in ("", "x = ", "title = "):
        value, found = read_settings(start + text, "content/deck.toml", DeckSettings)
        assert value is None and len(found) <= 101
        assert_placed(found, start + text, "content/deck.toml")


LONG_WORDS = ["[", "![", "[a](", "K9 ", "*a", "{cy: a}", "<a", "- a\n", "See also: K1\n"]


@pytest.mark.parametrize("piece", LONG_WORDS)
def test_many_of_one_thing_on_a_card(piece: str) -> None:
    text = "# D1 Title\n\n" + piece * (MEBIBYTE // 16 // len(piece))
    _, found = read_cards(text, "content/cards/D.md", SECTION, KINDS)
    assert blocks(found)

"""Whatever card can be read can be written, and is read as the same card."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from deckgen.content.cards import read_cards
from deckgen.content.references import read_codes
from deckgen.content.write_cards import write_card, written_codes
from deckgen.interchange.deck import as_said, kind_of
from deckgen.model.deck import Card, Section
from deckgen.problem import Place, blocks
from tests.kinds import KINDS
from tests.made_up_cards import PICTURES, cards

SECTION = Section("K", "Knowledge", "pink", "key", 2, Place("content/deck.toml", 1))
TALK = "# K1 T\nId: the-card\n\n{}\n\n- one\n\n## Talk about it\n- a?\n- b?\n"


def read(text: str) -> tuple[Card, bool]:
    """The card of a text, and whether nothing was wrong with it."""
    found_cards, found = read_cards(text, "K.md", SECTION, KINDS, PICTURES)
    return found_cards[0], len(found_cards) == 1 and not blocks(found)


def written(card: Card) -> str:
    kind = kind_of(card, KINDS)
    return write_card(card, "" if kind is KINDS.usual else kind.key)


@given(cards())
@example("# K1 plain words\nKind: question\n\nplain words\n\n## Behind it\nA Id\\: no\n")
def test_any_card_is_written_and_read_again(text: str) -> None:
    card, fine = read(text)
    event("readable" if fine else "with faults")
    assume(fine)
    again, still_fine = read(written(card))
    assert still_fine, written(card)
    assert as_said(again) == as_said(card), written(card)


@pytest.mark.parametrize(
    "lead",
    [
        *("**a {fr: b} c**", "{cy: bore **da**} x", "Id\\: none", "\\- no point", "1\\. none"),
        *("\\=1", "a\\|b", "&#42;&#42;a&#42;&#42;", "\\# none", "\\> none", "\\| a | b \\|"),
        *(
            "Two.\n\nThree **four**\n\n**five**",
            "see https://x.org/a_b, or not",
            "https://x.org/a_b &#32;",
            "\\!\\[a](b)",
        ),
        *(
            "e&#769;",
            "a&#32;&#32;b",
            "{fr: a&#123;b&#125;}",
            "&#8211; dash",
            "K&#50; none",
            "See also K7 (no card)",
            'e&#769; z\u00ada "so"',
            "\\`x\\`",
            "\\\\",
        ),
    ],
)
def test_words_that_look_like_signs_stay_words(lead: str) -> None:
    card, fine = read(TALK.format(lead))
    assert fine
    again, fine = read(written(card))
    assert fine and as_said(again) == as_said(card)


def test_ordinary_words_are_written_as_they_are() -> None:
    text = TALK.format("Don’t wait: ask (5 % do), “now” – for £3.50 – and use **bold** words.")
    assert written(read(text)[0]) == text


references = st.lists(
    st.sampled_from(["K1", "K2", "K3", "K1–K3", "K2–K6", "K5–K6", "R1–R3", "R2", "K9"]), max_size=6
).map(", ".join)


@given(references)
@example("K3, K1–K3")
@example("K1–K3, K3–K5")
@example("R1, K9, R1–R3")
@example("K3, K1–K3, K9")
@example("K2, K1, K2–K6")
def test_any_list_of_codes_is_written_and_read_again(said: str) -> None:
    place = Place("x")
    codes, _ = read_codes(said, place)
    assert read_codes(written_codes(codes), place)[0] == codes

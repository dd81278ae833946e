from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.editions.fingerprint import (
    CODE_LENGTH,
    CODE_LETTERS,
    as_meant,
    check_code,
    face_prints,
    meaning_print,
    words_print,
)
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.drawing import Element, Shape, TextLine
from deckgen.model.snapshot import WordsPart
from tests.editions.made_up import card


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Wait 4–6 weeks!", ("wait", "4~6", "weeks", "!")),
        ("Keep at −5 °C, or £3.50", ("keep", "at", "-5", "°", "c", "or", "£", "3.50")),
        ("**Don’t** wait: call", ("don't", "wait", "call")),
        ("No, stop", ("no|", "stop")),
        ("COVID-19 and K7-K9", ("COVID", "19", "and", "k7", "k9")),
        ("{cy: Bore da}, 3½", ("bore", "da", "3", "1/2")),
        ("Ask jo@a-b.org. Now", ("ask", "jo@a-b.org", "now")),
    ],
)
def test_bare_words_keep_what_carries_meaning(written: str, meant: tuple[str, ...]) -> None:
    assert as_meant(written) == meant


def test_parts_do_not_run_into_each_other() -> None:
    prints = {
        words_print([WordsPart("points", ("a b",))]),
        words_print([WordsPart("points", ("a", "b"))]),
        words_print([WordsPart("points", ("a",)), WordsPart("b", ())]),
        words_print([WordsPart("points", ("b", "a"))]),
    }
    assert len(prints) == 4


def test_a_card_means_the_cards_it_goes_with_and_not_their_numbers() -> None:
    one = card(goes_with=("K2",), links=("teams",))
    assert meaning_print(one) == meaning_print(card(goes_with=("K3",), links=("teams",)))
    assert meaning_print(one) != meaning_print(card(goes_with=("K2",), links=("values",)))


def test_check_codes_are_short_and_can_be_read_out() -> None:
    codes = {check_code("feedback", str(number)) for number in range(2000)}
    assert len(codes) > 1990
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(CODE_LETTERS)
    assert check_code("a", "b") != check_code("ab")


FONTS = dict.fromkeys(("regular", "medium", "semibold", "bold", "extrabold"), "one file")


def test_the_same_words_in_other_letters_are_another_face(cards: tuple[CardFaces, ...]) -> None:
    front = [cards[0].front]
    other = FONTS | {"extrabold": "another file"}
    assert face_prints(front, FONTS)[0] != face_prints(front, other)[0]
    unused = FONTS | {"semibold-italic": "another file"}
    assert face_prints(front, FONTS)[0] == face_prints(front, unused)[0]


def moved(element: Element) -> Element:
    """The same with its first mark in another colour, wherever that is."""
    kids = list(element.kids)
    for at, kid in enumerate(kids):
        if isinstance(kid, Element):
            other: object = moved(kid)
        elif isinstance(kid, TextLine):
            other = replace(kid, x_pt=kid.x_pt + 0.01)
        elif isinstance(kid, Shape):
            other = replace(kid, width_pt=kid.width_pt + 0.01)
        else:
            continue
        if other != kid:
            kids[at] = other  # type: ignore[call-overload]
            return replace(element, kids=tuple(kids))
    return element


def test_every_visible_mark_counts_and_a_stamp_only_if_asked(cards: tuple[CardFaces, ...]) -> None:
    front = cards[0].front
    for at, element in enumerate(front.elements):
        other = moved(element)
        if other == element:
            continue
        elements = (*front.elements[:at], other, *front.elements[at + 1 :])
        changed = replace(front, elements=elements)
        assert face_prints([changed], FONTS)[1] != face_prints([front], FONTS)[1]
        same = face_prints([changed], FONTS)[0] == face_prints([front], FONTS)[0]
        assert same is element.stamp
    assert any(element.stamp for element in front.elements)
    assert face_prints([front], FONTS)[1] != face_prints([front], FONTS)[0]


def test_rounding_in_a_machine_makes_no_difference(cards: tuple[CardFaces, ...]) -> None:
    front = cards[0].front
    size = replace(front.size, width_pt=front.size.width_pt * (1 + 1e-12))
    assert face_prints([front], FONTS)[1] == face_prints([replace(front, size=size)], FONTS)[1]

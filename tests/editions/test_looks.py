"""What faces look like, and what that hangs on."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.content.load import Content
from deckgen.design.load import Design
from deckgen.editions.looks import (
    changed_looks,
    facts_of_look,
    font_prints,
    look_facts,
    pages_by_key,
    with_faces,
    with_pages,
)
from deckgen.editions.snapshot import snapshot_of
from deckgen.layout.faces.deck import CardFaces
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, Group
from deckgen.model.snapshot import Snapshot
from deckgen.model.workbook import Workbook
from tests.layout.made_up import design_of, faces_of

Pair = dict[str, tuple[Drawing, Drawing]]


def drawn(cards: tuple[CardFaces, ...]) -> Pair:
    return {faces.code: (faces.front, faces.back) for faces in cards}


def prints(cards: tuple[CardFaces, ...]) -> dict[str, tuple[str, str]]:
    return {faces.code: faces.prints for faces in cards}


def facts(
    files: dict[str, bytes], deck: Deck, workbook: Workbook, design: Design, faces: Pair
) -> Snapshot:
    content = Content(deck, workbook, "gallery", "a4", deck.place, deck.place)
    made = look_facts(files, content, design, faces)
    return snapshot_of(deck, [workbook], made)


def test_the_same_faces_have_the_same_look(deck: Deck, workbook: Workbook, design: Design) -> None:
    plain = snapshot_of(deck, [workbook])
    one, two = (with_faces(plain, prints(faces_of(deck, workbook, design)[0])) for _ in range(2))
    assert one == two and all(card.look and card.face for card in one.cards)
    saver = design_of(theme="masthead")
    others = with_faces(plain, prints(faces_of(deck, workbook, saver)[0]))
    assert all(a.look != b.look for a, b in zip(one.cards, others.cards, strict=True))
    assert with_faces(plain, {}) == plain


def test_a_look_leaves_the_mark_out_and_a_face_does_not(
    deck: Deck, workbook: Workbook, design: Design
) -> None:
    plain = snapshot_of(deck, [workbook])
    later = replace(deck, edition=replace(deck.edition, number="8"))
    one, two = (with_faces(plain, prints(faces_of(d, workbook, design)[0])) for d in (deck, later))
    assert [c.look for c in one.cards] == [c.look for c in two.cards]
    assert all(a.face != b.face for a, b in zip(one.cards, two.cards, strict=True))


def test_every_fact_that_changes_is_named(
    files: dict[str, bytes],
    deck: Deck,
    workbook: Workbook,
    design: Design,
    cards: tuple[CardFaces, ...],
) -> None:
    before = facts(files, deck, workbook, design, drawn(cards))
    names = [fact.name for fact in before.looks if not fact.section]
    assert changed_looks(before, before, names) == []
    theme = {**files, "templates/themes/gallery.toml": b"x"}
    after = facts(theme, deck, workbook, design, drawn(cards))
    assert changed_looks(before, after, names) == ["theme files", "theme gallery files"]
    assert changed_looks(before, after, ["never known"]) == ["never known"]
    sections = {(f.name, f.section): f.value for f in before.looks if f.section}
    assert sections["section name", "A"] == "Apples"
    assert sections["size of type", "A"].endswith(" pt")
    assert sections["section colour", "A"] != sections["section colour", "B"]


def test_the_facts_of_a_look_are_among_those_that_are_kept(
    files: dict[str, bytes], deck: Deck, workbook: Workbook, design: Design
) -> None:
    kept = {fact.name for fact in facts(files, deck, workbook, design, {}).known_looks}
    assert set(facts_of_look("masthead", "a3", press=False)) <= kept
    assert set(facts_of_look("gallery", "a4", press=True)) <= kept
    assert not set(facts_of_look("none", "a4", press=False)) <= kept


def test_pages_are_known_by_their_keys(
    deck: Deck, workbook: Workbook, design: Design, cards: tuple[CardFaces, ...]
) -> None:
    a_face = cards[0].front
    named = [
        replace(a_face, groups=(Group(f"workbook-{key}", "Any"),))
        for key in ("cover", "immediate-1", "immediate-1", "overview", "formats")
    ]
    pages = pages_by_key(workbook, named)
    assert {key: len(found) for key, found in pages.items()} == {
        "made-up/cover": 1,
        "made-up/immediate-1": 2,
        "made-up/overview": 1,
        "made-up/formats": 1,
    }
    plain = snapshot_of(deck, [workbook])
    looked = with_pages(plain, pages, design.book)
    assert {page.key for page in looked.pages if page.look} == set(pages)
    assert font_prints(design.book).keys() == design.book.faces.keys()

"""A small deck made by hand, and the project's own templates and fonts."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from deckgen.design.load import Design, load_design
from deckgen.layout.faces.deck import CardFaces, deck_problems, set_deck
from deckgen.layout.workbooks.workbook import finished, set_workbook
from deckgen.model.deck import Card, CardCode, Deck, Edition, Reference, Section
from deckgen.model.drawing import Drawing
from deckgen.model.edition import Mark
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.text import words
from deckgen.model.workbook import (
    About,
    Activity,
    Block,
    Box,
    Checklist,
    Colours,
    Column,
    Frames,
    Part,
    Rating,
    Signature,
    Step,
    Steps,
    Summary,
    Table,
    TimeFrame,
    Words,
    Workbook,
)
from deckgen.problem import Place, Problem, blocks
from tests.kinds import USUAL, parts_of

ROOT = Path(__file__).resolve().parents[2]
HERE = Place("content/made-up.md", 1)


def plain_marks(deck: Deck) -> dict[str, Mark]:
    """A mark for every card of a deck whose cards have no check codes of their own."""
    edition = deck.edition
    mark = Mark(edition, "0000", edition.tag)
    return dict.fromkeys((*(str(card.code) for card in deck.cards), INDEX_CODE), mark)


def mark_of(label: str, review: date, code: str = "7Q2M") -> Mark:
    """The mark of an edition that is called so: "Edition 2 draft"."""
    number = label.removesuffix(" draft").split()[-1]
    after = label.startswith("Draft after")
    edition = Edition(number, date(2026, 11, 23), review, "draft" in label.lower(), after)
    return Mark(edition, code, edition.tag)


def look_files() -> dict[str, bytes]:
    """The project's templates and fonts by project-relative name."""
    return dict(_look_files())


@cache
def _look_files() -> dict[str, bytes]:
    paths = [*ROOT.glob("templates/**/*.toml"), *ROOT.glob("fonts/*.ttf")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    return look_files()


@cache  # a Design is frozen, and it takes time to measure four fonts
def design_of(
    theme: str = "gallery",
    *,
    stock: str = "a4",
    ink_saver: bool = False,
    large_print: bool = False,
    qr: bool = False,
) -> Design:
    design, problems = load_design(
        look_files(), theme, stock, ink_saver=ink_saver, large_print=large_print, qr=qr
    )
    assert not problems
    assert design is not None
    return design


@pytest.fixture(scope="session")
def design() -> Design:
    return design_of()


def card(code: str, title: str = "A short title", points: int = 3) -> Card:
    """A card with as many points of ten words as asked for."""
    parsed = CardCode.parse(code)
    assert parsed is not None
    return Card(
        code=parsed,
        title=title,
        parts=parts_of(
            USUAL,
            lead=(words("One sentence says what this card is about."),),
            points=(words("A point of about eight words stands here."),) * points,
            questions=(words("Who knows?"), words("Who asks?")),
        ),
        see_also=(Reference(CardCode("A", 1), HERE),),
        printed_as="",
        place=Place(f"content/cards/{code}.md", 3, 1),
    )


def deck_of(*cards: Card) -> Deck:
    """A deck of two sections, A and B."""
    counts = {p: sum(c.code.prefix == p for c in cards) for p in "AB"}
    sections = (
        Section("A", "Apples", "light-green", "key", counts["A"], HERE),
        Section("B", "Pears", "pink", "book", counts["B"], HERE),
    )
    return Deck(
        title="Fruit",
        subtitle="Cards about fruit",
        publisher="The orchard",
        contact="Ask the gardener",
        language="en-GB",
        edition=Edition("7", date(2026, 1, 2), date(2027, 1, 2)),
        sections=sections,
        cards=cards,
        how_to_use=(words("Pick one."), words("Eat it.")),
        place=Place("content/deck.toml", 1, 1),
    )


@pytest.fixture
def deck() -> Deck:
    return deck_of(card("A1"), card("A2"), card("A3"), card("B1"))


def faces_of(
    deck: Deck, workbook: Workbook, design: Design
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    """Lay out a deck whose cards have no check codes of their own."""
    return lay_out_deck(deck, workbook, design, plain_marks(deck))


def lay_out_deck(
    deck: Deck, workbook: Workbook, design: Design, marks: dict[str, Mark]
) -> tuple[tuple[CardFaces, ...], list[Problem]]:
    """All faces, and everything that is wrong with them."""
    cards, found = set_deck(deck, workbook, design, marks)
    fit = not blocks(found)
    return cards, [*found, *(deck_problems(deck, cards, design, fit=fit) if cards else [])]


def activity(frame: str, code: str) -> Activity:
    parsed = CardCode.parse(code)
    assert parsed is not None
    columns = (
        Column("what", "Action", "wide"),
        Column("who", "Who"),
        Column("by-when", "By when", "date"),
        Column("status", "Status", "choice", ("Not started", "Done")),
    )
    ticks = (words("We asked"), words("We agreed"))
    steps, ids = ("Low", "Middle", "High"), ("low", "middle", "high")
    blocks = (
        Box(id="now", title="What we do now", hint=words("Think.")),
        Box(id="change", title="What we could change", hint=words("Think again.")),
        Rating(id="rating", title="Where are we?", hint=words("Optional."), steps=steps, ids=ids),
        Table(
            id="actions",
            title="Our actions",
            hint=words("Choose."),
            columns=columns,
            rows=2,
            each="Action",
            new_page=True,
        ),
        Checklist(id="checklist", title="Before you finish", items=ticks, ids=("asked", "agreed")),
        Box(id="learned", title="One thing we learned", hint=words("What?"), lines=-1),
    )
    return Activity(
        key=f"{frame}-1",
        number=1,
        title="Do it together",
        goal=words("Agree on one thing."),
        minutes="About an hour",
        cards=(Reference(parsed, HERE),),
        printed_as="",
        blocks=blocks,
        place=Place("content/workbooks/made-up.md", 9, 1),
    )


def part(key: str, title: str, *blocks: Block) -> Part:
    """A part with a lead and a point."""
    lead, points = words("With a lead."), (words("And a point."),)
    return Part(key, title, lead, points, blocks, HERE, key)


@pytest.fixture
def workbook() -> Workbook:
    frames = tuple(
        TimeFrame(key, name, "soon", words("It means this."), (activity(key, code),), HERE)
        for key, name, code in (
            ("immediate", "Immediate", "A1"),
            ("medium-term", "Medium term", "A2"),
            ("longer-term", "Longer term", "A1"),
        )
    )
    asked = (Column("change", "The change"), Column("who", "Who leads"), Column("by-when", "When"))
    signed = tuple(Column(name.lower(), name) for name in ("Name", "Role", "Signed", "Date"))
    steps = Steps(steps=(Step("One", words("Do.")),) * 4)
    return Workbook(
        key="made-up",
        role="Gardeners",
        title="Growing together",
        subtitle="A workbook for gardeners",
        cover_fields=("Garden", "Start date"),
        cover_ids=("garden", "start-date"),
        parts=(
            part("how-to", "How to", steps, Words(id="more", title="More", hint=words("Read."))),
            part("colours", "The colours", Colours()),
            part("frames", "A page", Frames()),
            *frames,
            part("overview", "Overview", Summary(columns=asked)),
            part("sign-off", "Sign off", Signature(id="1", title="Who leads", lines=signed)),
            part("formats", "Formats", About()),
        ),
        place=HERE,
    )


def lay_out_workbook(
    workbook: Workbook, deck: Deck, design: Design
) -> tuple[tuple[Drawing, ...], list[Problem]]:
    """All pages of a workbook, as they are in the deck's edition."""
    return finished(set_workbook(workbook, deck, design), deck)

"""What is read aloud, by the structure alone, is the words of the content files in their order."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from deckgen.building.build import build_files
from deckgen.model.deck import Card
from deckgen.model.edition import Mark, short_month
from deckgen.model.text import Text, plain
from deckgen.model.workbook import (
    Block,
    Checklist,
    Frames,
    Part,
    Rating,
    Steps,
    Words,
    Workbook,
)
from deckgen.options import Options
from deckgen.project import read_project
from tests.accessible.read_tags import words_in_order
from tests.kinds import texts
from tests.laid_out import Layout, lay_out

ROOT = Path(__file__).resolve().parents[2]
PRINTS = {"usual": Options(), "large": Options(large_print=True)}


@pytest.fixture(scope="module", params=PRINTS)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Layout, dict[str, bytes]]:
    """The layout, and the files by the first part of their names."""
    project, options = read_project(ROOT), PRINTS[request.param]
    layout, _ = lay_out(project, options)
    assert layout is not None
    made = build_files(project, options=options, output=tmp_path_factory.mktemp("order"))
    names = ("sheets", "screen", "workbook", "pack")
    return layout, {n: p.read_bytes() for n, p in zip(names, made.outputs, strict=True)}


def card_words(
    card: Card, section: str, uses: tuple[str, ...], mark: Mark
) -> Iterator[tuple[str, str]]:
    """A card of the gallery look as it should be heard."""
    yield "H1", f"{card.code} {card.title}"
    if card.printed_as:
        yield "P", f"Printed as {card.printed_as} in older packs"
    if card.see_also:
        yield "P", " ".join(("Goes with", *(str(ref.code) for ref in card.see_also)))
    yield "P", section
    yield "P", mark.label
    yield "P", f"Review by {short_month(mark.edition.review)}"
    yield "P", plain(texts(card, "lead")[0])
    yield from (("LBody", plain(point)) for point in texts(card, "points"))
    yield "H2", "Talk about it"
    yield from (("LBody", plain(question)) for question in texts(card, "questions"))
    if uses:
        yield "P", f"Workbook: {', '.join(uses)}"


def deck_words(layout: Layout) -> list[tuple[str, str]]:
    """All cards but the index."""
    deck, workbook = layout.content.deck, layout.content.workbook
    state, _ = layout.proof.state
    assert state is not None
    marks = state.marks
    return [
        words
        for card in deck.cards
        for words in card_words(
            card,
            deck.section_of(card.code).name,
            workbook.uses_of(card.code),
            marks[str(card.code)],
        )
    ]


def spaced(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """With every kind of space as one ordinary one."""
    return [(role, " ".join(text.split())) for role, text in found]


@pytest.mark.parametrize("name", ["screen", "sheets"])
def test_cards_are_heard_word_for_word(built: tuple[Layout, dict[str, bytes]], name: str) -> None:
    layout, files = built
    wanted = deck_words(layout)
    heard = spaced(words_in_order(files[name]))
    assert heard[: len(wanted)] == wanted
    assert heard[len(wanted)] == ("H1", f"Index {layout.content.deck.title}")


@pytest.mark.parametrize(
    "options",
    [Options(order="stack"), Options(turn="single"), Options(turn="fold"), Options(copies=2)],
)
def test_however_cards_lie_they_are_heard_in_order(tmp_path: Path, options: Options) -> None:
    project = read_project(ROOT)
    layout, _ = lay_out(project, options)
    assert layout is not None
    made = build_files(project, ["sheets"], options, output=tmp_path)
    heard = spaced(words_in_order(made.outputs[0].read_bytes()))
    wanted = deck_words(layout)
    assert heard[: len(wanted)] == wanted


def block_texts(book: Workbook, block: Block) -> Iterator[str | Text]:
    yield from (block.title, block.hint)
    match block:
        case Words():
            yield from block.points
        case Steps():
            yield from (words for step in block.steps for words in (step.title, step.text))
        case Rating():
            yield from block.steps
        case Checklist():
            yield from block.items
        case Frames():
            yield from (words for frame in book.frames for words in (frame.name, frame.meaning))


def workbook_texts(layout: Layout) -> list[str]:
    """Every text of the workbook's content file, in the order of its pages."""
    book = layout.content.workbook
    texts: list[str | Text] = [book.title, book.subtitle, *book.cover_fields]
    for part in book.parts:
        if isinstance(part, Part):
            texts += [part.title, part.lead, *(() if part.ends else part.points)]
            texts += [words for block in part.blocks for words in block_texts(book, block)]
            texts += part.points if part.ends else ()
            continue
        for activity in part.activities:
            texts += [activity.title, activity.goal, activity.minutes]
            texts += [words for block in activity.blocks for words in block_texts(book, block)]
    return [" ".join((t if isinstance(t, str) else plain(t)).split()) for t in texts]


@pytest.mark.parametrize("name", ["workbook", "pack"])
def test_the_workbook_is_heard_in_order(built: tuple[Layout, dict[str, bytes]], name: str) -> None:
    layout, files = built
    heard = " ".join(text for _, text in spaced(words_in_order(files[name])))
    at = heard.index(layout.content.workbook.subtitle)
    at = heard.rindex(layout.content.workbook.title, 0, at)
    for text in workbook_texts(layout):
        found = heard.find(text, at)
        assert found >= 0, text
        at = found + len(text)


def test_a_changed_order_is_heard(built: tuple[Layout, dict[str, bytes]]) -> None:
    layout, files = built
    with pikepdf.open(BytesIO(files["screen"])) as document:
        card = document.Root.StructTreeRoot.K.K[0].K[0]
        kids = list(card.K)
        card.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])
        out = BytesIO()
        document.save(out)
    wanted = deck_words(layout)
    heard = spaced(words_in_order(out.getvalue()))
    assert heard[: len(wanted)] != wanted
    assert sorted(heard[: len(wanted)]) == sorted(wanted)

"""Every part that a card has is drawn somewhere, or somebody is told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.building.check import check
from deckgen.model.card_kind import Takes
from deckgen.model.drawing import TextLine
from deckgen.options import Options
from deckgen.products.job import Job
from deckgen.project import Project
from deckgen.proof.proof import Proof
from tests.example_decks import example

KIND = 'name = "Odd"\n{front}\n[[parts]]\nname = "odd"\ntakes = "{takes}"\n{more}\n'
WRITTEN = {
    Takes.SENTENCE: "Alpha",
    Takes.PARAGRAPHS: "Alpha",
    Takes.POINTS: "- Alpha",
    Takes.STEPS: "1. Alpha",
    Takes.QUESTIONS: "- Alpha",
    Takes.QUOTATION: "> Alpha",
    Takes.FACTS: "| Alpha | Beta |",  # one row: there are no rules between rows
    Takes.ADDRESS: "[Alpha](http://example.org)",
}


def deck(takes: Takes, more: str, front: str = "") -> Project:
    """One card of one part."""
    blank = example("blank")
    title, _, _ = blank.files["content/deck.toml"].decode().partition("[[sections]]")
    section = '[[sections]]\nprefix = "A"\nname = "Odd"\ncards = 1\nkind = "odd"\n'
    kept = {n: d for n, d in blank.files.items() if not n.startswith("content/")}
    made = {
        "content/deck.toml": title + section,
        "content/cards/A.md": f"# A1 Title\nId: odd-one\n\n{WRITTEN[takes]}\n",
        "templates/cards/odd.toml": KIND.format(takes=takes, more=more, front=front),
    }
    files = {**kept, **{name: text.encode() for name, text in made.items()}}
    return replace(blank, files=dict(sorted(files.items())))


def drawn(project: Project) -> str:
    """All words of both sides of the card."""
    card = Job(Proof(project), Options()).chosen()[0]
    marks = [*card.front.marks(), *card.back.marks()]
    return " ".join(run.text for m in marks if isinstance(m, TextLine) for run in m.runs)


@pytest.mark.parametrize("more", ["", 'side = "front"', 'side = "front"\npanel = true'])
@pytest.mark.parametrize("front", ["", 'front = "words"'])
@pytest.mark.parametrize("takes", WRITTEN)
def test_words_are_drawn_or_it_is_told_that_they_have_no_place(
    takes: Takes, more: str, front: str
) -> None:
    project = deck(takes, more, front)
    found = check(project)
    if "front" in more and not front:
        assert [p.code for p in found] == ["template-unknown"]
        assert "the place on the front for “odd”" in found[0].found
        assert "front = “words”" in found[0].todo
    else:
        assert found == [] and "Alpha" in drawn(project)

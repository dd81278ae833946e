"""A proof that takes from an earlier one is the same as one that is made from nothing."""

from __future__ import annotations

import gc
import re

import pytest
from msgspec.structs import replace

from deckgen.layout.faces import deck
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.options import Look
from deckgen.project import Project
from deckgen.proof.proof import OWN, Proof
from tests.control.story_deck import StoryDeck

K, DECK = "content/cards/K.md", "content/deck.toml"
LONG = "Ask early, " + "and then ask again, " * 12


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An edition is issued and the next one begun."""
    deck = StoryDeck(tmp_path_factory.mktemp("before") / "deck")
    deck.number("1", 2027)
    deck.issue("1")
    deck.number("2", 2028)
    deck.edit(K, "Ask early", "Ask soon")
    deck.declare({})
    return deck.project()


@pytest.fixture(scope="module")
def earlier(draft: Project) -> Proof:
    proof = Proof(draft)
    everything(proof)
    return proof


def everything(proof: Proof) -> list[object]:
    """All that is known and laid out of a project."""
    state, problems = proof.state
    snapshot = proof.drawn.snapshot if proof.drawn else None
    looks = [proof.cards(look) for look in (OWN, Look(large_print=True))]
    books = [proof.workbook(role, OWN) for role in ("", "social care teams")]
    return [snapshot, state and state.marks, problems, looks, books]


def edited(project: Project, file: str, old: str, new: str) -> Project:
    """A pattern replaced in a file, where it comes first."""
    text, count = re.subn(old, new, project.files[file].decode("utf-8"), count=1)
    assert count, (file, old)
    return replace(project, files={**project.files, file: text.encode("utf-8")})


EDITS = {
    "nothing": (K, "Ask soon", "Ask soon"),
    "a word": (K, "Ask soon", "Ask often"),
    "a size class": (K, "Ask soon", LONG),
    "a title": (K, "# K5 Room for new ideas", "# K5 Space for new ideas"),
    "back to the edition": (K, "Ask soon", "Ask early"),
    "a line above": (K, "# K1 ", "\n\n# K1 "),
    "a number": (K, "# K12 ", "# K13 "),
    "two cards exchanged": (K, r"# K1 ((?s:.*?))# K2 ", r"# K2 \1# K1 "),
    "another first card": (K, "# K1 ", "# K11 "),
    "an error": (K, "See also:", "See allso:"),
    "a card that goes with it": (K, "See also: .*", "See also: KC2"),
    "a section's name": (DECK, 'name = "Knowledge"', 'name = "What we know"'),
    "a section's colour": (DECK, 'palette = "light-green"', 'palette = "brown"'),
    "a section's icon": (DECK, 'icon = "key"', 'icon = "book"'),
    "two sections exchanged": (
        DECK,
        r"(\[\[sections\]\]\nprefix(?s:.*?))(\[\[sections\]\](?s:.*?))(?=\[\[)",
        r"\2\1",
    ),
    "the index card": (DECK, "Pick one card", "Take one card"),
    "the edition": (DECK, 'number = "2"', 'number = "3"'),
    "the theme": (DECK, 'theme = "gallery"', 'theme = "masthead"'),
    "a word of the theme": ("templates/themes/gallery.toml", "Goes with", "See also"),
    "a colour": ("templates/palette.toml", "#C9DEA5", "#C9DEA0"),
    "an icon": ("templates/icons.toml", "20.4 20.6", "20.5 20.6"),
    "a font": ("templates/fonts.toml", r"(bold = .*)700Bold", r"\g<1>600SemiBold"),
    "the workbook": ("content/workbooks/practice-learning-managers.md", "Cards: .*", "Cards: K5"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_taken_from_before_is_as_if_made_anew(
    draft: Project, earlier: Proof, edit: str
) -> None:
    project = edited(draft, *EDITS[edit])
    assert everything(Proof(project, earlier)) == everything(Proof(project))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the faces that are drawn from now on; a new mark alone doesn't count."""
    names: list[str] = []
    draw = deck.draw_face

    def noted(*args: object) -> Drawing:
        made = draw(*args)  # type: ignore[arg-type]
        names.append(made.name)
        return made

    monkeypatch.setattr(deck, "draw_face", noted)
    return names


@pytest.mark.parametrize(
    ("edit", "faces"),
    [
        ("nothing", []),
        ("a word", ["K1-front", "K1-back"]),
        ("back to the edition", ["K1-front", "K1-back"]),
        ("a line above", []),
        ("the index card", ["Index-front", "Index-back"]),
        ("the edition", []),
    ],
)
def test_only_what_differs_is_drawn(
    draft: Project, earlier: Proof, drawn: list[str], edit: str, faces: list[str]
) -> None:
    Proof(edited(draft, *EDITS[edit]), earlier).cards(OWN)
    assert drawn == faces


def test_nothing_is_kept_of_the_proof_before_last(draft: Project, earlier: Proof) -> None:
    """Each holds what it made and what the one before it made, and no more."""
    proof, sizes = earlier, []
    for number in range(6):
        proof = Proof(edited(draft, K, "Ask soon", f"Ask {number} times"), proof)
        everything(proof)
        gc.collect()
        sizes.append(sum(isinstance(thing, Deck) for thing in gc.get_objects()))
    assert 0 < sizes[2] == sizes[-1]

"""Three editions of the real deck, with every kind of change that a practice team makes."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from deckgen.building.build import build_files
from deckgen.control.audit import audit_files
from deckgen.control.reissue import plan_reissue, reissue
from deckgen.editions.marking import Stage
from deckgen.model.change import Kind
from deckgen.model.swap import Swaps
from tests.control.story_deck import StoryDeck
from tests.sheets.duplex import code_of, placed_faces, worst_offset_mm

pytestmark = pytest.mark.slow

CARD_MM = (95.0, 137.0)
K, IPM, R = "content/cards/K.md", "content/cards/IPM.md", "content/cards/R.md"
DECK, BOOK = "content/deck.toml", "content/workbooks/practice-learning-managers.md"
NEW_CARD = """
# IPM4 Listen before you plan
Id: listen-first
See also: K1

For you, if you write plans. People who live with a plan know where it will fail.

- Ask before the first draft
- Say what you left out, and why

## Talk about it
- Who was asked last time?
- What did we not do?
"""
LONGER = """Ask them early, and ask again when the plan has changed, before it is too late to mend.
Then tell them what became of it.

- Ask those who will not come to a meeting
- Ask in the places where they are"""


class Story:
    """The deck after all three editions, and what it was on the way."""

    def __init__(self, folder: Path) -> None:
        self.deck = StoryDeck(folder / "deck")
        self.output = folder / "output"
        self.kinds: dict[str, dict[str, Kind]] = {}
        self.sheets: dict[str, bytes] = {}
        self._first()
        self._second()
        self._third()

    def _close(self, edition: str) -> None:
        if edition != "1":
            changed = self.deck.changes().items()
            self.kinds[edition] = {key: c.floor for key, c in changed if not c.follows}
            self.deck.declare({"new-ideas": "The title says what the card is for."})
        self.deck.issue(edition)
        assert self.deck.state().standing.stage is Stage.ISSUED
        result = build_files(
            self.deck.project(),
            ["sheets"],  # type: ignore[list-item]
            output=self.output / edition,
        )
        self.sheets[edition] = result.outputs[0].read_bytes()

    def _first(self) -> None:
        self.deck.edit(
            K, "Make it safe to report near misses", "Make it safe to repotr near misses"
        )
        self.deck.number("1", 2027)
        self._close("1")

    def _second(self) -> None:
        edit = self.deck.edit
        self.deck.number("2", 2028)
        edit(K, "safe to repotr near misses", "safe to report near misses")  # a slip
        edit(K, "A team learns when its members", "A team learns\nwhen its members")  # wrapped anew
        edit(K, "# K5 Room for new ideas", "# K5 Room to try new ideas")  # another title
        edit(K, "- Ask early, while plans can still move", "- Ask early while plans can still move")
        path = self.deck.folder / IPM  # a new card
        path.write_text(path.read_text(encoding="utf-8") + NEW_CARD, encoding="utf-8")
        edit(DECK, 'icon = "clipboard"\ncards = 3', 'icon = "clipboard"\ncards = 4')
        edit(BOOK, "Goal: Give people who use services, and carers, a real part", "Goal: Offer")
        edit(R, "Senge (1990)", "Senge (2006)")
        edit("content/references.toml", '"Senge (1990)', '"Senge (2006)')
        self._close("2")

    def _third(self) -> None:
        edit = self.deck.edit
        self.deck.number("3", 2029)
        self._withdraw_k3()
        for old, new in (("IPM1 ", "IPM9 "), ("IPM2 ", "IPM1 "), ("IPM9 ", "IPM2 ")):
            edit(IPM, f"# {old}", f"# {new}")  # two cards change places
        edit(DECK, 'name = "Front-line workers"', 'name = "Frontline workers"')
        edit("templates/palette.toml", 'srgb = "#B9A0CC"', 'srgb = "#B7A0CC"')
        edit(K, "Stop something before you start something", "Stop one thing for each new thing")
        edit(IPM, "know where it will fail.", f"know where it will fail. {LONGER}")  # smaller type
        self._close("3")

    def _withdraw_k3(self) -> None:
        path = self.deck.folder / K
        text = path.read_text(encoding="utf-8")
        start, end = text.index("# K3 "), text.index("# K4 ")
        text = (text[:start] + text[end:]).replace("See also: K3, R1", "See also: R1")
        path.write_text(text, encoding="utf-8")
        self.deck.edit(
            DECK, 'icon = "book"\ncards = 12', 'icon = "book"\ncards = 11\nwithdrawn = [3]'
        )
        self.deck.edit("content/cards/KC.md", "See also: K1, K2, K3", "See also: K1, K2")
        for name in ("practice-learning-managers", "social-care-teams"):
            path = self.deck.folder / f"content/workbooks/{name}.md"
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"^(Cards: .*)K1–K12", r"\1K1–K2, K4–K12", text, flags=re.MULTILINE)
            text = re.sub(r"^(Cards: .*\b)K3, ", r"\1", text, flags=re.MULTILINE)
            text = re.sub(r"^(Cards: .*), K3\b(?!–)", r"\1", text, flags=re.MULTILINE)
            path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("story"))


# What each edition changed: a typo, a comma, a title, a new card, an activity, a reference. The
# card that was only wrapped anew is not among them, nor are the new card's neighbours.
SECOND = {
    "mistakes": Kind.CORRECTION,
    "new-ideas": Kind.REVISED,
    "feedback": Kind.CORRECTION,
    "listen-first": Kind.NEW,
    "sources": Kind.REVISED,
    "practice-learning-managers/service-users": Kind.REVISED,
}
# A withdrawal, a renumbering, a section's name, a colour, more words; and what follows from them.
THIRD = {
    "across-borders": Kind.WITHDRAWN,
    "structure": Kind.REVISED,  # it named the card that is withdrawn
    "wider-picture": Kind.REVISED,
    "capacity": Kind.REVISED,
    "strategy": Kind.RENUMBERED,
    "workforce": Kind.RENUMBERED,
    "listen-first": Kind.REVISED,
    "money-and-trust": Kind.LAYOUT,  # its section is set in smaller type now
    "learning-at-work": Kind.CORRECTION,  # its section is spelt without a hyphen
    "what-to-expect": Kind.LAYOUT,
    "feedback": Kind.LAYOUT,  # a chip on it has the other section's colour
}


def cards_only(kinds: dict[str, Kind]) -> dict[str, Kind]:
    return {key: kind for key, kind in kinds.items() if "/" not in key}


def test_the_second_edition_changed_what_was_changed_and_no_more(story: Story) -> None:
    assert story.kinds["2"] == SECOND


def test_the_third_edition(story: Story) -> None:
    assert cards_only(story.kinds["3"]) == THIRD


def kinds_of(swaps: Swaps) -> dict[str, Kind]:
    """The kind of each swap by the card's Id."""
    return {card.id: s.kind for s in swaps.swaps if (card := s.new or s.old)}


def planned(story: Story, since: str, leave_out: tuple[Kind, ...] = ()) -> Swaps:
    plan, problems = plan_reissue(story.deck.project(), since, None, leave_out)
    assert plan is not None, problems
    return plan.swaps


def test_swaps_for_those_who_have_the_edition_before(story: Story) -> None:
    swaps = planned(story, "2")
    assert kinds_of(swaps) == THIRD
    assert len(swaps.same) == 23 - len(swaps.put_in)


def test_swaps_for_those_who_skipped_an_edition(story: Story) -> None:
    swaps = planned(story, "1")
    second = cards_only(SECOND)
    assert kinds_of(swaps) == THIRD | second | {
        "listen-first": Kind.NEW,  # revised in edition 3, but new to them
        "feedback": Kind.CORRECTION,  # a comma in edition 2, a look in edition 3
    }
    by_id = {s.new.id: s for s in swaps.swaps if s.new}
    assert by_id["new-ideas"].reason == "The title says what the card is for."
    assert by_id["new-ideas"].old and by_id["new-ideas"].old.edition == "1"
    assert by_id["new-ideas"].new and by_id["new-ideas"].new.edition == "2"
    assert by_id["strategy"].new and by_id["strategy"].new.code == "IPM2"


def test_what_matters_little_may_stay(story: Story) -> None:
    swaps = planned(story, "1", (Kind.LAYOUT, Kind.CORRECTION))
    assert {s.new.id for s in swaps.may_stay if s.new} == {
        *("mistakes", "feedback", "money-and-trust", "learning-at-work", "what-to-expect"),
    }
    assert not {s.new.id for s in swaps.may_stay if s.new} & set(kinds_of(swaps))


def faces_of(data: bytes) -> dict[str, bytes]:
    """What each face draws, operator by operator, read by another library."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return {
            str(name).lstrip("/"): form.read_bytes()
            for page in pdf.pages
            for name, form in page.Resources.XObject.items()
        }


@pytest.mark.parametrize("since", ["1", "2"])
def test_every_other_card_is_drawn_as_it_was_printed(story: Story, since: str) -> None:
    then, now = faces_of(story.sheets[since]), faces_of(story.sheets["3"])
    swaps = planned(story, since)
    drawn_alike = {
        name.removesuffix("-front")
        for name in now
        if name.endswith("-front")
        and now[name] == then.get(name)
        and now[name.replace("-front", "-back")] == then.get(name.replace("-front", "-back"))
    }
    assert drawn_alike == set(swaps.same)


@pytest.fixture(scope="module")
def supplement(story: Story) -> dict[str, bytes]:
    """The supplement's files for those who have edition 1."""
    paths, plan, problems = reissue(story.deck.project(), "1", output=story.output)
    assert plan is not None and paths, problems
    assert {path.parent.name for path in paths} == {"reissue-1-to-3"}
    return {path.name: path.read_bytes() for path in paths}


def test_its_sheets_are_as_true_as_the_decks(supplement: dict[str, bytes], story: Story) -> None:
    data = supplement["supplement-sheets.pdf"]
    assert worst_offset_mm(data, CARD_MM, "long") < 0.1
    fronts = placed_faces(data, CARD_MM)[::2]
    codes = [code_of(face.name) for sheet in fronts for face in sheet]
    assert codes == [*planned(story, "1").put_in, "Index"]
    assert [len(sheet) for sheet in fronts[:-1]] == [4] * (len(fronts) - 1)  # no sheet half empty
    there, whole = PdfReader(BytesIO(data)), PdfReader(BytesIO(story.sheets["3"]))
    for page in there.pages:
        for box in ("mediabox", "trimbox", "cropbox"):
            assert list(getattr(page, box)) == list(getattr(whole.pages[0], box))
    assert len(there.pages) < len(whole.pages)


def test_its_faces_are_those_of_the_whole_deck(supplement: dict[str, bytes], story: Story) -> None:
    whole = faces_of(story.sheets["3"])
    for name, drawn in faces_of(supplement["supplement-sheets.pdf"]).items():
        assert drawn == whole[name], name


def text_of(data: bytes) -> str:
    with pdfium.PdfDocument(data) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return re.sub(r"\s+", " ", " ".join(pages))


def test_the_slip_says_what_to_do(supplement: dict[str, bytes], story: Story) -> None:
    text = text_of(supplement["swap-slip.pdf"])
    first = story.deck.state().ledger.locks[0]
    stop = f"Your deck must be edition 1: its index card says “Edition 1 · {first.code}”"
    assert 0 < text.index(stop) < text.index("Take out")
    assert "Nothing: K3 is withdrawn" in text
    assert "Nothing: this card is new" in text
    assert "was IPM1" in text and "was IPM2" in text
    assert "Then count: 23 cards and the index card" in text
    assert "The title says what the card is for." in text
    for heading in ("New cards", "No longer in force", "Slips that were put right"):
        assert heading in text


def test_all_of_it_is_one_file_with_the_workbook(supplement: dict[str, bytes]) -> None:
    parts = ("swap-slip.pdf", "supplement-sheets.pdf", "workbook.pdf")
    pages = sum(len(PdfReader(BytesIO(supplement[name])).pages) for name in parts)
    whole = PdfReader(BytesIO(supplement["supplement.pdf"]))
    assert pages <= len(whole.pages) <= pages + 2  # with blanks, so that sheets begin on a front
    names = set(whole.get_fields() or {})
    assert "swap-slip" in names and "policies.now" in names


def test_a_deck_of_the_present_edition_needs_nothing(story: Story) -> None:
    paths, plan, problems = reissue(story.deck.project(), "3", output=story.output)
    assert (paths, plan, [p.code for p in problems]) == ((), None, ["edition-unknown"])


def held(story: Story, name: str, data: bytes) -> dict[str, set[str]]:
    """What an audit says of a file: printed codes by status."""
    path = story.output / name
    path.write_bytes(data)
    audit, problems = audit_files(story.deck.project(), [path])
    assert audit is not None, problems
    (file,) = audit.files
    assert not file.refused and not file.cut
    found: dict[str, set[str]] = {"missing": {card.code for card in file.missing}}
    for card in file.cards:
        found.setdefault(card.status.value, set()).add(card.code)
    return {status: codes for status, codes in found.items() if codes}


def test_an_audit_finds_what_is_out_of_date(story: Story) -> None:
    assert set(held(story, "third.pdf", story.sheets["3"])) == {"current"}
    for since in ("1", "2"):
        swaps = planned(story, since)
        old = {s.old.code for s in swaps.swaps if s.old}
        withdrawn = {s.old.code for s in swaps.swaps if s.old and not s.new}
        found = held(story, f"of-{since}.pdf", story.sheets[since])
        assert found["superseded"] == {*(old - withdrawn), "Index"}
        assert found["withdrawn"] == withdrawn == {"K3"}
        assert found["current"] == set(swaps.same)


def test_with_the_supplement_an_old_deck_is_the_new_one(
    story: Story, supplement: dict[str, bytes]
) -> None:
    found = held(story, "supplement.pdf", supplement["supplement-sheets.pdf"])
    put_in = {*planned(story, "1").put_in, "Index"}
    assert found["current"] == put_in
    assert set(found) == {"current", "missing"}
    assert found["missing"] == set(planned(story, "1").same)

"""Pictures and kinds of cards in editions: what counts as words, and what as look."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from deckgen.building.check import check
from deckgen.control.differences import differences
from deckgen.control.reissue import plan_reissue
from deckgen.model.change import Change, Kind
from deckgen.options import Options
from deckgen.problem import blocks
from deckgen.project import read_project
from tests.control.test_issue import change, declare, folder, issued, next_edition

__all__ = ["folder"]  # the fixture

CARD = """
# OV2 The crust
Id: crust
Kind: picture

![A loaf that is brown all over](loaf.png)

Brown all over.

## On the back
Tap it. It sounds hollow.
"""


@pytest.fixture
def shown(folder: Path) -> Path:
    """Edition 3, issued, with a card that shows a picture."""
    picture(folder, (200, 150, 90))
    path = folder / "content/cards/OV.md"
    path.write_text(path.read_text(encoding="utf-8") + CARD, encoding="utf-8")
    change(folder, "deck.toml", "cards = 1", "cards = 2")
    assert not blocks(check(read_project(folder), Options()))
    issued(folder)
    next_edition(folder)
    return folder


def picture(
    folder: Path, colour: tuple[int, int, int], size: tuple[int, int] = (1200, 1000)
) -> None:
    path = folder / "content/pictures/loaf.png"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (1200, 1000), colour).save(path)


def changes(folder: Path) -> dict[str, Change]:
    found, problems = differences(read_project(folder), None)
    assert found, problems
    return {change.key: change for change in found.changes if change.subject == "card"}


def test_the_same_picture_is_no_change(shown: Path) -> None:
    picture(shown, (200, 150, 90))
    assert changes(shown) == {}


def test_another_picture_is_another_look_of_its_card_alone(shown: Path) -> None:
    picture(shown, (90, 60, 30))
    (found,) = changes(shown).values()
    assert (found.code, found.floor) == ("OV2", Kind.LAYOUT)
    assert "picture" in " ".join(found.why)


def test_another_crop_is_another_look(shown: Path) -> None:
    change(shown, "cards/OV.md", "(loaf.png)", '(loaf.png "focus 10% 10%")')
    (found,) = changes(shown).values()
    assert (found.code, found.floor) == ("OV2", Kind.LAYOUT)


def test_what_a_picture_shows_counts_as_words(shown: Path) -> None:
    change(shown, "cards/OV.md", "brown all over", "black all over")
    (found,) = changes(shown).values()
    assert found.floor is Kind.REVISED


def test_another_kind_is_more_than_a_look(shown: Path) -> None:
    change(shown, "cards/OV.md", "Kind: picture", "Kind: text")
    change(shown, "cards/OV.md", "\n![A loaf that is brown all over](loaf.png)\n", "")
    change(shown, "cards/OV.md", "## On the back\nTap", "Tap")
    (found,) = changes(shown).values()
    assert found.code == "OV2" and found.floor.weight >= Kind.REVISED.weight


def test_people_get_the_card_whose_picture_changed(shown: Path) -> None:
    picture(shown, (90, 60, 30))
    declare(shown, ("crust", "layout"))
    issued(shown, "4")
    plan, problems = plan_reissue(read_project(shown), "3")
    assert plan is not None and not blocks(problems)
    assert set(plan.swaps.put_in) == {"OV2"}

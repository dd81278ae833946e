"""The page in a real browser: what a person sees while writing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.live.browser import Browser, browser, served, why_not

pytestmark = pytest.mark.slow

K = "content/cards/K.md"
UP_TO_DATE = "document.getElementById('status').textContent.startsWith('Up to date')"
IN_PLACE = "(i => i.getAttribute('src') === i.dataset.wanted && i.complete && i.naturalWidth > 0)"


@dataclass
class Desk:
    """A project that is being written, and a browser beside it."""

    folder: Path
    tab: Browser
    address: str

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def text(self, selector: str) -> list[str]:
        found = f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)"
        return list(self.tab.evaluate(found))

    def attribute(self, selector: str, name: str) -> Any:
        return self.tab.evaluate(
            f"document.querySelector({json.dumps(selector)}).getAttribute({json.dumps(name)})"
        )

    def is_shown(self, selector: str) -> bool:
        box = f"document.querySelector({json.dumps(selector)})?.getBoundingClientRect().height > 0"
        return bool(self.tab.evaluate(box))

    def is_quiet(self) -> bool:
        """Nothing was complained of, and no request has left this computer."""
        hosts = {urlsplit(url).netloc for url in self.tab.asked()}
        return self.tab.said() == [] and hosts == {urlsplit(self.address).netloc}


@pytest.fixture
def desk(deck_folder: Path) -> Iterator[Desk]:
    if why_not():
        pytest.skip(why_not())
    with served(deck_folder) as address, browser() as tab:
        tab.goto(address)
        tab.until(UP_TO_DATE)
        yield Desk(deck_folder, tab, address)


def test_cards_by_section(desk: Desk) -> None:
    assert desk.text(".section > h2 .count")[:2] == ["4 cards", "12 cards"]
    assert len(desk.text(".card")) == 24
    assert desk.tab.evaluate("document.querySelectorAll('.card .face img').length") == 48
    assert desk.attribute("#card-K5 img", "alt") == "K5 Room for new ideas, front"
    desk.tab.until(f"{IN_PLACE}(document.querySelector('#card-KC1 img'))")
    colour = "getComputedStyle(document.querySelectorAll('.section > h2')[0]).backgroundColor"
    assert desk.tab.evaluate(colour) == "rgb(201, 222, 165)"
    assert "deck" in desk.tab.evaluate("[...document.fonts].map(f => f.family).join()")
    assert desk.tab.evaluate("document.fonts.check('700 16px deck')")
    assert desk.is_quiet()


def test_a_save_shows_without_a_reload_and_nothing_else_moves(desk: Desk) -> None:
    desk.tab.evaluate("window.stayed = true")
    desk.tab.evaluate("document.getElementById('card-K5').scrollIntoView()")
    desk.tab.until(f"{IN_PLACE}(document.querySelector('#card-K5 img'))")
    where = "document.getElementById('card-K5').getBoundingClientRect().top"
    top = desk.tab.evaluate(where)
    pictures = "[...document.querySelectorAll('.card img')].map(i => i.dataset.wanted)"
    before = desk.tab.evaluate(pictures)
    start = time.monotonic()
    desk.edit(K, "# K5 Room for new ideas", "# K5 Space for new ideas")
    desk.tab.until("document.querySelector('#card-K5 img').alt.startsWith('K5 Space for new')")
    desk.tab.until(f"{IN_PLACE}(document.querySelector('#card-K5 img'))")
    assert time.monotonic() - start < 15
    after = desk.tab.evaluate(pictures)
    # Two faces of the card, and two of the index card, which has a check code of the whole deck.
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 4
    assert desk.tab.evaluate("window.stayed") is True
    assert abs(desk.tab.evaluate(where) - top) <= 1
    assert desk.text("#card-K5 .title") == ["Space for new ideas"]
    assert desk.is_quiet()


def test_an_error_comes_and_goes_beside_its_card(desk: Desk) -> None:
    old = desk.attribute("#card-K5 img", "data-wanted")
    desk.tab.evaluate("document.getElementById('card-K5').scrollIntoView()")
    where = "document.getElementById('card-K5').getBoundingClientRect().top"
    top = desk.tab.evaluate(where)
    desk.edit(
        K,
        "# K5 Room for new ideas\nId: new-ideas\nSee also:",
        "# K5 Room for new ideas\nId: new-ideas\nSee allso:",
    )
    desk.tab.until("document.querySelectorAll('#card-K5 .problems li').length > 0")
    said = " ".join(desk.text("#card-K5 .problems li"))
    assert "Error" in said and "See also" in said and f"{K}:" in said
    assert desk.text("#card-K4 .problems li") == []
    assert desk.attribute("#card-K5 img", "data-wanted") == old
    assert desk.attribute("#card-K5 img", "alt").endswith("(not current)")
    assert desk.is_shown("#card-K5 .tag") and not desk.is_shown("#card-K4 .tag")
    assert not desk.is_shown("#old")
    assert desk.text("#elsewhere a") == ["K5"]
    assert "K5: error:" in desk.text("#news")[0]
    assert abs(desk.tab.evaluate(where) - top) <= 1
    beside = (
        "(([f, p]) => p.left >= f.right && p.top < f.bottom)(['.faces', '.problems']"
        ".map(s => document.querySelector('#card-K5 ' + s).getBoundingClientRect()))"
    )
    assert desk.tab.evaluate(beside)
    desk.edit(K, "See allso:", "See also:")
    desk.tab.until(UP_TO_DATE)
    assert not desk.is_shown("#card-K5 .problems")
    assert not desk.is_shown("#card-K5 .tag")
    assert desk.attribute("#card-K5 img", "alt") == "K5 Room for new ideas, front"
    assert desk.is_quiet()


def test_words_that_look_like_a_program_are_words(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(2)>"
    desk.edit("content/deck.toml", 'title = "Learning organisations"', f'title = "{evil}"')
    desk.edit("content/deck.toml", 'name = "Knowledge"', f'name = "{evil}"')
    desk.tab.until(f"document.getElementById('title').textContent === '{evil}'")
    assert evil in desk.attribute("#card-Index img", "alt")
    assert desk.text(".section > h2 .name")[1] == evil
    desk.edit(K, "# K5 Room", "# K5 <script>alert(1)</script> Room")
    desk.tab.until("document.querySelectorAll('#card-K5 .problems li').length > 0")
    assert "<script>" in " ".join(desk.text("#card-K5 .problems li"))
    assert desk.tab.evaluate("document.scripts.length") == 1
    assert desk.tab.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    assert desk.is_quiet()


def test_problems_elsewhere_are_at_the_top(desk: Desk) -> None:
    desk.edit("content/deck.toml", "cards = 12", "cards = 13")
    desk.tab.until("document.querySelectorAll('#problems li').length === 1")
    assert "content/deck.toml:" in desk.text("#problems li")[0]
    assert desk.is_shown("#general") and len(desk.text(".card")) == 24
    assert desk.is_shown("#old") and desk.is_shown("#card-K4 .tag")
    assert desk.attribute("#card-K4 img", "alt").endswith("(not current)")
    desk.edit(K, "See also:", "See allso:")
    desk.tab.until("document.querySelectorAll('#elsewhere a').length === 1")
    desk.tab.check("input[value=sheets]")
    assert not desk.is_shown("#card-K1")
    desk.tab.click("#elsewhere a")
    assert desk.is_shown("#card-K1 .problems")


def test_the_folder_goes_and_comes_back(desk: Desk) -> None:
    desk.folder.rename(desk.folder.with_name("elsewhere"))
    desk.tab.until("document.getElementById('problems').textContent.includes('not there')")
    desk.folder.with_name("elsewhere").rename(desk.folder)
    desk.tab.until(UP_TO_DATE)
    assert desk.text("#problems li") == [] and desk.is_quiet()


def test_controls(desk: Desk) -> None:
    tab = desk.tab
    tab.select(["select[name=simulate]", "grey"])
    tab.until(f"{IN_PLACE}(document.querySelector('#card-KC1 img'))")
    assert desk.attribute("#card-KC1 img", "src").endswith("-grey.png")
    assert not desk.is_shown("#card-KC1 .guides span")
    tab.check("input[name=guides]")
    assert desk.is_shown("#card-KC1 .guides span") and desk.is_shown("#legend")
    width = "document.querySelector('.card .face').getBoundingClientRect().width"
    before = tab.evaluate(width)
    tab.check("input[value=large]")
    assert tab.evaluate(width) > before
    tab.check("input[value=sheets]")
    tab.until(f"{IN_PLACE}(document.querySelector('.sheet img'))")
    assert len(desk.text(".sheet")) == 12 and not desk.is_shown(".card")
    tab.goto(tab.evaluate("location.href"))  # a reload shows the same
    tab.until(UP_TO_DATE)
    assert desk.is_shown(".sheet .guides span") and not desk.is_shown(".card")
    assert desk.attribute(".sheet img", "data-wanted").endswith("-grey.png")
    assert desk.is_quiet()


def test_the_keyboard_reaches_every_control(desk: Desk) -> None:
    reached = []
    for _ in range(5):
        desk.tab.press("Tab")
        here = "(e => e.name || e.getAttribute('href'))(document.activeElement)"
        reached.append(desk.tab.evaluate(here))
    assert reached == ["#deck", "show", "size", "simulate", "guides"]
    desk.tab.press("Space")
    assert desk.is_shown("#card-KC1 .guides span")
    unnamed = (
        "[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).length"
        " + [...document.images].filter(i => !i.alt).length"
    )
    assert desk.tab.evaluate(unnamed) == 0


@pytest.mark.parametrize("width", [320, 420, 800, 1100])
def test_a_narrow_window_needs_no_scrolling_sideways(desk: Desk, width: int) -> None:
    desk.edit(
        K,
        "# K5 Room for new ideas\nId: new-ideas\nSee also:",
        "# K5 Room for new ideas\nId: new-ideas\nSee allso:",
    )
    desk.tab.until("document.querySelectorAll('#card-K5 .problems li').length > 0")
    desk.tab.size([width, 800])
    assert desk.tab.evaluate("document.documentElement.scrollWidth") <= width
    desk.tab.check("input[value=sheets]")
    assert desk.tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_says_when_deckgen_has_ended(deck_folder: Path) -> None:
    if why_not():
        pytest.skip(why_not())
    with browser() as tab:
        with served(deck_folder, "--simulate", "protan") as address:
            tab.goto(address)
            tab.until(UP_TO_DATE)
            assert tab.evaluate("document.querySelector('select').value") == "protan"
        tab.until("document.getElementById('status').textContent.includes('doesn’t answer')")
        port = str(urlsplit(address).port)
        with served(deck_folder, "--port", port):
            tab.until(UP_TO_DATE)

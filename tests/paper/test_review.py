"""The review page: what is on it, and how it works in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deckgen.model.answers import AnswerTable
from deckgen.paper.confirmed import confirmed
from deckgen.paper.review import doubtful, review_page
from tests.live.browser import Browser, browser, why_not
from tests.paper.tables import HOSTILE, table


class Attributes(HTMLParser):
    """Where a page leads to, and what on it would run."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [to or "" for name, to in attrs if name in ("src", "href")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def keys(page: str) -> list[str]:
    return re.findall(r'data-key="([^"]+)"', page)


def test_each_doubt_is_on_it_once() -> None:
    assert keys(review_page(table())) == [f"{a.source}/{a.field}" for a in doubtful(table())]
    assert len(keys(review_page(table()))) == 6


@pytest.mark.parametrize("of", [2, 3, 7])
def test_parts_are_the_whole(of: int) -> None:
    parts = [keys(review_page(table(), part, of)) for part in range(1, of + 1)]
    assert [key for part in parts for key in part] == keys(review_page(table()))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_there_is_no_third_part_of_two() -> None:
    with pytest.raises(ValueError, match="no part 3 of 2"):
        review_page(table(), 3, 2)


def test_it_asks_nothing_of_the_network_and_trusts_no_words() -> None:
    page = review_page(table())
    assert HOSTILE not in page
    seen = Attributes()
    seen.feed(page)
    assert seen.links and all(to.startswith(("data:image/png", "#")) for to in seen.links)
    assert not seen.handlers
    assert "default-src 'none'" in unescape(page) and "unsafe" not in page


def test_no_doubt_no_work() -> None:
    assert "no answer is in doubt" in review_page(AnswerTable("Made up", (), ()))


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[tuple[Browser, str]]:
    if why_not():
        pytest.skip(why_not())
    path = tmp_path / "review.html"
    path.write_text(review_page(table()), encoding="utf-8")
    with browser() as opened:
        opened.goto(path.as_uri())
        yield opened, path.as_uri()


SAVED = "URL.createObjectURL = blob => { blob.text().then(t => { window.saved = t }); return '#' }"


def saved(tab: Browser) -> bytes:
    tab.evaluate(f"{SAVED}, 1")
    tab.click("#save")
    tab.until("window.saved !== undefined")
    return str(tab.evaluate("window.saved")).encode()


@pytest.mark.slow
def test_a_person_reviews_with_the_keyboard_alone(tab: tuple[Browser, str]) -> None:
    page, address = tab
    page.evaluate("document.querySelector('textarea').focus()")
    for key in ("T", "e", "a", "Enter", "Space", "Enter", "ArrowDown", "Enter"):
        page.press(key)
    assert page.evaluate("document.getElementById('count').textContent") == "3 of 6 done"
    page.click("button[data-group]")
    assert page.evaluate("document.getElementById('done').value") == 5
    page.goto(address)  # the browser has kept it
    page.until("document.getElementById('done').value === 5")
    data = saved(page)
    after, problems = confirmed(table(), [("review.json", data)])
    assert problems == []
    assert [(a.field, a.value) for a in after.answers if a.source == 1] == [
        ("a.now", "Tea"),
        ("a.done", "Yes"),
        ("a.today", "never"),
    ]
    assert [a.field for a in doubtful(after)] == ["a.now"]
    assert page.said() == [] and page.evaluate("document.title").startswith("Review of answers")
    assert all(url.startswith(("file:", "data:image/png")) for url in page.asked())


@pytest.mark.slow
def test_every_control_has_a_name(tab: tuple[Browser, str]) -> None:
    page, _ = tab
    nameless = (
        "[...document.querySelectorAll('input, textarea, progress')]"
        ".filter(e => !e.labels.length || !e.labels[0].textContent.trim()).length"
    )
    assert page.evaluate(nameless) == 0
    assert page.evaluate("[...document.images].every(i => i.alt && i.naturalWidth > 0)")
    page.size([320, 700])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.slow
def test_what_can_not_be_told_is_saved_so(tab: tuple[Browser, str]) -> None:
    page, _ = tab
    page.check("fieldset:nth-of-type(1) .unread")
    assert json.loads(saved(page))["answers"] == [{"key": "1/a.now", "unread": True}]

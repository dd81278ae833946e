"""The page for a browser: sound, safe whatever was answered, and readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from deckgen.colour import contrast
from deckgen.model.answers import AnswerTable
from deckgen.project import Project
from deckgen.reporting.asked import Sort
from deckgen.reporting.report import HTML, Made, make_report
from tests.live.browser import Browser, browser, why_not
from tests.reporting.made_up import answer, fields_of, source

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = (
    "<script>alert(1)</script>",
    "</p></main><img src=x onerror=alert(1)>",
    "<!-- <b>bold --> ]]> &lt;b&gt; &#x3c;",
    "\"' onload='alert(1)' style=\"background:url(http://example.com/x)\"",
    "</style><link rel=stylesheet href=http://example.com/x.css>",
    "\u202egnp.exe \u2066 \x00\x0b\x1b[31m \ufffe",
    "javascript:alert(1)",
)


def tree_of(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data.decode().partition("\n")[2])


def hostile_table(deck: Project) -> AnswerTable:
    """The same in every place where somebody's words may stand."""
    sources = tuple(
        replace(source(n, said), file=said, reason=said, role=said)
        for n, said in enumerate(HOSTILE, start=1)
    )
    fields = [f for f in fields_of(deck) if f.sort in (Sort.WORDS, Sort.NAME, Sort.DAY)]
    answers = tuple(
        answer(of, f, HOSTILE[of.number - 1], note=HOSTILE[0], asked_now=HOSTILE[1])
        for of in sources
        for f in fields[:9]
    )
    return AnswerTable(HOSTILE[0], answers, sources)


@pytest.fixture(scope="module")
def hostile(deck: Project) -> bytes:
    return make_report(deck, hostile_table(deck), (HTML,), expected=HOSTILE).files[HTML]


def test_the_page_is_well_formed_and_its_ids_are_unique(made: Made) -> None:
    tree = tree_of(made.files[HTML])
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(set(ids)) == len(ids) >= 6
    targets = [e.get("href") or "" for e in tree.iter(f"{XHTML}a")]
    assert [t.removeprefix("#") for t in targets] == ids


def test_it_says_its_language_and_every_picture_says_what_it_is(made: Made) -> None:
    tree = tree_of(made.files[HTML])
    assert tree.get("lang") == "en-GB"
    pictures = [*tree.iter(f"{XHTML}img")]
    drawings = [e for e in tree.iter() if e.get("role") == "img"]
    assert pictures and drawings
    assert all(e.get("alt") for e in pictures)
    assert all(e.get("aria-label") for e in drawings)
    levels = [int(e.tag[-1]) for e in tree.iter() if re.fullmatch(r"\{.*\}h\d", e.tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_every_row_has_as_many_cells_as_its_head(made: Made) -> None:
    for table in tree_of(made.files[HTML]).iter(f"{XHTML}table"):
        heads = len([*table.iter(f"{XHTML}th")])
        rows = [len(row.findall(f"{XHTML}td")) for row in table.iter(f"{XHTML}tr")]
        assert set(rows) == {0, heads}


def test_whatever_was_answered_is_words(hostile: bytes) -> None:
    tree = tree_of(hostile)
    tags = {e.tag.removeprefix(XHTML) for e in tree.iter()}
    assert not tags & {"script", "img", "link", "b", "iframe", "object"}
    names = {name for e in tree.iter() for name in e.attrib}
    assert not any(name.startswith("on") for name in names)
    words = "".join(tree.itertext())
    assert "<script>alert(1)</script>" in words
    assert "&lt;b&gt;" in words
    assert b"<!--" not in hostile
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u2066\ufffe]", words)


def test_nothing_is_fetched(made: Made) -> None:
    text = made.files[HTML].decode()
    asked = re.findall(r"""(?:src|href)=["']([^"']*)|url\(([^)]*)""", text)
    assert all(a.startswith(("data:image/png", "#")) for a, _ in asked)
    assert not any(b for _, b in asked)


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *(("ink", "white", 4.5), ("quiet", "white", 4.5), ("white", "teal", 4.5)),
        *(("ink", "teal_tint", 4.5), ("quiet", "teal_tint", 4.5), ("teal", "white", 4.5)),
        ("rule", "white", 3.0),
    ],
)
def test_colours_are_far_enough_apart(made: Made, ink: str, ground: str, least: float) -> None:
    style = made.files[HTML].decode()
    colours = dict(re.findall(r"--(\w+): (#\w{6});", style))
    assert contrast(colours[ink], colours[ground]) >= least


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Browser]:
    if why_not():
        pytest.skip(why_not())
    with browser() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
def test_in_a_browser_it_stays_in_its_window(
    made: Made, tab: Browser, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(made.files[HTML])
    tab.size([width, 900])
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert tab.said() == []


@pytest.mark.slow
def test_in_a_browser_nothing_of_an_answer_runs(
    hostile: bytes, tab: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(hostile)
    tab.goto(path.as_uri())
    assert tab.asked() == [path.as_uri()]
    assert tab.said() == []

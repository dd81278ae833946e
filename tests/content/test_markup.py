"""What Markdown has and cards don't is set as meant, or a Problem at its own line and column."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.content.blocks import Block, BlockKind, read_blocks, untaken
from deckgen.content.inline import inline, read_inline
from deckgen.model.text import Run, plain
from deckgen.problem import Problem

FILE = "content/cards/K.md"
NEW = frozenset((BlockKind.STEP, BlockKind.QUOTE, BlockKind.ROW, BlockKind.PICTURE))


def read(text: str, *, taken: bool = True) -> tuple[list[Block], list[Problem]]:
    takes = NEW if taken else frozenset[BlockKind]()
    return read_blocks(text, FILE, frozenset({"Id", "See also"}), takes=takes, links=taken)


def places(found: list[Problem]) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in found]


SET = {
    "One&nbsp;here &amp; there": "One\u00a0here & there",
    "don&#8217;t &#x2014; &quot;no&quot;": "don’t — “no”",
    "R&D; AT&T; &nosuch; &": "R&D; AT&T; &nosuch; &",
    "&lt;b&gt; is text": "<b> is text",
    r"Escaped \-, \_, 1\., \*x\* and \`y\`, \\.": "Escaped -, _, 1., *x* and `y`, \\.",
    r"C:\new and \alpha": r"C:\new and \alpha",
    r"\[a](b), \<b>, \$x$, \~~, \{cy: x\}": "[a](b), <b>, $x$, ~~, {cy: x}",
    "Do it __now__, please": "Do it now, please",
    "file_name and snake_case_name and 3*4*5": "file_name and snake_case_name and 3*4*5",
    "*Note: terms apply, 2 * 3 and 4*5": "*Note: terms apply, 2 * 3 and 4*5",
    "2*3 = 6 and 4*5 = 20, width*height": "2*3 = 6 and 4*5 = 20, width*height",
    "$5 and $6, US$5=A$7, 5$ or 6$": "$5 and $6, US$5=A$7, 5$ or 6$",
    "~20 minutes, ~5 or ~6, C#, #1": "~20 minutes, ~5 or ~6, C#, #1",
    "at 10:30:15, ann@x.org, a:b:c, see: here": "at 10:30:15, ann@x.org, a:b:c, see: here",
    "Name: ____ Date: ________ (____)": "Name: ____ Date: ________ (____)",
    "Rated ***** by [1] and [see K3]": "Rated ***** by [1] and [see K3]",
    "1 < 2 > 0 and a <- b": "1 < 2 > 0 and a <- b",
    "https://x.org/a--b/c_d_e?f='g'&amp": "https://x.org/a--b/c_d_e?f='g'&amp",
    "Keep ` as it is": "Keep ` as it is",
    "C++ and C++, 1 ++ 2, a -- b --- c ---- d": "C++ and C++, 1 ++ 2, a – b — c ---- d",
    "ask [ann@x.org] or [@ home]": "ask [ann@x.org] or [@ home]",
    "x = y == z, ^ and 2^10": "x = y == z, ^ and 2^10",
}  # fmt: skip


@pytest.mark.parametrize("written", SET)
def test_what_is_meant_is_set(written: str) -> None:
    blocks, found = read(f"Words. {written}", taken=False)
    assert found == []
    assert [plain(block.text) for block in blocks] == [f"Words. {SET[written]}"]


FAULTS = {
    "*it*": ["*it*"],
    "_that_ and *those*": ["_that_", "*those*"],
    "***both***": ["***both***"],
    "un*frigging*believable": ["*frigging*"],
    "`code` and ``more ` code``": ["`code`", "``more ` code``"],
    "a <b>bold</b> word<br>": ["<b>", "<br>"],
    "text<!-- a comment -- of mine --> text": ["<!--"],
    "++so++ and [@smith2004, p. 3]": ["++so", "[@smith"],
    "==yes== and ~~no~~": ["==yes==", "~~no~~"],
    "H~2~O, x^2^": ["~2~", "^2^"],
    "so :smile: and :+1:": [":smile:", ":+1:"],
    "a note[^1]": ["[^1]"],
    "$x$ and $\\alpha + 2$ and $$a$$ and $a = 2b$": ["$x$", "$\\alpha", "$$a$$", "$a ="],
    "![alt](x.png) inside": ["![alt]"],
    "[a][b] and [[K3]] and ![[K3]]": ["[a]", "[[K3", "![[K3"],
    "so^[a note]": ["^["],
    "<?php x> and <!DOCTYPE html>": ["<?php", "<!DOC"],
    "**never ends": ["**never"],
    "{Welsh: bore da}": ["{Welsh"],
    "&#0; and &#8238;": ["&#0;", "&#8238;"],
}


@pytest.mark.parametrize("written", FAULTS)
def test_what_is_not_set_is_reported_at_its_place(written: str) -> None:
    """In a paragraph of two lines, behind a bullet, in a heading and in a cell alike."""
    for before, behind in (("Two lines\n  of   words ", ""), ("- ", ""), ("# ", ""), ("| ", " |")):
        text = f"{before}{written}{behind}"
        line = text.split("\n")[-1]
        found = [p for p in read(text)[1] if p.place.line == text.count("\n") + 1]
        columns, at = [], 0
        for sign in FAULTS[written]:
            at = line.index(sign, at)
            columns.append(at + 1)
        assert [p.place.column for p in found] == columns, (text, found)
        assert all(p.todo and p.found for p in found)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Title\n=====", 2, 1),
        ("Title\n--", 2, 1),
        ("- - -", 1, 1),
        ("Words\\\nmore", 1, 6),
        ("[a]: https://x.org", 1, 1),
        ("####### Seven", 1, 1),
        ("- [ ] one\n- [x] two", 1, 1),
        ("```\ncode", 1, 1),
        ("- One\n  - Two\n  - Three\n- Four", 2, 3),
        ("1. One\n   - Two", 2, 4),
        ("We met in\n12. May", 2, 1),
        ("> # Heading", 1, 1),
        ("> > Again", 1, 1),
        ("- - Two", 1, 1),
        ("- > Said", 1, 1),
        ("- 1. First", 1, 1),
        ("Term\n: what it is", 2, 1),
        ("::: note", 1, 1),
        ("- ---", 1, 1),
        ("- ***", 1, 1),
        ("- ::: note", 1, 1),
        ("- : what it is", 1, 1),
        ("- [a]: https://x.org", 1, 1),
        ("*[HTML]: a language", 1, 1),
        ("[TOC]", 1, 1),
        ("> [!NOTE]\n> Words", 1, 1),
        ("One\n\n\\newpage", 3, 1),
        ("+---+---+", 1, 1),
        ("1. [x] done", 1, 1),
    ],
)
def test_whole_lines(text: str, line: int, column: int) -> None:
    assert ("markup-unknown", line, column) in places(read(text)[1])


def test_two_levels_of_points_are_one_problem() -> None:
    _, found = read("- One\n  - Two\n  - Three\n- Four")
    assert len(found) == 1 and "inside" in found[0].found
    assert read("   - First\n- Second\n\n - Third")[1] == []


def test_steps_quotations_rows_and_pictures() -> None:
    text = (
        "1. Look\n   twice\n2) **Listen**\n\n> Words that\n> go on.\n>\n> More.\n– Ann\n\n"
        "| a \\| b | c |\n|---|:-:|\n| 1 |  |\nx | y\n\n"
        '![What "it" shows](my picture (1).jpg "focus 30% 20%")\n![decorative](é.png)'
    )
    blocks, found = read(text)
    assert found == []
    steps = [(b.number, plain(b.text)) for b in blocks if b.kind is BlockKind.STEP]
    assert steps == [(1, "Look twice"), (2, "Listen")]
    quotes = [plain(b.text) for b in blocks if b.kind is BlockKind.QUOTE]
    assert quotes == ["Words that go on.", "More."]
    rows = [(b.header, [plain(c) for c in b.cells]) for b in blocks if b.kind is BlockKind.ROW]
    assert rows == [(True, ["a | b", "c"]), (False, ["1", ""]), (False, ["x", "y"])]
    shown = [(b.alt, b.file, b.options) for b in blocks if b.kind is BlockKind.PICTURE]
    assert shown == [
        ("What “it” shows", "my picture (1).jpg", "focus 30% 20%"),
        ("decorative", "é.png", ""),
    ]


def test_what_nobody_takes_is_one_problem_each() -> None:
    text = (
        "1. Look\n2. Listen\n\n> Words\n> more\n\n| a |\n|---|\n| b |\n\n![x](y.png)\n\na) b\nb) c"
    )
    blocks, found = read(text, taken=False)
    assert places(found) == [("markup-unknown", line, 1) for line in (1, 4, 7, 11, 13)]
    assert {b.kind for b in blocks} == {BlockKind.ITEM, BlockKind.PARAGRAPH}
    taken, _ = read("1. Look")
    assert untaken(taken[0]) == found[0]


def test_links_are_words_with_an_address() -> None:
    text, faults = (
        read_inline(
            "See [the **guide**](https://x.org/a_b_(c)), <mailto:a@x.org>, <b@x.org>, "
            "https://x.org/\u00adlong\u200b/way. End",
            links=True,
        ).text,
        (),
    )
    assert faults == ()
    linked = [(run.text, run.strong, run.link) for run in text if run.link]
    assert linked == [
        ("the ", False, "https://x.org/a_b_(c)"),
        ("guide", True, "https://x.org/a_b_(c)"),
        ("a@x.org", False, "mailto:a@x.org"),
        ("b@x.org", False, "mailto:b@x.org"),
        ("https://x.org/\u00adlong\u200b/way", False, "https://x.org/long/way"),
    ]
    assert text[-1] == Run(". End")


def test_links_that_lead_nowhere_or_that_nobody_takes() -> None:
    assert places(read("To [K3](K3 on page 2)")[1]) == [("markup-unknown", 1, 4)]
    assert places(read("To [us](https://x.org)", taken=False)[1]) == [("markup-unknown", 1, 4)]
    assert places(read("To <https://x.org>", taken=False)[1]) == [("markup-unknown", 1, 4)]
    blocks, found = read("To https://x.org", taken=False)
    assert found == [] and blocks[0].text == (Run("To https://x.org"),)


def test_a_hard_space_stays_but_not_those_of_a_copied_page() -> None:
    (few, many), _ = read("Page\u00a05 of   10\n\nThis\u00a0was\u00a0copied\u00a0from\u00a0a page")
    assert plain(few.text) == "Page\u00a05 of 10"
    assert plain(many.text) == "This was copied from a page"


def test_a_label_without_its_colon_is_asked_about() -> None:
    _, found = read("# K1 Title\nsee also A1 & L2\n\nLead.")
    assert [(p.code, p.todo) for p in found] == [
        ("label-unknown", "Did you mean “See also: A1 & L2”?")
    ]
    assert read("# K1 Title\n\nSee also the plan of your team.")[1] == []
    assert read("# K1 Title\n\nId cards are for all.")[1] == []


SIGNS = [
    "*",
    "**",
    "_",
    "__",
    "`",
    "\\",
    "&amp;",
    "&#8217;",
    "[",
    "](",
    ")",
    "<",
    ">",
    "{cy: ",
    "}",
]
SIGNS += [
    "https://x.org",
    "~",
    "^",
    "==",
    "$",
    ":",
    "!",
    "|",
    "a",
    "b ",
    " ",
    "1",
    "-",
    "|--|",
    "\n",
]
SIGNS += ["- ", "1. ", "> ", "# ", "![", "É", "½", "\u00a0", "~~", "<b>", ":a:", "[^", "\n\n"]


def visible(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), st.booleans())
@example("{cy: [a} b](https://x.org) c", True)
@example("[a {cy: b](https://x.org) c}", True)
def test_any_letter_is_set_or_reported(text: str, taken: bool) -> None:
    """Each letter and figure that was typed is in a block, or its line has a Problem."""
    blocks, found = read(text, taken=taken)
    told = {p.place.line for p in found}
    lines = text.split("\n")
    assert all(1 <= p.place.line <= len(lines) for p in found)
    assert all(1 <= p.place.column <= len(lines[p.place.line - 1]) for p in found)
    if told:
        return
    kept = "".join(
        plain(b.text) + "".join(map(plain, b.cells)) + b.alt + b.file + b.options for b in blocks
    )
    kept += "".join(run.link for b in blocks for t in (b.text, *b.cells) for run in t)
    letters = visible(re.sub(r"&amp;|&#8217;|cy:|^ *\d\. |https://x.org", "", text, flags=re.M))
    assert set(letters) <= set(visible(kept)), (letters, kept)


@given(st.text(alphabet="ab *_1,é", max_size=20))
def test_any_stars_and_underscores_stay_or_mark_or_are_faults(written: str) -> None:
    read_twice = read_inline(written)
    heard = plain(read_twice.text)
    assert visible(heard) == visible(written)
    gone = len(written) - len(heard)
    assert gone % 4 == 0  # pairs of two signs
    assert gone == 0 or any(run.strong for run in read_twice.text)


@pytest.mark.parametrize(
    "piece",
    ["`", "``a", "<!-", "~a~", "$a", "==a", "&a;", "\\", "_a", ":a:", "{a", "[a](()", "https://"],
)
def test_many_of_one_sign_take_little_time(piece: str) -> None:
    inline(piece * (60_000 // len(piece)))


def test_a_flag_is_a_label_without_colon() -> None:
    labels, flags = frozenset({"Id", "New page"}), frozenset({"New page"})
    blocks, found = read_blocks("# K1 Title\nnew-page\nId: a-b\n\nWords", FILE, labels, flags)
    assert found == []
    assert [b.name for b in blocks if b.kind is BlockKind.LABEL] == ["New page", "Id"]

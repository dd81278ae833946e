"""Words of every kind on cards of every size: where they go, and that they have room."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from deckgen.geometry import mm
from deckgen.model.drawing import Drawing, TextLine
from deckgen.options import Options
from deckgen.project import Project, read_project, starter_folder
from tests.laid_out import lay_out

THEMES = ("gallery", "masthead", "pocket", "wide")
STOCKS = {"pocket": "a4-bridge", "wide": "a4-perforated"}
TOPS = {"pocket": 13.6, "wide": 9.0}  # where their words begin on the card they are drawn for
SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">'
    b'<rect width="90" height="90" fill="#1F7A4D"/></svg>'
)
DECK = (
    'title = "D"\nsubtitle = "D"\npublisher = "A"\ncontact = "B"\nlanguage = "en-GB"\n'
    'theme = "gallery"\nstock = "a4"\n'
    '[edition]\nnumber = "1"\nissued = 2026-11-23\nreview = 2027-11-23\n'
    '[[sections]]\nprefix = "A"\nname = "One"\ncards = 1\nkind = "{}"\n'
)


def project(kind: str, words: str, title: str = "Title") -> Project:
    usual = read_project(starter_folder())
    files = {n: data for n, data in usual.files.items() if not n.startswith("content/")}
    card = f"# A1 {title}\nId: only-one\n\n{words}"
    files |= {"content/deck.toml": DECK.format(kind).encode(), "content/cards/A.md": card.encode()}
    pictures = {"content/pictures/square.svg": SQUARE} if "square.svg" in words else {}
    return replace(usual, files=files | pictures)


def sides(
    kind: str, words: str, theme: str, title: str = "Title", *, stock: str = ""
) -> tuple[Drawing, Drawing]:
    options = Options(theme=theme, stock=stock or STOCKS.get(theme, "a4"))
    layout, found = lay_out(project(kind, words, title), options)
    assert layout and not found
    card = layout.cards[0]
    return card.front, card.back


def said(line: TextLine) -> str:
    return "".join(run.text for run in line.runs)


def line(side: Drawing, words: str) -> TextLine:
    return next(each for each in side.lines() if words in said(each))


@pytest.mark.parametrize("theme", THEMES)
def test_a_picture_has_room_for_a_caption_of_a_line(theme: str) -> None:
    front, _ = sides("picture", "![A square](square.svg)\n\nSeen by day.\n", theme)
    caption, title = line(front, "Seen by day."), line(front, "Title")
    assert title.y_pt - caption.y_pt > caption.size_pt


@pytest.mark.parametrize("theme", ("gallery", "masthead", "pocket"))
def test_a_caption_stands_as_far_below_a_short_title_as_below_a_long_one(theme: str) -> None:
    gaps = []
    for long in ("Title", "A title that goes on and"):
        front, _ = sides("picture", "![A square](square.svg)\n\nSeen.\n", theme, f"{long} ends")
        gaps.append(line(front, "ends").y_pt - line(front, "Seen.").y_pt)
    assert gaps[0] == pytest.approx(gaps[1], abs=mm(1.6))


def test_an_address_and_a_quotation_stay_with_the_words_that_lead_to_them() -> None:
    words = "Read it:\n\n> Words.\n\n## Find out more\nhttps://example.org\n"
    front, back = sides("text", words, "masthead")
    assert [said(each) for each in back.lines()][2:5] == [
        "Read it:",
        "Words.",
        "https://example.org",
    ]
    assert line(back, "https:").colour != line(back, "Read it:").colour
    front, back = sides(
        "facts", "A sentence.\n\n| Eggs | white |\n|---|---|\n| Peas | green |\n", "masthead"
    )
    assert line(front, "A sentence.") and line(back, "Eggs")  # this theme has leads in front


@pytest.mark.parametrize("count", (9, 10))
def test_numbers_of_steps_stand_clear_of_their_words(count: int) -> None:
    _, back = sides("text", "Do:\n\n" + "".join(f"{n + 1}. Go\n" for n in range(count)), "gallery")
    number = next(each for each in back.lines() if said(each).startswith(f"{count}."))
    digit = number.size_pt * 0.5
    assert line(back, "Go").x_pt - number.x_pt > len(str(count)) * digit + digit / 2


def test_columns_of_facts_are_as_wide_as_their_widest_word() -> None:
    table = "| Plan | What there is to do when nobody else is there |\n|---|---|\n"
    _, back = sides("facts", f"{table}| Extinguishers in corridors | check them |\n", "gallery")
    assert line(back, "Extinguishers")
    assert not any(each.goes_on for each in back.lines())


def test_facts_that_need_little_room_are_spread_over_the_column() -> None:
    _, back = sides("facts", "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n", "gallery")
    a, b, c = (line(back, sign).x_pt for sign in "123")
    assert b - a > 20 and c - b == pytest.approx(b - a, abs=3)


@pytest.mark.parametrize(("theme", "stock"), [("pocket", "a4-poker"), ("wide", "a4-business")])
def test_words_keep_off_their_heading_if_there_is_room_to_spare(theme: str, stock: str) -> None:
    for words, more in (("Few.", True), ("Words that fill a small card. " * 7, False)):
        _, back = sides("text", words.rstrip() + "\n", theme, stock=stock)
        first = line(back, words[:3])
        size = first.size_pt
        below = mm(TOPS[theme]) - (back.size.height_pt - first.y_pt - size * 0.78)
        assert (below < -mm(1)) is more, said(first)


def test_a_title_of_three_lines_keeps_off_what_is_below() -> None:
    words = "Lead.\n\n- One\n\n## Talk about it\n- Why?\n- How?\n"
    short, _ = sides("talk", words, "masthead", "First")
    long, _ = sides(
        "talk", words, "masthead", "First Extraordinarily comprehensive responsibilities"
    )
    assert line(long, "First").y_pt > line(short, "First").y_pt
    assert line(long, "responsibilities").y_pt - line(long, "Lead.").y_pt > 17

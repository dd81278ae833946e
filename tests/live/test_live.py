"""What is shown: problems beside their cards, the last good deck, only what is seen drawn."""

from __future__ import annotations

import gc
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image

from deckgen.layout.faces.deck import CardFaces
from deckgen.live.by_card import headings_in, mended, problems_by_card
from deckgen.live.pictures import Studio, Subject
from deckgen.live.state import Live, state_record
from deckgen.options import Options
from deckgen.pdf.paint import painter_for
from deckgen.pdf.write import write_sheets
from deckgen.problem import Place, problem
from deckgen.project import read_project

K = "content/cards/K.md"
SOME = Options(cards="KC1, K4, K5")


class Shown:
    """A deck that is shown, edited and shown again."""

    def __init__(self, folder: Path, options: Options | None = None) -> None:
        self.folder, self.live = folder, Live(options or SOME)
        self.look()

    def look(self) -> None:
        self.live.update(read_project(self.folder), self.folder)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.look()

    @property
    def record(self) -> Any:
        return json.loads(state_record(self.live.state))

    def card(self, code: str) -> Any:
        cards = [card for section in self.record["sections"] for card in section["cards"]]
        return next(card for card in cards if card["code"] == code)


@pytest.fixture
def deck(deck_folder: Path) -> Shown:
    return Shown(deck_folder)


def codes(problems: Any) -> list[str]:
    return [p["code"] for p in problems]


FILES = {
    "content/cards/K.md": b"Stray.\n# K1 One\nText\n\n# k 2 Two\n\n# No code\nText\n# K3 Three\n",
    "content/cards/R.md": b"# R1 One\n",
    "content/workbooks/w.md": b"# K9 None\n",
}


@pytest.mark.parametrize(
    ("place", "card"),
    [
        (Place("content/cards/K.md", 1, 1), ""),
        (Place("content/cards/K.md", 2, 1), "K1"),
        (Place("content/cards/K.md", 4, 1), "K1"),
        (Place("content/cards/K.md", 5, 3), "K2"),
        (Place("content/cards/K.md", 6, 1), "K2"),
        (Place("content/cards/K.md", 7, 1), ""),
        (Place("content/cards/K.md", 8, 1), ""),
        (Place("content/cards/K.md", 99, 1), "K3"),
        (Place("content/cards/K.md"), ""),
        (Place("content/cards/R.md", 1), "R1"),
        (Place("content/cards/X.md", 1), ""),
        (Place("content/workbooks/w.md", 1), ""),
        (Place("content/deck.toml", 2), ""),
    ],
)
def test_a_problem_belongs_to_the_card_above_it(place: Place, card: str) -> None:
    found = problem("text-stray", place, "", "")
    cards, others = problems_by_card([found], headings_in(FILES))
    assert (cards, others) == (({card: (found,)}, ()) if card else ({}, (found,)))


def test_headings_are_found_in_files_that_cannot_be_read() -> None:
    files = {
        "content/cards/K.md": b"# K1 One\n\x07\n# K2 Two\n",
        "content/cards/R.md": b"\xff\xfe#",
    }
    assert [(h.code, h.place.line) for h in headings_in(files)] == [("K1", 1), ("K2", 3)]


def test_a_deck_in_order(deck_folder: Path) -> None:
    deck = Shown(deck_folder, Options())
    record = deck.record
    assert record["current"] and record["problems"] == [] and record["count"] == ""
    assert [len(s["cards"]) for s in record["sections"]] == [4, 12, 1, 1, 3, 2, 1]
    assert deck.card("K5")["faces"][1]["alt"] == "K5 Room for new ideas, back"
    lines = (deck_folder / K).read_text("utf-8").splitlines()
    assert deck.card("K5")["place"] == f"{K}:{lines.index('# K5 Room for new ideas') + 1}"
    assert len(record["sheets"]) == 12 and record["sheets"][0]["alt"].endswith("KC1, KC2, KC3, KC4")
    boxes = [guide["box"] for sheet in record["sheets"] for guide in sheet["guides"]]
    assert all(0 <= share <= 1 for box in boxes for share in box) and len(boxes) == 12 * 4 * 3


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn from now on, by what it shows."""
    labels: list[str] = []
    draw = Subject.draw

    def noted(subject: Subject) -> Any:
        labels.append(subject.shown.label)
        return draw(subject)

    monkeypatch.setattr(Subject, "draw", noted)
    return labels


def test_only_what_is_asked_for_is_drawn_and_only_once(deck: Shown, drawn: list[str]) -> None:
    deck.edit(K, "Room for new ideas", "Space for new ideas")
    assert drawn == []
    front, back = (face["name"] for face in deck.card("K5")["faces"])
    first = deck.live.picture(back, "normal")
    assert first and drawn == ["K5 back"]
    assert deck.live.picture(back, "normal") == first
    assert deck.live.picture(back, "grey") not in (first, None)
    assert drawn == ["K5 back"]  # another sight is made from the picture
    assert deck.live.picture(front, "grey")
    assert deck.live.picture(deck.record["sheets"][0]["name"], "normal")
    assert drawn == ["K5 back", "K5 front", "Sheet 1 front"]
    deck.look()
    deck.edit(K, "Space for new ideas", "Places for new ideas")
    deck.edit(K, "Places for new ideas", "Space for new ideas")
    assert deck.live.picture(back, "normal") == first and len(drawn) == 3
    assert deck.live.picture("0" * 64, "normal") is None
    assert deck.live.picture(back, "infrared") is None


def test_only_what_differs_has_another_name(deck: Shown) -> None:
    def names() -> list[str]:
        faces = [face for code in ("KC1", "K4", "K5") for face in deck.card(code)["faces"]]
        return [shown["name"] for shown in (*faces, *deck.record["sheets"])]

    def other(before: list[str]) -> list[bool]:
        return [a != b for a, b in zip(before, names(), strict=True)]

    start = names()
    deck.edit(K, "Room for new ideas", "Space for new ideas")
    # A card's two faces, and the two sides of its sheet.
    assert other(start) == [False] * 4 + [True] * 4
    now = names()
    deck.edit("content/deck.toml", 'contact = "', 'contact = "Please ')
    assert not any(other(now))
    deck.edit(K, "Space for new ideas", "Room for new ideas")
    assert not any(other(start))


def test_a_picture_is_as_big_as_was_said(deck: Shown) -> None:
    for shown in (*deck.card("K5")["faces"], *deck.record["sheets"]):
        png = deck.live.picture(shown["name"], "normal")
        assert png
        with Image.open(BytesIO(png)) as image:
            assert image.size == (shown["width"], shown["height"])


def test_pictures_make_room_for_later_ones(deck: Shown, drawn: list[str]) -> None:
    shown = deck.live.state.deck
    assert shown
    names = [face.name for section in shown.sections for c in section.cards for face in c.faces]
    roomy, narrow = Studio(), Studio(most_bytes=1)
    sizes = []
    for studio in (roomy, narrow):
        studio.offer(shown.subjects)
        for name in (*names, *names):
            png = studio.picture(name, "normal")
            assert png
            sizes.append(len(png))
    assert len(drawn) == 6 + 12
    snug = Studio(most_bytes=sum(sizes[:6]) - 1)  # the one that was asked for longest ago must go
    snug.offer(shown.subjects)
    for name in (*names[:5], names[0], names[5]):
        snug.picture(name, "normal")
    drawn.clear()
    for name in (names[0], *names[2:], names[1]):
        snug.picture(name, "normal")
    assert drawn == ["KC1 back"]


WRONG = ("Id: new-ideas\nSee also:", "Id: new-ideas\nSee allso:")
LONG = ("New methods start small.", "New methods start small. " * 40)


@pytest.mark.parametrize(("edit", "code"), [(WRONG, "label-unknown"), (LONG, "text-too-long")])
def test_an_error_is_beside_its_card_and_its_old_picture_stays(
    deck: Shown, edit: tuple[str, str], code: str
) -> None:
    good, other = deck.card("K5"), deck.card("K4")
    deck.edit(K, *edit)
    record = deck.record
    assert record["errors"] and record["current"] and record["problems"] == []
    assert code in codes(deck.card("K5")["problems"]) and deck.card("K4")["problems"] == []
    assert [f["name"] for f in deck.card("K5")["faces"]] == [f["name"] for f in good["faces"]]
    assert not any(face["current"] for face in deck.card("K5")["faces"])
    assert deck.card("K4")["faces"] == other["faces"]
    assert not any(sheet["current"] for sheet in record["sheets"])  # K5 is on it
    name = good["faces"][0]["name"]
    assert deck.live.picture(name, "normal")
    deck.edit(K, *reversed(edit))
    assert not deck.record["errors"] and deck.card("K5") == good
    assert deck.live.picture(name, "normal")


def test_other_cards_go_on_while_one_has_errors(deck: Shown) -> None:
    deck.edit(K, *WRONG)
    before = deck.card("K4")["faces"]
    deck.edit(K, "# K4 ", "# K4 Better ")
    assert deck.card("K4")["faces"][0]["name"] != before[0]["name"]
    assert deck.card("K4")["faces"][0]["current"] and not deck.card("K5")["faces"][0]["current"]
    assert "label-unknown" in codes(deck.card("K5")["problems"])
    deck.edit(K, "# K5 ", "# K5 Better ")  # it is read once it has no errors
    assert deck.card("K5")["title"] == "Room for new ideas"
    deck.edit(K, *reversed(WRONG))
    assert deck.card("K5")["title"] == "Better Room for new ideas"
    assert all(face["current"] for face in deck.card("K5")["faces"])


def test_the_index_card_waits_for_all_others(deck_folder: Path) -> None:
    """Its check code is one of all cards' words, and some of those were not read."""
    deck = Shown(deck_folder, Options())
    deck.edit(K, *WRONG)
    old = {c["code"] for s in deck.record["sections"] for c in s["cards"] if not all_current(c)}
    assert old == {"K5", "Index"}
    sheets = [sheet["alt"] for sheet in deck.record["sheets"] if not sheet["current"]]
    assert len(sheets) == 4 and all("K5" in alt or "Index" in alt for alt in sheets)


def test_every_index_card_waits(deck_folder: Path) -> None:
    many_sections(deck_folder, 30)
    deck = Shown(deck_folder, Options())
    assert deck.record["current"], deck.record["problems"]
    deck.edit("content/cards/AF.md", "Id: ", "Idd: ")
    old = {c["code"] for s in deck.record["sections"] for c in s["cards"] if not all_current(c)}
    assert old > {"AF1", "Index", "Index 2"} and all("Index" in c for c in old - {"AF1"})


def many_sections(folder: Path, count: int) -> None:
    """Sections of one card each, so many that one index card can't name them all."""
    one = re.sub(r"See also: .*\n", "", (folder / K).read_text("utf-8").partition("\n# K2")[0])
    deck = (folder / "content/deck.toml").read_text("utf-8").partition("[[sections]]")[0]
    shutil.rmtree(folder / "content/cards")
    (folder / "content/references.toml").unlink()
    for prefix in (f"A{chr(65 + n)}" if n < 26 else f"B{chr(39 + n)}" for n in range(count)):
        (folder / "content/cards").mkdir(exist_ok=True)
        text = one.replace("# K1 ", f"# {prefix}1 ").replace("Id: ", f"Id: {prefix.lower()}-")
        (folder / f"content/cards/{prefix}.md").write_text(f"{text}\n", "utf-8")
        deck += f'[[sections]]\nprefix = "{prefix}"\nname = "Section {prefix}"\ncards = 1\n'
        deck += 'palette = "brown"\nicon = "key"\n'
    (folder / "content/deck.toml").write_text(deck, "utf-8")
    for book in (folder / "content/workbooks").iterdir():
        text = re.sub(r"(?m)^Cards: .*", "Cards: AA1", book.read_text("utf-8"))
        book.write_text(re.sub(r"(?m)^Printed as: .*\n", "", text), "utf-8")


def all_current(card: Any) -> bool:
    return all(face["current"] for face in card["faces"])


def test_errors_elsewhere_hold_up_all_pictures(deck: Shown) -> None:
    deck.edit(K, *WRONG)
    deck.edit("content/deck.toml", "cards = 12", "cards = 13")
    record = deck.record
    assert record["errors"] and not record["current"]
    assert not all_current(deck.card("K4"))
    deck.edit("content/deck.toml", "cards = 13", "cards = 12")
    assert deck.record["current"] and all_current(deck.card("K4"))
    assert not all_current(deck.card("K5"))


BEFORE = {"content/cards/K.md": b"Top\n# K1 One\nold\n# K2 Two\nold\n", "other": b"old"}
NOW = {"content/cards/K.md": b"Top\r\n# K2 Two\r\nnew\r\n\r\n# K1 One\r\nnew", "other": b"new"}


def test_only_cards_with_errors_are_as_before() -> None:
    wrong = problem("label-unknown", Place("content/cards/K.md", 3), "", "")
    found = mended(NOW, BEFORE, [wrong])
    assert found is not None
    files, old = found
    assert old == {"K2"} and files["other"] == b"new"
    assert files["content/cards/K.md"] == b"Top\n# K2 Two\nold\n\n# K1 One\nnew\n"


@pytest.mark.parametrize(
    ("before", "place", "code"),
    [
        (BEFORE, Place("content/deck.toml", 1), "card-missing"),
        (BEFORE, Place("content/cards/K.md", 1), "text-stray"),
        (BEFORE, Place("content/cards/K.md", 3), "reference-words-disagree"),
        ({"content/cards/K.md": b"# K1 One\n"}, Place("content/cards/K.md", 3), "label-unknown"),
    ],
    ids=["elsewhere", "above all cards", "a warning", "a new card"],
)
def test_what_cannot_be_mended(before: dict[str, bytes], place: Place, code: str) -> None:
    assert mended(NOW, before, [problem(code, place, "", "")]) is None


def test_a_warning_is_beside_its_card_and_the_picture_is_new(deck: Shown) -> None:
    before = deck.card("K5")["faces"][1]["name"]
    deck.edit(K, "New methods start small.", "Key characteristics (K1) first.")
    assert deck.record["current"]
    assert codes(deck.card("K5")["problems"]) == ["reference-words-disagree"]
    assert deck.card("K5")["faces"][1]["name"] != before


def test_other_problems_are_in_the_list(deck: Shown) -> None:
    deck.edit("content/deck.toml", "cards = 12", "cards = 13")
    assert codes(deck.record["problems"]) == ["card-missing"]
    deck.edit("content/deck.toml", "cards = 13", "cards = = 13")
    assert codes(deck.record["problems"]) == ["settings-syntax"]
    assert len(deck.record["sections"]) == 2


def test_a_new_card_with_errors_has_a_place_without_a_picture(deck: Shown) -> None:
    path = deck.folder / K
    path.write_text(path.read_text("utf-8") + "\n# K13 New\nBcause.\n", encoding="utf-8")
    deck.look()
    new = deck.card("K13")
    assert new["faces"] == [] and new["title"] == "New"
    assert "part-empty" in codes(new["problems"])


def test_without_a_good_state_there_are_problems_only(deck_folder: Path) -> None:
    path = deck_folder / K
    path.write_text(path.read_text("utf-8").replace("See also:", "See allso:", 1), "utf-8")
    shown = Shown(deck_folder)
    record = shown.record
    assert record["sections"] == [] and record["drawn"] == ""
    assert "label-unknown" in codes(record["problems"])
    assert codes(record["problems"]) == [p.code for p in shown.live.state.problems]


def test_a_folder_that_is_gone(deck: Shown) -> None:
    deck.live.update(None, deck.folder)
    assert codes(deck.record["problems"]) == ["file-missing"]
    assert len(deck.record["sections"]) == 2
    deck.look()
    assert deck.record["current"]


def test_old_pictures_are_forgotten_in_the_end(deck_folder: Path) -> None:
    deck = Shown(deck_folder, Options(cards="K5"))
    names, words = [], ["Room", *"ABCDEFGHI"]
    for old, new in pairwise(words):
        names.append(deck.card("K5")["faces"][0]["name"])
        deck.edit(K, f"# K5 {old}", f"# K5 {new}")
    there = [deck.live.picture(name, "grey") is not None for name in names]
    assert there == [False, False] + [True] * 7  # and that of now: pages may lag behind


def test_a_long_day_of_writing_fills_no_memory(deck_folder: Path) -> None:
    deck = Shown(deck_folder, Options(cards="K5"))
    alive = []
    for number in range(14):
        deck.edit(K, f"# K5{' I' * number} Room", f"# K5{' I' * (number + 1)} Room")
        for face in deck.card("K5")["faces"]:
            assert deck.live.picture(face["name"], "normal")
        gc.collect()
        alive.append(sum(isinstance(thing, CardFaces) for thing in gc.get_objects()))
    assert alive[0] <= alive[9] == alive[-1]


def test_what_was_painted_for_a_picture_is_let_go(deck: Shown) -> None:
    """Else a long day of writing would fill the memory with what no card looks like any more."""
    shown = deck.live.state.deck
    assert shown
    for name, subject in shown.subjects.items():
        assert deck.live.picture(name, "normal")
        assert vars(painter_for(subject.book))["_drawings"] == {}
    write_sheets([shown.sheets[0].subject.shown], subject.info, subject.book)  # type: ignore[list-item]
    assert vars(painter_for(subject.book))["_drawings"]  # what drawing alone leaves behind


def test_the_end_waits_for_a_picture_and_no_other_is_begun(
    deck: Shown, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program may end then: no thread is still inside pdfium."""
    begun, go_on, ended = Event(), Event(), Event()
    draw = Subject.draw

    def slowly(subject: Subject) -> Any:
        begun.set()
        assert go_on.wait(10)
        return draw(subject)

    monkeypatch.setattr(Subject, "draw", slowly)
    names = [face["name"] for face in deck.card("K5")["faces"]]
    with ThreadPoolExecutor() as threads:
        first = threads.submit(deck.live.picture, names[0], "normal")
        assert begun.wait(10)
        threads.submit(deck.live.close).add_done_callback(lambda _: ended.set())
        assert not ended.wait(0.2)
        go_on.set()
        assert first.result(10) and ended.wait(10)
    assert deck.live.picture(names[1], "normal") is None and drawn == ["K5 front"]


def test_other_fonts_are_other_pictures(deck: Shown) -> None:
    before = deck.card("K5")["faces"][0]["name"]
    root = Path(__file__).resolve().parents[2]
    for folder in ("fonts", "templates"):
        (deck.folder / folder).mkdir()
        for path in (root / folder).rglob("*.*"):
            target = deck.folder / folder / path.relative_to(root / folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    deck.look()
    assert deck.card("K5")["faces"][0]["name"] == before
    bold = deck.folder / "fonts" / "AtkinsonHyperlegibleNext_700Bold.ttf"
    bold.write_bytes(bold.with_name("AtkinsonHyperlegibleNext_600SemiBold.ttf").read_bytes())
    deck.look()
    assert deck.card("K5")["faces"][0]["name"] != before

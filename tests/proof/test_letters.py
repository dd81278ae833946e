"""A letter that no font has is reported where it was typed, and what nobody typed at the fonts."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckgen.design.fonts import FontBook
from deckgen.design.stand_ins import stand_ins
from deckgen.layout.setting.lines import Setter, Type
from deckgen.model.text import words
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.project import Project
from deckgen.proof.letters import letters_placed
from tests.laid_out import lay_out
from tests.layout.made_up import design_of
from tests.problems.test_samples import ROOT, TODAY, mini_files

D = "content/cards/D.md"


def problems(files: dict[str, bytes]) -> list[Problem]:
    return lay_out(Project(ROOT, files, (), today=TODAY), Options())[1]


def places(files: dict[str, bytes]) -> list[str]:
    return [str(p.place) for p in problems(files) if p.code == "letter-missing"]


def edited(file: str, old: str, new: str) -> dict[str, bytes]:
    files = mini_files()
    text = files[file].decode()
    assert old in text
    return {**files, file: text.replace(old, new, 1).encode()}


def test_every_place_of_a_letter_at_once() -> None:
    files = edited(D, "Time does the work.", "Time ✓ and **more ✓** and &#9731;, ﬁne ☃.")
    assert places(files) == [f"{D}:17:6", f"{D}:17:19", f"{D}:17:27", f"{D}:17:40"]


def test_words_in_a_script_that_the_fonts_lack_are_one_problem() -> None:
    files = edited(D, "Time does the work.", "Time שלום עולם, 👩‍🍳 ✓ does → it.")
    found = [p for p in problems(files) if p.code == "letter-missing"]
    assert [p.place.column for p in found] == [6, 17, 21, 28]
    assert "שלום עולם" in found[0].found and "check mark" in found[2].found


def test_letters_of_a_title_and_of_the_deck() -> None:
    assert places(edited(D, "# D1 Mix", "# D1 ☃ Mix")) == [f"{D}:1:6"]
    deck = "content/deck.toml"
    assert places(edited(deck, 'title = "', 'title = "→ ')) == [f"{deck}:1:10"]
    assert places(edited(deck, 'title = "', 'title = "\\u2192 ')) == [f"{deck}:1:10"]
    name = mini_files()[deck].decode().split('name = "')[1].split('"')[0]
    (place,) = places(edited(deck, f'name = "{name}', f'name = "☃ {name}'))
    assert place.startswith(deck) and not place.endswith(":1:1")


def test_letters_of_a_workbook() -> None:
    book = "content/workbooks/bakers.md"
    line = mini_files()[book].decode().split("\n")[0]
    assert places(edited(book, line, f"{line} ☃")) == [f"{book}:1:{len(line) + 2}"]


def book_without(letters: str) -> FontBook:
    book = design_of("gallery").book
    faces = dict(book.faces)
    for face in faces.values():
        face.__dict__["letters"] = face.letters - set(letters)
    return FontBook(faces)


LOOK = Type("regular", "bold", 12, 15, "#000000")


def test_what_a_font_lacks_has_a_plainer_form() -> None:
    book = design_of("gallery").book
    assert book.drawable("5′ 6″ 9‑10", "regular") == "5’ 6” 9-10"
    assert (
        book.drawable("Ａ！５０％ №３ ５µm ǆ Ⅳ 𝐁𝐨𝐥𝐝 ‛a‟ ●", "regular")
        == "A!50% No3 5μm dž IV Bold ‘a“ •"
    )
    other = "10⁴ ① ⅓ ↗ ☃ ⼀"  # on the line they would say something else
    assert book.drawable(other, "regular") == other
    assert stand_ins("abc'\"-. ")[ord("“")] == '"'
    assert stand_ins("abc").get(ord("“")) == "“"  # no form of it is there
    assert Setter(book).lines(words("a \u00ad&\u200b \u200b"), LOOK, 500)[0][0].text == "a &"
    lines = Setter(book_without("’“”…–")).lines(words("It’s “so” – yes…"), LOOK, 500)
    assert [run.text for run in lines[0]] == ['It\'s "so" - yes...']


def test_what_deckgen_writes_itself_is_the_fonts_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: FontBook, text: str, face: str) -> set[str]:
        return {"·"} & set(text)

    monkeypatch.setattr(FontBook, "missing", missing)
    found = [p for p in problems(mini_files()) if p.code == "letter-missing"]
    assert {str(p.place) for p in found} == {"templates/fonts.toml"}
    assert all('"·"' in p.found and ".ttf" in p.found for p in found)


def test_other_problems_pass_through() -> None:
    found = problems(edited(D, "Id:", "Idd:"))
    assert found and letters_placed(found, {}) == found


PIECES = ["*", "**", "_", "`", "\\", "&amp;", "&#8217;", "&shy;", "&rlm;", "[a](b)", "{cy: x}", "|"]
PIECES += ["\u2028", "\u202f", "\ufb01", "\u200e", "\u00ad", "\u200b", "\ufeff", "\uf0b7", "\x07"]
PIECES += ["☃", "שלום", "𝒳", "👩‍🍳", "e\u0301", "→", "‑", "″", " word ", "\n\n", "- ", "1. ", "> "]
LACKED = "☃שלום𝒳👩🍳→"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), st.integers(0, 400))
@example("**\u00ad**", 5)
def test_any_letters_on_a_card_are_set_or_reported_where_they_stand(odd: str, at: int) -> None:
    text = mini_files()[D].decode()
    at = min(at, len(text))
    files = {**mini_files(), D: (text[:at] + odd + text[at:]).encode()}
    lines = files[D].decode().split("\n")
    for found in problems(files):
        assert found.todo and found.place.line <= len(lines)
        if found.code == "letter-missing":
            assert found.place.file == D
            assert lines[found.place.line - 1][found.place.column - 1] in LACKED

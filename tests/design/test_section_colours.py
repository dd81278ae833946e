"""Sections can be told apart by everybody, whatever colours are chosen or left to deckgen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.building.build import build_files
from deckgen.building.check import check
from deckgen.colour_report import colour_table
from deckgen.design.section_colours import FOUND
from deckgen.design.vision import distances
from deckgen.options import Options
from deckgen.problem import Problem, blocks
from tests.design.coloured import (
    PROFILE,
    chosen,
    coloured,
    deck_toml,
    palettes_with,
    prefix,
    sections_with,
    starter,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
NAMED = ('palette = "pink"', 'palette = "mauve"', 'palette = "brown"', 'palette = "light-green"')
MOST = 8


def suggested(problem: Problem) -> str:
    match = re.search(r'colour = "(#[0-9A-F]{6})"', problem.todo)
    return match[1] if match else ""


SOME = settings(max_examples=settings.default.max_examples // 4)  # each looks for many colours


@SOME
@given(colours)
@example("#FFFFFF")
@example("#FEFEFE")
@example("#0D4855")
@example("#000000")
def test_any_colour_alone_is_good_or_a_near_one_is_named(colour: str) -> None:
    _, found = palettes_with(*chosen(colour))
    for problem in found:
        assert problem.code in ("colours-alike", "colour-unprintable")
        assert str(problem.place).startswith("content/deck.toml:")
        assert palettes_with(*chosen(suggested(problem)))[1] == []


@SOME
@given(st.lists(colours, min_size=2, max_size=4, unique=True), st.integers(0, 3))
@example(["#7E2E2E", "#7F2E2E", "#802E2E"], 0)
@example(["#C94F4F", "#2F6F8F"], 1)
@example(["#00002D", "#00002E", "#00002F", "#000030"], 3)
def test_any_colours_are_good_once_all_advice_is_taken(wanted: list[str], named: int) -> None:
    looks = [*chosen(*wanted), *NAMED[:named]]
    found = [p for p in palettes_with(*looks)[1] if p.code == "colours-alike"]
    for problem in found:
        better, line = suggested(problem), problem.place.line
        if not better:  # seven of the eight that there can be, by the nearest each time
            assert len(looks) > 5 and "another section's colour" in problem.todo
            return
        at = next(n for n, s in enumerate(sections_with(*looks)) if s.colour_at == problem.place)
        assert line and looks[at] == chosen(wanted[at])[0]
        looks[at] = chosen(better)[0]
    assert [p for p in palettes_with(*looks)[1] if p.code == "colours-alike"] == []


def test_a_collision_says_with_whom_and_for_whose_eyes() -> None:
    (found,) = palettes_with(*chosen("#2F6F8F", "#C94F4F"))[1]
    assert '"Part 2" (#C94F4F) is too like "Part 1" for a grey printer: 7.0 apart' in found.found
    section = sections_with(*chosen("#2F6F8F", "#C94F4F"))[1]
    assert found.place == section.colour_at
    (found,) = palettes_with(*chosen("#0D4855"))[1]
    assert "the index card" in found.found and "for everybody" in found.found
    (found,) = palettes_with(*chosen("#FFFFFF"))[1]
    assert "white paper" in found.found


def test_two_colours_that_only_some_eyes_confuse_say_which() -> None:
    (found,) = palettes_with(*chosen("#B5C260", "#EFA24F"))[1] or [None]
    assert found is not None and "people who can't see" in found.found


@given(st.integers(1, MOST), st.lists(st.sampled_from(NAMED), unique=True, max_size=2))
def test_any_colours_that_are_found_can_be_told_apart(count: int, named: list[str]) -> None:
    palettes, found = palettes_with(*[""] * count, *named)
    keys = tuple(s.palette for s in sections_with(*[""] * count, *named))
    assert not blocks(found)
    if not found:
        assert all(pair.share >= 1 for pair in distances(palettes, keys))


def test_eight_can_be_told_apart_and_no_more() -> None:
    assert len(FOUND) == MOST
    assert palettes_with(*[""] * MOST)[1] == []
    palettes, (found,) = palettes_with(*[""] * (MOST + 1))
    assert found.code == "colours-shared"
    assert f"{prefix(0)}, {prefix(MOST)}" in found.found
    one, other = (palettes.sections[prefix(n)] for n in (0, MOST))
    assert one.colours == other.colours and one.pattern != other.pattern
    keys = (*(prefix(n) for n in range(MOST)), "teal")
    assert all(pair.share >= 1 for pair in distances(palettes, keys))


def test_one_more_section_changes_none_before_it() -> None:
    before = palettes_with("")[0]
    for count in (2, 7, 8, 9, 20, 60):
        after = palettes_with(*[""] * count)[0]
        assert {p: after.sections[p] for p in before.sections} == before.sections
        before = after


def test_what_somebody_chose_goes_first() -> None:
    palettes, found = palettes_with("", "", 'palette = "brown"', 'colour = "#A1DBEE"')
    assert found == []
    assert palettes.sections[prefix(0)].srgb("band") != FOUND[0]
    assert palettes.sections[prefix(3)].srgb("band") == "#A1DBEE"


def test_sections_of_one_colour_need_icons_of_their_own() -> None:
    pink = 'palette = "pink"\n'
    (found,) = palettes_with(f'{pink}icon = "key"', f'{pink}icon = "key"')[1]
    assert found.code == "sections-alike" and "AA, AB" in found.found
    (found,) = palettes_with(f'{pink}icon = "key"', f'{pink}icon = "book"')[1]
    assert found.code == "colours-shared"
    blue, light_green = chosen("#2F6F8F", "#C9DEA5")
    assert [p.code for p in palettes_with(blue, blue)[1]] == ["colours-shared"]
    named = 'palette = "light-green"\nicon = "key"'
    assert [p.code for p in palettes_with(named, light_green)[1]] == ["colours-shared"]
    assert palettes_with(pink, 'palette = "mauve"\nicon = "key"')[1] == []


def test_a_colour_that_no_press_prints_is_told_with_what_it_becomes() -> None:
    (fault,) = palettes_with(*chosen("#00FF00"))[1]
    assert fault.code == "colour-unprintable" and not blocks([fault])
    palettes, found = palettes_with(*chosen(suggested(fault)))
    assert found == [] and palettes.sections[prefix(0)].srgb("band") == suggested(fault)


@pytest.mark.parametrize(
    ("look", "line"),
    [
        ('colour = "2F6F8F"', 0),
        ('colour = "#2F6F8"', 0),
        ('palette = "pink"\ncolour = "#2F6F8F"', 1),
    ],
)
def test_what_is_no_choice_of_a_colour_is_told_where_it_stands(look: str, line: int) -> None:
    (fault,) = check(coloured(look), Options())
    first = deck_toml(look).splitlines().index(look.splitlines()[0]) + 1
    assert (fault.code, fault.place.line) == ("setting-invalid", first + line)


def test_a_ninth_colour_that_is_chosen_gets_advice_that_can_be_followed() -> None:
    looks = chosen(*FOUND, "#777777")
    (found,) = palettes_with(*looks)[1]
    assert found.code == "colours-alike" and "another section's colour" in found.todo
    assert not blocks(palettes_with(*looks[:-1], looks[0])[1])


def test_without_the_press_there_are_no_colours_and_it_is_said() -> None:
    project = coloured("")
    files = {name: data for name, data in project.files.items() if name != PROFILE}
    found = check(replace(project, files=files), Options())
    assert [(p.code, p.place.file) for p in found] == [("file-missing", PROFILE)]
    broken = replace(project, files={**files, PROFILE: b"\0" * 200})
    assert [p.code for p in check(broken, Options())] == ["profile-unusable"]
    header = bytearray(starter().files[PROFILE][:300])
    header[:4] = len(header).to_bytes(4, "big")
    hollow = replace(project, files={**files, PROFILE: bytes(header)})
    assert [p.code for p in check(hollow, Options())] == ["profile-unusable"]
    assert colour_table(hollow)[1]
    named = replace(coloured('palette = "pink"\nicon = "key"'), files=files)
    assert "profile-unusable" not in [p.code for p in check(named, Options())]


def test_sixty_sections_are_checked_and_built(tmp_path: Path) -> None:
    project = coloured(*[""] * 60)
    found = check(project, Options())
    assert [p.code for p in found] == ["colours-shared"]
    build_files(project, ["screen"], output=tmp_path)
    assert (tmp_path / "deck-screen.pdf").is_file()


@pytest.mark.parametrize("looks", [chosen("#2F6F8F", "#E9B44C"), ("",) * 8, ("",) * 12])
def test_the_report_covers_derived_colours(looks: tuple[str, ...]) -> None:
    table, problems = colour_table(coloured(*looks))
    assert problems == []
    rows = [line.split() for line in table.partition("\n\n")[0].splitlines()[1:]]
    assert [row[0] for row in rows] == [prefix(n) for n in range(min(len(looks), MOST))]
    assert all(float(row[-1]) <= 4 for row in rows)


def test_the_report_tells_of_chosen_colours_that_are_alike() -> None:
    _, problems = colour_table(coloured(*chosen("#2F6F8F", "#C94F4F")))
    assert [p.code for p in problems] == ["colours-alike"]

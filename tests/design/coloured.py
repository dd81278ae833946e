"""Decks whose sections have the looks that a test writes for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace

from deckgen.content.deck import read_deck_settings, sections_of
from deckgen.design.load_palettes import load_palettes
from deckgen.design.palette import Palettes
from deckgen.design.press_colour import InkMaker, ink_maker
from deckgen.design.section_colours import colour_problems, with_section_colours
from deckgen.model.deck import Section
from deckgen.problem import Problem
from deckgen.project import Project, read_project
from tests.conftest import ROOT

PROFILE = "templates/FOGRA39L_coated.icc"


@cache
def starter() -> Project:
    return read_project(ROOT)


def press() -> InkMaker:
    return ink_maker(starter().files[PROFILE], 300)


def prefix(number: int) -> str:
    return chr(65 + number // 26) + chr(65 + number % 26)


def deck_toml(*looks: str) -> str:
    """The starter's deck.toml with a section of one card for each look, a few lines of TOML."""
    head = starter().files["content/deck.toml"].decode().partition("[[sections]]")[0]
    tables = (
        f'[[sections]]\nprefix = "{prefix(n)}"\nname = "Part {n + 1}"\ncards = 1\n{look}\n'
        for n, look in enumerate(looks)
    )
    return head + "".join(tables)


def coloured(*looks: str, files: Mapping[str, bytes] | None = None) -> Project:
    """A whole project of such sections; `files` are added to it."""
    made = {
        name: data
        for name, data in starter().files.items()
        if not name.startswith(("content/cards/", "content/references"))
    }
    card = re.split(r"(?m)^(?=# )", starter().files["content/cards/K.md"].decode())[1]
    card = re.sub(r"(?m)^See also:.*\n", "", card)
    for n in range(len(looks)):
        own = card.replace("# K1 ", f"# {prefix(n)}1 ").replace("Id: ", f"Id: {n}-")
        made[f"content/cards/{prefix(n)}.md"] = own.encode()
    for name, data in made.items():
        if name.startswith("content/workbooks/"):
            text = re.sub(r"(?m)^Cards: .*", "Cards: AA1", data.decode())
            made[name] = re.sub(r"(?m)^Printed as: .*\n", "", text).encode()
    made["content/deck.toml"] = deck_toml(*looks).encode()
    return replace(starter(), files={**made, **(files or {})}, today=None)


def sections_with(*looks: str) -> tuple[Section, ...]:
    text = deck_toml(*looks)
    settings, found = read_deck_settings(text)
    assert settings is not None, found
    return sections_of(settings, text)[0]


def palettes_with(*looks: str) -> tuple[Palettes, list[Problem]]:
    """The palettes of such sections, and what is wrong with their colours."""
    found: list[Problem] = []
    files = starter().files
    palettes = load_palettes(files, found)
    assert palettes is not None
    sections = sections_with(*looks)
    palettes = with_section_colours(palettes, sections, files, found)
    return palettes, [*found, *colour_problems(sections, palettes, files)]


def chosen(*colours: str) -> tuple[str, ...]:
    return tuple(f'colour = "{colour}"' for colour in colours)

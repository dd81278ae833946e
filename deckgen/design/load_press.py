"""templates/press.toml and the profile it names → a Press, and a trade size of cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deckgen.design.palette import Palettes
from deckgen.design.press import Press, PressFile, TradeSize, profile_problems
from deckgen.design.template import read_template
from deckgen.problem import Place, Problem, blocks, one_of, problem

if TYPE_CHECKING:
    from deckgen.design.press_colour import InkMaker

PRESS_FILE = "templates/press.toml"


def read_press(files: Mapping[str, bytes]) -> tuple[Press | None, list[Problem]]:
    """The press that the templates describe."""
    found: list[Problem] = []
    settings = read_template(files, PRESS_FILE, PressFile, found)
    if settings is None:
        return None, found
    profile = _profile(files, settings, found)
    return None if blocks(found) else Press(settings, profile), found


def press_setting_problems(files: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with the press's settings, if the templates have any."""
    found: list[Problem] = []
    if PRESS_FILE in files:
        read_template(files, PRESS_FILE, PressFile, found)
    return found


def load_press(
    files: Mapping[str, bytes], size: str
) -> tuple[tuple[Press, TradeSize] | None, list[Problem]]:
    """The press, and the size called `size` ("a6")."""
    press, found = read_press(files)
    if press is None:
        return None, found
    sizes = press.settings.sizes
    if size not in sizes:
        said = f'There is no size called "{size}".'
        todo = one_of(size, sizes)
        return None, [*found, problem("template-unknown", Place(PRESS_FILE), said, todo)]
    return (press, sizes[size]), found


def ink_maker_in(files: Mapping[str, bytes], found: list[Problem]) -> InkMaker | None:
    """What makes inks for this press; None, with Problems in `found`, if its profile is no good."""
    settings = read_template(files, PRESS_FILE, PressFile, found)
    profile = _profile(files, settings, found) if settings else b""
    if settings is None or not profile:
        return None
    from deckgen.design.press_colour import NoProfile, ink_maker

    try:
        return ink_maker(profile, settings.ink_limit)
    except NoProfile:
        said = "This profile has no tables that make inks of colours."
        place = Place(f"templates/{settings.profile}")
        found.append(
            problem("profile-unusable", place, said, "Ask the print shop for its profile.")
        )
        return None


def _profile(files: Mapping[str, bytes], settings: PressFile, found: list[Problem]) -> bytes:
    """The profile's bytes; none, with Problems in `found`, if it can't be used."""
    name = f"templates/{settings.profile}"
    if name in files:
        faults = profile_problems(files[name], name)
    else:
        said = "This profile is missing."
        faults = [problem("file-missing", Place(name), said, "Put it there.")]
    found += faults
    return b"" if faults else files[name]


def press_problems(press: Press, palettes: Palettes) -> list[Problem]:
    """Colours with more ink than the paper takes up."""
    found, limit = [], press.settings.ink_limit
    todo = "Use less ink in it, and more black in place of the three colours."
    for colour in palettes.pairs():
        if colour.ink_percent > limit:
            ink = f"{colour.ink_percent:g} % ink"
            said = f"The colour {colour.srgb} has {ink}; the press takes {limit:g} %."
            found.append(problem("ink-too-much", Place(palettes.file), said, todo))
    return found

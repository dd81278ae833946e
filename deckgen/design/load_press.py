"""templates/press.toml and the profile it names → a Press, and a trade size of cards."""

from __future__ import annotations

from collections.abc import Mapping

from deckgen.design.palette import Palettes
from deckgen.design.press import Press, PressFile, TradeSize, profile_problems
from deckgen.design.template import read_template
from deckgen.problem import Place, Problem, blocks, one_of, problem

PRESS_FILE = "templates/press.toml"


def read_press(files: Mapping[str, bytes]) -> tuple[Press | None, list[Problem]]:
    """The press that the templates describe."""
    found: list[Problem] = []
    settings = read_template(files, PRESS_FILE, PressFile, found)
    if settings is None:
        return None, found
    name = f"templates/{settings.profile}"
    if name in files:
        found += profile_problems(files[name], name)
    else:
        said = "This profile is missing."
        found.append(problem("file-missing", Place(name), said, "Put it there."))
    return None if blocks(found) else Press(settings, files[name]), found


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


def profile_in(files: Mapping[str, bytes]) -> bytes:
    """The press's profile, or nothing if it can't be used."""
    settings = read_template(files, PRESS_FILE, PressFile, [])
    data = files.get(f"templates/{settings.profile}", b"") if settings else b""
    return b"" if profile_problems(data, "") else data


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

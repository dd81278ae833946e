"""The icon of each section: from templates/icons.toml, a drawing, a set of icons, or a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.design.icons import Icon, parse_path
from deckgen.model.deck import Section
from deckgen.problem import Place, Problem, one_of, problem
from deckgen.source import ICONS

if TYPE_CHECKING:
    from zipfile import ZipFile

# Sets of icons: the package, the archive in it, and where people look for one.
SETS = {"lucide": ("lucide", "lucide.zip", "lucide.dev/icons")}
_INSTALL = 'Install it: pip install "deckgen-cards[icons]".'

# Marks for sections that name no icon: a shape, and as many dots in it as sections before had
# the same one. They mean nothing, so they are wrong for no subject.
_SHAPES = (
    ("M12 3 C17 3 21 7 21 12 C21 17 17 21 12 21 C7 21 3 17 3 12 C3 7 7 3 12 3 Z", 12.0),
    ("M4 4 L20 4 L20 20 L4 20 Z", 12.0),
    ("M12 2.5 L22 20 L2 20 Z", 15.0),
    ("M12 2 L22 12 L12 22 L2 12 Z", 12.0),
    ("M3.5 20.5 C3.5 11 11 3.5 20.5 3.5 C20.5 13 13 20.5 3.5 20.5 Z", 12.0),
    ("M7 3.3 L17 3.3 L22 12 L17 20.7 L7 20.7 L2 12 Z", 12.0),
    ("M4 20.5 L4 12 C4 7.6 7.6 4 12 4 C16.4 4 20 7.6 20 12 L20 20.5 Z", 13.2),
    ("M4 3.5 L20 3.5 L20 11 C20 16 16.5 19.5 12 21.5 C7.5 19.5 4 16 4 11 Z", 11.2),
    (
        "M12 2 C15 7 19.5 10 19.5 14.5 C19.5 18.6 16 21.5 12 21.5 C8 21.5 4.5 18.6 4.5 14.5 "
        "C4.5 10 9 7 12 2 Z",
        14.4,
    ),
    ("M12 2.5 L21.8 9.6 L18 21 L6 21 L2.2 9.6 Z", 12.9),
)
_DICE = (
    ((0, 0),),
    ((0, -1), (0, 1)),
    ((-1, 0.8), (1, 0.8), (0, -1)),
    ((-1, -1), (1, -1), (-1, 1), (1, 1)),
    ((-1.2, -1.2), (1.2, -1.2), (-1.2, 1.2), (1.2, 1.2), (0, 0)),
    ((-1, -1.6), (1, -1.6), (-1, 0), (1, 0), (-1, 1.6), (1, 1.6)),
)
_APART, _DOT = 2.3, 1.25


def section_icons(
    icons: Mapping[str, Icon],
    sections: Sequence[Section],
    files: Mapping[str, bytes],
    found: list[Problem],
) -> Mapping[str, Icon]:
    """The icons, and those of the sections that are no names in templates/icons.toml.

    What can't be drawn is a Problem in `found`; the icon is not there then.
    """
    made = dict(icons)
    own = [section for section in sections if section.own_icon]
    made |= {section.prefix: mark(number) for number, section in enumerate(own)}
    for section in sections:
        if section.icon not in made and (section.icon.endswith(".svg") or ":" in section.icon):
            made |= dict(_drawn(section, files, found))
    return made


def mark(number: int) -> Icon:
    """One of sixty marks, counted from 0; they begin anew after that."""
    shape, middle = _SHAPES[number % len(_SHAPES)]
    path = (parse_path(shape),)
    dots = _DICE[number // len(_SHAPES) % len(_DICE)]
    placed = tuple((12 + _APART * x, middle + _APART * y, _DOT) for x, y in dots)
    return Icon(path, (), (), placed, path)


def _drawn(
    section: Section, files: Mapping[str, bytes], found: list[Problem]
) -> Iterator[tuple[str, Icon]]:
    """A section's icon from a drawing."""
    from deckgen.design.svg_icon import svg_icon

    place = section.icon_at or section.place
    drawing = _own(section.icon, files, place, found)
    if ":" in section.icon:
        drawing = _of_set(section.icon, place, found)
    if drawing:
        icon, faults = svg_icon(*drawing)
        found += faults
        if icon:
            yield section.icon, icon


def _own(
    name: str, files: Mapping[str, bytes], place: Place, found: list[Problem]
) -> tuple[bytes, str] | None:
    """A drawing of the project's, and its file."""
    if ":" in name:
        return None
    file = next((folder + name for folder in ICONS if folder + name in files), None)
    if file:
        return files[file], file
    known = [f.rpartition("/")[2] for f in files if f.startswith(ICONS)]
    todo = one_of(name, known, f"Put it into {ICONS[0].removesuffix('/')}.")
    said = f"There is no icon {name} in {ICONS[0].removesuffix('/')}."
    found.append(problem("template-unknown", place, said, todo))
    return None


def _of_set(name: str, place: Place, found: list[Problem]) -> tuple[bytes, str] | None:
    """A drawing of a set that is installed, and what to call it."""
    kind, _, wanted = name.partition(":")
    if kind not in SETS:
        said = f'There is no set of icons called "{kind}".'
        found.append(problem("template-unknown", place, said, one_of(kind, SETS)))
        return None
    package, archive, page = SETS[kind]
    drawings = _archive(package, archive)
    if drawings is None:
        said = f"The icons of {kind} are not installed."
        found.append(problem("template-unknown", place, said, _INSTALL))
        return None
    if f"{wanted}.svg" in drawings.namelist():
        return drawings.read(f"{wanted}.svg"), name
    known = (drawing.removesuffix(".svg") for drawing in drawings.namelist())
    todo = one_of(wanted, known, f"Look for one on {page}.", list_all=False)
    said = f'The icons of {kind} have none called "{wanted}".'
    found.append(problem("template-unknown", place, said, todo))
    return None


@lru_cache
def _archive(package: str, name: str) -> ZipFile | None:
    """The drawings of an installed set; None if it isn't installed."""
    from importlib.resources import files
    from io import BytesIO
    from zipfile import ZipFile

    try:
        return ZipFile(BytesIO(files(package).joinpath(name).read_bytes()))
    except (ImportError, OSError):
        return None

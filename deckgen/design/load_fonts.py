"""templates/fonts.toml → the faces of a project by role, each file once and in its weight."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta

from deckgen.design.font_files import BROKEN, font_fault, weights_of
from deckgen.design.fonts import Face, FontBook
from deckgen.design.outlines import is_sound
from deckgen.design.template import read_template
from deckgen.problem import Place, Problem, blocks, problem
from deckgen.settings import Settings, locate
from deckgen.wording.say import SAY_ENGLISH, Wording

FONTS_FILE = "templates/fonts.toml"

# The faces that layout itself asks for; themes may use more.
ROLES = frozenset({"regular", "medium", "bold"})

# What a role weighs by its name, where a font has several weights.
_WEIGHTS = {
    **{"thin": 100, "extralight": 200, "light": 300, "regular": 400, "medium": 500},
    **{"semibold": 600, "bold": 700, "extrabold": 800, "black": 900},
}
_LANGUAGE = re.compile(rb"""(?m)^language *= *["']([A-Za-z][A-Za-z0-9-]*)["']""")
_Weight = Annotated[int, Meta(ge=1, le=1000, description="Write a number from 1 to 1000.")]


class FontChoice(Settings, frozen=True):
    """A font file, and which of its weights."""

    file: str
    weight: _Weight | None = None


FontsFile = dict[str, str | FontChoice]


def load_fonts(
    files: Mapping[str, bytes], found: list[Problem], say: Wording = SAY_ENGLISH
) -> FontBook | None:
    """The faces, or None with Problems in `found`; `say` has the words that are added."""
    read = read_template(files, FONTS_FILE, FontsFile, found)
    if read is None:
        return None
    lacking = sorted(ROLES - set(read))
    for role in lacking:
        said = f'No font plays the part "{role}".'
        todo = f'Add a line {role} = "….ttf".'
        found.append(problem("template-invalid", Place(FONTS_FILE), said, todo))
    chosen = {r: FontChoice(c) if isinstance(c, str) else c for r, c in read.items()}
    # A role may name another one: it then looks like that one, and knowingly so.
    alike = {r: c.file for r, c in chosen.items() if c.file in chosen and chosen[c.file] != c}
    own = {r: c for r, c in chosen.items() if r not in alike}
    first = {choice.file: role for role, choice in reversed(own.items())}
    faults = {file: _fault(files, file, role) for file, role in reversed(first.items())}
    found += filter(None, faults.values())
    if lacking or any(faults.values()):
        return None
    faces = dict[str, Face]()
    for role, choice in own.items():
        data = files[f"fonts/{choice.file}"]
        weight = _weight(role, choice, data, files, found)
        faces[role] = Face(role, choice.file, data, weight, _language(files))
        if not is_sound(faces[role]):
            found.append(problem("font-unusable", Place(f"fonts/{choice.file}"), *BROKEN))
            return None
    for role, other in alike.items():
        if other not in faces:
            place = Place(FONTS_FILE, *_spot(files, role))
            said = f'"{role}" is to look like "{other}", which looks like another one itself.'
            found.append(problem("template-invalid", place, said, "Write the name of a file."))
            return None
        faces[role] = faces[other]
    if not blocks(found):
        found += _same_looks({role: faces[role] for role in own}, files)
    return FontBook({role: faces[role] for role in read}, _letters(files) | say.letters())


def _fault(files: Mapping[str, bytes], file: str, role: str) -> Problem | None:
    """What is wrong with a font file; `role` is the first that it is to play."""
    name = f"fonts/{file}"
    if name not in files:
        there = [other[6:] for other in files if other.startswith("fonts/")]
        meant = [other for other in there if other.casefold() == file.casefold()]
        todo = f"Write {meant[0]}." if meant else "Put it there, or write the name of one that is."
        said = f"There is no {file} in the folder fonts."
        return problem("file-missing", Place(FONTS_FILE, *_spot(files, role)), said, todo)
    fault = font_fault(files[name])
    return problem("font-unusable", Place(name), *fault) if fault else None


def _weight(
    role: str, choice: FontChoice, data: bytes, files: Mapping[str, bytes], found: list[Problem]
) -> float | None:
    """The weight of a variable font for a role: as near as the font has it."""
    weights = weights_of(data)
    if weights is None:
        if choice.weight is not None:
            said = f"{choice.file} has only one weight, so none can be chosen."
            todo = f'Write {role} = "{choice.file}", or name the file that has that weight.'
            place = Place(FONTS_FILE, *_spot(files, role))
            found.append(problem("setting-invalid", place, said, todo))
        return None
    wanted = choice.weight or _WEIGHTS.get(role, _WEIGHTS["regular"])
    return max(weights[0], min(wanted, weights[1]))


def _same_looks(faces: Mapping[str, Face], files: Mapping[str, bytes]) -> list[Problem]:
    """One warning for each face that plays several roles, so that nothing sets them apart."""
    roles = defaultdict[str, list[str]](list)
    for role, face in faces.items():
        roles[face.digest].append(role)
    found = []
    for digest, same in roles.items():
        if len(same) > 1:
            file = next(face.file for face in faces.values() if face.digest == digest)
            said = f"{', '.join(same[:-1])} and {same[-1]} look the same: all are {file}."
            todo = f'Name other files, or write {same[-1]} = "{same[0]}" if that is meant.'
            place = Place(FONTS_FILE, *_spot(files, same[1]))
            found.append(problem("fonts-alike", place, said, todo))
    return found


def _spot(files: Mapping[str, bytes], role: str) -> tuple[int, int]:
    return locate(files[FONTS_FILE].decode("utf-8", "replace"), (role,))


def _language(files: Mapping[str, bytes]) -> str:
    """The language of the deck's words; "" if deck.toml doesn't say it plainly."""
    said = _LANGUAGE.search(files.get("content/deck.toml", b""))
    return said[1].decode() if said else ""


def _letters(files: Mapping[str, bytes]) -> set[str]:
    """Every letter of the project's texts; an old edition's words count when they are drawn."""
    texts = (
        unicodedata.normalize("NFC", data.decode("utf-8", "ignore"))
        for name, data in files.items()
        if name.endswith((".md", ".toml")) and not name.startswith("content/editions/")
    )
    return set().union(*texts)

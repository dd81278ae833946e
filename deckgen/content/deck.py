"""content/deck.toml: the deck's own words, its edition and its sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import force_setattr

from deckgen.model.deck import SMALLEST_PT, Section
from deckgen.problem import Place, Problem, problem
from deckgen.settings import Settings, Unfit, like, locate, read_settings
from deckgen.source import read_source

FILE = "content/deck.toml"
_LOOKS = ("colour", "palette", "icon")
MOST_CARDS = 999  # of a section, withdrawn ones too: the digits that a code has room for
LEAST_TYPE_PT = 7.0  # nobody reads less without a glass
_EDITION = r"(?=[0-9.]{1,8}(?:[^0-9.]|$))[0-9]+(?:\.[0-9]+)*"

Words = Annotated[str, Meta(pattern=r"\S", description="something between the quotation marks")]
Name = Annotated[
    str, like("[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens, as in blue-grey")
]
Colour = Annotated[
    str, like("#[0-9A-Fa-f]{6}", "# and six digits or letters from A to F, as in #2F6F8F")
]
Icon = Annotated[
    str,
    like(
        r"[a-z0-9][a-z0-9-]*|[a-z]+:[a-z0-9][a-z0-9-]*|[^/\\:]+\.svg",
        "an icon's name, as in book, a set's and an icon's, as in lucide:flame, or flame.svg",
    ),
]
Code = Annotated[str, like("[A-Z]{1,6}[1-9][0-9]{0,2}", "the code of a card, as in R1")]
Prefix = Annotated[str, like("[A-Z]{1,6}", "one to six capital letters, as in KC")]
Language = Annotated[
    str, like("[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language's code, such as en-GB or cy")
]
# Names of devices, which Windows takes for no file, whatever ending they have.
_DEVICES = frozenset("con prn aux nul".split()) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
EditionNumber = Annotated[str, like(_EDITION, "digits, as in 2 or 2.1; eight characters at most")]
Number = Annotated[int, Meta(ge=1, le=MOST_CARDS)]


def is_edition(value: str) -> bool:
    """Digits with dots, for it becomes part of file names and stands on small cards."""
    return bool(re.fullmatch(_EDITION, value))


def is_device(name: str) -> bool:
    """Whether Windows can't store a file of this name."""
    return name.lower() in _DEVICES


def _storable(name: str, other: str) -> str:
    return f"Windows can't store a file called {name}.md. Write another name, such as {other}."


class Worded(Settings, frozen=True):
    """A table of words, each of them on one line, with single spaces."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str):
                force_setattr(self, name, " ".join(value.split()))


class EditionSettings(Settings, frozen=True):
    """[edition]."""

    number: EditionNumber
    issued: date
    review: date

    def __post_init__(self) -> None:
        if self.review <= self.issued:
            raise Unfit("review", "Write a day after the one of issue.")


class SectionSettings(Worded, frozen=True):
    """One [[sections]] table."""

    prefix: Prefix
    name: Words
    cards: Number
    colour: Colour = ""
    palette: Name = ""
    icon: Icon = ""
    words: tuple[str, ...] = ()
    withdrawn: tuple[Number, ...] = ()
    kind: Name | Literal[""] = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if is_device(self.prefix):
            raise Unfit("prefix", _storable(self.prefix, f"{self.prefix[:5]}X"))
        if len(set(self.withdrawn)) < len(self.withdrawn):
            raise Unfit("withdrawn", "Write each number once.")
        if self.cards + len(self.withdrawn) > MOST_CARDS:
            todo = f"A section has {MOST_CARDS} numbers, withdrawn ones too: begin another section."
            raise Unfit("cards", todo)
        if self.colour and self.palette:
            raise Unfit("colour", "Leave out one of colour and palette.")


class DeckSettings(Worded, frozen=True):
    """The whole file."""

    title: Words
    subtitle: Words
    publisher: Words
    contact: Words
    language: Language
    theme: Name
    stock: Name
    edition: EditionSettings
    sections: Annotated[tuple[SectionSettings, ...], Meta(min_length=1)]
    words: dict[str, Words] = field(default_factory=dict)
    workbook: Name | None = None
    how_to_use: tuple[Words, ...] = ()
    smallest_type: Annotated[float, Meta(ge=LEAST_TYPE_PT, le=SMALLEST_PT)] = SMALLEST_PT

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.workbook and is_device(self.workbook):
            raise Unfit("workbook", _storable(self.workbook, f"{self.workbook}-workbook"))


def load_deck_settings(
    files: Mapping[str, bytes],
) -> tuple[DeckSettings | None, str, list[Problem]]:
    """deck.toml, checked, and as it is written."""
    text, found = text_in(files, FILE)
    settings, faults = read_deck_settings(text) if text is not None else (None, [])
    return settings, text or "", [*found, *faults]


def text_in(files: Mapping[str, bytes], file: str) -> tuple[str | None, list[Problem]]:
    """The words of a file that must be there."""
    if file in files:
        return read_source(files[file], file)
    return None, [problem("file-missing", Place(file), "This file is missing.", "Put it back.")]


def read_deck_settings(text: str) -> tuple[DeckSettings | None, list[Problem]]:
    """The words of deck.toml, checked."""
    return read_settings(text, FILE, DeckSettings)


def small_type(settings: DeckSettings, text: str) -> list[Problem]:
    """A deck that allows smaller letters than everybody can read is told so."""
    if settings.smallest_type == SMALLEST_PT:
        return []
    said = f"Letters may be as small as {settings.smallest_type:g} points, as smallest_type says; "
    said += f"many people can't read less than {SMALLEST_PT:g}."
    todo = "If there are larger cards or fewer words, leave it out."
    return [problem("type-small", Place(FILE, *locate(text, ["smallest_type"])), said, todo)]


def sections_of(settings: DeckSettings, text: str) -> tuple[tuple[Section, ...], list[Problem]]:
    """The sections with their places; doubled prefixes are Problems."""
    found, seen, sections = [], set(), []
    for index, section in enumerate(settings.sections):
        place = Place(FILE, *locate(text, ["sections", index, "prefix"]))
        if section.prefix in seen:
            said = f"Two sections have the prefix {section.prefix}."
            todo = "Give one of them another prefix."
            found.append(problem("section-repeated", place, said, todo))
        seen.add(section.prefix)
        places = {name: Place(FILE, *locate(text, ["sections", index, name])) for name in _LOOKS}
        made = Section(
            section.prefix,
            section.name,
            palette=section.palette or section.prefix,
            icon=section.icon or section.prefix,
            count=section.cards,
            place=place,
            words=section.words,
            withdrawn=section.withdrawn,
            kind=section.kind,
            colour=section.colour.upper(),
            **{f"{name}_at": at for name, at in places.items()},
        )
        sections.append(made)
    return tuple(sections), found

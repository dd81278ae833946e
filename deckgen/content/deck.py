"""content/deck.toml: the deck's own words, its edition and its sections."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from deckgen.model.deck import Section
from deckgen.problem import Place, Problem, problem
from deckgen.settings import locate, read_settings

FILE = "content/deck.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _only_date(value: object) -> object:
    """TOML dates are dates; anything else, a quoted one too, is a mistake worth a message."""
    if type(value) is not date:
        raise ValueError("write a date without quotes, such as 2026-11-23")
    return value


def _like(pattern: str, advice: str) -> AfterValidator:
    """Refuse a string that doesn't match, in words for people."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(advice)
        return value

    return AfterValidator(check)


Day = Annotated[date, BeforeValidator(_only_date)]


def _one_line(value: str) -> str:
    words = " ".join(value.split())
    if not words:
        raise ValueError("write something between the quotation marks")
    return words


Words = Annotated[str, AfterValidator(_one_line)]
Name = Annotated[
    str, _like(r"[a-z0-9][a-z0-9-]*", "use small letters, digits and hyphens, as in blue-grey")
]
Code = Annotated[str, _like(r"[A-Z]{1,6}[1-9][0-9]{0,2}", "use the code of a card, as in R1")]
Prefix = Annotated[str, _like(r"[A-Z]{1,6}", "use one to six capital letters, as in KC")]
Language = Annotated[
    str, _like(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "use a language's code, such as en-GB or cy")
]


def _edition_number(value: str) -> str:
    """Digits with dots, for it becomes part of file names and stands on small cards."""
    if len(value) > 8 or not re.fullmatch(r"[0-9]+(\.[0-9]+)*", value):
        raise ValueError("write digits, as in 2 or 2.1")
    return value


EditionNumber = Annotated[str, AfterValidator(_edition_number)]


def _distinct(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(numbers)) < len(numbers):
        raise ValueError("write each number once")
    return numbers


Number = Annotated[int, Field(ge=1, le=99, strict=True)]


class EditionSettings(_Strict):
    """[edition]."""

    number: EditionNumber
    issued: Day
    review: Day

    @field_validator("review")
    @classmethod
    def _after(cls, review: date, info: ValidationInfo) -> date:
        if "issued" in info.data and review <= info.data["issued"]:
            raise ValueError("write a day after the one of issue")
        return review


class SectionSettings(_Strict):
    """One [[sections]] table."""

    prefix: Prefix
    name: Words
    palette: Name
    icon: Name
    cards: Number
    words: tuple[str, ...] = ()
    withdrawn: Annotated[tuple[Number, ...], AfterValidator(_distinct)] = ()


class DeckSettings(_Strict):
    """The whole file."""

    title: Words
    subtitle: Words
    publisher: Words
    contact: Words
    language: Language
    theme: Name
    stock: Name
    workbook: Name
    how_to_use: Annotated[tuple[Words, ...], Field(min_length=1)]
    edition: EditionSettings
    sections: Annotated[tuple[SectionSettings, ...], Field(min_length=1)]


def read_deck_settings(text: str) -> tuple[DeckSettings | None, list[Problem]]:
    """Read deck.toml."""
    return read_settings(text, FILE, DeckSettings)


def sections_of(settings: DeckSettings, text: str) -> tuple[tuple[Section, ...], list[Problem]]:
    """The sections with their places; doubled prefixes are Problems."""
    found, seen, sections = [], set(), []
    for index, section in enumerate(settings.sections):
        place = Place(FILE, *locate(text, ["sections", index, "prefix"]))
        if section.prefix in seen:
            found.append(
                problem(
                    "section-repeated",
                    place,
                    f"Two sections have the prefix {section.prefix}.",
                    "Give one of them another prefix.",
                )
            )
        seen.add(section.prefix)
        sections.append(
            Section(
                prefix=section.prefix,
                name=section.name,
                palette=section.palette,
                icon=section.icon,
                count=section.cards,
                place=place,
                words=section.words,
                withdrawn=section.withdrawn,
            )
        )
    return tuple(sections), found

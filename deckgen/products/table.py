"""Everything that can be made of a proof: one row a product, whose file has the same name.

Cheap to import: a product's file is loaded when the product is asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

if TYPE_CHECKING:
    from deckgen.problem import Problem
    from deckgen.products.job import Job


class Maker(Protocol):
    """What a product's file has."""

    def needs(self, job: Job) -> list[Problem]:
        """The problems of what the product shows, and no others."""

    def file_names(self, job: Job) -> tuple[str, ...]:
        """What its files are called. No two contents may share a name."""

    def draw(self, job: Job) -> tuple[bytes, ...]:
        """The files, checked. Raises BuildFault."""


class Product(Struct, frozen=True):
    """A row: its name, what it is for people who choose, and what is done when it is drawn.

    `usual` ones are made if nothing is asked for, but those `of_workbook` only if there is one; of
    `selects` ones some cards can be asked for.
    """

    name: str
    summary: str
    step: str
    usual: bool = False
    selects: bool = True
    of_workbook: bool = False

    @property
    def maker(self) -> Maker:
        """The product's file."""
        return cast(Maker, import_module(f"deckgen.products.{self.name}"))


PRODUCTS = (
    Product(
        "sheets",
        "the cards laid out for printing on both sides and cutting",
        "Drawing the sheets",
        usual=True,
    ),
    Product(
        "screen",
        "the cards one after the other, to read on a screen",
        "Drawing the cards for reading",
        usual=True,
    ),
    Product(
        "workbook",
        "the workbook, with boxes to fill in",
        "Drawing the workbook",
        usual=True,
        selects=False,
        of_workbook=True,
    ),
    Product(
        "pack",
        "printing guide, sheets and workbook in one file",
        "Putting the pack together",
        usual=True,
        selects=False,
    ),
    Product(
        "print",
        "one card face a page with bleed, for a print shop",
        "Drawing the cards for the print shop",
    ),
    Product(
        "booklet",
        "the workbook on sheets to fold and staple, for pens",
        "Folding the booklet",
        selects=False,
        of_workbook=True,
    ),
    Product("faces", "a picture of each side of each card, with bleed", "Drawing the faces"),
)
BY_NAME = {product.name: product for product in PRODUCTS}
USUAL = tuple(product.name for product in PRODUCTS if product.usual)


def wanted_of(names: Collection[str]) -> tuple[str, ...]:
    """The products of these names in the table's order, each once. Raises KeyError."""
    asked = {BY_NAME[name].name for name in names}
    return tuple(name for name in BY_NAME if name in asked)

"""JSON schemas of all settings files, for editors that complete and check while one types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from deckgen.content import deck, kinds, known_headings, register
from deckgen.design import (
    icons,
    load,
    load_fonts,
    load_palettes,
    load_press,
    paper,
    press,
    printer,
    stock,
)
from deckgen.design.theme import Theme
from deckgen.disk import said_plainly, save_beside
from deckgen.editions.declarations import ChangesFile, changes_file
from deckgen.model.card_kind import CardKind

# The files that each is for, * standing for any name; a schema is called after the first word.
MODELS: Mapping[str, tuple[str, Any]] = {
    "deck": (deck.FILE, deck.DeckSettings),
    "references": (register.FILE, register.RegisterSettings),
    "changes": (changes_file("*"), ChangesFile),
    "card": (f"{kinds.FOLDER}*.toml", CardKind),
    "theme": ("templates/themes/*.toml", Theme),
    "stock": (stock.stock_file("*"), stock.Stock),
    "palette": (load_palettes.PALETTE_FILE, load_palettes.PaletteFile),
    "icons": (load.ICONS_FILE, dict[str, icons.IconFile]),
    "fonts": (load_fonts.FONTS_FILE, load_fonts.FontsFile),
    "workbook": (load.PAPER_FILE, paper.PaperLook),
    "workbook-headings": (known_headings.FILE, known_headings.HeadingsFile),
    "press": (load_press.PRESS_FILE, press.PressFile),
    "printer": (f"{printer.FOLDER}*.toml", printer.PrinterProfile),
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MADE = "Made by deckgen schema; make it anew with a newer deckgen, and change nothing here."


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name in MODELS."""
    return {name: _schema(model) for name, (_, model) in MODELS.items()}


def _schema(model: Any) -> dict[str, Any]:
    schema = msgspec.json.schema(model)
    for name, table in schema.get("$defs", {}).items():
        table.pop("title", None)  # the name of a class says nothing to people
        if name == getattr(model, "__name__", "") and hasattr(model, "rest"):
            rest = table["properties"].pop(model.rest)
            table["additionalProperties"] = rest["additionalProperties"]
            table["required"].remove(model.rest)
    return {"$schema": _DIALECT, "$comment": _MADE, **schema}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """A file NAME.json for each; one that deckgen has not made is kept. Raises CannotWrite."""
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        ours = path.is_file() and _MADE.encode() in path.read_bytes()
        data = msgspec.json.format(msgspec.json.encode(schema), indent=2)
        save_beside(data + b"\n", path, force=ours)
        made.append(path)
    return tuple(made)

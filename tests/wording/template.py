"""All words of deckgen's own, gathered from its source and its templates: words.pot.

.venv/bin/python -m tests.wording.template    writes it anew
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from tests.conftest import ROOT

FILE = ROOT / "deckgen" / "wording" / "words.pot"
KEYWORDS = {"say": None, "said": None, "word": None, "many": (1, 2)}
# Settings of templates that are printed, by the folder or file that they stand in.
PRINTED = {"themes": ("label", "text"), "press.toml": ("paper", "finish", "name")}
HEADER = """\
# The words that deckgen adds to those of a deck, in English.
# Gathered by tests/wording/template.py. To translate them, copy this file to NAME.po here, where
# NAME is a language's code, such as cy."""


def template() -> bytes:
    """The file as it should be."""
    catalogue = Catalog(header_comment=HEADER, fuzzy=False)
    found = extract_from_dir(ROOT / "deckgen", [("**.py", "python")], keywords=KEYWORDS)
    for file, _, message, _, _ in sorted(found, key=lambda each: (each[0], each[1])):
        catalogue.add(message, locations=[(f"deckgen/{file}", 0)])
    for file, text in words_of_templates():
        catalogue.add(text, locations=[(file, 0)])
    out = BytesIO()
    write_po(out, catalogue, omit_header=True, include_lineno=False, sort_by_file=True, width=100)
    return f"{HEADER}\n\n".encode() + out.getvalue()


def words_of_templates() -> Iterator[tuple[str, str]]:
    """What the templates print, with the file that has it."""
    for path in sorted((ROOT / "templates").rglob("*.toml")):
        named = PRINTED.get(path.name) or PRINTED.get(path.parent.name) or ()
        file = path.relative_to(ROOT).as_posix()
        for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")), named):
            yield file, text.strip()


def _texts(data: Any, named: tuple[str, ...]) -> Iterator[str]:
    """The texts of these settings that have words outside their braces."""
    for key, value in data.items() if isinstance(data, dict) else ():
        values = value if isinstance(value, list) else [value]
        for each in values:
            if isinstance(each, str) and key in named and _has_words(each):
                yield each
            yield from _texts(each, named)


def _has_words(text: str) -> bool:
    outside = text.replace("{", "}").split("}")[::2]
    return any(letter.isalpha() for piece in outside for letter in piece)


if __name__ == "__main__":
    FILE.write_bytes(template())

"""All words of deckgen's own, gathered from its source and its templates: words.pot.

.venv/bin/python -m tests.wording.template    writes it anew, and brings the catalogues up to it
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from tests.conftest import ROOT

FILE = ROOT / "deckgen" / "wording" / "words.pot"
CALLS = {"say": 1, "said": 1, "word": 1, "many": 2}  # how many of what they are given are words
# Settings of templates that are printed, by the folder or file that they stand in.
PRINTED = {
    "themes": ("label", "text"),
    "cards": ("heading",),
    "press.toml": ("paper", "finish", "name"),
    "workbook-headings.toml": ("labels", "adds"),
}
COLUMNS = ("Table", "Signature", "Summary", "Each row")  # labels behind which names are printed
HEADER = """\
# The words that deckgen adds to those of a deck, in English.
# Gathered by tests/wording/template.py. To translate them, copy this file to NAME.po here, where
# NAME is a language's code, such as cy."""


def template() -> bytes:
    """The file as it should be."""
    return f"{HEADER}\n\n".encode() + _written(_all_words(), omit_header=True)


def updated(data: bytes, language: str) -> bytes:
    """A catalogue with an entry for every word, and none for others."""
    catalogue = read_po(BytesIO(data), locale=Locale.parse(language, sep="-"))
    catalogue.update(_all_words(), no_fuzzy_matching=True)
    rule = get_plural(catalogue.locale)
    head = (
        f"Language: {language}",
        f"Plural-Forms: {rule}",
        "Content-Type: text/plain; charset=utf-8",
    )
    lines = "".join(f'"{line}\\n"\n' for line in head)
    written = _written(catalogue, omit_header=True, ignore_obsolete=True).decode()
    return f'msgid ""\nmsgstr ""\n{lines}\n{written}'.encode()


def _all_words() -> Catalog:
    catalogue = Catalog(fuzzy=False)
    for file, text in (*words_of_source(), *words_of_templates()):
        catalogue.add(text, locations=[(file, 0)])
    return catalogue


def _written(catalogue: Catalog, **options: bool) -> bytes:
    out = BytesIO()
    write_po(out, catalogue, include_lineno=False, sort_by_file=True, width=100, **options)
    return out.getvalue()


def words_of_source() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What the code says, with its file. Babel's own extractor loses words around other calls."""
    for path in sorted((ROOT / "deckgen").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        yield from ((file, text) for text in words_of(path.read_text(encoding="utf-8")))


def words_of(source: str) -> Iterator[str | tuple[str, ...]]:
    """The English of all words in a source, in order; a pair for what is counted."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = [a.value for a in call.args[: CALLS.get(name, 0)] if isinstance(a, ast.Constant)]
        if given and len(given) == CALLS[name]:
            yield given[0] if len(given) == 1 else tuple(given)


def words_of_templates() -> Iterator[tuple[str, str]]:
    """What the templates print, with the file that has it."""
    for path in sorted((ROOT / "templates").rglob("*.toml")):
        named = PRINTED.get(path.name) or PRINTED.get(path.parent.name) or ()
        file = path.relative_to(ROOT).as_posix()
        for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")), named):
            lines = _of_line(text) if path.name == "workbook-headings.toml" else [text.strip()]
            yield from ((file, line) for line in lines)


def _of_line(line: str) -> list[str]:
    """What is printed of a line of a workbook: a heading, or names of columns."""
    label, _, value = line.partition(":")
    if label in COLUMNS:
        return [piece.strip() for piece in re.sub(r"\([^)]*\)", "", value).split(",")]
    return [line.lstrip("# ")] if line.startswith("#") else []


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
    return any(re.search(r"[^\W\d_]{2}", piece) for piece in outside)


if __name__ == "__main__":
    FILE.write_bytes(template())
    for file in FILE.parent.glob("*.po"):
        file.write_bytes(updated(file.read_bytes(), file.stem))

"""A small deck whose words nobody could take for deckgen's: å, é, í, ø, ú stand in all of them.

Its own words below [words] have ä, ë, ï, ö, ü in place of the English vowels. So a word with plain
vowels on any page is one that went past the catalogue.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from deckgen.wording.catalogue import all_keys
from tests.conftest import ROOT
from tests.control.story_deck import StoryDeck
from tests.wording.orchard_book import BOOK

MINI = ROOT / "tests" / "problems" / "mini" / "content"
NOBODYS = "qaa"  # a language that has no catalogue and never will
_DECKS = str.maketrans("aeiouyAEIOUY", "åéíøúýÅÉÍØÚÝ")
_OURS = str.maketrans("aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ")
# What must stay as it is in a file of cards: headings of parts, labels, codes.
_KEPT = re.compile(r"^(?:## .*|(?:Id|See also): .*|# [A-Z]+\d+)", re.MULTILINE)


class Orchard(StoryDeck):
    """The deck in a folder, with the words below [words] that are asked for."""

    def __init__(self, folder: Path, words: dict[str, tuple[str, ...]]) -> None:
        self.folder = folder
        for part in ("templates", "fonts"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copytree(MINI, folder / "content")
        for file in (folder / "content" / "cards").glob("*.md"):
            file.write_text(_disguised(file.read_text(encoding="utf-8"), _KEPT), encoding="utf-8")
        (folder / "content" / "references.toml").unlink()
        book = folder / "content" / "workbooks" / "bakers.md"
        book.write_text(_marked(BOOK), encoding="utf-8")
        deck = folder / "content" / "deck.toml"
        deck.write_text(_deck(deck.read_text(encoding="utf-8"), words), encoding="utf-8")


def disguised_words() -> dict[str, tuple[str, ...]]:
    """Every word of deckgen's own in nobody's language."""
    return {key: tuple(map(ours, forms)) for key, forms in all_keys().items()}


def ours(text: str) -> str:
    """English words with other vowels; names between braces stay."""
    pieces = re.split(r"(\{\w+\})", text)
    return "".join(p if number % 2 else p.translate(_OURS) for number, p in enumerate(pieces))


def _disguised(text: str, kept: re.Pattern[str]) -> str:
    pieces, end = [], 0
    for found in kept.finditer(text):
        pieces += [text[end : found.start()].translate(_DECKS), found[0]]
        end = found.end()
    return "".join((*pieces, text[end:].translate(_DECKS)))


def _marked(text: str) -> str:
    """A text in disguise but for what stands in «»."""
    pieces = re.split("[«»]", text)
    return "".join(p if number % 2 else p.translate(_DECKS) for number, p in enumerate(pieces))


def _deck(text: str, words: dict[str, tuple[str, ...]]) -> str:
    for name in ("title", "subtitle", "publisher", "contact", "how_to_use", "name"):
        text = re.sub(rf"(?m)^({name} = )(.*)$", lambda m: m[1] + m[2].translate(_DECKS), text)
    text = text.replace('language = "en-GB"', f'language = "{NOBODYS}"')
    lines = (
        f"{json.dumps(k)} = {json.dumps(' | '.join(v), ensure_ascii=False)}"
        for k, v in words.items()
    )
    return "\n".join((text, "[words]", *lines, ""))

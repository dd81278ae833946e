"""Words with emphasis: what content files hold and layout sets."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace


class Run(Struct, frozen=True, gc=False):
    """A stretch of text in one weight; `language` is a code such as "cy" if not the deck's.

    `link` is the address that the words lead to: https://…, http://… or mailto:…
    """

    text: str
    strong: bool = False
    language: str = ""
    link: str = ""


Text = tuple[Run, ...]
Worded = Text | str  # what is set takes both; a string is in the deck's language


def joined(texts: Iterable[Text]) -> Text:
    """Paragraphs run together, each a space behind the one before."""
    runs: list[Run] = []
    for first, *rest in texts:
        runs += [replace(first, text=" " * bool(runs) + first.text), *rest]
    return tuple(runs)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in text)


def as_text(text: Worded) -> Text:
    """A string as a text, and a text as it is."""
    return words(text) if isinstance(text, str) else text


def ended(text: Worded, end: str) -> Text:
    """A text with something right behind its last letter, as a colon or a space is."""
    *before, last = as_text(text)
    return (*before, replace(last, text=last.text + end))


def word(key: str) -> str:
    """English words that are said elsewhere: this is where the catalogue finds them."""
    return key


def words(string: str, *, strong: bool = False) -> Text:
    """A plain string as Text."""
    return (Run(string, strong),) if string else ()

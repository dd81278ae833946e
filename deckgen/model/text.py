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


def joined(texts: Iterable[Text]) -> Text:
    """Paragraphs run together, each a space behind the one before."""
    runs: list[Run] = []
    for first, *rest in texts:
        runs += [replace(first, text=" " * bool(runs) + first.text), *rest]
    return tuple(runs)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in text)


def words(string: str, *, strong: bool = False) -> Text:
    """A plain string as Text."""
    return (Run(string, strong),) if string else ()

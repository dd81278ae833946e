"""Words with emphasis: what content files hold and layout sets."""

from __future__ import annotations

from msgspec import Struct


class Run(Struct, frozen=True, gc=False):
    """A stretch of text in one weight; `language` is a code such as "cy" if not the deck's."""

    text: str
    strong: bool = False
    language: str = ""


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in text)


def words(string: str, *, strong: bool = False) -> Text:
    """A plain string as Text."""
    return (Run(string, strong),) if string else ()

"""The catalogues of words that are part of the package: a .po file a language, and all keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from deckgen.wording.say import Forms

_TAG = re.compile(r"[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")  # of a language (RFC 5646)


@cache
def all_keys() -> Mapping[str, Forms]:
    """The English of all words, by what they are known by; counted ones have two forms."""
    from deckgen.wording.languages import keys_in

    return keys_in(_file("words.pot") or b"")


@cache
def catalogue_of(language: str) -> Mapping[str, Forms]:
    """The words that are there in a language, those of its regional form first."""
    from deckgen.wording.languages import messages_in

    found: dict[str, Forms] = {}
    parts = language.split("-")
    if not _TAG.fullmatch(language):
        return found  # a lock may say anything
    for length in range(1, len(parts) + 1):
        name = "-".join(parts[:length])
        data = _file(f"{name}.po")
        found |= messages_in(data, name) if data else {}
    return found


def _file(name: str) -> bytes | None:
    """A file of the package, if it is there."""
    from importlib.resources import files

    file = files("deckgen.wording") / name
    return file.read_bytes() if file.is_file() else None

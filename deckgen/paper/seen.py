"""What is seen on the pages of a file, as values: loads nothing that looks at pictures."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from deckgen.model.answers import Asked, Said


class Seen(Struct, frozen=True):
    """One page, or what is in the place of one. `place` counts pages of the file from 1.

    `trouble` says as the end of "page 3 …" why it gives no answers; "" if it does. At place 0 it is
    the file's, and `todo` says what can be done. `team` is None
    if the page code couldn't be read. `prints` tell one filled-in page from another.
    """

    file: int
    place: int
    code: str = ""
    page: int = 0
    team: str | None = None
    said: tuple[Said, ...] = ()
    fields: tuple[str, ...] = ()
    prints: tuple[int, ...] = ()
    trouble: str = ""
    todo: str = ""
    is_blank: bool = False
    two_levels: bool = False
    pages: int = 0


class Job(Struct, frozen=True):
    """The files of one process: how many bytes each has, and what is asked on their pages."""

    sizes: tuple[int, ...]
    asked: tuple[Asked, ...]


def packed(files: list[bytes], asked: tuple[Asked, ...]) -> tuple[bytes, int]:
    """All that the other process needs, as bytes, and where the files begin in them."""
    head = msgspec.json.encode(Job(tuple(map(len, files)), asked))
    return head + b"".join(files), len(head)

"""Which words are English, so that a misspelt word can be told from another word."""

from __future__ import annotations

from functools import cache


def is_english(word: str) -> bool:
    """Whether a word of four letters or more is in the list; names are not."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    """The list that comes with deckgen; read only when two words are nearly alike."""
    import gzip  # these cost a start much, and few need them
    from importlib.resources import files

    packed = (files("deckgen.editions") / "english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())

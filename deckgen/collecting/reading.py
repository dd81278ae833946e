"""One file that came back → what it says, by whoever can read it."""

from __future__ import annotations

from deckgen.collecting.kinds import Sort, sort_of
from deckgen.model.answers import Asked, Returned
from deckgen.readback.form_data import read_form_data

_NO_READER = (
    "it is a picture, and what reads pictures of pages is not installed",
    'Install it: pip install "deckgen-cards[paper]"',
)


def read_any(data: bytes, name: str, asked: tuple[Asked, ...], password: str = "") -> Returned:
    """What a file says, or why it says nothing; never raises for what is in it.

    A PDF without boxes was printed to a PDF, or scanned: it is read by where things stand.
    """
    sort = sort_of(data, name)
    if isinstance(sort, tuple):
        return Returned(refused=sort)
    if sort is Sort.FORM_DATA:
        return read_form_data(data)
    return _pdf(data, name, asked, password) if sort is Sort.PDF else _paper(data, name, asked)


def _pdf(data: bytes, name: str, asked: tuple[Asked, ...], password: str) -> Returned:
    from deckgen.readback.returned import read_returned

    return read_returned(data, name, password, asked)


def _paper(data: bytes, name: str, asked: tuple[Asked, ...]) -> Returned:
    return Returned(refused=_NO_READER)

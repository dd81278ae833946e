"""One file that came back → what it says, by whoever can read it."""

from __future__ import annotations

from deckgen.collecting.kinds import Sort, sort_of
from deckgen.model.answers import Asked, Returned
from deckgen.readback.form_data import read_form_data


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

    return read_returned(data, name, password)


def _paper(data: bytes, name: str, asked: tuple[Asked, ...]) -> Returned:
    why = "it is a picture, and what reads pictures is not installed"
    todo = 'Install it with: pip install "deckgen-cards[paper]"'
    return Returned(refused=(why, todo))

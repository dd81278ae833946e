"""One file that came back → what it says, by whoever can read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from deckgen.collecting.kinds import Sort, sort_of
from deckgen.model.answers import Asked, Identity, Returned
from deckgen.readback.flattened import read_flattened, workbook_like
from deckgen.readback.form_data import read_form_data
from deckgen.readback.limits import Refused
from deckgen.readback.page_words import page_words
from deckgen.readback.returned import FLATTENED, LIMITS, PICTURES, read_returned


class Pictures(Sequence[tuple[str, bytes]]):
    """Files that show pages, by name, each loaded when somebody looks at it: few are in memory."""

    def __init__(self) -> None:
        self._files: list[tuple[str, Callable[[], bytes]]] = []

    def add(self, name: str, load: Callable[[], bytes]) -> None:
        """One more."""
        self._files.append((name, load))

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> tuple[str, bytes]:  # type: ignore[override]
        name, load = self._files[number]
        try:
            return name, load()
        except Refused:  # it is gone meanwhile
            return name, b""

    @property
    def names(self) -> tuple[str, ...]:
        """What the files are called."""
        return tuple(name for name, _ in self._files)


def read_any(
    data: bytes, name: str, asked: tuple[Asked, ...], password: str = ""
) -> Returned | None:
    """What a file says, or why it says nothing; never raises for what is in it.

    A PDF without boxes that was printed to a PDF is read by where things stand. None: it is a
    picture of pages, which is read together with all others; so is what is refused as PICTURES.
    """
    sort = sort_of(data, name)
    if isinstance(sort, tuple):
        return Returned(refused=sort)
    if sort is Sort.FORM_DATA:
        return read_form_data(data)
    if sort is Sort.PICTURE or len(data) > LIMITS.megabytes << 20:
        return None
    returned = read_returned(data, name, password, asked)
    return returned if returned.refused != FLATTENED else _flat(data, returned, asked, password)


def _flat(data: bytes, returned: Returned, asked: tuple[Asked, ...], password: str) -> Returned:
    """What stands in the places of boxes that are gone."""
    identity = next((copy.identity for copy in returned.copies), Identity())
    known = next((a for a in asked if identity.code and a.identity.code == identity.code), None)
    try:
        known = known or workbook_like(page_words(data, password), asked)
        if known is None:
            # Perhaps a scan, with words that a scanner has guessed.
            return replace(returned, copies=(), refused=PICTURES)
        copy = read_flattened(data, known, password)
    except Refused as refusal:
        return replace(returned, copies=(), refused=(refusal.why, refusal.todo))
    copy = replace(copy, identity=replace(copy.identity, team=identity.team))
    return replace(returned, copies=(copy,), refused=None)

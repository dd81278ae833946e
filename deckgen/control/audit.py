"""Which editions and cards are in finished files, and which of them are out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from deckgen.disk import CannotRead, read_given
from deckgen.editions.held_cards import HeldCard, held_cards, missing_cards
from deckgen.editions.ledger import ledger_of
from deckgen.editions.printed_faces import FoundMark, PrintedFace, faces_on, stamps_on
from deckgen.editions.printed_versions import Status, Version, all_versions
from deckgen.editions.printed_words import Printed, printed_in
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import CardState
from deckgen.problem import Problem, blocks
from deckgen.project import Project

if TYPE_CHECKING:
    from deckgen.readback.page_texts import Limits, PageTexts

MOST_FACES = 20_000


class PagesEdition(Struct, frozen=True):
    """Pages that are no cards, such as a workbook's, and the edition that they say they are of."""

    mark: FoundMark
    status: Status
    pages: int


class FileAudit(Struct, frozen=True):
    """What one file holds. `refused` says why it could not be read, `cut` why not all of it."""

    file: str
    cards: tuple[HeldCard, ...] = ()
    missing: tuple[CardState, ...] = ()
    pages: tuple[PagesEdition, ...] = ()
    count: int = 0
    refused: str = ""
    cut: str = ""

    @property
    def indexes(self) -> tuple[Version, ...]:
        """The editions of the index cards in it."""
        return tuple(c.version for c in self.cards if c.version and c.version.is_index)

    @property
    def readable(self) -> bool:
        return not self.refused and not self.cut

    @property
    def current(self) -> bool:
        """Whether there is something of the deck in it, and all of that is in force."""
        found = [*(card.status for card in self.cards), *(page.status for page in self.pages)]
        return bool(found) and all(status is Status.CURRENT for status in found)


class Audit(Struct, frozen=True):
    """What all files hold, beside the ledger that they were set against."""

    ledger: Ledger
    files: tuple[FileAudit, ...]


def audit_files(
    project: Project, files: Sequence[Path], limits: Limits | None = None
) -> tuple[Audit | None, list[Problem]]:
    """Look into finished files; nothing if one of the locks is broken."""
    ledger, found = ledger_of(project.files)
    if blocks(found):
        return None, found
    known = _Known(ledger, all_versions(ledger), printed_in(project.files, ledger))
    return Audit(ledger, tuple(_audited(path, known, limits) for path in files)), []


class _Known(Struct, frozen=True):
    """What files are set against, and how their marks may be worded."""

    ledger: Ledger
    versions: Sequence[Version]
    printed: Printed


def _audited(path: Path, known: _Known, limits: Limits | None) -> FileAudit:
    from deckgen.readback.page_texts import Limits, page_texts

    limits = limits or Limits()
    try:
        read = page_texts(read_given(path, limits.megabytes), limits)
    except CannotRead as fault:
        return FileAudit(str(path), refused=str(fault).removesuffix("."))
    refused = read.refused
    if not (refused or read.cut or any(texts[0].strip() for texts in read.texts)):
        refused = "there are no words in it, only pictures or outlines; look at its marks by eye"
    if refused:
        return FileAudit(str(path), refused=refused, count=read.count)
    faces, cut = _faces(read, known.printed)
    cards = tuple(held_cards(faces, known.versions))
    missing = missing_cards(cards, known.ledger) if cards else ()
    pages = tuple(_pages(read, {face.page for face in faces}, known))
    return FileAudit(str(path), cards, missing, pages, read.count, cut=cut)


def _faces(read: PageTexts, printed: Printed) -> tuple[list[PrintedFace], str]:
    faces: list[PrintedFace] = []
    for number, texts in enumerate(read.texts, start=1):
        faces += faces_on(number, *texts, printed=printed)
        if len(faces) > MOST_FACES:
            return faces[:MOST_FACES], f"only its first {MOST_FACES} faces of cards were looked at"
    return faces, read.cut


def _pages(read: PageTexts, with_cards: set[int], known: _Known) -> Iterator[PagesEdition]:
    """Editions that pages without cards name, and on how many pages."""
    counts = Counter(
        mark
        for number, texts in enumerate(read.texts, start=1)
        if number not in with_cards
        for mark in stamps_on(texts[0], known.printed)
    )
    for mark, count in counts.items():
        yield PagesEdition(mark, _status(mark, known.ledger), count)


def _status(mark: FoundMark, ledger: Ledger) -> Status:
    if mark.draft:
        return Status.DRAFT
    lock, latest = ledger.lock(mark.edition), ledger.latest
    if lock is None or latest is None:
        return Status.UNKNOWN
    return Status.CURRENT if lock is latest else Status.SUPERSEDED

"""Teams' workbooks in batches: each batch is made by whoever takes it, and written at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckgen.disk import CannotWrite, checksum, flush_folder, said_plainly, save_over
from deckgen.geometry import Rect
from deckgen.layout.workbooks.answers import with_answers
from deckgen.layout.workbooks.asked import carried
from deckgen.layout.workbooks.corner_codes import page_code, without_page_code
from deckgen.model.drawing import Drawing, Element, Role
from deckgen.model.text import word
from deckgen.options import Options
from deckgen.pdf.copies import Copies
from deckgen.pdf.metadata import DocumentInfo
from deckgen.pdf.write import write_pages
from deckgen.personal.choices import Choice, LaidOut, lay_out
from deckgen.personal.filling import Filler
from deckgen.personal.page_codes import page_code_of
from deckgen.personal.planning import Wanted
from deckgen.products.gate import BuildFault, checked
from deckgen.project import Project
from deckgen.proof.proof import Proof

TEAM_TITLE = word("{title}: {team}")  # the title of a team's file
_TEMPLATES = 8  # that a process keeps


class Made(Struct, frozen=True):
    """A file that is there: its team, its checksum and its bytes. `kept`: it was there before."""

    number: int
    team: str
    file: str
    sum: str
    size: int
    kept: bool = False


class Batch(Struct, frozen=True):
    """Workbooks of one choice, for any process that can reach the folder.

    `key` stands for project and options: a process lays out each choice of one key once. `words`
    stand in the workbooks of the whole list, whichever part of it this is; `known` has checksums
    of files that may be replaced, by name; `force` lets all be.
    """

    key: str
    project: Project
    options: Options
    choice: Choice
    folder: str
    wanted: tuple[Wanted, ...]
    words: tuple[str, ...] = ()
    known: dict[str, str] = {}
    force: bool = False


class Template:
    """A workbook, of which copies are made. The first of them is checked."""

    def __init__(self, laid: LaidOut, words: Iterable[str] = ()) -> None:
        self.laid, self._filler, book = laid, Filler(laid), laid.book
        info = laid.job.info(book.title, book.subtitle)
        self._info = replace(info, carried=carried(laid.asked))
        codes = [page_code_of(at, laid.code, n, 0) if at else None for n, at in self._spots()]
        self._copies = Copies(laid.pages, codes, self._info, laid.design.book, words)
        self._checked = False

    def _spots(self) -> Iterator[tuple[int, Rect | None]]:
        """Each page's number, and where its code stands."""
        return enumerate(self.laid.codes, 1)

    def copy(self, wanted: Wanted) -> bytes:
        """A team's file. The first is read back and checked. Raises BuildFault."""
        title = self.laid.job.titled(TEAM_TITLE, self._info.title, team=wanted.team)
        info = replace(self._info, title=title, carried=carried(self.laid.asked, wanted.team))
        fields, fits = self._filler.filled(wanted.values)
        if not fits:
            return self._written_out(wanted, info)
        code, number = self.laid.code, wanted.number
        codes = [page_code_of(spot, code, n, number) for n, spot in self._spots() if spot]
        data = self._copies.copy(info, fields, codes)
        if not self._checked:
            checked("workbook", data)
            self._checked = True
        return data

    def _written_out(self, wanted: Wanted, info: DocumentInfo) -> bytes:
        """A file with pages behind the others, for answers that their boxes have no room for."""
        laid, number = self.laid, str(wanted.number)
        values = self._filler.taken(wanted.values)
        pages = list[Drawing]()
        for n, page in enumerate(with_answers(laid.made, values).pages, 1):
            page, spot = without_page_code(page)
            spot = laid.codes[n - 1] if n <= len(laid.codes) else spot
            if spot:
                code = Element(Role.ARTIFACT, (page_code(spot, laid.code, n, number),), stamp=True)
                page = replace(page, elements=(*page.elements, code))
            pages.append(page)
        return checked("workbook", write_pages(pages, info, laid.design.book))[0]


def make(batch: Batch) -> tuple[Made, ...]:
    """Make and write a batch's files; those that are right already stay.

    Each is whole or not there at all. Raises CannotWrite, also for a file that somebody changed.
    """
    template = _template(batch)
    folder, made = Path(batch.folder), list[Made]()
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for wanted in batch.wanted:
            data = template.copy(wanted)
            kept = _written(data, folder / wanted.file, batch)
            made.append(
                Made(wanted.number, wanted.team, wanted.file, checksum(data), len(data), kept)
            )
        flush_folder(folder)
    return tuple(made)


def _written(data: bytes, path: Path, batch: Batch) -> bool:
    """Write a file unless it is there; whether it was."""
    if not batch.force and (path.is_symlink() or path.exists()):
        there = None if path.is_symlink() else path.read_bytes()
        if there == data:
            return True
        if there is None or checksum(there) != batch.known.get(path.name):
            raise _changed(path)
    save_over(data, path, flush=False)
    return False


def _changed(path: Path) -> CannotWrite:
    said = f"{path} was changed after deckgen made it, or was not made by deckgen. "
    said += "Perhaps somebody has filled it in, or the list was changed while it was being built."
    todo = "Move it somewhere else, or build with --force to replace it."
    return CannotWrite(said, todo, "output-changed", str(path))


_templates: dict[tuple[str, Choice], Template] = {}
_proofs: dict[str, Proof] = {}


def _template(batch: Batch) -> Template:
    """The template of a batch, laid out at most once while this process makes others like it."""
    key = batch.key, batch.choice
    if key not in _templates:
        if batch.key not in _proofs:
            _proofs.clear()
            _proofs[batch.key] = Proof(batch.project)
        laid = lay_out(_proofs[batch.key], batch.options, batch.choice)[0]
        if laid is None:
            raise BuildFault("a workbook that was laid out before can't be laid out again")
        if len(_templates) >= _TEMPLATES:
            _templates.pop(next(iter(_templates)))
        _templates[key] = Template(laid, batch.words)
        gc.freeze()  # it has many parts and lives long: not to be looked through for rubbish
    return _templates[key]

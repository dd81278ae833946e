"""Everything that came back, gathered into one table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from os import cpu_count
from pathlib import Path

from msgspec import Struct

from deckgen.collecting.archive import let_go
from deckgen.collecting.intake import Given, given_files
from deckgen.collecting.known import Known
from deckgen.collecting.reading import Pictures, read_any
from deckgen.collecting.sources import Confirm, Table
from deckgen.disk import checksum
from deckgen.model.answers import AnswerTable, Asked, Returned
from deckgen.paper.reading import read_pictures
from deckgen.readback.limits import Refused
from deckgen.readback.returned import PICTURES
from deckgen.readback.standing import end_all

_MOST_WORKERS = 8  # each has a file in memory, and a process that reads it
Progress = Callable[[int, int, str], None]


class Came(Struct, frozen=True):
    """A file, the checksum of its bytes ("" if there are none), and what it says: None if it
    shows pages, which are read together.
    """

    given: Given
    digest: str
    returned: Returned | None


def gathered(
    known: Known,
    paths: Iterable[Path],
    *,
    but: Collection[Path] = (),
    password: str = "",
    workers: int = 0,
    progress: Progress = lambda _done, _all, _name: None,
    confirm: Confirm | None = None,
) -> AnswerTable:
    """All answers of the workbooks in these files, folders and archives, and each one's verdict.

    `but` are files that are left out, such as the table itself. Files are read side by side by so
    many `workers` (0: one a core); the table is the same whatever their number. `progress` hears
    how many files of how many are read, and the next one's name. `confirm` gives the table with
    what people said of answers that were in doubt.
    """
    files, table, pictures = list(given_files(paths, but)), Table(known), Pictures()
    workers = workers or min(_MOST_WORKERS, cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        progress(0, len(files), files[0].name if files else "")
        for done, came in enumerate(_all_read(pool, files, known, password), start=1):
            given = came.given
            returned = came.returned or Returned(refused=PICTURES)
            if returned.refused != PICTURES:
                table.take(given.name, given.note, came.digest, returned)
            elif not table.is_twin(given.name, given.note, came.digest):
                pictures.add(given.name, given.load)
                beside = [b for b in returned.beside if b.kind not in ("page", "link")]
                table.note(given.name, given.note, beside)
            progress(done, len(files), files[done].name if done < len(files) else "")
    if pictures:
        table.take_pictures(pictures.names, read_pictures(pictures, known.asked, workers))
    let_go()
    return table.finished(confirm)


def _all_read(
    pool: ThreadPoolExecutor, files: list[Given], known: Known, password: str
) -> Iterator[Came]:
    """What files say, in their order; only a few are read ahead, so that few are in memory."""
    waiting: list[Future[Came]] = []
    rest = iter(files)
    try:
        while True:
            ahead = 2 * pool._max_workers - len(waiting)
            waiting += [pool.submit(_read, f, known.asked, password) for f in islice(rest, ahead)]
            if not waiting:
                return
            yield waiting.pop(0).result()
    except BaseException:  # somebody stops: nobody waits for what is being read
        for future in waiting:
            future.cancel()
        end_all()
        raise


def _read(given: Given, asked: tuple[Asked, ...], password: str) -> Came:
    try:
        data = given.load()
    except Refused as refusal:
        return Came(given, "", Returned(refused=(refusal.why, refusal.todo)))
    return Came(given, checksum(data), read_any(data, given.name, asked, password))

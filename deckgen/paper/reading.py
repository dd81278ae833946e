"""Files from scanners and phones to filled-in workbooks, each read in a process with limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import msgspec

from deckgen.model.answers import Asked, Returned
from deckgen.paper.copies import put_together
from deckgen.paper.seen import Seen, packed
from deckgen.paper.unpacked import refuse_at_sight
from deckgen.readback.limits import Limits, Refused, in_child
from deckgen.readback.standing import end_all

LIMITS = Limits(megabytes=400, seconds=60, memory_megabytes=3072)
_SECONDS_A_MEGABYTE = 8.0
_TOGETHER, _TOGETHER_BYTES = 4, 64 << 20  # files of one process: most are one page each
_TODO = "Scan or photograph the pages anew."
MISSING = (
    "reading scans needs zxing-cpp and numpy",
    'Install them: python -m pip install "deckgen-cards[paper]"',
)


def can_read() -> bool:
    """Whether what reads pages is installed."""
    return all(find_spec(name) for name in ("zxingcpp", "numpy"))


def read_pictures(
    files: Sequence[tuple[str, bytes]], asked: tuple[Asked, ...], workers: int = 1
) -> Returned:
    """The filled-in workbooks on scans and pictures, given as names and bytes.

    All files that belong together are given at once: a workbook may be a picture a page. So many
    `workers` read side by side. Never raises for what is in a file. Files that give nothing are
    named in the notes; `refused` is set if none gave anything.
    """
    if not can_read():
        return Returned(refused=MISSING)
    names = [name for name, _ in files]
    with ThreadPoolExecutor(workers) as pool:
        try:
            groups = pool.map(lambda group: [*_seen(files, group, asked)], _groups(files))
            seen = [one for group in groups for one in group]
        except BaseException:  # somebody stops: nobody waits for what is being read
            end_all()
            raise
    returned = put_together(seen, names, asked)
    if returned.copies or any(one.place for one in seen):
        return returned
    first = next((one for one in seen if one.trouble), Seen(0, 0, trouble="there is no page in it"))
    return msgspec.structs.replace(returned, refused=(first.trouble, first.todo or _TODO))


def _groups(files: Sequence[tuple[str, bytes]]) -> Iterator[list[int]]:
    """Files that are read in one process, by their places."""
    group: list[int] = []
    size = 0
    for number, (_, data) in enumerate(files):
        if group and (len(group) == _TOGETHER or size + len(data) > _TOGETHER_BYTES):
            yield group
            group, size = [], 0
        group.append(number)
        size += len(data)
    if group:
        yield group


def _seen(
    files: Sequence[tuple[str, bytes]], group: list[int], asked: tuple[Asked, ...]
) -> Iterator[Seen]:
    """What is on the pages of some files. If reading several ends early, each is read by itself."""
    taken = []
    for number in group:
        try:
            if len(files[number][1]) > LIMITS.megabytes << 20:
                raise Refused(f"it is larger than {LIMITS.megabytes} MB", "Scan it coarser.")
            refuse_at_sight(files[number][1])
            taken.append(number)
        except Refused as refusal:
            yield Seen(number, 0, trouble=refusal.why, todo=refusal.todo)
    if not taken:
        return
    data, begin = packed([files[number][1] for number in taken], asked)
    limits = msgspec.structs.replace(
        LIMITS, seconds=LIMITS.seconds + _SECONDS_A_MEGABYTE * (len(data) >> 20)
    )
    try:
        lines, ended = in_child(
            "deckgen.paper.looking:look", data, begin, limits=limits, at_sight=_anything
        )
    except Refused as refusal:
        lines, ended = [], refusal.why
    pages = msgspec.convert(lines, list[Seen])
    whole = {one.file for one in pages if one.place == 0}
    for number, place in enumerate(taken):
        own = [msgspec.structs.replace(one, file=place) for one in pages if one.file == number]
        if number in whole or len(taken) == 1:
            yield from own
            if number not in whole:
                why = ended or "it is damaged, or not complete"
                last = max((one.place for one in own), default=0)
                after = f" after page {last}" * bool(last)
                why = f"reading it ended early{after}: {why}"
                yield Seen(place, 0, trouble=why, todo=_TODO)
        else:
            yield from _seen(files, [place], asked)


def _anything(_data: bytes, _megabytes: int) -> None:
    """Each file was looked at before."""

"""What was made of a list: one manifest a shard, written when all of its files are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from deckgen.disk import checksum_of, said_plainly, save_over
from deckgen.personal.making import Made
from deckgen.personal.planning import Wanted
from deckgen.problem import Place, Problem, problem

SUMMARY = "workbooks.json"
_FORMAT = 1
_CALLED = re.compile(r"workbooks(\.\d+-of-\d+)?\.json")


class Entry(Struct, frozen=True):
    """A file: the team's number in the list, its name, SHA-256 and bytes."""

    number: int
    team: str
    file: str
    sha256: str
    bytes: int


class Manifest(Struct, frozen=True):
    """What was made of a list, project and options, for which `made_of` stands; all of `shards`,
    or the shard of a number from 1."""

    format: int
    made_of: str
    shard: int
    shards: int
    files: tuple[Entry, ...]


def name_of(shard: int, shards: int) -> str:
    """What a shard's manifest is called; that of one shard alone is the summary."""
    return SUMMARY if shards == 1 else f"workbooks.{shard}-of-{shards}.json"


def is_manifest(file_name: str) -> bool:
    """Whether a file is called like one, whatever its capitals."""
    return _CALLED.fullmatch(file_name.lower()) is not None


def write_manifest(
    folder: Path, made_of: str, shard: int, shards: int, made: Iterable[Made]
) -> Path:
    """Write down what is there. Raises CannotWrite."""
    entries = sorted((Entry(m.number, m.team, m.file, m.sum, m.size) for m in made), key=_number)
    return _save(folder, Manifest(_FORMAT, made_of, shard, shards, tuple(entries)))


def _save(folder: Path, manifest: Manifest) -> Path:
    path = folder / name_of(manifest.shard, manifest.shards)
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    with said_plainly(folder):
        save_over(data, path)
    return path


def _number(entry: Entry) -> int:
    return entry.number


def read_manifests(folder: Path) -> Iterator[Manifest]:
    """All that can be read in a folder."""
    for path in sorted(folder.glob("workbooks*.json")):
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (OSError, ValueError, RecursionError):  # not one of ours
            continue
        if manifest.format == _FORMAT:
            yield manifest


def merged(
    folder: Path, made_of: str, wanted: Sequence[Wanted]
) -> tuple[Path | None, list[Problem]]:
    """Check that all files are there as they were made, and write the summary of them all.

    Whatever is missing is a Problem at its file. Raises CannotWrite.
    """
    found = list[Problem]()
    known: dict[int, Entry] = {}
    manifests = [m for m in read_manifests(folder) if m.made_of == made_of]
    for manifest in manifests:
        known |= {entry.number: entry for entry in manifest.files}
    found += _shards_lacking(folder, manifests)
    for item in wanted:
        entry, path = known.get(item.number), folder / item.file
        if entry is None and found:
            continue  # the shards that lack have been named
        if entry is None:
            found.append(_lacking(path, item, "is in no shard's manifest"))
        elif entry.file != item.file or (there := checksum_of(path)) is None:
            found.append(_lacking(path, item, "is missing"))
        elif there != entry.sha256:
            found.append(_lacking(path, item, "is not as it was made"))
    if found:
        return None, found
    entries = tuple(known[item.number] for item in wanted)
    return _save(folder, Manifest(_FORMAT, made_of, 1, 1, entries)), []


def _shards_lacking(folder: Path, manifests: Sequence[Manifest]) -> Iterator[Problem]:
    """Which shards have no manifest, where there is none of the whole."""
    parts = [m for m in manifests if m.shards > 1]
    if any(m.shards == 1 for m in manifests):
        return
    todo = "Build them with --shard, with the same list and the same options, and merge again."
    if not parts:
        said = "No shard of this list has been built here."
        yield problem("workbook-lacking", Place(str(folder)), said, todo)
        return
    shards = max(m.shards for m in parts)
    there = {m.shard for m in parts if m.shards == shards}
    if lacking := [str(n) for n in range(1, shards + 1) if n not in there]:
        said = f"Of {shards} shards these have not been built to their end: {', '.join(lacking)}."
        yield problem("workbook-lacking", Place(str(folder)), said, todo)


def _lacking(path: Path, item: Wanted, why: str) -> Problem:
    said = f"The workbook of “{item.team[:60]}” {why}."
    todo = "Build its shard again; if somebody has filled it in, move it away first."
    return problem("workbook-lacking", Place(str(path)), said, todo)

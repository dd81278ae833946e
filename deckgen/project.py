"""A project folder: find it and read its files. Also the only reader of the environment.

Reading gives bytes by project-relative name ("content/deck.toml"). Nothing outside the
folder is ever read, whatever links lie in it.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from deckgen.problem import Place, Problem, blocks, problem
from deckgen.source import EDITIONS, ICONS, PICTURES, largest_bytes

MARK = "content/deck.toml"
STARTING_PARTS = ("content", "templates", "fonts")
PARTS = (*STARTING_PARTS, "printers")
BUILT_IN = ("templates", "templates/cards", "fonts")
_SINCE = ("templates/workbook-headings.toml",)  # what older projects don't have in their templates
_SUFFIXES = {
    "content": frozenset({".md", ".toml"}),
    "templates": frozenset({".toml", ".icc"}),
    "fonts": frozenset({".ttf", ".otf", ".ttc"}),
    "printers": frozenset({".toml"}),
}
_TEXTS = frozenset({".md", ".toml"})
# Also those that can't be shown: a card that names one is told what to save it as.
_PICTURE_SUFFIXES = frozenset(
    ".png .jpg .jpeg .jfif .webp .tif .tiff .svg .svgz .gif .bmp .heic .heif .avif .jxl .jp2 "
    ".psd .eps .pdf".split()
)
_MB = 1024 * 1024
# Fonts of Chinese, Japanese or Korean take up to 25 MB.
_FONT_BYTES, _PICTURE_BYTES, _ALL_PICTURES_BYTES = 32 * _MB, 50 * _MB, 1024 * _MB
_AS_TEXT = "Save it as plain text under a name that ends in .md, or move it out of content."
_TODO = {
    "path-outside": "Put the file itself here.",
    "file-ignored": _AS_TEXT,
    "file-unreadable": "Check that it is a file and that you may open it.",
    "file-too-large": "Use a smaller file.",
}
_Unfit = tuple[str, str]  # the code of a Problem, and what was found
_LEFTOVERS = ("~", ".bak", ".tmp", ".swp", ".orig")


class Project(Struct, frozen=True):
    """What a project folder held when it was read."""

    folder: Path
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    issued: datetime | None = None
    today: date | None = None  # what warnings go by, and no file; without it nothing is overdue

    def date_of(self, edition: date) -> datetime:
        """The one date that all files of a build carry: SOURCE_DATE_EPOCH, or the edition's."""
        return self.issued or datetime(edition.year, edition.month, edition.day, tzinfo=UTC)


def starter_folder() -> Path:
    """Where the built-in content, templates and fonts are: in the wheel, or the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent


def find_folder(start: Path) -> Path | None:
    """The nearest folder from `start` upward that holds content/deck.toml."""
    start = start.absolute()
    return next((f for f in (start, *start.parents) if (f / MARK).is_file()), None)


def read_project(
    folder: Path, env: Mapping[str, str] = os.environ, today: date | None = None
) -> Project:
    """Read a project; what can't be read is a problem, and the rest is there.

    `today` is for warnings alone: as a rule the day of SOURCE_DATE_EPOCH, or that of the clock.
    """
    root = folder.resolve()
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for part in BUILT_IN:
        if not os.path.lexists(root / part):
            files |= built_in(part)
    for part in PARTS:
        for path in _walk(root / part):
            _take(root, path, files, problems)
    files |= newer_templates(files)
    issued, faults = _source_date(env)
    today = today or (issued.date() if issued else day_of_the_clock())
    return Project(root, dict(sorted(files.items())), (*problems, *faults), issued, today)


def day_of_the_clock() -> date:
    """Today, where the person is."""
    return date.today()


def built_in(part: str) -> dict[str, bytes]:
    """The files of a part that stand in for it where a project has none of its own."""
    files: dict[str, bytes] = {}
    for path in _walk(starter_folder() / part):
        _take(starter_folder(), path, files, [])
    return files


def newer_templates(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The built-in templates that a project has none of, as it is older than they are."""
    made: dict[str, bytes] = {}
    for name in _SINCE:
        if name not in files:
            _take(starter_folder(), starter_folder() / name, made, [])
    return made


def size_limit(name: str) -> int:
    """How many bytes a project-relative file may have; 0 if none of that name is read."""
    _, _, rest = name.partition("/")
    suffix = Path(name).suffix.lower()
    if suffix not in _suffixes(name) or any(map(passed_over, rest.split("/"))):
        return 0
    if suffix in _TEXTS:
        # One byte more than the reader of texts accepts, so that it is the one to complain.
        return largest_bytes(name) + 1
    return _PICTURE_BYTES if name.startswith(PICTURES) else _FONT_BYTES


def _suffixes(name: str) -> frozenset[str]:
    """How names of files end that are read where this one is."""
    own = _SUFFIXES.get(name.partition("/")[0], frozenset())
    if name.startswith(ICONS):
        return own | {".svg"}
    return own | _PICTURE_SUFFIXES if name.startswith(PICTURES) else own


def _walk(path: Path) -> Iterator[Path]:
    """Every entry below a folder that isn't a real folder itself; hidden ones left out."""
    if path.is_symlink() or not path.is_dir():
        if os.path.lexists(path):
            yield path
        return
    try:
        entries = sorted(path.iterdir())
    except OSError:
        yield path
        return
    for entry in entries:
        if not passed_over(entry.name):
            yield from _walk(entry)


def passed_over(name: str) -> bool:
    """Whether a file or folder is never read: hidden, or what an editor leaves lying about."""
    return name.startswith((".", "~$")) or name.endswith(_LEFTOVERS)


def _take(root: Path, path: Path, files: dict[str, bytes], problems: list[Problem]) -> None:
    name = _name(root, path)
    read = _taken(root, path, name, files)
    if isinstance(read, bytes):
        files[name] = read
    elif read:
        code, found = read
        ignored = code == "file-ignored" and path.suffix.lower() in _PICTURE_SUFFIXES
        todo = "Move it there, or out of content." if ignored else _TODO[code]
        if (meant := meant_name(name)) and code == "file-ignored":
            todo = f"Rename it to {meant}."
        problems.append(problem(code, Place(name), found, todo))
        # What can't be read of the editions is never taken for editions that were not issued.
        if blocks(problems[-1:]) and (name == "content" or _of_editions(name)):
            lock = name.startswith(EDITIONS) and name.endswith(".toml")
            files.setdefault(name if lock else EDITIONS, b"")


def _taken(root: Path, path: Path, name: str, files: Mapping[str, bytes]) -> bytes | _Unfit | None:
    """A file's bytes, or what is wrong with it; None for a file that nobody looks for."""
    part, _, rest = name.partition("/")
    if not _inside(root, path):
        return "path-outside", "This is a link to something outside the project folder."
    if path.is_dir():
        return "file-unreadable", "It is a link to a folder, or a folder that may not be opened."
    if _of_editions(name) and not name.startswith(EDITIONS):
        return "file-unreadable", "Issued editions are kept in a folder content/editions."
    if name in files:
        return "file-ignored", "There is another file of this name, perhaps in other capitals."
    if path.suffix.lower() in _suffixes(name):
        read = _read(path, name)
        if name.startswith(PICTURES) and isinstance(read, bytes):
            pictures = sum(len(files[n]) for n in files if n.startswith(PICTURES))
            if pictures + len(read) > _ALL_PICTURES_BYTES:
                return "file-too-large", "With it, all pictures together are larger than 1 GB."
        return read
    if _of_editions(name) and rest.rpartition("/")[2][:1].isdigit():
        return "file-unreadable", "It may be the lock of an edition, whose name ends in .toml."
    if name.startswith(PICTURES):
        return "file-ignored", "This file is not read: its name does not end as pictures' do."
    if path.suffix.lower() in _PICTURE_SUFFIXES and part == "content":
        return "file-ignored", f"This file is not read: pictures are in the folder {PICTURES}."
    if part == "content" and meant_name(name):
        return "file-ignored", f"Its name ends in {path.suffix}, which your computer may not show."
    if part == "content":
        return "file-ignored", "This file is not read: content files end in .md or .toml."
    return None


def meant_name(name: str) -> str:
    """What a text with one ending too many was to be called: K.md.txt is K.md; "" for others."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return stem if dot and stem.lower().endswith((".md", ".toml")) and ending else ""


def _of_editions(name: str) -> bool:
    """Whether a name is that of the folder of editions or in it, in whatever capitals."""
    return f"{name.lower()}/".startswith(EDITIONS)


def _name(root: Path, path: Path) -> str:
    """The project-relative name: printable whatever bytes it has, in composed letters (NFC).

    K.MD is K.md, and so is k.md among the cards, as it is on systems that know no capitals.
    """
    path = path.with_suffix(path.suffix.lower())
    name = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
    folder, _, file = unicodedata.normalize("NFC", name).rpartition("/")
    if folder == "content/cards" and file.endswith(".md"):
        file = file.removesuffix(".md").upper() + ".md"
    return f"{folder}/{file}" if folder else file


def _inside(root: Path, path: Path) -> bool:
    """Whether a path, with its links followed, stays in the project, whose own are followed."""
    try:
        return path.resolve(strict=False).is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _read(path: Path, name: str) -> bytes | _Unfit:
    """A file's bytes, up to its limit. Pipes and devices are refused before they can block."""
    limit = size_limit(name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "file-unreadable", "It is not an ordinary file."
        with path.open("rb") as file:
            data = file.read(limit + 1)  # so many are in memory at most
    except OSError as fault:
        return "file-unreadable", f"It could not be read: {fault.strerror}."
    fits = len(data) <= limit or path.suffix.lower() in _TEXTS
    return data[:limit] if fits else ("file-too-large", f"It is larger than {limit >> 20} MB.")


def _source_date(env: Mapping[str, str]) -> tuple[datetime | None, list[Problem]]:
    """SOURCE_DATE_EPOCH, which other build tools know too: seconds since 1970."""
    written = env.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return (datetime.fromtimestamp(int(written), UTC) if written else None), []
    except (ValueError, OverflowError, OSError):
        found = f'SOURCE_DATE_EPOCH is "{written[:40]}", which is not a number of seconds.'
        todo = "Unset it, or set it to seconds since 1970."
        return None, [problem("date-invalid", Place("SOURCE_DATE_EPOCH"), found, todo)]

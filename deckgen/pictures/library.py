"""The pictures of a project: found by the names that people write, each looked at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from deckgen.model.picture import MIDDLE, PictureFile, Shown, digest_of
from deckgen.pictures.kinds import SVG, kind_of, other_kind
from deckgen.pictures.opening import Looked, Unfit, look
from deckgen.problem import Place, Problem, one_of, problem
from deckgen.source import PICTURES

DECORATIVE = "decorative"
_FOCUS = re.compile(r"focus (\d{1,3}) ?% (\d{1,3}) ?%")
_KEPT = 5000
# What was found of bytes that were looked at, by their digest: they stay as they are.
_looked: dict[str, Looked | tuple[str, str]] = {}


class _Shelf:
    """The pictures of one project, and what was found of those that were asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.known = {_plain(name): name for name in pictures_in(files)}
        self.read: dict[str, tuple[PictureFile | None, list[Problem]]] = {}


_shelves: list[_Shelf] = []  # of the project that was asked for last


def _shelf_of(files: Mapping[str, bytes]) -> _Shelf:
    if not _shelves or _shelves[0].files is not files:
        _shelves[:] = [_Shelf(files)]
    return _shelves[0]


def pictures_in(files: Mapping[str, bytes]) -> list[str]:
    """The names of a project's picture files, as a card writes them: without the folder."""
    names = (name for name in files if name.startswith(PICTURES))
    return [name[len(PICTURES) :] for name in names]


def picture_named(
    files: Mapping[str, bytes], written: str, place: Place
) -> tuple[PictureFile | None, list[Problem]]:
    """The picture of a name that is written at a place.

    Capitals and ways of writing an accent make no difference, nor does the folder before it. What
    is wrong with the file stands at the file, once, however many cards show it.
    """
    shelf = _shelf_of(files)
    known = shelf.known
    wanted = _plain(unicodedata.normalize("NFC", written).strip().removeprefix("./"))
    for before in ("content/", "pictures/"):
        wanted = wanted.removeprefix(before)
    name = known.get(wanted)
    if name is None and "%" in wanted:
        from urllib.parse import unquote

        name = known.get(_plain(unquote(wanted)))
    if name is None:
        said = f"There is no picture “{written}” in {PICTURES}."
        otherwise = f"Put it into {PICTURES}."
        todo = one_of(wanted, known, otherwise, list_all=False)
        if near := next((known[plain] for plain in known if f"“{plain}”" in todo), None):
            todo = f"Did you mean “{near}”?"
        return None, [problem("file-missing", place, said, todo)]
    if name not in shelf.read:
        shelf.read[name] = _read(files, PICTURES + name)
    return shelf.read[name]


def shown_picture(
    files: Mapping[str, bytes], alt: str, written: str, words: str, place: Place
) -> tuple[Shown | None, list[Problem]]:
    """The picture that a line such as `![A heron](heron.jpg) focus 30% 20%` asks for.

    `words` are those behind it: "decorative", or where its focus is.
    """
    file, found = picture_named(files, written, place)
    alt, focus, decorative = " ".join(alt.split()), MIDDLE, False
    rest = " ".join(words.split())
    if match := _FOCUS.search(rest.lower()):
        focus = min(float(match[1]), 100.0), min(float(match[2]), 100.0)
        rest = (rest[: match.start()] + rest[match.end() :]).strip(" ,;")
    if rest.lower() == DECORATIVE:
        rest, decorative = "", True
    if rest:
        said = f"“{rest[:60]}” behind a picture is not understood."
        todo = "Write “focus 30% 20%” (from the left, from the top), “decorative”, or nothing."
        found = [*found, problem("picture-words", place, said, todo)]
    if bool(alt) == decorative:
        said = "Nothing says what this picture shows, for those who can't see it."
        if alt:
            said = "This picture is called decorative, and has words that say what it shows."
        todo = f"Write what it shows, as in ![A heron in the reeds]({written}), or “decorative”"
        found = [*found, problem("picture-words", place, said, f"{todo} behind it.")]
    return (Shown(file, alt, place, focus) if file else None), found


def unused_pictures(files: Mapping[str, bytes], used: Iterable[PictureFile]) -> Iterator[Problem]:
    """Picture files that no card shows."""
    shown = {PICTURES + file.name for file in used}
    for name in pictures_in(files):
        if PICTURES + name not in shown:
            said = "No card shows this file."
            todo = f"Show it, as in ![What it shows]({name}), or move it out of content."
            yield problem("file-ignored", Place(PICTURES + name), said, todo)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _read(files: Mapping[str, bytes], name: str) -> tuple[PictureFile | None, list[Problem]]:
    """A file, looked at."""
    data, kind, place = files[name], kind_of(files[name]), Place(name)
    if not kind:
        what, todo = other_kind(data)
        said = f"This file is {what}."
        return None, [problem("picture-unusable", place, said, todo)]
    seen = _seen(data, kind)
    if not isinstance(seen, Looked):
        return None, [problem("picture-unusable", place, f"This picture {seen[0]}.", seen[1])]
    inks = _press_profile(files) if seen.inked and not seen.profiled else b""
    short = name[len(PICTURES) :]
    found = [problem("picture-simplified", place, *said) for said in _simplified(seen, kind)]
    return PictureFile(short, kind, (seen.width, seen.height), data, inks), found


def _seen(data: bytes, kind: str) -> Looked | tuple[str, str]:
    """What was found of a file, or what is wrong with it."""
    digest = digest_of(data)
    if digest not in _looked:
        try:
            seen: Looked | tuple[str, str] = _looker(kind)(data)
        except Unfit as fault:
            seen = fault.found, fault.todo
        if len(_looked) >= _KEPT:
            _looked.clear()
        _looked[digest] = seen
    return _looked[digest]


def _looker(kind: str) -> Callable[[bytes], Looked]:
    """What looks at files of a kind; that for SVG is loaded with the first of them."""
    if kind != SVG:
        return partial(look, kind=kind)
    from deckgen.pictures.vector import look_at_svg

    return look_at_svg


def _simplified(seen: Looked, kind: str) -> Iterator[tuple[str, str]]:
    """What of a file is not as it is elsewhere: what was found, and what to do."""
    if seen.several:
        said = "This file holds several pictures, or one that moves; the first is shown."
        if kind == SVG:
            said = "This picture moves; it is shown as it begins."
        yield said, "Look whether that is the right one, and save it alone."
    if seen.profiled is False:
        said = "The colour profile in this picture can't be used; its colours are shown without."
        yield said, "Compare its colours, or save it anew as sRGB."


def _press_profile(files: Mapping[str, bytes]) -> bytes:
    """The profile of a press that the project has, by which inks can be seen."""
    profiles = (data for name, data in files.items() if name.endswith(".icc"))
    return next((data for data in profiles if data[12:20] == b"prtrCMYK"), b"")

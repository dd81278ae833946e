"""The answers in a workbook that somebody has filled in, by full field name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct, convert, json

from deckgen.model.answers import Copy, Identity, Said
from deckgen.model.workbook import RESERVED
from deckgen.problem import Place, Problem, problem
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.facts import facts_of
from deckgen.readback.limits import MENDED, Limits, Refused, one_from_child, refuse_cut
from deckgen.readback.reading import read
from deckgen.readback.ways import full_name
from deckgen.wording.names import LARGE_PRINT

LIMITS = Limits(megabytes=20)
MOST_FIELDS = 20_000


class Filled(Struct, frozen=True):
    """What a workbook holds: its answers that are not empty, and the names of all its fields.

    `refused` says why it could not be read, and what to do.
    """

    answers: dict[str, str] = {}
    fields: frozenset[str] = frozenset()
    title: str = ""
    mended: bool = False
    carried: str = ""
    told: dict[str, str] = {}
    edition: str = ""
    refused: tuple[str, str] | None = None


def read_answers(data: bytes, file: str) -> tuple[dict[str, str] | None, list[Problem]]:
    """Every answer that is not empty; None, with the reason, if the file can't be read.

    Line ends become \\n and letters are composed (NFC). A tick is "Yes"; a group of radio
    buttons has the value of the one that is on.
    """
    filled, place = _filled(data), Place(file)
    if filled.refused:
        found, todo = f"This file can't be read: {filled.refused[0]}.", filled.refused[1]
        return None, [problem("answers-unreadable", place, found, todo)]
    if not filled.fields:
        found = "There are no fields in this file: it was printed to a PDF, or is another document."
        todo = "Ask for the workbook as it was saved, or copy the answers by hand."
        return None, [problem("answers-foreign", place, found, todo)]
    return filled.answers, [problem("file-mended", place, *MENDED)] if filled.mended else []


def workbook_title(data: bytes, large_print: str = LARGE_PRINT) -> tuple[str, bool]:
    """The title of a file ("" if it can't be read), and whether it is in large print.

    That is how files in `large_print` are called in the deck's language, with a {title}.
    """
    title = _filled(data).title
    for pattern in (LARGE_PRINT, large_print):
        before, _, after = pattern.partition("{title}")
        if len(title) > len(pattern) - 7 and title.startswith(before) and title.endswith(after):
            return title.removeprefix(before).removesuffix(after), True
    return title, False


def workbook_copy(data: bytes) -> Copy:
    """What a file says of itself and in its fields."""
    filled = _filled(data)
    said = tuple(Said(field, value) for field, value in filled.answers.items())
    try:
        known = json.decode(filled.carried, type=dict[str, Any])
        asked = convert(known.pop("asked"), dict[str, str])
        identity = convert(known, Identity)
    except (ValueError, KeyError):  # what msgspec raises is one
        identity, asked = Identity(edition=filled.edition), {}
    return Copy(identity, said, filled.fields, asked, told=filled.told)


def workbook_fields(data: bytes) -> frozenset[str]:
    """The names of a file's fields, answered or not; none if it can't be read."""
    return _filled(data).fields


@lru_cache(maxsize=4)
def _filled(data: bytes) -> Filled:
    """What another process reads."""
    try:
        return convert(one_from_child("answers:said", data, limits=LIMITS), Filled)
    except Refused as refusal:
        return Filled(refused=(refusal.why, refusal.todo))


def said(data: bytes) -> Iterator[dict[str, Any]]:
    """What is in a file, for another process. Raises nearly anything."""
    refuse_cut(data)
    document = read(data)
    on, every = _switched_on(document), facts_of(document).fields.items()
    fields = {name: fact for name, fact in every if RESERVED not in name.split(".")}
    if len(fields) > MOST_FIELDS:
        raise Refused(f"it has more than {MOST_FIELDS} fields", "Look for the workbook itself.")
    answers = {name: _clean(fact.value) for name, fact in fields.items()}
    answers |= {n: on.get(n, "") for n, fact in fields.items() if fact.kind in ("check", "radio")}
    yield {
        "answers": {name: words for name, words in answers.items() if words},
        "fields": list(fields),
        "mended": document.mended,
        "carried": next((f.value for n, f in every if n.endswith(f"{RESERVED}.workbook")), ""),
        "told": {name: fact.tooltips[0] for name, fact in fields.items() if fact.tooltips},
        "edition": text(raw(document.info, "Keywords")),
        "title": text(raw(document.info, "Title")),
    }


def _clean(value: str) -> str:
    """One kind of line end, composed letters, no blank at either end."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _switched_on(document: Document) -> dict[str, str]:
    """What widgets show as on: viewers keep that even where they spoil the field's value."""
    widgets = [widget for page in document.pages for widget in listed(raw(page, "Annots"))]
    on = [(w, entry(w, "AS")) for w in widgets if entry(w, "Subtype") == "Widget"]
    return {full_name(w): text(state) for w, state in on if state not in (None, "Off")}

"""The answers in a workbook that somebody has filled in, by full field name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from deckgen.pdf.metadata import LARGE_PRINT
from deckgen.problem import Place, Problem, problem
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.facts import facts_of
from deckgen.readback.limits import (
    MENDED,
    Limits,
    Refused,
    one_from_child,
    refuse_at_sight,
    refuse_cut,
)
from deckgen.readback.reading import read

LIMITS = Limits(megabytes=20)
MOST_FIELDS = 20_000
_FOREIGN = "answers-foreign"


class Filled(Struct, frozen=True):
    """What a workbook holds: its answers that are not empty, and the names of all its fields."""

    answers: dict[str, str]
    fields: frozenset[str]
    title: str
    mended: bool


def read_answers(data: bytes, file: str) -> tuple[dict[str, str] | None, list[Problem]]:
    """Every answer that is not empty; None, with the reason, if the file can't be read.

    Line ends become \\n and letters are composed (NFC). A tick is "Yes"; a group of radio
    buttons has the value of the one that is on.
    """
    filled = _filled(data)
    if isinstance(filled, Refused):
        found = f"This file can't be read: {filled.why}."
        return None, [problem("answers-unreadable", Place(file), found, filled.todo)]
    if not filled.fields:
        found = "There are no fields in this file: it was printed to a PDF, or is another document."
        todo = "Ask for the workbook as it was saved, or copy the answers by hand."
        return None, [problem(_FOREIGN, Place(file), found, todo)]
    if not filled.mended:
        return filled.answers, []
    return filled.answers, [problem("file-mended", Place(file), *MENDED)]


def workbook_title(data: bytes) -> tuple[str, bool]:
    """The title of a file ("" if it can't be read), and whether it is in large print."""
    filled = _filled(data)
    title = "" if isinstance(filled, Refused) else filled.title
    return title.removesuffix(LARGE_PRINT), title.endswith(LARGE_PRINT)


def workbook_fields(data: bytes) -> frozenset[str]:
    """The names of a file's fields, answered or not; none if it can't be read."""
    filled = _filled(data)
    return frozenset() if isinstance(filled, Refused) else filled.fields


@lru_cache(maxsize=4)
def _filled(data: bytes) -> Filled | Refused:
    """What another process reads."""
    try:
        found = one_from_child("answers:said", data, limits=LIMITS)
    except Refused as refusal:
        return refusal
    fields = frozenset(found["fields"])
    return Filled(found["answers"], fields, found["title"], found["mended"])


def said(data: bytes) -> Iterator[dict[str, Any]]:
    """What is in a file, for another process. Raises nearly anything."""
    refuse_at_sight(data, LIMITS.megabytes)
    refuse_cut(data)
    document = read(data)
    fields, on = facts_of(document).fields, _switched_on(document)
    if len(fields) > MOST_FIELDS:
        raise Refused(f"it has more than {MOST_FIELDS} fields", "Look for the workbook itself.")
    answers = {name: _clean(fact.value) for name, fact in fields.items()}
    answers |= {n: on.get(n, "") for n, fact in fields.items() if fact.kind in ("check", "radio")}
    yield {
        "answers": {name: words for name, words in answers.items() if words},
        "fields": list(fields),
        "mended": document.mended,
        "title": text(raw(document.info, "Title")),
    }


def _clean(value: str) -> str:
    """One kind of line end, composed letters, no blank at either end."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _switched_on(document: Document) -> dict[str, str]:
    """What widgets show as on: viewers keep that even where they spoil the field's value."""
    on: dict[str, str] = {}
    for page in document.pages:
        for widget in listed(raw(page, "Annots")):
            state = entry(widget, "AS") or "Off"
            if entry(widget, "Subtype") == "Widget" and state != "Off":
                on[_full_name(widget)] = text(state)
    return on


def _full_name(widget: Any) -> str:
    parts: list[str] = []
    node: Any = widget
    for _ in range(32):
        if entry(node, "T") is not None:
            parts.append(text(raw(node, "T")))
        node = raw(node, "Parent")
    return ".".join(reversed(parts))

"""The answers in a workbook that somebody has filled in, by full field name."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from deckgen.pdf.metadata import LARGE_PRINT
from deckgen.problem import Place, Problem, problem
from deckgen.readback.facts import read_facts
from deckgen.readback.parsed import entry, opened, resolved

LARGEST_BYTES = 20 * 1024 * 1024


def read_answers(data: bytes, file: str) -> tuple[dict[str, str] | None, list[Problem]]:
    """Every answer that is not empty; None, with the reason, if the file can't be read.

    Line ends become \\n and letters are composed (NFC). A tick is "Yes"; a group of radio
    buttons has the value of the one that is on.
    """
    refusal = _refusal(data)
    if refusal:
        return None, [_unreadable(file, *refusal)]
    try:
        reader = opened(data)
        if reader.is_encrypted:
            return None, [_unreadable(file, *_PROTECTED)]
        fields = read_facts(data).fields
        on = _switched_on(reader)
    except DependencyError:
        return None, [_unreadable(file, *_PROTECTED)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, [_unreadable(file, *_BROKEN)]
    answers = {name: _clean(fact.value) for name, fact in fields.items()}
    answers |= {n: on.get(n, "") for n, fact in fields.items() if fact.kind in ("check", "radio")}
    return {name: text for name, text in answers.items() if text}, []


def workbook_title(data: bytes) -> tuple[str, bool]:
    """The title of a file that could be read, and whether it is in large print."""
    title = str(entry(opened(data).trailer, "/Info", "/Title") or "")
    return title.removesuffix(LARGE_PRINT), title.endswith(LARGE_PRINT)


_PROTECTED = ("It is protected with a password.", "Ask for a copy without protection.")
_BROKEN = ("It is damaged or not complete.", "Ask for the file again; part of it may be missing.")


def _refusal(data: bytes) -> tuple[str, str] | None:
    if len(data) > LARGEST_BYTES:
        return "It is larger than 20 MB.", "Send the workbook itself, not a scan of it."
    if b"%PDF-" not in data[:1024]:
        return "It is not a PDF file.", "Ask for the workbook as a PDF."
    end = data.rfind(b"%%EOF")
    if end < 0 or re.search(rb"[^\s\0]", data[end + 5 :]):
        return _BROKEN
    return None


def _unreadable(file: str, why: str, todo: str) -> Problem:
    return problem("answers-unreadable", Place(file), f"This file can't be read. {why}", todo)


def _clean(value: str) -> str:
    """One kind of line end, composed letters, no blank at either end."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def _switched_on(reader: PdfReader) -> dict[str, str]:
    """What widgets show as on: viewers keep that even where they spoil the field's value."""
    on: dict[str, str] = {}
    for page in reader.pages:
        for widget in map(resolved, entry(page, "/Annots") or ()):
            state = str(widget.get("/AS", "/Off"))
            if widget.get("/Subtype") == "/Widget" and state != "/Off":
                on[_full_name(widget)] = state[1:]
    return on


def _full_name(widget: Any) -> str:
    parts: list[str] = []
    node: Any = widget
    while node is not None and len(parts) < 32:
        if "/T" in node:
            parts.append(str(node["/T"]))
        node = resolved(node.get("/Parent"))
    return ".".join(reversed(parts))

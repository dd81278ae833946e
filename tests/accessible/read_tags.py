"""The words of a tagged file in the order of its structure, read with pypdf alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from deckgen.readback.reading import read
from deckgen.readback.structure import structure_of

_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>")
_PAIR = re.compile(rb"<(\w+)>\s*<(\w+)>")


def words_in_order(data: bytes) -> list[tuple[str, str]]:
    """Role and words of every element that has words of its own, depth first."""
    reader, document = PdfReader(BytesIO(data)), read(data)
    numbers = {made: number for number, made in document.objects.items()}
    shown: dict[tuple[int, int], str] = defaultdict(str)
    for page in reader.pages:
        number = page.indirect_reference.idnum  # type: ignore[union-attr]
        _collect(reader, page.get_contents(), page, number, shown, set())
    found = []
    for element in structure_of(document).elements:
        text = "".join(shown[numbers[place], number] for place, number in element.spots)
        if text.strip():
            found.append((element.role, text.strip()))
    return found


def _collect(
    reader: PdfReader,
    content: Any,
    owner: DictionaryObject,
    number: int,
    shown: dict[tuple[int, int], str],
    seen: set[int],
) -> None:
    """What a stream shows inside its marked content, by number; and the forms that it draws."""
    resources: Any = owner.get("/Resources", DictionaryObject()).get_object()
    letters = {name: _letters(font) for name, font in resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    inside: list[int | None] = []
    for operands, operator in ContentStream(content, reader).operations:
        if operator in (b"BDC", b"BMC"):
            marks = operands[1] if operator == b"BDC" else {}
            outer = inside[-1] if inside and operands[0] == "/Span" else None
            inside.append(marks.get("/MCID", outer) if operands[0] != "/Artifact" else None)
        elif operator == b"EMC":
            inside.pop()
        elif operator == b"Tf":
            known = letters[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            if inside and inside[-1] is not None:
                shown[number, inside[-1]] += "".join(_decoded(operands[0], known))
        elif operator == b"Do":
            reference = resources["/XObject"].raw_get(operands[0])
            form = reference.get_object()
            if "/StructParents" in form and reference.idnum not in seen:
                seen.add(reference.idnum)
                _collect(reader, form, form, reference.idnum, shown, seen)


def _decoded(operand: Any, known: dict[int, str]) -> Iterator[str]:
    for part in operand if isinstance(operand, list) else [operand]:
        if not isinstance(part, int | float):
            for byte in getattr(part, "original_bytes", part):
                yield known.get(byte, "\ufffd")


def _letters(font: Any) -> dict[int, str]:
    """A simple font's letters by code, from its own ToUnicode map."""
    text = font.get_object()["/ToUnicode"].get_data()
    known: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in _PAIR.findall(block):
            known[int(code, 16)] = _utf16(letter)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letter in _RANGE.findall(block):
            for code in range(int(first, 16), int(last, 16) + 1):
                known[code] = chr(ord(_utf16(letter)) + code - int(first, 16))
    return known


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")

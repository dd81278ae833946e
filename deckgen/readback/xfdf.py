"""XFDF: fields and marks as XML. Read by the other process, see `form_data`."""

from __future__ import annotations

import re
from xml.parsers import expat

from deckgen.readback.form_data import Gathered
from deckgen.readback.limits import BROKEN, Refused

# No program declares types or entities in such a file; files made to do harm do.
_DECLARED = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T)")
_DEEPEST = 100
_IN_WORDS = ("value", "value-richtext", "contents", "contents-richtext")


def gathered(data: bytes) -> Gathered:
    """All fields and marks of a file. Raises Refused."""
    if _DECLARED.search(data):
        raise Refused("it declares names of its own, as no program does", "Export it again.")
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.begins, reader.ends
    parser.CharacterDataHandler = reader.says
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise Refused(*BROKEN) from fault
    return reader.all


class _Reader:
    """Takes what comes."""

    def __init__(self) -> None:
        self.all, self._path, self._fields = Gathered(), list[str](), list[str]()
        self._words, self._values, self._rich = list[str](), list[str](), ""
        self._holds = False
        self._mark: tuple[str, int] | None = None

    def begins(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(" ")[2]
        if len(self._path) >= _DEEPEST:
            raise Refused(*BROKEN)
        if name == "field":
            self._fields.append(given.get("name", ""))
            self._values, self._rich, self._holds = [], "", False
        elif self._path[-1:] == ["annots"]:
            page = given.get("page", "")
            self._mark = name, int(page) if re.fullmatch(r"[0-9]{1,6}", page) else -1
            self._words = []
        elif name in _IN_WORDS:
            self._words = []
        elif name in ("p", "br") and self._words:
            self._words.append("\n")
        self._path.append(name)

    def says(self, words: str) -> None:
        """Words between elements."""
        if not {*_IN_WORDS}.isdisjoint(self._path):
            self._words.append(words)

    def ends(self, _name: str) -> None:
        """An element ends."""
        name, words = self._path.pop(), "".join(self._words)
        if name == "value":
            self._values.append(words)
        elif name == "value-richtext":
            self._rich = words
        elif name == "field":
            value = ", ".join(v for v in self._values if v) or self._rich
            if value or not self._holds:  # fields, and so no answer of its own
                self.all.field(".".join(filter(None, self._fields)), value)
            self._fields.pop()
            self._values, self._rich, self._holds = [], "", True
        elif self._mark and self._path[-1:] == ["annots"]:
            self.all.mark(*self._mark, words)
            self._mark = None

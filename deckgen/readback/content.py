"""Faults of what pages draw: what is tagged, what is decoration, and what is neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, entry, raw
from deckgen.readback.streams import unpacked
from deckgen.readback.structure import Spot

_STRINGS = re.compile(rb"\((?:[^\\()]++|\\.)*+\)", re.DOTALL)
# Each way begins with a letter of its own: that lets Python skip quickly to where one can begin.
_WAYS = (
    rb"/(?<!R/)(?P<form>R+)\s+Do",
    rb"/(?<!R/)(?P<font>R+)\s+[-+.\d]+\s+Tf",
    rb"/(?<!R/)Artifact(?P<artifact>)\s*(?:<<.*?>>\s*|/R+\s+)?B(?:DC|MC)",
    rb"<<[^<>]*/MCID\s+(?P<tag>\d+)[^<>]*>>\s*BDC",
    rb"B(?<!RB)(?P<opens>[MD]C)",
    rb"E(?<!RE)(?P<closes>MC)",
    *(rb"T(?<!RT)[jJ]", rb"'", rb'"', rb"f(?<!Rf)\*?", rb"F(?<!RF)", rb"S(?<!RS)"),
    *(rb"s(?<!Rs)h?", rb"B(?<!RB)\*?", rb"b(?<!Rb)\*?"),
)
_OPERATORS = re.compile(
    b"(?:" + b"|".join(_WAYS).replace(b"R", rb"[^\s()<>[\]{}/%]") + rb")(?![^\s()<>[\]{}/%])"
)

_TWICE = "tagged content is drawn more than once, or two pieces have one number"
_LOOSE = "has content that is neither tagged nor an artifact"
_UNEVEN = "opens and closes marked content unevenly"

Kind = Literal["form", "font", "artifact", "tag", "opens", "closes", "paints"]
# What happens, and the name of the form or the font, or the number of the tag.
Event = tuple[Kind, bytes]
# A stream, the page or form that it belongs to, and what is open around it (see `_Scan`).
Part = tuple[Any, Indirect, bytes]


def content_faults(document: Document, spots: Sequence[Spot]) -> Iterator[str]:
    """A sentence for each kind of fault on each page; `spots` are what the elements name."""
    drawn, named = Counter[Spot](), set(spots)
    for i, page in enumerate(document.pages, 1):
        if page not in document.taken:
            yield from (f"page {i} {fault}" for fault in sorted(_Scan(page, drawn).faults()))
    lost, missing = len(drawn.keys() - named), len(named - drawn.keys())
    checks = (
        (lost, f"{lost} pieces of tagged content belong to no element"),
        (missing, f"{missing} elements name content that is not there"),
        (len(named) < len(spots), "content belongs to two elements"),
        (any(count > 1 for count in drawn.values()), _TWICE),
    )
    yield from (words for wrong, words in checks if wrong)


@lru_cache(maxsize=1024)
def _events(code: bytes) -> tuple[Event, ...]:
    """A card's stream is the same in three files, so what is in it is kept."""
    events: list[Event] = []
    fonts: set[bytes] = set()
    for found in _OPERATORS.finditer(_STRINGS.sub(b"()", code)):
        kind: Any = found.lastgroup or "paints"
        word = found[found.lastgroup or 0]
        # Nothing changes between one thing painted and the next, nor where a font comes again.
        if kind == "font":
            if word in fonts:
                continue
            fonts.add(word)
        elif kind == "paints" and events and events[-1][0] == "paints":
            continue
        events.append((kind, word))
    return tuple(events)


class _Scan:
    """Looks through a page's content for what is drawn outside marked content."""

    def __init__(self, page: Indirect, drawn: Counter[Spot]) -> None:
        self.page, self.drawn, self.found = page, drawn, set[str]()

    def faults(self) -> set[str]:
        """What is wrong on the page, as ends of sentences."""
        waiting: list[Part] = [(raw(self.page, "Contents"), self.page, b"")]
        looked: Counter[tuple[int, bytes]] = Counter()
        while waiting:
            content, owner, around = waiting.pop()
            looked[id(content), around] += 1
            # A form without tags is the same wherever it is drawn; one with tags is not.
            if looked[id(content), around] < 2 + ("StructParents" in owner.value):
                waiting += self._stream(content, owner, around)
        return self.found

    def _stream(self, content: Any, owner: Indirect, around: bytes) -> Iterator[Part]:
        """One stream; gives the forms that it draws. `around` is "tag" or "artifact", or empty."""
        inside, met = [around], set[tuple[bytes, bytes]]()
        for kind, word in _events(unpacked(content)):
            state = inside[-1]
            if kind == "tag":
                self.drawn[owner, int(word)] += 1
                self._say("has tagged content within other tagged content or artifacts", state)
                inside.append(b"tag")
            elif kind == "artifact":
                self._say("has an artifact within tagged content", state == b"tag")
                inside.append(b"artifact")
            elif kind == "opens":
                inside.append(state)
            elif kind == "closes" and len(inside) > 1:
                inside.pop()
            elif kind == "closes":
                self._say(_UNEVEN, True)
            elif (word, state) in met:
                continue  # a shape that comes again
            elif kind == "paints":
                self._say(_LOOSE, not state)
            elif kind == "font":
                self._say("uses a font that it does not have", not _has(owner, "Font", word))
            else:
                form = _has(owner, "XObject", word)
                self._say("draws something that it does not have", not form)
                if form and "StructParents" not in form.value:
                    met.add((word, state))
                if form and form.value.get("Subtype") == "Form":
                    yield form, form, state
                else:
                    self._say(_LOOSE, not state)
        self._say(_UNEVEN, len(inside) > 1)

    def _say(self, words: str, wrong: object) -> None:
        if wrong:
            self.found.add(words)


def _has(owner: Indirect, kind: str, word: bytes) -> Any:
    # In names "#20" stands for the character with that number.
    name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), word)
    return raw(entry(owner, "Resources", kind), name.decode("utf-8", "replace"))

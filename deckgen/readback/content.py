"""Faults of what pages draw: is it tagged or decoration? Are the fonts there, and letters known?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, each_once, entry, listed, raw, text, unpacked
from deckgen.readback.structure import Spot

_STRINGS = re.compile(rb"\((?:[^\\()]++|\\.)*+\)", re.DOTALL)
# Each way begins with a letter of its own: that lets Python skip quickly to where one can begin.
_WAYS = (
    rb"/(?<!R/)(?P<form>R+)\s+Do",
    rb"/(?<!R/)(?P<font>R+)\s+[-+.\d]+\s+Tf",
    rb"/(?<!R/)Artifact(?P<artifact>)\s*(?:<<.{0,500}?>>\s*|/R+\s+)?B(?:DC|MC)",
    rb"<<[^<>]*/MCID\s+(?P<tag>\d+)[^<>]*>>\s*BDC",
    rb"B(?<!RB)(?P<opens>[MD]C)",
    rb"E(?<!RE)(?P<closes>MC)",
    *(rb"T(?<!RT)[jJ]", rb"'", rb'"', rb"f(?<!Rf)\*?", rb"F(?<!RF)", rb"S(?<!RS)"),
    *(rb"s(?<!Rs)h?", rb"B(?<!RB)\*?", rb"b(?<!Rb)\*?"),
)
_OPERATORS = re.compile(
    b"(?:" + b"|".join(_WAYS).replace(b"R", rb"[^\s()<>[\]{}/%]") + rb")(?![^\s()<>[\]{}/%])"
)

_ROWS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"<(\w+)>\s*<\w*>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*[<\[]")
_TWICE = "tagged content is drawn more than once, or two pieces have one number"
_LOOSE = "has content that is neither tagged nor an artifact"
_UNEVEN = "opens and closes marked content unevenly"

# What happens ("paints", or a group of `_WAYS`), and the name of the form or the font, or the
# number of the tag.
Event = tuple[str, bytes]
_PAINTS = ("paints", b"")
# A stream, the page or form that it belongs to, and what is open around it (see `_Scan`).
Part = tuple[Any, Indirect, bytes]


def content_faults(document: Document, spots: Sequence[Spot]) -> Iterator[str]:
    """A sentence for each kind of fault on each page; `spots` are what the elements name."""
    drawn, named = Counter[Spot](), set(spots)
    for i, page in enumerate(document.pages, 1):
        if page not in document.taken:
            yield from (f"page {i} {fault}" for fault in sorted(_Scan(drawn).faults(page)))
    lost, missing = len(drawn.keys() - named), len(named - drawn.keys())
    checks = (
        (lost, f"{lost} pieces of tagged content belong to no element"),
        (missing, f"{missing} elements name content that is not there"),
        (len(named) < len(spots), "content belongs to two elements"),
        (any(count > 1 for count in drawn.values()), _TWICE),
    )
    yield from (words for wrong, words in checks if wrong)


def written_on(document: Document) -> list[int]:
    """Pages, from 1, that are tagged and draw something that is not: a program wrote it there."""
    found = []
    for number, page in enumerate(document.pages, 1):
        with suppress(Exception):  # a page that can't be looked through hides no other
            if "StructParents" in page.value and _LOOSE in _Scan(Counter()).faults(page):
                found.append(number)
    return found


@lru_cache(maxsize=1024)
def _events(code: bytes) -> tuple[Event, ...]:
    """A card's stream is the same in three files, so what is in it is kept."""
    events, fonts = list[Event](), set[Event]()
    for found in _OPERATORS.finditer(_STRINGS.sub(b"()", code)):
        event = (found.lastgroup, found[found.lastgroup]) if found.lastgroup else _PAINTS
        # Nothing changes between one thing painted and the next, nor where a font comes again.
        if (event is _PAINTS and events and events[-1] is _PAINTS) or event in fonts:
            continue
        if event[0] == "font":
            fonts.add(event)
        events.append(event)
    return tuple(events)


class _Scan:
    """Looks through a page's content for what is drawn outside marked content."""

    def __init__(self, drawn: Counter[Spot]) -> None:
        self.drawn, self.found = drawn, set[str]()

    def faults(self, page: Indirect) -> set[str]:
        """What is wrong on the page, as ends of sentences."""
        waiting, looked = [(raw(page, "Contents"), page, b"")], Counter[tuple[int, bytes]]()
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


def font_faults(document: Document) -> Iterator[str]:
    """A sentence for each font that is not in the file, or whose letters can't be told."""
    fonts = [(text(raw(font, "BaseFont")) or "?", font) for font in _fonts(document)]
    bare = sorted({name for name, font in fonts if _bare(font)})
    yield from (f"the font {name} is not in the file" for name in bare)
    wrong = [name for name, font in fonts if _speechless(font)]
    yield from (f"the font {name} has letters without a Unicode value" for name in wrong)


def _fonts(document: Document) -> list[Any]:
    """Every font in the resources of pages, of forms within forms, of fields and of the form."""
    fonts: dict[int, Any] = {}
    waiting = [raw(entry(document.catalog, "AcroForm"), "DR")]
    for page in document.pages:
        if page not in document.taken:
            looks = [entry(annotation, "AP", "N") for annotation in listed(raw(page, "Annots"))]
            waiting += [raw(holder, "Resources") for holder in (page, *looks)]
    for holder in each_once(waiting):
        fonts |= {id(entry(font)): font for font in (entry(holder, "Font") or {}).values()}
        for kind in ("XObject", "Pattern"):
            waiting += [raw(form, "Resources") for form in (entry(holder, kind) or {}).values()]
    return [f for f in fonts.values() if not (isinstance(f, Indirect) and f in document.taken)]


def _bare(font: Any) -> bool:
    if entry(font, "Subtype") == "Type3":
        return False
    inner = listed(raw(font, "DescendantFonts"))
    descriptor = entry(inner[0] if inner else font, "FontDescriptor") or {}
    return not any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3"))


def _speechless(font: Any) -> bool:
    """True if letters have no Unicode value: neither by a map, nor by a standard encoding."""
    map_, encoding = raw(font, "ToUnicode"), entry(font, "Encoding")
    simple = entry(font, "Subtype") != "Type0"
    if not isinstance(map_, Indirect) or map_.stream is None:
        return not (simple and encoding)
    if not simple:
        return False
    first = entry(font, "FirstChar") or 0
    shown = {first + i for i, w in enumerate(listed(raw(font, "Widths"))) if entry(w)}
    return bool(shown - _mapped(unpacked(map_)))


@lru_cache(maxsize=64)
def _mapped(code: bytes) -> frozenset[int]:
    """The codes that a map has."""
    codes = set[int]()
    for kind, rows in _ROWS.findall(code):
        if kind == b"char":
            codes.update(int(code, 16) for code in _PAIR.findall(rows))
        for first, last in _RANGE.findall(rows) if kind == b"range" else ():
            codes.update(range(int(first, 16), min(int(last, 16), 255) + 1))
    return frozenset(codes)

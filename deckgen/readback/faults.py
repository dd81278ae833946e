"""A finished file's own faults: in what it says of itself, its content, its pages and its ways in.

It is a quick gate for every build, not a validator: those know more rules, and need a JVM.
Some of what it looks at (an element named twice, parents that don't agree) they let pass.
What a file from elsewhere brought into a pack is not looked at: nobody here could mend it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.annotations import annotation_faults
from deckgen.readback.document import (
    Document,
    destination,
    entry,
    listed,
    names_of,
    raw,
    string_bytes,
    text,
    tree_pairs,
)
from deckgen.readback.events import events_in
from deckgen.readback.facts import outline
from deckgen.readback.fonts import font_faults
from deckgen.readback.structure import Spot, structure_of
from deckgen.readback.tag_faults import tag_faults

_CLAIM = b"<pdfuaid:part>1<"
# What the packet says again of the information dictionary.
_SAID_TWICE = {
    "Title": "dc:title",
    "Author": "dc:creator",
    "Subject": "dc:description",
    "Keywords": "pdf:Keywords",
    "Producer": "pdf:Producer",
}


def faults_of(document: Document) -> list[str]:
    """A sentence for each fault."""
    structure = structure_of(document)
    spots = [s for e in structure.elements if e.node not in document.taken for s in e.spots]
    return [
        *_about_the_file(document),
        *_about_pages(document),
        *_about_ways(document),
        *_about_content(document, spots),
        *tag_faults(document, structure),
        *annotation_faults(document, structure),
        *font_faults(document),
    ]


def claims(document: Document) -> bool:
    """Whether a file says that it is PDF/UA-1."""
    packet = raw(document.catalog, "Metadata")
    return isinstance(packet, Indirect) and _CLAIM in (packet.stream or b"")


def _about_the_file(document: Document) -> Iterator[str]:
    catalog, info = document.catalog, document.info
    marks = entry(catalog, "MarkInfo") or {}
    if marks.get("Marked") is not True or "StructTreeRoot" not in catalog.value:
        yield "the file is not tagged"
    if marks.get("Suspects"):
        yield "the file says that its tags are suspect"
    if not text(raw(catalog, "Lang")):
        yield "the file does not say which language it is in"
    if not text(raw(info, "Title")):
        yield "the file has no title"
    if entry(catalog, "ViewerPreferences", "DisplayDocTitle") is not True:
        yield "viewers would show the file's name in place of its title"
    if claims(document) is bool(document.taken):
        yield f"the file's metadata {'claims' if document.taken else 'does not claim'} PDF/UA"
    packet = raw(catalog, "Metadata")
    said = (packet.stream or b"").decode("utf-8", "replace") if packet else ""
    for key, name in _SAID_TWICE.items():
        found = re.search(rf"<{name}>(?:<[^<>]*>)*([^<>]*)</", said)
        if said and text(raw(info, key)) != (_plain(found[1]) if found else ""):
            yield f"the file's properties and its metadata disagree about its {key.lower()}"
    if entry(catalog, "AcroForm", "NeedAppearances"):
        yield "the form asks viewers to redraw its fields"
    if {"OpenAction", "AA"} & catalog.value.keys() or entry(catalog, "Names", "JavaScript"):
        yield "the file acts by itself"


def _plain(said: str) -> str:
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _about_pages(document: Document) -> Iterator[str]:
    """The tree of pages agrees with itself, and the labels with the pages."""
    pages = set(document.pages)
    if not pages:
        yield "the file has no pages"
        return
    if len(pages) != len(document.pages):
        yield "a page is in the file twice"
    waiting, counted = [raw(document.catalog, "Pages")], set[Any]()
    while waiting:
        node = waiting.pop()
        if node in counted or node in pages:
            continue
        counted.add(node)
        kids = listed(raw(node, "Kids"))
        if any(raw(kid, "Parent") is not node for kid in kids):
            yield "a page or a group of pages names a parent that does not hold it"
        waiting += kids
    if entry(document.catalog, "Pages", "Count") != len(document.pages):
        yield "the tree of pages has a wrong count"
    made = [o for o in document.objects.values() if raw(o, "Type") == "Page"]
    if any(page not in pages for page in made):
        yield "a page is not in the tree of pages"
    for i, page in enumerate(document.pages, 1):
        if len(listed(raw(page, "MediaBox"))) != 4:
            yield f"page {i} has no size"
        if raw(page, "Tabs") != "S" and page not in document.taken:
            yield f"page {i} does not say in which order its fields come"
    starts = list(tree_pairs(raw(document.catalog, "PageLabels"), "Nums"))
    numbers = [number for number, _ in starts]
    if numbers[:1] != [0] or numbers != sorted(set(numbers)) or numbers[-1] >= len(document.pages):
        yield "the page labels do not fit the pages"
    ends = [*numbers[1:], len(document.pages)]
    if any("S" not in entry(to) and e > n + 1 for (n, to), e in zip(starts, ends, strict=False)):
        yield "pages have no label of their own"


def _about_ways(document: Document) -> Iterator[str]:
    """Bookmarks and named destinations lead to pages; the outline's links agree."""
    pages = set(document.pages)
    yield from _about_chain(entry(document.catalog, "Outlines"), "")
    for item, _, title in outline(document):
        yield from _about_chain(item, title)
        target = destination(document, raw(item, "Dest") or entry(item, "A", "D"))
        if not title:
            yield "a bookmark has no words"
        if (not target or target[0] not in pages) and not entry(item, "A", "URI"):
            yield f"the bookmark {title!r} leads nowhere"
    for name, to in names_of(document).items():
        target = destination(document, to)
        if not target or target[0] not in pages:
            yield f"the destination {name!r} leads nowhere"
    keys = [k for k, _ in tree_pairs(entry(document.catalog, "Names", "Dests"), "Names")]
    if (plain := list(map(string_bytes, keys))) != sorted(plain):
        yield "the named destinations are not in order"


def _about_chain(above: Any, title: str) -> Iterator[str]:
    """The bookmarks below one, or below none, name each other and are counted right."""
    kids, kid, last, sound = set[Any](), raw(above, "First"), None, True
    while kid is not None and kid not in kids:
        kids.add(kid)
        sound &= raw(kid, "Prev") is last and entry(kid, "Parent") is above
        last, kid = kid, raw(kid, "Next")
    if not sound or raw(above, "Last") is not last:
        yield f"the bookmarks below {title!r} do not hang together"
    count = entry(above, "Count") or 0
    if abs(count) < len(kids) or (count and not kids):
        yield f"the bookmark {title!r} has a wrong count"


def _about_content(document: Document, spots: list[Spot]) -> Iterator[str]:
    drawn: Counter[Spot] = Counter()
    for i, page in enumerate(document.pages, 1):
        if page not in document.taken:
            for fault in sorted(_Scan(page, drawn).faults()):
                yield f"page {i} {fault}"
    named = set(spots)
    lost = len(drawn.keys() - named)
    if lost:
        yield f"{lost} pieces of tagged content belong to no element"
    if named - drawn.keys():
        yield f"{len(named - drawn.keys())} elements name content that is not there"
    if len(named) < len(spots):
        yield "content belongs to two elements"
    if any(count > 1 for count in drawn.values()):
        yield "tagged content is drawn more than once, or two pieces have one number"


class _Scan:
    """Looks through a page's content for what is drawn outside marked content."""

    def __init__(self, page: Indirect, drawn: Counter[Spot]) -> None:
        self.page, self.drawn = page, drawn
        self.found: set[str] = set()

    def faults(self) -> set[str]:
        """What is wrong on the page, as ends of sentences."""
        waiting: list[tuple[Any, Indirect, bytes]] = [(raw(self.page, "Contents"), self.page, b"")]
        looked: Counter[tuple[int, bytes]] = Counter()
        while waiting:
            content, owner, around = waiting.pop()
            looked[id(content), around] += 1
            # A form without tags is the same wherever it is drawn; one with tags is not.
            if looked[id(content), around] < 2 + ("StructParents" in owner.value):
                waiting += self._stream(content, owner, around)
        return self.found

    def _stream(
        self, content: Any, owner: Indirect, around: bytes
    ) -> Iterator[tuple[Any, Indirect, bytes]]:
        """One stream; gives the forms that it draws. `around` is "tag" or "artifact", or empty."""
        inside, met = [around], set[tuple[bytes, bytes]]()
        resources = entry(owner, "Resources") or {}
        for kind, word in events_in(content) if content is not None else ():
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
                self._say("opens and closes marked content unevenly", True)
            elif (word, state) in met:
                continue  # a shape that comes again
            elif kind == "paints":
                self._say("has content that is neither tagged nor an artifact", not state)
            elif kind == "font":
                self._say("uses a font that it does not have", not _has(resources, "Font", word))
            else:
                form = _has(resources, "XObject", word)
                self._say("draws something that it does not have", not form)
                if form and "StructParents" not in form.value:
                    met.add((word, state))
                if form and form.value.get("Subtype") == "Form":
                    yield form, form, state
                else:
                    self._say("has content that is neither tagged nor an artifact", not state)
        self._say("opens and closes marked content unevenly", len(inside) > 1)

    def _say(self, words: str, wrong: object) -> None:
        if wrong:
            self.found.add(words)


def _has(resources: Any, kind: str, word: bytes) -> Any:
    # In names "#20" stands for the character with that number.
    name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), word)
    return raw(raw(resources, kind), name.decode("utf-8", "replace"))

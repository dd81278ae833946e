"""A finished file's own faults: in what it says of itself, its content, its pages and its ways in.

It is a quick gate for every build, not a validator: those know more rules, and need a JVM.
Some of what it looks at (an element named twice, parents that don't agree) they let pass.
What a file from elsewhere brought into a pack is not looked at: nobody here could mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.annotations import annotation_faults
from deckgen.readback.content import content_faults, font_faults
from deckgen.readback.document import Document, each_once, entry, listed, raw, string_bytes, text
from deckgen.readback.structure import structure_of, tag_faults
from deckgen.readback.ways import names_of, outline, page_at, tree_pairs

_CLAIM = b"<pdfuaid:part>1<"
# What the packet says again of the information dictionary.
_SAID_TWICE = {"Title": "dc:title", "Author": "dc:creator", "Subject": "dc:description"}
_SAID_TWICE |= {"Keywords": "pdf:Keywords", "Producer": "pdf:Producer"}
_UNLABELLED = "pages have no label of their own"


def faults_of(document: Document) -> list[str]:
    """A sentence for each fault."""
    structure = structure_of(document)
    spots = [s for e in structure.elements if e.node not in document.taken for s in e.spots]
    of_the_file = chain(_about_the_file(document), _about_pages(document), _about_ways(document))
    of_tags = chain(tag_faults(document, structure), annotation_faults(document, structure))
    return [*of_the_file, *content_faults(document, spots), *of_tags, *font_faults(document)]


def _about_the_file(document: Document) -> Iterator[str]:
    catalog, info, packet = document.catalog, document.info, raw(document.catalog, "Metadata")
    said = (packet.stream or b"") if isinstance(packet, Indirect) else b""
    claim = "claims" if document.taken else "does not claim"
    unmarked = entry(catalog, "MarkInfo", "Marked") is not True
    redrawn = entry(catalog, "AcroForm", "NeedAppearances")
    acts = {"OpenAction", "AA"} & catalog.value.keys() or entry(catalog, "Names", "JavaScript")
    nameless = entry(catalog, "ViewerPreferences", "DisplayDocTitle") is not True
    checks = (
        (unmarked or "StructTreeRoot" not in catalog.value, "the file is not tagged"),
        (entry(catalog, "MarkInfo", "Suspects"), "the file says that its tags are suspect"),
        (not text(raw(catalog, "Lang")), "the file does not say which language it is in"),
        (not text(raw(info, "Title")), "the file has no title"),
        (nameless, "viewers would show the file's name in place of its title"),
        ((_CLAIM in said) is bool(document.taken), f"the file's metadata {claim} PDF/UA"),
        (redrawn, "the form asks viewers to redraw its fields"),
        (acts, "the file acts by itself"),
    )
    yield from (words for wrong, words in checks if wrong)
    for key, name in _SAID_TWICE.items() if said else ():
        found = re.search(rf"<{name}>(?:<[^<>]*>)*([^<>]*)</", said.decode("utf-8", "replace"))
        if text(raw(info, key)) != (unescape(found[1]) if found else ""):
            yield f"the file's properties and its metadata disagree about its {key.lower()}"


def _about_pages(document: Document) -> Iterator[str]:
    """The tree of pages agrees with itself, and the labels with the pages."""
    pages, count, root = set(document.pages), len(document.pages), raw(document.catalog, "Pages")
    if not pages:
        yield "the file has no pages"
        return
    waiting, false = [root], 0
    for node in each_once(waiting):
        kids = listed(raw(node, "Kids"))
        false += any(raw(kid, "Parent") is not node for kid in kids)
        waiting += [kid for kid in kids if kid not in pages]
    made = {o for o in document.objects.values() if raw(o, "Type") == "Page"}
    starts = list(tree_pairs(raw(document.catalog, "PageLabels"), "Nums"))
    numbers = [number for number, _ in starts]
    odd = numbers[:1] != [0] or numbers != sorted(set(numbers)) or numbers[-1] >= count
    ends = zip(starts, [*numbers[1:], count], strict=False)
    checks = (
        (len(pages) < count, "a page is in the file twice"),
        (false, "a page or a group of pages names a parent that does not hold it"),
        (entry(root, "Count") != count, "the tree of pages has a wrong count"),
        (made - pages, "a page is not in the tree of pages"),
        (odd, "the page labels do not fit the pages"),
        (any("S" not in entry(to) and e > n + 1 for (n, to), e in ends), _UNLABELLED),
    )
    yield from (words for wrong, words in checks if wrong)
    for i, page in enumerate(document.pages, 1):
        if len(listed(raw(page, "MediaBox"))) != 4:
            yield f"page {i} has no size"
        if raw(page, "Tabs") != "S" and page not in document.taken:
            yield f"page {i} does not say in which order its fields come"


def _about_ways(document: Document) -> Iterator[str]:
    """Bookmarks and named destinations lead to pages; the outline's links agree."""
    yield from _about_chain(raw(document.catalog, "Outlines"), "")
    for item, _, title in outline(document):
        yield from _about_chain(item, title)
        if not title:
            yield "a bookmark has no words"
        if page_at(document, item) < 0 and not entry(item, "A", "URI"):
            yield f"the bookmark {title!r} leads nowhere"
    lost = [name for name, to in names_of(document).items() if page_at(document, to) < 0]
    yield from (f"the destination {name!r} leads nowhere" for name in lost)
    pairs = tree_pairs(entry(document.catalog, "Names", "Dests"), "Names")
    if (keys := [string_bytes(key) for key, _ in pairs]) != sorted(keys):
        yield "the named destinations are not in order"


def _about_chain(above: Any, title: str) -> Iterator[str]:
    """The bookmarks below one, or below none, name each other and are counted right."""
    kids, kid, last, sound = set[Any](), raw(above, "First"), None, True
    while kid is not None and kid not in kids:
        kids.add(kid)
        sound &= raw(kid, "Prev") is last and entry(kid, "Parent") is entry(above)
        last, kid = kid, raw(kid, "Next")
    if not sound or raw(above, "Last") is not last:
        yield f"the bookmarks below {title!r} do not hang together"
    count = entry(above, "Count") or 0
    if abs(count) < len(kids) or (count and not kids):
        yield f"the bookmark {title!r} has a wrong count"

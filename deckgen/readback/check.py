"""Finished files, checked by reading them back: what they hold, what is wrong, what is lost.

The gate behind the pack: everything that its parts hold must be in it, at the right page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from deckgen.readback.facts import Facts, FieldFact, PageFact, facts_of
from deckgen.readback.faults import faults_of
from deckgen.readback.join import Joined, Part
from deckgen.readback.reading import misplaced, read

__all__ = ["Facts", "FieldFact", "PageFact", "file_faults", "pack_losses", "read_facts"]
_OF_PAGES = {
    "boxes": "has another size or other boxes",
    "content": "shows something else",
    "tags": "has other tags",
}


def file_faults(data: bytes) -> list[str]:
    """A sentence for everything that is wrong with a file by itself; empty if all is well."""
    return faults_of(read(data))


def read_facts(data: bytes) -> Facts:
    """Everything that a person could miss in a file."""
    return facts_of(read(data))


def pack_losses(parts: Sequence[Part], pack: Joined) -> list[str]:
    """A sentence for everything that a pack lacks of its parts; empty if nothing is lost.

    What joining itself can break is looked for too: in the joined objects, and in the references
    of the bytes, so that a pack need not be read again.
    """
    whole, losses, first, groups = facts_of(pack.document), faults_of(pack.document), 0, 0
    if misplaced(pack.data):
        losses.append("the pack's objects are not where its references say")
    for number, part in enumerate(parts, 1):
        facts = _moved(read_facts(part.data), first)
        lost = (*_pages(facts.pages, whole.pages[first:]), *_named(number, facts, whole))
        if (part.title, 0, first) not in whole.outline:
            lost += ("the part's own bookmark is missing",)
        losses += [f"{part.title}: {sentence}" for sentence in lost]
        groups += facts.groups
        first += len(facts.pages)
        first += first % 2 if number < len(parts) else 0
    if first != len(whole.pages):
        losses.append(f"the pack has {len(whole.pages)} pages and should have {first}")
    if groups != whole.groups:
        losses.append(f"the pack has {whole.groups} sections and should have {groups}")
    return losses


def _moved(part: Facts, first: int) -> Facts:
    """A part's facts as they must be in the pack: below its bookmark, and behind other pages."""

    def at(page: Any) -> Any:
        return page + first if isinstance(page, int) and page >= 0 else page

    pages = (replace(p, links=tuple((box, at(to)) for box, to in p.links)) for p in part.pages)
    fields = {n: replace(f, pages=tuple(map(at, f.pages))) for n, f in part.fields.items()}
    ways = {name: at(page) for name, page in part.destinations.items()}
    marks = tuple((title, depth + 1, at(page)) for title, depth, page in part.outline)
    return replace(part, pages=tuple(pages), fields=fields, destinations=ways, outline=marks)


def _pages(part: Sequence[PageFact], pack: Sequence[PageFact]) -> Iterator[str]:
    yield from (f"page {n} is missing" for n in range(len(pack) + 1, len(part) + 1))
    for number, (page, there) in enumerate(zip(part, pack, strict=False), 1):
        if page.label != there.label:
            yield f"page {number} is labelled {there.label!r} and should be {page.label!r}"
        changed = [key for key in _OF_PAGES if getattr(page, key) != getattr(there, key)]
        yield from (f"page {number} {_OF_PAGES[key]}" for key in changed)
        lost = [to for box, to in page.links if (box, to) not in there.links]
        yield from (f"page {number} lacks the link to {to!r}" for to in lost)


def _named(number: int, part: Facts, pack: Facts) -> Iterator[str]:
    """What has a name, which may have the part's number before it in the pack."""
    marks = set(pack.outline)
    lost = [title for title, *to in part.outline if (title, *to) not in marks]
    yield from (f"the bookmark {title!r} is missing or leads elsewhere" for title in lost)
    kinds: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any], str], ...] = (
        ("field", part.fields, pack.fields, "missing or has changed"),
        ("destination", part.destinations, pack.destinations, "missing or leads elsewhere"),
        ("attached file", _every(part.attached), _every(pack.attached), "missing"),
        ("layer", _every(part.layers), _every(pack.layers), "missing"),
    )
    for kind, ours, theirs, words in kinds:
        for name in ours:
            other = f"{'part-' * (kind == 'field')}{number}.{name}"
            if ours[name] not in (theirs.get(name), theirs.get(other)):
                yield f"the {kind} {name!r} is {words}"


def _every(names: Sequence[str]) -> dict[str, bool]:
    return dict.fromkeys(names, True)

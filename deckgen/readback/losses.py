"""The gate behind the pack: everything that its parts hold must be in it, at the right page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.readback.facts import Facts, FieldFact, PageFact, facts_of
from deckgen.readback.faults import faults_of
from deckgen.readback.join import Joined, Part
from deckgen.readback.quick import misplaced
from deckgen.readback.reading import read


def pack_losses(parts: Sequence[Part], pack: Joined) -> list[str]:
    """A sentence for everything that a pack lacks of its parts; empty if nothing is lost.

    What joining itself can break is looked for too: in the joined objects, and in the references
    of the bytes, so that a pack need not be read again.
    """
    whole, losses, first, groups = facts_of(pack.document), faults_of(pack.document), 0, 0
    if misplaced(pack.data):
        losses.append("the pack's objects are not where its references say")
    for number, part in enumerate(parts, 1):
        facts = facts_of(read(part.data))
        losses += _Comparison(part.title, number, facts, whole, first).losses()
        groups += facts.groups
        first += len(facts.pages)
        first += first % 2 if number < len(parts) else 0
    if first != len(whole.pages):
        losses.append(f"the pack has {len(whole.pages)} pages and should have {first}")
    if groups != whole.groups:
        losses.append(f"the pack has {whole.groups} sections and should have {groups}")
    return losses


class _Comparison:
    """One part against the pack; `first` is the part's first page there."""

    def __init__(self, title: str, number: int, part: Facts, pack: Facts, first: int) -> None:
        self.title, self.number, self.part, self.pack, self.first = title, number, part, pack, first

    def losses(self) -> list[str]:
        """A sentence for each loss."""
        found = (*self._pages(), *self._outline(), *self._fields(), *self._named())
        return [f"{self.title}: {sentence}" for sentence in found]

    def _moved(self, page: int) -> int:
        return page + self.first if page >= 0 else page

    def _pages(self) -> Iterator[str]:
        for i, page in enumerate(self.part.pages):
            at = i + self.first
            if at >= len(self.pack.pages):
                yield f"page {i + 1} is missing"
            else:
                yield from self._page(i + 1, page, self.pack.pages[at])

    def _page(self, number: int, page: PageFact, packed: PageFact) -> Iterator[str]:
        if page.label != packed.label:
            yield f"page {number} is labelled {packed.label!r} and should be {page.label!r}"
        if page.boxes != packed.boxes:
            yield f"page {number} has another size or other boxes"
        if page.content != packed.content:
            yield f"page {number} shows something else"
        if page.tags != packed.tags:
            yield f"page {number} has other tags"
        links = [(rect, self._moved(to) if isinstance(to, int) else to) for rect, to in page.links]
        for link in links:
            if link not in packed.links:
                yield f"page {number} lacks the link to {link[1]!r}"

    def _outline(self) -> Iterator[str]:
        there = set(self.pack.outline)
        if (self.title, 0, self.first) not in there:
            yield "the part's own bookmark is missing"
        for title, depth, page in self.part.outline:
            if (title, depth + 1, self._moved(page)) not in there:
                yield f"the bookmark {title!r} is missing or leads elsewhere"

    def _fields(self) -> Iterator[str]:
        for name, field in self.part.fields.items():
            names = name, f"part-{self.number}.{name}"
            moved = FieldFact(
                field.kind,
                field.value,
                field.options,
                field.tooltips,
                tuple(map(self._moved, field.pages)),
            )
            if moved not in [self.pack.fields.get(n) for n in names]:
                yield f"the field {name!r} is missing or has changed"

    def _named(self) -> Iterator[str]:
        for name, page in self.part.destinations.items():
            found = [self.pack.destinations.get(n) for n in (name, f"{self.number}.{name}")]
            if self._moved(page) not in found:
                yield f"the destination {name!r} is missing or leads elsewhere"
        for kind, names, there in (
            ("attached file", self.part.attached, self.pack.attached),
            ("layer", self.part.layers, self.pack.layers),
        ):
            for name in names:
                if not {name, f"{self.number}.{name}"} & set(there):
                    yield f"the {kind} {name!r} is missing"

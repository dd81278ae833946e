"""Which page of a workbook is which of an older edition: by its key, its title, or its words.

Keys of activities were once places ("tonight-1"), and without an Id they follow the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from deckgen.model.snapshot import PageState, Snapshot, WordsPart

_ALIKE = 0.5  # the share of a page's own words that must be the same

_Words = frozenset[tuple[str, str]]


def paired_pages(
    old: Snapshot, new: Snapshot
) -> tuple[tuple[PageState | None, PageState | None], ...]:
    """Every page as it was and as it is: in the new order, then those that are gone."""
    before = {page.key: page for page in old.pages}
    pairs = {page.key: before.pop(page.key) for page in new.pages if page.key in before}
    came = [page for page in new.pages if page.key not in pairs]
    for match in (_by_title, _by_words):
        for was, page in match(list(before.values()), came, old, new):
            if was.key in before and page.key not in pairs:
                pairs[page.key] = before.pop(was.key)
    still = tuple((pairs.get(page.key), page) for page in new.pages)
    return (*still, *((gone, None) for gone in before.values()))


_Pair = tuple[PageState, PageState]
_Pages = Sequence[PageState]


def _by_title(gone: _Pages, came: _Pages, old: Snapshot, new: Snapshot) -> Iterator[_Pair]:
    """Activities of one workbook with one title, which no other there has."""
    was, now = ({_titled(p): p for p in pages} for pages in (gone, came))
    counts = Counter(map(_titled, old.pages)), Counter(map(_titled, new.pages))
    for key, page in now.items():
        if key[1] and key in was and all(count[key] == 1 for count in counts):
            yield was[key], page


def _by_words(gone: _Pages, came: _Pages, old: Snapshot, new: Snapshot) -> Iterator[_Pair]:
    """Activities that have most of their own words in common, the likest first."""
    common = _common(old.pages) | _common(new.pages)
    likeness = []
    for i, was in enumerate(gone):
        for j, page in enumerate(came):
            if _book(was) == _book(page) and all(_titled(p)[1] for p in (was, page)):
                before, now = _said(was) - common, _said(page) - common
                share = len(before & now) / max(len(before), len(now), 1)
                if share >= _ALIKE:
                    likeness.append((-share, i, j))
    for _, i, j in sorted(likeness):
        yield gone[i], came[j]


def _book(page: PageState) -> str:
    return page.key.partition("/")[0]


def _titled(page: PageState) -> tuple[str, str]:
    """The workbook, and the title of an activity: no other page has one among its words."""
    title = next((part.text for part in page.parts if part.name == "title"), "")
    return _book(page), title if _book(page) != "deck" else ""


def _common(pages: Iterable[PageState]) -> _Words:
    """Words that several pages have, such as the steps of every self-rating."""
    counts = Counter(said for page in pages for said in _said(page))
    return frozenset(said for said, count in counts.items() if count > 1)


def _said(page: PageState) -> _Words:
    return frozenset((part.name, part.text) for part in page.parts if _tells(part))


def _tells(part: WordsPart) -> bool:
    return bool(part.text.strip())

"""Fields that have lost their names, known again by where they stand on their pages.

Some programs copy pages without the names above a field's own ("now" is left of
"tonight-1.now"), or leave the buttons of a group without any. What a workbook asks, and where, is
known from the project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from deckgen.model.answers import Asked, Question, Spot
from deckgen.readback.box_names import Entry, Placed

_NEAR_PT = 2.5
_MOST = 500  # boxes on one page of a workbook
# The questions of a page of one workbook, each with its spot.
Page = list[tuple[Question, Spot]]


def names_by_place(
    entries: Sequence[Entry], asked: Sequence[Asked], texts: Sequence[str]
) -> dict[int, str]:
    """The names of fields that go by none of a workbook's, by the fields' numbers.

    `texts` are the words of the file's pages: they tell pages apart whose boxes stand alike.
    """
    questions = [question for one in asked for question in one.questions]
    known = {name for question in questions for name in (question.field, *question.once)}
    lost = [e for e in entries if e.name not in known and e.places]
    if not lost or not known:
        return {}
    there, found = _by_page(entries), dict[int, str]()
    there = {page: here for page, here in there.items() if len(here) <= _MOST}
    numbers = sorted({p[0] for e in lost for p in e.places} & there.keys())
    for workbook in asked:
        pages, named = _pages(workbook), dict[int, str]()
        for number in numbers:
            best = _page_like(there[number], pages, number + 1, texts)
            names = ((e.node, _named(e, number, pages[best])) for e in lost if best)
            named |= {node: name for node, name in names if name}
        found = max(found, named, key=len)  # the first that knows most
    return found


def _by_page(entries: Sequence[Entry]) -> dict[int, list[tuple[Entry, Placed]]]:
    there: dict[int, list[tuple[Entry, Placed]]] = defaultdict(list)
    for entry in entries:
        for place in entry.places:
            if place[0] >= 0:
                there[place[0]].append((entry, place))
    return there


def _pages(workbook: Asked) -> dict[int, Page]:
    pages: dict[int, Page] = defaultdict(list)
    for question in workbook.questions:
        for spot in question.spots:
            pages[spot.page].append((question, spot))
    return pages


def _page_like(
    here: list[tuple[Entry, Placed]], pages: Mapping[int, Page], number: int, texts: Sequence[str]
) -> int:
    """The page whose boxes stand where a page of the file has its own; 0 if none does, or several.

    Most must fit. Among pages whose boxes stand alike it is that with the same words, or number.
    """
    fits = {
        page: sum(any(_fits(e, p, q, s) for q, s in spots) for e, p in here)
        for page, spots in pages.items()
    }
    most = max(fits.values(), default=0)
    if not most or most * 2 < len(here):  # a page of another kind
        return 0
    alike = [page for page, count in fits.items() if count == most]
    words = " ".join(texts[number - 1].split()) if number <= len(texts) else ""
    told = [page for page in alike if _says(words, pages[page])]
    if len(told) == 1:
        return told[0]
    alike = told or alike
    return number if number in alike else alike[0] if len(alike) == 1 else 0


def _says(words: str, page: Page) -> bool:
    """Whether words have the names of all activities of a page."""
    titles = {question.activity for question, _ in page if question.activity}
    return bool(titles) and all(" ".join(title.split()) in words for title in titles)


def _named(entry: Entry, number: int, page: Page) -> str:
    places = [place for place in entry.places if place[0] == number]
    names = {q.field for p in places for q, s in page if _fits(entry, p, q, s)}
    return names.pop() if len(names) == 1 else ""


def _fits(entry: Entry, place: Placed, question: Question, spot: Spot) -> bool:
    """Whether a widget stands where a question is answered, and what is left of its name fits."""
    apart = zip(place[1:5], spot.rect.corners, strict=True)
    state = not spot.value or not place[5] or place[5] == spot.value
    names = (question.field, *question.once)
    name = not entry.name or any(f".{one}".endswith(f".{entry.name}") for one in names)
    return state and name and all(abs(a - b) <= _NEAR_PT for a, b in apart)

"""Pages that were seen, put together to filled-in workbooks. No page is left unsaid.

Pages of one workbook and one team number belong together, in whatever order they come. Where pages
have no team number, they belong together as they lie: a new copy begins when a page comes again.
The same sheet scanned twice counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.answers import Asked, Beside, Copy, Returned, Said
from deckgen.paper.seen import Seen

_ALIKE = 0.9  # the correlation of two pictures of the same ink
_PALE = "was scanned in black and white, where pencil is lost"
_BY_ORDER = (
    "There is no team number on these pages: they were put together in the order in which they "
    "came. See whether they belong together."
)


class Sheet(Struct, frozen=True):
    """A page that was read, where it came from in words, and its team: "" if it has none."""

    seen: Seen
    source: str
    team: str


class _Pile(Struct):
    """A copy that grows."""

    sheets: dict[int, Sheet]
    notes: list[str]


def put_together(seen: Sequence[Seen], names: Sequence[str], asked: tuple[Asked, ...]) -> Returned:
    """The workbooks among pages, in the order in which they begin. `names` are the files'."""
    several = {one.file for one in seen if one.place > 1}
    sources = [
        f"{names[one.file]}, page {one.place}" if one.file in several else names[one.file]
        for one in seen
    ]
    notes, beside = _told(seen, sources)
    sheets = _with_teams(
        [(s, w) for s, w in zip(seen, sources, strict=True) if s.page and not s.trouble]
    )
    groups: dict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[sheet.seen.code, sheet.team].append(sheet)
    copies: list[Copy] = []
    for (code, team), group in groups.items():
        book = next(a for a in asked if a.identity.code == code)
        piles, again = _piles(group)
        notes += again
        by_order = len(piles) > 1
        by_order &= len(group) > len(piles)
        made = [_copy(pile, book, team, by_order) for pile in piles]
        copies += [replace(c, files=_files(p, names)) for c, p in zip(made, piles, strict=True)]
    return Returned(tuple(copies), tuple(beside), tuple(notes))


def _files(pile: _Pile, names: Sequence[str]) -> tuple[str, ...]:
    """The files that a copy's pages came in, in their order."""
    return tuple(dict.fromkeys(names[pile.sheets[p].seen.file] for p in sorted(pile.sheets)))


def _told(seen: Sequence[Seen], sources: Sequence[str]) -> tuple[list[str], list[Beside]]:
    """What is to be said of files and of pages that give no answers."""
    notes, beside = [], []
    for one, source in zip(seen, sources, strict=True):
        if one.place == 0 and one.trouble:
            notes.append(f"{source.removesuffix(', page 0')}: {one.trouble}. {one.todo}".strip())
        elif one.trouble:
            page = f" (page {one.page} of the workbook)" if one.page else ""
            notes.append(f"{source}{page} {one.trouble}. {one.todo}".strip())
            beside.append(Beside("page", one.place, f"{source} {one.trouble}"))
    blank = sum(one.is_blank for one in seen)
    if blank:
        notes.append(f"{blank} blank page{'s' * (blank > 1)} left out.")
    return notes, beside


def _with_teams(found: list[tuple[Seen, str]]) -> list[Sheet]:
    """Each page with a team. Without a page code that can be read, it goes with those around it."""
    sheets: list[Sheet] = []
    seen = [one for one, _ in found]
    for number, (one, source) in enumerate(found):
        team = one.team
        if team is None:
            before = [s.team for s in reversed(seen[:number]) if _leads(s, one)][:1]
            after = [s.team for s in seen[number + 1 :] if _leads(s, one)][:1]
            had = any(s.seen.page == one.page and [s.team] == before for s in sheets)
            order = after + before if had else before + after
            team = next((t for t in order if t is not None), "")
        sheets.append(Sheet(one, source, team))
    return sheets


def _leads(other: Seen, one: Seen) -> bool:
    return other.code == one.code and other.team is not None


def _piles(group: list[Sheet]) -> tuple[list[_Pile], list[str]]:
    """Sheets of one workbook and team as copies, and what is to be said of sheets left out."""
    piles: list[_Pile] = []
    for sheet in group:
        page = sheet.seen.page
        twin = next((p for p in piles if page in p.sheets and _same(p.sheets[page], sheet)), None)
        if twin is not None and twin.sheets[page].seen.said:
            first = twin.sheets[page].source
            twin.notes.append(f"Page {page} came twice: {first} and {sheet.source} show one sheet.")
        elif piles and page not in piles[-1].sheets:
            piles[-1].sheets[page] = sheet
        else:
            piles.append(_Pile({page: sheet}, []))
    return _without_empty(piles)


def _without_empty(piles: list[_Pile]) -> tuple[list[_Pile], list[str]]:
    """Without the copies that are only some empty pages which another copy has as well."""
    kept, notes = [], []
    for pile in piles:
        empty = not any(sheet.seen.said for sheet in pile.sheets.values())
        others = [p for p in piles if p is not pile]
        if empty and any(pile.sheets.keys() < p.sheets.keys() for p in others):
            sources = "; ".join(sheet.source for sheet in pile.sheets.values())
            notes.append(f"Empty pages that came again were left out: {sources}.")
        else:
            kept.append(pile)
    return kept, notes


def _same(one: Sheet, other: Sheet) -> bool:
    """Whether two pages are pictures of one sheet, by their ink."""
    a, b = one.seen.prints, other.seen.prints
    if len(a) != len(b):
        return False
    mean_a, mean_b = sum(a) / max(1, len(a)), sum(b) / max(1, len(b))
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    of_a, of_b = sum((x - mean_a) ** 2 for x in a), sum((y - mean_b) ** 2 for y in b)
    return both > _ALIKE * (of_a * of_b) ** 0.5 if of_a and of_b else of_a == of_b


def _copy(pile: _Pile, book: Asked, team: str, by_order: bool) -> Copy:
    pages = sorted(pile.sheets)
    said = _merged(pile.sheets[page].seen.said for page in pages)
    fields = frozenset(f for sheet in pile.sheets.values() for f in sheet.seen.fields)
    wanted = {spot.page for question in book.questions for spot in question.spots}
    order = {question.field: number for number, question in enumerate(book.questions)}
    pale = [page for page in pages if pile.sheets[page].seen.two_levels]
    unsure = [page for page in pages if pile.sheets[page].seen.team is None]
    notes = list(pile.notes)
    if pale:
        notes.append(f"{_pages(pale)} {_PALE}.")
    if unsure and team:
        notes.append(f"{_pages(unsure)} had no team number that could be read: see whose it is.")
    if by_order:
        notes.append(_BY_ORDER if not team else f"Different pages came for team {team}.")
    return Copy(
        replace(book.identity, team=team),
        tuple(sorted(said, key=lambda one: order[one.field])),
        fields,
        {q.field: q.digest for q in book.questions if q.field in fields},
        tuple(sorted(wanted - set(pages))),
        tuple(notes),
    )


def _pages(pages: Sequence[int]) -> str:
    return f"Page {pages[0]}" if len(pages) == 1 else f"Pages {', '.join(map(str, pages))}"


def _merged(groups: Iterable[tuple[Said, ...]]) -> list[Said]:
    """What pages say, a question that runs over several pages once."""
    found: dict[str, Said] = {}
    for said in groups:
        for one in said:
            before = found.get(one.field)
            if before is None:
                found[one.field] = one
                continue
            values = [v for v in (before.value, *before.others, one.value, *one.others) if v]
            note = before.note or one.note
            if before.value and one.value and before.value != one.value:
                note = note or "This question has different answers on two pages."
            crop = before.crop or one.crop
            found[one.field] = Said(
                one.field,
                values[0] if values else "",
                one.how,
                tuple(dict.fromkeys(values[1:])),
                note,
                crop,
            )
    return list(found.values())

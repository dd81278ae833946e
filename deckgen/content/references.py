"""Card codes in content: lists such as "KC1–KC4, K1 and R2", and codes in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from deckgen.model.deck import Card, CardCode, Reference, Section
from deckgen.model.workbook import Activity, TimeFrame, Workbook
from deckgen.problem import Place, Problem, problem

_CODE = r"[A-Za-z]{1,6}\s?[1-9][0-9]{0,2}"
_RANGE = re.compile(
    rf"(?P<first>{_CODE})(?:\s*(?:[-–—]|\bto\b)\s*(?P<last>(?:[A-Za-z]{{1,6}}\s?)?[1-9][0-9]{{0,2}}))?\Z"
)
_LIST_JOINTS = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
_IN_TEXT = re.compile(
    r"\b(?P<prefix>[A-Z]{1,6})(?P<number>[1-9][0-9]{0,2})\b(?:\s*[-–]\s*[A-Z]*(?P<last>[1-9][0-9]*)\b)?"
)

References = tuple[Reference, ...]
Codes = frozenset[CardCode]


def read_codes(written: str, place: Place) -> tuple[tuple[Reference, ...], list[Problem]]:
    """A list of codes: commas or "and" between them, ranges with a dash or "to"."""
    references: list[Reference] = []
    found = []
    for piece in filter(None, _LIST_JOINTS.split(written.strip().rstrip("."))):
        codes = _range(piece)
        if not codes:
            said = f"“{piece}” is not a card or a row of cards."
            todo = "Write codes such as K1, K3 or KC1–KC4, with commas between them."
            found.append(problem("reference-invalid", place, said, todo))
        references += [Reference(code, place, code not in (codes[0], codes[-1])) for code in codes]
    return tuple(dict.fromkeys(references)), found


def _range(piece: str) -> list[CardCode]:
    match = _RANGE.match(piece)
    first = CardCode.parse(_squeezed(match["first"])) if match else None
    if not match or not first:
        return []
    if not match["last"]:
        return [first]
    written = _squeezed(match["last"])
    last = CardCode.parse(written if not written.isdigit() else f"{first.prefix}{written}")
    if not last or last.prefix != first.prefix or last.number < first.number:
        return []
    return [CardCode(first.prefix, n) for n in range(first.number, last.number + 1)]


def _squeezed(code: str) -> str:
    return re.sub(r"\s", "", code).upper()


def over_holes(references: Iterable[Reference], sections: Iterable[Section]) -> References:
    """References without those that only a row names, and that were withdrawn."""
    holes = {CardCode(s.prefix, number) for s in sections for number in s.withdrawn}
    return tuple(r for r in references if not (r.inside and r.code in holes))


def workbook_over_holes(workbook: Workbook, sections: Sequence[Section]) -> Workbook:
    """A workbook whose activities go over withdrawn cards inside a row."""

    def over(activity: Activity) -> Activity:
        return replace(activity, cards=over_holes(activity.cards, sections))

    parts = (
        replace(part, activities=tuple(map(over, part.activities)))
        if isinstance(part, TimeFrame)
        else part
        for part in workbook.parts
    )
    return replace(workbook, parts=tuple(parts))


def dead_references(
    cards: Iterable[Card], books: Iterable[Workbook], sections: Sequence[Section], known: Codes
) -> Iterator[Problem]:
    """Cards that are named under a label and don't exist, and cards that name themselves."""
    for card in cards:
        for ref in card.see_also:
            if ref.code == card.code:
                said, todo = f"{ref.code} names itself under See also.", "Take it out of the list."
                yield problem("reference-to-itself", ref.place, said, todo)
            elif ref.code not in known:
                yield _dead(ref.code, ref.place, sections)
    for _, activity in (pair for book in books for pair in book.activities):
        for ref in activity.cards:
            if ref.code not in known:
                yield _dead(ref.code, ref.place, sections)


def _dead(code: CardCode, place: Place, sections: Iterable[Section]) -> Problem:
    section = next((s for s in sections if s.prefix == code.prefix), None)
    if section and section.was_withdrawn(code):
        advice = f"Take it out here, or name another card. The section has {section.span}."
        return problem("reference-dead", place, f"{code} was withdrawn.", advice)
    advice = f"The section has {section.span}." if section else "Use one of the deck's codes."
    return problem("reference-dead", place, f"There is no card {code}.", advice)


def text_problems(
    file: str, text: str, sections: Sequence[Section], known: Codes
) -> Iterator[Problem]:
    """Codes in running text: dead ones, and ones that disagree with the words beside them.

    Headings and label lines are checked elsewhere. What older packs print ("Printed as",
    "older packs", "writes K1–4") is not a reference into this deck.
    """
    prefixes = {section.prefix for section in sections}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#") or re.match(r"\s*(Id|See also|Cards|Printed as)\s*:", line, re.I):
            continue
        if re.search(r"older pack|printed as|source paper", line, re.I):
            continue
        for match in _IN_TEXT.finditer(line):
            if match["prefix"] not in prefixes:
                continue
            place = Place(file, number, match.start() + 1)
            code = CardCode(match["prefix"], int(match["number"]))
            meant = _section_named_beside(line, match, sections)
            if meant and meant.prefix != code.prefix:
                yield _disagree(match, meant, place)
            elif code not in known:
                yield _dead(code, place, sections)


_BESIDE_LETTERS = 12  # "the key characteristics cards (K1-4)": what may stand between


def _section_named_beside(
    line: str, match: re.Match[str], sections: Sequence[Section]
) -> Section | None:
    """The section whose name ends just before a code, the longest name winning."""
    longest = max((len(name) for s in sections for name in (s.name, *s.words)), default=0)
    before = line[max(0, match.start() - longest - _BESIDE_LETTERS) : match.start()].lower()
    named, best = "", list[Section]()
    for name, section in ((n, s) for s in sections for n in (s.name, *s.words) if n):
        _, there, between = before.rpartition(name.lower())
        near = len(between) <= _BESIDE_LETTERS and not re.search(r"[.!?;:,]|\d", between)
        if there and near and len(name) > len(named):
            named, best = name, [section]
    return best[0] if best else None


def _disagree(match: re.Match[str], meant: Section, place: Place) -> Problem:
    last = match["last"]
    right = f"{meant.prefix}{match['number']}" + (f"–{meant.prefix}{last}" if last else "")
    said = f"The words name “{meant.name}”, but {match.group()} is in another section."
    todo = f"If you mean that section, write {right}."
    return problem("reference-words-disagree", place, said, todo)

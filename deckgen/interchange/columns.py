"""The columns of a table of cards: a row for each card, its parts as Markdown in cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deckgen.content.kinds import Kinds
from deckgen.content.write_cards import (
    LISTS,
    in_a_file,
    written_codes,
    written_rows,
    written_title,
    written_value,
)
from deckgen.model.card_kind import CardKind, PartRule, Takes
from deckgen.model.deck import Card, CardPart, Section

SECTION, CODE, ID, KIND, TITLE = "section", "code", "id", "kind", "title"
SEE_ALSO, PRINTED_AS = "see also", "printed as"
FIXED = (SECTION, CODE, ID, KIND, TITLE, SEE_ALSO, PRINTED_AS)
LABELS = {ID: "Id", KIND: "Kind", SEE_ALSO: "See also", PRINTED_AS: "Printed as"}
_SHORT, _PART = "short: ", "part: "
# What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")
_BULLET = re.compile(r"[ \t]*(?:[-*+•·▪◦‣●○–—]|\d{1,2}[.)])[ \t]+(?=\S)")
Row = Mapping[str, str]


def column_of(rule: PartRule, *, short: bool = False) -> str:
    """The name of a part's column."""
    name = f"{_PART}{rule.name}" if rule.name in FIXED else rule.name
    return f"{_SHORT}{name}" if short else name


def plain_name(written: str) -> str:
    """The name of a column as people type it: capitals and spaces make no difference."""
    name = " ".join(written.replace("\u00a0", " ").replace("_", " ").lower().split())
    return re.sub(r"\Ashort ?: ?", _SHORT, name)


def columns_of(kinds: Iterable[CardKind], *, short: bool) -> tuple[str, ...]:
    """Every column of a table of cards of these kinds."""
    rules = [rule for kind in kinds for rule in cells_of(kind)]
    names = [column_of(rule, short=form) for form in (False, True)[: 1 + short] for rule in rules]
    return tuple(dict.fromkeys((*FIXED, *names)))


def known_columns(kinds: Kinds) -> dict[str, str]:
    """What a column may be called, and what it is called here: a part's name, or its heading."""
    known = {name: name for name in FIXED}
    for kind in kinds.by_name.values():
        for rule in kind.parts:
            for short in (False, True):
                name = column_of(rule, short=short)
                known[name] = name
                if rule.heading:
                    known.setdefault(_SHORT * short + rule.heading.lower(), name)
    return known


def cells_of(kind: CardKind) -> list[PartRule]:
    """The parts that have a cell of their own.

    What comes in any order shares that of the first, as nothing else would say in which.
    """
    if not kind.in_any_order:
        return list(kind.parts)
    opening = next((rule for rule in kind.parts if not rule.heading), None)
    return [rule for rule in kind.parts if rule.heading or rule is opening]


def row_of(card: Card, section: Section, kind: CardKind) -> dict[str, str]:
    """A card's cells by the names of their columns; those without words are left out."""
    cells = {
        SECTION: section.name,
        CODE: str(card.code),
        ID: card.id if card.id_given else "",
        KIND: kind.key,
        TITLE: written_title(card),
        SEE_ALSO: written_codes(card.see_also),
        PRINTED_AS: written_value(card.printed_as),
    }
    for short, parts in ((False, card.parts), (True, card.short)):
        for rule, words in _in_cells(parts, kind):
            name = column_of(rule, short=short)
            cells[name] = "\n\n".join(filter(None, (cells.get(name), words)))
    return {name: _no_formula(cell) for name, cell in cells.items() if cell}


def _no_formula(cell: str) -> str:
    cell = cell.replace("x005F_", "x005F\\_")  # what .xlsx files write signs with
    return f"\\{cell}" if cell.startswith(_FORMULA) else cell


def _in_cells(parts: Sequence[CardPart], kind: CardKind) -> Iterator[tuple[PartRule, str]]:
    opening = cells_of(kind)[0] if kind.in_any_order else None
    for part in parts:
        rows, takes = written_rows(part), part.rule.takes
        if opening and not part.rule.heading:
            words = in_a_file(takes, rows)
            yield opening, re.sub(r"(?m)^- ", "• ", words) if takes in LISTS else words
        else:
            tight = takes in LISTS or takes is Takes.FACTS
            yield part.rule, ("\n" if tight else "\n\n").join(rows)


def part_lines(cell: str, rule: PartRule, kind: CardKind) -> list[str]:
    """A cell's words as lines of a content file; no line is left out, so that places stay."""
    lines = cell.split("\n")
    if kind.in_any_order and not rule.heading and rule is cells_of(kind)[0]:
        return [re.sub(r"\A[ \t]*• ", "- ", line) for line in lines]
    if rule.takes in LISTS:
        return _listed(lines, numbered=rule.takes is Takes.STEPS)
    if rule.takes is Takes.QUOTATION:
        return [line if line.lstrip().startswith(">") else f"> {line}".rstrip() for line in lines]
    if rule.takes is Takes.FACTS:
        return [line if not line.strip() or _is_row(line) else f"| {line} |" for line in lines]
    return lines


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _listed(lines: Sequence[str], *, numbered: bool) -> list[str]:
    """One item a line; if some lines have bullets, others go on with the item above them."""
    bullets = [_BULLET.match(line) for line in lines]
    made, number = [], 0
    for line, bullet in zip(lines, bullets, strict=True):
        if line.strip() and (bullet or not any(bullets)):
            number += 1
            words = line[bullet.end() :] if bullet else line.strip()
            made.append(f"{number}. {words}" if numbered and number < 100 else f"- {words}")
        else:
            made.append(f"  {line.strip()}".rstrip())
    return made

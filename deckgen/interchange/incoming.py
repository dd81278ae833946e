"""Rows of a table, or a Word document, → cards as text whose every line knows where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.kinds import Kinds
from deckgen.content.references import read_codes
from deckgen.interchange.columns import (
    CODE,
    FIXED,
    ID,
    KIND,
    LABELS,
    PRINTED_AS,
    SECTION,
    SEE_ALSO,
    TITLE,
    column_of,
    known_columns,
    part_lines,
    plain_name,
)
from deckgen.letters import bare
from deckgen.model.card_kind import CardKind, PartRule
from deckgen.model.deck import CardCode, Section
from deckgen.problem import Found, Place, Problem, one_of, problem
from deckgen.source import forbidden


class Cell(Struct, frozen=True):
    """Words of a table and where they stand."""

    text: str
    place: Place


def unseen(words: str, place: Place) -> Iterator[Problem]:
    """Control characters and the like in words from elsewhere."""
    for line in words.split("\n"):
        yield from (replace(fault, place=place) for fault in forbidden(line, "", 0))


class Incoming(Struct, frozen=True):
    """A card from elsewhere as it would stand in a content file, and where each line is from."""

    code: CardCode
    section: Section
    lines: tuple[tuple[str, Place], ...]
    place: Place

    @property
    def text(self) -> str:
        """The card as it would stand in a content file."""
        return "\n".join(line for line, _ in self.lines).rstrip() + "\n"

    def at(self, line: int) -> Place:
        """Where a line of the text is from."""
        return self.lines[min(max(line, 1), len(self.lines)) - 1][1]


class Sections(Struct, frozen=True):
    """The deck's sections, and the codes that are taken, for cards that have none yet."""

    sections: tuple[Section, ...]
    taken: set[CardCode]

    def named(self, name: str) -> Section | None:
        """A section by its prefix or its name."""
        wanted = " ".join(name.lower().split())
        return next(
            (s for s in self.sections if wanted in (s.prefix.lower(), s.name.lower())), None
        )

    def next_code(self, section: Section) -> CardCode:
        """The number behind all that the section ever had."""
        numbers = [code.number for code in self.taken if code.prefix == section.prefix]
        code = CardCode(section.prefix, max([0, *numbers, *section.withdrawn]) + 1)
        self.taken.add(code)
        return code


def from_table(
    table: Sequence[Sequence[Cell]], sections: Sections, kinds: Kinds, file: str
) -> tuple[list[Incoming], list[Problem]]:
    """The cards of a table whose first row names its columns."""
    found = Found()
    if not table:
        return [], [problem("table-columns", Place(file), "This table is empty.", _HEADED)]
    columns = found.take(_columns(table[0], kinds, file))
    if found:
        return [], found
    rows = [
        {name: row[at] for at, name in columns.items() if at < len(row) and row[at].text.strip()}
        for row in table[1:]
    ]
    for at, cell in ((at, cell) for row in table[1:] for at, cell in enumerate(row)):
        if at not in columns and cell.text.strip():
            said = f"“{cell.text.strip()[:40]}” stands in a column without a name."
            todo = "Name the column in the first row, or take the words out."
            found.append(problem("table-columns", cell.place, said, todo))
    for cells in rows:
        code = CardCode.parse(bare(cells[CODE].text).strip().upper()) if CODE in cells else None
        sections.taken.update({code} if code else ())
    cards = [found.take(_from_row(cells, sections, kinds)) for cells in rows if cells]
    return [card for card in cards if card], found


_HEADED = "Begin with a row that names the columns, as “deckgen export cards.xlsx” writes it."


def named_columns(
    head: Sequence[Cell], known: Mapping[str, str]
) -> tuple[dict[int, str], list[Problem]]:
    """Which column is what: `known` has its name by what it may be called, in plain words.

    One of another name is a Problem, and "".
    """
    found, names = Found(), dict[int, str]()
    for at, cell in enumerate(head):
        if not (written := plain_name(cell.text).strip(" :")):
            continue
        name = known.get(written, "")
        if not name:
            said = f"There is no column “{cell.text.strip()[:40]}”."
            found.append(problem("table-columns", cell.place, said, one_of(written, known)))
        elif name in names.values():
            said = f"A second column is called “{cell.text.strip()[:40]}”."
            found.append(problem("table-columns", cell.place, said, "Put both into one."))
        names[at] = name
    return names, found


def lacks_column(head: Sequence[Cell], name: str, file: str, todo: str) -> Problem:
    """What is said of a table without a column that it must have."""
    place = head[0].place if head else Place(file)
    return problem("table-columns", place, f"The first row names no column “{name}”.", todo)


def _columns(head: Sequence[Cell], kinds: Kinds, file: str) -> tuple[dict[int, str], list[Problem]]:
    names, found = named_columns(head, known_columns(kinds))
    if TITLE not in names.values() and not (found and names):
        found.append(lacks_column(head, TITLE, file, _HEADED))
    return names, found


def _from_row(
    cells: Mapping[str, Cell], sections: Sections, kinds: Kinds
) -> tuple[Incoming | None, list[Problem]]:
    """One card of a table."""
    first = next(iter(cells.values()))
    section, code, found = _coded(cells, sections, first)
    if section is None or code is None:
        return None, found
    usual, _ = kinds.named(section.kind, section.place)
    written = cells.get(KIND)
    name = bare(written.text).strip().lower() if written else ""
    kind, faults = kinds.named(name or section.kind, written.place if written else section.place)
    if kind is None:
        return None, [*found, *faults]
    lines = [*_opening(cells, code, first, labelled=kind is not usual)]
    if SEE_ALSO in cells:
        found += read_codes(bare(cells[SEE_ALSO].text).strip(), cells[SEE_ALSO].place)[1]
    used = {*FIXED}
    for short in (False, True):
        parts = [(rule, cells[column_of(rule, short=short)]) for rule in kind.parts
                 if column_of(rule, short=short) in cells]  # fmt: skip
        used |= {column_of(rule, short=short) for rule, _ in parts}
        if short and parts:
            lines += [("", parts[0][1].place), ("## In short", parts[0][1].place)]
        for rule, cell in sorted(parts, key=lambda part: bool(part[0].heading)):
            lines += [(line, cell.place) for line in _part(rule, cell, kind, short=short)]
            found += _headings(cell)
    found += [_unfit(cells[name], name, kind) for name in cells if name not in used]
    return Incoming(code, section, tuple(lines), first.place), found


def _coded(
    cells: Mapping[str, Cell], sections: Sections, first: Cell
) -> tuple[Section | None, CardCode | None, list[Problem]]:
    """The section and the code of a row; a new card may have no code yet."""
    by_prefix = {section.prefix: section for section in sections.sections}
    named = sections.named(cells[SECTION].text) if SECTION in cells else None
    if SECTION in cells and not named:
        said = f"There is no section “{cells[SECTION].text.strip()[:40]}” in content/deck.toml."
        todo = one_of(cells[SECTION].text, [s.name for s in sections.sections])
        return None, None, [problem("table-cell", cells[SECTION].place, said, todo)]
    if CODE not in cells:
        if named:
            return named, sections.next_code(named), []
        said, todo = "This row has neither a code nor a section.", "Write a code such as K7."
        return None, None, [problem("card-code-invalid", first.place, said, todo)]
    written = cells[CODE]
    code = CardCode.parse("".join(bare(written.text).split()).upper())
    if not code or code.prefix not in by_prefix:
        said = f"“{written.text.strip()[:40]}” is no code of a card of this deck."
        todo = f"Begin it with a section's prefix: {', '.join(by_prefix)}."
        return None, None, [problem("card-code-invalid", written.place, said, todo)]
    section = by_prefix[code.prefix]
    found = []
    if named and named != section:
        said = f"{code} is a code of the section “{section.name}”, not of “{named.name}”."
        todo = "Correct the code or the section; for a new card you may leave the code out."
        found.append(problem("card-code-misplaced", written.place, said, todo))
    return section, code, found


def _opening(
    cells: Mapping[str, Cell], code: CardCode, first: Cell, *, labelled: bool
) -> Iterator[tuple[str, Place]]:
    """The heading and the labels."""
    title = cells.get(TITLE, Cell("", first.place))
    yield f"# {code} {' '.join(title.text.split())}".rstrip(), title.place
    for name in (ID, KIND, SEE_ALSO, PRINTED_AS):
        if name in cells and (name != KIND or labelled):
            yield f"{LABELS[name]}: {' '.join(cells[name].text.split())}", cells[name].place


def _part(rule: PartRule, cell: Cell, kind: CardKind, *, short: bool) -> Iterator[str]:
    yield ""
    if rule.heading:
        yield f"{'#' * (2 + short)} {rule.heading}"
        yield ""  # or else words such as "Note: this" would be taken for a label
    yield from part_lines(cell.text.strip("\n"), rule, kind)


def _headings(cell: Cell) -> Iterator[Problem]:
    for line in cell.text.split("\n"):
        if line.lstrip().startswith("#"):
            said = f"A heading can't stand in a cell: {line.strip()[:40]}"
            todo = "Put what is below it into the column of that part, or write a \\ before the #."
            yield problem("table-cell", cell.place, said, todo)


def _unfit(cell: Cell, name: str, kind: CardKind) -> Problem:
    said = f"A card of the kind “{kind.key}” has no part “{name}”."
    names = ", ".join(column_of(rule) for rule in kind.parts)
    todo = f"Move the words to one of: {names}; or give the card another kind."
    return problem("table-cell", cell.place, said, todo)


def relocated(found: Problem, card: Incoming) -> Problem:
    """A Problem of a card's text, at the place where its words are from."""
    at = found.place
    return replace(found, place=card.at(at.line)) if at.file == str(card.code) else found

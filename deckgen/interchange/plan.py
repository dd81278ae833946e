"""What an import would change: which cards, which words, which files. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.content.cards import read_cards
from deckgen.content.deck import FILE
from deckgen.content.ids import suggested_id
from deckgen.content.load import CARDS, load_content
from deckgen.content.write_cards import write_card
from deckgen.interchange.card_files import CardFile
from deckgen.interchange.columns import FIXED
from deckgen.interchange.comma_table import read_csv
from deckgen.interchange.counting import Count, counts, with_counts
from deckgen.interchange.deck import Dealt, as_said, dealt
from deckgen.interchange.incoming import Incoming, Sections, from_table, relocated
from deckgen.interchange.spreadsheet import read_sheet
from deckgen.interchange.word_document import read_document
from deckgen.model.deck import Card, CardCode
from deckgen.problem import Found, Place, Problem, Severity, blocks, in_order, problem
from deckgen.project import Project
from deckgen.readback.limits import Refused

SUFFIXES = (".xlsx", ".csv", ".docx")


class CardChange(Struct, frozen=True):
    """A card before and after, as rows of the table: no row `before` if it is new, none `after` if
    it is gone."""

    code: CardCode
    title: str
    before: Mapping[str, str]
    after: Mapping[str, str]

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns whose words differ, in their order."""
        names = dict.fromkeys((*FIXED, *self.before, *self.after))
        return tuple(n for n in names if self.before.get(n, "") != self.after.get(n, ""))


class Plan(Struct, frozen=True):
    """What an import would do. `files` are new bytes by their names in the project.

    `lacking` are cards that the file doesn't have: they stay unless they were to be `removed`.
    `counts` are what deck.toml has to say; it is among the files if that could be written there.
    `then` is what `deckgen check` will say of the deck that it didn't say before.
    """

    added: tuple[CardChange, ...]
    changed: tuple[CardChange, ...]
    removed: tuple[CardChange, ...]
    lacking: tuple[CardChange, ...]
    unchanged: int
    files: Mapping[str, bytes]
    counts: tuple[Count, ...]
    then: tuple[Problem, ...]

    @property
    def counts_written(self) -> bool:
        """Whether deck.toml itself is set to the new counts."""
        return FILE in self.files


def plan_import(
    project: Project, data: bytes, file: str, *, remove: bool = False
) -> tuple[Plan | None, list[Problem]]:
    """What the cards of a file (.xlsx, .csv or .docx) would change in a project.

    `remove`: cards that the file doesn't have go. None if something is wrong with either. Raises
    NotInstalled.
    """
    deck, found = dealt(project)
    if deck is None:
        return None, found
    found = Found()
    sections = Sections(deck.sections, {card.code for card in deck.cards})
    incoming = found.take(_incoming(data, file, sections, deck))
    read = found.take(_read(incoming, deck, project))
    if blocks(found):
        return None, in_order(found)
    old = found.take(_matched(read, deck))
    found += _collisions(read, old, deck, remove=remove)
    if blocks(found):
        return None, in_order(found)
    return _planned(read, old, deck, project, remove=remove), in_order(found)


def _incoming(
    data: bytes, file: str, sections: Sections, deck: Dealt
) -> tuple[list[Incoming], list[Problem]]:
    """The cards of a file of any kind, by the end of its name."""
    try:
        if file.lower().endswith(".docx"):
            return read_document(data, file, sections)
        reader = read_csv if file.lower().endswith(".csv") else read_sheet
        table, found = reader(data, file)
    except Refused as refusal:
        said = f"This file can't be read: {refusal.why}."
        return [], [problem("table-unreadable", Place(file), said, refusal.todo)]
    if blocks(found) and not table:
        return [], found
    cards, more = from_table(table, sections, deck.kinds, file)
    return cards, [*found, *more]


Read = tuple[Incoming, Card]


def _read(
    incoming: Sequence[Incoming], deck: Dealt, project: Project
) -> tuple[list[Read], list[Problem]]:
    """Each card as it would be read from its file; its Problems stand where its words are from."""
    found, read = Found(), list[Read]()
    first: dict[CardCode, Incoming] = {}
    for card in incoming:
        if card.code in first:
            said = f"{card.code} is here a second time; the first is at {first[card.code].place}."
            todo = "Give one of them another code, or delete it."
            found.append(problem("card-repeated", card.place, said, todo))
        first.setdefault(card.code, card)
        name = str(card.code)
        cards, faults = read_cards(card.text, name, card.section, deck.kinds, project.files)
        was = deck.by_code.get(card.code)
        if was and [*map(as_said, cards)] == [as_said(was)]:
            faults = []  # it stands like this in its file, where it is told
        found += [relocated(fault, card) for fault in faults]
        if [other.code for other in cards] != [card.code]:
            said = f"The words of {card.code} can't be told from other cards."
            todo = "Look for lines that begin with #, and put a \\ before them."
            found.append(problem("table-cell", card.place, said, todo))
        else:
            read.append((card, cards[0]))
    return read, found


def _matched(read: Iterable[Read], deck: Dealt) -> tuple[dict[CardCode, Card], list[Problem]]:
    """The card that each stands for, by its Id, or else by its code; new ones stand for none."""
    by_id = {card.id: card for card in deck.cards if card.id_given}
    by_code = deck.by_code
    old, found, ids = dict[CardCode, Card](), [], dict[str, Card]()
    for incoming, card in read:
        if card.id_given and card.id in ids:
            said = f"{card.code} has the Id “{card.id}”, which {ids[card.id].code} has too."
            todo = "Give the newer of the two another Id, or leave it empty."
            found.append(problem("id-repeated", incoming.place, said, todo))
        if card.id_given:
            ids.setdefault(card.id, card)
        match = by_id.get(card.id) if card.id_given else by_code.get(card.code)
        there = by_code.get(card.code)
        if match is None and there and not there.id_given:
            match = there  # it is given its Id now
        if match:
            old[card.code] = match
    return old, found


def _collisions(
    read: Iterable[Read], old: Mapping[CardCode, Card], deck: Dealt, *, remove: bool
) -> Iterator[Problem]:
    """Cards that would stand on the place of another, which nobody has said shall go."""
    kept = {card.code for card in deck.cards} - {card.code for card in old.values()}
    for incoming, card in () if remove else read:
        if card.code in kept:
            said = f"{card.code} is the code of another card, whose Id is another and which stays."
            todo = "Give this card the next free code, or say --remove if the other is to go."
            yield problem("card-repeated", incoming.place, said, todo)


def _planned(
    read: Sequence[Read],
    old: Mapping[CardCode, Card],
    deck: Dealt,
    project: Project,
    *,
    remove: bool,
) -> Plan:
    taken = {card.id for card in deck.cards} | {card.id for _, card in read if card.id_given}
    new: dict[CardCode, str | None] = {}
    added, changed, unchanged = [], [], 0
    for incoming, card in read:
        before = old.get(card.code)
        card = _with_id(card, before, taken)
        was = deck.row(before) if before else {}
        change = CardChange(card.code, card.title, was, deck.row(card))
        if before is None:
            added.append(change)
        elif as_said(before) == as_said(card) or not change.parts:
            unchanged += 1
            new[card.code] = None
            continue
        else:
            changed.append(change)
        new[card.code] = _text(incoming, card, deck, project)
    stood = {card.code for card in old.values()}
    lacking = [card for card in deck.cards if card.code not in stood]
    gone = tuple(CardChange(card.code, card.title, deck.row(card), {}) for card in lacking)
    if not remove:
        new |= {card.code: None for card in lacking}
    files = dict(_files(new, deck, project))
    wanted = counts(deck.sections, new, {c.code for c in deck.cards} - {*new})
    settings = with_counts(project.files, wanted) if wanted else None
    files |= {FILE: settings} if settings else {}
    then = _then(project, files)
    taken_out, missing = (gone, ()) if remove else ((), gone)
    groups = (_in_order(added), _in_order(changed), taken_out, missing)
    return Plan(*groups, unchanged, files, tuple(wanted), then)


def _in_order(changes: Iterable[CardChange]) -> tuple[CardChange, ...]:
    return tuple(sorted(changes, key=lambda change: change.code))


def _with_id(card: Card, before: Card | None, taken: set[str]) -> Card:
    """A card with the Id that it has had, or with one that is free if it is new."""
    if card.id_given or (before and not before.id_given):
        return card
    name = before.id if before else suggested_id(card.title, taken)
    taken.add(name)
    return replace(card, id=name, id_at=card.place)


def _text(incoming: Incoming, card: Card, deck: Dealt, project: Project) -> str:
    """A card as authors write it; as it came, if that would be read as another."""
    section, kind = incoming.section, deck.kind(card)
    usual, _ = deck.kinds.named(section.kind, section.place)
    text = write_card(card, "" if kind is usual else kind.key)
    again, _ = read_cards(text, "", section, deck.kinds, project.files)
    return text if [*map(as_said, again)] == [as_said(card)] else incoming.text


def _files(
    new: Mapping[CardCode, str | None], deck: Dealt, project: Project
) -> Iterator[tuple[str, bytes]]:
    """The files that hold other bytes from now on."""
    for section in deck.sections:
        file = f"{CARDS}{section.prefix}.md"
        raw = project.files.get(file, b"")
        cards = {code: text for code, text in new.items() if code.prefix == section.prefix}
        made = CardFile.of(raw, file).with_cards(cards)
        whole = set(CardFile.of(raw, file).cards) != {*cards} or any(cards.values())
        if whole and made != raw:
            yield file, made


def _then(project: Project, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What is wrong with the whole deck afterwards that wasn't before."""
    if not files:
        return ()
    _, before = load_content(project.files)
    _, after = load_content({**project.files, **files})
    known = {(p.code, p.found) for p in before}
    new = (p for p in after if (p.code, p.found) not in known)
    return tuple(p for p in new if p.severity is Severity.ERROR)

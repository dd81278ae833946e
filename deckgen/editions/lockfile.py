"""Locks as files: TOML that a person can read, and compare line by line with the next one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, field
from msgspec.structs import asdict

from deckgen.editions.asked_file import WorkbookTable, asked_in_lock, asked_lines
from deckgen.editions.fingerprint import words_print
from deckgen.editions.toml_text import table
from deckgen.model.change import Declaration, Kind, Withdrawn
from deckgen.model.lock import Lock
from deckgen.model.snapshot import CardState, LookFact, PageState, Snapshot, WordsPart
from deckgen.problem import Place, Problem, problem
from deckgen.settings import Settings, read_settings

FORMAT = 3  # 1 had three parts on every card; 2, and 3 without them, no workbooks
_HEAD = (
    "# Edition {edition}, as it was issued. deckgen wrote this file and checks that it stays as\n"
    "# it is: later editions are compared with it. Please keep it, and change nothing here.\n"
)
_SEAL = "\nseal = "
_FORMAT = re.compile(r"^format = ([0-9]{1,6})$", re.MULTILINE)
_OUTER = ("title", "goes with", "printed as")  # what every card has beside its kind's parts


def lock_file(edition: str) -> str:
    """The project-relative name of an edition's lock."""
    return f"content/editions/{edition}.toml"


def seal_of(text: str) -> str:
    """Fingerprint of a lock's text above its seal."""
    return sha256(text.encode()).hexdigest()


def lock_text(lock: Lock) -> str:
    """The file of a lock; its last line is the seal of all lines above."""
    snapshot, written = lock.snapshot, FORMAT if lock.asked else 2
    lines = [_HEAD.format(edition=lock.edition)]
    lines += table("", _named(_Head, {"format": written, **asdict(snapshot), **asdict(lock)}))
    for change in lock.changes:
        lines += table("\n[[changes]]", asdict(_Change(change.keys, change.kind, change.reason)))
    for gone in lock.withdrawn:
        lines += table("\n[[withdrawn]]", _named(_Withdrawn, asdict(gone)))
    for card in snapshot.cards:
        lines += _card_table(card)
    for page in snapshot.pages:
        parts = {part.name: part.texts for part in page.parts}
        head = {"key": page.key, "name": page.name, "words": words_print(page.parts)}
        lines += table("\n[[pages]]", {**head, "look": page.look})
        lines += table("[pages.parts]", parts)
    lines += asked_lines(lock.asked)
    for fact in snapshot.looks:
        lines += table("\n[[looks]]", asdict(fact))
    text = "\n".join(lines) + "\n"
    return f"{text}\n[sealed]{_SEAL}{json.dumps(seal_of(text))}\n"


def _card_table(card: CardState) -> list[str]:
    parts = {part.name: part.texts for part in card.parts}
    outer = {name.replace(" ", "_"): parts.pop(name, ()) for name in _OUTER}
    first = {name: "".join(outer[name][:1]) for name in ("title", "printed_as")}
    values = {**asdict(card), **outer, **first, "words": words_print(card.parts)}
    return [
        *table("\n[[cards]]", _named(_CardHead, values)),
        *table("[cards.parts]", parts),
    ]


def _named(table: type[Settings], values: Mapping[str, object]) -> dict[str, object]:
    """Those values that a table has, in its order."""
    return {name: values[name] for name in table.__struct_fields__}


class _Change(Settings, frozen=True):
    what: tuple[str, ...]
    kind: Kind
    reason: str


class _Withdrawn(Settings, frozen=True):
    id: str
    code: str
    title: str
    reason: str


class _CardHead(Settings, frozen=True):
    id: str
    code: str
    edition: str
    check: str
    section: str
    title: str
    goes_with: tuple[str, ...]
    links: tuple[str, ...]
    printed_as: str
    words: str
    look: str
    face: str


class _Card(_CardHead, frozen=True):
    """A card; the three last are parts of one in format 1."""

    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lead: str | None = None
    points: tuple[str, ...] | None = None
    questions: tuple[str, ...] | None = None

    def state(self) -> CardState:
        old = (None if self.lead is None else (self.lead,), self.points, self.questions)
        named = zip(("lead", "points", "questions"), old, strict=True)
        inner = {**{name: texts for name, texts in named if texts is not None}, **self.parts}
        parts = (
            WordsPart("title", (self.title,)),
            *(WordsPart(*pair) for pair in inner.items()),
            WordsPart("goes with", self.goes_with),
            WordsPart("printed as", (self.printed_as,) if self.printed_as else ()),
        )
        return CardState(
            *(self.id, self.code, self.section, parts, self.links),
            *(self.look, self.face, self.edition, self.check),
        )


class _Page(Settings, frozen=True):
    key: str
    name: str
    words: str
    look: str
    parts: dict[str, tuple[str, ...]]

    def state(self) -> PageState:
        parts = tuple(WordsPart(*pair) for pair in self.parts.items())
        return PageState(self.key, self.name, parts, self.look)


class _Sealed(Settings, frozen=True):
    seal: str


class _Head(Settings, frozen=True):
    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    edition: str
    title: str
    language: str
    issued: date
    review: date
    code: str
    owner: str
    approver: str
    parent: str
    parent_seal: str


class _LockFile(_Head, frozen=True):
    cards: tuple[_Card, ...]
    sealed: _Sealed
    changes: tuple[_Change, ...] = ()
    withdrawn: tuple[_Withdrawn, ...] = ()
    pages: tuple[_Page, ...] = ()
    workbooks: tuple[WorkbookTable, ...] = ()
    looks: tuple[LookFact, ...] = ()


def read_lock(text: str, file: str) -> tuple[Lock | None, list[Problem]]:
    """A lock from its text, read as any content file is. One that was changed is a Problem."""
    read, found = read_settings(text, file, _LockFile)
    if read is None:
        newer = _FORMAT.search(text)
        late = newer is not None and int(newer[1]) > FORMAT
        return None, [_too_new(file) if late else _touched(file, found[0].place)]
    sealed, _, rest = text.partition(f"\n[sealed]{_SEAL}")
    untouched = rest.strip() == json.dumps(seal_of(sealed)) == json.dumps(read.sealed.seal)
    parts: tuple[_Card | _Page, ...] = (*read.cards, *read.pages)
    if not untouched or any(map(_disagrees, parts)):
        return None, [_touched(file)]
    snapshot = Snapshot(
        *(read.title, read.edition, read.issued, read.review),
        tuple(card.state() for card in read.cards),
        tuple(page.state() for page in read.pages),
        *(read.looks, read.language),
    )
    return Lock(
        *(snapshot, read.code, read.owner, read.approver, read.parent, read.parent_seal),
        tuple(Declaration(c.what, c.kind, c.reason, Place(file)) for c in read.changes),
        tuple(Withdrawn(w.id, w.code, w.title, read.edition, w.reason) for w in read.withdrawn),
        read.sealed.seal,
        asked_in_lock(read.workbooks, read.title, read.edition, read.language),
    ), []


def _disagrees(part: _Card | _Page) -> bool:
    return words_print(part.state().parts) != part.words


def _touched(file: str, place: Place | None = None) -> Problem:
    said = "This is the lock of an issued edition, and somebody has changed it."
    todo = "Bring the old file back, from a backup or with your version control."
    return problem("edition-broken", place or Place(file), said, todo)


def _too_new(file: str) -> Problem:
    said = "This lock was written by a newer deckgen, and this one can't read it."
    return problem("edition-broken", Place(file), said, "Install the newest deckgen.")


def chain_problems(locks: Sequence[tuple[str, Lock]]) -> Iterator[Problem]:
    """Faults in the chain of locks, oldest first, each with the name of its file."""
    before: Lock | None = None
    for file, lock in locks:
        if lock.parent != (before.edition if before else ""):
            said = f"The edition before this one is missing: {lock_file(lock.parent)}."
            if before and not lock.parent:
                said = f"Edition {before.edition} is there too, but this one doesn't follow it."
            todo = "Bring the missing file back from a backup."
            yield problem("edition-broken", Place(file), said, todo)
        elif before and lock.parent_seal != before.seal:
            yield _touched(lock_file(before.edition))
        before = lock


def edition_order(edition: str) -> tuple[int, ...]:
    """What sorts editions as people count them: 1, 1.1, 2, 10."""
    return tuple(int(part) if part.isdigit() else 0 for part in edition.split("."))

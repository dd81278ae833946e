"""New words on a few cards: their faces alone are drawn and put into the files as they are.

It is done only where it can be proven to make the same bytes as a build of everything, and left
to such a build in any doubt: another look, title, number of cards, size class, letter that was
in no file before, or a problem to tell of. What is known of the faces is checked against the
files themselves before it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deckgen.proof.proof import Layout, content_of, design_of
from deckgen.store.fingerprint import Fingerprint, code_is_the_same
from deckgen.store.record import Built
from deckgen.products.product import USUAL, Result, Target
from deckgen.design.fonts import FontBook
from deckgen.disk import checksum
from deckgen.proof.marks import EditionState, edition_state
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.faces.redraw import face_digest, redrawn, size_class_digest
from deckgen.model.bare import without_words
from deckgen.model.deck import Deck
from deckgen.options import Options
from deckgen.store.output_folder import OutputFolder
from deckgen.pdf.paint import painter_for, unmarked
from deckgen.pdf.patch import Change, Objects, Unlike, patched
from deckgen.pdf.skeleton import skeleton_of
from deckgen.problem import in_order
from deckgen.project import Project

# What `_known` says of a card: so many words, and at these places the digests of streams.
_SAID, _STREAM = 6, (2, 4)


def faces_known(layout: Layout, options: Options, wanted: Collection[Target]) -> dict[str, Any]:
    """What the record has to know for new words; empty where they need a whole build."""
    if not set(wanted) <= set(USUAL) or options.selects or options.hole_mm:
        return {}
    cards = {faces.code: faces for faces in layout.cards}
    known = {code: _known(faces, layout.design.book) for code, faces in cards.items()}
    return {"deck": _deck_digest(layout.content.deck), "cards": known}


def _deck_digest(deck: Deck) -> str:
    return hashlib.sha256(repr(without_words(deck)).encode("utf-8", "surrogatepass")).hexdigest()


def _known(faces: CardFaces, book: FontBook) -> list[str]:
    """Digests of a card: its words, its class, and for both sides the stream and the skeleton."""
    assert faces.face is not None
    said = [face_digest(faces.face), size_class_digest(faces.face)]
    painter = painter_for(book)
    for side in (faces.front, faces.back):
        painted = painter.paint(side)
        said += [
            hashlib.sha256(painted.code).hexdigest(),
            skeleton_of(side, painted, painter.coding),
        ]
    return said


@dataclass(frozen=True, slots=True)
class _NewSide:
    """One side of a card as it will be: `page` counts the sides of all cards from 0."""

    name: str
    page: int
    change: Change


def retouched(
    folder: OutputFolder,
    built: Built,
    project: Project,
    options: Options,
    wanted: Collection[Target],
    now: Fingerprint,
) -> Result | None:
    """Bring a set of files up to date with the cards' words; None if a whole build is needed.

    The folder must hold the set as it was `built`, and all but the cards must be as it was then.
    """
    known = _cards_in(built.faces)
    drawn = _drawn(project, options, built, known) if known else None
    if drawn is None:
        return None
    cards, book = drawn
    after = {code: _known(faces, book) for code, faces in cards.items()}
    if any(_skeletons(after[code]) != _skeletons(known[code]) for code in cards):
        return None
    try:
        files = _files(folder, built, wanted, list(_new_sides(cards, known, book)))
    except Unlike:
        return None
    if not code_is_the_same():
        return None
    if files:
        folder.replace(files)
    sums = {
        name: checksum(files[name]) if name in files else built.sums[name] for name in built.sums
    }
    faces = {"deck": built.faces["deck"], "cards": {**known, **after}}
    folder.remember(replace(built, fingerprint=now, sums=sums, faces=faces))
    paths = tuple(folder.folder / name for name in built.sums)
    return Result(paths, built.problems, unchanged=not files)


def _cards_in(faces: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is known of the cards; nothing if it is not what `faces_known` made."""
    cards = faces.get("cards")
    if not isinstance(cards, dict) or not all(isinstance(said, list) for said in cards.values()):
        return {}
    known = {str(code): [str(word) for word in said] for code, said in cards.items()}
    return known if all(len(said) == _SAID for said in known.values()) else {}


def _skeletons(said: list[str]) -> tuple[str, str]:
    return said[_STREAM[0] + 1], said[_STREAM[1] + 1]


def _drawn(
    project: Project, options: Options, built: Built, known: Mapping[str, list[str]]
) -> tuple[dict[str, CardFaces], FontBook] | None:
    """The cards whose words changed, and the fonts they are set in."""
    content, problems = content_of(project)
    state, found = edition_state(project, content, draw=False) if content else (None, [])
    if state is None or tuple(in_order([*problems, *found])) != built.problems:
        return None
    content = state.content
    if _deck_digest(content.deck) != built.faces.get("deck"):
        return None
    design, found = design_of(project, content, options)
    if design is None or found:
        return None
    digests = {code: (said[0], said[1]) for code, said in known.items()}
    cards = redrawn(content.deck, content.workbook, design, state.marks, digests)
    if cards is None or not cards.keys() <= known.keys() or not _sure(state, cards):
        return None
    return cards, design.book


def _sure(state: EditionState, cards: Collection[str]) -> bool:
    """Whether the words alone decide which marks these cards bear.

    A card with new words is a draft whatever it looks like. One that seems to be as issued may
    have another look, and a whole build has to find out.
    """
    own = state.content.deck.edition
    if state.ledger.latest is None:
        return True
    return all(own.draft and state.marks[code].tag == own.tag for code in cards)


def _new_sides(
    cards: Mapping[str, CardFaces], known: Mapping[str, list[str]], book: FontBook
) -> Iterator[_NewSide]:
    """The sides that look different now."""
    painter = painter_for(book)
    for at, (code, said) in enumerate(known.items()):
        if code in cards:
            for i, side in enumerate((cards[code].front, cards[code].back)):
                change = Change(said[_STREAM[i]], painter.paint(side).code)
                if hashlib.sha256(change.after).hexdigest() != change.before:
                    yield _NewSide(side.name, 2 * at + i, change)


def _files(
    folder: OutputFolder, built: Built, wanted: Collection[Target], sides: Sequence[_NewSide]
) -> dict[str, bytes]:
    """The files in which something changes. Raises Unlike for a doubtful one."""
    files = {}
    for target, name in zip(wanted, built.sums, strict=True):
        if target is not Target.WORKBOOK and sides:
            data = folder.read(name)
            if checksum(data) != built.sums[name]:
                raise Unlike(f"{name} changed just now")
            old = Objects.of(data)
            files[name] = patched(old, _changes(old, target, sides))
    return files


def _changes(old: Objects, target: Target, sides: Sequence[_NewSide]) -> dict[int, Change]:
    """The streams of a file that change, by object number."""
    if target is Target.SCREEN:
        return {old.page_content(side.page): side.change for side in sides}
    changes: dict[int, Change] = {}
    for side in sides:
        number, copy = old.form(side.name), old.form(f"{side.name}.copy")
        if not number or old.form(f"{side.name}.2"):
            raise Unlike(f"{side.name} is not there, or twice")
        changes[number] = side.change
        if copy:
            before = hashlib.sha256(unmarked(old.stream(number))).hexdigest()
            changes[copy] = Change(before, unmarked(side.change.after))
    return changes

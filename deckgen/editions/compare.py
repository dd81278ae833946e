"""Two snapshots compared: which cards and pages differ, how much, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.editions.fingerprint import meaning_print, pages_meaning, words_print
from deckgen.editions.worddiff import looks_like_slips, word_changes
from deckgen.model.change import Change, Kind
from deckgen.model.snapshot import CardState, LookFact, PageState, Snapshot

_SAME_WORDS = "Its words are the same; it is drawn differently"


def compare(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Every change from one snapshot to the other, cards in the new order, then pages.

    A card is known by its id, so one with another number has moved. Looks are compared only
    where both snapshots know them.
    """
    found = list(_cards(old, new))
    found += _pages(old, new)
    return tuple(found)


def _cards(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for card in new.cards:
        was = old.card(card.id)
        if was is None:
            yield _made("card", card.id, Kind.NEW, code=card.code, name=card.name)
        else:
            change = _card(was, card, old.looks, new.looks)
            if change:
                yield change
    for card in old.cards:
        if new.card(card.id) is None:
            yield _made(
                *("card", card.id, Kind.WITHDRAWN),
                old_code=card.code,
                old_name=card.name,
                old_edition=card.edition,
            )


def _card(
    old: CardState, new: CardState, old_looks: tuple[LookFact, ...], looks: tuple[LookFact, ...]
) -> Change | None:
    same_text = words_print(old.parts) == words_print(new.parts)
    same_sense = meaning_print(old) == meaning_print(new)
    moved = old.code != new.code
    same_look = not (old.look and new.look) or old.look == new.look
    if same_text and same_sense and not moved and same_look:
        return None
    words = word_changes(old.parts, new.parts)
    why: list[str] = []
    if moved:
        why.append(f"It was {old.code} and is {new.code} now")
    if not same_sense:
        slips = old.links == new.links and looks_like_slips(old.parts, new.parts)
        floor = Kind.CORRECTION if slips else Kind.REVISED
        why.append("Spelling differs in a few letters" if slips else "What it says differs")
    elif not same_text:
        floor = Kind.CORRECTION
        changed = {change.part for change in words}
        why.append(
            "It names cards that have other numbers now"
            if changed == {"goes with"}
            else "Only punctuation, capitals or emphasis differ"
        )
    else:
        floor = Kind.LAYOUT
        why += (
            []
            if moved and not _changed(old_looks, looks, new)
            else _look_reasons(old, new, old_looks, looks, same_look)
        )
    if moved and floor.weight < Kind.RENUMBERED.weight:
        floor = Kind.RENUMBERED
    return _made(
        *("card", new.id, floor),
        code=new.code,
        old_code=old.code,
        name=new.name,
        old_name=old.name,
        old_edition=old.edition,
        why=tuple(why),
        words=words,
    )


def _look_reasons(
    old: CardState,
    new: CardState,
    old_looks: tuple[LookFact, ...],
    looks: tuple[LookFact, ...],
    same_look: bool,
) -> list[str]:
    """Why faces with the same words look different: what they depend on, in words."""
    if same_look:
        return []
    reasons = _changed(old_looks, looks, new)
    return [f"{_SAME_WORDS}: {'; '.join(reasons)}" if reasons else _SAME_WORDS]


def _changed(old: Iterable[LookFact], new: Iterable[LookFact], card: CardState) -> list[str]:
    """The facts that concern a card's section, its code, or everything, and that differ."""
    prefix = card.code.rstrip("0123456789")
    before = {(fact.name, fact.section): fact.value for fact in old}
    reasons = []
    for fact in new:
        was = before.get((fact.name, fact.section))
        if fact.section in ("", prefix, card.code) and was is not None and was != fact.value:
            shown = len(was) <= 40 and len(fact.value) <= 40 and not fact.name.endswith("files")
            reasons.append(f"{fact.name}: {was} → {fact.value}" if shown else f"new {fact.name}")
    return reasons


def _pages(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before = {page.key: page for page in old.pages}
    for page in new.pages:
        was = before.pop(page.key, None)
        if was is None:
            yield _made("page", page.key, Kind.NEW, name=page.name)
        elif change := _page(was, page):
            yield change
    for page in before.values():
        yield _made("page", page.key, Kind.WITHDRAWN, old_name=page.name)


def _page(old: PageState, new: PageState) -> Change | None:
    if words_print(old.parts) == words_print(new.parts):
        return None
    same_sense = pages_meaning(old.parts) == pages_meaning(new.parts)
    slips = not same_sense and looks_like_slips(old.parts, new.parts)
    if same_sense:
        why = "Only punctuation, capitals or emphasis differ"
    else:
        why = "Spelling differs in a few letters" if slips else "What it says differs"
    return _made(
        *("page", new.key, Kind.CORRECTION if same_sense or slips else Kind.REVISED),
        name=new.name,
        old_name=old.name,
        why=(why,),
        words=word_changes(old.parts, new.parts),
    )


def _made(
    subject: str,
    key: str,
    kind: Kind,
    *,
    code: str = "",
    old_code: str = "",
    name: str = "",
    old_name: str = "",
    old_edition: str = "",
    why: tuple[str, ...] = (),
    words: tuple = (),  # type: ignore[type-arg]
) -> Change:
    return Change(subject, key, code, old_code, name, old_name, kind, kind, why, words, old_edition)

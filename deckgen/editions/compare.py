"""Two snapshots compared: which cards and pages differ, how much, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckgen.editions.fingerprint import as_meant, meaning_print, pages_meaning, words_print
from deckgen.editions.same_page import paired_pages
from deckgen.editions.worddiff import looks_like_slips, word_changes
from deckgen.model.change import Change, Kind
from deckgen.model.snapshot import CardState, PageState, Snapshot, WordsPart
from deckgen.model.text import word

_SAME_WORDS = word("Its words are the same; it is drawn differently")
_OTHER_WORDS = word("What it says differs")
_OTHER_CARDS = word("It names other cards, under the same numbers")
_SPELLING = word("Spelling differs in a few letters")
_TYPOGRAPHY = word("Only punctuation, capitals or emphasis differ")
_OTHER_NUMBERS = word("It names cards that have other numbers now")
# Parts that are lists of printed codes: what they mean is the cards, not their numbers.
_CODES = ("goes with", "cards")
_Words = Sequence[WordsPart]


def compare(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Every change from one snapshot to the other, cards in the new order, then pages.

    A card is known by its id, so one with another number has moved. Looks are compared only
    where both snapshots know them.
    """
    return (*_cards(old, new), *_pages(old, new))


def same_card(old: CardState, new: CardState, before: Snapshot, after: Snapshot) -> bool:
    """Whether a card is as it was: number, words, and the look if it is known of both."""
    return _card(old, new, before, after) is None


def exchanged_ids(old: Snapshot, new: Snapshot) -> tuple[tuple[CardState, CardState], ...]:
    """Cards that went and cards that came with the very same words: the Id was changed.

    Each pair is the card as it was and as it is.
    """
    gone = {_own_words(card): card for card in old.cards if new.card(card.id) is None}
    came = [card for card in new.cards if old.card(card.id) is None]
    return tuple((gone[_own_words(c)], c) for c in came if _own_words(c) in gone)


def _own_words(card: CardState) -> str:
    return words_print([part for part in card.parts if part.name not in _CODES])


def _cards(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for card in new.cards:
        was = old.card(card.id)
        if was is None:
            yield Change("card", card.id, Kind.NEW, code=card.code, name=card.name)
        elif change := _card(was, card, old, new):
            yield change
    for card in old.cards:
        if new.card(card.id) is None:
            names = ("", card.code, "", card.name)
            yield Change("card", card.id, Kind.WITHDRAWN, *names, old_edition=card.edition)


def _card(old: CardState, new: CardState, before: Snapshot, after: Snapshot) -> Change | None:
    moved = old.code != new.code
    was, now = _printed(old, new)
    english, same_links = before.english and after.english, old.links == new.links
    floor, why = _measured(was, now, _same_sense(old, new, was, now), same_links, english)
    if moved:
        why = [_whereto(old, new), *why]
        floor = max(floor or Kind.RENUMBERED, Kind.RENUMBERED, key=lambda kind: kind.weight)
    if old.look and new.look and old.look != new.look and floor in (None, Kind.RENUMBERED):
        facts = _changed(before, after, old, new)
        if facts or not moved:
            why.append(f"{_SAME_WORDS}: {'; '.join(facts)}" if facts else _SAME_WORDS)
        floor = floor or Kind.LAYOUT
    if floor is None:
        return None
    names, words = (new.code, old.code, new.name, old.name), word_changes(was, now)
    return Change("card", new.id, floor, *names, tuple(why), words, old.edition)


def _printed(old: CardState, new: CardState) -> tuple[list[WordsPart], list[WordsPart]]:
    """The words on a card then and now; a section's name is among them if it was renamed."""
    if _prefix(old) != _prefix(new) or old.section == new.section:
        return list(old.parts), list(new.parts)
    was, now = ([WordsPart("section", (card.section,)), *card.parts] for card in (old, new))
    return was, now


def _same_sense(old: CardState, new: CardState, was: _Words, now: _Words) -> bool:
    sections = (part.text for part in (*was, *now) if part.name == "section")
    same = (old.parts, old.links) == (new.parts, new.links)
    same = same or meaning_print(old) == meaning_print(new)
    return same and len(set(map(as_meant, sections))) < 2


def _measured(
    was: _Words, now: _Words, same_sense: bool, same_links: bool, english: bool
) -> tuple[Kind | None, list[str]]:
    """The least that a change of words is, and what was measured; None if they are the same."""
    same_text = was == now or words_print(was) == words_print(now)
    if same_sense and same_text:
        return None, []
    if same_sense:
        only_codes = {part.part for part in word_changes(was, now)} <= set(_CODES)
        return Kind.CORRECTION, [_OTHER_NUMBERS if only_codes else _TYPOGRAPHY]
    if same_links and looks_like_slips(_without_codes(was), _without_codes(now), english=english):
        return Kind.CORRECTION, [_SPELLING]
    return Kind.REVISED, [_OTHER_WORDS if not same_text else _OTHER_CARDS]


def _without_codes(parts: _Words) -> list[WordsPart]:
    return [part for part in parts if part.name not in _CODES]


def _whereto(old: CardState, new: CardState) -> str:
    said = f"It was {old.code} and is {new.code} now"
    other = f", in “{new.section}” and no longer in “{old.section}”"
    return said + other * (_prefix(old) != _prefix(new))


def _prefix(card: CardState) -> str:
    return card.code.rstrip("0123456789")


def _changed(old: Snapshot, new: Snapshot, was: CardState, card: CardState) -> list[str]:
    """The facts that concern everything, a card's section, or the card itself, and that differ."""
    reasons = []
    for then, now in (("", ""), (_prefix(was), _prefix(card)), (was.code, card.code)):
        before = {fact.name: fact.value for fact in old.facts_of(then)}
        for fact in new.facts_of(now):
            value = before.get(fact.name, fact.value)
            said = f"{fact.name}: {value} → {fact.value}" if fact.shown else f"new {fact.name}"
            reasons += [said] * (value != fact.value)
    return reasons


def _pages(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for was, page in paired_pages(old, new):
        if was is None and page:
            yield Change("page", page.key, Kind.NEW, name=page.name)
        elif was and page is None:
            yield Change("page", was.key, Kind.WITHDRAWN, old_name=was.name)
        elif was and page and (change := _page(was, page, old, new)):
            yield replace(change, old_key=was.key) if was.key != page.key else change


def _page(was: PageState, page: PageState, old: Snapshot, new: Snapshot) -> Change | None:
    same_links = _links(was, old) == _links(page, new)
    before, now = _without_codes(was.parts), _without_codes(page.parts)
    same_words = before == now or pages_meaning(before) == pages_meaning(now)
    english, same_sense = old.english and new.english, same_links and same_words
    floor, why = _measured(was.parts, page.parts, same_sense, same_links, english)
    if floor is None and was.look and page.look and was.look != page.look:
        floor, why = Kind.LAYOUT, [_SAME_WORDS]
    if floor is None:
        return None
    names, words = ("", "", page.name, was.name), word_changes(was.parts, page.parts)
    return Change("page", page.key, floor, *names, tuple(why), words)


def _links(page: PageState, snapshot: Snapshot) -> list[str]:
    """The ids of the cards that a page lays out, in any order."""
    codes = [code for part in page.parts if part.name in _CODES for code in part.texts]
    cards = [(code, snapshot.coded(code)) for code in codes]
    return sorted(card.id if card else code for code, card in cards)

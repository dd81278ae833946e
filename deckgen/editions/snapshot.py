"""The content of today as a snapshot, so that it can be compared with an edition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from deckgen.editions.fingerprint import check_code, words_print
from deckgen.letters import unbroken
from deckgen.model.deck import Card, CardCode, CardPart, Deck
from deckgen.model.snapshot import CardState, LookFact, PageState, Snapshot, WordsPart
from deckgen.model.text import Text, word
from deckgen.model.workbook import Activity, Prose, Workbook

DECK_PAGE = "deck/covers"  # with a slash, as no card's Id has one


def snapshot_of(
    deck: Deck, workbooks: Sequence[Workbook], looks: Sequence[LookFact] = ()
) -> Snapshot:
    """Everything that an edition consists of; what was drawn is not known yet."""
    ids = {card.code: card.id for card in deck.cards}
    several = len(workbooks) > 1
    edition, cards = deck.edition, tuple(_card(deck, card, ids) for card in deck.cards)
    pages = (_deck_page(deck), *(page for book in workbooks for page in _pages(book, several)))
    parts = (edition.issued, edition.review, cards, pages, tuple(looks), deck.language)
    return Snapshot(deck.title, edition.number, *parts)


def written(text: Text) -> str:
    """Words in one line, as in a content file: **strong**, {cy: another language}."""
    out = ""
    for run in text:
        piece = f"{{{run.language}: {run.text}}}" if run.language else run.text
        if run.link and unbroken(run.text) not in (run.link, run.link.removeprefix("mailto:")):
            piece = f"[{piece}]({run.link})"
        out += f"**{piece}**" if run.strong else piece
    return " ".join(out.replace("****", "").split())


def card_check(card: CardState, edition: str) -> str:
    """The check code of a card that came to be in an edition."""
    return check_code(card.id, card.code, edition, words_print(card.parts))


def deck_check(edition: str, checks: Mapping[str, str]) -> str:
    """The check code of a whole edition, on its index card: `checks` are those of its cards."""
    return check_code(edition, *(f"{code}={check}" for code, check in sorted(checks.items())))


def _card(deck: Deck, card: Card, ids: Mapping[CardCode, str]) -> CardState:
    codes = tuple(str(ref.code) for ref in card.see_also)
    parts = (
        WordsPart("title", (card.title,)),
        *([WordsPart("kind", (card.kind,))] if card.kind else ()),
        *_parts(card.parts),
        *_parts(card.short, " in short"),
        WordsPart("goes with", codes),
        WordsPart("printed as", (card.printed_as,) if card.printed_as else ()),
    )
    links = tuple(ids.get(ref.code, str(ref.code)) for ref in card.see_also)
    return CardState(card.id, str(card.code), deck.section_of(card.code).name, parts, links)


def _parts(parts: Iterable[CardPart], suffix: str = "") -> Iterator[WordsPart]:
    """Parts by their names; those that stand more than once are numbered."""
    times = Counter[str]()
    for part in parts:
        name = part.rule.name + suffix
        times[name] += 1
        yield _part(part, name + f" {times[name]}" * (times[name] > 1))


def _part(part: CardPart, name: str) -> WordsPart:
    """A part's words, row by row; of a picture, what it shows, as its look is known otherwise."""
    shown = (part.picture.alt,) if part.picture else ()
    rows = tuple(" | ".join(map(written, row)) for row in part.rows)
    target = (part.target,) if part.target not in rows else ()
    return WordsPart(name, (*shown, *rows, *filter(None, target)))


def _deck_page(deck: Deck) -> PageState:
    """What the index card and the covers say."""
    parts = (
        WordsPart("title", (deck.title, deck.subtitle)),
        WordsPart("publisher", (deck.publisher, deck.contact)),
        WordsPart("how to use", tuple(map(written, deck.how_to_use))),
    )
    return PageState(DECK_PAGE, word("Index card and covers"), parts)


def _pages(book: Workbook, several: bool) -> Iterator[PageState]:
    """Every page of a workbook, named after its role if there are `several`."""
    for page in _own_pages(book):
        yield replace(page, name=f"{page.name} ({book.role})") if several else page


def page_slug(page: Prose) -> str:
    """What stands for a page of plain words in its key."""
    return re.sub(r"\W+", "-", page.title.lower()).strip("-")


def _own_pages(book: Workbook) -> Iterator[PageState]:
    how, key = book.how_to, book.key
    cover = (book.title, book.subtitle, book.role, *book.cover_fields)
    yield PageState(f"{key}/cover", word("Cover"), (WordsPart("words", cover),))
    steps = tuple(f"{step.title} {written(step.text)}" for step in how.steps)
    notes = (how.notes.title, written(how.notes.lead), *map(written, how.notes.points))
    told = (_words("lead", how.lead), WordsPart("steps", steps), WordsPart("notes", notes))
    yield PageState(f"{key}/how-to", how.title, told)
    for page in (book.frames_page, book.overview, book.sign_off, book.other_formats):
        parts = (_words("lead", page.lead), WordsPart("points", tuple(map(written, page.points))))
        yield PageState(f"{key}/{page_slug(page)}", page.title, parts)
    for frame in book.frames:
        parts = (WordsPart("when", (frame.when,)), _words("meaning", frame.meaning))
        yield PageState(f"{key}/{frame.key}", frame.name, parts)
        for activity in frame.activities:
            name = f"{frame.name} {activity.number}: {activity.title}"
            yield PageState(f"{key}/{activity.key}", name, tuple(_activity(activity)))


def _activity(activity: Activity) -> Iterator[WordsPart]:
    yield WordsPart("title", (activity.title,))
    yield _words("goal", activity.goal)
    yield WordsPart("cards", tuple(str(ref.code) for ref in activity.cards))
    yield WordsPart("printed as", (activity.printed_as,) if activity.printed_as else ())
    yield WordsPart("time", (activity.minutes,))
    yield _words(activity.now.title, activity.now.hint)
    yield _words(activity.change.title, activity.change.hint)
    if activity.rating:
        steps = (written(activity.rating.hint), *activity.rating.steps)
        yield WordsPart(activity.rating.title, steps)
    table = activity.actions
    rows = (written(table.hint), f"{table.rows} rows", *table.statuses)
    yield WordsPart(table.title, rows)
    yield WordsPart(activity.checklist.title, tuple(map(written, activity.checklist.items)))
    yield _words(activity.learned.title, activity.learned.hint)


def _words(name: str, text: Text) -> WordsPart:
    said = written(text)
    return WordsPart(name, (said,) if said else ())

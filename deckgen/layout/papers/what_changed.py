"""What changed and why it matters: a page for the meeting in which a new edition comes up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from deckgen.layout.setting.lines import bold_first
from deckgen.layout.setting.page import POINT_GAP_PT, Page
from deckgen.model.change import Kind, WordChange
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.swap import PageChange, Swap, Swaps
from deckgen.model.text import Run, Text, ended, plain, word, words
from deckgen.wording.names import edition_stamp
from deckgen.wording.say import Day, Wording, capital, listed, merged, numbered, strong

TITLE = word("What changed, and why it matters")
_HEADINGS = {
    Kind.REVISED: word("They say something else now"),
    Kind.NEW: word("New cards"),
    Kind.WITHDRAWN: word("No longer in force"),
    Kind.RENUMBERED: word("The same cards under other numbers"),
    Kind.CORRECTION: word("Slips that were put right"),
    Kind.LAYOUT: word("The same words, in another look"),
}
_QUESTIONS = (
    word("Which of these changes what we do?"),
    word("Who else has an old deck, and needs to know?"),
)
_MOST_WORDS = 12  # of words that went or came, so that the page stays one page
_FACTS_GAP_PT = 10.0
_MANY = 5  # cards for one and the same reason: named in one line


def continued(title: str) -> Callable[[Page], None]:
    """What the further pages of a paper begin with, so that loose ones can be told apart."""

    def head(page: Page) -> None:
        if page.continued:
            page.text(page.say("{title}, continued", title=page.say(title)), "eyebrow")
            page.drop(8)

    return head


def what_changed_pages(
    page: Page, deck: Deck, swaps: Swaps, saving: Text, indexes: int
) -> tuple[Drawing, ...]:
    """One page if the changes are few; otherwise it goes on."""
    say, title = page.say, page.say(TITLE)
    page.text(deck.title, "eyebrow")
    page.drop(4)
    page.text(title, "h1", Role.H1)
    page.drop(6)
    edition = deck.edition
    issued = say(
        "Edition {number}, issued on {day}, replaces edition {old}.",
        number=swaps.edition,
        day=Day(edition.issued),
        old=swaps.since,
    )
    page.text(issued, "lead")
    for kind, heading in _HEADINGS.items():
        swapped = [s for s in (*swaps.swaps, *swaps.may_stay) if s.kind is kind]
        if swapped:
            _section(page, say(heading), list(_told(swapped, say)))
    if swaps.pages:
        where = say.many(
            "In the workbook and on the index card",
            "In the workbook and on the index cards",
            indexes,
        )
        _section(page, where, [_page(change, say) for change in swaps.pages])
    said = ended(listed((_cards(swaps, indexes, say), saving), "; "), ".")
    figures = bold_first(say("In figures:"), said)
    below = _FACTS_GAP_PT + page.height_of(figures, "body")
    _section(page, say("Talk about it"), [say(question) for question in _QUESTIONS], below)
    page.drop(_FACTS_GAP_PT)
    page.text(figures, "body")
    count = len(page.full) + 1
    labels = numbered(say, word("What changed"), word("What changed {number}"), count)
    folios = [say("What changed")]
    if count > 1:
        key = word("What changed {number} of {count}")
        folios = [say(key, number=n + 1, count=count) for n in range(count)]
    page.footers(deck.title, edition_stamp(edition, say), folios)
    group = (Group("what-changed", plain(title)),)
    return page.drawings("what-changed", labels, group, (Bookmark(plain(title), 0),))


def _cards(swaps: Swaps, indexes: int, say: Wording) -> Text:
    count = len(swaps.put_in)
    if not count:
        return say.many(
            "only the index card to put in, which comes with every edition",
            "only the index cards to put in, which come with every edition",
            indexes,
        )
    index = say.many(
        "the index card comes with every edition",
        "the index cards come with every edition",
        indexes,
    )
    put_in = say("{count} of {cards} to put in", count=count, cards=swaps.cards)
    return listed((put_in, index), "; ")


def _section(page: Page, heading: Text, points: Sequence[Text], below_pt: float = 0.0) -> None:
    """A heading with points. With something `below`, all of it stays together."""
    page.drop(10 * (page.y < page.start))
    kept = points if below_pt else points[:1]
    width = page.width - page.grown(16)
    height = sum(page.height_of(point, "body", width) + POINT_GAP_PT for point in kept)
    page.need(page.height_of(heading, "h3") + 4 + height - POINT_GAP_PT + below_pt)
    page.text(heading, "h3", Role.H2)
    page.drop(4)
    page.points(tuple(points), gap_pt=POINT_GAP_PT)


def _told(swaps: Sequence[Swap], say: Wording) -> Iterator[Text]:
    """A point for each card; many with one and the same reason share one."""
    groups: dict[tuple[str, object], list[Swap]] = {}
    for swap in swaps:
        told = (swap.reason, swap.why if swap.kind is Kind.LAYOUT else swap.name)
        groups.setdefault(told if swap.reason else (swap.name, ""), []).append(swap)
    for together in groups.values():
        if len(together) >= _MANY:
            codes = ", ".join(s.new.code for s in together if s.new)
            reason = words(together[0].reason) or _measured(together[0].why, say)
            yield Run(codes, strong=True), *merged((Run(": "), *reason))
        else:
            yield from (_card(swap, say) for swap in together)


def _card(swap: Swap, say: Wording) -> Text:
    name = words(swap.name)
    if swap.kind is Kind.RENUMBERED and swap.old and swap.new:
        name = say("{name}, until now {code}", name=name, code=swap.old.code)
    said = words(swap.reason) or ended(_measured(swap.why, say), ".")
    detail = _in_words(swap.words, say) if swap.kind is Kind.REVISED else ()
    return *strong(name), *merged((Run(": "), *said, *words(" " * bool(detail)), *detail))


def _measured(why: Sequence[str], say: Wording) -> Text:
    """What deckgen found out about a change, which it says where nobody gave a reason.

    Facts behind a colon are in English.
    """
    said = []
    for reason in why:
        known, colon, facts = reason.partition(": ")
        said.append(merged((*say(known), *say(colon + facts))))
    return listed(said, "; ")


def _in_words(changes: Sequence[WordChange], say: Wording) -> Text:
    """A change in the words, if it is short enough to be quoted."""
    pieces = [p for change in changes if change.part != "goes with" for p in change.pieces]
    gone = [text for sign, text in pieces if sign == "-"]
    come = [text for sign, text in pieces if sign == "+"]
    if len(gone) > 1 or len(come) > 1 or len(" ".join((*gone, *come)).split()) > _MOST_WORDS:
        return ()
    if gone and come:
        return say("“{old}” is now “{new}”.", old=words(gone[0]), new=words(come[0]))
    if come:
        return say("Added: “{new}”.", new=words(come[0]))
    return say("Taken out: “{old}”.", old=words(gone[0])) if gone else ()


def _page(change: PageChange, say: Wording) -> Text:
    said = words(change.reason) or ended(capital(say(change.kind.meaning)), ".")
    return *strong(say.given(change.name)), *merged((Run(": "), *said))

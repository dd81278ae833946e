"""What changed and why it matters: a page for the meeting in which a new edition comes up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from deckgen.layout.setting.lines import bold_first
from deckgen.layout.setting.page import POINT_GAP_PT, Page
from deckgen.model.change import Kind, WordChange
from deckgen.model.deck import Deck
from deckgen.model.drawing import Bookmark, Drawing, Group, Role
from deckgen.model.edition import day_in_words
from deckgen.model.swap import PageChange, Swap, Swaps
from deckgen.model.text import Run, Text, words

TITLE = "What changed, and why it matters"
_HEADINGS = {
    Kind.REVISED: "They say something else now",
    Kind.NEW: "New cards",
    Kind.WITHDRAWN: "No longer in force",
    Kind.RENUMBERED: "The same cards under other numbers",
    Kind.CORRECTION: "Slips that were put right",
    Kind.LAYOUT: "The same words, in another look",
}
_QUESTIONS = (
    "Which of these changes what we do?",
    "Who else has an old deck, and needs to know?",
)
_MOST_WORDS = 12  # of words that went or came, so that the page stays one page
_FACTS_GAP_PT = 10.0
_MANY = 5  # cards for one and the same reason: named in one line


def continued(title: str) -> Callable[[Page], None]:
    """What the further pages of a paper begin with, so that loose ones can be told apart."""

    def head(page: Page) -> None:
        if page.continued:
            page.text(f"{title}, continued", "eyebrow")
            page.drop(8)

    return head


def what_changed_pages(
    page: Page, deck: Deck, swaps: Swaps, saving: str, indexes: int
) -> tuple[Drawing, ...]:
    """One page if the changes are few; otherwise it goes on."""
    index = f"index card{'s' * (indexes > 1)}"
    page.text(deck.title, "eyebrow")
    page.drop(4)
    page.text(TITLE, "h1", Role.H1)
    page.drop(6)
    edition = deck.edition
    when = day_in_words(edition.issued)
    page.text(f"Edition {swaps.edition}, issued on {when}, replaces edition {swaps.since}.", "lead")
    for kind, heading in _HEADINGS.items():
        swapped = [s for s in (*swaps.swaps, *swaps.may_stay) if s.kind is kind]
        if swapped:
            _section(page, heading, list(_told(swapped)))
    if swaps.pages:
        _section(page, f"In the workbook and on the {index}", list(map(_page, swaps.pages)))
    said = f"{_cards(swaps, index)}; {saving}.".replace(" sheet", "\u00a0sheet", 1)
    figures = bold_first("In figures:", words(said))
    below = _FACTS_GAP_PT + page.height_of(figures, "body")
    _section(page, "Talk about it", [words(question) for question in _QUESTIONS], below)
    page.drop(_FACTS_GAP_PT)
    page.text(figures, "body")
    labels = ["What changed", *(f"What changed {n + 2}" for n in range(len(page.full)))]
    many = len(labels) > 1
    folios = [f"What changed{f' {n + 1} of {len(labels)}' * many}" for n in range(len(labels))]
    page.footers(deck.title, edition.stamp, folios)
    group = (Group("what-changed", TITLE),)
    return page.drawings("what-changed", labels, group, (Bookmark(TITLE, 0),))


def _cards(swaps: Swaps, index: str) -> str:
    count, come = len(swaps.put_in), "come" if index.endswith("s") else "comes"
    if not count:
        return f"only the {index} to put in, which {come} with every edition"
    return f"{count} of {swaps.cards} to put in; the {index} {come} with every edition"


def _section(page: Page, heading: str, points: Sequence[Text], below_pt: float = 0.0) -> None:
    """A heading with points. With something `below`, all of it stays together."""
    page.drop(10 * (page.y < page.start))
    kept = points if below_pt else points[:1]
    width = page.width - page.grown(16)
    height = sum(page.height_of(point, "body", width) + POINT_GAP_PT for point in kept)
    page.need(page.height_of(heading, "h3") + 4 + height - POINT_GAP_PT + below_pt)
    page.text(heading, "h3", Role.H2)
    page.drop(4)
    page.points(tuple(points), gap_pt=POINT_GAP_PT)


def _told(swaps: Sequence[Swap]) -> Iterator[Text]:
    """A point for each card; many with one and the same reason share one."""
    groups: dict[tuple[str, str], list[Swap]] = {}
    for swap in swaps:
        told = (swap.reason, swap.why if swap.kind is Kind.LAYOUT else swap.name)
        groups.setdefault(told if swap.reason else (swap.name, ""), []).append(swap)
    for together in groups.values():
        if len(together) >= _MANY:
            codes = ", ".join(s.new.code for s in together if s.new)
            yield Run(codes, strong=True), Run(f": {together[0].reason or together[0].why}")
        else:
            yield from (_card(swap) for swap in together)


def _card(swap: Swap) -> Text:
    name = swap.name
    if swap.kind is Kind.RENUMBERED and swap.old and swap.new:
        name = f"{swap.name}, until now {swap.old.code}"
    said = swap.reason or f"{swap.why}."
    detail = _in_words(swap.words) if swap.kind is Kind.REVISED else ""
    return Run(name, strong=True), Run(f": {said}{detail}")


def _in_words(changes: Sequence[WordChange]) -> str:
    """A change in the words, if it is short enough to be quoted."""
    pieces = [p for change in changes if change.part != "goes with" for p in change.pieces]
    gone = [text for sign, text in pieces if sign == "-"]
    come = [text for sign, text in pieces if sign == "+"]
    if len(gone) > 1 or len(come) > 1 or len(" ".join((*gone, *come)).split()) > _MOST_WORDS:
        return ""
    if gone and come:
        return f" “{gone[0]}” is now “{come[0]}”."
    if come:
        return f" Added: “{come[0]}”."
    return f" Taken out: “{gone[0]}”." if gone else ""


def _page(change: PageChange) -> Text:
    said = change.reason or f"{change.kind.meaning[0].upper()}{change.kind.meaning[1:]}."
    return Run(change.name, strong=True), Run(f": {said}")

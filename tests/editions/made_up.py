"""Cards, pages and snapshots made by hand."""

from __future__ import annotations

from datetime import date

from deckgen.model.snapshot import CardState, LookFact, PageState, Snapshot, WordsPart


def card(
    card_id: str = "feedback",
    code: str = "K1",
    *,
    title: str = "Feedback that changes things",
    lead: str = "Feedback counts when something changes because of it.",
    points: tuple[str, ...] = ("Ask early", "Pay people fairly for their time"),
    questions: tuple[str, ...] = ("What changed?", "Whom do we hear from least?"),
    goes_with: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    printed_as: str = "",
    section: str = "Knowledge",
    look: str = "",
    edition: str = "",
    check: str = "",
) -> CardState:
    parts = (
        WordsPart("title", (title,)),
        WordsPart("lead", (lead,)),
        WordsPart("points", points),
        WordsPart("questions", questions),
        WordsPart("goes with", goes_with),
        WordsPart("printed as", (printed_as,) if printed_as else ()),
    )
    return CardState(card_id, code, section, parts, links, look, look, edition, check)


def page(
    key: str = "w/immediate-1", name: str = "Immediate 1", **parts: tuple[str, ...]
) -> PageState:
    said = parts or {"goal": ("Find one change.",)}
    return PageState(key, name, tuple(WordsPart(*pair) for pair in said.items()))


def snapshot(
    *cards: CardState,
    edition: str = "1",
    pages: tuple[PageState, ...] = (),
    looks: tuple[LookFact, ...] = (),
    issued: date = date(2026, 1, 2),
) -> Snapshot:
    return Snapshot("Bread", edition, issued, date(2028, 1, 2), cards, pages, looks)

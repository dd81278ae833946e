"""The workbook's last pages: all three on one page, sign-off, other formats."""

from __future__ import annotations

from datetime import date

from deckgen.geometry import Rect, mm
from deckgen.layout.page import Page, ascent_pt, frame_disc
from deckgen.layout.shapes import filled, rounded, stroked
from deckgen.layout.workbook_page import WorkbookPages, group_of
from deckgen.model.drawing import Bookmark, Drawing, Element, Field, FieldKind, Role
from deckgen.model.text import words
from deckgen.model.workbook import TimeFrame

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_FACT_PT = 142.0  # from the margin to what is said
_SIGNERS = ("Practice learning lead", "Manager who agrees")


def overview_page(pages: WorkbookPages) -> Drawing:
    """One panel a time frame: the change that matters most, who leads, by when."""
    page, text = pages.new(), pages.workbook.overview
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=450)
    page.drop(20)
    frames = pages.workbook.frames
    height = (page.y - page.floor - 14 * (len(frames) - 1)) / len(frames)
    for index, frame in enumerate(frames):
        page.drop(14 * (index > 0))
        _overview_panel(page, index, frame, min(height, 212))
    pages.check_room(page, text.title, pages.workbook.place)
    return pages.close(page, "overview", (group_of(text.title),), Bookmark(text.title, 1))


def _overview_panel(page: Page, index: int, frame: TimeFrame, height: float) -> None:
    box = Rect(page.left - 12, page.y - height, page.width + 24, height)
    page.decorate(stroked(rounded(box, 8), page.colour("teal_mid"), 1.2))
    head = Rect(box.x_pt, box.top_pt - 44, box.width_pt, 44)
    if not page.design.ink_saver:
        page.decorate(filled(rounded(head, 8, "tl tr"), page.colour("teal_tint")))
    disc = frame_disc(
        page.left + 14, head.y_pt + 22, 13, index, page.colour("amber"), page.colour("teal")
    )
    page.decorate(*disc)
    top = page.y
    page.y = top - 11
    page.text(frame.name, "h2", Role.H3, x=page.left + 38)
    when = page.type("hint")
    base = head.y_pt + 17
    page.add(Element(Role.P, (page.setter.line(frame.when, when, page.right, base, "right"),)))
    page.y = head.y_pt - 8
    page.text("The one change that matters most", "label")
    page.drop(4)
    key = f"overview.{frame.key}"
    pitch = mm(page.look.writing_pitch)
    lines = max(2, int((page.y - box.y_pt - 54) // pitch))
    area = Rect(page.left, page.y - lines * pitch - 4, page.width, lines * pitch + 4)
    field = Field(
        FieldKind.LINES,
        f"{key}.change",
        f"{frame.name}: the one change that matters most",
        area,
        pitch_pt=pitch,
    )
    page.add(Element(Role.FORM, (field,)))
    page.y = box.y_pt + 38
    half = (page.width - 24) / 2
    page.line_field("Who leads", f"{key}.who", f"{frame.name}: who leads", page.left, half, 76)
    page.line_field(
        "By when", f"{key}.by-when", f"{frame.name}: by when", page.left + half + 24, half, 66
    )
    page.y = top - height


def sign_off_page(pages: WorkbookPages) -> Drawing:
    """Two people sign, with what they promise to tell others."""
    page, text = pages.new(), pages.workbook.sign_off
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=450)
    page.drop(26)
    for number, signer in enumerate(_SIGNERS, start=1):
        _signer(page, number, signer)
        page.drop(20)
    page.drop(6)
    page.text("What we will tell the people who took part", "h2", Role.H3)
    page.drop(8)
    height = 5 * mm(page.look.writing_pitch) + 7
    page.writing_box(
        "sign-off.message", "Sign off: what we will tell the people who took part", height
    )
    page.drop(22)
    page.points(text.points)
    pages.check_room(page, text.title, pages.workbook.place)
    return pages.close(page, "sign-off", (group_of(text.title),), Bookmark(text.title, 1))


def _signer(page: Page, number: int, signer: str) -> None:
    top, height, key = page.y, 140.0, f"sign-off.{number}"
    page.panel(height, "teal_tint")
    page.drop(14)
    page.text(signer, "panel_title", Role.H3)
    page.drop(16)
    half = (page.width - 24) / 2
    rows = ((("Name", "name"), ("Role", "role")), (("Signed", "signed"), ("Date", "date")))
    for row in rows:
        for i, (label, part) in enumerate(row):
            said = f"Sign off, {signer.lower()}: {label.lower()}"
            x = page.left + i * (half + 24)
            page.line_field(label, f"{key}.{part}", said, x, half, 58)
        page.drop(40)
    page.y = top - height


def formats_page(pages: WorkbookPages) -> Drawing:
    """Where to get this in another form, and who answers."""
    page, text, deck = pages.new(), pages.workbook.other_formats, pages.deck
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=450)
    page.drop(18)
    page.points(text.points, gap_pt=9)
    page.drop(16)
    facts = (
        ("Ask", deck.contact),
        ("Published by", deck.publisher),
        ("This is", f"{deck.title}, {deck.edition.label.lower()}"),
        ("Issued", _day(deck.edition.issued)),
        ("To be reviewed by", _day(deck.edition.review)),
    )
    heights = (page.height_of(fact, "body", page.width - _FACT_PT) + 6 for _, fact in facts)
    page.panel(sum(heights) + 22, "teal_tint")
    page.drop(14)
    for label, fact in facts:
        _fact(page, label, fact)
    pages.check_room(page, text.title, pages.workbook.place)
    return pages.close(page, "formats", (group_of(text.title),), Bookmark(text.title, 1))


def _fact(page: Page, label: str, fact: str) -> None:
    strong, body = page.type("strong"), page.type("body")
    y = page.y - ascent_pt(body)
    first = page.setter.line(label + ": ", strong, page.left + 4, y)
    rest = page.setter.column(words(fact), body, page.left + _FACT_PT, y, page.width - _FACT_PT)
    page.add(Element(Role.P, (first, *rest)))
    page.y -= len(rest) * body.leading_pt + 6


def _day(day: date) -> str:
    """A date as people write it, in any locale: 3 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

"""The workbook's last pages: all three on one page, sign-off, other formats."""

from __future__ import annotations

from deckgen.geometry import Rect, mm
from deckgen.layout.setting.page import Page, frame_disc
from deckgen.layout.setting.panel import fact_panel
from deckgen.layout.setting.shapes import filled, rounded, stroked
from deckgen.layout.workbooks.workbook_page import WorkbookPages, group_of
from deckgen.model.drawing import Bookmark, Drawing, Element, Role
from deckgen.model.edition import day_in_words
from deckgen.model.workbook import TimeFrame

_FOOT_GAP_PT = 8.0  # between the last panel and the foot
_CHANGE_LINES = 2  # at least, for the one change
_SIGNER_EMS = 15.0  # the narrowest column with a label and a line to sign on
_SIGNERS = ("Who leads this work", "Manager who agrees")


def overview_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """One panel a time frame: the change that matters most, who leads, by when."""
    page, text = pages.new(), pages.workbook.overview
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=page.measure(450))
    page.drop(20)
    frames = pages.workbook.frames
    least = page.grown(44 + 8 + 22 + 54) + _CHANGE_LINES * mm(page.look.writing_pitch)
    height = (page.room - _FOOT_GAP_PT - 14 * (len(frames) - 1)) / len(frames)
    height = max(least, min(height, page.grown(212)))
    for index, frame in enumerate(frames):
        page.need(height)
        page.drop(14 * (page.y < page.start and index > 0))
        _overview_panel(page, index, frame, height)
    group = (group_of(text.title),)
    return pages.close(page, "overview", text.title, group, Bookmark(text.title, 1))


def _overview_panel(page: Page, index: int, frame: TimeFrame, height: float) -> None:
    box = Rect(page.left - 12, page.y - height, page.width + 24, height)
    grown = page.grown
    head = Rect(box.x_pt, box.top_pt - grown(44), box.width_pt, grown(44))
    if not page.design.ink_saver:
        page.decorate(filled(rounded(head, 8, "tl tr"), page.colour("teal_tint")))
    page.decorate(stroked(rounded(box, 8), page.colour("teal_mid"), 1.2))
    x, y = page.left + grown(14), head.y_pt + grown(22)
    amber, teal = page.colour("amber"), page.colour("teal")
    page.decorate(*frame_disc(x, y, grown(13), index, amber, teal))
    top, name = page.y, page.type("h2")
    page.y = head.y_pt + (head.height_pt + name.leading_pt) / 2
    page.text(frame.name, "h2", Role.H3, x=page.left + grown(38))
    when = page.type("hint")
    base = head.y_pt + grown(17)
    page.add(Element(Role.P, (page.setter.line(frame.when, when, page.right, base, "right"),)))
    page.y = head.y_pt - 8
    page.text("The one change that matters most", "label")
    page.drop(4)
    key = f"overview.{frame.key}"
    pitch = mm(page.look.writing_pitch)
    lines = max(2, int((page.y - box.y_pt - grown(54)) // pitch))
    area = Rect(page.left, page.y - lines * pitch - 4, page.width, lines * pitch + 4)
    said = f"{frame.name}: the one change that matters most"
    field = page.lines_field(f"{key}.change", said, area, pitch)
    page.add(Element(Role.FORM, (field,)))
    page.y = box.y_pt + grown(38)
    half = (page.width - 24) / 2
    page.line_field("Who leads", f"{key}.who", f"{frame.name}: who leads", page.left, half)
    page.line_field(
        "By when", f"{key}.by-when", f"{frame.name}: by when", page.left + half + 24, half
    )
    page.y = top - height


def sign_off_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """Two people sign, with what they promise to tell others."""
    page, text = pages.new(), pages.workbook.sign_off
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=page.measure(450))
    page.drop(26)
    for number, signer in enumerate(_SIGNERS, start=1):
        _signer(page, number, signer)
        page.drop(20)
    page.drop(6)
    title = "What we will tell the people who took part"
    height = 5 * mm(page.look.writing_pitch) + 7
    page.need(page.height_of(title, "h2") + 8 + height)
    page.text(title, "h2", Role.H3)
    page.drop(8)
    page.writing_box(
        "sign-off.message", "Sign off: what we will tell the people who took part", height
    )
    page.drop(22)
    page.points(text.points)
    group = (group_of(text.title),)
    return pages.close(page, "sign-off", text.title, group, Bookmark(text.title, 1))


def _signer(page: Page, number: int, signer: str) -> None:
    """A panel with lines for name, role, signature and date, two a row if they fit."""
    key, row = f"sign-off.{number}", page.grown(40)
    parts = (("Name", "name"), ("Role", "role"), ("Signed", "signed"), ("Date", "date"))
    columns = page.columns(_SIGNER_EMS)
    rows = len(parts) // columns
    height = 14 + page.type("panel_title").leading_pt + 16 + rows * row + 11
    page.need(height)
    top = page.y
    page.panel(height, "teal_tint")
    page.drop(14)
    page.text(signer, "panel_title", Role.H3)
    page.drop(16)
    width = (page.width - 24 * (columns - 1)) / columns
    labels = max(page.label_width(label) for label, _ in parts)
    for i, (label, part) in enumerate(parts):
        said = f"Sign off, {signer.lower()}: {label.lower()}"
        x = page.left + i % columns * (width + 24)
        page.line_field(label, f"{key}.{part}", said, x, width, labels)
        page.drop(row if (i + 1) % columns == 0 else 0)
    page.y = top - height


def formats_page(pages: WorkbookPages) -> tuple[Drawing, ...]:
    """Where to get this in another form, and who answers."""
    page, text, deck = pages.new(), pages.workbook.other_formats, pages.deck
    page.text(text.title, "h1", Role.H2)
    page.drop(6)
    page.text(text.lead, "lead", width=page.measure(450))
    page.drop(18)
    page.points(text.points, gap_pt=9)
    page.drop(16)
    facts = (
        ("Ask", deck.contact),
        ("Published by", deck.publisher),
        ("This is", f"{deck.title}, {deck.edition.label.lower()}"),
        ("Issued", day_in_words(deck.edition.issued)),
        ("To be reviewed by", day_in_words(deck.edition.review)),
    )
    fact_panel(page, facts)
    group = (group_of(text.title),)
    return pages.close(page, "formats", text.title, group, Bookmark(text.title, 1))

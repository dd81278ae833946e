"""Pages behind a workbook for what its boxes have no room for: each piece below its question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.layout.setting.lines import Setter, Type
from deckgen.layout.setting.page import Page, ascent_pt
from deckgen.layout.workbooks.answer_letters import breakable, letters_of
from deckgen.layout.workbooks.frame_panels import page_link
from deckgen.layout.workbooks.workbook import SetWorkbook, with_feet
from deckgen.layout.workbooks.workbook_page import WorkbookPages
from deckgen.model.drawing import Bookmark, Drawing, Element, Role
from deckgen.model.text import Text, plain, words

_GAP_PT = 22.0  # above a piece
_ALONE = 2  # lines that may not stand without others at a page's foot
_LONGEST = 400  # letters of a heading
_DEPTH = 1  # of the bookmark of these pages


class Piece(Struct, frozen=True):
    """Words that stand behind the workbook: whose they are, and from where they come.

    `name` is the field's, `target` a page's Drawing that the line `origin` leads to, if any.
    """

    name: str
    question: str
    said: str
    origin: Text = ()
    target: str = ""


class Behind(Struct, frozen=True):
    """Pages behind a workbook, and on which of them each piece begins, by its name."""

    drawings: tuple[Drawing, ...] = ()
    begun: dict[str, int] = {}


def pages_behind(
    made: SetWorkbook, before: Sequence[Drawing], title: Text, pieces: Iterable[Piece], key: str
) -> Behind:
    """Pages with a title and pieces, numbered behind those `before`. `key` names them."""
    pieces = tuple(pieces)
    if not pieces:
        return Behind()
    setter = Setter(made.design.book, made.deck.language)
    pages = WorkbookPages(made.workbook, made.deck, made.design, setter, behind=True)
    pages.number = len(before)

    def head(page: Page) -> None:
        if page.continued:
            page.text(page.say("{title}, continued", title=title), "eyebrow")
            page.drop(8)
        else:
            page.text(title, "h1", Role.H2)
            page.drop(6)

    page, begun = pages.new(head), dict[str, int]()
    for piece in pieces:
        _begin(page, piece)
        begun[piece.name] = len(before) + len(page.full) + 1
        _tell(page, piece)
    while any(drawing.name.startswith(f"workbook-{key}") for drawing in before):
        key += "-"
    heading, place = plain(title), made.workbook.place
    drawings = pages.close(page, key, heading, place, Bookmark(heading, _DEPTH))
    numbered = enumerate(drawings, start=len(before) + 1)
    marked = [_marked(drawing, number, pieces, begun) for number, drawing in numbered]
    return Behind(with_feet(marked, made, made.deck, first=len(before) + 1), begun)


def _marked(
    drawing: Drawing, number: int, pieces: Sequence[Piece], begun: dict[str, int]
) -> Drawing:
    """A page with a bookmark for each piece that begins on it."""
    here = [piece for piece in pieces if begun[piece.name] == number]
    marks = [Bookmark(piece.question or piece.name, _DEPTH + 1) for piece in here]
    return replace(drawing, bookmarks=(*drawing.bookmarks, *marks))


def _begin(page: Page, piece: Piece) -> None:
    """The question, and where its answer began."""
    question = _heading(page, piece.question or piece.name)
    height = page.height_of(question, "h3") + (_ALONE + 1) * page.type("body").leading_pt + 8
    height += page.height_of(piece.origin, "strong") if piece.origin else 0.0
    if page.y < page.start:
        page.need(_GAP_PT + height)
    if page.y < page.start:
        page.drop(_GAP_PT)
    page.text(question, "h3", Role.H3)
    page.drop(2)
    if piece.origin and piece.target:
        page_link(page, piece.origin, f"#{piece.target}", page.left, page.width)
    elif piece.origin:
        page.text(piece.origin, "strong")
    page.drop(4)


def _heading(page: Page, said: str) -> Text:
    """A question in letters of its face, on a few lines: a file that came back may say anything."""
    look, book = page.type("h3"), page.setter.book
    short = " ".join(said.split())
    short = short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1]}…"
    short = "".join(plain(line) for line in letters_of(short, book).lines)
    lacking = book.missing(book.drawable(short, look.face), look.face)
    short = short.translate(dict.fromkeys(map(ord, lacking)))
    return breakable(words(short), look, page.width, page.setter)


def _tell(page: Page, piece: Piece) -> None:
    """The words, over as many pages as they take."""
    letters = letters_of(piece.said, page.setter.book)
    look = replace(page.type("body"), strong_face=letters.strong_face)
    for text in letters.lines:
        if plain(text).strip():
            _paragraph(page, breakable(text, look, page.width, page.setter), look)
        else:
            page.drop(look.leading_pt / 2)


def _paragraph(page: Page, text: Text, look: Type) -> None:
    """A paragraph that goes on to further pages if it must; no line of it stands alone."""
    lines = page.setter.column(text, look, page.left, 0.0, page.width)
    while lines:
        fit = int((page.room + 0.01) // look.leading_pt)
        if fit < len(lines):
            fit = min(fit, len(lines) - _ALONE) if len(lines) > _ALONE else 0
        if fit < min(_ALONE, len(lines)) and page.y < page.start:
            page.turn()
            continue
        here = lines[: max(1, fit)]
        down = page.y - ascent_pt(look) - here[0].y_pt
        page.add(Element(Role.P, tuple(replace(line, y_pt=line.y_pt + down) for line in here)))
        page.drop(len(here) * look.leading_pt)
        lines = lines[len(here) :]

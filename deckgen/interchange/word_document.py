"""Word documents (.docx) as lines of Markdown, each with the paragraph that it is from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from deckgen.content.card_parts import SHORT
from deckgen.content.cards import LABELS
from deckgen.content.labels import known_label
from deckgen.interchange.incoming import Incoming, Sections, unseen
from deckgen.interchange.office_file import DOCUMENT, needs, refuse_unfit, said_by
from deckgen.interchange.word_words import OFF, Known, W, lines_of, marked_row, styled
from deckgen.letters import plainly
from deckgen.model.deck import CardCode
from deckgen.problem import Found, Place, Problem, problem

MOST_PARAGRAPHS = 100_000
_WHAT = "Word documents (.docx)"
_CODE = re.compile(r"(?P<code>[A-Z]{1,6} ?[1-9][0-9]{0,2})(?:[ :–—-]+(?P<title>\S.*))?\Z")
_LONGEST_TITLE = 120
_UNTAKEN = {  # what is looked for in the XML: what it is called
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "txbxContent": "text boxes",
    "blip": "pictures",
    "imagedata": "pictures",
    "object": "embedded objects",
    "chart": "charts",
    "oMath": "formulas",
    "altChunk": "parts of other documents",
}
_CHANGED = "changes"
_LOOKS = ("i", "u", "strike", "vertAlign")
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def read_document(
    data: bytes, file: str, sections: Sections
) -> tuple[list[Incoming], list[Problem]]:
    """The cards of a document. Raises NotInstalled and Refused."""
    needs("docx", _WHAT)
    found, lines = Found(), []
    for said in said_by("deckgen.interchange.word_document:paragraphs", data):
        if "line" in said:
            place, line = _at(file, said["at"]), plainly(said["line"])
            found += unseen(line, place)
            lines.append((line, place, said["sort"]))
        else:
            place = _at(file, said["at"])
            found.append(problem(said["code"], place, said["said"], said["todo"]))
    cards = found.take(_cards(lines, sections))
    if not cards and not found:
        said = "There are no cards in this document."
        todo = f"Begin each with a heading such as {sections.sections[0].prefix}1 Title."
        found.append(problem("card-code-invalid", Place(file), said, todo))
    return cards, found


def _at(file: str, paragraph: int) -> Place:
    return Place(file, spot=f"paragraph {paragraph}" if paragraph else "")


_Line = tuple[str, Place, str]


class _Opened(Struct):
    """A card while its lines are read."""

    code: CardCode
    lines: list[tuple[str, Place]]
    labels: bool = True  # nothing but labels has stood so far
    short: bool = False

    def take(self, line: str, place: Place, sort: str) -> None:
        """The next line below the heading."""
        if sort in ("heading", "title"):
            self.lines += [("", place), (f"{'###' if self.short else '##'} {line.strip()}", place)]
            self.short = self.short or line.strip().lower() == SHORT.lower()
            self.labels = False
        elif not self.labels:
            self.lines.append((line, place))
        elif line.strip():
            self.labels = _is_label(line)
            self.lines += [("", place)] * (not self.labels) + [(line, place)]


def _cards(lines: Sequence[_Line], sections: Sections) -> tuple[list[Incoming], list[Problem]]:
    """Lines between headings that begin with a code, or that name a section."""
    cards, stray = list[_Opened](), list[tuple[str, Place]]()
    by_prefix = {section.prefix: section for section in sections.sections}
    opened: _Opened | None = None
    for line, place, sort in lines:
        code, title = _card_heading(line, sort, by_prefix)
        if code:
            opened = _Opened(code, [(f"# {code} {title}".rstrip(), place)])
            cards.append(opened)
        elif sort == "heading" and sections.named(line):
            opened = None
        elif opened:
            opened.take(line, place, sort)
        elif line.strip() and sort != "title":
            stray.append((line.strip(), place))
    made = [
        Incoming(card.code, by_prefix[card.code.prefix], tuple(card.lines), card.lines[0][1])
        for card in cards
    ]
    if not stray:
        return made, []
    said = f"Words stand outside any card: “{' / '.join(line[:40] for line, _ in stray[:5])}”."
    todo = "If they belong to one, move them below its heading, which is such as K1 Title."
    return made, [problem("document-left-out", stray[0][1], said, todo)]


def _is_label(line: str) -> bool:
    name, colon, _ = line.replace("**", "").partition(":")
    return bool(colon and known_label(name, frozenset(LABELS)))


def _card_heading(line: str, sort: str, prefixes: Iterable[str]) -> tuple[CardCode | None, str]:
    """The code and title of a heading, or of a short line of its own that looks like one."""
    words = line.replace("**", "").strip() if sort == "words" else line.strip()
    match = _CODE.match(words)
    code = CardCode.parse(match["code"].replace(" ", "")) if match else None
    if not match or not code or code.prefix not in prefixes or sort not in _MAY_BEGIN:
        return None, ""
    like_a_sentence = len(words) > _LONGEST_TITLE or words.endswith((".", ",", ";", ":"))
    if sort == "words" and (like_a_sentence or not match["title"]):
        return None, ""
    return code, match["title"] or ""


_MAY_BEGIN = frozenset(("heading", "title", "words"))


def paragraphs(data: bytes) -> Iterator[object]:
    """What is in a file, for the process that asked: lines with their paragraphs, and faults."""
    refuse_unfit(data, DOCUMENT)
    from docx import Document

    document = Document(io.BytesIO(data))
    known = Known.of(document)
    yield from _untaken(document)
    for number, element in enumerate(_blocks(document.element.body), start=1):
        if number > MOST_PARAGRAPHS:
            yield {"code": "table-unreadable", "at": number, **_TOO_LONG}
            break
        for line, sort in _lines(element, known):
            yield {"line": line, "at": number, "sort": sort}
    yield "end"


_TOO_LONG = {"said": f"There are more than {MOST_PARAGRAPHS:,} paragraphs.", "todo": "Split it."}


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, out of content controls too."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
            yield from _blocks(element)


def _lines(element: Any, known: Known) -> Iterator[tuple[str, str]]:
    """A paragraph or a table as lines, and of what sort they are."""
    if element.tag == f"{W}tbl":
        yield "", "blank"
        rows = list(element.iterchildren(f"{W}tr"))
        for at, row in enumerate(rows):
            cells = list(row.iterchildren(f"{W}tc"))
            yield marked_row(cells, known), "row"
            if at == 0 and len(rows) > 1 and row.find(f"{W}trPr/{W}tblHeader") is not None:
                yield "|---" * len(cells) + "|", "row"
        yield "", "blank"
        return
    style = styled(element, known)
    first, *rest = lines_of(element, known, bold=not style.heading)
    if style.heading and first.strip():
        yield first, style.heading
    elif style.marker:
        inner = "  " * style.level
        yield f"{inner}{style.marker} {first.strip()}" if first.strip() else "", "item"
        rest = [f"{inner}  {line.strip()}" for line in rest]
    else:
        yield "", "blank"
        yield first, "words"
    # Lines that somebody broke by hand may be labels, or belong to the line above.
    yield from ((line, "words") for line in rest)


def _untaken(document: Any) -> Iterator[dict[str, object]]:
    """What is in a document and can't be taken in, each sort once, at the first of it."""
    seen: dict[str, int] = {}
    changed = 0
    for number, element in enumerate(_blocks(document.element.body), start=1):
        for inner in element.iter("{*}*"):
            what = _untaken_name(inner)
            if what == _CHANGED:
                changed = changed or number
            elif what:
                seen.setdefault(what, number)
    if changed:
        said = "There are tracked changes from here on, so nobody can say which words are meant."
        todo = "Accept or reject all of them, and save the document."
        yield {"code": "document-unclear", "at": changed, "said": said, "todo": todo}
    margins = [part for s in document.sections for part in (s.header, s.footer)]
    if any(p.text.strip() for m in margins if not m.is_linked_to_previous for p in m.paragraphs):
        seen["headers and footers"] = 0
    for what, number in seen.items():
        said = f"This document has {what}, which are not taken in."
        todo = "Look whether something is lost, and write it into the card itself."
        yield {"code": "document-left-out", "at": number, "said": said, "todo": todo}


def _untaken_name(element: Any) -> str:
    """What a piece of XML is called if it can't be taken in."""
    name = element.tag.rsplit("}", 1)[-1]
    if name in _UNTAKEN:
        return _UNTAKEN[name]
    if not element.tag.startswith(W):
        return ""
    if name in _CHANGES:
        return _CHANGED
    if name in ("gridSpan", "vMerge"):
        return "cells of tables that are joined"
    if name in _LOOKS and element.get(f"{W}val", "1") not in OFF:
        run = element.getparent().getparent()
        if run.tag == f"{W}r" and run.getparent().tag != f"{W}hyperlink":
            return "slanting, underlined, struck-out or raised letters"
    return ""

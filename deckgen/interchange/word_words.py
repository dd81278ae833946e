"""A Word paragraph as Markdown: bold, links and line breaks; its style and its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADING = re.compile(r"heading ?\d\Z|title\Z", re.IGNORECASE)
_THROUGH = frozenset(
    f"{W}{name}" for name in ("ins", "sdt", "sdtContent", "smartTag", "fldSimple", "customXml")
)
_BREAKS = frozenset((f"{W}br", f"{W}cr"))
OFF = ("0", "false", "off", "none")


class Styled(Struct, frozen=True):
    """What a paragraph is: "heading", "title", an item of a list, or nothing of these."""

    heading: str = ""
    marker: str = ""
    level: int = 0


class _Piece(Struct, frozen=True):
    text: str
    strong: bool
    link: str


class Known(Struct, frozen=True):
    """What a document says once for all paragraphs: styles, marks of lists, and addresses."""

    styles: Mapping[str, Any]
    markers: Mapping[tuple[str, str], str]  # by the number of a list and its level
    links: Mapping[str, str]

    @classmethod
    def of(cls, document: Any) -> Known:
        """What a document says."""
        links = {key: rel.target_ref for key, rel in document.part.rels.items() if rel.is_external}
        return cls({s.style_id: s for s in document.styles}, _markers(document), links)


def _markers(document: Any) -> dict[tuple[str, str], str]:
    """A dash for each level of a list, or a number where it is numbered."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    levels = {
        (abstract.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): _value(level, "numFmt")
        for abstract in numbering.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
    }
    return {
        (num.get(f"{W}numId"), level): "-" if sort in ("bullet", "none") else "1."
        for num in numbering.iter(f"{W}num")
        for (abstract, level), sort in levels.items()
        if abstract == _value(num, "abstractNumId")
    }


def styled(paragraph: Any, known: Known) -> Styled:
    """What a paragraph is by its style and its numbering."""
    properties = paragraph.find(f"{W}pPr")
    styles = _styles(properties, known)
    name = styles[0].name or "" if styles else ""
    sources = [properties, *(style.element.find(f"{W}pPr") for style in styles)]
    sources = [source for source in sources if source is not None]
    outlined = next(filter(None, (_value(source, "outlineLvl") for source in sources)), "9")
    if _HEADING.match(name) or outlined != "9":
        return Styled("title" if name.lower() == "title" else "heading")
    numberings = (source.find(f"{W}numPr") for source in sources)
    for numbering in (found for found in numberings if found is not None):
        number, level = _value(numbering, "numId"), _value(numbering, "ilvl") or "0"
        if number in ("", "0"):
            break
        depth = int(level) if level.isdecimal() else 0
        return Styled("", known.markers.get((number, level), "-"), min(depth, 9))
    return Styled()


def _styles(properties: Any, known: Known) -> list[Any]:
    """The style of a paragraph and those that it is based on; they may go round in a ring."""
    written = _value(properties, "pStyle") if properties is not None else ""
    style, chain = known.styles.get(written), list[Any]()
    while style is not None and style not in chain:
        chain.append(style)
        style = known.styles.get(_value(style.element, "basedOn"))
    return chain


def _value(element: Any, name: str) -> str:
    inner = element.find(f"{W}{name}")
    return inner.get(f"{W}val") or "" if inner is not None else ""


def lines_of(paragraph: Any, known: Known, *, bold: bool = True) -> Iterator[str]:
    """The words of a paragraph, a line for each that somebody began by hand."""
    line: list[_Piece] = []
    for piece in _pieces(paragraph, known, ""):
        for at, words in enumerate(piece.text.split("\n")):
            if at:
                yield _marked(line, bold=bold)
                line = []
            line.append(_Piece(words, piece.strong, piece.link))
    yield _marked(line, bold=bold)


def marked_row(cells: Sequence[Any], known: Known) -> str:
    """A row of a table."""
    shown = []
    for cell in cells:
        lines = (line for p in cell.iter(f"{W}p") for line in lines_of(p, known))
        words = " ".join(line.strip() for line in lines if line.strip())
        shown.append(re.sub(r"(?<!\\)\|", r"\\|", words))
    return f"| {' | '.join(shown)} |"


def _pieces(parent: Any, known: Known, link: str) -> Iterator[_Piece]:
    for element in parent:
        if element.tag == f"{W}r":
            yield _Piece(_run_text(element), _strong(element), link)
        elif element.tag == f"{W}hyperlink":
            yield from _pieces(element, known, known.links.get(element.get(f"{_R}id", ""), ""))
        elif element.tag in _THROUGH:
            yield from _pieces(element, known, link)


def _run_text(run: Any) -> str:
    words = []
    for element in run:
        if element.tag == f"{W}t":
            words.append((element.text or "").replace("\n", " "))
        elif element.tag == f"{W}tab":
            words.append(" ")
        elif element.tag in _BREAKS:
            words.append("\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " ")
        elif element.tag == f"{W}noBreakHyphen":
            words.append("-")
        elif element.tag == f"{W}sym":
            sign = chr(int(element.get(f"{W}char", "2022"), 16))
            words.append("\ufffd" if "\ud800" <= sign <= "\udfff" else sign)  # half a letter
    return "".join(words)


def _strong(run: Any) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    bold = properties.find(f"{W}b")
    if bold is not None:
        return bold.get(f"{W}val", "1") not in OFF
    return _value(properties, "rStyle").lower() in ("strong", "fett")


def _marked(line: Sequence[_Piece], *, bold: bool) -> str:
    """A line with stars around what is bold, and with its links."""
    made = []
    for (strong, link), group in groupby(
        line, key=lambda piece: (piece.strong and bold, piece.link)
    ):
        words = "".join(piece.text for piece in group)
        inner = words.strip()
        before, behind = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        if inner and link:
            same = inner in (link, link.removeprefix("mailto:"))
            inner = link if same and inner == link else f"[{inner}]({link})"
        if inner and strong:
            inner = f"**{inner}**"
        made.append(f"{before}{inner}{behind}" if inner else words)
    return "".join(made)

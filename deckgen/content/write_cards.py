"""A card → Markdown that is read as the same card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from deckgen.content.blocks import Block, BlockKind, read_blocks
from deckgen.content.card_parts import SHORT, TAKEN, shown
from deckgen.content.cards import LABELS, title_of
from deckgen.content.rows import is_divider, step
from deckgen.content.slips import like_a_card
from deckgen.content.typed import bullet_words
from deckgen.content.write_words import written_words
from deckgen.letters import plainly
from deckgen.model.card_kind import Takes
from deckgen.model.deck import Card, CardCode, CardPart, Reference
from deckgen.model.picture import MIDDLE, Shown
from deckgen.model.text import Text, plain, words
from deckgen.pictures.library import DECORATIVE

_MARKERS = {
    Takes.POINTS: "- ",
    Takes.QUESTIONS: "- ",
    Takes.STEPS: "1. ",
    Takes.QUOTATION: "> ",
}
LISTS = frozenset({Takes.POINTS, Takes.QUESTIONS, Takes.STEPS})
_TIGHT = LISTS | {Takes.FACTS}  # no blank line between their rows


def write_card(card: Card, kind: str = "") -> str:
    """A card as it stands in a file, with `kind` as its label if it needs one."""
    codes = written_codes(card.see_also)
    labels = (("Id", card.id if card.id_given else ""), ("Kind", kind), ("See also", codes))
    lines = [f"# {card.code} {written_title(card)}".rstrip()]
    lines += [f"{name}: {value}" for name, value in labels if value]
    if card.printed_as:
        lines.append(f"Printed as: {written_value(card.printed_as)}")
    blocks = ["\n".join(lines), *_written(card.parts, "##")]
    if card.short:
        blocks += [f"## {SHORT}", *_written(card.short, "###")]
    return "\n\n".join(blocks) + "\n"


def _written(parts: Sequence[CardPart], marks: str) -> Iterator[str]:
    for part in parts:
        words = in_a_file(part.rule.takes, written_rows(part))
        # Right below a heading "Note: this" would be taken for a label.
        first = _alone(words.split("\n", 1)[0], "# K1 T\n") if part.rule.heading else None
        a_label = first is None or first.kind is BlockKind.LABEL
        heading = f"{marks} {part.rule.heading}\n" if part.rule.heading else ""
        yield f"{heading}\n{words}" if heading and a_label else heading + words


def in_a_file(takes: Takes, rows: Sequence[str]) -> str:
    """Rows of a part, as `written_rows` has them, with the marks that tell what they are."""
    marked = [_marker(takes, number) + row for number, row in enumerate(rows, start=1)]
    between = "\n>\n" if takes is Takes.QUOTATION else "\n" if takes in _TIGHT else "\n\n"
    return between.join(marked)


def _marker(takes: Takes, number: int) -> str:
    return f"{number}. " if takes is Takes.STEPS and number < 100 else _MARKERS.get(takes, "")


def written_rows(part: CardPart) -> list[str]:
    """Each paragraph, point, row of a table … as Markdown, without the mark before it."""
    takes = part.rule.takes
    if takes is Takes.PICTURE:
        return [_picture(part.picture)] if part.picture else []
    if takes is Takes.FACTS:
        rows = [f"| {' | '.join(map(_cell, row))} |" for row in part.rows]
        return [rows[0], "|---" * len(part.rows[0]) + "|", *rows[1:]] if part.head else rows
    texts = [text for text in part.texts if text]
    if takes is Takes.SENTENCE:
        texts = [piece for text in texts for piece in _paragraphs(text)]
    fits = partial(_reads, takes, links=takes is Takes.ADDRESS)
    return [written_words(text, partial(fits, text)) for text in texts]


def _reads(takes: Takes, text: Text, written: str, *, links: bool) -> bool:
    """Whether one row of a part reads back as these words, in a file and in a cell alike."""
    if takes in LISTS and (bullet_words(written) is not None or step(written)):
        return False
    if "\n" in written or written.startswith((">", "#")) or like_a_card(written):
        return False
    block = _alone(_MARKERS.get(takes, "") + written)
    kind = BlockKind.PARAGRAPH
    if takes in _MARKERS:
        kind = {"- ": BlockKind.ITEM, "1. ": BlockKind.STEP}.get(_MARKERS[takes], BlockKind.QUOTE)
    return block is not None and block.kind is kind and _meant(block.text, links) == text


def _meant(text: Text, links: bool) -> Text:
    return text if links else tuple(map(shown, text))


def _alone(written: str, above: str = "# K1 T\n\n") -> Block | None:
    """The block that a text right below a card's labels is; None if it isn't one, or has faults."""
    if plainly(written) != written:
        return None
    blocks, found = read_blocks(above + written, "", frozenset(LABELS), takes=TAKEN, links=True)
    return blocks[-1] if len(blocks) == 1 + bool(above) and not found else None


def _cell(text: Text) -> str:
    """A cell of a table."""

    def fits(written: str) -> bool:
        row = f"| {written} |"
        block = _alone(row)
        cells = block.cells if block else ()
        return not is_divider(row) and len(cells) == 1 and _meant(cells[0], links=False) == text

    return written_words(text, fits) if text else ""


def _paragraphs(text: Text) -> Iterator[Text]:
    """A sentence as it was typed: runs that would be one stood in paragraphs of their own."""
    begin = 0
    for at in range(1, len(text)):
        alike = replace(text[at], text="") == replace(text[at - 1], text="")
        styled = text[at].strong or text[at].language or text[at].link
        if text[at].text.startswith(" ") and len(text[at].text) > 1 and (alike or styled):
            yield text[begin:at]
            text = (*text[:at], replace(text[at], text=text[at].text[1:]), *text[at + 1 :])
            begin = at
    yield text[begin:]


def _picture(picture: Shown) -> str:
    """A picture with what it shows, and where its focus is."""

    def fits(alt: str) -> bool:
        block = _alone(f"![{alt}](x.png)")
        return block is not None and block.alt == picture.alt

    alt = written_words(words(picture.alt), fits, "[") if picture.alt else DECORATIVE
    x, y = picture.focus
    focus = f' "focus {x:g}% {y:g}%"' if picture.focus != MIDDLE else ""
    return f"![{alt}]({picture.file.name}{focus})"


def written_title(card: Card) -> str:
    """A card's title as it stands behind the code."""

    def fits(written: str) -> bool:
        block = _alone(f"# K1 {written}", above="")
        return block is not None and title_of(block) == card.title

    return _string(card.title, fits)


def written_value(value: str) -> str:
    """Words that a label is followed by."""

    def fits(written: str) -> bool:
        block = _alone(f"Printed as: {written}", above="# K1 T\n")
        return block is not None and plain(block.text).strip() == value

    return _string(value, fits)


def _string(value: str, fits: Callable[[str], bool]) -> str:
    return written_words(words(value), fits) if value else ""


def written_codes(references: Sequence[Reference]) -> str:
    """The list of codes that is read as these references: "K1–K4, R2"."""
    pieces: list[str] = []
    at = 0
    while at < len(references):
        first = last = references[at].code
        if references[at].inside:  # where its row begins stands earlier in the list
            first = last = replace(first, number=first.number - 1)
        at += not references[at].inside
        while _goes_on(references, at, last) and references[at].inside:
            last = references[at].code
            at += 1
        if last != first:
            behind = replace(last, number=last.number + 1)  # unless it was withdrawn
            earlier = {ref.code for ref in references[:at]}
            closed = _goes_on(references, at, last) and behind not in earlier
            last = references[at].code if closed else behind
            at += closed
        pieces.append(str(first) if last == first else f"{first}–{last}")
    return ", ".join(pieces)


def _goes_on(references: Sequence[Reference], at: int, last: CardCode) -> bool:
    """Whether a reference may belong to a row that has come to `last`."""
    code = references[at].code if at < len(references) else last
    before = replace(code, number=code.number - 1)
    other = before != last and before in {ref.code for ref in references[:at]}
    return code > last and code.prefix == last.prefix and not (other and references[at].inside)

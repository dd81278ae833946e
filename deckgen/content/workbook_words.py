"""Words of a workbook that its file leaves to deckgen, or to a template: in the deck's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from deckgen.content.blocks import Block as Piece
from deckgen.content.blocks import BlockKind
from deckgen.content.outline import Part
from deckgen.model.text import Worded, plain, word
from deckgen.model.workbook import Block, Column, Signature, Summary, Table
from deckgen.wording.say import Wording

_ROW = word("Row")


def by_key(pieces: Iterable[Piece], names: Mapping[str, str]) -> list[Piece]:
    """The pieces of a file with labels as deckgen knows them; `names` are what people write."""
    return [
        replace(p, name=names.get(p.name, p.name)) if p.kind is BlockKind.LABEL else p
        for p in pieces
    ]


def names_for(names: Mapping[str, str], keys: Collection[str]) -> frozenset[str]:
    """What people write for some labels."""
    return frozenset(name for name, key in names.items() if key in keys)


def title_of(part: Part, say: Wording) -> Worded:
    """A heading as it is printed: one that a template adds is said in the deck's language."""
    return _said(part.title, say) if part.given else part.title


def in_language(block: Block, part: Part, say: Wording) -> Block:
    """A block; names of columns that its part's file does not name are in the deck's language."""
    match block:
        case Table():
            each = block.each if _typed(part, "Each row") else _said(str(block.each or _ROW), say)
            block = replace(block, each=each)
            return replace(block, columns=_columns(block.columns, part, "Table", say))
        case Signature():
            return replace(block, lines=_columns(block.lines, part, "Signature", say))
        case Summary():
            return replace(block, columns=_columns(block.columns, part, "Summary", say))
    return block


def _columns(
    columns: tuple[Column, ...], part: Part, label: str, say: Wording
) -> tuple[Column, ...]:
    if _typed(part, label):
        return columns
    return tuple(replace(column, title=_said(str(column.title), say)) for column in columns)


def _typed(part: Part, label: str) -> bool:
    """Whether the file itself has a label with words; one of a template stands at its heading."""
    return bool(part.label(label)) and part.labels[label].place != part.place


def _said(text: str, say: Wording) -> Worded:
    said = say.given(text)
    return said if any(run.language for run in said) else plain(said)

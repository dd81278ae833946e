"""Blocks → a tree by heading level: what a workbook file is read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from deckgen.content.blocks import Block, BlockKind
from deckgen.content.misplaced import repeated_label, unknown_label
from deckgen.model.text import Text, joined, plain
from deckgen.problem import Place, Problem, problem


class Part(Struct):
    """A heading and all that stands below it, up to the next heading of its level.

    One that a template adds is `given`.
    """

    title: str
    place: Place
    level: int
    block: Block | None = None
    labels: dict[str, Block] = field(default_factory=dict)
    paragraphs: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    given: bool = False

    @property
    def text(self) -> Text:
        """The paragraphs, run together."""
        return joined(block.text for block in self.paragraphs)

    @property
    def points(self) -> tuple[Text, ...]:
        """The list."""
        return tuple(block.text for block in self.items)

    def label(self, name: str) -> str:
        """A label's value, or nothing."""
        block = self.labels.get(name)
        return plain(block.text).strip() if block else ""


def outline(blocks: Sequence[Block], file: str) -> tuple[Part, list[Problem]]:
    """The tree; its root stands for the file. Words before the first heading are Problems."""
    root = Part("", Place(file, 1, 1), 0)
    stack, found = [root], []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            part = Part(plain(block.text).strip(), block.place, block.level, block)
            if not part.title:
                said, todo = "This heading has no words.", "Write them behind the #."
                found.append(problem("part-empty", block.place, said, todo))
            while stack[-1].level >= block.level:
                stack.pop()
            stack[-1].parts.append(part)
            stack.append(part)
        elif len(stack) == 1:
            said = f"Words stand above the first heading: “{plain(block.text)[:40]}”."
            found.append(problem("text-stray", block.place, said, "Move them below a heading."))
        elif block.kind is BlockKind.LABEL and block.name in stack[-1].labels:
            found.append(repeated_label(block))
        elif block.kind is BlockKind.LABEL:
            stack[-1].labels[block.name] = block
        elif block.kind is BlockKind.ITEM:
            stack[-1].items.append(block)
        elif stack[-1].items:
            said = f"A paragraph stands behind a list. It begins “{plain(block.text)[:40]}”."
            found.append(problem("text-stray", block.place, said, "Move it above."))
        else:
            stack[-1].paragraphs.append(block)
    return root, found


def check_labels(part: Part, labels: Iterable[str]) -> list[Problem]:
    """Labels right below a heading that can't stand there."""
    known = frozenset(labels)
    return [unknown_label(block, known) for name, block in part.labels.items() if name not in known]


def label_of(part: Part, name: str) -> tuple[str, list[Problem]]:
    """A label that must be there."""
    value = part.label(name)
    said, todo = f"“{part.title}” has no line “{name}: …”.", "Add it right below the heading."
    return value, [] if value else [problem("label-missing", part.place, said, todo)]

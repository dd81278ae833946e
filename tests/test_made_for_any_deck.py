"""Nothing in the package is made for one deck: no kind, section or time frame is named in it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "deckgen"
# Names of kinds that are names of other things as well, and what they are there.
OTHERWISE = {
    "talk": "a style of the themes",
    "question": "a style of the themes",
    "text": "a setting of many templates",
    "facts": "what a part takes",
    "picture": "what a part takes, and a part of a theme",
}


def named() -> Iterator[str]:
    """What the deck that ships calls its kinds, their headings, sections and time frames."""
    for path in (ROOT / "templates" / "cards").glob("*.toml"):
        kind = tomllib.loads(path.read_text(encoding="utf-8"))
        yield path.stem
        for part in kind["parts"]:
            yield from filter(None, [part.get("heading")])
    deck = tomllib.loads((ROOT / "content" / "deck.toml").read_text(encoding="utf-8"))
    for section in deck["sections"]:
        yield section["name"]
    for path in (ROOT / "content" / "workbooks").glob("*.md"):
        headings = re.findall(r"(?m)^#{2,4} (.+)$", path.read_text(encoding="utf-8"))
        for heading in headings:
            yield heading
            yield re.sub(r"\W+", "-", heading.lower()).strip("-")


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Strings of a source file that are no docstrings, with their lines."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def names_in(source: str, names: set[str]) -> list[tuple[int, str]]:
    """Strings of a source that are one of the names, whole or between quotes."""
    return [
        (line, name)
        for line, string in strings(ast.parse(source))
        for name in names
        if string == name or (" " in name and name in string)
    ]


# What deckgen's own pages say, although a card says it too.
OWN = {("what_changed", "Talk about it"), ("columns", "Answer")}
NAMES = set(named()) - set(OTHERWISE)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_name_of_the_deck_that_ships_is_in_the_package(path: Path) -> None:
    found = names_in(path.read_text(encoding="utf-8"), NAMES)
    assert [(line, name) for line, name in found if (path.stem, name) not in OWN] == []


def test_a_name_would_be_found() -> None:
    assert len(NAMES) > 30 and "Talk about it" in NAMES and "Immediate" in NAMES
    assert names_in(
        '"""Talk about it"""\nif kind == "story":\n    f("Talk about it now")', NAMES
    ) == [
        (2, "story"),
        (3, "Talk about it"),
    ]


@pytest.mark.parametrize("name", sorted(OTHERWISE))
def test_a_kind_is_never_asked_for_by_its_name(name: str) -> None:
    """Where a kind's name is another thing's too, nothing compares a card's kind with it."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                said = [s.value for s in sides if isinstance(s, ast.Constant)]
                asked = {ast.unparse(s) for s in sides}
                assert name not in said or not asked & {"card.kind", "kind.key", "section.kind"}, (
                    path
                )

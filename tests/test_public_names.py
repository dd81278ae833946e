"""What `import deckgen` promises: a fixed set of names, and documentation that uses no others."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import deckgen
from tests.conftest import ROOT

# A new name is a promise; to take one away breaks somebody's program: say so in CHANGELOG.md.
PUBLIC = [
    "CannotWrite",
    "Live",
    "Options",
    "Problem",
    "Project",
    "Result",
    "__version__",
    "build_files",
    "build_what_changed",
    "changes",
    "check",
    "collect",
    "export_cards",
    "find_folder",
    "plan_import",
    "read_project",
    "read_table",
    "save_files",
    "serving",
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def private_imports(text: str) -> list[str]:
    """What the Python examples of a page take from deckgen that is not public."""
    found = []
    for block in BLOCK.findall(text):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.Import):
                found += [a.name for a in node.names if a.name.startswith("deckgen.")]
            elif isinstance(node, ast.ImportFrom) and node.module == "deckgen":
                found += [a.name for a in node.names if a.name not in PUBLIC]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("deckgen."):
                found.append(str(node.module))
    return found


def test_the_public_names_are_these() -> None:
    assert sorted(deckgen.__all__) == PUBLIC


def test_every_public_name_is_there_and_is_typed() -> None:
    for name in deckgen.__all__:
        assert getattr(deckgen, name) is not None
    source = (ROOT / "deckgen/__init__.py").read_text(encoding="utf-8")
    typed = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(PUBLIC) - {"__version__"} <= typed
    with pytest.raises(AttributeError, match="no attribute 'render'"):
        deckgen.render  # noqa: B018


def test_the_names_cost_nothing_until_they_are_used() -> None:
    script = "import deckgen, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [n for n in done.stdout.split() if n.startswith("deckgen")] == ["deckgen"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_examples_use_public_names_only(page: Path) -> None:
    assert private_imports(page.read_text(encoding="utf-8")) == []


def test_there_are_examples() -> None:
    assert sum(len(BLOCK.findall(p.read_text(encoding="utf-8"))) for p in PAGES) >= 2


@pytest.mark.parametrize(
    ("line", "private"),
    [
        ("from deckgen import read_project, check", []),
        ("from deckgen import read_project, lay_out", ["lay_out"]),
        ("from deckgen.live.state import Live", ["deckgen.live.state"]),
        ("import deckgen.options", ["deckgen.options"]),
        ("import deckgen", []),
    ],
)
def test_private_names_are_noticed(line: str, private: list[str]) -> None:
    assert private_imports(f"Words.\n\n```python\n{line}\n```\n") == private

"""What many tests need: a project folder with the real deck, and the command in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def deck_folder(tmp_path: Path) -> Path:
    """A project with this repository's own words; its looks are the built-in ones."""
    folder = tmp_path / "deck"
    shutil.copytree(ROOT / "content", folder / "content")
    return folder

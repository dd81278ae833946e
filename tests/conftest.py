"""What many tests need: a project folder with the real deck; and no skipping where it counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Where every tool should be there, a test that would be skipped fails instead.
NO_SKIPS = os.environ.get("DECKGEN_NO_SKIPS") == "1"
RIGHTLY_SKIPPED = ("root may write everywhere",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Turn skips into failures if DECKGEN_NO_SKIPS is 1."""
    report = yield
    if NO_SKIPS and report.skipped and not any(r in str(report.longrepr) for r in RIGHTLY_SKIPPED):
        report.outcome = "failed"
        report.longrepr = f"skipped, though nothing may be: {report.longrepr}"
    return report


@pytest.fixture
def deck_folder(tmp_path: Path) -> Path:
    """A project with this repository's own words; its looks are the built-in ones."""
    folder = tmp_path / "deck"
    shutil.copytree(ROOT / "content", folder / "content")
    return folder

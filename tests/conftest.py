"""What many tests need: a project folder with the real deck; and no skipping where it counts."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from deckgen import project
from tests.shared import Shared, of_this_run

ROOT = Path(__file__).resolve().parent.parent
NOW = date(2026, 11, 24)  # the day after the deck's issue
# SOURCE_DATE_EPOCH for commands of their own: the deck's day of issue, so that bytes are the same.
DAY_OF_ISSUE = "1795392000"
# Where every tool should be there, a test that would be skipped fails instead.
NO_SKIPS = os.environ.get("DECKGEN_NO_SKIPS") == "1"
RIGHTLY_SKIPPED = ("root may write everywhere",)

# The same examples every time, and few: a run must not depend on luck. To look for more:
# HYPOTHESIS_PROFILE=search .venv/bin/python -m pytest -k test_any
settings.register_profile(
    "usual",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", max_examples=3000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Turn skips into failures if DECKGEN_NO_SKIPS is 1."""
    report = yield
    if NO_SKIPS and report.skipped and not any(r in str(report.longrepr) for r in RIGHTLY_SKIPPED):
        report.outcome = "failed"
        report.longrepr = f"skipped, though nothing may be: {report.longrepr}"
    return report


def pytest_collection_finish() -> None:
    """Look for rubbish less often: finished files that were read stay in memory, on purpose."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _a_day_in_the_edition() -> Generator[None]:
    """No test depends on the calendar: it is always the day after the deck's issue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "day_of_the_clock", lambda: NOW)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What is made once a run."""
    return of_this_run(tmp_path_factory)


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """A command that is called in the test's own process takes over Ctrl-C; give it back."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as behind a shell's "&"
        signal.signal(signal.SIGINT, signal.default_int_handler)
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    yield
    for number, handler in before:
        signal.signal(number, handler)


@pytest.fixture
def deck_folder(tmp_path: Path) -> Path:
    """A project with this repository's own words; its looks are the built-in ones."""
    folder = tmp_path / "deck"
    shutil.copytree(ROOT / "content", folder / "content")
    return folder

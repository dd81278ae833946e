"""start.py: when tests run side by side, and what a floor is worth."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

SIDE_BY_SIDE = ["-n", "auto", "--dist", "worksteal"]


@pytest.fixture(scope="module")
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("words", [[], ["-q"], ["-m", "not slow"], ["-vv", "--durations=9"]])
def test_all_tests_and_all_quick_ones_run_side_by_side(
    start: ModuleType, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert start.side_by_side(words) == SIDE_BY_SIDE
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert start.side_by_side(words) == []


@pytest.mark.parametrize(
    "words",
    [
        ["tests/sheets"],
        ["-x"],
        ["--pdb"],
        ["-k", "fold"],
        ["-n", "3"],
        ["-p", "no:xdist"],
        ["--lf"],
    ],
)
def test_whoever_looks_at_some_tests_sees_one_after_the_other(
    start: ModuleType, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert start.side_by_side(words) == []


def test_the_floor_fails_and_holds(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One small test, run by a worker, runs little of the code."""
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    monkeypatch.setattr(start, "VENV", str(tmp_path))
    # The run that this test is part of may be measured too, and may have workers.
    outer = ("SLIPCOVER_", "PYTEST_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    said = []

    def call(*command: str, cwd: str) -> int:
        if "pytest" in command and said:
            return 0  # it is measured by now
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
        said.append(done.stdout)
        return done.returncode

    monkeypatch.setattr(start, "call", call)
    for floor, code in ((99, 2), (0.5, 0)):
        monkeypatch.setattr(start, "COVERED_PERCENT", floor)
        assert start.cover(["tests/test_any_geometry.py", "-q", "-n", "1"]) == code
    ran, *tables = said
    assert "passed" in ran and all("deckgen/cli" in table for table in tables)
    assert not any("geometry.py" in table for table in tables), "all of it was run"


def test_tests_that_fail_are_not_made_good_by_the_floor(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "call", lambda *_command, cwd: 1)
    assert start.cover([]) == 1

"""start.py: when tests run side by side, and what a floor is worth."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
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


@pytest.mark.parametrize(("floor", "code"), [(0, 0), (99, 2)])
def test_the_floor_holds_and_fails(
    start: ModuleType, floor: int, code: int, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One small test runs little of the code, whether its processes are one or two."""
    monkeypatch.setattr(start, "COVERED_PERCENT", floor)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    monkeypatch.setattr(start, "VENV", str(tmp_path))
    said = []

    # The run that this test is part of may be measured too, and may have workers.
    outer = ("SLIPCOVER_", "PYTEST_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(outer)}

    def call(*command: str, cwd: str) -> int:
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
        said.append(done.stdout)
        return done.returncode

    monkeypatch.setattr(start, "call", call)
    assert start.cover(["tests/test_any_geometry.py", "-q", "-n", "1"]) == code
    assert "passed" in said[0] and "deckgen/cli" in said[1]
    assert "geometry.py" not in said[1], "all of it was run"

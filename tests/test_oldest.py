"""The oldest reportlab that pyproject.toml allows makes the same bytes as the one that is here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
SCRIPT = """
import sys
from deckgen.__main__ import run
code = run(["build", "--output", sys.argv[1]])
import reportlab
print(code, reportlab.__version__)
"""


def range_of(package: str) -> str:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (found,) = [d for d in project["dependencies"] if d.startswith(package)]
    return str(found).removeprefix(package)


def oldest(wanted: str) -> str:
    found = re.fullmatch(r">=([0-9.]+),<[0-9.]+", wanted)
    assert found, f"{wanted} has no oldest version, or no end"
    return found[1]


def built(output: Path, libraries: Path | None = None) -> tuple[str, dict[str, bytes]]:
    """The version that was really used, and the files; `libraries` come before those of .venv."""
    path = os.pathsep.join(str(p) for p in (libraries, ROOT) if p)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(output)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    code, version = (done.stdout or "1 none").splitlines()[-1].split()
    assert code == "0", done.stdout + done.stderr
    return version, {file.name: file.read_bytes() for file in output.glob("*.pdf")}


def test_the_oldest_version_makes_the_same_files(tmp_path: Path) -> None:
    version = oldest(range_of("reportlab"))
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target"]
    done = subprocess.run(
        [*pip, tmp_path / "old", f"reportlab=={version}"], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"reportlab {version} can't be installed here: {done.stderr[-200:].strip()}")
    here, new = built(tmp_path / "new")
    there, old = built(tmp_path / "files", tmp_path / "old")
    assert there == version != here
    assert len(new) == 4
    assert old == new


@pytest.mark.parametrize("wanted", ["==5.1.0", ">=4.5.1", "", ">=4.5.1,<=5.2"])
def test_a_range_without_an_end_is_noticed(wanted: str) -> None:
    with pytest.raises(AssertionError, match="oldest"):
        oldest(wanted)


def test_the_newest_version_is_in_the_range() -> None:
    """What the other tests run with is what constraints.txt names: the newest that is allowed."""
    exact = re.search(r"(?m)^reportlab==(.*)$", (ROOT / "constraints.txt").read_text("utf-8"))
    assert exact
    here = tuple(map(int, exact[1].split(".")))
    end = tuple(map(int, range_of("reportlab").rpartition("<")[2].split(".")))
    assert tuple(map(int, oldest(range_of("reportlab")).split("."))) < here < end
    assert (end[0], end[1] - 1) == here[:2]

"""The built wheel works where nothing but its dependencies is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import DAY_OF_ISSUE

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command in a folder, away from the checkout; returns what it printed."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env["SOURCE_DATE_EPOCH"] = DAY_OF_ISSUE
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    run(sys.executable, *build, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_starter_deck_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    examples = [f"examples/{folder.name}/content" for folder in (ROOT / "examples").iterdir()]
    for folder in ("content", "templates", "fonts", *examples):
        here = {p for p in (ROOT / folder).rglob("*.*") if not p.name.startswith(".")}
        wanted = {f"deckgen/starter/{p.relative_to(ROOT).as_posix()}" for p in here}
        assert wanted <= names
    page = {p.name for p in (ROOT / "deckgen" / "live" / "page").iterdir()}
    assert len(page) == 4 and {f"deckgen/live/page/{name}" for name in page} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/fonts/OFL.txt") for name in names)
    assert any(name.endswith("licenses/deckgen/editions/english-licence.txt") for name in names)
    assert {"deckgen/editions/english.txt.gz", "deckgen/py.typed"} <= names
    assert {"deckgen/wording/words.pot", "deckgen/wording/de.po"} <= names
    assert not any(name.startswith(("tests", "output", "docs")) for name in names)


def test_an_installed_deckgen_makes_and_builds_a_deck(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    bin_folder = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = (bin_folder / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    run(bin_folder / "deckgen", "new", "my-deck", cwd=tmp_path)
    said = run(bin_folder / "deckgen", "build", cwd=tmp_path / "my-deck")
    assert "Wrote" in said
    written = sorted((tmp_path / "my-deck" / "output").glob("*.pdf"))
    assert len(written) == 4
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)
    run(bin_folder / "deckgen", "new", "mine", "--from", "flash-cards", cwd=tmp_path)
    assert run(bin_folder / "deckgen", "check", cwd=tmp_path / "mine") == "No problems found.\n"

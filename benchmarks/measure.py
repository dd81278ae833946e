"""What one process costs, and small decks to measure with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
DECKGEN = (PYTHON, "-m", "deckgen")
REASON = "So that there is something to measure."


class Cost(NamedTuple):
    """CPU seconds (user and system) and the most memory in MB of one whole process."""

    cpu_s: float
    peak_mb: float


class Failed(Exception):
    """A command did not do its work; its last line says why."""


def cost(command: Sequence[str]) -> Cost:
    """Run a command from the repository's folder. Raises Failed unless it ends with 0."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryFile() as said:
        run = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").split("\n")
            last = next((line.strip() for line in reversed(lines) if line.strip()), "no word")
            raise Failed(f"exit {run.returncode}: {last}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def copy_project(folder: Path) -> Path:
    """A copy of the built-in deck."""
    for part in ("content", "templates", "fonts"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first of some words in a file; they must be there."""
    words = file.read_text(encoding="utf-8")
    if old not in words:
        raise SystemExit(f"{file} has no {old!r} any more: change the benchmark")
    file.write_text(words.replace(old, new, 1), encoding="utf-8")


def issue(project: Path, edition: int) -> Cost:
    """Issue an edition, with a reason for each change; only the issue itself is measured."""
    settings, home = project / "content/deck.toml", ["--project", str(project)]
    words = settings.read_text(encoding="utf-8")
    numbered = re.sub(r'(?m)^number = ".*"$', f'number = "{edition}"', words)
    settings.write_text(numbered, encoding="utf-8")
    if edition > 1:
        cost([*DECKGEN, "diff", "--declare", *home])
        changes = project / f"content/editions/{edition}-changes.toml"
        words = changes.read_text(encoding="utf-8")
        changes.write_text(words.replace('reason = ""', f'reason = "{REASON}"'), encoding="utf-8")
    people = ["--owner", "Jo Green", "--approver", "Alex Brown"]
    return cost([*DECKGEN, "issue", "--edition", str(edition), *people, *home])

"""A real browser and a running `deckgen preview --serve`, for tests."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_DRIVER = Path(__file__).with_name("browse.mjs")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def why_not() -> str:
    """Why there can't be a browser here; empty if there can."""
    if not shutil.which("node"):
        return "Node.js is not installed"
    if not _browser():
        return "Chromium is not installed"
    if not (ROOT / "tests/engines/pdfjs/node_modules/playwright-core").is_dir():
        return "Playwright is not installed: npm install --prefix tests/engines/pdfjs"
    return ""


def _browser() -> str:
    return next(filter(None, map(shutil.which, _BROWSERS)), "")


class Browser:
    """One page of a browser, told step by step; the steps are in browse.mjs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __getattr__(self, step: str) -> Any:
        def tell(value: Any = None) -> Any:
            answer = self._tell({step: value})
            assert "fault" not in answer, answer["fault"]
            return answer["value"]

        return tell

    def _tell(self, order: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def launch(self) -> None:
        assert self._tell({"launch": _browser()}) is True


@cache
def _driver() -> subprocess.Popen[str]:
    """The one browser of this process, started when it is first asked for."""
    process = subprocess.Popen(
        ["node", str(_DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=30)
    finally:
        process.kill()


@contextmanager
def browser() -> Iterator[Browser]:
    """A page in a headless Chromium, with nothing in its profile."""
    made = Browser(_driver())
    made.launch()
    yield made
    made.leave()


@contextmanager
def served(folder: Path, *words: str) -> Iterator[str]:
    """`deckgen preview --serve` for a project; gives the address, and ends it with Ctrl-C."""
    command = [sys.executable, "-u", "-m", "deckgen", "preview", "--serve", *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--project", str(folder)], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            process.kill()

"""pdf.js, the engine of Firefox, in a real browser: typed into, clicked and saved."""

from __future__ import annotations

import atexit
import base64
import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.engines.engine import SCALE, Answer

_HERE = Path(__file__).with_name("pdfjs")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class PdfJs:
    """pdf.js in the version that package.json names."""

    name = "pdf.js (Firefox)"

    def why_not(self) -> str:
        if not shutil.which("node"):
            return "Node.js is not installed"
        if not _browser():
            return "Chromium is not installed"
        if not (_HERE / "node_modules" / "pdfjs-dist").is_dir():
            return "pdf.js is not installed: npm install --prefix tests/engines/pdfjs"
        return ""

    def version(self) -> str:
        package = json.loads((_HERE / "package.json").read_text(encoding="utf-8"))
        return str(package["dependencies"]["pdfjs-dist"])

    def fill(self, data: bytes, answers: Sequence[Answer]) -> bytes:
        done = _run(data, answers=[asdict(answer) for answer in answers])
        return base64.b64decode(done["saved"])

    def read(self, data: bytes) -> Mapping[str, str]:
        return dict(_run(data)["values"])

    def pictures(self, data: bytes, pages: Sequence[int]) -> Mapping[int, Image.Image]:
        done = _run(data, pages=list(pages), scale=SCALE)
        assert done["version"] == self.version()
        return {
            int(number): Image.open(BytesIO(base64.b64decode(png))).convert("L")
            for number, png in done["pictures"].items()
        }


def _browser() -> str:
    return next(filter(None, map(shutil.which, _BROWSERS)), "")


class _Browser:
    """One browser for all jobs of this process; it ends when its input does."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._node = subprocess.Popen(
            ["node", "drive.mjs", _browser()],
            cwd=_HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        atexit.register(self.close)

    def do(self, job: Mapping[str, Any]) -> Any:
        """A job's result. A browser that hangs is ended after three minutes."""
        assert self._node.stdin and self._node.stdout
        guard = threading.Timer(180, self._node.kill)
        guard.start()
        try:
            print(json.dumps(job), file=self._node.stdin, flush=True)
            line = self._node.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            guard.cancel()
        assert line, self.complaint()
        return json.loads(line)

    def complaint(self) -> str:
        """What it said before it ended; the next job gets a new one."""
        _one_browser.cache_clear()
        self.close()
        self._said.seek(0)
        return self._said.read() or "the browser ended without a word"

    def close(self) -> None:
        self._node.communicate(timeout=30)


@cache
def _one_browser() -> _Browser:
    return _Browser()


def _run(data: bytes, **job: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "file.pdf")
        file.write_bytes(data)
        return _one_browser().do({**job, "file": str(file)})

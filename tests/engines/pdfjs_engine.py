"""pdf.js, the engine of Firefox, in a real browser: typed into, clicked and saved."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
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


def _run(data: bytes, **job: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "file.pdf")
        file.write_bytes(data)
        done = subprocess.run(
            ["node", "drive.mjs"],
            cwd=_HERE,
            input=json.dumps({**job, "file": str(file), "browser": _browser()}),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)

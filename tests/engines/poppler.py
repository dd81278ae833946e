"""poppler, the engine of Evince and Okular, through its GObject interface.

That interface is bound to the system's own Python, so a small script runs there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PIL import Image

from tests.engines.engine import SCALE, Answer, button_values

_SYSTEM_PYTHON = "/usr/bin/python3"
_SCRIPT = Path(__file__).with_name("poppler_script.py")


class Poppler:
    """poppler as the system has it."""

    name = "poppler (Evince, Okular)"

    def why_not(self) -> str:
        if not shutil.which("pdftoppm") or not Path(_SYSTEM_PYTHON).exists():
            return "poppler-utils or the system's Python is not installed"
        try:
            _run({"task": "version"})
        except subprocess.CalledProcessError:
            return "python3-gi or gir1.2-poppler-0.18 is not installed"
        return ""

    def version(self) -> str:
        return str(_run({"task": "version"}))

    def fill(self, data: bytes, answers: Sequence[Answer]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "old.pdf"), Path(folder, "new.pdf")
            old.write_bytes(data)
            buttons = button_values(data)
            given = [asdict(_numbered(answer, buttons)) for answer in answers]
            _run({"task": "fill", "file": str(old), "to": str(new), "answers": given})
            return new.read_bytes()

    def read(self, data: bytes) -> Mapping[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "file.pdf")
            file.write_bytes(data)
            found = dict(_run({"task": "read", "file": str(file)}))
        buttons = button_values(data)
        chosen = {n: v[int(found[n]) - 1] for n, v in buttons.items() if found.get(n)}
        return found | chosen

    def pictures(self, data: bytes, pages: Sequence[int]) -> Mapping[int, Image.Image]:
        made = {}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "file.pdf")
            file.write_bytes(data)
            for number in pages:
                page, stem = str(number + 1), Path(folder, f"page{number}")
                command = ["pdftoppm", "-r", str(72 * SCALE), "-f", page, "-l", page, "-gray"]
                subprocess.run([*command, "-singlefile", "-png", file, stem], check=True)
                made[number] = Image.open(stem.with_suffix(".png")).convert("L").copy()
        return made


def _numbered(answer: Answer, buttons: Mapping[str, list[str]]) -> Answer:
    """The interface doesn't tell what a radio button stands for, so they are counted."""
    if answer.kind != "radio":
        return answer
    return replace(answer, value=str(buttons[answer.name].index(answer.value) + 1))


def _run(job: dict[str, Any]) -> Any:
    done = subprocess.run(
        [_SYSTEM_PYTHON, str(_SCRIPT)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)

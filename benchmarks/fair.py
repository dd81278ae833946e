"""Does the idiomatic script still make what deckgen makes? Pages, words and fields of each file.

    python -m benchmarks.fair

Ends with 1 if anything differs. Cards' check codes are made up there, so they don't count.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf

from benchmarks import as_yaml
from benchmarks.measure import DECKGEN, PYTHON, copy_project, cost

FILES = {"deck-sheets-a4": "deck-sheets", "workbook": "workbook", "pack": "pack"}


def facts(file: Path) -> Counter[str]:
    """What a file has, and how often."""
    with pymupdf.open(file) as pdf:
        found = Counter({"(pages)": len(pdf)})
        for page in pdf:
            text = re.sub(r"· [0-9A-Z]{4}(?=\s)", "", page.get_text())
            found.update(re.findall(r"\w+", text))
            found.update(f"({field.field_type_string})" for field in page.widgets())
    return found


def main() -> int:
    """Say what differs."""
    fine = True
    with TemporaryDirectory() as home:
        project, ours, other = (Path(home, name) for name in ("deck", "ours", "other"))
        copy_project(project)
        as_yaml.write(project / "yaml")
        targets = ["sheets", "workbook", "pack"]
        cost([*DECKGEN, "build", *targets, "--project", str(project), "--output", str(ours)])
        cost([PYTHON, "-m", "benchmarks.idiomatic", str(project / "yaml"), str(other)])
        for name, script_name in FILES.items():
            mine, theirs = facts(ours / f"{name}.pdf"), facts(other / f"{script_name}.pdf")
            print(
                f"{name}: {mine.total()} words, fields and pages; {theirs.total()} in the script's"
            )
            for what, found in (("lacks", mine - theirs), ("has more", theirs - mine)):
                fine &= not found
                print(f"  it {what}: {dict(found)}" if found else f"  it {what}: nothing")
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main())

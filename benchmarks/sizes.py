"""What the default files are made of: bytes by kind of object, as qpdf reads them.

    python -m benchmarks.sizes

Streams are counted as they lie in the file. Objects without a stream share what is left of the file
in proportion to their text, so that object streams are counted right too.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from benchmarks.measure import DECKGEN, copy_project, cost

FRAME = len("1234 0 obj\n\nstream\n\nendstream\nendobj\n")
FILES = ("deck-sheets-a4", "deck-screen", "workbook", "pack")
TYPES = {
    "/StructTreeRoot": "structure",
    "/Font": "font dictionaries",
    "/FontDescriptor": "font dictionaries",
    "/Annot": "fields and links",
    "/Page": "pages and bookmarks",
    "/Pages": "pages and bookmarks",
    "/Outlines": "pages and bookmarks",
    "/Metadata": "metadata",
}
# Keys by which objects without a type are known.
KEYS = {
    "/FT": "fields and links",
    "/T": "fields and links",
    "/Title": "pages and bookmarks",
    "/Nums": "structure",
    "/Length1": "font files",
    "/N": "colour profiles",
}


def kind_of(thing: Any, contents: set[Any]) -> str:
    """The kind of one object."""
    if isinstance(thing, pikepdf.Array):
        first = thing[0] if len(thing) else None
        if _is_element(first):
            return "structure"
        return "font dictionaries" if isinstance(first, int | float) else "the rest"
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return "the rest"
    if _is_element(thing):
        return "structure"
    if thing.objgen in contents or thing.get("/Subtype") == "/Form":
        return "content"
    if str(thing.get("/Type", "")) in TYPES:
        return TYPES[str(thing["/Type"])]
    if isinstance(thing, pikepdf.Stream) and b"begincmap" in thing.read_bytes():
        return "font dictionaries"
    return next((kind for key, kind in KEYS.items() if key in thing), "the rest")


def _is_element(thing: Any) -> bool:
    """Structure elements may leave out their type."""
    return isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing


def sizes_of(file: Path) -> tuple[Counter[str], Counter[str]]:
    """Bytes, and numbers of objects, by kind."""
    data = file.read_bytes()
    table = data[int(re.findall(rb"startxref\s+(\d+)", data)[-1]) :]
    taken, texts, numbers = Counter[str](), Counter[str](), Counter[str]()
    with pikepdf.open(file) as pdf:
        contents = set()
        for page in pdf.pages:
            streams = page.obj.get("/Contents", [])
            one = isinstance(streams, pikepdf.Stream)
            contents |= {stream.objgen for stream in ([streams] if one else streams)}
        for thing in pdf.objects:
            if thing is None or _of_the_file(thing):
                continue
            kind = kind_of(thing, contents)
            numbers[kind] += 1
            if isinstance(thing, pikepdf.Stream):
                text = len(pikepdf.Dictionary(dict(thing.stream_dict.items())).unparse())
                taken[kind] += len(thing.read_raw_bytes()) + text + FRAME
            else:
                texts[kind] += len(thing.unparse(resolved=True))
    taken["cross-reference table"], numbers["cross-reference table"] = len(table), 1
    left = len(data) - taken.total()
    for kind, text in texts.items():
        taken[kind] += round(text * left / texts.total())
    return taken, numbers


def _of_the_file(thing: Any) -> bool:
    """Object and cross-reference streams hold other objects and are none themselves."""
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/ObjStm", "/XRef")


def main() -> None:
    """Print a table."""
    with TemporaryDirectory() as home:
        project = copy_project(Path(home, "deck"))
        cost([*DECKGEN, "build", "--project", str(project)])
        found = [sizes_of(project / f"output/{name}.pdf") for name in FILES]
    print(f"| bytes (objects) | {' | '.join(FILES)} |")
    print("|---" * (len(FILES) + 1) + "|")
    whole = sum((taken for taken, _ in found), Counter[str]())
    for kind, _ in whole.most_common():
        cells = (f"{taken[kind]:,} ({numbers[kind]:,})" for taken, numbers in found)
        print(f"| {kind} | {' | '.join(cells)} |")
    print(f"| **whole file** | {' | '.join(f'{taken.total():,}' for taken, _ in found)} |")


if __name__ == "__main__":
    main()

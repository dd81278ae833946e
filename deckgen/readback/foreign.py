"""Finished PDFs from elsewhere, made fit to be parts of a pack.

Another process reads such a file and writes down what is in it anew, in the plain form of our own
files: only that is joined. What can't come along is said in words.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

from deckgen.pdf.objects import File, Indirect, Name
from deckgen.pdf.outline import page_labels
from deckgen.problem import Place, Problem, problem
from deckgen.readback.copying import Copy, name_tree
from deckgen.readback.document import (
    Document,
    entry,
    fields_of,
    labels_of,
    listed,
    names_of,
    raw,
    text,
)
from deckgen.readback.facts import inherited
from deckgen.readback.faults import faults_of
from deckgen.readback.join import Part
from deckgen.readback.limits import BROKEN, MENDED, Limits, Refused, one_from_child, refuse_cut
from deckgen.readback.reading import read

LIMITS = Limits(megabytes=100, seconds=60)
MOST_PAGES = 2000
_US_LETTER = [0, 0, 612, 792]  # what viewers take for a page that has no size
_KEPT = ("StructTreeRoot", "MarkInfo", "Lang", "Metadata", "ViewerPreferences", "OCProperties")
_JOINED = ("Pages", "Names", "Dests", "AcroForm", "Outlines", "PageLabels", "Type")
_QUIET = ("PageMode", "PageLayout", "Version", "Extensions", "PieceInfo", "AF", "Info")
_ON_PAGES = ("B", "DPart", "PresSteps", "TemplateInstantiated")
_LOST = {
    "Collection": "the way in which its attached files are shown",
    "OutputIntents": "what it says of the press that it is for",
    "Perms": "the seal of its signature",
    "DSS": "the certificates of its signature",
    "Threads": "its article threads",
    "URI": "the address that its links begin with",
    "XFA": "its second form (XFA); its plain form is there",
    "CO": "the order in which its fields are worked out",
    "NeedAppearances": "the wish that viewers draw its fields anew",
}


def open_foreign(
    data: bytes, file: str, paper_pt: tuple[float, float] | None = None
) -> tuple[Part | None, list[Problem]]:
    """A part for `join`, and what is to be said of it; None if the file can't be read.

    `paper_pt` is the pack's paper: pages of another size are named.
    """
    place = Place(file)
    try:
        found = one_from_child("foreign:cleaned", data, limits=LIMITS)
    except Refused as refusal:
        why = f"This file can't be read: {refusal.why}."
        return None, [problem("part-unreadable", place, why, refusal.todo)]
    problems = [
        problem("part-left-out", place, f"The pack can't take in {what}.", _TODO)
        for what in found["lost"]
    ]
    if found["mended"]:
        problems.append(problem("file-mended", place, *MENDED))
    if found["faults"]:
        why = f"This file keeps the pack from being accessible: {found['faults'][0]}."
        todo = "Ask for a tagged copy (PDF/UA), or give the file out beside the pack."
        problems.append(problem("part-untagged", place, f"{why} The pack claims no PDF/UA.", todo))
    others = _other_sizes(found["sizes"], paper_pt) if paper_pt else []
    if others:
        why = f"Pages are not of the pack's paper: {', '.join(map(str, others))}."
        problems.append(problem("part-paper", place, why, "Print them by themselves."))
    title = found["title"] or file.replace("\\", "/").rpartition("/")[2].removesuffix(".pdf")
    return Part(title, b64decode(found["pdf"]), sound=not found["faults"]), problems


_TODO = "Give the file out beside the pack if that is needed."


def _other_sizes(sizes: list[list[float]], paper_pt: tuple[float, float]) -> list[int]:
    """Pages, from 1, that are neither upright nor sideways of this paper, to a millimetre."""
    wanted = sorted(paper_pt)
    return [
        number
        for number, size in enumerate(sizes, 1)
        if any(abs(a - b) > 3 for a, b in zip(sorted(size), wanted, strict=True))
    ]


def cleaned(data: bytes) -> Iterator[dict[str, Any]]:
    """What is in a file, written down anew, for another process. Raises nearly anything."""
    refuse_cut(data)
    document = read(data)
    if not document.pages:
        raise Refused("it has no pages", BROKEN[1])
    if len(document.pages) > MOST_PAGES:
        raise Refused(f"it has more than {MOST_PAGES} pages", "Take out what is needed.")
    lost = [words for key, words in _LOST.items() if key in document.catalog.value]
    lost += [words for k, words in _LOST.items() if raw(entry(document.catalog, "AcroForm"), k)]
    known = {*_KEPT, *_JOINED, *_QUIET, *_LOST, "AA", "OpenAction"}
    lost += [f"its /{key}" for key in document.catalog.value if key not in known]
    _mend_pages(document)
    if _mend_outline(document):
        lost.append("bookmarks that lead back to themselves")
    if _break_signatures(document):
        lost.append("its signature: it holds for that file alone")
    made, left_out = _written(document)
    lost += [f"its {what}" for what in left_out]
    clean = read(made)
    yield {
        "pdf": b64encode(made).decode(),
        "title": text(raw(document.info, "Title")),
        "lost": lost,
        "mended": document.mended,
        "faults": faults_of(clean),
        "sizes": [_size(page.value) for page in clean.pages],
    }


def _mend_pages(document: Document) -> None:
    for page in document.pages:
        box = [entry(v) for v in listed(page.value.get("MediaBox"))]
        numbers = all(type(v) in (int, float) for v in box)
        page["MediaBox"] = box if len(box) == 4 and numbers else _US_LETTER
        for key in _ON_PAGES:
            page.value.pop(key, None)
        page["Annots"] = [a for a in listed(page.value.get("Annots")) if type(entry(a)) is dict]
        for annotation in page["Annots"]:
            entry(annotation)["P"] = page


def _break_signatures(document: Document) -> bool:
    signed = [node for node, _ in fields_of(document) if text(inherited(node, "FT")) == "Sig"]
    return len([entry(node).pop("V") for node in signed if "V" in entry(node)]) > 0


def _written(document: Document) -> tuple[bytes, list[str]]:
    """The file in the plain form, and what was left out."""
    catalog, copy = document.catalog, Copy(document, {})
    root = Indirect({"Type": Name("Pages"), "Count": len(copy.pages), "Kids": copy.pages})
    copy.fill_pages(root)
    form = {k: raw(raw(catalog, "AcroForm"), k) for k in ("Fields", "DR", "DA", "Q")}
    form["Fields"] = [f if type(f) is Indirect else Indirect(f) for f in listed(form["Fields"])]
    ways = {name: copy.value(to) for name, to in names_of(document).items()}
    attached = copy.value(raw(entry(catalog, "Names"), "EmbeddedFiles"))
    names = {"Dests": name_tree(ways) if ways else None, "EmbeddedFiles": attached}
    file = File()
    file.info.value |= copy.value(document.info.value or {})
    file.Catalog.value |= {
        **{key: copy.value(catalog.value.get(key)) for key in _KEPT},
        "Pages": root,
        "PageLabels": page_labels(labels_of(document)),
        "AcroForm": copy.value(form) if form["Fields"] else None,
        "Names": names if ways or attached else None,
        "Outlines": copy.value(raw(catalog, "Outlines")),
    }
    copy.finish()
    return file.to_bytes(), [what for what in copy.left_out if what]


def _mend_outline(document: Document) -> bool:
    """Set the links of all bookmarks anew, each once; True if some came again."""
    top, again = raw(document.catalog, "Outlines"), False
    waiting, seen = [top], {top} if isinstance(top, Indirect) else set[Any]()
    while waiting:
        above = waiting.pop()
        kids, kid = [], raw(above, "First")
        while isinstance(kid, Indirect) and type(kid.value) is dict and kid not in seen:
            seen.add(kid)
            kids.append(kid)
            kid = kid.value.get("Next")
        again |= isinstance(kid, Indirect) and kid in seen
        if isinstance(above, Indirect) and type(above.value) is dict:
            for key in ("First", "Last", "Count"):
                above.value.pop(key, None)
            if kids:
                above.value |= {"First": kids[0], "Last": kids[-1], "Count": -len(kids)}
        for one, before, after in zip(kids, [None, *kids], [*kids[1:], None], strict=False):
            one.value |= {"Parent": above, "Prev": before, "Next": after}
        waiting += kids
    if raw(top, "First") is None:
        document.catalog.value.pop("Outlines", None)
    return again


def _size(page: dict[str, Any]) -> list[float]:
    left, bottom, right, top = page.get("CropBox") or page["MediaBox"]
    return [right - left, top - bottom]

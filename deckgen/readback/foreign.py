"""Finished PDFs from elsewhere, made fit to be parts of a pack.

Another process reads such a file and writes down what is in it anew, in the plain form of our own
files: only that is joined. What can't come along is said in words.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from deckgen.pdf.objects import File, Indirect, Name
from deckgen.pdf.outline import page_labels
from deckgen.problem import Place, Problem, problem
from deckgen.readback.copying import Copy, name_tree
from deckgen.readback.document import Document, entry, listed, raw, text
from deckgen.readback.faults import faults_of
from deckgen.readback.join import Part
from deckgen.readback.limits import BROKEN, MENDED, Limits, Refused, one_from_child, refuse_cut
from deckgen.readback.reading import read
from deckgen.readback.ways import fields_of, inherited, labels_of, names_of, outline

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
_TODO = "Give the file out beside the pack if that is needed."


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
    told = [("part-left-out", f"The pack can't take in {what}.", _TODO) for what in found["lost"]]
    if found["mended"]:
        told.append(("file-mended", *MENDED))
    if found["faults"]:
        why = f"This file keeps the pack from being accessible: {found['faults'][0]}."
        todo = "Ask for a tagged copy (PDF/UA), or give the file out beside the pack."
        told.append(("part-untagged", f"{why} The pack claims no PDF/UA.", todo))
    others = [str(n) for n, size in enumerate(found["sizes"], 1) if not _fits(size, paper_pt)]
    if others:
        why = f"Pages are not of the pack's paper: {', '.join(others)}."
        told.append(("part-paper", why, "Print them by themselves."))
    title = found["title"] or file.replace("\\", "/").rpartition("/")[2].removesuffix(".pdf")
    part = Part(title, b64decode(found["pdf"]), sound=not found["faults"])
    return part, [problem(code, place, why, todo) for code, why, todo in told]


def _fits(size: list[float], paper_pt: tuple[float, float] | None) -> bool:
    """Whether a page is upright or sideways of this paper, to a millimetre."""
    sides = zip(sorted(size), sorted(paper_pt or size), strict=True)
    return all(abs(a - b) <= 3 for a, b in sides)


def cleaned(data: bytes) -> Iterator[dict[str, Any]]:
    """What is in a file, written down anew, for another process. Raises nearly anything."""
    refuse_cut(data)
    document = read(data)
    if not document.pages:
        raise Refused("it has no pages", BROKEN[1])
    if len(document.pages) > MOST_PAGES:
        raise Refused(f"it has more than {MOST_PAGES} pages", "Take out what is needed.")
    catalog, form = document.catalog.value, entry(document.catalog, "AcroForm")
    lost = [words for key, words in _LOST.items() if key in catalog or raw(form, key)]
    known = {*_KEPT, *_JOINED, *_QUIET, *_LOST, "AA", "OpenAction"}
    lost += [f"its /{key}" for key in catalog if key not in known]
    _mend_pages(document)
    if _mend_outline(document):
        lost.append("bookmarks that lead back to themselves")
    signed = [entry(n) for n, *_ in fields_of(document) if text(inherited(n, "FT")) == "Sig"]
    if [node.pop("V") for node in signed if "V" in node]:
        lost.append("its signature: it holds for that file alone")
    made, left_out = _written(document)
    lost += [f"its {what}" for what in left_out]
    clean = read(made)
    boxes = [page.value.get("CropBox") or page["MediaBox"] for page in clean.pages]
    yield {
        "pdf": b64encode(made).decode(),
        "title": text(raw(document.info, "Title")),
        "lost": lost,
        "mended": document.mended,
        "faults": faults_of(clean),
        "sizes": [[box[2] - box[0], box[3] - box[1]] for box in boxes],
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
    return file.to_bytes(), [what for what in +copy.left_out if what]


def _mend_outline(document: Document) -> bool:
    """Set the links of all bookmarks anew, each once; True if some came again."""
    old, top = raw(document.catalog, "Outlines"), Indirect({"Type": Name("Outlines")})
    ways = [(item, depth) for item, depth, _ in outline(document) if type(item) is Indirect]
    found = [(item, depth) for item, depth in ways if item is not old]
    links = [old, *(raw(item, key) for item in (old, *dict(found)) for key in ("First", "Next"))]
    met = [id(entry(to)) for to in links if type(entry(to)) is dict]
    kids, path = defaultdict[Indirect, list[Indirect]](list), [top]
    for item, depth in found:
        del path[depth + 1 :]
        kids[path[-1]].append(item)
        path.append(item)
    for above in (top, *dict(found)):
        own = kids[above]
        ends = (own[0], own[-1], -len(own)) if own else (None, None, None)
        above.value |= zip(("First", "Last", "Count"), ends, strict=True)
        for one, before, after in zip(own, [None, *own], [*own[1:], None], strict=False):
            one.value |= {"Parent": above, "Prev": before, "Next": after}
    document.catalog["Outlines"] = top if found else None
    return len(set(met)) < len(met)

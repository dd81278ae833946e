"""What becomes of answers on their way back: the odd cases, and what is known to fail in each.

Run as a script, it writes docs/returned-files.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.engines.matrix import VERSIONS, _row
from tests.readback import odd_files as odd

PAGE = Path(__file__).resolve().parents[2] / "docs" / "returned-files.md"
SAVED: dict[str, odd.Make] = {
    "as its engine saved it": lambda data: data,
    "saved once more behind its end": odd.incremental,
}
KEPT = {
    name: make
    for name, make in odd.ANSWERS_KEPT.items()
    if name not in ("saved once more behind its end", "values as names")
} | {"buttons that have lost their group": odd.orphan_buttons}
BY_PLACE = odd.ANSWERS_KEPT_BY_PLACE
JOINED: dict[str, Callable[..., bytes]] = {
    "two teams joined, names kept (pypdf)": odd.joined,
    "two teams joined (qpdf, pikepdf)": odd.joined_by_pikepdf,
    "two teams joined (MuPDF)": odd.joined_by_mupdf,
    "two teams joined, a word before all names": odd.joined_with_prefixes,
}
FLAT = {"flattened (pdfium)": odd.flattened, "flattened (MuPDF)": odd.baked}
REFUSED: dict[str, tuple[odd.Make, str]] = {
    "flattened, printed to a PDF": (odd.flattened, "no boxes are in the file"),
    "scanned": (odd.scanned, "only pictures of pages"),
    "cut off on its way": (lambda data: data[: len(data) * 99 // 100], "its end is missing"),
    "protected by a password": (odd.sealed("secret"), "protected by a password"),
}


@dataclass(frozen=True)
class Limit:
    """Fields that an engine fills in so that a flattened copy does not show the answer."""

    engine: str
    case: str
    fields: tuple[str, ...]
    says: str


_UNSEEN = "MuPDF draws letters that English does not use in size 0, so a flattened copy lacks them."
_CUT = "The engine draws only what its box has room for, so a flattened copy has no more."
_ALL_ON = "MuPDF marks the other radio buttons of the group as well: more than one seems chosen."
_SIZE_0 = ("policies.change", "policies.learned", "policies.actions.1.what")
_ONE_LINE, _LONG, _GROUP = "cover.practice-learning-manager", "policies.learned", "policies.rating"
LIMITS = (
    *(Limit("pdf.js (Firefox)", case, (_LONG,), _CUT) for case in FLAT),
    *(Limit("MuPDF", case, (_ONE_LINE,), _CUT) for case in FLAT),
    *(Limit("MuPDF", case, _SIZE_0, _UNSEEN) for case in FLAT),
    Limit("MuPDF", "flattened (MuPDF)", (_GROUP,), _ALL_ON),
)


def limits(engine: str, case: str) -> set[str]:
    """Fields that are known not to come back."""
    return {f for one in LIMITS if (one.engine, one.case) == (engine, case) for f in one.fields}


REASONS = tuple(dict.fromkeys(one.says for one in LIMITS))


def _cell(engine: str, case: str) -> str:
    said = [one.says for one in LIMITS if (one.engine, one.case) == (engine, case)]
    return " ".join(["most", *(f"({1 + REASONS.index(why)})" for why in said)]) if said else "all"


def returned_page() -> str:
    """The page of the documentation."""
    names = list(VERSIONS)
    head = ["what happened to the file", *(f"{n} {v}" for n, v in VERSIONS.items())]
    rows = [_row(head), _row(["---"] * len(head))]
    for case in ("saved", *KEPT, *BY_PLACE):
        rows.append(_row([case, *(["all"] * len(names))]))
    for case in JOINED:
        rows.append(_row([case, *(["all, as two copies"] * len(names))]))
    for case in FLAT:
        rows.append(_row([f"{case}, read by place", *(_cell(name, case) for name in names)]))
    notes = [f"{n}. {says}" for n, says in enumerate(REASONS, 1)]
    refused = [f"| {case} | “… {why} …” |" for case, (_, why) in REFUSED.items()]
    return "\n".join([_INTRO, *rows, "", *notes, "", _REFUSED, *refused, "", _OUTRO])


_INTRO = """# Workbooks that come back

People fill in the workbook in one program, save it in another, join it with others, or send it
through a mail program. `deckgen refresh`, `deckgen carry` and `deckgen collect` read what is left
of it.

Inside most programs works one of four engines. Each filled in every kind of field, as in
[viewers](viewers.md). Its file was then taken as
it was saved, and once more with changes saved behind its end; and both were spoilt in each of these
ways. "All" means that every answer came back, with the very same letters, from both.
"""

_REFUSED = """## What is refused

`refresh` and `carry` read no answers from these, and tell you why. `collect` reads those that are
flattened or scanned too, by the places of their boxes: see [answers](answers.md). Nothing is ever
read as an empty workbook because it could not be read.

| what happened to the file | what you are told |
| --- | --- |"""

_OUTRO = """## What is to be looked at

An answer is read in every place where a file keeps it: the value of its field, its rich text, the
state of its buttons, and what is drawn in the box. Where two of them say different things, you see
both, and the answer is marked. So is an answer

- that is only drawn in its box, and not kept as its value;
- of a box that is set to something it does not have;
- with letters that Chrome or Edge have damaged, which they do to emoji;
- that was read off a flattened page by its place.

What stands beside the boxes is named: comments, texts, pen strokes, stamps, links, attached files,
added pages, and what a program wrote or drew into a page. `refresh` ends with exit code 6 then;
keep the old file. Words that somebody has changed on the page itself, with a program that edits PDF
files, are not noticed.

## How a file says what it is

A workbook carries its deck, its edition and its questions in a hidden field and in its metadata
(XMP). The foot of each page has a code such as 123-456. Each of the three can be lost. If all are,
the names of the boxes tell, and if they are lost too, the places of the boxes."""


if __name__ == "__main__":
    PAGE.write_text(returned_page() + "\n", encoding="utf-8")

"""What is typed into which field, and what each engine is known not to do.

Run as a script, it writes docs/viewers.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.engines.engine import Answer, Engine
from tests.engines.mupdf import Mupdf
from tests.engines.pdfium import Pdfium
from tests.engines.pdfjs_engine import PdfJs
from tests.engines.poppler import Poppler

PAGE = Path(__file__).resolve().parents[2] / "docs" / "viewers.md"
ENGINES: tuple[Engine, ...] = (PdfJs(), Pdfium(), Poppler(), Mupdf())
# What was measured; the tests say so when an engine has another version.
VERSIONS = {
    "pdf.js (Firefox)": "5.6.205",
    "pdfium (Chrome, Edge)": "8149",
    "poppler (Evince, Okular)": "22.12.0",
    "MuPDF": "1.27.2",
}

Key = tuple[str, str]  # a field and a text, in words

UNUSUAL = "ŵ ŷ ł ć € ’ “ –"
PLAIN = "Ask the team on Monday"
LETTERS = "Siân: ŵyn, tŷ, Łódź, ćma – €5 for ‘café’ and “tea”. It’s here"
LONG = " ".join(f"{n}. Mae’r ŵyn yn y tŷ, Łódź – “café” €5." for n in range(1, 70))[:2000].strip()
ANSWERS: dict[Key, Answer] = {
    ("One line", "plain words"): Answer(0, "cover.agency-or-team", "line", PLAIN),
    ("One line", UNUSUAL): Answer(0, "cover.practice-learning-manager", "line", LETTERS),
    ("Several lines", "two paragraphs"): Answer(
        3, "policies.now", "lines", f"{PLAIN}\nand again on Friday"
    ),
    ("Several lines", UNUSUAL): Answer(3, "policies.change", "lines", LETTERS),
    ("Several lines", "2,000 characters"): Answer(4, "policies.learned", "lines", LONG),
    ("Cell of the action table", UNUSUAL): Answer(4, "policies.actions.1.what", "lines", LETTERS),
    ("Drop-down list", "a choice"): Answer(4, "policies.actions.1.status", "choice", "Done"),
    ("Check box", "a tick"): Answer(4, "policies.checklist.names-and-dates", "check", "Yes"),
    ("Radio buttons", "the fourth of five"): Answer(3, "policies.rating", "radio", "often"),
}
PAGES = tuple(sorted({answer.page for answer in ANSWERS.values()}))
WRITTEN = ("line", "lines", "choice")


@dataclass(frozen=True)
class Limit:
    """Something an engine does not do: which check fails for which fields that it filled in.

    `texts` are those that it happens with, `seen_in` the engines in which it shows; all of
    them if they are empty.
    """

    engine: str
    check: str
    kinds: tuple[str, ...]
    says: str
    texts: tuple[str, ...] = ()
    seen_in: tuple[str, ...] = ()


LIMITS: tuple[Limit, ...] = (
    Limit(
        "MuPDF",
        "shown",
        ("lines",),
        "keeps an answer of several lines, but draws some letters in size 0: nobody sees the "
        "answer on the page if it has a letter that English does not use.",
        texts=(UNUSUAL, "2,000 characters"),
    ),
    Limit(
        "MuPDF",
        "font",
        WRITTEN,
        "draws answers in a font of its own, which in lists is not part of the file.",
    ),
    Limit(
        "MuPDF",
        "others",
        ("radio",),
        "marks the other radio buttons of the group as well when it shows its own file. Chrome "
        "and Edge draw a thin square around them. The answer that is kept is yours.",
        seen_in=("MuPDF", "pdfium (Chrome, Edge)"),
    ),
)


def limited(engine: str, check: str, key: Key, seen_in: str = "") -> bool:
    """Whether an engine is known to fail a check for a field and a text."""
    return any(
        limit.check == check and (not limit.seen_in or seen_in in limit.seen_in)
        for limit in _limits(engine, key)
    )


def _limits(engine: str, key: Key) -> list[Limit]:
    kind, text = ANSWERS[key].kind, key[1]
    return [
        limit
        for limit in LIMITS
        if limit.engine == engine and kind in limit.kinds and text in (limit.texts or (text,))
    ]


def _notes(engine: str, key: Key) -> str:
    numbers = [f"({LIMITS.index(limit) + 1})" for limit in _limits(engine, key)]
    return " ".join(["kept" if numbers else "yes", *numbers])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def viewers_page() -> str:
    """The page of the documentation."""
    names = list(VERSIONS)
    head = ["field", "what is filled in", *(f"{n} {v}" for n, v in VERSIONS.items())]
    table = [_row(head), _row(["---"] * len(head))]
    for key in ANSWERS:
        table.append(_row([*key, *(_notes(name, key) for name in names)]))
    notes = [
        f"{number}. {limit.engine} {VERSIONS[limit.engine]} {limit.says}"
        for number, limit in enumerate(LIMITS, start=1)
    ]
    return "\n".join([_INTRO, *table, "", *notes, "", _OUTRO])


_INTRO = """# Filling in the workbook: which viewers work

People fill in the workbook in many programs. Inside most of them works one of four engines. Each
was tried with every kind of field: type or click, save, open the saved file in the other three.
"Yes" means that the same answer was there in all of them, could be seen on the page, and was drawn
in the workbook's own letters, with nothing else moved. "Kept" means that the answer is safe, but
see the number below the table.
"""

_OUTRO = """## What to tell people

- **Save a copy first**, then fill it in.
- **Click outside the last box before you save.** Chrome and Edge forget what stands in a box that
  you are still in.
- Long answers get smaller letters, so that all of them show and print. In the large-print workbook
  letters never shrink: write less, or add a page.
- Chrome and Edge leave a note of a font in the file that is not part of it. If somebody must get an
  accessible copy of a filled-in workbook, run `deckgen refresh FILLED.pdf`. It keeps the answers
  and gives back a file that conforms to PDF/UA-1 again. It also mends what MuPDF saved.
- The writing lines in empty boxes are for pens. They go when somebody types.

Adobe Acrobat and Apple Preview have not been tried: there was no machine to try them on."""


if __name__ == "__main__":
    PAGE.write_text(viewers_page() + "\n", encoding="utf-8")

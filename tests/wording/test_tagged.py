"""Words that stay English are tagged as English, in what is read aloud and on what is printed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from deckgen.building.build import build_files
from deckgen.control.reissue import reissue
from deckgen.layout.papers.what_changed import _measured
from deckgen.model.drawing import Element, TextLine
from deckgen.model.text import Run, plain
from deckgen.options import Options
from deckgen.problem import Severity, blocks
from deckgen.products.job import Job, check
from deckgen.proof.proof import Proof
from deckgen.wording.say import SAY_ENGLISH, Wording
from tests.wording.orchard import Orchard, disguised_words
from tests.wording.test_every_word import changed, leaks

SPAN = re.compile(r"/Span <<\s*/Lang \(en\)\s*>>\s*BDC(.*?)EMC", re.DOTALL)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    """The deck in nobody's language, with no words of its own."""
    return Orchard(tmp_path_factory.mktemp("without"), {})


def runs_of(element: Element) -> list[tuple[str, str]]:
    """Every run with its language."""
    lines = (mark for mark in element.marks() if isinstance(mark, TextLine))
    return [(run.text, run.language) for line in lines for run in line.runs]


def test_check_says_so_once(without: Orchard) -> None:
    problems = check(Proof(without.project()), Options())
    assert [(p.code, p.severity) for p in problems] == [("words-english", Severity.WARNING)]


def test_english_words_of_all_pages_are_tagged_and_no_others_are(without: Orchard) -> None:
    job = Job(Proof(without.project()), Options(qr=True))
    faces = [side for card in job.chosen() for side in (card.front, card.back)]
    runs = [
        run
        for page in (*job.guide, *faces, *job.pages())
        for e in page.elements
        for run in runs_of(e)
    ]
    assert leaks(text for text, language in runs if not language) == set()
    tagged = [text for text, language in runs if language == "en"]
    assert {
        "Goes with ",
        "How to print this pack",
        "Review by Jan 2027",
        "Cards to lay out ",
    } <= set(tagged)
    assert not [text for text in tagged if re.search("[åéíøú]", text)]
    codes = [e for face in faces for e in face.elements if e.alt.startswith("QR code")]
    assert codes and {e.language for e in codes} == {"en"}


def test_a_word_of_ones_own_is_not_tagged(tmp_path: Path) -> None:
    words = {"Goes with": disguised_words()["Goes with"]}
    job = Job(Proof(Orchard(tmp_path / "deck", words).project()), Options())
    runs = [r for card in job.chosen() for e in card.front.elements for r in runs_of(e)]
    assert ("Göës wïth ", "") in runs and ("Review by Jan 2027", "en") in runs


def test_the_files_have_the_tags(without: Orchard, tmp_path: Path) -> None:
    made = build_files(without.project(), ["screen", "pack"], output=tmp_path)
    for path in made.outputs:
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == "qaa"
            pages = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
            forms = (o for o in pdf.objects if isinstance(o, pikepdf.Stream))
            code = pages + b"".join(o.read_bytes() for o in forms if o.get("/Subtype") == "/Form")
            assert SPAN.search(code.decode("latin-1"))


def test_tooltips_of_the_slip_are_tagged_by_their_elements(tmp_path: Path) -> None:
    paths, _, problems = reissue(changed(tmp_path / "deck", {}).project(), "1", output=tmp_path)
    assert not blocks(problems)
    (slip,) = (path for path in paths if path.name == "swap-slip.pdf")
    with pikepdf.open(BytesIO(slip.read_bytes())) as pdf:
        forms: list[Any] = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Form"
        ]
        assert len(forms) > 4 and {str(form.Lang) for form in forms} == {"en"}


def test_measured_reasons_are_said_and_their_facts_are_english() -> None:
    same = "Its words are the same; it is drawn differently"
    say = Wording("qaa", ((same, ("Sämë",)),))
    assert _measured((f"{same}: theme: a → b", "What it says differs"), say) == (
        Run("Sämë"),
        Run(": theme: a → b", language="en"),
        Run("; "),
        Run("What it says differs", language="en"),
    )
    assert plain(_measured((same,), SAY_ENGLISH)) == same

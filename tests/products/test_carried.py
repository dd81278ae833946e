"""Files say which workbook they are: a hidden field, the XMP packet, and a code at the foot."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from msgspec import json

from deckgen.options import Options
from deckgen.products.job import Job
from deckgen.proof.proof import Proof
from deckgen.readback.check import file_faults
from tests.example_decks import example

NAMESPACE = "{urn:deckgen:workbook:1}"


@pytest.fixture(scope="module")
def job() -> Job:
    return Job(Proof(example("fire-safety")), Options())


def hidden(document: pikepdf.Pdf) -> pikepdf.Object:
    (own,) = [field for field in document.Root.AcroForm.Fields if str(field.T) == "deckgen"]
    return own.Kids[0]


@pytest.mark.parametrize("name", ["workbook", "pack"])
def test_a_file_with_the_workbook_says_so_twice(job: Job, name: str) -> None:
    with pikepdf.open(BytesIO(job.files(name)[0])) as document:
        said = str(hidden(document).V)
        assert document.open_metadata()[f"{NAMESPACE}workbook"] == said
        known = json.decode(said)
        own = job.asked.identity
        assert {k: known[k] for k in ("code", "edition", "team", "pages")} == {
            "code": own.code,
            "edition": own.edition,
            "team": "",
            "pages": own.pages,
        }
        assert known["asked"] == {q.field: q.digest for q in job.asked.questions}
        widget = hidden(document)
        assert (int(widget.F), int(widget.Ff)) == (2, 1)
        assert widget.objgen in {a.objgen for p in document.pages for a in p.get("/Annots", ())}


def test_other_files_say_nothing_of_it(job: Job) -> None:
    assert b"urn:deckgen" not in job.files("sheets")[0]


SPOILT: dict[str, tuple[Callable[[pikepdf.Object], None], str]] = {
    "it shows": (lambda widget: widget.__setattr__("F", 4), "can be seen"),
    "it is empty": (lambda widget: widget.__setattr__("V", pikepdf.String("")), "says nothing"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_field_that_shows_or_says_nothing_stops_the_build(job: Job, how: str) -> None:
    spoil, words = SPOILT[how]
    with pikepdf.open(BytesIO(job.files("workbook")[0])) as document:
        spoil(hidden(document))
        out = BytesIO()
        document.save(out)
    assert any(words in fault for fault in file_faults(out.getvalue()))


def test_a_team_is_said_and_changes_no_code(job: Job) -> None:
    said = json.decode(job.book_info("Ŵyn & Co <1>").carried)
    assert said["team"] == "Ŵyn & Co <1>" and said["code"] == job.asked.identity.code
    assert re.fullmatch("[0-9]{6}", said["code"])

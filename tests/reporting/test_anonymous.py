"""Without names: nothing in any file says whose a workbook was."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace

from deckgen.model.answers import AnswerTable
from deckgen.project import Project
from deckgen.reporting.asked import Sort
from deckgen.reporting.report import CSV, HTML, ICS, PDF, Made, make_report
from tests.reporting.conftest import EXPECTED
from tests.reporting.made_up import WHO, answer, fields_of, handwriting, source

NAMES = (*EXPECTED, *WHO, "scan-0017", "holiday", "Two marks", "says two things")


@pytest.fixture(scope="module")
def nameless(deck: Project, table: AnswerTable) -> Made:
    return make_report(deck, table, expected=EXPECTED, anonymous=True)


def everything_in(made: Made) -> str:
    """All that the files hold, unpacked, in any of the ways in which letters are kept."""
    with pikepdf.open(BytesIO(made.files[PDF])) as pdf:
        parts = [str(pdf.docinfo), pdf.Root.Metadata.read_bytes().decode()]
        for item in pdf.objects:
            parts += map(str, item.values()) if isinstance(item, pikepdf.Dictionary) else []
    parts += [words(made.files[PDF]), made.files[HTML].decode(), made.files[CSV].decode()]
    parts.append(made.files[ICS].decode().replace("\r\n ", ""))
    return "\n".join(parts)


def words(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def names_in(text: str) -> set[str]:
    return {name for name in NAMES if re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE)}


def test_the_names_are_there_otherwise(made: Made) -> None:
    assert names_in(everything_in(made)) == set(NAMES)


def test_no_file_has_a_name(nameless: Made) -> None:
    assert names_in(everything_in(nameless)) == set()
    assert b"<!--" not in nameless.files[HTML]


def test_teams_have_numbers_and_the_rest_is_still_there(nameless: Made) -> None:
    text = nameless.files[HTML].decode()
    assert {f"Team {n}" for n in range(1, 5)} <= set(re.findall(r"Team \d", text))
    assert "Put feedback from students" in text
    assert "may name somebody" in text
    assert "needs review" in text


def test_no_handwriting_is_shown(nameless: Made, made: Made) -> None:
    assert b"<img" in made.files[HTML]
    assert b"<img" not in nameless.files[HTML]
    assert not re.search(b"/Subtype */Image", nameless.files[PDF])


def test_ids_in_the_calendar_are_no_digest_of_a_name(deck: Project, table: AnswerTable) -> None:
    """Who guesses a team's name could tell whether a digest is of it."""
    renamed = replace(
        table, sources=tuple(replace(s, team=s.team and f"{s.team} 2") for s in table.sources)
    )
    one, two = (make_report(deck, t, (ICS,), anonymous=True).files[ICS] for t in (table, renamed))
    assert one == two


def test_names_that_the_table_knows_go_from_other_words_too(deck: Project) -> None:
    of, fields = source(1, "Heron"), fields_of(deck)
    box = next(f for f in fields if f.sort is Sort.WORDS and not f.row)
    name = next(f for f in fields if f.sort is Sort.NAME)
    answers = (
        answer(of, box, "HERON met with Anna Brown. Herons are birds.", crop=b""),
        answer(of, name, "Anna Brown"),
    )
    made = make_report(deck, AnswerTable("D", answers, (of,)), (HTML,), anonymous=True)
    assert "… met with …. Herons are birds." in made.files[HTML].decode()


def test_a_short_line_of_a_question_that_is_gone_is_left_out(deck: Project) -> None:
    of, fields = source(1, "Heron"), fields_of(deck)
    box = next(f for f in fields if f.sort is Sort.WORDS and not f.row)
    gone = replace(box, name="gone.1.who", row="gone.1")
    answers = (answer(of, box, "Kept words"), answer(of, gone, "Zoë"))
    made = make_report(deck, AnswerTable("D", answers, (of,)), (HTML,), anonymous=True)
    text = made.files[HTML].decode()
    assert "Kept words" in text
    assert "Zoë" not in text


def test_what_a_picture_says_of_itself_stays_out(deck: Project) -> None:
    """A PNG may carry words beside its dots; those of handwriting are written anew, without."""
    png = handwriting()
    head, rest = png[:33], png[33:]
    said = b"tEXtAuthor\0Anna Brown"
    chunk = (len(said) - 4).to_bytes(4, "big") + said + zlib.crc32(said).to_bytes(4, "big")
    of, box = source(1, "Heron"), next(f for f in fields_of(deck) if f.sort is Sort.WORDS)
    answers = (answer(of, box, "", crop=head + chunk + rest),)
    made = make_report(deck, AnswerTable("D", answers, (of,)), (HTML, PDF))
    (data,) = re.findall(rb"base64,([^\"]+)", made.files[HTML])
    assert b"Anna" not in b64decode(data)
    assert b"Anna" not in made.files[PDF]

"""Word documents: what becomes a card, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches

from deckgen.interchange.plan import Plan, plan_import
from deckgen.problem import Problem
from tests.interchange.made_up import project, saved
from tests.made_up_cards import PICTURES


def taken(document: Any) -> tuple[Plan | None, list[Problem]]:
    return plan_import(project(), saved(document), "draft.docx")


def talk(heading: str = "K3 New one", *labels: str) -> Any:
    """A card of the kind "talk" as people write it."""
    made = Document()
    made.add_heading(heading, 1)
    for label in labels:
        made.add_paragraph(label)
    lead = made.add_paragraph("Some ")
    lead.add_run("bold").bold = True
    lead.add_run(" words.")
    made.add_paragraph("one", style="List Bullet")
    made.add_paragraph("two", style="List Bullet")
    made.add_heading("Talk about it", 2)
    made.add_paragraph("What?", style="List Bullet")
    made.add_paragraph("• Why?")
    return made


def text_of(plan: Plan | None, file: str = "K") -> str:
    assert plan
    return plan.files[f"content/cards/{file}.md"].decode()


def test_headings_lists_and_bold_become_a_card() -> None:
    plan, found = taken(talk("K3 New one", "Id: brand-new", "See also: K1"))
    assert not found
    assert text_of(plan).endswith(
        "# K3 New one\nId: brand-new\nSee also: K1\n\nSome **bold** words.\n\n- one\n- two\n\n"
        "## Talk about it\n- What?\n- Why?\n"
    )
    assert plan and plan.added[0].after["points"] == "one\ntwo"
    assert plan.added[0].after["questions"] == "What?\nWhy?"
    assert len(plan.lacking) == 3


def test_a_line_of_its_own_may_begin_a_card_and_lines_may_be_broken_by_hand() -> None:
    made = Document()
    made.add_paragraph("Cards about work", style="Title")
    made.add_heading("Stories", 1)
    line = made.add_paragraph()
    line.add_run("S2: The lift").bold = True
    line.add_run().add_break()
    line.add_run("Id: the-lift")
    made.add_paragraph("It stood still, as S1 tells.")
    made.add_heading("Source", 3)
    made.add_paragraph("Invented.")
    made.add_paragraph("Try this", style="Heading 2")
    made.add_paragraph("Look.", style="List Number")
    made.add_paragraph("Listen.", style="List Number")
    plan, found = taken(made)
    assert not found
    after = plan.added[0].after if plan else {}
    assert (after["id"], after["title"], after["try-this"]) == (
        "the-lift",
        "The lift",
        "Look.\nListen.",
    )


def test_tables_and_links() -> None:
    made = Document()
    made.add_heading("K4 Facts", 1)
    made.add_paragraph("Kind: facts")
    rows = made.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for r in rows.rows for c in r.cells), "a|b c d e".split(), strict=False
    ):
        cell.text = words
    rows.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    made.add_heading("Find out more", 2)
    link = parse_xml(
        f"<w:hyperlink {nsdecls('w', 'r')}><w:r><w:t>Our page</w:t></w:r></w:hyperlink>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link.set(qn("r:id"), made.part.relate_to("https://x.org/", kind, is_external=True))
    made.add_paragraph()._p.append(link)
    plan, found = taken(made)
    assert plan and not found, found
    after = plan.added[0].after
    assert after["facts"] == "| a\\|b | c |\n|---|---|\n| d | e |"
    assert after["more"] == "[Our page](https://x.org/)"


def _footnote(made: Any) -> None:
    made.paragraphs[1].add_run()._r.append(OxmlElement("w:footnoteReference"))


def _picture(made: Any) -> None:
    from io import BytesIO

    made.add_picture(BytesIO(next(iter(PICTURES.values()))), width=Inches(1))


def _textbox(made: Any) -> None:
    made.paragraphs[1].add_run()._r.append(OxmlElement("w:txbxContent"))


def _slanting(made: Any) -> None:
    made.paragraphs[1].add_run("x").italic = True


def _header(made: Any) -> None:
    made.sections[0].header.paragraphs[0].text = "Draft"


def _comment(made: Any) -> None:
    made.paragraphs[1].add_run()._r.append(OxmlElement("w:commentReference"))


def _stray(made: Any) -> None:
    made.paragraphs[0].insert_paragraph_before("An introduction.")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_footnote, "footnotes"),
        (_picture, "pictures"),
        (_textbox, "text boxes"),
        (_slanting, "slanting"),
        (_header, "headers and footers"),
        (_comment, "comments"),
        (_stray, "An introduction."),
    ],
)
def test_what_is_not_taken_in_is_named(spoil: Any, said: str) -> None:
    made = talk()
    spoil(made)
    plan, found = taken(made)
    assert plan and plan.added
    (only,) = found
    assert (only.code, said in only.found) == ("document-left-out", True)


@pytest.mark.parametrize(
    ("sign", "code"),
    [("F0FC", "character-forbidden"), ("2022", ""), ("D800", "character-forbidden")],
)
def test_signs_of_symbol_fonts_are_told(sign: str, code: str) -> None:
    made = talk()
    made.paragraphs[1]._p.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:t>x</w:t><w:sym w:char="{sign}"/></w:r>')
    )
    plan, found = taken(made)
    assert [p.code for p in found] == [code] * bool(code)
    assert bool(plan) is not bool(code)


def test_tracked_changes_are_not_guessed_at() -> None:
    made = talk()
    made.paragraphs[1]._p.append(
        parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>x</w:t></w:r></w:ins>")
    )
    plan, (found,) = taken(made)
    assert plan is None
    assert (found.code, str(found.place)) == ("document-unclear", "draft.docx, paragraph 2")


def test_what_is_wrong_is_told_at_its_paragraph() -> None:
    made = talk()
    made.add_heading("Nonsense", 2)
    plan, (found,) = taken(made)
    assert plan is None
    assert (found.code, found.place.spot) == ("heading-unknown", "paragraph 8")
    assert taken(Document())[1][0].code == "card-code-invalid"
    plan, (found,) = plan_import(project(), b"\xd0\xcf\x11\xe0", "old.docx")
    assert (plan, found.code) == (None, "table-unreadable")


def test_labels_that_a_document_lacks_are_gone_but_never_the_id() -> None:
    made = talk("K1 First")
    made.paragraphs[1].clear()
    made.paragraphs[1].add_run("A lead with ")
    made.paragraphs[1].add_run("bold").bold = True
    made.paragraphs[1].add_run(" words.")
    made.paragraphs[0].insert_paragraph_before()
    plan, _ = taken(made)
    assert plan and [c.parts for c in plan.changed] == [("see also",)]

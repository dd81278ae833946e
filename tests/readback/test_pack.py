"""The pack, and the gate that finds what a pack has lost."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfWriter

from deckgen.pdf.write import write_pages, write_sheets
from deckgen.readback.check import file_faults, pack_losses, read_facts
from deckgen.readback.join import Joined, Part, join
from deckgen.readback.reading import read
from tests.pdf.pdfium_form import PdfiumForm
from tests.readback.conftest import edited


@pytest.fixture(scope="module")
def parts(faces, sides, workbook, info, book):
    return (
        Part("Guide", write_pages(faces[:1], info, book)),
        Part("Cards", write_sheets(sides, info, book)),
        Part("Workbook", write_pages(workbook, info, book)),
    )


@pytest.fixture(scope="module")
def joined(parts, info):
    return join(parts, info)


@pytest.fixture(scope="module")
def pack(joined):
    return joined.data


def test_nothing_is_lost(parts, joined, pack):
    assert pack_losses(parts, joined) == gate(parts, pack) == []
    assert file_faults(pack) == []
    with pikepdf.open(BytesIO(pack)) as document:
        assert document.check_pdf_syntax() == []


def test_every_part_starts_on_an_odd_page(pack):
    facts = read_facts(pack)
    assert [p.label for p in facts.pages] == [
        "K1-front",
        "blank",
        "Sheet 1 front",
        "Sheet 1 back",
        "immediate-1",
        "medium-1",
    ]
    assert facts.pages[1].boxes == facts.pages[0].boxes
    assert facts.pages[1].tags == ()
    assert [(t, p) for t, depth, p in facts.outline if depth == 0] == [
        ("Guide", 0),
        ("Cards", 2),
        ("Workbook", 4),
    ]


def test_links_still_lead_to_their_page(pack):
    assert [to for _, to in read_facts(pack).pages[5].links] == [4, "https://example.org/"]


def test_pages_look_the_same(parts, pack):
    whole = pdfium.PdfDocument(pack)
    for part, first in zip(parts, (0, 2, 4), strict=True):
        alone = pdfium.PdfDocument(part.data)
        for i in range(len(alone)):
            pictures = [d[n].render().to_pil() for d, n in ((alone, i), (whole, first + i))]
            assert pictures[0].tobytes() == pictures[1].tobytes()
        alone.close()
    whole.close()


def test_font_files_are_there_once(pack):
    with pikepdf.open(BytesIO(pack)) as document:
        streams = [
            item.read_raw_bytes()
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and "/Length1" in item
        ]
    assert len(streams) == len(set(streams))


def test_the_pack_is_the_same_every_time(parts, pack, info):
    assert join(parts, info).data == pack


def test_the_pack_can_be_filled_in(pack):
    with PdfiumForm(pack) as filler:
        filler.fill(4, {"immediate-1.who": "Ŵyn"})
        saved = filler.saved()
    assert read_facts(saved).fields["immediate-1.who"].value == "Ŵyn"


def test_two_workbooks_keep_their_answers_apart(parts, info):
    twice = (parts[2], Part("Second workbook", parts[2].data))
    joined = join(twice, info)
    assert pack_losses(twice, joined) == []
    pack = joined.data
    fields = read_facts(pack).fields
    assert {"immediate-1.who", "part-2.immediate-1.who"} <= fields.keys()
    assert read_facts(pack).destinations["2.one"] == 2


def test_what_acts_by_itself_is_left_behind(parts, info):
    def harm(document):
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = script
        document.pages[0].AA = pikepdf.Dictionary(O=script)
        document.pages[0].Annots[0].AA = pikepdf.Dictionary(K=script)
        document.pages[0].Annots[-1].A = script

    pack = join([Part("Harm", edited(parts[2].data, harm))], info).data
    with pikepdf.open(BytesIO(pack)) as document:
        whole = b"".join(item.unparse() for item in document.objects)
    assert b"JavaScript" not in whole
    assert b"alert" not in whole


# The gate: each loss is found, and nothing else is complained of.


def gate(parts, data):
    """What the gate says of a pack's bytes."""
    return pack_losses(parts, Joined(data, read(data)))


def drop_field(document):
    node = document.Root.AcroForm.Fields[0]
    del node.Kids[0]


def change_value(document):
    document.Root.AcroForm.Fields[0].Kids[0].V = "something"


def change_tooltip(document):
    document.Root.AcroForm.Fields[0].Kids[0].TU = "something"


def drop_option(document):
    del document.Root.AcroForm.Fields[0].Kids[2].Kids[0].Kids[0].Opt[3]


def drop_label(document):
    del document.Root.PageLabels.Nums[10:12]


def drop_bookmark(document):
    document.Root.Outlines.Last.First = document.Root.Outlines.Last.Last


def move_bookmark(document):
    document.Root.Outlines.Last.First.Dest[0] = document.pages[0].obj


def change_box(document):
    document.pages[4].TrimBox = pikepdf.Array([10, 10, 200, 300])


def drop_link(document):
    del document.pages[5].Annots[-1]


def redirect_link(document):
    document.pages[5].Annots[-2].Dest[0] = document.pages[0].obj


def drop_tag(document):
    del document.Root.StructTreeRoot.K.K[2].K[0].K[0]


def drop_section(document):
    part = document.Root.StructTreeRoot.K.K[2]
    part.K = part.K[0].K


def drop_destination(document):
    del document.Root.Names.Dests.Names[2:4]


def empty_page(document):
    document.pages[2].Contents = document.make_stream(b"")


def change_face(document):
    form = document.pages[2].Resources.XObject["/K1-front"]
    form.write(b"")


def drop_page(document):
    del document.pages[5]


def drop_blank(document):
    del document.pages[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (drop_field, "Workbook: the field 'immediate-1.who' is missing or has changed"),
        (change_value, "Workbook: the field 'immediate-1.who' is missing or has changed"),
        (change_tooltip, "Workbook: the field 'immediate-1.who' is missing or has changed"),
        (drop_option, "Workbook: the field 'immediate-1.actions.1.status' is missing or"),
        (drop_label, "Workbook: page 2 is labelled"),
        (drop_bookmark, "Workbook: the bookmark 'Activity immediate-1' is missing"),
        (move_bookmark, "Workbook: the bookmark 'Activity immediate-1' is missing or leads"),
        (change_box, "Workbook: page 1 has another size or other boxes"),
        (drop_link, "Workbook: page 2 lacks the link to 'https://example.org/'"),
        (redirect_link, "Workbook: page 2 lacks the link to 4"),
        (drop_tag, "Workbook: page 1 has other tags"),
        (drop_section, "the pack has 4 sections and should have 5"),
        (drop_destination, "Workbook: the destination 'one' is missing or leads elsewhere"),
        (empty_page, "Cards: page 1 shows something else"),
        (change_face, "Cards: page 1 shows something else"),
        (drop_page, "the pack has 5 pages and should have 6"),
        (drop_blank, "the pack has 5 pages and should have 6"),
    ],
)
def test_the_gate_finds_a_loss(change, sentence, parts, pack):
    losses = gate(parts, edited(pack, change))
    assert any(loss.startswith(sentence) for loss in losses), losses


def test_an_edit_without_a_loss_passes(parts, pack):
    assert gate(parts, edited(pack, lambda document: None)) == []


def test_the_usual_way_of_merging_is_found_out(parts):
    writer = PdfWriter()
    for part in parts:
        writer.append(BytesIO(part.data), outline_item=part.title)
    out = BytesIO()
    writer.write(out)
    losses = gate(parts, out.getvalue())
    assert any("other tags" in loss for loss in losses)
    assert any("is labelled" in loss for loss in losses)

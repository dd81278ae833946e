"""PDFs from elsewhere become parts of a pack: what is kept, what is said, what is refused."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from deckgen.pdf.write import write_pages
from deckgen.problem import Severity
from deckgen.readback.check import pack_losses, read_facts
from deckgen.readback.foreign import open_foreign
from deckgen.readback.join import Part, join
from tests.accessible.verapdf import failed_rules, why_not
from tests.readback.conftest import edited

A5 = (298.0, 420.0)


@pytest.fixture(scope="module")
def form(workbook, info, book):
    return write_pages(workbook, info, book)


def letter(pages=1):
    """A letter as a word processor without tags would save it."""
    document = pymupdf.open()
    for n in range(pages):
        page = document.new_page(width=595, height=842)
        page.insert_text((72, 72), f"Dear colleague, page {n + 1}")
    document.set_toc([[1, f"Chapter {n + 1}", n + 1] for n in range(pages)])
    document.set_metadata({"title": "A letter"})
    return document.tobytes()


def taken(data, file="letter.pdf", paper=None):
    part, problems = open_foreign(data, file, paper)
    assert part is not None, problems
    return part, [p.code for p in problems], " ".join(f"{p.found} {p.todo}" for p in problems)


def packed(parts, info):
    joined = join(parts, info)
    assert pack_losses(parts, joined) == []
    with pikepdf.open(BytesIO(joined.data)) as document:
        assert document.check_pdf_syntax() == []
    return joined.data


def claims(data):
    with pikepdf.open(BytesIO(data)) as document:
        return b"pdfuaid:part>1" in document.Root.Metadata.read_bytes()


def pictures(data, first, count):
    document = pdfium.PdfDocument(data)
    found = [document[first + i].render().to_pil().tobytes() for i in range(count)]
    document.close()
    return found


def test_an_untagged_letter_is_taken_in_and_the_claim_is_dropped(form, info):
    data = letter(3)
    part, codes, said = taken(data)
    assert codes == ["part-untagged"] and "not tagged" in said and "claims no PDF/UA" in said
    assert part.title == "A letter" and not part.sound
    pack = packed([part, Part("Workbook", form)], info)
    assert not claims(pack)
    facts = read_facts(pack)
    assert [t for t, _, _ in facts.outline][:4] == [
        "A letter",
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]
    assert [p.label for p in facts.pages][:4] == ["1", "2", "3", "blank"]
    assert "immediate-1.who" in facts.fields
    assert pictures(pack, 0, 3) == pictures(data, 0, 3)


def test_a_sound_file_keeps_the_claim(form, info):
    part, codes, _ = taken(form)
    assert codes == [] and part.sound
    pack = packed([part, Part("Workbook", form)], info)
    assert claims(pack)
    assert "part-2.immediate-1.who" in read_facts(pack).fields
    assert pictures(pack, 0, 2) == pictures(form, 0, 2)


def test_a_pack_that_claims_too_much_is_found(form, info):
    part, _, _ = taken(letter())
    joined = join([part, Part("Workbook", form)], info)
    packet = joined.document.catalog["Metadata"]
    packet.stream += b"<pdfuaid:part>1</pdfuaid:part>"
    assert "the file's metadata claims PDF/UA" in pack_losses(
        [part, Part("Workbook", form)], joined
    )


def with_inherited(document):
    """Size, turn and fonts stand in the tree of pages; one page is there twice."""
    pages, page = document.Root.Pages, document.pages[0].obj
    pages.Rotate, pages.MediaBox, pages.Resources = 90, Array([0, 0, 500, 700]), page.Resources
    for key in ("/Rotate", "/MediaBox", "/CropBox", "/Resources"):
        if key in page:
            del page[key]


def test_what_pages_inherit_comes_along(info):
    data = edited(letter(), with_inherited)
    part, codes, said = taken(data, paper=A5)
    assert codes == ["part-untagged", "part-paper"] and "not of the pack's paper: 1." in said
    pack = packed([part], info)
    assert pictures(pack, 0, 1) == pictures(data, 0, 1)
    with pikepdf.open(BytesIO(pack)) as document:
        assert document.pages[0].obj.Rotate == 90
    assert taken(data, paper=(700.0, 500.0))[1] == ["part-untagged"]


def lively(document):
    """All that acts, in all places, beside a link that is kept."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    root, page = document.Root, document.pages[0].obj
    root.OpenAction = script
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    page.AA = Dictionary(O=script)
    uri = Dictionary(S=Name.URI, URI="https://example.org/", Next=script)
    box = Array([10, 10, 90, 20])
    links = [
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action)
        for action in (
            uri,
            Dictionary(S=Name.Launch, F="c:/x.exe"),
            Dictionary(S=Name.URI, URI="javascript:alert(1)"),
            script,
        )
    ]
    film = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=box)
    page.Annots = Array([*links, document.make_indirect(film)])


def test_what_acts_by_itself_stays_behind_and_is_named(info):
    part, codes, said = taken(edited(letter(), lively))
    assert "part-left-out" in codes and "films and sounds" in said and "its actions" in said
    pack = packed([part], info)
    with pikepdf.open(BytesIO(pack)) as document:
        whole = b"".join(item.unparse() for item in document.objects)
    for word in (b"JavaScript", b"alert", b"Launch", b"RichMedia", b"javascript"):
        assert word not in whole
    assert [to for _, to in read_facts(pack).pages[0].links] == ["https://example.org/", -1, -1, -1]


def with_form(document, font_size=9):
    """A form of another program: default appearance and font above, XFA, a signature."""
    page = document.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    fields = [
        document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="immediate-1",
                V="Typed",
                Rect=[10, 10, 90, 30],
                F=4,
                P=page,
            )
        ),
        document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T="signed",
                F=4,
                P=page,
                Rect=[10, 40, 90, 60],
                V=Dictionary(ByteRange=[0, 1, 2, 3], Contents=b"x"),
            )
        ),
    ]
    page.Annots = Array(fields)
    document.Root.AcroForm = Dictionary(
        Fields=fields, XFA=Stream(document, b"<xdp/>"), NeedAppearances=True, SigFlags=3,
        DA=f"/Wingdings {font_size} Tf 0 g", DR=Dictionary(Font=Dictionary(Wingdings=font)),
    )  # fmt: skip


def test_a_foreign_form_keeps_its_answers_its_names_and_its_look(form, info):
    part, codes, said = taken(edited(letter(), with_form))
    assert set(codes) == {"part-left-out", "part-untagged"}
    assert "XFA" in said and "signature" in said and "draw its fields anew" in said
    pack = packed([Part("Workbook", form), part], info)
    facts = read_facts(pack)
    assert facts.fields["part-2.immediate-1"].value == "Typed"
    with pikepdf.open(BytesIO(pack)) as document:
        fonts = document.Root.AcroForm.DR.Font
        assert fonts["/Wingdings.2"].BaseFont == "/Courier" != fonts["/Wingdings"].BaseFont
        field = document.pages[2].Annots[0]
        assert str(field.DA) == "/Wingdings.2 9 Tf 0 g"
        assert (
            "/NeedAppearances" not in document.Root.AcroForm
            and "/XFA" not in document.Root.AcroForm
        )
        assert "/V" not in document.pages[2].Annots[1]


def with_ways(document):
    """Destinations by name, of both kinds; labels in Roman numerals; layers; an attached file."""
    root, first, last = document.Root, document.pages[0].obj, document.pages[2].obj
    there = Array([last, Name.Fit])
    root.Dests = Dictionary(old=there)
    root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("one"), there, String("é"), Dictionary(D=there)])),
        EmbeddedFiles=Dictionary(Kids=Array([Dictionary(Names=Array([
            String("note.txt"),
            Dictionary(F="note.txt", EF=Dictionary(F=Stream(document, b"hello"))),
        ]))])),
    )  # fmt: skip
    box, links = Array([10, 10, 90, 20]), []
    for to in (Name.old, String("one"), String("é"), 2):
        place = Array([to, Name.Fit]) if to == 2 else to
        links.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Dest=place))
    go = Dictionary(S=Name.GoTo, D=String("one"))
    links.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=go))
    first.Annots = Array(links)
    root.PageLabels = Dictionary(
        Nums=[0, Dictionary(S=Name.r, St=4), 2, Dictionary(P="A-", S=Name.D)]
    )
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[layer]))


def test_ways_labels_layers_and_attached_files_come_along(form, info):
    data = edited(letter(3), with_ways)
    parts = [Part("Workbook", form), taken(data)[0], taken(data)[0]]
    pack = packed(parts, info)
    facts = read_facts(pack)
    assert [to for _, to in facts.pages[2].links] == [4] * 5  # to page 3 of the first letter
    assert [to for _, to in facts.pages[6].links] == [8] * 5
    assert [p.label for p in facts.pages][2:6] == ["iv", "v", "A-1", "blank"]
    assert {"one", "2.one", "3.one", "old", "3.old", "é"} <= facts.destinations.keys()
    assert facts.destinations["2.one"] == 4 and facts.destinations["one"] == 0
    assert facts.attached == ("3.note.txt", "note.txt") and facts.layers == ("Draft", "Draft")
    with pikepdf.open(BytesIO(pack)) as document:
        assert len(document.Root.OCProperties.D.OFF) == 2
        assert document.attachments["note.txt"].get_file().read_bytes() == b"hello"


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "veraPDF runs")
def test_a_pack_of_sound_files_conforms(form, faces, info, book, tmp_path):
    cards = write_pages(faces, info, book)
    for n, changes in enumerate(((), (with_roles,), (with_roles, other_roles))):
        parts = [taken(edited(form, change))[0] for change in changes]
        parts = [Part("Workbook", form), *parts, Part("Cards", cards)]
        assert all(part.sound for part in parts)
        (tmp_path / f"{n}.pdf").write_bytes(packed(parts, info))
    files = sorted(tmp_path.iterdir())
    assert failed_rules(files) == {path: {} for path in files}


def with_roles(document):
    """Roles and classes of its own, elements with names, and a Document that is a plain object."""
    tree = document.Root.StructTreeRoot
    tree.RoleMap = Dictionary(Absatz=Name.P, Kopf=Name.Absatz)
    element = next(kid for kid in tree.K.K[0].K if kid.S == "/P")
    element.S, element.ID = Name.Kopf, String("head")
    tree.IDTree = Dictionary(Names=Array([element.ID, element]))
    document.Root.Lang = "cy"


def other_roles(document):
    with_roles(document)
    document.Root.StructTreeRoot.RoleMap.Absatz = Name.Quote


def test_roles_and_names_that_clash_are_told_apart(form, info):
    parts = [taken(edited(form, change))[0] for change in (with_roles, other_roles)]
    pack = packed(parts, info)
    with pikepdf.open(BytesIO(pack)) as document:
        tree = document.Root.StructTreeRoot
        assert {k: str(v) for k, v in tree.RoleMap.items()} == {
            "/Absatz": "/P", "/Kopf": "/Absatz", "/Absatz.2": "/Quote", "/Kopf.2": "/Absatz.2",
        }  # fmt: skip
        heads = [next(k for k in part.K[0].K if "/ID" in k) for part in tree.K.K]
        assert [str(h.S) for h in heads] == ["/Kopf", "/Kopf.2"]
        assert [str(h.ID) for h in heads] == ["head", "2.head"]
        assert [str(n) for n in list(tree.IDTree.Names)[::2]] == ["2.head", "head"]
        assert [str(part.Lang) for part in tree.K.K] == ["cy", "cy"]


def mad_outline(document):
    items = document.Root.Outlines
    items.First.Next = items.First
    items.First.First = items


def test_an_outline_in_circles_is_straightened(info):
    part, _, _ = taken(edited(letter(2), mad_outline))
    titles = [t for t, _, _ in read_facts(packed([part], info)).outline]
    assert titles == ["A letter", "Chapter 1"]


def test_without_a_title_a_part_is_called_as_its_file(info):
    data = edited(letter(), lambda d: d.trailer.__delitem__("/Info"))
    assert taken(data, "some/where/Map of the town.pdf")[0].title == "Map of the town"


def locked(data, **how):
    with pikepdf.open(BytesIO(data)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(**how))
    return out.getvalue()


def test_a_file_that_only_its_owner_may_change_is_taken_in(info):
    data = locked(letter(), owner="o", user="", R=4, aes=False, metadata=False)
    assert taken(data)[1] == ["part-untagged"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda d: b"", "it is empty"),
        (lambda d: b"PK\x03\x04" + d, "its end is missing"),
        (lambda d: b"<html>" * 500, "it is not a PDF file"),
        (lambda d: d[: len(d) * 2 // 3], "its end is missing"),
        (lambda d: locked(d, owner="o", user="u", R=6), "protected by a password"),
        (lambda d: edited(d, lambda x: x.pages.__delitem__(0)), "it has no pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(spoil, why):
    data = spoil(letter())
    if data.startswith(b"PK"):
        data = data[:-40]
    part, problems = open_foreign(data, "x.pdf")
    assert part is None
    assert [p.code for p in problems] == ["part-unreadable"] and why in problems[0].found
    assert problems[0].severity is Severity.ERROR and problems[0].place.file == "x.pdf"

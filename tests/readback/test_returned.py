"""A workbook that came back is read right, whatever saved it, or refused in words."""

from __future__ import annotations

import json
from io import BytesIO

import pikepdf
import pymupdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from deckgen.model.answers import Asked, Asks, Beside, Identity, Question, Returned, Spot
from deckgen.model.drawing import Field, FieldKind
from deckgen.pdf.write import write_pages
from deckgen.readback.limits import JOINED, MENDED
from deckgen.readback.returned import FLATTENED, FOREIGN, PICTURES, read_returned
from tests.readback import odd_files as odd
from tests.readback.conftest import edited

ANSWERS = {
    "immediate-1.who": "Siân Ŵyn",
    "immediate-1.now": "First – “this”.\nThen Łódź.",
    "immediate-1.actions.1.status": "Done",
    "immediate-1.check.1": "Yes",
    "immediate-1.rating": "2",
    "medium-1.who": "Łucja",
    "medium-1.rating": "1",
}
OTHERS = ANSWERS | {"immediate-1.who": "Team B", "medium-1.who": "Team B again"}


@pytest.fixture(scope="module")
def blank(workbook, info, book) -> bytes:
    return write_pages(workbook, info, book)


@pytest.fixture(scope="module")
def filled(blank) -> bytes:
    return odd.filled(blank, ANSWERS)


@pytest.fixture(scope="module")
def asked(workbook) -> Asked:
    """What the workbook asks, as the project knows it."""
    spots: dict[str, list[Spot]] = {}
    for number, page in enumerate(workbook, 1):
        for mark in page.marks():
            if isinstance(mark, Field):
                value = mark.value if mark.kind is FieldKind.RADIO else ""
                spots.setdefault(mark.name, []).append(Spot(number, mark.rect, value))
    questions = [
        Question(
            name, Asks.LINES, "", activity=f"Activity {name.partition('.')[0]}", spots=tuple(s)
        )
        for name, s in spots.items()
    ]
    return Asked(Identity(), "", "", tuple(questions))


def read(data: bytes, *asked: Asked) -> Returned:
    return read_returned(data, "x.pdf", asked=asked)


def answers(returned: Returned) -> dict[str, str]:
    assert returned.refused is None
    (copy,) = returned.copies
    return {said.field: said.value for said in copy.said if said.value}


def only(data: bytes, field: str):
    """What a file says in a field."""
    (copy,) = read(data).copies
    return next((said for said in copy.said if said.field == field), None)


def test_what_was_typed_is_read_and_nothing_else_is_said(blank, filled):
    returned = read(filled)
    assert answers(returned) == ANSWERS
    assert not returned.notes and not returned.beside
    assert not any(said.note or said.others for said in returned.copies[0].said)
    empty = read(blank)
    assert answers(empty) == {} and len(empty.copies[0].fields) == 10


@pytest.mark.parametrize("how", odd.ANSWERS_KEPT)
def test_answers_are_kept(filled, how):
    data = odd.ANSWERS_KEPT[how](filled)
    assert answers(read(data)) == ANSWERS


@pytest.mark.parametrize("how", odd.ANSWERS_KEPT_BY_PLACE)
def test_answers_are_kept_with_what_the_project_knows(filled, asked, how):
    data = odd.ANSWERS_KEPT_BY_PLACE[how](filled)
    assert answers(read(data, asked)) == ANSWERS
    assert read(data).refused == FOREIGN  # by itself such a file doesn't say what it is


def test_answers_of_buttons_without_a_group_are_kept(filled):
    data = odd.orphan_buttons(filled)
    returned = read(data)
    assert answers(returned) == ANSWERS
    noted = {said.field: said.note for said in returned.copies[0].said if said.note}
    assert noted.keys() == {"immediate-1.rating", "medium-1.rating"}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("no form", "list of fields is gone"),
        ("no list of fields", "list of fields is gone"),
        ("one field of many listed", "list of fields lacks some"),
        ("a second form (XFA)", "second form (XFA)"),
    ],
)
def test_what_is_odd_about_the_form_is_said(filled, how, words):
    assert any(words in note for note in read(odd.ANSWERS_KEPT[how](filled)).notes)


TICK, GROUP = "immediate-1.check.1", "immediate-1.rating"


@pytest.mark.parametrize(
    ("entries", "note"),
    [
        ({"V": Name.Yes, "AS": Name.Yes}, ""),
        ({"AS": Name.Yes}, "value says that it is not"),
        ({"V": Name.Yes}, "looks empty"),
        ({"V": Name.On, "AS": Name.On}, "“On”, which it does not have"),
        ({"V": String("Yes")}, "looks empty"),
        ({"V": String("Yes"), "AS": Name.Yes}, ""),
        ({"V": True, "AS": Name.Yes}, ""),
        ({"V": Name.Yes, "AP": Dictionary()}, "looks empty"),
    ],
)
def test_a_tick_is_seen_by_its_value_or_its_state(blank, entries, note):
    said = only(odd.changed(blank, TICK, **entries), TICK)
    assert said.value == "Yes"
    assert (note in said.note) if note else not said.note
    assert bool(said.others) == ("looks" in note or "says" in note)


def test_a_box_that_is_off_everywhere_is_no_answer(blank):
    for entries in ({"V": Name.Off}, {"V": String("")}, {"V": String("Off"), "AS": Name.Off}):
        assert only(odd.changed(blank, TICK, **entries), TICK) is None


def test_a_group_is_seen_by_its_value_or_its_buttons(blank):
    by_value = only(odd.changed(blank, GROUP, group_V=Name("/2")), GROUP)
    assert by_value.value == "2" and "looks empty" in by_value.note
    by_words = only(odd.changed(blank, GROUP, group_V=String("1"), AS=Name("/1")), GROUP)
    assert (by_words.value, by_words.note) == ("1", "")
    torn = only(odd.changed(blank, GROUP, group_V=Name("/2"), AS=Name("/1")), GROUP)
    assert {torn.value, *torn.others} == {"1", "2"} and "not the same choice" in torn.note
    odd_one = only(odd.changed(blank, GROUP, group_V=Name("/7")), GROUP)
    assert odd_one.value == "7" and "does not have" in odd_one.note


def test_more_than_one_of_a_group_is_not_settled_in_silence(blank):
    def change(document):
        for widget in odd.named(document, GROUP):
            widget.AS = Name(next(k for k in widget.AP.N if k != "/Off"))

    said = only(edited(blank, change), GROUP)
    assert {said.value, *said.others} == {"1", "2"} and "more than one" in said.note


def test_words_that_are_only_drawn_are_to_be_looked_at(blank):
    """As some programs save: an appearance, no value."""

    def change(document):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                          Encoding=Name.WinAnsiEncoding)  # fmt: skip
        look = document.make_stream(
            b"/Tx BMC BT /F 12 Tf 2 5 Td (Caf\\351) Tj 0 -14 Td (two) Tj ET EMC"
        )
        look.Resources = Dictionary(Font=Dictionary(F=font))
        look.Subtype = Name.Form
        odd.named(document, "immediate-1.who")[0].AP = Dictionary(N=look)

    data = edited(blank, change)
    said = only(data, "immediate-1.who")
    assert said.value == "Café\ntwo" and "only drawn" in said.note
    other = only(odd.filled(data, {"immediate-1.who": "Zebra"}), "immediate-1.who")
    assert (other.value, other.others) == ("Zebra", ("Café\ntwo",)) and other.note
    alike = only(odd.filled(data, {"immediate-1.who": "Café two three"}), "immediate-1.who")
    assert alike.note == "" and alike.others == ()


def test_something_drawn_that_nobody_can_read_is_named(blank):
    def change(document):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"))
        look = document.make_stream(b"BT /F 12 Tf <00010002> Tj ET")
        look.Resources, look.Subtype = Dictionary(Font=Dictionary(F=font)), Name.Form
        odd.named(document, "immediate-1.who")[0].AP = Dictionary(N=look)

    said = only(edited(blank, change), "immediate-1.who")
    assert said.value == "" and "can't be read" in said.note


def test_rich_text_stands_for_a_value_or_beside_one(blank):
    rich = '<?xml version="1.0"?><body><p>One &amp; <b>two</b></p><p>three</p></body>'
    data = odd.changed(blank, "immediate-1.now", RV=String(rich))
    said = only(data, "immediate-1.now")
    assert said.value == "One & two\nthree" and "rich text" in said.note
    both = only(odd.changed(data, "immediate-1.now", V=String("Four")), "immediate-1.now")
    assert (both.value, both.others) == ("Four", ("One & two\nthree",)) and both.note
    same = only(
        odd.changed(data, "immediate-1.now", V=String("One & two\nthree")), "immediate-1.now"
    )
    assert (same.others, same.note) == ((), "")


def test_two_values_for_one_name_are_both_shown(filled):
    """A page's box and one that the list of fields leads to, each with its own."""

    def change(document):
        other = Dictionary(FT=Name.Tx, T=String("immediate-1"), Kids=Array())
        kid = Dictionary(T=String("who"), V=String("Another"), FT=Name.Tx)
        other.Kids.append(document.make_indirect(kid))
        document.Root.AcroForm.Fields.append(document.make_indirect(other))

    said = only(edited(filled, change), "immediate-1.who")
    assert (said.value, said.others) == ("Siân Ŵyn", ("Another",)) and said.note


def test_one_spoilt_value_does_not_hide_the_others(filled):
    def change(document):
        broken = pikepdf.Stream(document, b"not packed")
        broken.stream_dict.Filter = Name.FlateDecode
        odd.named(document, "immediate-1.who")[0].V = document.make_indirect(broken)

    (copy,) = read(edited(filled, change, compress_streams=False)).copies
    found = {said.field: said for said in copy.said}
    assert "can't be read" in found["immediate-1.who"].note
    assert {f: s.value for f, s in found.items() if f != "immediate-1.who"} == {
        f: v for f, v in ANSWERS.items() if f != "immediate-1.who"
    }


CARRIED = {
    "deck": "learning",
    "workbook": "team",
    "edition": "2 draft",
    "language": "en-GB",
    "code": "123456",
    "team": "Team A",
    "pages": 2,
    "asked": {**dict.fromkeys(ANSWERS, "d"), "immediate-1.gone": "d"},
}
KNOWN = Identity("learning", "team", "2 draft", "en-GB", False, "123456", "Team A", 2)


def hidden(data: bytes, words: str = json.dumps(CARRIED)) -> bytes:
    """A file with the hidden field by which a workbook says what it is."""

    def change(document):
        field = Dictionary(
            FT=Name.Tx, T=String("deckgen.workbook"), V=String(words), Ff=1, F=2,
            Subtype=Name.Widget, Rect=Array([0, 0, 0, 0]),
        )  # fmt: skip
        field = document.make_indirect(field)
        document.pages[0].Annots.append(field)
        document.Root.AcroForm.Fields.append(field)

    return edited(data, change)


def described(data: bytes, words: str = json.dumps(CARRIED), as_element: bool = False) -> bytes:
    """A file whose metadata say what it is."""

    def change(document):
        packet = document.Root.Metadata.read_bytes().decode()
        quoted = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        space = 'xmlns:dg="urn:deckgen:workbook:1"'
        new = f'<rdf:Description {space} dg:workbook="{quoted}"/>'
        if as_element:
            inside = f"<dg:workbook>{quoted}</dg:workbook>"
            new = f"<rdf:Description {space}>{inside}</rdf:Description>"
        packet = packet.replace("</rdf:RDF>", f"{new}</rdf:RDF>")
        document.Root.Metadata = document.make_stream(packet.encode())

    return edited(data, change)


@pytest.mark.parametrize(
    "carry", [hidden, described, lambda data: described(data, as_element=True)]
)
def test_a_file_says_what_it_is_by_each_carrier(filled, carry):
    returned = read(carry(filled))
    assert answers(returned) == ANSWERS
    (copy,) = returned.copies
    assert copy.identity == KNOWN and copy.asked == CARRIED["asked"]
    assert "deckgen.workbook" not in copy.fields
    assert any("Boxes are not in the file" in note for note in copy.notes)


def test_carriers_that_disagree_or_cannot_be_read_are_named(filled):
    other = json.dumps(CARRIED | {"code": "654321"})
    (copy,) = read(described(hidden(filled), other)).copies
    assert copy.identity == KNOWN
    assert any("two workbooks" in note for note in copy.notes)
    (copy,) = read(hidden(filled, "{broken")).copies
    assert any("can't be understood" in note for note in copy.notes)


def test_the_code_at_the_foot_is_the_last_carrier(filled):
    with pymupdf.open(stream=filled) as document:
        for page in document:
            page.insert_text((20, page.rect.height - 20), "Edition 2 · 123-456")
        data = document.tobytes()
    returned = read(data)
    assert returned.copies[0].identity == Identity(code="123456")
    flat = read(odd.baked(data))
    assert flat.refused == FLATTENED and flat.copies[0].identity.code == "123456"
    assert flat.copies[0].said == ()


def test_names_with_ids_are_known_by_a_carrier_or_by_the_project(filled):
    def rename(document):
        for field in document.Root.AcroForm.Fields:
            field.T = String({"immediate-1": "our-policies", "medium-1": "a-group"}[str(field.T)])

    new = {n.replace("immediate-1", "our-policies").replace("medium-1", "a-group"): v
           for n, v in ANSWERS.items()}  # fmt: skip
    words = json.dumps(CARRIED | {"asked": dict.fromkeys(new, "d")})
    data = edited(filled, rename)
    for how in (lambda d: d, odd.prefixed, odd.ANSWERS_KEPT["a number behind names (+1)"]):
        assert answers(read(how(hidden(data, words)))) == new
    stripped = odd.no_form(odd.joined(data))  # nothing is left that says who made it
    assert read(stripped).refused == FOREIGN
    questions = tuple(Question(name, Asks.LINES, "") for name in new)
    assert answers(read(stripped, Asked(Identity(), "", "", questions))) == new


@pytest.mark.parametrize(
    "join", [odd.joined, odd.joined_by_pikepdf, odd.joined_by_mupdf, odd.joined_with_prefixes]
)
def test_two_teams_in_one_file_are_two_copies(blank, filled, join):
    returned = read(join(filled, odd.filled(blank, OTHERS)))
    found = [{said.field: said.value for said in copy.said} for copy in returned.copies]
    assert found == [ANSWERS, OTHERS]
    assert any("2 copies" in note for note in returned.notes)


def test_each_copy_says_for_itself_what_it_is(blank, filled):
    other = hidden(odd.filled(blank, OTHERS), json.dumps(CARRIED | {"team": "Team B"}))
    returned = read(odd.joined(hidden(filled), other))
    assert [copy.identity.team for copy in returned.copies] == ["Team A", "Team B"]


def test_pages_of_two_teams_that_are_mixed_are_never_one(blank, filled):
    other = odd.filled(blank, OTHERS)
    writer, out = pypdf.PdfWriter(), BytesIO()
    for number in (0, 1):
        for file in (filled, other):
            writer.append(BytesIO(file), pages=[number])
    writer.write(out)
    returned = read(out.getvalue())
    assert all(any("mixed" in note for note in copy.notes) for copy in returned.copies)
    everything = {said.value for copy in returned.copies for said in copy.said}
    assert everything >= {"Siân Ŵyn", "Team B", "Łucja", "Team B again"}
    for copy in returned.copies:
        assert len({said.field for said in copy.said}) == len(copy.said)


def test_a_page_that_was_taken_out_leaves_its_answers(filled):
    def change(document):
        del document.pages[1]

    returned = read(edited(hidden(filled), change))
    assert answers(returned) == ANSWERS
    assert any("no longer in the file" in note for note in returned.copies[0].notes)
    some = read(odd.joined(edited(hidden(filled), change)))
    assert answers(some).items() <= ANSWERS.items() and some.copies[0].notes


def test_what_stands_beside_the_boxes_is_named(filled):
    with pymupdf.open(stream=filled) as document:
        page = document[0]
        page.add_freetext_annot(pymupdf.Rect(10, 10, 200, 40), "With the text tool").update()
        page.add_text_annot((30, 30), "A comment")
        page.add_ink_annot([[(10, 50), (15, 52), (20, 50)]])
        page.add_stamp_annot(pymupdf.Rect(10, 100, 60, 120))
        page.add_file_annot((30, 60), b"x", "hung.txt")
        page.insert_link(
            {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(1, 1, 9, 9), "uri": "https://a.test/"}
        )
        document.embfile_add("notes.txt", b"attached")
        document.new_page().insert_text((72, 72), "Extra page")
        data = document.tobytes()
    returned = read(data)
    assert answers(returned) == ANSWERS
    found = set(returned.beside)
    assert found >= {
        Beside("text", 1, "With the text tool"),
        Beside("comment", 1, "A comment"),
        Beside("ink", 1),
        Beside("link", 1, "https://a.test/"),
        Beside("attachment", 0, "notes.txt"),
        Beside("page", 3, "Extra page"),
    }
    assert {one.kind for one in found} == {
        *("text", "comment", "ink", "stamp", "link", "attachment", "page")
    }


@pytest.mark.parametrize("flatten", [odd.flattened, odd.baked])
def test_a_flattened_workbook_is_refused_and_says_so(filled, flatten):
    returned = read(flatten(described(filled)))
    assert returned.refused == FLATTENED
    assert [copy.said for copy in returned.copies] in ([()], [])


def test_a_scan_is_refused_and_says_so(filled):
    assert read(odd.scanned(filled)).refused == PICTURES


@pytest.mark.parametrize("behind", [False, True])
def test_a_file_whose_places_are_all_wrong_keeps_its_newest_answers(blank, behind):
    """As after a change of line ends: what is read by guesswork says so."""
    data = odd.filled(blank, ANSWERS)
    data = odd.incremental(data) if behind else data
    start = data.index(b"\n") + 1
    returned = read(data[:start] + b"%a line that was not there\n" + data[start:])
    assert answers(returned) == ANSWERS and returned.notes == (MENDED[0],)


def test_a_password_opens_what_it_locks(filled):
    data = odd.sealed("secret")(filled)
    refused = read(data).refused
    assert refused and "password" in refused[0]
    assert answers(read_returned(data, "x.pdf", "secret")) == ANSWERS
    assert read_returned(data, "x.pdf", "wrong").refused == refused


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"<html>Not found</html>", "not a PDF"),
        (b"PK\3\4" + bytes(99), "not a PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "not a PDF"),
        (b"%PDF-1.7\n" + b"nonsense " * 50 + b"\n%%EOF\n", "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused(data, why):
    refused = read(data).refused
    assert refused and why in refused[0] and refused[1]


def test_a_file_that_was_cut_off_is_never_blank(filled):
    """Wherever a download ends, of a file that was saved behind its first end."""
    data = odd.incremental(filled)
    first = data.index(b"%%EOF") + 6
    step = (len(data) - first) // 23
    for end in range(first + 1, len(data) - 6, max(1, step)):
        if data[:end].rstrip().endswith(b"%%EOF"):
            continue
        refused = read(data[:end]).refused
        assert refused and "end is missing" in refused[0]


def test_other_forms_give_no_answers():
    with pymupdf.open() as document:
        page = document.new_page()
        for n, name in enumerate(("form1.name", "Text1", "topmostSubform[0].Page1[0].f1_01[0]")):
            widget = pymupdf.Widget()
            widget.field_type, widget.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, name
            widget.rect, widget.field_value = pymupdf.Rect(9, 9 + 30 * n, 99, 29 + 30 * n), "x"
            page.add_widget(widget)
        data = document.tobytes()
    returned = read(data)
    assert returned.refused == FOREIGN and returned.copies == ()


def overlaid(data: bytes) -> bytes:
    document = pypdf.PdfWriter(clone_from=BytesIO(data))
    mark = pymupdf.open()
    mark.new_page().insert_text((100, 300), "My answer")
    document.pages[0].merge_page(pypdf.PdfReader(BytesIO(mark.tobytes())).pages[0])
    document.write(out := BytesIO())
    return out.getvalue()


def typed_into(data: bytes) -> bytes:
    document = pymupdf.open(stream=data)
    document[0].insert_text((100, 300), "My answer")
    return document.tobytes()


@pytest.mark.parametrize("put", [overlaid, typed_into])
def test_what_was_written_into_a_page_is_named(filled, put):
    assert Beside("drawn", 1) not in read(filled).beside
    assert Beside("drawn", 1) in read(put(filled)).beside


def test_files_one_behind_the_other_are_refused(blank, filled):
    """Only the last would be read."""
    assert read(filled + odd.filled(blank, OTHERS)).refused == JOINED
    assert read(odd.incremental(filled)).refused is None


def test_associated_files_and_words_of_a_notes_window_are_named(filled):
    def change(document):
        held = document.make_stream(b"x")
        way = Dictionary(Type=Name.Filespec, F=String("more.txt"), EF=Dictionary(F=held))
        document.Root.AF = Array([document.make_indirect(way)])
        note = document.make_indirect(
            Dictionary(Subtype=Name.Text, Rect=Array([1, 1, 9, 9]), Contents=String("Note"))
        )
        windows = [
            Dictionary(Subtype=Name.Popup, Rect=Array([1, 1, 9, 9]), Parent=note, Contents=words)
            for words in (String("Note"), String("Another"))
        ]
        document.pages[0].Annots.extend([note, *map(document.make_indirect, windows)])

    assert set(read(edited(filled, change)).beside) == {
        Beside("attachment", 0, "more.txt"),
        Beside("comment", 1, "Note"),
        Beside("comment", 1, "Another"),
    }


def test_a_value_that_is_no_words_is_named(blank):
    found = only(
        odd.changed(blank, "immediate-1.now", V=Dictionary(X=String("x"))), "immediate-1.now"
    )
    assert found.value == "" and "can't be read" in found.note


def test_a_page_made_to_be_slow_is_looked_through(filled):
    def change(document):
        document.pages[0].Contents = document.make_stream(b"/Artifact << " * 100_000)

    assert answers(read(edited(filled, change))) == ANSWERS


STATUS = "immediate-1.actions.1.status"


@pytest.mark.parametrize("kept", [None, String(" ")])
def test_a_choice_that_is_kept_by_its_place_alone_is_read(blank, kept) -> None:
    def change(document: pikepdf.Pdf) -> None:
        widget = odd.named(document, STATUS)[0]
        widget.I = Array([[str(o) for o in widget.Opt].index("Done")])
        del widget.V
        if kept is not None:
            widget.V = kept

    data = edited(blank, change)
    (said,) = (one for one in read(data).copies[0].said if one.field == STATUS)
    assert said.value == "Done" and "place in the list" in said.note


def test_a_choice_that_is_kept_in_two_ways_is_looked_at(filled) -> None:
    other = odd.changed(filled, STATUS, I=Array([1]))
    (said,) = (one for one in read(other).copies[0].said if one.field == STATUS)
    assert said.value == "Done" and said.others and said.note
    same = edited(
        filled,
        lambda d: odd.named(d, STATUS)[0].__setattr__(
            "I", Array([[str(o) for o in odd.named(d, STATUS)[0].Opt].index("Done")])
        ),
    )
    (said,) = (one for one in read(same).copies[0].said if one.field == STATUS)
    assert said.value == "Done" and not said.note

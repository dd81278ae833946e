"""Files that are damaged, or made to do harm: each is told, and none stops the program."""

from __future__ import annotations

import cProfile
import random
import re
import zlib
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from deckgen.preflight import check, inspected, pages
from deckgen.preflight.check import NoPdf, preflight
from deckgen.preflight.report import Preflight, as_table
from deckgen.preflight.rules import X1A, X4
from tests.preflight.breaks import Break, draw, form, layers, repacked
from tests.preflight.conftest import STANDARDS, broken


def told(data: bytes, standard: str = X4) -> dict[str, str]:
    """The last finding of each rule; NoPdf is one too."""
    try:
        result: Preflight = preflight(data, standard)
    except NoPdf as fault:
        return {"NoPdf": str(fault)}
    return {finding.rule.key: finding.found for finding in result.findings}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("standard", STANDARDS)
def test_random_damage_is_told_or_does_no_harm(
    files: dict[str, Path], standard: str, packed: bool
) -> None:
    """Overwritten, lost and doubled bytes, in a file as it is and with its streams unpacked."""
    level = pikepdf.StreamDecodeLevel.none if packed else pikepdf.StreamDecodeLevel.generalized
    data = files[standard].read_bytes()
    if not packed:
        data = broken(data, lambda d: None, stream_decode_level=level, compress_streams=False)
    chance, outcomes = random.Random(4 + packed), set()
    for _ in range(30):
        wrong = bytearray(data)
        for _ in range(chance.choice((1, 5, 50))):
            place = chance.randrange(len(wrong))
            length = chance.choice((1, 1, 4, 40))
            wrong[place : place + length] = chance.choice(
                (b"", chance.randbytes(1), chance.randbytes(length), wrong[place : place + 9] * 2)
            )
        outcomes.add(min(told(bytes(wrong), standard), default="pass"))
    assert len(outcomes) > 3, outcomes  # it does come to different ends


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_file_that_is_cut_short_never_passes(files: dict[str, Path], standard: str) -> None:
    data = files[standard].read_bytes()
    for part in range(23):
        assert told(data[: len(data) * part // 23], standard)


@pytest.mark.parametrize("standard", STANDARDS)
def test_what_the_reader_mends_by_itself_is_told(files: dict[str, Path], standard: str) -> None:
    """It reads on over such faults, but may have lost something."""
    data = files[standard].read_bytes()
    moved = re.sub(rb"startxref\s+\d+", b"startxref\n77", data)
    assert "had to mend it" in told(moved, standard)["READ"]
    in_the_open = pikepdf.ObjectStreamMode.disable  # of X-4 the table is packed
    data = broken(data, lambda _document: None, object_stream_mode=in_the_open)
    assert "READ" not in told(data, standard)
    place = data.index(b"\n9 0 obj") + 1
    row, wrong = b"%010d 00000 n" % place, b"%010d 00000 n" % (place + 3)
    assert row in data
    assert "had to mend it" in told(data.replace(row, wrong, 1), standard)["READ"]


FAULTS = [MemoryError(), RecursionError(), zlib.error("Error -3"), KeyError("/Kids"), OSError("x")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_whatever_is_raised_is_a_finding_and_what_was_found_stays(
    files: dict[str, Path], fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*given: object) -> None:
        raise fault

    monkeypatch.setattr(pages, "look_at_drawing", stumble)

    def untitled(document: Pdf) -> None:
        del document.docinfo["/Title"]

    found = told(broken(files[X4].read_bytes(), untitled))
    assert "INFO" in found and "could not be read to its end, because" in found["READ"]


def test_a_file_that_is_too_large_is_not_read(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "MOST_MB", 0)
    assert "larger than" in told(files[X4].read_bytes())["NoPdf"]


@pytest.mark.parametrize("name", ["Fl", "AHx", "A85", "Nonsense"])
def test_a_name_for_packing_that_only_pictures_in_pages_may_use(
    files: dict[str, Path], name: str
) -> None:
    packed = repacked(name, zlib.compress if name == "Fl" else lambda data: data.hex().encode())
    for standard, file in files.items():
        assert set(told(broken(file.read_bytes(), packed), standard)) == {"PACKING", "READ"}


def test_encryption_of_an_unknown_kind_is_told_as_encryption(files: dict[str, Path]) -> None:
    data = files[X4].read_bytes()
    odd = data.replace(b"/Type /XRef", b"/Type /XRef /Encrypt << /Filter /Own /V 9 >>", 1)
    assert odd != data and set(told(odd)) == {"ENCRYPTION"}


def nested_forms(depth: int, times: int) -> Break:
    """A form that draws a form several times, which draws a form …"""

    def spoil(document: Pdf) -> None:
        made = form(b"0 0 9 9 re f")(document)
        for _ in range(depth):
            inner = Dictionary(XObject=Dictionary(F=made))
            made = form(b"/F Do " * times, Resources=inner)(document)
        draw(b"/F Do", XObject={"F": made})(document)

    return spoil


def test_forms_that_draw_each_other_come_to_an_end(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = files[X4].read_bytes()
    assert told(broken(data, nested_forms(3, 4))) == {}
    assert "deep" in told(broken(data, nested_forms(40, 1)))["READ"]
    monkeypatch.setattr(inspected, "MOST_STEPS", 20_000)
    assert told(data) == {}
    assert "draws more than" in told(broken(data, nested_forms(20, 10)))["READ"]
    heap = b"/Over gs " + b"".join(b"%f 0 0 1 k 50 50 9 9 re f " % (i / 999) for i in range(999))
    assert "draws more than" in told(broken(data, layers(heap)))["READ"]


def with_notes(count: int) -> Break:
    def spoil(document: Pdf) -> None:
        notes = [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Text,
                Rect=Array([-70, -70, -60, -60]),
                AP=Dictionary(N=form(b"0 0 9 9 re f")(document)),
            )
            for _ in range(count)
        ]
        document.pages[0].obj.Annots = Array(map(document.make_indirect, notes))

    return spoil


def test_twice_as_many_notes_take_twice_as_many_steps(files: dict[str, Path]) -> None:
    steps = []
    for count in (0, 400, 800):
        data = broken(files[X4].read_bytes(), with_notes(count))
        with cProfile.Profile() as profile:
            assert told(data) == {}
        steps.append(sum(entry.callcount for entry in profile.getstats()))
    assert steps[2] - steps[0] < 2.2 * (steps[1] - steps[0])


def test_a_bomb_in_a_stream_is_told(files: dict[str, Path]) -> None:
    def spoil(document: Pdf) -> None:
        made = Stream(document, zlib.compress(b"0 0 m " * 15_000_000))
        made.Filter = Name.FlateDecode
        document.pages[0].Contents = document.make_indirect(made)

    assert set(told(broken(files[X1A].read_bytes(), spoil), X1A)) == {"READ"}


def test_entities_in_a_packet_are_not_followed(files: dict[str, Path]) -> None:
    names = "abcdefghij"
    laugh = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))

    def spoil(document: Pdf) -> None:
        held = f'<!DOCTYPE x [<!ENTITY a "ha">{laugh}]><x>&j;</x>'
        document.Root.Metadata.write(held.encode())

    assert set(told(broken(files[X4].read_bytes(), spoil))) == {"XMP"}


def test_a_lost_end_is_told(files: dict[str, Path]) -> None:
    data = files[X4].read_bytes()
    assert "its end is missing" in told(data[:-6])["NoPdf"]
    assert set(told(data + b"\n" * 3000)) == {"READ"}
    assert told(data + b"\n" * 300) == {}


def test_a_terminal_is_not_told_what_to_do(files: dict[str, Path]) -> None:
    orders = draw(b"clear\x1bc")
    result = preflight(broken(files[X4].read_bytes(), orders), X4)
    assert any("\x1b" in finding.found for finding in result.findings)
    assert "\x1b" not in as_table(result) and "\ufffd" in as_table(result)

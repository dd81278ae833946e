"""The ink of pictures is measured, however they are packed; damaged ones are told."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Name, String
from PIL import Image

from deckgen.preflight.check import preflight
from tests.preflight.breaks import Break, draw, stream
from tests.preflight.conftest import STANDARDS, broken

SIDE = 60
ADOBE = Array([1, 0] * 4)
DARK, LIGHT = (230, 200, 190, 200), (230, 200, 190, 20)  # 322 and 251 per cent


def packed(inks: tuple[int, ...], **how: object) -> bytes:
    out = BytesIO()
    Image.new("CMYK", (SIDE, SIDE), inks).save(out, "JPEG", quality=95, **how)
    return out.getvalue()


def shown(data: bytes, **entries: object) -> Break:
    usual = {"Type": Name.XObject, "Subtype": Name.Image, "Width": SIDE, "Height": SIDE}
    usual |= {"BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
    made = stream(data, **{**usual, **entries})
    return draw(b"q 20 0 0 20 50 50 cm /I Do Q", XObject={"I": made})


def inverted(inks: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(255 - ink for ink in inks)


WAYS = {
    "as it is": lambda inks: shown(bytes(inks) * SIDE**2),
    "in Flate": lambda inks: shown(zlib.compress(bytes(inks) * SIDE**2), Filter=Name.FlateDecode),
    "upside down": lambda inks: shown(bytes(inverted(inks)) * SIDE**2, Decode=ADOBE),
    "as Adobe's JPEG": lambda inks: shown(packed(inks), Filter=Name.DCTDecode, Decode=ADOBE),
    "as a JPEG": lambda inks: shown(packed(inverted(inks)), Filter=Name.DCTDecode),
    "with a palette": lambda inks: shown(
        b"\0" * SIDE**2,
        ColorSpace=Array([Name.Indexed, Name.DeviceCMYK, 0, String(bytes(inks))]),
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_picture_with_too_much_ink_fails(files: dict[str, Path], standard: str, way: str) -> None:
    data = files[standard].read_bytes()
    (found,) = preflight(broken(data, WAYS[way](DARK))).findings
    assert found.rule.key == "INK"
    assert found.found.startswith("a picture with 32")
    assert preflight(broken(data, WAYS[way](LIGHT))).findings == ()


def test_one_dot_is_not_enough(files: dict[str, Path]) -> None:
    dots = bytearray(bytes(LIGHT) * SIDE**2)
    dots[400:404] = bytes(DARK)
    made = broken(files["PDF/X-4"].read_bytes(), shown(bytes(dots)))
    assert preflight(made).findings == ()


@pytest.mark.parametrize("data", [b"", packed(DARK)[:400], b"\xff\xd8\xff" + b"\0" * 999])
def test_a_damaged_picture_is_told(files: dict[str, Path], data: bytes) -> None:
    made = broken(files["PDF/X-4"].read_bytes(), shown(data, Filter=Name.DCTDecode, Decode=ADOBE))
    assert [f.rule.key for f in preflight(made).findings] == ["READ"]


def test_a_picture_without_end_is_not_unpacked(files: dict[str, Path]) -> None:
    huge = shown(b"\0", Width=1_000_000, Height=1_000_000)
    made = broken(files["PDF/X-4"].read_bytes(), huge)
    assert [f.rule.key for f in preflight(made).findings] == ["READ"]


def test_few_dots_fail_and_enough_do_not(files: dict[str, Path]) -> None:
    data = files["PDF/X-4"].read_bytes()
    for side, keys in ((55, ["PICTURES"]), (56, [])):
        small = shown(b"\0" * 4 * side**2, Width=side, Height=side)
        assert [f.rule.key for f in preflight(broken(data, small)).findings] == keys

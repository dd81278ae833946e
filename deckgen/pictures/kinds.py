"""What a picture file is by its first bytes, whatever its name says. Loads no library."""

from __future__ import annotations

import re

PNG, JPEG, WEBP, TIFF, SVG = "PNG", "JPEG", "WebP", "TIFF", "SVG"
READ = "PNG, JPEG, WebP, TIFF or SVG"
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
)
_PHOTO, _DRAWING = "Save it as JPEG (for a photograph) or PNG.", "Save it as SVG or PNG."
# Others that people have, and what they can save them as.
_OTHERS = (
    (b"GIF8", "a GIF picture", "Save it as PNG."),
    (b"BM", "a BMP picture", "Save it as PNG."),
    (b"8BPS", "a Photoshop file", _PHOTO),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", _PHOTO),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", _PHOTO),
    (b"\xff\x0a", "a JPEG XL picture", _PHOTO),
    (b"II+\0", "a TIFF picture of the large kind (BigTIFF)", "Save it as plain TIFF."),
    (b"MM\0+", "a TIFF picture of the large kind (BigTIFF)", "Save it as plain TIFF."),
    (b"\x1f\x8b", "a packed file", "If it is a packed SVG (.svgz), save it as plain SVG."),
    (b"PK\x03\x04", "a packed file", f"Unpack it, and put a {READ} file here."),
    (b"%PDF", "a PDF file", _DRAWING),
    (b"%!PS", "a PostScript file", _DRAWING),
    (b"version https://git-lfs", "only a pointer to a file", "Fetch the file: git lfs pull."),
)
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "an AVIF picture"),
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"), "a HEIC picture"),
}
_SVG = re.compile(rb"<(?:[\w-]+:)?svg[\s>/]")
_HEAD = 1 << 16


def kind_of(data: bytes) -> str:
    """PNG, JPEG, WEBP, TIFF or SVG; "" for anything else."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")  # UTF-16 of plain letters
    return SVG if head.lstrip()[:1] == b"<" and _SVG.search(head) else ""


def other_kind(data: bytes) -> tuple[str, str]:
    """Of a file that can't be read: what it is, and what can be done."""
    if not data.strip(b"\0"):
        return "empty", "Get it again from where it came from."
    for beginning, what, todo in _OTHERS:
        if data.startswith(beginning):
            return what, todo
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "a film or a picture of another kind"), _PHOTO
    if data.lstrip()[:1] == b"<":
        return "a web page or another text, no picture", f"Put the {READ} file itself here."
    return "no picture that can be read", f"Save it as {READ}."


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height that a WebP file's head states. To open one makes room for all of it."""
    form = data[12:16]
    if form == b"VP8X":
        return _number(data[24:27]) + 1, _number(data[27:30]) + 1
    if form == b"VP8L":
        bits = _number(data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _number(data[26:28]) & 0x3FFF, _number(data[28:30]) & 0x3FFF


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")

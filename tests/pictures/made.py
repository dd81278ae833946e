"""Pictures that are made up: four colours in four quarters, in whatever form a file can have."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageChops, ImageCms, PngImagePlugin

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (40, 60, 200), (255, 255, 255)
QUARTERS = (RED, GREEN, BLUE, WHITE)  # upper left, upper right, lower left, lower right
SIDE = 64
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def quarters(width: int = SIDE, height: int = SIDE) -> Image.Image:
    """The picture."""
    image = Image.new("RGB", (width, height))
    w, h = width // 2, height // 2
    for i, colour in enumerate(QUARTERS):
        image.paste(colour, (i % 2 * w, i // 2 * h, i % 2 * w + w, i // 2 * h + h))
    return image


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(image: Image.Image | None = None, **how: object) -> bytes:
    return saved(image or quarters(), "JPEG", **{"quality": 95, "subsampling": 0, **how})


def png(image: Image.Image | None = None, **how: object) -> bytes:
    return saved(image or quarters(), "PNG", **how)


def tiff(image: Image.Image | None = None, **how: object) -> bytes:
    return saved(image or quarters(), "TIFF", **how)


def webp(image: Image.Image | None = None, **how: object) -> bytes:
    return saved(image or quarters(), "WEBP", **how)


def held(orientation: int, encode: Callable[..., bytes] = jpeg) -> bytes:
    """The same picture as a camera stores it that was held like that."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[274] = orientation
    image = quarters(96, 64)
    return encode(image.transpose(back) if back is not None else image, exif=exif)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def png_of(
    width: int,
    height: int,
    depth: int,
    colours: int,
    rows: bytes,
    *more: bytes,
    interlaced: int = 0,
) -> bytes:
    """A PNG from its parts."""
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def sixteen_bits() -> bytes:
    """A PNG with 16 bits a colour."""
    image = quarters()
    rows = b""
    for y in range(SIDE):
        dots = (image.getpixel((x, y)) for x in range(SIDE))
        rows += b"\0" + b"".join(bytes((v, 99)) for dot in dots for v in dot)  # type: ignore[union-attr]
    return png_of(SIDE, SIDE, 16, 2, rows)


def interlaced() -> bytes:
    """A PNG in seven passes (Adam7)."""
    image, rows = quarters(), b""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4))
    passes += ((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    for x0, y0, dx, dy in passes:
        for y in range(y0, SIDE, dy):
            dots = (image.getpixel((x, y)) for x in range(x0, SIDE, dx))
            rows += b"\0" + b"".join(bytes(dot) for dot in dots)  # type: ignore[arg-type]
    return png_of(SIDE, SIDE, 8, 2, rows, interlaced=1)


def grey16() -> Image.Image:
    """Greys of 16 bits; of those that Pillow would cut off, all but one."""
    half = SIDE // 2
    rows = [[a] * half + [b] * half for a, b in ((200, 20_000), (40_000, 65_535))]
    data = b"".join(struct.pack(f"<{SIDE}H", *row) * half for row in rows)
    return Image.frombytes("I;16", (SIDE, SIDE), data)


def plain_inks() -> bytes:
    """A JPEG with inks that is none of Adobe's: 0 means no ink."""
    data = jpeg(ImageChops.invert(quarters().convert("CMYK")))
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]


def exchanged() -> bytes:
    """A profile in which the value of red means green, and the other way round."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = bytearray(made)
    places = {}
    for i in range(int.from_bytes(data[128:132], "big")):
        at = 132 + 12 * i
        places[bytes(data[at : at + 4])] = at
    red, green = (places[key] + 4 for key in (b"rXYZ", b"gXYZ"))
    data[red : red + 8], data[green : green + 8] = data[green : green + 8], data[red : red + 8]
    name = "sRGB".encode("utf-16-be")
    return bytes(data).replace(name, "test".encode("utf-16-be")).replace(b"sRGB", b"test")


def see_through(mode: str = "RGBA") -> Image.Image:
    """Its lower right quarter is not there."""
    image = quarters().convert("RGBA")
    image.paste((9, 9, 9, 0), (SIDE // 2, SIDE // 2, SIDE, SIDE))
    return image.convert(mode)


def with_scans(count: int) -> bytes:
    """A JPEG that is drawn over and over."""
    data = jpeg(progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * count + data[-2:]


def resized(data: bytes, width: int, height: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    at = next(data.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in data)
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def tiff_of(width: int, height: int, **tags: int) -> bytes:
    """The head of a TIFF, with nothing behind it."""
    entries = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: height}
    entries |= {279: 1, **{int(key[1:]): value for key, value in tags.items()}}
    rows = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(entries.items())]
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + b"".join(rows) + b"\0" * 20


def webp_of(width: int, height: int) -> bytes:
    """A WebP that states a size."""
    body = b"VP8X" + struct.pack("<I", 10) + b"\x10\0\0\0"
    body += struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def with_notes(kind: str, size: int) -> bytes:
    """A PNG with a packed text of so many bytes, or a packed profile."""
    packed = zlib.compress(b" " * size, 9)
    more = chunk(kind.encode(), b"Comment\0\0" + packed)
    plain = png()
    return plain[:33] + more + plain[33:]


def with_words(count: int) -> bytes:
    """A PNG with a text of so many letters, which is not packed."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * count)
    return png(pnginfo=info)


def moving(kind: str) -> bytes:
    other = Image.new("RGB", (SIDE, SIDE), (9, 9, 9))
    more = {"TIFF": {}}.get(kind, {"duration": 90})
    return saved(quarters(), kind, save_all=True, append_images=[other, other], **more)


def svg(inside: str = "", head: str = f'{NS} viewBox="0 0 64 64"', before: str = "") -> bytes:
    """An SVG of the four quarters, and what else is given."""
    places = ((0, 0), (32, 0), (0, 32), (32, 32))
    shown = "".join(
        f'<rect x="{x}" y="{y}" width="32" height="32" fill="rgb{colour}"/>'
        for (x, y), colour in zip(places, QUARTERS, strict=True)
    )
    return f"{before}<svg {head}>{shown}{inside}</svg>".encode()


def uses() -> str:
    """Ten shapes, each ten times the one before."""
    rows = "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 10 + "</g>" for i in range(10))
    return f'<defs><g id="a0"><rect width="1" height="1"/></g>{rows}</defs><use href="#a10"/>'


def bytes_of(cases: dict[str, object]) -> Iterator[bytes]:
    """The files of a table."""
    for case in cases.values():
        yield case[0] if isinstance(case, tuple) else case  # type: ignore[misc]

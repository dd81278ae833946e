"""Icons from SVG files: what a drawing program writes is drawn, and anything else refused."""

from __future__ import annotations

import time
from importlib.resources import files as package_files
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.design.icons import Icon
from deckgen.design.svg_icon import svg_icon
from deckgen.problem import Problem

FILE = "content/icons/it.svg"
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'


def read(inside: str, opening: str = OPEN) -> Icon:
    icon, found = svg_icon(f"{opening}{inside}</svg>".encode(), FILE)
    assert icon is not None, found
    return icon


def refused(data: str | bytes) -> Problem:
    icon, found = svg_icon(data.encode() if isinstance(data, str) else data, FILE)
    assert icon is None
    (fault,) = found
    assert fault.code == "icon-invalid" and fault.place.file == FILE and fault.place.line > 0
    return fault


def ends(icon: Icon) -> list[tuple[object, ...]]:
    (path,) = (*icon.solids, *icon.lines, *icon.fills)
    return [tuple(segment[-2:]) for segment in path if len(segment) > 1]


def test_fills_and_strokes_are_told_apart() -> None:
    icon = read(
        '<path d="M2 2h8v8z"/><path fill="none" stroke="#c00" d="M1 1 5 5"/>'
        '<circle cx="12" cy="12" r="3" style="fill: none; stroke: black"/>'
    )
    assert (len(icon.solids), len(icon.lines), len(icon.fills)) == (1, 2, 0)


def test_pale_shapes_go_behind() -> None:
    icon = read(
        '<rect width="4" height="4" opacity=".3"/><rect width="4" height="4" fill="white"/>'
        '<rect width="4" height="4"/>'
    )
    assert (len(icon.fills), len(icon.solids)) == (2, 1)


@pytest.mark.parametrize(
    ("shape", "corners"),
    [
        ('<path d="M2 2 h4 v3 l-1 1 H2 V4 z"/>', [(2, 2), (6, 2), (6, 5), (5, 6), (2, 6), (2, 4)]),
        ('<rect x="2" y="3" width="5" height="4"/>', [(2, 3), (7, 3), (7, 7), (2, 7)]),
        ('<polygon points="1,1 5,1 3 4"/>', [(1, 1), (5, 1), (3, 4)]),
        ('<circle cx="6" cy="6" r="2"/>', [(4, 6), (6, 4), (8, 6), (6, 8), (4, 6)]),
        ('<ellipse cx="6" cy="6" rx="3" ry="1"/>', [(3, 6), (6, 5), (9, 6), (6, 7), (3, 6)]),
        ('<path d="M1 1 Q3 5 5 1"/>', [(1, 1), (5, 1)]),
        ('<path d="M1 1 S3 5 5 1 T 9 9"/>', [(1, 1), (5, 1), (9, 9)]),
        ('<g transform="translate(2,3)"><path d="M0 0 L1 1"/></g>', [(2, 3), (3, 4)]),
        (
            '<g transform="scale(2)"><path transform="translate(1)" d="M0 0 1 1"/></g>',
            [(2, 0), (4, 2)],
        ),
        ('<path transform="rotate(90 12 12)" d="M12 2 L14 2"/>', [(22, 12), (22, 14)]),
        ('<path transform="matrix(0 1 1 0 0 0)" d="M1 2 L3 4"/>', [(2, 1), (4, 3)]),
        ('<path transform="translate(1 1) scale(2 3)" d="M1 1 L2 2"/>', [(3, 4), (5, 7)]),
        ('<path transform="skewX(45)" d="M1 1 L2 2"/>', [(2, 1), (4, 2)]),
    ],
)
def test_shapes_lie_where_they_should(shape: str, corners: list[tuple[float, float]]) -> None:
    made = ends(read(shape))
    if len(made) == len(corners) + 1:  # back to where it began
        assert made.pop() == made[0]
    assert len(made) == len(corners)
    for there, corner in zip(made, corners, strict=True):
        assert there == pytest.approx(corner, abs=0.02)


def test_a_line_has_no_inside() -> None:
    icon = read('<line x1="1" y1="1" x2="5" y2="5" stroke="black"/>')
    assert (len(icon.lines), len(icon.solids)) == (1, 0)


def test_any_page_is_brought_to_the_grid() -> None:
    wide = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 48 24">'
    assert ends(read('<path d="M10 10 L58 34"/>', wide)) == [(0, 6), (24, 18)]
    bare = '<svg viewBox="0 0 12 12">'
    assert ends(read('<path d="M0 0 L12 12"/>', bare)) == [(0, 0), (24, 24)]
    sized = '<svg xmlns="http://www.w3.org/2000/svg" width="12px" height="12">'
    assert ends(read('<path d="M0 0 L12 12"/>', sized)) == [(0, 0), (24, 24)]


def turning(ring: list[tuple[object, ...]]) -> float:
    points = [(float(str(s[-2])), float(str(s[-1]))) for s in ring if len(s) > 1]
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)


def test_a_hole_stays_a_hole() -> None:
    hole = "M2 2H20V20H2Z M6 6H16V16H6Z M8 8H12V12H8Z"
    icon = read(f'<path fill-rule="evenodd" d="{hole}"/>')
    rings: list[list[tuple[object, ...]]] = []
    for segment in icon.solids[0]:
        if segment[0] == "m":
            rings.append([])
        rings[-1].append(segment)
    outer, inner, innermost = map(turning, rings)
    assert (outer > 0) != (inner > 0) and (outer > 0) == (innermost > 0)
    assert abs(outer) == pytest.approx(2 * 18 * 18)


def test_what_drawing_programs_add_is_passed_over() -> None:
    icon = read(
        '<title>Tree</title><defs id="d"><linearGradient id="g"/></defs>'
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x" id="v">'
        "<sodipodi:guide/></sodipodi:namedview><metadata><x/></metadata>"
        '<g display="none"><path d="M0 0 L9 9"/></g><path class="cls-1" d="M1 1 L5 5 L1 5"/>'
    )
    assert len(icon.solids) == 1


HOSTILE = {
    "no xml": "hello",
    "binary": b"\x89PNG\r\n\x1a\n",
    "empty": "",
    "cut off": OPEN + "<path",
    "not svg": "<html><body/></html>",
    "entities": '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + OPEN + "&b;</svg>",
    "outside entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + OPEN + "</svg>",
    "script": OPEN + "<script>alert(1)</script></svg>",
    "handler": OPEN + '<path onload="x()" d="M0 0 L5 5"/></svg>',
    "text": OPEN + "<text>Hi</text></svg>",
    "picture": OPEN + '<image href="http://example.org/a.png"/></svg>',
    "use": OPEN + '<use href="#a"/></svg>',
    "link": OPEN + '<g xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="x.svg"/></svg>',
    "style sheet": OPEN + "<style>path{fill:none}</style></svg>",
    "gradient": OPEN + '<path fill="url(#g)" d="M0 0 L5 5"/></svg>',
    "mask": OPEN + '<g mask="url(#m)"><path d="M0 0 L5 5"/></g></svg>',
    "foreign": OPEN + "<foreignObject/></svg>",
    "animation": OPEN + '<path d="M0 0L5 5"><animate/></path></svg>',
    "nothing": OPEN + "</svg>",
    "invisible": OPEN + '<path fill="none" d="M0 0L5 5"/></svg>',
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L5 5"/></svg>',
    "no width": OPEN.replace("0 0 24 24", "0 0 0 24") + '<path d="M0 0L5 5"/></svg>',
    "endless page": OPEN.replace("0 0 24 24", "0 0 1e999 24") + '<path d="M0 0L5 5"/></svg>',
    "beyond the page": OPEN + '<path d="M0 0 L500 500"/></svg>',
    "endless": OPEN + '<path d="M0 0 L1e999 5"/></svg>',
    "no number": OPEN + '<rect width="wide" height="5"/></svg>',
    "nan": OPEN + '<rect width="nan" height="5"/></svg>',
    "broken path": OPEN + '<path d="M0 0 L5"/></svg>',
    "path of words": OPEN + '<path d="hello"/></svg>',
    "no move": OPEN + '<path d="L5 5 L3 3"/></svg>',
    "broken turn": OPEN + '<g transform="rotate(a)"><path d="M0 0L5 5"/></g></svg>',
    "odd transform": OPEN + '<g transform="spin(9)"><path d="M0 0L5 5"/></g></svg>',
    "deep": OPEN + "<g>" * 5000,
    "long": OPEN + '<path d="M0 0' + " L5 5" * 6000 + '"/></svg>',
    "large": OPEN + " " * 300_000 + "</svg>",
    "white on black": OPEN + '<path d="M0 0L9 9L9 0z"/><path fill="#fff" d="M1 1L2 2L2 1z"/></svg>',
    "compressed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_icon_is_refused_where_it_stands(name: str) -> None:
    began = time.perf_counter()
    fault = refused(HOSTILE[name])
    assert fault.found and fault.todo
    assert time.perf_counter() - began < 2


def test_the_place_is_that_of_the_part() -> None:
    fault = refused(OPEN + '\n  <path d="M0 0L5 5"/>\n  <text>Hi</text></svg>')
    assert (fault.place.line, fault.place.column) == (3, 3)
    assert "<text>" in fault.found


pieces = st.sampled_from(
    [*"MmLlHhVvCcSsQqTtAaZz", "0", "1", "-1.5", ".5.5", "1e3", "1e999", ",", " ", "00", "nan"]
)


@given(st.lists(pieces, max_size=30).map(" ".join))
def test_any_path_is_drawn_or_refused(path: str) -> None:
    icon, found = svg_icon(f'{OPEN}<path stroke="red" d="{path}"/></svg>'.encode(), FILE)
    assert (icon is None) == bool(found)


@given(st.text(max_size=40), st.binary(max_size=40))
def test_any_bytes_are_drawn_or_refused(text: str, data: bytes) -> None:
    for svg in (OPEN.encode() + text.encode("utf-8", "ignore"), data):
        icon, found = svg_icon(svg, FILE)
        assert icon is None and len(found) == 1


def test_every_icon_of_the_set_can_be_drawn() -> None:
    archive = ZipFile(BytesIO(package_files("lucide").joinpath("lucide.zip").read_bytes()))
    names = archive.namelist()
    assert len(names) > 1500
    for name in names[::7]:
        icon, found = svg_icon(archive.read(name), name)
        assert icon and (icon.lines or icon.solids), found

"""Requirements on what pages draw: colours as they are set, ink, lines, type, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import ContentStream, NameObject

from deckgen.geometry import Matrix
from deckgen.preflight.document import ALLOWED_PACKING, found
from deckgen.preflight.glyphs import has_missing_letters
from deckgen.preflight.reach import Painter, Uses, matrix_of
from deckgen.preflight.resources import light_allowed, resource_findings, space_findings
from deckgen.preflight.rules import (
    LEAST_PPI,
    MOST_INK,
    SMALLEST_MIXED_PT,
    THINNEST_PT,
    X1A,
    Finding,
)
from deckgen.readback.parsed import entry

_INLINE = b"INLINE IMAGE"  # pypdf's name for a picture within the page
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J "
    b"K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz "
    b"v w W W* y ' \"".split()
) | {_INLINE}
_STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_SPACE_OF = {b"g": "/DeviceGray", b"k": "/DeviceCMYK", b"rg": "/DeviceRGB"}
# Within a page, filters have short names.
_SHORT_PACKING = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode"},
    **{"/Fl": "/FlateDecode", "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode"},
    "/DCT": "/DCTDecode",
}
_NAMING = {
    **{b"cs": "/ColorSpace", b"CS": "/ColorSpace", b"Tf": "/Font"},
    **{b"gs": "/ExtGState", b"sh": "/Shading"},
}
_DEEPEST = 12
_Inks = tuple[float, ...] | None
_BLACK: _Inks = (0.0, 0.0, 0.0, 100.0)


class _State(Struct, frozen=True):
    """The graphics state, as far as it matters. Inks in per cent; None for other spaces."""

    matrix: Matrix = Matrix()
    fill: _Inks = _BLACK
    stroke: _Inks = _BLACK
    fill_space: str = "/DeviceGray"
    stroke_space: str = "/DeviceGray"
    width: float = 1.0
    size: float = 0.0
    font: Any = None

    @property
    def scale(self) -> float:
        """How much larger a length gets in the direction in which it grows least."""
        m = self.matrix
        return min(hypot(m.a, m.b), hypot(m.c, m.d))


def drawing_findings(
    reader: PdfReader, first: list[Painter], where: str, standard: str
) -> Iterator[Finding]:
    """What streams draw, with the patterns, letters and masks that they use, and those within."""
    uses, waiting, seen = Uses(), list(first), dict[int, Any]()
    while waiting:
        painter = waiting.pop(0)
        if id(painter.stream) in seen:
            continue
        seen[id(painter.stream)] = painter.stream
        walk = _Walk(reader, where, standard, uses, measured=painter.measured)
        walk.stream(painter.stream, painter.resources, _State(painter.matrix), 0)
        yield from walk.findings
        waiting += [inner for held in uses.dictionaries() for inner in uses.painters(held)]
    yield from resource_findings(uses, where, standard)


class _Walk:
    """Follows the operators of a stream. `measured`: its lengths are those on paper."""

    def __init__(
        self, reader: PdfReader, where: str, standard: str, uses: Uses, *, measured: bool
    ) -> None:
        self.reader, self.where, self.standard = reader, where, standard
        self.uses, self.measured = uses, measured
        self.findings: list[Finding] = []

    def _say(self, key: str, what: str) -> None:
        self.findings.append(found(key, self.where, what))

    def stream(self, content: Any, resources: Any, state: _State, depth: int) -> None:
        """One content stream; forms inside are followed to a sane depth."""
        if content is None or depth > _DEEPEST:
            return
        saved: list[_State] = []
        text = Matrix()
        for operands, operator in ContentStream(content, self.reader).operations:
            if operator not in _OPERATORS:
                self._say("OPERATORS", f"“{operator.decode('latin-1')}” is not known")
            elif operator == b"q":
                saved.append(state)
            elif operator == b"Q":
                state = saved.pop() if saved else state
            else:
                try:
                    if operator in (b"BT", b"Tm"):
                        text = matrix_of(operands) if operator == b"Tm" else Matrix()
                    state = self._step(state, operands, operator, resources, text, depth)
                except (IndexError, KeyError, TypeError, ValueError, AttributeError):
                    name = operator.decode("latin-1")
                    self._say("OPERATORS", f"“{name}” does not have what it needs")

    def _step(
        self,
        state: _State,
        operands: Any,
        operator: bytes,
        resources: Any,
        text: Matrix,
        depth: int,
    ) -> _State:
        if operator in (b"Tj", b"TJ", b"'", b'"'):
            self._type(state, text)
            if has_missing_letters(state.font, operands[-1]):
                self._say("LETTERS", "a letter has no shape in its font")
        elif operator in _STROKES:
            self._line(state)
        elif operator == b"Do":
            self._external(operands[0], resources, state, depth)
        elif operator == _INLINE:
            self._inline(operands, resources)
        elif operator == b"BDC" and operands[0] == "/OC" and self.standard == X1A:
            self._say("LAYERS", "something is on a layer")
        else:
            return self._set(state, operands, operator, resources)
        return state

    def _set(
        self, state: _State, operands: Sequence[Any], operator: bytes, resources: Any
    ) -> _State:
        if operator == b"cm":
            return replace(state, matrix=matrix_of(operands).then(state.matrix))
        if operator == b"w":
            return replace(state, width=float(operands[0]))
        if operator in _NAMING:
            self.uses.note(resources, _NAMING[operator], operands[0])
        if operator == b"Tf":
            font = entry(resources, "/Font", operands[0])
            return replace(state, font=font, size=float(operands[1]))
        if operator in (b"cs", b"CS"):
            inks: _Inks = _BLACK if operands[0] in ("/DeviceGray", "/DeviceCMYK") else None
            return self._coloured(state, operator == b"cs", str(operands[0]), inks, resources)
        if operator in (b"sc", b"scn", b"SC", b"SCN"):
            filled = operator in (b"sc", b"scn")
            space = state.fill_space if filled else state.stroke_space
            inks = self._inks(operands) if space in ("/DeviceGray", "/DeviceCMYK") else None
            if operands and isinstance(operands[-1], NameObject):
                self.uses.note(resources, "/Pattern", operands[-1])
            return self._coloured(state, filled, space, inks, resources)
        if operator.lower() in _SPACE_OF:
            space = _SPACE_OF[operator.lower()]
            inks = None if space == "/DeviceRGB" else self._inks(operands)
            return self._coloured(state, operator.islower(), space, inks, resources)
        return state

    def _coloured(
        self,
        state: _State,
        filled: bool,
        space: str,
        inks: _Inks,
        resources: Any,
    ) -> _State:
        if space == "/DeviceRGB" and not light_allowed(resources, self.standard):
            self._say("COLOUR", "red, green and blue are set directly")
        if filled:
            return replace(state, fill=inks, fill_space=space)
        return replace(state, stroke=inks, stroke_space=space)

    def _inks(self, operands: Sequence[Any]) -> tuple[float, ...]:
        values = tuple(100 * float(v) for v in operands)
        inks = values if len(values) == 4 else (0.0, 0.0, 0.0, 100 - values[0])
        if sum(inks) > MOST_INK + 0.5:
            self._say("INK", f"a colour with {sum(inks):.0f} % ink")
        return inks

    def _type(self, state: _State, text: Matrix) -> None:
        size = state.size * state.scale * min(hypot(text.a, text.b), hypot(text.c, text.d))
        used = sum(ink > 0 for ink in state.fill or ())
        if self.measured and 0 < size <= SMALLEST_MIXED_PT and used > 1:
            self._say("SMALL", f"type of {size:.1f} pt in {used} inks")

    def _line(self, state: _State) -> None:
        width = state.width * state.scale
        if self.measured and width < THINNEST_PT - 0.01:
            self._say("LINES", f"a line of {width:.2f} pt")

    def _external(self, name: Any, resources: Any, state: _State, depth: int) -> None:
        thing = entry(resources, "/XObject", name)
        self.uses.note(resources, "/XObject", name)
        if entry(thing, "/Subtype") == "/Image":
            across = hypot(state.matrix.a, state.matrix.b) / 72
            dots = float(entry(thing, "/Width") or 0)
            if not self.measured or entry(thing, "/ImageMask"):
                return
            if across and dots / across < LEAST_PPI:
                self._say("PICTURES", f"a picture with {dots / across:.0f} dots an inch")
        elif entry(thing, "/Subtype") == "/Form":
            inner = state
            if "/Matrix" in thing:
                inner = replace(state, matrix=matrix_of(entry(thing, "/Matrix")).then(state.matrix))
            own = entry(thing, "/Resources") or resources
            self.stream(thing, own, inner, depth + 1)

    def _inline(self, operands: Any, resources: Any) -> None:
        settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
        space = settings.get("/CS", settings.get("/ColorSpace"))
        light = light_allowed(resources, self.standard)
        if space is not None:
            self.uses.note(resources, "/ColorSpace", space)
            self.findings += space_findings(space, self.where, self.standard, light)
        filters = settings.get("/F", settings.get("/Filter")) or ()
        for name in [filters] if isinstance(filters, str) else filters:
            if _SHORT_PACKING.get(name, name) not in ALLOWED_PACKING:
                self._say("PACKING", f"a picture within the page is packed as {name[1:]}")

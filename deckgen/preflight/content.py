"""Requirements on what pages draw: colours as they are set, ink, lines, type, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import ContentStream, NameObject

from deckgen.geometry import Matrix, moved
from deckgen.preflight.document import ALLOWED_PACKING, found
from deckgen.preflight.glyphs import has_missing_letters
from deckgen.preflight.reach import Budget, TooMuch, Uses, matrix_of
from deckgen.preflight.resources import GREY, PROCESS, plates_of, space_findings
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
STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_DIRECT: Mapping[bytes, tuple[str, tuple[str, ...]]] = {
    **{b"g": ("/DeviceGray", GREY), b"k": ("/DeviceCMYK", PROCESS), b"rg": ("/DeviceRGB", ())},
}
# Within a page, filters have short names.
_SHORT_PACKING = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode"},
    **{"/Fl": "/FlateDecode", "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode"},
    "/DCT": "/DCTDecode",
}
_NAMING = {
    **{b"cs": "/ColorSpace", b"CS": "/ColorSpace", b"Tf": "/Font"},
    **{b"gs": "/ExtGState", b"sh": "/Shading", b"Do": "/XObject"},
}
_DEEPEST = 28  # as deep as ISO 32000-1, annex C, asks of readers for states
# What a program must be shown before a requirement has been looked at.
_PAINTING = frozenset(b"f F f* B B* b b* S s Tj TJ ' \" sh Do".split()) | {_INLINE}
TEXT = frozenset((b"Tj", b"TJ", b"'", b'"'))
_COLOURING = frozenset(b"g G rg RG k K cs CS sc SC scn SCN".split())
_LOOKED = (
    (_OPERATORS, ("OPERATORS",)),
    (_PAINTING | _COLOURING, ("COLOUR", "LAB", "OWN-INKS")),
)
Inks = Mapping[str, float]
_BLACK: Inks = {**dict.fromkeys(PROCESS, 0.0), "/Black": 100.0}


class State(Struct, frozen=True):
    """The graphics state, as far as it matters. Inks in per cent; None where they are unknown."""

    matrix: Matrix = Matrix()
    fill: Inks | None = field(default_factory=lambda: _BLACK)
    stroke: Inks | None = field(default_factory=lambda: _BLACK)
    fill_plates: tuple[str, ...] = GREY
    stroke_plates: tuple[str, ...] = GREY
    width: float = 1.0
    size: float = 0.0
    font: Any = None

    @property
    def scale(self) -> float:
        """How much larger a length gets in the direction in which it grows least."""
        m = self.matrix
        return min(hypot(m.a, m.b), hypot(m.c, m.d))


def inks_of(plates: Sequence[str], values: Sequence[Any]) -> Inks | None:
    """How much of each ink a colour takes; None where its space names no inks.

    Raises ValueError if there are not as many values as plates.
    """
    inks = {plate: 100 * float(v) for plate, v in zip(plates, values, strict=True)}
    if plates == GREY:
        return {**_BLACK, "/Black": 100 - inks["/Grey"]}
    if "/All" in inks:
        return dict.fromkeys(PROCESS, inks["/All"])
    return {plate: ink for plate, ink in inks.items() if plate != "/None"} if inks else None


class Walk:
    """Follows the operators of a stream. `measured`: its lengths are those on paper."""

    def __init__(
        self, reader: PdfReader, where: str, standard: str, uses: Uses, budget: Budget
    ) -> None:
        self.reader, self.where, self.standard = reader, where, standard
        self.uses, self.budget, self.measured = uses, budget, False
        self._said: dict[tuple[str, str], None] = {}
        self._read: dict[int, tuple[Any, list[tuple[Any, bytes]]]] = {}

    def findings(self) -> Iterator[Finding]:
        """What was found, each once."""
        return (found(key, self.where, what) for key, what in self._said)

    def _say(self, key: str, what: str = "") -> None:
        self._said[key, what] = None

    def stream(self, content: Any, resources: Any, state: State, depth: int = 0) -> None:
        """One content stream, and the forms inside. Raises TooMuch if they have no end."""
        if depth > _DEEPEST:
            raise TooMuch(f"forms lie in forms more than {_DEEPEST} deep")
        operations = self._operations(content)
        self.budget.spend(len(operations))
        saved: list[State] = []
        text = Matrix()
        for operands, operator in operations:
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
                    elif operator in (b"Td", b"TD"):
                        text = moved(*map(float, operands)).then(text)
                    state = self._step(state, operands, operator, resources, text, depth)
                except (IndexError, KeyError, TypeError, ValueError, AttributeError):
                    name = operator.decode("latin-1")
                    self._say("OPERATORS", f"“{name}” does not have what it needs")
        for operators, keys in _LOOKED:
            if not operators.isdisjoint(operator for _, operator in operations):
                for key in keys:
                    self._say(key)

    def _operations(self, content: Any) -> list[tuple[Any, bytes]]:
        """The operators of a stream with their operands, read once."""
        _, known = self._read.get(id(content), (None, None))
        if known is None:
            known = [] if content is None else ContentStream(content, self.reader).operations
            self._read[id(content)] = content, known  # which keeps it, so that its id stays its own
        return known

    def _step(
        self,
        state: State,
        operands: Any,
        operator: bytes,
        resources: Any,
        text: Matrix,
        depth: int,
    ) -> State:
        if operator in _NAMING:
            self.uses.note(resources, _NAMING[operator], operands[0])
        if operator in TEXT:
            self._type(state, text, operands[-1])
        elif operator in STROKES:
            self._line(state)
        elif operator == b"Do":
            self._external(entry(resources, "/XObject", operands[0]), resources, state, depth)
        elif operator == _INLINE:
            self._inline(operands, resources, state)
        elif operator == b"BDC" and operands[0] == "/OC" and self.standard == X1A:
            self._say("LAYERS", "something is on a layer")
        else:
            return self._set(state, operands, operator, resources)
        return state

    def _set(self, state: State, operands: Sequence[Any], operator: bytes, resources: Any) -> State:
        if operator == b"cm":
            return replace(state, matrix=matrix_of(operands).then(state.matrix))
        if operator == b"w":
            return replace(state, width=float(operands[0]))
        if operator == b"Tf":
            font = entry(resources, "/Font", operands[0])
            return replace(state, font=font, size=float(operands[1]))
        if operator == b"gs":
            width = entry(resources, "/ExtGState", operands[0], "/LW")
            return state if width is None else replace(state, width=float(width))
        if operator in _COLOURING:
            return self._colour(state, operands, operator, resources)
        return state

    def _colour(
        self, state: State, operands: Sequence[Any], operator: bytes, resources: Any
    ) -> State:
        filled, kind = operator.islower(), operator.lower()
        inks: Inks | None
        if kind == b"cs":
            plates = plates_of(entry(resources, "/ColorSpace", operands[0]) or operands[0])
            inks = inks_of(plates, _first(plates))
        else:
            plates = state.fill_plates if filled else state.stroke_plates
            if kind in _DIRECT:
                space, plates = _DIRECT[kind]
                self.uses.note(resources, "/ColorSpace", space)
            elif operands and isinstance(operands[-1], NameObject):
                self.uses.note(resources, "/Pattern", operands[-1])
                plates = ()
            inks = inks_of(plates, operands) if plates else None
            if inks is not None:
                over = sum(inks.values()) > MOST_INK + 0.5
                self._say("INK", f"a colour with {sum(inks.values()):.0f} % ink" if over else "")
        if filled:
            return replace(state, fill=inks, fill_plates=plates)
        return replace(state, stroke=inks, stroke_plates=plates)

    def _type(self, state: State, text: Matrix, shown: Any) -> None:
        missing = has_missing_letters(state.font, shown)
        if missing is not None:
            self._say("LETTERS", "a letter has no shape in its font" if missing else "")
        size = state.size * state.scale * min(hypot(text.a, text.b), hypot(text.c, text.d))
        if self.measured and size > 0 and state.fill is not None:
            used = sum(ink > 0 for ink in state.fill.values())
            small = size <= SMALLEST_MIXED_PT and used > 1
            self._say("SMALL", f"type of {size:.1f} pt in {used} inks" if small else "")

    def _line(self, state: State) -> None:
        width = state.width * state.scale
        if self.measured:
            thin = width < THINNEST_PT - 0.01
            self._say("LINES", f"a line of {width:.2f} pt" if thin else "")

    def _external(self, thing: Any, resources: Any, state: State, depth: int) -> None:
        if entry(thing, "/Subtype") == "/Image" and not entry(thing, "/ImageMask"):
            self._picture(state, entry(thing, "/Width"), entry(thing, "/Height"))
        elif entry(thing, "/Subtype") == "/Form":
            inner = replace(state, matrix=matrix_of(entry(thing, "/Matrix")).then(state.matrix))
            self.stream(thing, entry(thing, "/Resources") or resources, inner, depth + 1)

    def _picture(self, state: State, across: Any, down: Any) -> None:
        m = state.matrix
        sides = ((across, hypot(m.a, m.b)), (down, hypot(m.c, m.d)))
        if self.measured and all(length for _, length in sides):
            dots = min(72 * float(dots or 0) / length for dots, length in sides)
            coarse = dots < LEAST_PPI
            self._say("PICTURES", f"a picture with {dots:.0f} dots an inch" if coarse else "")

    def _inline(self, operands: Any, resources: Any, state: State) -> None:
        held = operands.get("settings", {}) if isinstance(operands, dict) else {}
        if not _either(held, "/IM", "/ImageMask"):
            self._picture(state, _either(held, "/W", "/Width"), _either(held, "/H", "/Height"))
        space = _either(held, "/CS", "/ColorSpace")
        space = entry(resources, "/ColorSpace", space) or space if isinstance(space, str) else space
        for finding in space_findings(space, self.where, self.standard, resources):
            self._say(finding.rule.key, finding.found)
        filters = _either(held, "/F", "/Filter") or ()
        for name in [filters] if isinstance(filters, str) else filters:
            allowed = _SHORT_PACKING.get(name, name) in ALLOWED_PACKING
            what = f"a picture within the page is packed as {name[1:]}"
            self._say("PACKING", "" if allowed else what)


def _first(plates: Sequence[str]) -> Sequence[float]:
    """The colour that a space begins with: black, or all of its inks in full."""
    return {PROCESS: (0, 0, 0, 1), GREY: (0,)}.get(tuple(plates), (1,) * len(plates))


def _either(held: Any, short: str, long: str) -> Any:
    return held.get(short, held.get(long))

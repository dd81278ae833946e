"""Requirements on what pages draw: colours as they are set, ink, lines, type, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from deckgen.geometry import Matrix
from deckgen.pdf.parsed import entry, resolved
from deckgen.preflight.document import found
from deckgen.preflight.rules import (
    LEAST_PPI,
    MOST_INK,
    SMALLEST_MIXED_PT,
    THINNEST_PT,
    Finding,
)

_INLINE = b"INLINE IMAGE"  # pypdf's name for a picture within the page
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J "
    b"K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz "
    b"v w W W* y ' \"".split()
) | {_INLINE}
_STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as it matters. Inks in per cent; None for other spaces."""

    matrix: Matrix = Matrix()
    fill: tuple[float, ...] | None = (0, 0, 0, 100)
    stroke: tuple[float, ...] | None = (0, 0, 0, 100)
    width: float = 1.0
    size: float = 0.0

    @property
    def scale(self) -> float:
        """How much larger a length gets in the direction in which it grows least."""
        m = self.matrix
        return min(hypot(m.a, m.b), hypot(m.c, m.d))


def content_findings(reader: PdfReader, page: Any, where: str) -> Iterator[Finding]:
    """What a page draws, its forms included. Each fault is told once a page."""
    walk = _Walk(reader, where)
    walk.stream(page.get_contents(), entry(page, "/Resources"), _State(), 0)
    yield from dict.fromkeys(walk.findings)


class _Walk:
    """Follows the operators of a page."""

    def __init__(self, reader: PdfReader, where: str) -> None:
        self.reader, self.where = reader, where
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
            elif operator == b"Q" and saved:
                state = saved.pop()
            elif operator == b"cm":
                state = replace(state, matrix=_matrix(operands).then(state.matrix))
            elif operator in (b"BT", b"Tm"):
                text = _matrix(operands) if operator == b"Tm" else Matrix()
            elif operator in (b"Tj", b"TJ", b"'", b'"'):
                self._type(state, text)
            elif operator in _STROKES:
                self._line(state)
            elif operator == b"Do":
                self._external(operands[0], resources, state, depth)
            elif operator == _INLINE:
                self._inline(operands)
            else:
                state = self._set(state, operands, operator)

    def _set(self, state: _State, operands: Sequence[Any], operator: bytes) -> _State:
        if operator in (b"rg", b"RG"):
            self._say("COLOUR", "red, green and blue are set directly")
            return state
        if operator in (b"k", b"g"):
            return replace(state, fill=self._inks(operands))
        if operator in (b"K", b"G"):
            return replace(state, stroke=self._inks(operands))
        if operator in (b"cs", b"CS"):
            if operands[0] in ("/DeviceRGB", "/CalRGB"):
                self._say("COLOUR", f"the colour space {str(operands[0])[1:]} is chosen")
            return replace(state, fill=None) if operator == b"cs" else replace(state, stroke=None)
        if operator == b"w":
            return replace(state, width=float(operands[0]))
        if operator == b"Tf":
            return replace(state, size=float(operands[1]))
        return state

    def _inks(self, operands: Sequence[Any]) -> tuple[float, ...]:
        values = tuple(100 * float(v) for v in operands)
        inks = values if len(values) == 4 else (0.0, 0.0, 0.0, 100 - values[0])
        if sum(inks) > MOST_INK + 0.5:
            self._say("INK", f"a colour with {sum(inks):.0f} % ink")
        return inks

    def _type(self, state: _State, text: Matrix) -> None:
        size = state.size * state.scale * min(hypot(text.a, text.b), hypot(text.c, text.d))
        used = sum(ink > 0 for ink in state.fill or ())
        if 0 < size <= SMALLEST_MIXED_PT and used > 1:
            self._say("SMALL", f"type of {size:.1f} pt in {used} inks")

    def _line(self, state: _State) -> None:
        width = state.width * state.scale
        if width < THINNEST_PT - 0.01:
            self._say("LINES", f"a line of {width:.2f} pt")

    def _external(self, name: Any, resources: Any, state: _State, depth: int) -> None:
        thing = resolved((entry(resources, "/XObject") or {}).get(name))
        if entry(thing, "/Subtype") == "/Image":
            across = hypot(state.matrix.a, state.matrix.b) / 72
            dots = float(entry(thing, "/Width") or 0)
            if across and dots / across < LEAST_PPI and not entry(thing, "/ImageMask"):
                self._say("PICTURES", f"a picture with {dots / across:.0f} dots an inch")
        elif entry(thing, "/Subtype") == "/Form":
            inner = state
            if "/Matrix" in thing:
                inner = replace(state, matrix=_matrix(entry(thing, "/Matrix")).then(state.matrix))
            own = entry(thing, "/Resources") or resources
            self.stream(thing, own, inner, depth + 1)

    def _inline(self, operands: Any) -> None:
        settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
        space = settings.get("/CS", settings.get("/ColorSpace"))
        if space in ("/RGB", "/DeviceRGB"):
            self._say("COLOUR", "a picture within the page is in RGB")


def _matrix(operands: Sequence[Any]) -> Matrix:
    return Matrix(*(float(resolved(v)) for v in operands))

"""Requirements on what pages draw: colours as they are set, ink, lines, type, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot, inf
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from pypdf.generic import ContentStream, NameObject

from deckgen.geometry import Matrix, moved
from deckgen.preflight.document import PACKINGS
from deckgen.preflight.entries import entry
from deckgen.preflight.inspected import Inspected, TooMuch
from deckgen.preflight.reach import Used, least_growth, listed, matrix_of
from deckgen.preflight.resources import GREY, PROCESS, has_missing_letters, look_at_space, plates_of
from deckgen.preflight.rules import LEAST_PPI, MOST_INK, SMALLEST_MIXED_PT, THINNEST_PT

Box = tuple[float, float, float, float]
_INLINE = b"INLINE IMAGE"  # pypdf's name for a picture within the page
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J "
    b"K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz "
    b"v w W W* y ' \"".split()
) | {_INLINE}
STROKES = frozenset(b"S s B B* b b*".split())
TEXT = frozenset(b"Tj TJ ' \"".split())
_DIRECT = {b"g": "/DeviceGray", b"k": "/DeviceCMYK", b"rg": "/DeviceRGB"}
# Within a page, filters have short names too.
_INLINE_PACKING = PACKINGS | frozenset("/AHx /A85 /Fl /RL /CCF /DCT".split())
_NAMING = {
    **{b"cs": "/ColorSpace", b"CS": "/ColorSpace", b"Tf": "/Font"},
    **{b"gs": "/ExtGState", b"sh": "/Shading", b"Do": "/XObject"},
}
_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"})
_DEEPEST = 28  # as deep as ISO 32000-1, annex C, asks of readers for states
_COLOURING = frozenset(b"g G rg RG k K cs CS sc SC scn SCN".split())
_SHOWING = frozenset(b"f F f* B B* b b* S s Tj TJ ' \" sh Do".split()) | {_INLINE} | _COLOURING
# What a program must be shown before a requirement has been looked at.
_LOOKED = {"OPERATORS": _OPERATORS, **dict.fromkeys(("COLOUR", "LAB", "OWN-INKS"), _SHOWING)}
_FIRST = {PROCESS: (0, 0, 0, 1), GREY: (0,)}  # the colour that a space begins with, if not all ink
Inks = Mapping[str, float]
_BLACK: Inks = {**dict.fromkeys(PROCESS, 0.0), "/Black": 100.0}


class Paint(Struct, frozen=True):
    """What areas or lines are painted with. Inks in per cent; None where they are unknown."""

    inks: Inks | None = field(default_factory=lambda: _BLACK)
    plates: tuple[str, ...] = GREY
    over: bool = False  # other plates are left alone
    part: float = 1.0  # of full opacity


class State(Struct, frozen=True):
    """The graphics state, as far as it matters."""

    resources: Any
    matrix: Matrix = Matrix()
    text: Matrix = Matrix()
    fill: Paint = Paint()
    stroke: Paint = Paint()
    width: float = 1.0
    size: float = 0.0
    font: Any = None
    mode: str = "/Normal"
    nonzero: bool = False  # overprint mode 1: no ink leaves a plate alone too
    masked: bool = False
    clip: Box = (-inf, -inf, inf, inf)
    boxed: bool = True  # the clip is a box, not only within one
    floor: int | None = None  # within a group that mixes: how much was painted before it
    depth: int = 0  # of forms in forms

    def given(self, graphics: Any) -> State:
        """The state once an ExtGState is set, which changes only what it speaks of."""
        fill, stroke, mask = self.fill, self.stroke, entry(graphics, "/SMask")
        over = bool(_or(graphics, "/OP", stroke.over))
        fill_over = bool(_or(graphics, "/op", _or(graphics, "/OP", fill.over)))
        return replace(
            self,
            width=float(_or(graphics, "/LW", self.width)),
            fill=replace(fill, over=fill_over, part=float(_or(graphics, "/ca", fill.part))),
            stroke=replace(stroke, over=over, part=float(_or(graphics, "/CA", stroke.part))),
            mode=self.mode if entry(graphics, "/BM") is None else mode_of(graphics),
            nonzero=bool(_or(graphics, "/OPM", self.nonzero)),
            masked=self.masked if mask is None else mask != "/None",
        )


def mode_of(graphics: Any) -> str:
    """The blend mode of an ExtGState; of a list the first, as all of PDF 1.4 are known."""
    return str(next(iter(listed(entry(graphics, "/BM"))), None))


def _or(graphics: Any, key: str, before: Any) -> Any:
    """What an ExtGState says, a switch as True or False; as it was before where it is silent."""
    value = entry(graphics, key)
    return before if value is None else getattr(value, "value", value)


def _inks_of(plates: Sequence[str], values: Sequence[Any]) -> Inks | None:
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
    """Follows the operators of streams. `measured`: their lengths are those on paper.

    `used` are the resources that they name, as what only lies there unused is nobody's fault;
    `new` those that nobody has looked at yet.
    """

    def __init__(self, file: Inspected) -> None:
        self.file, self.measured = file, False
        self.used: dict[tuple[int, str, str], Used] = {}
        self.new: list[Used] = []
        self._read: dict[int, tuple[Any, list[tuple[Any, bytes]]]] = {}

    def stream(self, content: Any, state: State) -> None:
        """One content stream, and the forms inside. Raises TooMuch if they have no end."""
        if state.depth > _DEEPEST:
            raise TooMuch(f"forms lie in forms more than {_DEEPEST} deep")
        operations = self._operations(content)
        self.file.spend(len(operations))
        saved: list[State] = []
        for operands, operator in operations:
            if operator == b"q":
                saved.append(state)
            elif operator == b"Q":
                state = replace(saved.pop(), text=state.text) if saved else state
            elif operator not in _OPERATORS:
                self.file.fails("OPERATORS", f"“{operator.decode('latin-1')}” is not known")
            else:
                try:
                    state = self._step(state, operands, operator)
                except (IndexError, KeyError, TypeError, ValueError, AttributeError):
                    name = operator.decode("latin-1")
                    self.file.fails("OPERATORS", f"“{name}” does not have what it needs")
        used = {operator for _, operator in operations}
        for key in (key for key, shown in _LOOKED.items() if not shown.isdisjoint(used)):
            self.file.has(key)

    def _operations(self, content: Any) -> list[tuple[Any, bytes]]:
        """The operators of a stream with their operands, read once."""
        _, known = self._read.get(id(content), (None, None))
        if known is None:
            known = [] if content is None else ContentStream(content, self.file.reader).operations
            self._read[id(content)] = content, known  # which keeps it, so that its id stays its own
        return known

    def _use(self, resources: Any, kind: str, name: Any) -> None:
        """A stream that draws with these resources names one of a kind.

        A device's own space needs no entry. Of any other name that leads nowhere, `thing` is None.
        """
        key = (id(resources), kind, str(name))
        if key not in self.used:
            thing = entry(resources, kind, name)
            used = Used(kind, name if thing is None and name in _SPACES else thing, resources)
            self.used[key] = used  # which keeps the resources, so that their id stays theirs
            self.new.append(used)

    def _step(self, state: State, operands: Any, operator: bytes) -> State:
        if operator in _NAMING:
            self._use(state.resources, _NAMING[operator], operands[0])
        if operator in TEXT:
            self._type(state, operands[-1])
        elif operator in STROKES:
            self._line(state)
        elif operator == b"Do":
            self._external(state, entry(state.resources, "/XObject", operands[0]))
        elif operator == _INLINE:
            self._inline(state, operands)
        elif operator == b"BDC" and operands[0] == "/OC":
            self.file.fails("LAYERS", "something is on a layer", self.file.x1a)
        elif operator in _COLOURING:
            return self._colour(state, operands, operator)
        else:
            return _set(state, operands, operator)
        return state

    def _colour(self, state: State, operands: Any, operator: bytes) -> State:
        side, kind = "fill" if operator.islower() else "stroke", operator.lower()
        paint: Paint = getattr(state, side)
        plates, values = paint.plates, operands
        if kind == b"cs":
            plates = plates_of(entry(state.resources, "/ColorSpace", operands[0]) or operands[0])
            values = _FIRST.get(plates, (1,) * len(plates))
        elif kind in _DIRECT:
            plates = plates_of(_DIRECT[kind])
            self._use(state.resources, "/ColorSpace", _DIRECT[kind])
        elif operands and isinstance(operands[-1], NameObject):
            self._use(state.resources, "/Pattern", operands[-1])
            plates = ()
        inks = _inks_of(plates, values) if plates else None
        if inks is not None and kind != b"cs":
            self.check_ink(inks, "a colour with {:.0f} % ink")
        return replace(state, **{side: replace(paint, inks=inks, plates=plates)})

    def check_ink(self, inks: Inks, said: str) -> None:
        """Whether the press takes so much; `said` has a place for how much it is."""
        total = sum(inks.values())
        self.file.has("INK", said.format(total), total > MOST_INK + 0.5)

    def _type(self, state: State, shown: Any) -> None:
        missing = has_missing_letters(state.font, shown)
        if missing is not None:
            self.file.has("LETTERS", "a letter has no shape in its font", missing)
        size = state.size * least_growth(state.matrix) * least_growth(state.text)
        if self.measured and size > 0 and state.fill.inks is not None:
            used = sum(ink > 0 for ink in state.fill.inks.values())
            small = size <= SMALLEST_MIXED_PT and used > 1
            self.file.has("SMALL", f"type of {size:.1f} pt in {used} inks", small)

    def _line(self, state: State) -> None:
        width = state.width * least_growth(state.matrix)
        if self.measured:
            self.file.has("LINES", f"a line of {width:.2f} pt", width < THINNEST_PT - 0.01)

    def _external(self, state: State, thing: Any) -> None:
        if entry(thing, "/Subtype") == "/Image" and not entry(thing, "/ImageMask"):
            self._picture(state, entry(thing, "/Width"), entry(thing, "/Height"))
        elif entry(thing, "/Subtype") == "/Form":
            matrix = matrix_of(entry(thing, "/Matrix")).then(state.matrix)
            resources = entry(thing, "/Resources") or state.resources
            inner = replace(state, resources=resources, matrix=matrix, depth=state.depth + 1)
            self.stream(thing, inner)

    def _picture(self, state: State, across: Any, down: Any) -> None:
        m = state.matrix
        sides = ((across, hypot(m.a, m.b)), (down, hypot(m.c, m.d)))
        if self.measured and all(length for _, length in sides):
            dots = min(72 * float(dots or 0) / length for dots, length in sides)
            self.file.has("PICTURES", f"a picture with {dots:.0f} dots an inch", dots < LEAST_PPI)

    def _inline(self, state: State, operands: Any) -> None:
        held = operands.get("settings", {}) if isinstance(operands, dict) else {}
        if not _either(held, "/IM", "/ImageMask"):
            self._picture(state, _either(held, "/W", "/Width"), _either(held, "/H", "/Height"))
        space = _either(held, "/CS", "/ColorSpace")
        if isinstance(space, str):
            space = entry(state.resources, "/ColorSpace", space) or space
        look_at_space(self.file, space, state.resources)
        for name in listed(_either(held, "/F", "/Filter")):
            what = f"a picture within the page is packed as {name[1:]}"
            self.file.has("PACKING", what, name not in _INLINE_PACKING)


def _set(state: State, operands: Sequence[Any], operator: bytes) -> State:
    """What an operator changes that only sets something."""
    if operator == b"cm":
        return replace(state, matrix=matrix_of(operands).then(state.matrix))
    if operator in (b"BT", b"Tm"):
        return replace(state, text=matrix_of(operands if operator == b"Tm" else None))
    if operator in (b"Td", b"TD"):
        return replace(state, text=moved(*map(float, operands)).then(state.text))
    if operator == b"w":
        return replace(state, width=float(operands[0]))
    if operator == b"Tf":
        font = entry(state.resources, "/Font", operands[0])
        return replace(state, font=font, size=float(operands[1]))
    if operator == b"gs":
        return state.given(entry(state.resources, "/ExtGState", operands[0]))
    return state


def _either(held: Any, short: str, long: str) -> Any:
    return held.get(short, held.get(long))

"""The form: fields in a real hierarchy, and appearances that look the same in every viewer.

Boxes and labels are drawn on the page; a widget has neither border nor ground, for that is
the only frame seen to survive every viewer. NeedAppearances is left out: viewers that obey
it redraw even untouched fields, each in its own way, and lose the writing lines.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from deckgen.model.drawing import Field, FieldKind, TextLine, TextRun
from deckgen.model.workbook import RESERVED
from deckgen.pdf.appearances import (
    INK,
    INK_SRGB,
    NOTHING,
    lines_look,
    mark_look,
    text_look,
    value_lines,
)
from deckgen.pdf.form_font import FORM_FONT_ALIAS, form_font
from deckgen.pdf.notation import number
from deckgen.pdf.objects import Indirect, Name, form, names
from deckgen.pdf.paint import Painter
from deckgen.pdf.resources import Resources

_MULTILINE = 1 << 12
_RADIO = 1 << 15
_COMBO = 1 << 17
_RIGHT = 2  # of a field: where its lines end
_BLANK = " "
_READ_ONLY, _HIDDEN = 1, 2
_CARRIED, _CARRIED_PT = "deckgen", 12.0


class Form:
    """The interactive form of one document in the making."""

    def __init__(
        self, painter: Painter, resources: Resources, face: str = "regular", *, rtl: bool = False
    ) -> None:
        """`rtl`: what is typed stands at the right."""
        faces = painter.coding.faces
        self._painter, self._resources = painter, resources
        self._face = face if face in faces else next(iter(faces))
        self._letters, self._rtl = faces[self._face], rtl
        self._nodes: dict[str, Indirect] = {}
        self._top: list[Indirect] = []
        self._marks: dict[tuple[float, float, str], Indirect] = {}

    def widget(self, field: Field, page: Indirect) -> Indirect:
        """The widget annotation of a field, entered in the hierarchy by its dotted name."""
        made = Indirect(names(Type="Annot", Subtype="Widget"))
        made.value |= {"Rect": field.rect.corners, "F": 4, "P": page, "TU": field.tooltip}
        if field.kind is FieldKind.RADIO:
            made.value |= self._radio(field, made)
            return made
        if field.name in self._nodes:
            raise ValueError(f"two fields are called {field.name!r}")
        self._enter(field.name, made)
        made.value |= self.answered(field)
        return made

    def answered(self, field: Field) -> dict[str, Any]:
        """What a widget that is a field by itself holds of its value, and how it looks."""
        return self._check(field) if field.kind is FieldKind.CHECK else self._text(field)

    def node(self, name: str) -> Indirect | None:
        """A field of this document by its full name."""
        return self._nodes.get(name)

    def carry(self, said: str, page: Indirect) -> Indirect:
        """A field that nobody sees: what the file says of itself, which viewers keep."""
        made = Indirect(names(Type="Annot", Subtype="Widget", FT="Tx"))
        made.value |= {"Rect": [0, 0, 0, 0], "F": _HIDDEN, "Ff": _READ_ONLY, "P": page, "V": said}
        made.value |= {"DA": default_appearance(_CARRIED_PT), "TU": _CARRIED}
        self._enter(f"{RESERVED}.workbook", made)
        return made

    def lines_of(self, words: Iterable[str]) -> list[TextLine]:
        """Words as answers are set, one a line."""
        return [TextLine(0, 0, 1, INK_SRGB, (TextRun(word, self._face),)) for word in words]

    def finish(self) -> Indirect | None:
        """The form dictionary, or None if there are no fields."""
        if not self._top:
            return None
        resources, look = {"Font": {FORM_FONT_ALIAS: self.font}}, default_appearance(0)
        return Indirect({"Fields": self._top, "DR": resources, "DA": look})

    @property
    def font(self) -> Indirect:
        """The form font of this document."""
        return form_font(self._letters)

    def _enter(self, name: str, node: Indirect) -> None:
        """Put a field under its parents, which are made when they are missing."""
        above, _, last = name.rpartition(".")
        node["T"] = last
        self._nodes[name] = node
        if not above:
            self._top.append(node)
            return
        if above not in self._nodes:
            self._enter(above, Indirect({"T": "", "Kids": []}))
        parent = self._nodes[above]
        if "FT" in parent.value:
            raise ValueError(f"{above!r} is a field, so it can't hold {name!r}")
        parent["Kids"].append(node)
        node["Parent"] = parent

    def _text(self, field: Field) -> dict[str, Any]:
        """What is typed or chosen, and shown in the form font."""
        lines, choice = field.kind is FieldKind.LINES, field.kind is FieldKind.CHOICE
        # Size 0 lets the viewer shrink a long answer until all of it shows and prints.
        size_pt = 0 if lines and field.shrinks else field.size_pt
        entries: dict[str, Any] = {
            "FT": Name("Ch" if choice else "Tx"),
            "Ff": _MULTILINE if lines else _COMBO if choice else None,
            "DA": default_appearance(size_pt),
            "Q": _RIGHT if self._rtl else None,
            "V": field.value or (_BLANK if choice else None),
            "AP": {"N": self._text_look(field)},
        }
        if choice:
            # A blank first choice: without one a viewer shows the first real choice as if it had
            # been made, and nobody can take an answer back.
            entries["Opt"] = [_BLANK, *(o for o in field.options if o.strip())]
        return entries

    def _text_look(self, field: Field) -> Indirect:
        """Lines for a pen in an empty box; else the answer in letters that are set, as a page's."""
        lines = value_lines(field, self._face)
        if not lines:
            ruled = field.kind is FieldKind.LINES and not field.value
            return self._look(field, lines_look(field) if ruled else NOTHING)
        painted = self._resources.use(self._painter.paint_lines(lines))
        fonts = {"Font": self._resources.fonts}
        return form(zlib.compress(text_look(field, painted.code), 9), _box(field), fonts)

    def _check(self, field: Field) -> dict[str, Any]:
        state = Name("Yes" if field.value else "Off")
        return {"FT": Name("Btn"), "V": state, **self._ticked(field, "Yes", state)}

    def _radio(self, field: Field, made: Indirect) -> dict[str, Any]:
        """One of a group's buttons, entered in the group, which is made with the first of them."""
        if field.name not in self._nodes:
            group = Indirect({"FT": Name("Btn"), "Ff": _RADIO, "V": Name("Off"), "Kids": []})
            group["TU"] = field.tooltip.rpartition(":")[0] or field.tooltip
            self._enter(field.name, group)
        group = self._nodes[field.name]
        group["Kids"].append(made)
        if field.chosen:
            group["V"] = Name(field.value)
        state = Name(field.value if field.chosen else "Off")
        return {"Parent": group, **self._ticked(field, field.value, state)}

    def _ticked(self, field: Field, on: str, state: Name) -> dict[str, Any]:
        looks = {on: self._mark(field, mark_look(field)), "Off": self._mark(field)}
        return {"AS": state, "AP": {"N": looks}}

    def _mark(self, field: Field, code: str = "") -> Indirect:
        """What boxes of one size share; of text not, as viewers write into its looks."""
        key = field.rect.width_pt, field.rect.height_pt, code
        if key not in self._marks:
            self._marks[key] = self._look(field, code)
        return self._marks[key]

    def _look(self, field: Field, code: str) -> Indirect:
        return form(zlib.compress(code.encode("latin-1"), 9), _box(field), {})


def _box(field: Field) -> list[float]:
    return [0, 0, field.rect.width_pt, field.rect.height_pt]


def default_appearance(size_pt: float) -> bytes:
    """How typed text looks; size 0 fits the text to the box."""
    return f"/{FORM_FONT_ALIAS} {number(size_pt)} Tf {INK}".encode()
